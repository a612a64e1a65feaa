//! A relay behind a real socket: the room, a journal in memory, and nothing else.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use squall::model::EntryId;
use squall::wire::frame::{Hello, Item, Role};
use squall::wire::link::Link;
use squall::wire::room::{Conn, Found, Joining, Loading, Output, Place, Room, Rules};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Message};

type Disk = Arc<Mutex<BTreeMap<Place, Item>>>;

/// A relay of one room.
pub(super) struct Server {
    pub(super) port: u16,
    pub(super) rules: Rules,
    board: &'static str,
    disk: Disk,
    tls: Option<TlsAcceptor>,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

enum Came {
    Joined(Conn, Box<Hello>, UnboundedSender<Message>),
    Text(Conn, String),
    Heard(Conn),
    Written(Conn),
    Gone(Conn),
}

impl Server {
    pub(super) fn start(board: &'static str) -> Server {
        Server::start_with(board, None)
    }

    pub(super) fn start_with(board: &'static str, tls: Option<TlsAcceptor>) -> Server {
        let (disk, rules) = (Disk::default(), Rules::default());
        let mut server = Server { port: 0, rules, board, disk, tls, running: None };
        server.go_on();
        server
    }

    /// Starts again where it was, with what is on its disk.
    pub(super) fn go_on(&mut self) {
        let (board, rules, disk, port) = (self.board, self.rules, self.disk.clone(), self.port);
        let (tls, (stop, stopped)) = (self.tls.clone(), oneshot::channel());
        let (tell, told) = std::sync::mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
                tell.send(listener.local_addr().unwrap().port()).unwrap();
                let (sender, inbox) = unbounded_channel();
                let mut loading = Loading::new(board, 7, rules);
                loading.add(disk.lock().unwrap().values());
                tokio::select! {
                    () = welcome(&listener, sender, tls) => {}
                    () = keep(loading.done(), &disk, inbox) => {}
                    _ = stopped => {}
                }
            });
        });
        self.port = told.recv().unwrap();
        self.running = Some((stop, thread));
    }

    /// Goes down as if it had been killed.
    pub(super) fn stop(&mut self) {
        let (stop, thread) = self.running.take().unwrap();
        drop(stop);
        thread.join().unwrap();
    }

    pub(super) fn link(&self, token: &str) -> Link {
        self.text(token).parse().unwrap()
    }

    pub(super) fn text(&self, token: &str) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://localhost:{}/r/shop#{token}", self.port)
    }

    pub(super) fn ids(&self) -> Vec<EntryId> {
        self.disk.lock().unwrap().keys().map(|(_, id)| *id).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.stop();
        }
    }
}

async fn welcome(listener: &TcpListener, sender: UnboundedSender<Came>, tls: Option<TlsAcceptor>) {
    for nth in 1.. {
        let (stream, _) = listener.accept().await.unwrap();
        let (sender, tls) = (sender.clone(), tls.clone());
        tokio::spawn(async move {
            match tls {
                None => talk(stream, Conn(nth), sender).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        talk(stream, Conn(nth), sender).await;
                    }
                }
            }
        });
    }
}

async fn talk(stream: impl AsyncRead + AsyncWrite + Unpin, conn: Conn, sender: UnboundedSender<Came>) {
    #[expect(clippy::result_large_err, reason = "the library's own")]
    let speak = |_: &Request, mut response: Response| -> Result<Response, ErrorResponse> {
        let protocol = HeaderValue::from_static(squall::wire::limit::PROTOCOL);
        response.headers_mut().insert("sec-websocket-protocol", protocol);
        Ok(response)
    };
    let Ok(socket) = accept_hdr_async(stream, speak).await else { return };
    let (mut out, mut from) = socket.split();
    let Some(Ok(Message::Text(hello))) = from.next().await else { return };
    let hello = Hello::decode(hello.as_str()).unwrap();
    let (answers, mut inbox) = unbounded_channel();
    drop(sender.send(Came::Joined(conn, Box::new(hello), answers)));
    let writing = async {
        while let Some(message) = inbox.recv().await {
            let is_text = message.is_text();
            if out.send(message).await.is_err() {
                break;
            }
            if is_text {
                drop(sender.send(Came::Written(conn)));
            }
        }
    };
    let reading = async {
        while let Some(Ok(message)) = from.next().await {
            let came = match message {
                Message::Text(text) => Came::Text(conn, text.as_str().to_owned()),
                _ => Came::Heard(conn),
            };
            drop(sender.send(came));
        }
    };
    tokio::select! { () = writing => {}, () = reading => {} }
    drop(sender.send(Came::Gone(conn)));
}

async fn keep(mut room: Room, disk: &Disk, mut inbox: UnboundedReceiver<Came>) {
    let epoch = Instant::now();
    let mut conns: HashMap<Conn, UnboundedSender<Message>> = HashMap::new();
    loop {
        let wakes = room.wakes_at();
        let sleep = async {
            match wakes {
                Some(at) => sleep_until(epoch + Duration::from_millis(at)).await,
                None => std::future::pending().await,
            }
        };
        let came = tokio::select! { came = inbox.recv() => came, () = sleep => None };
        let now = epoch.elapsed().as_millis() as u64;
        match came {
            Some(Came::Joined(conn, hello, sender)) => {
                conns.insert(conn, sender);
                let role = match hello.token.0.as_str() {
                    "view" => Role::View,
                    "facilitate" => Role::Facilitate,
                    _ => Role::Edit,
                };
                room.join(Joining { conn, client: hello.client, person: hello.person, role }, now);
            }
            Some(Came::Text(conn, text)) => room.receive(conn, &text, now),
            Some(Came::Heard(conn)) => room.heard(conn, now),
            Some(Came::Written(conn)) => room.written(conn, 1, now),
            Some(Came::Gone(conn)) => room.leave(conn, now),
            None => room.tick(now),
        }
        let mut outputs = room.take();
        while !outputs.is_empty() {
            for output in outputs {
                heed(output, &mut room, disk, &conns, now);
            }
            outputs = room.take();
        }
    }
}

fn heed(
    output: Output,
    room: &mut Room,
    disk: &Disk,
    conns: &HashMap<Conn, UnboundedSender<Message>>,
    now: u64,
) {
    let say = |conn: Conn, message: Message| {
        if let Some(sender) = conns.get(&conn) {
            drop(sender.send(message));
        }
    };
    match output {
        Output::Send(conn, text) => say(conn, Message::text(&*text)),
        Output::Ping(conn) => say(conn, Message::Ping(Default::default())),
        Output::Close(conn, why) => {
            let frame = CloseFrame { code: why.code().into(), reason: "".into() };
            say(conn, Message::Close(Some(frame)));
        }
        Output::Append(items) => {
            disk.lock().unwrap().extend(items.into_iter().map(|item| ((item.t, item.id), item)));
            room.appended(true, now);
        }
        Output::Read(conn, places) => {
            let disk = disk.lock().unwrap();
            let items: Vec<Item> = places.iter().map(|place| disk[place].clone()).collect();
            room.read(conn, &Found::of(&items), now);
        }
        Output::Control(..) => {}
    }
}
