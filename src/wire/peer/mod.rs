//! A client's end of a conversation about one wall.
//!
//! A [`Peer`] is told what happens (a connection is there or gone, a message comes, deeds are durable, time has passed)
//! and says what to do about it in [`Output`]s, in order. It has no clock, no chance and no socket of its own; of the
//! wall's history it reads what it sends, and never writes to it.
//!
//! It says what is had here, sends what the relay lacks and hands on what comes, whoever wrote it. Which lines wait is
//! known from the two ends' heads alone, so everything heals the same way: a client that was away, a relay that lost
//! its last second, a relay brought back from an old copy.

mod again;
mod backoff;
mod connection;
mod council;
mod here;
mod intake;
mod outbox;
mod speak;
mod status;

use std::collections::{BTreeMap, BTreeSet};

use super::bucket::Allowance;
use super::close::{Close, Refusal};
use super::frame::{Hello, Role, Told};
use super::presence::{People, Presence, Throttle};
use crate::history::History;
use crate::model::entry::BadLine;
use crate::model::{Author, EntryId, Heads, Line, Point};
use backoff::Backoff;
use council::Asked;
use here::places;
use outbox::Outbox;

pub use again::Again;
pub use status::{Fate, Net, Status};

/// What is to be done.
#[derive(Clone, PartialEq, Debug)]
pub enum Output {
    /// Connect. The answer is told by [`Peer::connected`] or [`Peer::disconnected`].
    Dial,
    /// A message goes to the relay.
    Send(String),
    /// The relay is asked whether it lives. What it answers is told by [`Peer::pong`].
    Ping,
    /// The connection is to be ended, which is told by [`Peer::disconnected`].
    Hangup,
    /// The wall of this room, where none was known here: what comes next belongs to it.
    Board(String),
    /// The room holds another wall. Nothing was sent or taken; a person has to say what to do.
    OtherBoard(String),
    /// Lines to take in and to save. Once they are, [`Peer::saved`] is told.
    Absorb(Vec<Line>),
    /// Lines that came and cannot be used.
    Aside(Vec<Aside>),
    /// The relay does not take these deeds, which is told once.
    NotAccepted(Vec<EntryId>, Refusal),
    /// Somebody else speaks as this author, or the relay has these of its lines damaged. They, and those of this author that [`Peer::saved`]
    /// was not told of, have to go from the history and the file, of which [`Peer::forgot`] is told. Their deeds are
    /// done again by a fresh author that [`Peer::speaks`] was told of, in the order of their counters: see [`Again`].
    FreshVoice(Author, Vec<EntryId>),
    /// What a facilitator did.
    Told(Told),
    /// What this person asked of the room is not known to be done: the room says no, or cannot be asked.
    NotDone(Option<Refusal>),
    /// This member asks everybody to look here.
    Pinged(u32, Point),
    /// [`Peer::people`] has changed.
    People,
    /// [`Peer::status`] has changed.
    Status,
}

/// A line that came and cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Aside {
    /// The id it came under.
    pub id: EntryId,
    /// What is wrong with it; nothing where it is sealed, or is another line than it came as.
    pub why: Option<BadLine>,
}

/// What the connection is at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Offline {
        why: Option<Close>,
        retry_at: Option<u64>,
    },
    Dialing,
    /// Since when `hello` waits for its answer.
    Greeting(u64),
    CatchingUp,
    /// Since when.
    Live(u64),
    /// To be ended from here and begun anew: its person goes by another name.
    Renewing,
    /// To be ended from here, for this reason; nothing more is taken.
    Ending(Option<Close>),
}

/// A client's end of a conversation about one wall.
#[derive(Clone, Debug)]
pub struct Peer {
    hello: Hello,
    board: Option<String>,
    stage: Stage,
    backoff: Backoff,
    allowance: Allowance,
    /// What is durable here, or was dropped by a squash.
    had: Heads,
    /// Of that, what was said last and when, in marks of change.
    heads_sent: (u64, u64),
    changes: u64,
    /// What came broken, and is not asked for again.
    aside: Heads,
    /// Lines that went up and came back broken, once: they are asked for once more.
    doubted: BTreeSet<EntryId>,
    /// What the relay has: what it said is durable there, and what came from it on this connection.
    there: Heads,
    /// The parts of its heads that have come so far, and their bytes.
    parts: (Heads, usize),
    /// Whether its heads have come, so that what it lacks is known.
    knows_there: bool,
    outbox: Outbox,
    /// What this person asks of the room, the oldest first.
    asked_of_room: Vec<Asked>,
    /// Durable lines that lie beyond a step of time too large: they are sent once the gap fills.
    far: BTreeSet<(u64, EntryId)>,
    /// Lines of this process that the relay has not shown to have as they are here: its heads tell of ids only, and
    /// a clone of this process may have used them for others.
    unsure: BTreeSet<(u64, EntryId)>,
    /// Lines that went from here while they were on their way: should they come back, nobody else has written them.
    withdrawn: BTreeSet<EntryId>,
    /// The authors of this process, and their next counters.
    voices: BTreeMap<Author, u64>,
    /// How many lines they have.
    done: u64,
    throttle: Throttle,
    people: People,
    /// The changes that the last digest was made of, and when.
    digested: (u64, u64),
    you: Option<u32>,
    role: Option<Role>,
    heard: u64,
    asked: u64,
    told: Option<Status>,
    out: Vec<Output>,
}

impl Peer {
    /// A peer that says `hello` and then talks about this wall; about whatever wall there is where `board` is none.
    ///
    /// `there` is what the relay was last known to have, so that it can be told what waits before it is reached.
    pub fn new(hello: Hello, board: Option<String>, history: &History, there: Heads) -> Peer {
        let mut outbox = Outbox::default();
        outbox.refill(places(history.since(&there)));
        Peer {
            hello,
            board,
            stage: Stage::Offline { why: None, retry_at: None },
            backoff: Backoff::default(),
            allowance: Allowance::giving(0),
            had: history.asking_heads(),
            heads_sent: (0, 0),
            changes: 0,
            aside: Heads::default(),
            doubted: BTreeSet::new(),
            there,
            parts: (Heads::default(), 0),
            knows_there: false,
            outbox,
            asked_of_room: Vec::new(),
            far: places(history.waiting()).collect(),
            unsure: BTreeSet::new(),
            withdrawn: BTreeSet::new(),
            voices: BTreeMap::new(),
            done: 0,
            throttle: Throttle::default(),
            people: People::default(),
            digested: (u64::MAX, 0),
            you: None,
            role: None,
            heard: 0,
            asked: 0,
            told: None,
            out: Vec::new(),
        }
    }

    /// What is to be done, once.
    pub fn take(&mut self) -> Vec<Output> {
        let status = self.status();
        if self.told.replace(status) != Some(status) {
            self.out.push(Output::Status);
        }
        std::mem::take(&mut self.out)
    }

    /// Where the person is now. The latest goes out, and not too often.
    pub fn presence(&mut self, presence: Presence, now: u64) {
        self.throttle.put(presence, now);
        self.tell_presence(now);
    }

    fn is_greeted(&self) -> bool {
        matches!(self.stage, Stage::CatchingUp | Stage::Live(_))
    }

    fn may_write(&self) -> bool {
        self.role.is_some_and(Role::writes)
    }
}
