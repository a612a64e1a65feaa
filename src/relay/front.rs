//! The front of a relay: HTTP requests, each answered once, and those that ask for a web socket.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    CONNECTION, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, SEC_WEBSOCKET_PROTOCOL,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::gate::Pass;
use super::narrow::Narrow;
use super::{Relay, connection, metrics};
use crate::model::RoomName;
use crate::wire::limit::{HANDSHAKE_MS_MAX, HEAD_BYTES_MAX, MESSAGE_BYTES_MAX, PROTOCOL, QUEUE_BYTES_MAX};

type Answer = Response<Full<Bytes>>;

/// Bytes that a connection reads at once: most messages are far shorter, and there are many connections.
const READ_BYTES: usize = 4 * 1024;
/// Bytes of messages gathered before they are written.
const WRITE_BYTES: usize = 4 * 1024;
/// Bytes of messages that may be gathered while nothing can be written: one frame of catching up beside what is live.
const GATHERED_BYTES_MAX: usize = QUEUE_BYTES_MAX + 2 * MESSAGE_BYTES_MAX;
/// Where rooms are talked to.
const ROOMS: &str = "/v1/rooms/";

/// Serves what comes over a socket: one request, and the conversation it opens, if it does.
pub(super) async fn serve<S>(relay: Arc<Relay>, pass: Pass, socket: S)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (opened, opening) = tokio::sync::oneshot::channel();
    let opened = std::sync::Mutex::new(Some(opened));
    let service = service_fn(|mut request: Request<Incoming>| {
        let answer = match answer(&relay, &request) {
            Asked::Page(page) => page,
            Asked::Room(room, answer) => {
                let upgrade = hyper::upgrade::on(&mut request);
                let opened = opened.lock().ok().and_then(|mut opened| opened.take());
                opened.map_or(plain(StatusCode::BAD_REQUEST, ""), |opened| {
                    drop(opened.send((room, upgrade)));
                    answer
                })
            }
        };
        std::future::ready(Ok::<_, Infallible>(answer))
    });
    let limit = Duration::from_millis(HANDSHAKE_MS_MAX);
    let connection = http().serve_connection(TokioIo::new(socket), service).with_upgrades();
    if timeout(limit, connection).await.is_err() {
        return;
    }
    // Where nothing was opened there is nothing to wait for.
    drop(opened);
    let Ok((room, upgrade)) = opening.await else { return };
    let Ok(Ok(upgraded)) = timeout(limit, upgrade).await else { return };
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(WRITE_BYTES)
        .max_write_buffer_size(GATHERED_BYTES_MAX)
        .max_message_size(Some(MESSAGE_BYTES_MAX))
        .max_frame_size(Some(MESSAGE_BYTES_MAX));
    let io = Narrow::new(TokioIo::new(upgraded));
    let socket = WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await;
    connection::serve(&relay, &pass, &room, socket).await;
}

/// Answers a request about how the relay is.
pub(super) async fn tell(relay: Arc<Relay>, _pass: Pass, socket: TcpStream) {
    let service = service_fn(|request: Request<Incoming>| {
        let page = match request.uri().path() {
            "/metrics" => told(&relay),
            path => health(&relay, path),
        };
        std::future::ready(Ok::<_, Infallible>(page))
    });
    let limit = Duration::from_millis(HANDSHAKE_MS_MAX);
    drop(timeout(limit, http().serve_connection(TokioIo::new(socket), service)).await);
}

/// HTTP within limits.
fn http() -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(HANDSHAKE_MS_MAX))
        .max_buf_size(HEAD_BYTES_MAX);
    http
}

enum Asked {
    Page(Answer),
    Room(RoomName, Answer),
}

fn answer(relay: &Relay, request: &Request<Incoming>) -> Asked {
    let path = request.uri().path();
    if let Some(room) = path.strip_prefix(ROOMS) {
        return match upgrade(relay, request) {
            Ok(answer) => match room.parse() {
                Ok(room) => Asked::Room(room, answer),
                Err(_) => Asked::Page(plain(StatusCode::NOT_FOUND, "no such room\n")),
            },
            Err(page) => Asked::Page(*page),
        };
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Asked::Page(plain(StatusCode::METHOD_NOT_ALLOWED, ""));
    }
    Asked::Page(match path {
        "/metrics" if relay.settings.shows_metrics => told(relay),
        path if path.starts_with("/r/") || path == "/new" => html(&relay.settings.page),
        path => health(relay, path),
    })
}

fn told(relay: &Relay) -> Answer {
    with(plain(StatusCode::OK, &metrics::page(relay)), CONTENT_TYPE, "text/plain; version=0.0.4")
}

fn health(relay: &Relay, path: &str) -> Answer {
    match path {
        "/healthz" => plain(StatusCode::OK, "ok\n"),
        "/readyz" => match relay.readiness() {
            Ok(()) => plain(StatusCode::OK, "ready\n"),
            Err(why) => plain(StatusCode::SERVICE_UNAVAILABLE, &format!("{why}\n")),
        },
        _ => plain(StatusCode::NOT_FOUND, "not found\n"),
    }
}

/// The answer to who asks for a web socket, or why there is none.
fn upgrade(relay: &Relay, request: &Request<Incoming>) -> Result<Answer, Box<Answer>> {
    let no = |status, text| Box::new(plain(status, text));
    if !relay.is_from_here(text(request.headers(), &HOST), text(request.headers(), &ORIGIN)) {
        return Err(no(StatusCode::FORBIDDEN, "this page may not talk to the relay\n"));
    }
    let offered = text(request.headers(), &SEC_WEBSOCKET_PROTOCOL);
    let is_known = offered.is_none_or(|offered| offered.split(',').any(|one| one.trim() == PROTOCOL));
    if !is_known {
        return Err(no(StatusCode::BAD_REQUEST, "the relay speaks squall.v1\n"));
    }
    let bare = Request::builder().method(request.method()).uri(request.uri()).version(request.version());
    let mut bare = bare.body(()).map_err(|_| no(StatusCode::BAD_REQUEST, ""))?;
    *bare.headers_mut() = request.headers().clone();
    let answer = create_response_with_body(&bare, Full::default);
    let answer = answer.map_err(|_| no(StatusCode::UPGRADE_REQUIRED, "this is for web sockets\n"))?;
    Ok(if offered.is_some() { with(answer, SEC_WEBSOCKET_PROTOCOL, PROTOCOL) } else { answer })
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

fn with(mut answer: Answer, name: HeaderName, value: &'static str) -> Answer {
    answer.headers_mut().insert(name, HeaderValue::from_static(value));
    answer
}

fn plain(status: StatusCode, text: &str) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::copy_from_slice(text.as_bytes())));
    *answer.status_mut() = status;
    // A connection asks once: what it costs is known, and it is soon gone.
    with(with(answer, CONNECTION, "close"), CONTENT_TYPE, "text/plain; charset=utf-8")
}

/// A page that can do nothing but be read.
fn html(text: &str) -> Answer {
    let answer = with(plain(StatusCode::OK, text), CONTENT_TYPE, "text/html; charset=utf-8");
    let answer = with(answer, HeaderName::from_static("referrer-policy"), "no-referrer");
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    with(answer, HeaderName::from_static("content-security-policy"), policy)
}
