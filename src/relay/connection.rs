//! A connection from its `hello` to its end: what it says goes to its room, what the room says goes to it.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use futures_util::{Sink, SinkExt as _, Stream, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc::{Sender, UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

use super::gate::Pass;
use super::narrow::{Narrow, TOO_MUCH};
use super::room::{Entrance, Event, Outgoing, Way};
use super::secret::hash;
use super::{Founder, Relay};
use crate::model::RoomName;
use crate::store::RoomCard;
use crate::wire::close::Close;
use crate::wire::frame::{Create, Hello, Links, Role};
use crate::wire::limit::HELLO_MS_MAX;
use crate::wire::room::{Conn, Joining};

/// How long what was sent before the end of a connection may take to leave.
const FAREWELL: Duration = Duration::from_secs(2);
/// Messages that are written before they are flushed.
const AT_ONCE: usize = 64;

/// Serves a connection that asked for a room until it ends.
pub(super) async fn serve<S>(
    relay: &Arc<Relay>,
    pass: &Pass,
    room: &RoomName,
    mut socket: WebSocketStream<Narrow<S>>,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let (way, conn, outbox) = match come_in(relay, pass, room, &mut socket).await {
        Ok(joined) => joined,
        Err(close) => {
            relay.metrics.closed(close);
            let farewell = async {
                say_close(&mut socket, close).await;
                socket.get_mut().run_off().await;
            };
            return drop(timeout(FAREWELL, farewell).await);
        }
    };
    socket.get_mut().widen();
    let (mut sink, mut stream) = socket.split();
    let ended = {
        let Outbox { texts, left, leash } = outbox;
        let telling = tell(relay, &way, texts, &left, &mut sink);
        tokio::select! {
            close = hear(relay, &way, conn, &mut stream) => close,
            () = telling => None,
            // Let go by its room: what was sent before may leave, and a socket that takes nothing does not hold it up.
            () = let_go(leash) => None,
        }
    };
    drop(way.send(Event::Left(conn)).await);
    if let Some(close) = ended {
        relay.metrics.closed(close);
        drop(timeout(FAREWELL, say_close(&mut sink, close)).await);
    } else {
        drop(timeout(FAREWELL, sink.close()).await);
    }
}

/// Ends a while after the room has let go.
async fn let_go(leash: oneshot::Receiver<Infallible>) {
    drop(leash.await);
    tokio::time::sleep(FAREWELL).await;
}

/// What a room sends to a connection.
struct Outbox {
    texts: UnboundedReceiver<Outgoing>,
    left: Arc<AtomicUsize>,
    leash: oneshot::Receiver<Infallible>,
}

type Joined = (Sender<Event>, Conn, Outbox);

/// Reads who comes, and brings them into the room they may come into.
async fn come_in(
    relay: &Arc<Relay>,
    pass: &Pass,
    room: &RoomName,
    stream: &mut (impl Stream<Item = Result<Message, Error>> + Unpin),
) -> Result<Joined, Close> {
    let until = Instant::now() + Duration::from_millis(HELLO_MS_MAX);
    let hello = Hello::decode(&text(stream, until).await?)?;
    if !pass.is_heard() {
        return Err(Close::Rate);
    }
    let hash = hash(&hello.token);
    let (role, by) = if let Some(founder) = relay.founder(&hash) {
        let create = Create::decode(&text(stream, until).await?)?;
        if founder == Founder::Anybody && !pass.creates() {
            return Err(Close::Rate);
        }
        relay.rooms.create(relay, room, card(create)).await?;
        tracing::info!(%room, "a room was made");
        (Role::Facilitate, None)
    } else {
        match relay.rooms.role(relay, room, &hash).await {
            Err(Close::Token) => {
                tracing::info!(from = %pass.from(), "a token that lets nobody in");
                pass.was_wrong();
                return Err(Close::Token);
            }
            role => (role?, Some(hash)),
        }
    };
    let conn = relay.next_conn();
    let Hello { person, client, .. } = hello;
    // A room may go from memory just when somebody comes to it: then it is loaded again.
    for _ in 0..3 {
        let way = relay.rooms.enter(relay, room).await.map_err(|error| {
            tracing::error!(%error, "a room cannot be loaded");
            Close::GoingDown
        })?;
        let joining = Joining { conn, client: client.clone(), person: person.clone(), role };
        let ((tell, texts), (leashed, leash)) = (unbounded_channel(), oneshot::channel());
        let left = Arc::new(AtomicUsize::new(0));
        let back = Way { tell, left: left.clone(), _leash: leashed };
        let entrance = Entrance { joining, by: by.clone(), way: back };
        if way.send(Event::Join(Box::new(entrance))).await.is_ok() {
            return Ok((way, conn, Outbox { texts, left, leash }));
        }
    }
    Err(Close::GoingDown)
}

fn card(Create { board, tokens: Links { view, edit, facilitate } }: Create) -> RoomCard {
    let tokens = [(Role::View, view), (Role::Edit, edit), (Role::Facilitate, facilitate)];
    let named = |(role, hash)| (super::secret::role_name(role).to_owned(), vec![hash]);
    RoomCard { board, tokens: tokens.into_iter().map(named).collect(), ..RoomCard::default() }
}

/// The next text message. Who is silent is told so, and not that the token is wrong: a machine may have slept.
async fn text(
    stream: &mut (impl Stream<Item = Result<Message, Error>> + Unpin),
    until: Instant,
) -> Result<Utf8Bytes, Close> {
    loop {
        match timeout_at(until, stream.next()).await.map_err(|_| Close::Silent)? {
            Some(Ok(Message::Text(text))) => return Ok(text),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Err(Error::Io(error))) if error.kind() == TOO_MUCH => return Err(Close::Token),
            Some(Err(Error::Capacity(_))) => return Err(Close::TooBig),
            _ => return Err(Close::BadFrame),
        }
    }
}

/// Takes to the room what comes, until nothing more does; how the connection is to be closed, if it still is there.
async fn hear(
    relay: &Relay,
    way: &Sender<Event>,
    conn: Conn,
    stream: &mut (impl Stream<Item = Result<Message, Error>> + Unpin),
) -> Option<Close> {
    loop {
        let event = match stream.next().await? {
            Ok(Message::Text(text)) => {
                relay.metrics.came(text.len());
                Event::Message(conn, text)
            }
            Ok(Message::Ping(_) | Message::Pong(_)) => Event::Heard(conn),
            Ok(Message::Binary(_) | Message::Frame(_)) => return Some(Close::BadFrame),
            Err(Error::Capacity(_)) => return Some(Close::TooBig),
            Ok(Message::Close(_)) | Err(_) => return None,
        };
        if way.send(event).await.is_err() {
            return Some(Close::GoingDown);
        }
    }
}

/// Writes what the room says until that ends the connection or nothing more can be written.
async fn tell(
    relay: &Relay,
    way: &Sender<Event>,
    mut outgoing: UnboundedReceiver<Outgoing>,
    left: &AtomicUsize,
    sink: &mut (impl Sink<Message, Error = Error> + Unpin),
) {
    let mut batch = Vec::with_capacity(AT_ONCE);
    while outgoing.recv_many(&mut batch, AT_ONCE).await > 0 {
        let (mut written, mut is_awaited) = (0, false);
        for outgoing in batch.drain(..) {
            let message = match outgoing {
                Outgoing::Text { text, is_awaited: this_is } => {
                    relay.metrics.went(text.len());
                    written += 1;
                    is_awaited |= this_is;
                    Message::Text(text)
                }
                Outgoing::Ping => Message::Ping(Default::default()),
                Outgoing::Close(close) => return say_close(sink, close).await,
            };
            if sink.feed(message).await.is_err() {
                return;
            }
        }
        if sink.flush().await.is_err() {
            return;
        }
        left.fetch_add(written, Relaxed);
        if is_awaited && way.send(Event::Written).await.is_err() {
            return;
        }
    }
}

async fn say_close(sink: &mut (impl Sink<Message, Error = Error> + Unpin), close: Close) {
    let frame = CloseFrame { code: CloseCode::from(close.code()), reason: close.key().into() };
    drop(sink.send(Message::Close(Some(frame))).await);
    drop(sink.close().await);
}
