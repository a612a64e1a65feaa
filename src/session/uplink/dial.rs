//! From a link to a web socket.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::tls;
use super::trouble::Trouble;
use crate::session::socket::{Bytes, knock, web_socket};
use crate::wire::limit::{HANDSHAKE_MS_MAX, PROTOCOL};
use crate::wire::link::Link;

/// A web socket to a relay.
pub(super) type Socket = WebSocketStream<Box<dyn Bytes>>;

/// The way to a room.
pub(super) enum Way {
    /// Over the net.
    Out(Box<Route>),
    /// To the squall on this machine that is reached there.
    Here(PathBuf),
}

/// The way to a relay.
pub(super) struct Route {
    request: Request,
    host: String,
    port: u16,
    /// How to shake hands, where the way is sealed.
    tls: Option<(ServerName<'static>, Arc<ClientConfig>)>,
    is_pinned: bool,
}

impl Way {
    /// The way a link names. One that is open to everybody has to be meant.
    pub(super) fn new(link: &Link, may_be_open: bool) -> Result<Way, Trouble> {
        let relay = &link.relay;
        if !relay.is_tls && !relay.is_loopback() && !may_be_open {
            return Err(Trouble::Open);
        }
        let nowhere = |_| Trouble::NotARelay(0);
        let mut request = link.socket().into_client_request().map_err(|_| Trouble::NotARelay(0))?;
        let protocol = HeaderValue::from_static(PROTOCOL);
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        let host = relay.host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(host.clone()).map_err(nowhere)?;
        let tls = relay.is_tls.then(|| (name, tls::config(link.pin.as_deref())));
        let is_pinned = link.pin.is_some();
        Ok(Way::Out(Box::new(Route { request, host, port: relay.port, tls, is_pinned })))
    }

    /// Goes it.
    pub(super) async fn dial(&self) -> Result<Socket, Trouble> {
        let limit = Duration::from_millis(HANDSHAKE_MS_MAX);
        let reached = async {
            let (bytes, request) = match self {
                Way::Out(route) => (route.reach().await?, route.request.clone()),
                Way::Here(path) => {
                    (knock(path).await.map_err(|error| Trouble::of_io(&error, false))?, here()?)
                }
            };
            let greeted = client_async_with_config(request, bytes, Some(web_socket())).await;
            greeted.map(|(socket, _)| socket).map_err(|error| Trouble::of_greeting(&error))
        };
        tokio::time::timeout(limit, reached).await.unwrap_or(Err(Trouble::Silent))
    }
}

impl Route {
    async fn reach(&self) -> Result<Box<dyn Bytes>, Trouble> {
        let failed = |error| Trouble::of_io(&error, self.is_pinned);
        let stream = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(failed)?;
        // A deed is a small message, and nobody wants it to wait for the next one.
        stream.set_nodelay(true).map_err(failed)?;
        Ok(match &self.tls {
            None => Box::new(stream),
            Some((name, config)) => {
                let connector = TlsConnector::from(config.clone());
                Box::new(connector.connect(name.clone(), stream).await.map_err(failed)?)
            }
        })
    }
}

/// What is asked of a squall on this machine: there is one room.
fn here() -> Result<Request, Trouble> {
    "ws://localhost/".into_client_request().map_err(|_| Trouble::NotARelay(0))
}
