//! The relay's end of every conversation about one wall.
//!
//! A [`Room`] is told what happens (somebody joins, a message comes, a message has left, a journal has answered, time
//! has passed) and says what to do about it in [`Output`]s, in the order in which they have to be done. It has no
//! clock, no socket and no journal of its own, and it never reads a line: of each it keeps a place and a hash.
//!
//! What it has not been told to be durable it neither calls kept nor has; what comes in goes out to all at once
//! nevertheless. Where an append fails, everybody has to go and the room has to be loaded anew: memory that the disk
//! lacks is never served twice.

mod catch_up;
mod council;
mod door;
mod fan_out;
mod index;
mod intake;
mod keep;
mod loading;
mod member;
mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::close::Close;
use super::frame::{Control, Frame, Item, RelayFrame, Role, Sighting, Somebody};
use super::limit::{DEAD_MS, PING_MS};
use crate::model::{Author, EntryId, PersonId};
use fan_out::{Crowd, Window};
use index::Index;
use member::{Seated, Sort};

pub use catch_up::Found;
pub use council::let_back_in;
pub use index::Place;
pub use loading::{Loading, Rules};
pub use tally::Tally;

/// A connection to a relay. Its number is never used again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Conn(pub u64);

/// Somebody whose `hello` was read and whose token lets them in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Joining {
    /// The connection.
    pub conn: Conn,
    /// The seat: a new connection of the same one replaces the old.
    pub client: String,
    /// Who it is.
    pub person: Somebody,
    /// What the link allows.
    pub role: Role,
}

/// What is to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Output {
    /// A message goes to a connection. Once it has left, [`Room::written`] is told.
    Send(Conn, Arc<str>),
    /// A connection is asked whether it lives. What it answers is told by [`Room::heard`].
    Ping(Conn),
    /// A connection ends once what was sent before has left or it is clear that it will not.
    Close(Conn, Close),
    /// Lines go to the journal; the answer is told by [`Room::appended`]. The next ones come after that.
    Append(Vec<Item>),
    /// Lines are read from the journal; the answer, in the same order, is told by [`Room::read`] as [`Found`].
    Read(Conn, Vec<Place>),
    /// A facilitator decided something that outlives the room in memory: to be kept beside its lines. What a link's
    /// new token is, is told by [`Room::renewed`]; of `close` everybody has been told already.
    Control(Conn, Control),
}

/// A room: the lines it has, as places and hashes, and who is in it.
#[derive(Debug)]
pub struct Room {
    board: String,
    index: Index,
    members: BTreeMap<u32, Seated>,
    conns: BTreeMap<Conn, u32>,
    /// Who is at the wall and in another room, and where.
    elsewhere: BTreeMap<u32, Sighting>,
    last_member: u32,
    /// Whose seat speaks as an author, and from which counter on nobody else may.
    voices: BTreeMap<Author, (u32, u64)>,
    /// What facilitators let a seat do. Its name is known to itself alone.
    seats: BTreeMap<String, Role>,
    /// What is remembered of people, whether they are here or not.
    standings: BTreeMap<PersonId, council::Standing>,
    rules: Rules,
    /// Lines that wait for the journal.
    next: Vec<Item>,
    next_bytes: usize,
    /// Lines that the journal is at.
    appending: Vec<EntryId>,
    /// Lines that are not durable yet, and the connections they came over: another one of the same seat did not send
    /// them and must not hear that they are kept.
    owed: BTreeMap<EntryId, BTreeSet<Conn>>,
    window: Window,
    crowd: Crowd,
    /// Whether somebody lacks lines that were not come to yet.
    looks_on: bool,
    /// When heads are repeated, where anything became durable.
    heads_due: Option<u64>,
    is_over: bool,
    tally: Tally,
    out: Vec<Output>,
}

impl Room {
    /// What is to be done, once.
    pub fn take(&mut self) -> Vec<Output> {
        std::mem::take(&mut self.out)
    }

    /// How many lines it has, and how many members.
    pub fn size(&self) -> (usize, usize) {
        (self.index.len(), self.members.len())
    }

    /// Whether nobody is here and nothing waits for the journal, so that it may go from memory after
    /// [`ROOM_IDLE_MS`](super::limit::ROOM_IDLE_MS).
    pub fn is_at_rest(&self) -> bool {
        self.members.is_empty() && self.appending.is_empty()
    }

    /// Whether it has ended and has to be loaded anew.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Something came over a connection, if only the answer to a ping.
    pub fn heard(&mut self, conn: Conn, now: u64) {
        if let Some(n) = self.conns.get(&conn).copied() {
            self.weigh(n, 0, now);
        }
    }

    /// So many of a connection's messages have left, the oldest first.
    pub fn written(&mut self, conn: Conn, count: usize, now: u64) {
        if let Some(n) = self.conns.get(&conn).copied()
            && let Some(seated) = self.members.get_mut(&n)
        {
            seated.written(count);
            self.pump(n, now);
        }
    }

    /// Time has passed.
    pub fn tick(&mut self, now: u64) {
        self.fan_out(now);
        self.tell_presence(now);
        if self.looks_on {
            self.pump_all(now);
        }
        if self.heads_due.is_some_and(|due| due <= now) {
            self.heads_due = None;
            let hear = |(n, seated): (&u32, &Seated)| seated.hears_heads().then_some(*n);
            let hear: Vec<u32> = self.members.iter().filter_map(hear).collect();
            for text in self.heads_frames() {
                hear.iter().for_each(|n| self.send_text(*n, Sort::Greeting, text.clone(), now));
            }
        }
        for n in self.members.keys().copied().collect::<Vec<_>>() {
            let Some(seated) = self.members.get_mut(&n) else { continue };
            if now >= seated.heard + DEAD_MS {
                self.drop_member(n, Close::TooSlow, now);
            } else if now >= seated.heard.max(seated.asked) + PING_MS {
                seated.asked = now;
                self.out.push(Output::Ping(seated.conn));
            }
        }
    }

    /// When [`Room::tick`] is next to be called, at once where that is past; never where nobody is there and nothing
    /// waits.
    pub fn wakes_at(&self) -> Option<u64> {
        let alive = |it: &Seated| (it.heard.max(it.asked) + PING_MS).min(it.heard + DEAD_MS);
        let members = self.members.values().map(alive).min();
        let heads = self.heads_due.filter(|_| !self.members.is_empty());
        let looks_on = self.looks_on.then_some(0);
        [members, heads, looks_on, self.window.wakes_at(), self.crowd.wakes_at()].into_iter().flatten().min()
    }

    /// Sends to one member; who is too slow for it has to come again.
    fn send_text(&mut self, n: u32, sort: Sort, text: Arc<str>, now: u64) {
        let Some(seated) = self.members.get_mut(&n) else { return };
        match seated.queue(sort, text.len()) {
            Ok(()) => self.out.push(Output::Send(seated.conn, text)),
            Err(close) => self.drop_member(n, close, now),
        }
    }

    /// Sends one shared message to everybody, also to who has been greeted and has not yet said what it has.
    fn send_all(&mut self, text: &Arc<str>, now: u64) {
        let all: Vec<u32> = self.members.keys().copied().collect();
        self.send_to(&all, text, now);
    }

    fn send_to(&mut self, members: &[u32], text: &Arc<str>, now: u64) {
        members.iter().for_each(|n| self.send_text(*n, Sort::Live, text.clone(), now));
    }

    fn answer(&mut self, n: u32, frame: &RelayFrame, now: u64) {
        self.send_text(n, Sort::Live, frame.encode().into(), now);
    }
}
