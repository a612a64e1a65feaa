//! From a link to a web socket.

use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::tls;
use super::trouble::Trouble;
use crate::wire::limit::{HANDSHAKE_MS_MAX, MESSAGE_BYTES_MAX, PROTOCOL};
use crate::wire::link::Link;

/// Bytes read at once: one connection hears little, and a hundred of them should not cost much.
const READ_BYTES: usize = 16 * 1024;
/// Bytes that may wait to be written: what a peer sends ahead, its heads and its entries beside.
const WRITE_BYTES_MAX: usize = 8 * MESSAGE_BYTES_MAX;

/// Bytes both ways, sealed or not.
pub(super) trait Bytes: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Bytes for T {}

/// A web socket to a relay.
pub(super) type Socket = WebSocketStream<Box<dyn Bytes>>;

/// The way to a room.
#[derive(Clone)]
pub(super) struct Way {
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
        Ok(Way { request, host, port: relay.port, tls, is_pinned: link.pin.is_some() })
    }

    /// Goes it.
    pub(super) async fn dial(&self) -> Result<Socket, Trouble> {
        let limit = Duration::from_millis(HANDSHAKE_MS_MAX);
        tokio::time::timeout(limit, self.reach()).await.unwrap_or(Err(Trouble::Silent))
    }

    async fn reach(&self) -> Result<Socket, Trouble> {
        let failed = |error| Trouble::of_io(&error, self.is_pinned);
        let stream = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(failed)?;
        // A deed is a small message, and nobody wants it to wait for the next one.
        stream.set_nodelay(true).map_err(failed)?;
        let bytes: Box<dyn Bytes> = match &self.tls {
            None => Box::new(stream),
            Some((name, config)) => {
                let connector = TlsConnector::from(config.clone());
                Box::new(connector.connect(name.clone(), stream).await.map_err(failed)?)
            }
        };
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BYTES)
            .write_buffer_size(0)
            .max_write_buffer_size(WRITE_BYTES_MAX)
            .max_message_size(Some(MESSAGE_BYTES_MAX))
            .max_frame_size(Some(MESSAGE_BYTES_MAX));
        let greeted = client_async_with_config(self.request.clone(), bytes, Some(config)).await;
        greeted.map(|(socket, _)| socket).map_err(|error| Trouble::of_greeting(&error))
    }
}
