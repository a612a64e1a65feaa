//! The server: many rooms, each a task that alone talks to its [`Room`](crate::wire::room::Room), over one journal.
//!
//! A socket passes the gate, which counts where it comes from; the front answers its one request; where that opens a
//! conversation, a connection reads who comes and brings them to their room. No lock is held while anything is waited
//! for, and none is shared by two rooms at work.
//!
//! A relay knows places, hashes and bytes: it never reads a line, and it keeps no token.

mod connection;
mod front;
mod gate;
mod load;
mod metrics;
mod narrow;
mod reads;
mod room;
mod rooms;
pub mod secret;
mod time;
pub mod tls;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::store::Journal;
use crate::wire::frame::Token;
use crate::wire::limit::HANDSHAKE_MS_MAX;
use gate::{Gate, Turned};
use metrics::Metrics;
use rooms::Rooms;
use time::Time;
use tls::Seal;

/// How long those who are there may take to hear that the relay stops.
const STOP: Duration = Duration::from_secs(5);
/// How long a relay rests when the machine has no more sockets to give.
const BREATH: Duration = Duration::from_millis(100);

/// What a relay is told about itself.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The hash of the token of the link that makes rooms.
    pub create: Option<String>,
    /// Whether anybody may make rooms, by a link whose token is [`OPEN`](secret::OPEN).
    pub is_open: bool,
    /// Whether a proxy or a tunnel stands before it, so that all who come from this machine are not one.
    pub is_behind: bool,
    /// Names, beside addresses and `localhost`, under which browsers reach it, with the port where it is not the usual.
    pub hosts: Vec<String>,
    /// How what is said over sockets is sealed, where it is.
    pub seal: Option<Seal>,
    /// Whether the main port tells its metrics: for a relay that is reached from this machine alone.
    pub shows_metrics: bool,
    /// The page that a browser is shown in place of a room.
    pub page: String,
}

/// A relay.
pub struct Relay {
    journal: Arc<dyn Journal>,
    settings: Settings,
    rooms: Rooms,
    gate: Arc<Gate>,
    metrics: Metrics,
    time: Time,
    conns: AtomicU64,
    drains: AtomicBool,
}

impl Relay {
    /// A relay over a journal. Made within a tokio runtime.
    pub fn new(journal: Arc<dyn Journal>, settings: Settings) -> Arc<Relay> {
        let time = Time::start();
        Arc::new(Relay {
            journal,
            gate: Gate::new(time, settings.is_behind),
            settings,
            rooms: Rooms::default(),
            metrics: Metrics::default(),
            time,
            conns: AtomicU64::new(0),
            drains: AtomicBool::new(false),
        })
    }

    /// Serves whoever comes until `stop` is there, and then ends every conversation with a word.
    pub async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        stop: impl Future<Output = ()>,
    ) -> io::Result<()> {
        accept(listener, stop, |socket, from| self.clone().welcome(socket, from)).await;
        self.stop().await;
        Ok(())
    }

    /// Tells whoever comes how the relay is, and nothing else, until `stop` is there.
    pub async fn serve_metrics(self: Arc<Self>, listener: TcpListener, stop: impl Future<Output = ()>) {
        accept(listener, stop, |socket, from| match self.gate.enter(from.ip()) {
            Ok(pass) => drop(tokio::spawn(front::tell(self.clone(), pass, socket))),
            Err(turned) => drop(tokio::spawn(turn_away(socket, turned))),
        })
        .await;
    }

    /// Ends every conversation with a word. Nobody new is let in.
    pub async fn stop(&self) {
        self.drains.store(true, Relaxed);
        drop(timeout(STOP, self.rooms.stop()).await);
        drop(timeout(STOP, self.gate.empties()).await);
    }

    fn welcome(self: Arc<Self>, socket: TcpStream, from: SocketAddr) {
        drop(socket.set_nodelay(true));
        let pass = match self.gate.enter(from.ip()) {
            Ok(pass) => pass,
            Err(turned) => return drop(tokio::spawn(turn_away(socket, turned))),
        };
        match self.settings.seal.clone() {
            None => drop(tokio::spawn(front::serve(self, pass, socket))),
            Some(seal) => drop(tokio::spawn(async move {
                let limit = Duration::from_millis(HANDSHAKE_MS_MAX);
                if let Ok(Ok(sealed)) = timeout(limit, seal.accept(socket)).await {
                    front::serve(self, pass, sealed).await;
                }
            })),
        }
    }

    /// Serves one socket that came some other way, as from this address.
    pub async fn serve_one<S>(self: Arc<Self>, socket: S, from: IpAddr)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        match self.gate.enter(from) {
            Ok(pass) => front::serve(self, pass, socket).await,
            Err(turned) => turn_away(socket, turned).await,
        }
    }

    /// Whether lines can be kept and somebody new can come in, or why not.
    fn readiness(&self) -> Result<(), String> {
        if self.drains.load(Relaxed) {
            return Err("draining".to_owned());
        }
        self.journal.health().map_err(|error| error.to_string())
    }

    /// Who it is that may make rooms by the token of this hash, if it lets anybody.
    fn founder(&self, hash: &str) -> Option<Founder> {
        let is_asked = self.settings.create.as_deref() == Some(hash);
        let is_open = || self.settings.is_open && hash == secret::hash(&Token(secret::OPEN.to_owned()));
        if is_asked { Some(Founder::Asked) } else { is_open().then_some(Founder::Anybody) }
    }

    fn next_conn(&self) -> crate::wire::room::Conn {
        crate::wire::room::Conn(self.conns.fetch_add(1, Relaxed))
    }

    /// Whether a request comes from a page of this relay itself, or from no page at all. A name that is not its own may
    /// be somebody else's that leads here.
    fn is_from_here(&self, host: Option<&str>, origin: Option<&str>) -> bool {
        let Some(origin) = origin else { return true };
        let Some(host) = host else { return false };
        let is_own = origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host));
        let bare =
            host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map_or(host, |(bare, _)| bare);
        let ip = bare.trim_start_matches('[').trim_end_matches(']');
        let is_known = bare.eq_ignore_ascii_case("localhost")
            || ip.parse::<IpAddr>().is_ok()
            || self.settings.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
        is_own && is_known
    }
}

/// Who makes a room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Founder {
    /// Somebody with the link for it.
    Asked,
    /// Somebody who came by.
    Anybody,
}

/// Has each socket that comes served, until `stop` is there.
async fn accept(
    listener: TcpListener,
    stop: impl Future<Output = ()>,
    serve: impl Fn(TcpStream, SocketAddr),
) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            came = listener.accept() => match came {
                Ok((socket, from)) => serve(socket, from),
                Err(error) => {
                    tracing::warn!(%error, "no socket to be had");
                    tokio::time::sleep(BREATH).await;
                }
            },
        }
    }
}

async fn turn_away(mut socket: impl AsyncWrite + Unpin, turned: Turned) {
    let status = match turned {
        Turned::Full => "503 Service Unavailable",
        Turned::Often => "429 Too Many Requests",
    };
    let answer =
        format!("HTTP/1.1 {status}\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    drop(timeout(BREATH, socket.write_all(answer.as_bytes())).await);
}
