//! A relay of one test and those who talk to it, over pipes.

use std::net::IpAddr;
use std::sync::Arc;

use futures_util::{SinkExt as _, StreamExt as _};
use squall::model::{Author, EntryId, Heads, PersonId};
use squall::relay::{Relay, Settings, secret};
use squall::store::{Journal, Place, open};
use squall::wire::close::Close;
use squall::wire::frame::{
    ClientFrame, Create, Frame, Hello, Item, Links, RelayFrame, Role, Somebody, Token, Welcome,
};
use squall::wire::limit::VERSION;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, DuplexStream, duplex};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Message, http};
use tokio_tungstenite::{WebSocketStream, client_async};

/// What a socket holds that nobody reads.
pub(crate) const PIPE_BYTES: usize = 256 * 1024;
pub(crate) const BOARD: &str = "bk3x9v2p4qd";

pub(crate) fn token(role: &str) -> Token {
    Token(format!("token-to-{role}"))
}

/// A relay in memory with the room `shop`.
pub(crate) async fn relay() -> Arc<Relay> {
    let relay = over(open(Place::Memory).unwrap(), Settings { shows_metrics: true, ..Settings::default() });
    drop(create(&relay, "shop").await.unwrap());
    relay
}

/// A relay whose create link is known.
pub(crate) fn over(journal: Arc<dyn Journal>, settings: Settings) -> Arc<Relay> {
    let create = Some(secret::hash(&token("create")));
    Relay::new(journal, Settings { create, ..settings })
}

/// Makes a room with the usual tokens.
pub(crate) async fn create(relay: &Arc<Relay>, name: &str) -> Result<Client, Close> {
    let mut client = dial(relay, name).await;
    client.send(&ClientFrame::Hello(hello("Founder", "create"))).await;
    client.send(&ClientFrame::Create(usual())).await;
    client.welcomed().await?;
    Ok(client)
}

/// A wall, and the hashes of the usual tokens.
pub(crate) fn usual() -> Create {
    let hash = |role| secret::hash(&token(role));
    let tokens = Links { view: hash("view"), edit: hash("edit"), facilitate: hash("facilitate") };
    Create { board: BOARD.into(), tokens }
}

pub(crate) fn hello(name: &str, role: &str) -> Hello {
    Hello {
        v: VERSION,
        token: token(role),
        person: Somebody { id: PersonId(format!("p-{name}")), name: name.into(), color: String::new() },
        client: format!("seat-of-{name}"),
    }
}

/// A pipe into a relay, as from this address.
pub(crate) fn pipe_from(relay: &Arc<Relay>, from: &str) -> DuplexStream {
    let (near, far) = duplex(PIPE_BYTES);
    drop(tokio::spawn(relay.clone().serve_one(far, from.parse::<IpAddr>().unwrap())));
    near
}

/// What a request is answered, as text.
pub(crate) async fn ask(relay: &Arc<Relay>, request: &str) -> String {
    let mut pipe = pipe_from(relay, "10.0.0.9");
    pipe.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    pipe.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Somebody who talks to a relay.
pub(crate) struct Client<S = DuplexStream> {
    pub(crate) socket: WebSocketStream<S>,
    pub(crate) author: Author,
    /// Its number in the room.
    pub(crate) n: u32,
    counter: u64,
}

/// A connection that has said nothing yet.
pub(crate) async fn dial(relay: &Arc<Relay>, name: &str) -> Client {
    dial_from(relay, name, "10.0.0.1").await
}

pub(crate) async fn dial_from(relay: &Arc<Relay>, name: &str, from: &str) -> Client {
    let mut request = format!("ws://relay/v1/rooms/{name}").into_client_request().unwrap();
    let protocol = http::HeaderValue::from_static("squall.v1");
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let (socket, _) = client_async(request, pipe_from(relay, from)).await.unwrap();
    Client::over(socket, 0)
}

/// Comes into the room `shop`, and has caught up.
pub(crate) async fn join(relay: &Arc<Relay>, name: &str, role: &str) -> Client {
    join_in(relay, "shop", name, role).await
}

pub(crate) async fn join_in(relay: &Arc<Relay>, room: &str, name: &str, role: &str) -> Client {
    let mut client = dial(relay, room).await;
    client.send(&ClientFrame::Hello(hello(name, role))).await;
    client.author = Author::from_random(name.bytes().fold(7, |sum, byte| sum * 31 + u64::from(byte)));
    client.welcomed().await.unwrap();
    client.send(&ClientFrame::Heads(Heads::default())).await;
    while !matches!(client.hear().await.unwrap(), RelayFrame::Live {}) {}
    client
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    /// Somebody at the other end of a socket.
    pub(crate) fn over(socket: WebSocketStream<S>, seed: u64) -> Client<S> {
        Client { socket, author: Author::from_random(seed), n: 0, counter: 0 }
    }

    pub(crate) async fn send(&mut self, frame: &ClientFrame) {
        self.socket.send(Message::text(frame.encode())).await.unwrap();
    }

    /// The next frame, or how the connection was closed.
    pub(crate) async fn hear(&mut self) -> Result<RelayFrame, Close> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => return Ok(RelayFrame::decode(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => {
                    return Err(Close::of(frame.code.into(), &frame.reason).expect("a code of ours"));
                }
                Some(Ok(_)) => {}
                end => panic!("no word of goodbye: {end:?}"),
            }
        }
    }

    pub(crate) async fn welcomed(&mut self) -> Result<Welcome, Close> {
        match self.hear().await? {
            RelayFrame::Welcome(welcome) => {
                self.n = welcome.you;
                Ok(welcome)
            }
            other => panic!("{other:?}"),
        }
    }

    /// What it is told once it has said this: `refused …`, `closed …`, or `closed` without a word.
    pub(crate) async fn told_of(&mut self, message: Message) -> String {
        // A relay that has closed already has answered.
        drop(self.socket.send(message).await);
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    if let RelayFrame::Refused(refused) = RelayFrame::decode(&text).unwrap() {
                        return format!("refused {}", refused.code.code());
                    }
                }
                Some(Ok(Message::Close(frame))) => {
                    return format!("closed {}", frame.map_or(0, |frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return "closed".into(),
            }
        }
    }

    /// Sends a line of its own, which says as much as the relay reads of it.
    pub(crate) async fn says(&mut self, text: &str) -> EntryId {
        self.counter += 1;
        self.sends(EntryId { author: self.author, counter: self.counter }, text).await
    }

    /// The same, as this author and under this counter.
    pub(crate) async fn says_as(&mut self, author: u64, counter: u64, text: &str) -> EntryId {
        self.sends(EntryId { author: Author::from_random(author), counter }, text).await
    }

    async fn sends(&mut self, id: EntryId, text: &str) -> EntryId {
        let item = Item { id, t: 64 + id.counter, seal: 0, line: text.into() };
        self.send(&ClientFrame::Entries(vec![item])).await;
        id
    }

    /// Says that it has nothing, and hears everything.
    pub(crate) async fn catches_up(&mut self) -> Vec<String> {
        self.send(&ClientFrame::Heads(Heads::default())).await;
        let mut lines = Vec::new();
        loop {
            match self.hear().await.unwrap() {
                RelayFrame::Entries(items) => lines.extend(items.iter().map(|item| item.line.to_string())),
                RelayFrame::Live {} => return lines,
                _ => {}
            }
        }
    }

    /// The texts of the lines that come next.
    pub(crate) async fn lines(&mut self) -> Vec<String> {
        loop {
            if let RelayFrame::Entries(items) = self.hear().await.unwrap() {
                return items.into_iter().map(|item| item.line.to_string()).collect();
            }
        }
    }

    /// Waits until this line of its own is kept.
    pub(crate) async fn kept(&mut self, id: EntryId) {
        loop {
            match self.hear().await.unwrap() {
                RelayFrame::Kept(heads) if heads.contains(id) => return,
                RelayFrame::Refused(refused) => panic!("{refused:?}"),
                _ => {}
            }
        }
    }

    pub(crate) async fn role(&mut self) -> Role {
        self.welcomed().await.unwrap().role
    }
}
