//! Servers that keep nothing: what a message costs before anything is done about it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use squall::model::EntryId;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::time::{MissedTickBehavior, interval};
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::line::message;
use crate::place::author;

/// The argument that makes this program one of them.
pub(crate) const ARG: &str = "--bare";
/// How long messages are gathered.
const WINDOW: Duration = Duration::from_millis(5);
/// Lines of a message of those that only send: about as many as a relay sends at once.
const CHUNK_LINES: u64 = 750;
/// Messages that are written before they are flushed.
const AT_ONCE: usize = 64;

/// What one does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bare {
    /// Sends each message to each member of a room.
    Each,
    /// Sends every member of a room the same message once in a window.
    Gathered,
    /// Sends as many lines as a message asks for.
    Lines,
}

type Member = UnboundedSender<Utf8Bytes>;

#[derive(Default)]
struct Room {
    members: Vec<Member>,
    gathered: String,
}

type Rooms = Arc<Mutex<HashMap<String, Arc<Mutex<Room>>>>>;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Bare {
    const ALL: [Bare; 3] = [Bare::Each, Bare::Gathered, Bare::Lines];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Bare::Each => "each",
            Bare::Gathered => "gathered",
            Bare::Lines => "lines",
        }
    }

    pub(crate) fn of(name: &str) -> Bare {
        Bare::ALL.into_iter().find(|bare| bare.name() == name).expect("one of them")
    }

    /// Serves until the process is ended.
    #[expect(clippy::print_stderr, reason = "it tells where it listens as the relay does")]
    pub(crate) fn run(self) {
        let runtime = Builder::new_multi_thread().enable_all().build().expect("a runtime needs nothing");
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a port");
            eprintln!("{}", listener.local_addr().expect("it listens"));
            let rooms = Rooms::default();
            while let Ok((socket, _)) = listener.accept().await {
                drop(tokio::spawn(self.serve(socket, rooms.clone())));
            }
        });
    }

    async fn serve(self, socket: TcpStream, rooms: Rooms) {
        drop(socket.set_nodelay(true));
        let mut name = String::new();
        #[expect(clippy::result_large_err, reason = "so the library has it")]
        let see = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            name = request.uri().path().to_owned();
            Ok(response)
        };
        let Ok(mut socket) = accept_hdr_async(socket, see).await else { return };
        let (tell, mut told) = unbounded_channel();
        let room = self.enter(&rooms, name, tell.clone());
        let mut batch = Vec::with_capacity(AT_ONCE);
        loop {
            tokio::select! {
                came = socket.next() => match came {
                    Some(Ok(Message::Text(text))) => self.hear(&room, &tell, &text),
                    Some(Ok(_)) => {}
                    _ => break,
                },
                _ = told.recv_many(&mut batch, AT_ONCE) => {
                    for text in batch.drain(..) {
                        if socket.feed(Message::Text(text)).await.is_err() {
                            break;
                        }
                    }
                    if socket.flush().await.is_err() {
                        break;
                    }
                }
            }
        }
        lock(&room).members.retain(|member| !member.same_channel(&tell));
    }

    fn enter(self, rooms: &Rooms, name: String, tell: Member) -> Arc<Mutex<Room>> {
        let room = lock(rooms).entry(name).or_default().clone();
        let is_first = {
            let mut room = lock(&room);
            room.members.push(tell);
            room.members.len() == 1
        };
        if is_first && self == Bare::Gathered {
            drop(tokio::spawn(gather(room.clone())));
        }
        room
    }

    fn hear(self, room: &Mutex<Room>, tell: &Member, text: &Utf8Bytes) {
        match self {
            Bare::Each => tell_all(&lock(room).members, text),
            Bare::Gathered => {
                let mut room = lock(room);
                if !room.gathered.is_empty() {
                    room.gathered.push(',');
                }
                room.gathered.push_str(text);
            }
            Bare::Lines => {
                let (mut left, chunk) = (text.parse().unwrap_or(0), lines(CHUNK_LINES));
                while left > 0 {
                    drop(tell.send(if left < CHUNK_LINES { lines(left) } else { chunk.clone() }));
                    left = left.saturating_sub(CHUNK_LINES);
                }
            }
        }
    }
}

fn lines(count: u64) -> Utf8Bytes {
    message(EntryId { author: author(0), counter: 1 }, count, 0, 0).into()
}

fn tell_all(members: &[Member], text: &Utf8Bytes) {
    members.iter().for_each(|member| drop(member.send(text.clone())));
}

/// Sends what was gathered once in a window, until nobody is there.
async fn gather(room: Arc<Mutex<Room>>) {
    let mut window = interval(WINDOW);
    window.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        window.tick().await;
        let mut room = lock(&room);
        if room.members.is_empty() {
            return;
        }
        let text = std::mem::take(&mut room.gathered);
        if !text.is_empty() {
            tell_all(&room.members, &text.into());
        }
    }
}
