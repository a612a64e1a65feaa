//! A client's end of a conversation about one wall.
//!
//! A [`Peer`] is told what happens (a connection is there or gone, a message comes, deeds are durable, time has passed)
//! and says what to do about it in [`Output`]s, in order. It has no clock, no chance and no socket of its own; of the
//! wall's history it reads what it sends, and never writes to it.
//!
//! It says what is had here, sends what the relay lacks and hands on what comes, whoever wrote it. Which lines wait is
//! known from the two ends' heads alone, so everything heals the same way: a client that was away, a relay that lost
//! its last second, a relay brought back from an old copy.

mod backoff;
mod intake;
mod outbox;

use std::collections::{BTreeMap, BTreeSet};

use super::bucket::Bucket;
use super::close::{Close, Refusal};
use super::frame::{ClientFrame, Control, Frame, Hello, Role, Told, Voice};
use super::limit::{DEAD_MS, DIGEST_MS, HEADS_BYTES_MAX, HEADS_MS, HELLO_MS_MAX, PING_MS, STEADY_MS};
use super::presence::{People, Presence, Teammate, Throttle, digest};
use crate::history::History;
use crate::model::entry::BadLine;
use crate::model::{Author, EntryId, Heads, Line};
use backoff::Backoff;
use outbox::Outbox;

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
    /// The relay does not take these deeds on this connection.
    NotAccepted(Vec<EntryId>, Refusal),
    /// Somebody else speaks as an author of this process. These lines have to go from the history and the file, of
    /// which [`Peer::forgot`] is told, and then their deeds are done again by a fresh author.
    FreshVoice(Author, Vec<EntryId>),
    /// What a facilitator did.
    Told(Told),
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

/// How it stands with the net.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Net {
    /// No connection. The last one ended for this reason, and the next try is at this time, if there is one.
    Offline {
        /// Why the last connection ended, where that was said.
        why: Option<Close>,
        /// When the next try is, in the milliseconds of this process.
        retry_at: Option<u64>,
    },
    /// A connection is being made.
    Connecting,
    /// What was missing is coming.
    CatchingUp,
    /// What others do comes as they do it.
    Live,
}

/// What the person sees of the net.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Status {
    /// The connection.
    pub net: Net,
    /// Lines here that the relay is not known to keep.
    pub waiting: usize,
    /// Lines that it does not take on this connection.
    pub refused: usize,
    /// How many others have seen everything that was done here.
    pub seen_by: usize,
}

/// How far a deed has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is here, and not known to be there.
    Waits,
    /// It is there, though it may not be durable yet.
    There,
    /// The relay does not take it.
    Refused(Refusal),
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
    bucket: Bucket,
    /// What is durable here, or was dropped by a squash.
    had: Heads,
    /// Of that, what was said last and when, in marks of change.
    heads_sent: (u64, u64),
    changes: u64,
    /// What came broken, and is not asked for again.
    aside: Heads,
    /// What the relay has: what it said is durable there, and what came from it on this connection.
    there: Heads,
    /// The parts of its heads that have come so far, and their bytes.
    parts: (Heads, usize),
    /// Whether its heads have come, so that what it lacks is known.
    knows_there: bool,
    outbox: Outbox,
    /// Durable lines that lie beyond a step of time too large: they are sent once the gap fills.
    far: BTreeSet<(u64, EntryId)>,
    /// Lines of this process that the relay has not shown to have as they are here: its heads tell of ids only, and
    /// a clone of this process may have used them for others.
    unsure: BTreeSet<(u64, EntryId)>,
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
    rtt: Option<u64>,
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
            bucket: Bucket::giving(0),
            had: history.asking_heads(),
            heads_sent: (0, 0),
            changes: 0,
            aside: Heads::default(),
            there,
            parts: (Heads::default(), 0),
            knows_there: false,
            outbox,
            far: places(history.waiting()).collect(),
            unsure: BTreeSet::new(),
            voices: BTreeMap::new(),
            done: 0,
            throttle: Throttle::default(),
            people: People::default(),
            digested: (u64::MAX, 0),
            you: None,
            role: None,
            heard: 0,
            asked: 0,
            rtt: None,
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

    /// What the person sees of the net.
    pub fn status(&self) -> Status {
        let net = match self.stage {
            Stage::Offline { why, retry_at } => Net::Offline { why, retry_at },
            Stage::Ending(why) => Net::Offline { why, retry_at: None },
            Stage::Dialing | Stage::Greeting(_) => Net::Connecting,
            Stage::CatchingUp => Net::CatchingUp,
            Stage::Live(_) => Net::Live,
        };
        let (waiting, refused) = self.outbox.counts();
        Status { net, waiting, refused, seen_by: self.people.seen_by(self.done) }
    }

    /// How far a deed's line has come.
    pub fn fate(&self, line: &Line) -> Fate {
        let (id, t) = (line.entry.id, line.entry.t);
        match self.outbox.refusal(id) {
            Some(why) => Fate::Refused(why),
            None if self.outbox.holds(id, t) || !self.there.contains(id) => Fate::Waits,
            None => Fate::There,
        }
    }

    /// Everybody else who is there.
    pub fn people(&self) -> impl Iterator<Item = &Teammate> {
        self.people.all()
    }

    /// Which member this is, and what it may do, once the relay has said so.
    pub fn you(&self) -> Option<(u32, Role)> {
        self.you.zip(self.role)
    }

    /// What the relay has as far as is known: to be given to the next [`Peer::new`].
    pub fn there(&self) -> &Heads {
        &self.there
    }

    /// Wants to be connected from now on.
    pub fn start(&mut self) {
        if let Stage::Offline { .. } = self.stage {
            self.stage = Stage::Dialing;
            self.out.push(Output::Dial);
        }
    }

    /// The connection is there.
    pub fn connected(&mut self, now: u64) {
        self.stage = Stage::Greeting(now);
        (self.heard, self.asked) = (now, now);
        self.bucket = Bucket::giving(now);
        self.send(&ClientFrame::Hello(self.hello.clone()));
    }

    /// The connection is gone, or could not be made; `close` is what the relay gave as its reason, `chance` 64 random
    /// bits.
    pub fn disconnected(&mut self, close: Option<Close>, chance: u64, now: u64) {
        if let Stage::Live(since) = self.stage
            && now.saturating_sub(since) >= STEADY_MS
        {
            self.backoff.calm();
        }
        let why = if let Stage::Ending(Some(own)) = self.stage { Some(own) } else { close };
        if why == Some(Close::Replaced) {
            self.hello.client = Author::from_random(chance).to_string();
        }
        let retry_at = why.is_none_or(Close::tries_again).then(|| {
            let late = why.is_some_and(Close::tries_late);
            now + self.backoff.wait(chance, late)
        });
        self.stage = Stage::Offline { why, retry_at };
        self.knows_there = false;
        self.parts = (Heads::default(), 0);
        self.outbox.disconnect();
        self.people.clear();
        self.you = None;
        self.out.push(Output::People);
    }

    /// A seat of this process has drawn a voice, whose next line has this counter.
    pub fn speaks(&mut self, author: Author, next: u64) {
        self.voices.insert(author, next);
        if self.is_greeted() {
            self.send(&ClientFrame::Voice(Voice { author, from: next }));
        }
    }

    /// Lines are durable here, or need not be: those done here, those that came from the relay, those from files.
    pub fn saved(&mut self, lines: &[Line], history: &History, now: u64) {
        for line in lines {
            let (id, t) = (line.entry.id, line.entry.t);
            self.changes += u64::from(self.had.insert(id));
            let next = self.voices.get_mut(&id.author).filter(|next| **next <= id.counter);
            let is_own = next.is_some();
            if let Some(next) = next {
                *next = id.counter + 1;
                self.done += 1;
                self.unsure.insert((t, id));
            }
            if t > history.clock() {
                self.far.insert((t, id));
            } else if is_own || !self.there.contains(id) {
                self.outbox.add(id, t);
            }
        }
        let is_near = |(t, _): &(u64, EntryId)| *t <= history.clock();
        while let Some((t, id)) = self.far.first().copied().filter(is_near) {
            self.far.pop_first();
            if !self.there.contains(id) {
                self.outbox.add(id, t);
            }
        }
        self.pump(history, now);
    }

    /// Lines have gone from the history and from the file, which holds all that is left.
    pub fn forgot(&mut self, history: &History, now: u64) {
        self.had = history.asking_heads();
        self.changes += 1;
        if self.is_greeted() {
            self.say_heads(now);
        }
    }

    /// Where the person is now. The latest goes out, and not too often.
    pub fn presence(&mut self, presence: Presence, now: u64) {
        self.throttle.put(presence, now);
        self.tell_presence(now);
    }

    /// Asks something of the room, as a facilitator.
    pub fn control(&mut self, control: Control) {
        if self.is_greeted() {
            self.send(&ClientFrame::Control(control));
        }
    }

    /// The relay has answered a ping.
    pub fn pong(&mut self, now: u64) {
        self.heard = now;
        self.rtt = Some(now.saturating_sub(self.asked));
    }

    /// Time has passed.
    pub fn tick(&mut self, history: &History, now: u64) {
        match self.stage {
            Stage::Offline { retry_at: Some(at), .. } if at <= now => self.start(),
            Stage::Greeting(since) if now >= since + HELLO_MS_MAX => self.end(None),
            Stage::CatchingUp | Stage::Live(_) => self.keep_up(history, now),
            _ => {}
        }
    }

    fn keep_up(&mut self, history: &History, now: u64) {
        if now >= self.heard + DEAD_MS {
            return self.end(Some(Close::TooSlow));
        }
        if now >= self.asked + PING_MS {
            self.asked = now;
            self.out.push(Output::Ping);
        }
        let (said, at) = self.heads_sent;
        if said != self.changes && now >= at + HEADS_MS {
            self.say_heads(now);
        }
        if self.digested.0 != self.changes && now >= self.digested.1 + DIGEST_MS {
            self.digest(now);
        }
        self.tell_presence(now);
        self.pump(history, now);
    }

    /// When [`Peer::tick`] is next to be called; never where it waits for nothing but the net or a person.
    pub fn wakes_at(&self) -> Option<u64> {
        let (said, at) = self.heads_sent;
        match self.stage {
            Stage::Offline { retry_at, .. } => retry_at,
            Stage::Dialing | Stage::Ending(_) => None,
            Stage::Greeting(since) => Some(since + HELLO_MS_MAX),
            Stage::CatchingUp | Stage::Live(_) => [
                Some((self.asked + PING_MS).min(self.heard + DEAD_MS)),
                (said != self.changes).then_some(at + HEADS_MS),
                (self.digested.0 != self.changes).then_some(self.digested.1 + DIGEST_MS),
                self.throttle.wakes_at(),
                self.outbox.wakes_at().filter(|_| self.knows_there && self.may_write()),
            ]
            .into_iter()
            .flatten()
            .min(),
        }
    }

    fn is_greeted(&self) -> bool {
        matches!(self.stage, Stage::CatchingUp | Stage::Live(_))
    }

    fn may_write(&self) -> bool {
        self.role.is_some_and(|role| role > Role::View)
    }

    /// Has the connection end from here.
    fn end(&mut self, why: Option<Close>) {
        self.stage = Stage::Ending(why);
        self.out.push(Output::Hangup);
    }

    fn send(&mut self, frame: &ClientFrame) {
        self.out.push(Output::Send(frame.encode()));
    }

    fn say_heads(&mut self, now: u64) {
        self.heads_sent = (self.changes, now);
        let mut heads = self.had.clone();
        heads.extend(&self.aside);
        let mut parts = heads.parts(HEADS_BYTES_MAX);
        let last = parts.pop().unwrap_or_default();
        parts.into_iter().for_each(|part| self.send(&ClientFrame::HeadsPart(part)));
        self.send(&ClientFrame::Heads(last));
    }

    fn digest(&mut self, now: u64) {
        self.digested = (self.changes, now);
        let digest = digest(&self.had);
        self.people.remember(&digest, self.done);
        self.throttle.know(digest, self.rtt, now);
    }

    fn tell_presence(&mut self, now: u64) {
        if self.is_greeted()
            && let Some(presence) = self.throttle.take(now)
        {
            let raw = serde_json::value::to_raw_value(&presence).expect("a presence is plain data");
            self.send(&ClientFrame::Presence(raw));
        }
    }

    /// Sends what the relay lacks, as much as it may have now.
    fn pump(&mut self, history: &History, now: u64) {
        if !self.knows_there || !self.may_write() {
            return;
        }
        while let Some(frame) = self.outbox.next_frame(history, &mut self.bucket, now) {
            self.out.push(Output::Send(frame));
        }
    }
}

fn places<'a>(lines: impl IntoIterator<Item = &'a Line>) -> impl Iterator<Item = (u64, EntryId)> {
    lines.into_iter().map(|line| (line.entry.t, line.entry.id))
}
