//! Somebody in a room of a server, who does deeds at a pace and notes how long everything takes.

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use squall::model::{Author, EntryId, Heads, PersonId};
use squall::wire::frame::{ClientFrame, Frame, Hello, RelayFrame, Somebody, Token};
use squall::wire::limit::VERSION;
use tokio::time::{Instant, sleep_until};

use crate::line::{message, now, sent};
use crate::place::{TOKEN, author};
use crate::server::Server;
use crate::socket::{Came, Socket};

/// How long is waited for what has not come when all was said.
const PATIENCE: Duration = Duration::from_secs(20);

/// What somebody does.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) seconds: f64,
    /// Messages with deeds in a second, deeds in each, and bytes of each deed, which may be more.
    pub(crate) hz: f64,
    pub(crate) at_once: u64,
    pub(crate) bytes: usize,
    /// Presences in a second.
    pub(crate) presence_hz: f64,
}

impl Pace {
    /// A deed so often.
    pub(crate) fn of(hz: f64, seconds: f64) -> Pace {
        Pace { seconds, hz, at_once: 1, bytes: 0, presence_hz: 0.0 }
    }

    /// How many deeds that is.
    pub(crate) fn deeds(&self) -> u64 {
        Pace::count(self.hz, self.seconds) * self.at_once
    }

    fn count(hz: f64, seconds: f64) -> u64 {
        (hz * seconds).round() as u64
    }
}

/// Somebody in a room.
pub(crate) struct Member {
    pub(crate) socket: Socket,
    is_relay: bool,
    pub(crate) author: Author,
    said: u64,
    /// When what is not called kept was sent, oldest first.
    unkept: VecDeque<u64>,
    /// Lines that came, and what each took in microseconds.
    pub(crate) heard: u64,
    pub(crate) delivered: Vec<u32>,
    /// What being kept took, in microseconds.
    pub(crate) kept: Vec<u32>,
    /// Which lines came, where that is asked for.
    pub(crate) ids: Option<BTreeSet<EntryId>>,
    pub(crate) is_greeted: bool,
    is_live: bool,
    pub(crate) refused: u64,
    /// With which code the server has closed.
    pub(crate) closed: Option<u16>,
}

impl Member {
    /// Comes into a room, and has caught up.
    pub(crate) async fn join(server: &Server, room: &str) -> Member {
        let mut member = Member::enter(server, room).await;
        if server.is_relay {
            member.catch_up(Heads::default()).await;
        }
        member
    }

    /// Comes into a room and does not ask what is said there. Each has a seat and a voice that nobody had before.
    pub(crate) async fn enter(server: &Server, room: &str) -> Member {
        static SEATS: AtomicU64 = AtomicU64::new(0);
        let seat = SEATS.fetch_add(1, Relaxed);
        let socket = Socket::connect(server.port, &format!("/v1/rooms/{room}")).await;
        let mut member = Member {
            socket: socket.expect("the server takes everybody"),
            is_relay: server.is_relay,
            author: author(seat),
            said: 0,
            unkept: VecDeque::new(),
            heard: 0,
            delivered: Vec::new(),
            kept: Vec::new(),
            ids: None,
            is_greeted: false,
            is_live: false,
            refused: 0,
            closed: None,
        };
        if server.is_relay {
            let name = format!("p{seat}");
            let person = Somebody { id: PersonId(name.clone()), name, color: String::new() };
            let (token, client) = (Token(TOKEN.to_owned()), format!("seat-{seat}"));
            member.say(&ClientFrame::Hello(Hello { v: VERSION, token, person, client })).await;
        }
        member
    }

    /// Says what it has, and waits until it has been sent the rest.
    pub(crate) async fn catch_up(&mut self, had: Heads) {
        self.say(&ClientFrame::Heads(had)).await;
        while !self.is_live && self.hear().await {}
    }

    /// Hears until so many lines have come since the last count, and begins to count anew.
    pub(crate) async fn hear_lines(&mut self, count: u64) {
        while self.heard < count && self.hear().await {}
        assert_eq!(self.heard, count, "whoever reads hears everything once");
        self.heard = 0;
    }

    pub(crate) async fn say(&mut self, frame: &ClientFrame) {
        // Where the server has closed, that is heard.
        drop(self.socket.send(&frame.encode()).await);
    }

    /// Takes in what comes next; whether more can come.
    pub(crate) async fn hear(&mut self) -> bool {
        let is_open = self.socket.fill().await.expect("this machine lets it read");
        self.take_in();
        is_open && self.closed.is_none()
    }

    fn take_in(&mut self) {
        let now = now();
        let Member { heard, delivered, ids, .. } = self;
        let mut frames = Vec::new();
        while let Some(came) = self.socket.take() {
            match came {
                Came::Text(text) if text.starts_with(br#"{"entries""#) => {
                    if let Some(ids) = ids {
                        ids.extend(ids_in(text));
                    }
                    for sent in sent(text) {
                        *heard += 1;
                        delivered.push(u32::try_from(now - sent).unwrap_or(u32::MAX));
                    }
                }
                Came::Text(text) if text.starts_with(br#"{"presence""#) => {}
                Came::Text(text) if self.is_relay => frames.push(decode(text)),
                Came::Text(_) => {}
                Came::Close(code) => self.closed = Some(code),
            }
        }
        for frame in frames {
            match frame {
                RelayFrame::Kept(heads) => self.keep(&heads, now),
                RelayFrame::Welcome(_) => self.is_greeted = true,
                RelayFrame::Live {} => self.is_live = true,
                RelayFrame::Refused(refused) => self.refused += refused.ids.len() as u64,
                _ => {}
            }
        }
    }

    fn keep(&mut self, heads: &Heads, now: u64) {
        let id = |waiting: usize| EntryId { author: self.author, counter: self.said - waiting as u64 + 1 };
        while !self.unkept.is_empty()
            && heads.contains(id(self.unkept.len()))
            && let Some(sent) = self.unkept.pop_front()
        {
            self.kept.push(u32::try_from(now - sent).unwrap_or(u32::MAX));
        }
    }

    /// Does so many deeds in one message.
    pub(crate) async fn act(&mut self, count: u64, bytes: usize) {
        let (id, sent) = (EntryId { author: self.author, counter: self.said + 1 }, now());
        let text = message(id, count, sent, bytes);
        self.said += count;
        if self.is_relay {
            self.unkept.extend((0..count).map(|_| sent));
        }
        drop(self.socket.send(&text).await);
    }

    /// Whether a relay has called everything kept that was done here.
    pub(crate) fn is_kept(&self) -> bool {
        self.unkept.is_empty()
    }

    /// Does deeds at a pace from `start` on, and hears until so many lines have come.
    pub(crate) async fn storm(&mut self, pace: Pace, start: Instant, expects: u64) {
        let at = |nth: u64, hz: f64| start + Duration::from_secs_f64(nth as f64 / hz.max(1e-9));
        let (deeds, presences) =
            (Pace::count(pace.hz, pace.seconds), Pace::count(pace.presence_hz, pace.seconds));
        let (mut acted, mut shown) = (0, 0);
        let until = start + Duration::from_secs_f64(pace.seconds) + PATIENCE;
        self.heard = 0;
        self.delivered.clear();
        self.kept.clear();
        loop {
            self.take_in();
            let is_done = acted == deeds && shown == presences && self.heard >= expects && self.is_kept();
            if is_done || self.closed.is_some() {
                return;
            }
            tokio::select! {
                () = sleep_until(at(acted, pace.hz)), if acted < deeds => {
                    self.act(pace.at_once, pace.bytes).await;
                    acted += 1;
                }
                () = sleep_until(at(shown, pace.presence_hz)), if shown < presences => {
                    drop(self.socket.send(&format!(r#"{{"presence":{{"cursor":[{shown},7]}}}}"#)).await);
                    shown += 1;
                }
                is_open = self.socket.fill() => if !is_open.expect("this machine lets it read") {
                    self.closed = self.closed.or(Some(0));
                },
                () = sleep_until(until) => return,
            }
        }
    }
}

fn decode(text: &[u8]) -> RelayFrame {
    let text = std::str::from_utf8(text).expect("a relay says text");
    RelayFrame::decode(text).expect("a relay says frames")
}

fn ids_in(entries: &[u8]) -> Vec<EntryId> {
    match decode(entries) {
        RelayFrame::Entries(items) => items.iter().map(|item| item.id).collect(),
        _ => Vec::new(),
    }
}
