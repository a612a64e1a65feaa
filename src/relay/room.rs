//! The task of a room: it alone talks to the [`Room`], and does what that says.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::sync::mpsc::{Receiver, UnboundedSender, WeakSender};
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::Relay;
use super::reads::Reads;
use super::secret::{ROLES, hash, new_token, role_name};
use crate::model::RoomName;
use crate::store::{Answer, Record, RoomCard, StoreError, Stored};
use crate::wire::close::Close;
use crate::wire::frame::{Control, Item, Role};
use crate::wire::limit::ROOM_IDLE_MS;
use crate::wire::room::{Conn, Found, Joining, Output, Room};

/// What happens to a room.
#[derive(Debug)]
pub(super) enum Event {
    /// Somebody comes in.
    Join(Box<Entrance>),
    /// A message came.
    Message(Conn, Utf8Bytes),
    /// A connection lives.
    Heard(Conn),
    /// Messages have left, one of them awaited.
    Written,
    /// A connection is gone.
    Left(Conn),
    /// The relay stops; told once everybody was told so.
    Stop(oneshot::Sender<()>),
}

/// Somebody who comes in.
#[derive(Debug)]
pub(super) struct Entrance {
    pub(super) joining: Joining,
    /// The hash of the token they come by, which may have ended since it was looked at; nothing where they have just
    /// made the room.
    pub(super) by: Option<String>,
    /// What goes to them goes this way.
    pub(super) way: Way,
}

/// The way to a connection.
#[derive(Debug)]
pub(super) struct Way {
    /// Takes what goes there. The room bounds how much may wait.
    pub(super) tell: UnboundedSender<Outgoing>,
    /// Messages that have left and were not counted yet: the room looks when it is awake for something else.
    pub(super) left: Arc<AtomicUsize>,
    /// Gone with the way: the connection then has little time left.
    pub(super) _leash: oneshot::Sender<Infallible>,
}

/// What goes to a connection.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// A message.
    Text {
        /// What it says.
        text: Utf8Bytes,
        /// Whether the room has to hear when it has left.
        is_awaited: bool,
    },
    /// Does it live?
    Ping,
    /// It ends here.
    Close(Close),
}

pub(super) fn item(Record { id, t, seal, line }: Record) -> Item {
    Item { id, t, seal, line }
}

fn record(Item { id, t, seal, line }: Item) -> Record {
    Record { id, t, seal, line }
}

/// A room and the ways to those in it.
pub(super) struct Task {
    relay: Arc<Relay>,
    name: RoomName,
    card: RoomCard,
    room: Room,
    conns: BTreeMap<Conn, Way>,
    /// When the lines that the journal is at were handed to it, and its answer.
    appending: Option<(u64, Answer<Vec<Stored>>)>,
    reads: Reads,
    /// Bytes that were last told to wait for its members, and when.
    queued: (usize, u64),
    /// The text that went out last: what goes to all is shared by all.
    shared: Option<(Arc<str>, Utf8Bytes)>,
}

impl Task {
    pub(super) fn new(relay: Arc<Relay>, name: RoomName, card: RoomCard, room: Room) -> Task {
        Task {
            relay,
            name,
            card,
            room,
            conns: BTreeMap::new(),
            appending: None,
            reads: Reads::default(),
            queued: (0, 0),
            shared: None,
        }
    }

    /// Lives until the room is over or has been at rest for long. `way` is how others come to it.
    pub(super) async fn run(mut self, mut events: Receiver<Event>, way: WeakSender<Event>) {
        let time = self.relay.time;
        let mut idle_since = time.now();
        loop {
            self.count_left();
            self.perform().await;
            if self.room.is_over() && self.appending.is_none() {
                break;
            }
            let is_at_rest = self.room.is_at_rest();
            if !is_at_rest {
                idle_since = time.now();
            }
            let rests_until = is_at_rest.then_some(idle_since + ROOM_IDLE_MS);
            let wakes_at = self.room.wakes_at();
            tokio::select! {
                event = events.recv() => match event {
                    Some(event) => self.take_in(event, &mut events),
                    None => break,
                },
                (since, answer) = answered(&mut self.appending) => self.appended(since, &answer),
                (conns, found) = self.reads.next() => self.read(&conns, found),
                () = time.reaches(wakes_at) => self.room.tick(time.now()),
                () = time.reaches(rests_until) => {
                    if self.relay.rooms.forget(&self.name, &way, || events.is_empty()) {
                        break;
                    }
                    idle_since = time.now();
                }
            }
        }
        self.relay.rooms.forget(&self.name, &way, || true);
        self.relay.metrics.queued(self.queued.0, 0);
        // Whoever came meanwhile finds the way closed and comes in anew.
    }

    /// Takes in what has come, as much as is there: what follows from it is then done at once.
    fn take_in(&mut self, event: Event, events: &mut Receiver<Event>) {
        /// More would keep those waiting who are to hear of it.
        const AT_ONCE: usize = 256;
        self.happens(event);
        for _ in 1..AT_ONCE {
            match events.try_recv() {
                Ok(event) => self.happens(event),
                Err(_) => break,
            }
        }
    }

    fn happens(&mut self, event: Event) {
        let now = self.relay.time.now();
        match event {
            Event::Join(entrance) => {
                let Entrance { joining, by, way } = *entrance;
                let role = by.map_or(Some(joining.role), |hash| role_of(&self.card, &hash));
                match role {
                    Some(role) => {
                        self.conns.insert(joining.conn, way);
                        self.room.join(Joining { role, ..joining }, now);
                    }
                    None => drop(way.tell.send(Outgoing::Close(Close::Token))),
                }
            }
            Event::Message(conn, text) => self.room.receive(conn, text.as_str(), now),
            Event::Heard(conn) => self.room.heard(conn, now),
            Event::Written => {}
            Event::Left(conn) => {
                self.conns.remove(&conn);
                self.room.leave(conn, now);
            }
            Event::Stop(done) => {
                self.room.stop(Close::GoingDown);
                done.send(()).ok();
            }
        }
    }

    /// Tells the room what has left.
    fn count_left(&mut self) {
        let now = self.relay.time.now();
        for (conn, way) in &self.conns {
            if way.left.load(Relaxed) > 0 {
                self.room.written(*conn, way.left.swap(0, Relaxed), now);
            }
        }
    }

    async fn perform(&mut self) {
        for output in self.room.take() {
            match output {
                Output::Send(conn, text) => {
                    let (text, is_awaited) = (self.share(text), self.room.awaits(conn));
                    self.send(conn, Outgoing::Text { text, is_awaited });
                }
                Output::Ping(conn) => self.send(conn, Outgoing::Ping),
                Output::Close(conn, close) => {
                    self.send(conn, Outgoing::Close(close));
                    self.conns.remove(&conn);
                    self.relay.metrics.closed(close);
                }
                Output::Append(items) => {
                    let records = items.into_iter().map(record).collect();
                    let answer = self.relay.journal.append(&self.name, records);
                    self.appending = Some((self.relay.time.now(), answer));
                }
                Output::Read(conn, places) => {
                    let relay = &self.relay;
                    self.reads.begin(conn, places, |places| relay.journal.read(&self.name, places));
                }
                Output::Control(conn, control) => self.heed(conn, control).await,
            }
        }
        self.relay.metrics.tally(&self.room.tally());
        self.tell_queue();
    }

    /// Tells now and then how much waits for its members: to know it, all of them are asked.
    fn tell_queue(&mut self) {
        /// Nobody looks more often.
        const EVERY_MS: u64 = 250;
        let ((before, at), now) = (self.queued, self.relay.time.now());
        if now >= at + EVERY_MS {
            self.queued = (self.room.queue_bytes(), now);
            self.relay.metrics.queued(before, self.queued.0);
        }
    }

    /// The same text for everybody it goes to, without copying it for each.
    fn share(&mut self, text: Arc<str>) -> Utf8Bytes {
        match &self.shared {
            Some((last, bytes)) if Arc::ptr_eq(last, &text) => bytes.clone(),
            _ => {
                let bytes = Utf8Bytes::from(&*text);
                self.shared = Some((text, bytes.clone()));
                bytes
            }
        }
    }

    fn send(&self, conn: Conn, outgoing: Outgoing) {
        if let Some(way) = self.conns.get(&conn) {
            drop(way.tell.send(outgoing));
        }
    }

    fn appended(&mut self, since: u64, answer: &Result<Vec<Stored>, StoreError>) {
        let now = self.relay.time.now();
        let is_durable = match answer {
            Ok(stored) => !stored.contains(&Stored::Taken),
            Err(error) => {
                tracing::error!(%error, "a journal does not keep");
                false
            }
        };
        self.relay.metrics.kept(now - since);
        self.room.appended(is_durable, now);
    }

    fn read(&mut self, conns: &[Conn], found: Result<Found, StoreError>) {
        let now = self.relay.time.now();
        match found {
            Ok(found) => conns.iter().for_each(|conn| self.room.read(*conn, &found, now)),
            Err(error) => {
                tracing::error!(%error, "a journal cannot be read");
                self.room.stop(Close::GoingDown);
            }
        }
    }

    /// Keeps what a facilitator decided beside the lines.
    async fn heed(&mut self, conn: Conn, control: Control) {
        let mut card = RoomCard { standings: self.room.standings(), ..self.card.clone() };
        let mut renewed = None;
        match control {
            Control::ReadOnly(is_so) => card.is_read_only = is_so,
            Control::LockLinks(is_so) => card.are_links_locked = is_so,
            Control::Close {} => card.is_closed = true,
            Control::Renew(role) => {
                let token = new_token();
                card.tokens.insert(role_name(role).to_owned(), vec![hash(&token)]);
                renewed = Some((role, token));
            }
            Control::Role { .. } | Control::Kick(_) => {}
            Control::Bring(_) => return,
        }
        match self.relay.journal.replace_card(&self.name, card.clone()).await {
            Ok(()) => {
                self.relay.rooms.know(&self.name, &card);
                self.card = card;
                if let Some((role, token)) = renewed {
                    self.room.renewed(conn, role, token, self.relay.time.now());
                }
            }
            Err(error) => {
                tracing::error!(%error, "a room's card is not kept");
                self.room.stop(Close::GoingDown);
            }
        }
    }
}

/// The answer to what the journal is at, once.
async fn answered(
    appending: &mut Option<(u64, Answer<Vec<Stored>>)>,
) -> (u64, Result<Vec<Stored>, StoreError>) {
    match appending {
        Some((since, answer)) => {
            let (since, answer) = (*since, answer.await);
            *appending = None;
            (since, answer)
        }
        None => std::future::pending().await,
    }
}

/// What a token lets its bearer do in a room.
pub(super) fn role_of(card: &RoomCard, hash: &str) -> Option<Role> {
    let gives = |role: &Role| {
        card.tokens.get(role_name(*role)).is_some_and(|hashes| hashes.iter().any(|kept| kept == hash))
    };
    ROLES.into_iter().rev().find(gives).filter(|_| !card.is_closed)
}
