//! One member of a room: who it is, what waits for it, and how far it has caught up.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::index::Place;
use super::{Conn, Joining};
use crate::model::Heads;
use crate::wire::bucket::{Allowance, Strikes};
use crate::wire::close::Close;
use crate::wire::frame::{Role, Somebody};
use crate::wire::limit::{HEADS_BYTES_ALL_MAX, QUEUE_BYTES_MAX, QUEUE_MESSAGES_MAX};

/// A member and its connection.
#[derive(Debug)]
pub(super) struct Seated {
    pub(super) conn: Conn,
    pub(super) client: String,
    pub(super) person: Somebody,
    pub(super) role: Role,
    /// What the link it came by lets its bearer do.
    pub(super) link: Role,
    /// What it sent last of where its person is.
    pub(super) presence: Option<Arc<RawValue>>,
    /// When it was last heard, and when it was last asked whether it lives.
    pub(super) heard: u64,
    pub(super) asked: u64,
    pub(super) allowance: Allowance,
    pub(super) strikes: Strikes,
    /// Whether it has said what it has, and so gets what comes in.
    pub(super) hears: bool,
    pub(super) catching_up: Option<CatchUp>,
    /// The parts of its heads that have come so far, and their bytes.
    heads: (Heads, usize),
    queue: Queue,
}

/// How far a member has caught up.
#[derive(Debug)]
pub(super) struct CatchUp {
    /// What it has: what it said, and what came in meanwhile.
    pub(super) had: Heads,
    pub(super) reached: Option<Place>,
    /// The lines that the journal is at: the first of each read, and how many they are.
    pub(super) asked: Vec<(Place, usize)>,
}

/// Sorts of messages: some count against the queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    /// What comes in, and answers.
    Live,
    /// Lines that were missing, a few frames at a time.
    CatchUp,
    /// What who comes in is told, and heads, which are not repeated while any of it waits.
    Greeting,
}

/// What waits for a connection, as sizes.
#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<(Sort, usize)>,
    greetings: usize,
    catch_ups: usize,
    live: usize,
    live_bytes: usize,
}

impl Seated {
    pub(super) fn new(joining: Joining, now: u64) -> Seated {
        Seated {
            conn: joining.conn,
            client: joining.client,
            person: joining.person,
            role: joining.role,
            link: joining.role,
            presence: None,
            heard: now,
            asked: now,
            allowance: Allowance::taking(now),
            strikes: Strikes::default(),
            hears: false,
            catching_up: None,
            heads: (Heads::default(), 0),
            queue: Queue::default(),
        }
    }

    /// Takes the place of the connection this seat had before, with its limits.
    pub(super) fn replaces(&mut self, old: Seated) {
        self.allowance = old.allowance;
        self.strikes = old.strikes;
        self.presence = old.presence;
    }

    /// Takes in a part of its heads; whether that was too much.
    pub(super) fn add_heads(&mut self, part: &Heads, bytes: usize) -> Result<(), Close> {
        self.heads.0.extend(part);
        self.heads.1 += bytes;
        if self.heads.1 > HEADS_BYTES_ALL_MAX { Err(Close::BadFrame) } else { Ok(()) }
    }

    /// Begins to catch up from the heads that have come.
    pub(super) fn begin_to_catch_up(&mut self) {
        let asked = self.catching_up.take().map_or(Vec::new(), |catching_up| catching_up.asked);
        let had = std::mem::take(&mut self.heads).0;
        self.catching_up = Some(CatchUp { had, reached: None, asked });
        self.hears = true;
    }

    /// A message goes to it; whether it is too slow for that.
    pub(super) fn queue(&mut self, sort: Sort, bytes: usize) -> Result<(), Close> {
        let queue = &mut self.queue;
        queue.waiting.push_back((sort, bytes));
        match sort {
            Sort::Live => {
                queue.live += 1;
                queue.live_bytes += bytes;
            }
            Sort::Greeting => queue.greetings += 1,
            Sort::CatchUp => queue.catch_ups += 1,
        }
        let is_slow = queue.live > QUEUE_MESSAGES_MAX || queue.live_bytes > QUEUE_BYTES_MAX;
        if is_slow { Err(Close::TooSlow) } else { Ok(()) }
    }

    /// Its oldest messages have left, so many of them.
    pub(super) fn written(&mut self, count: usize) {
        let queue = &mut self.queue;
        for (sort, bytes) in queue.waiting.drain(..count.min(queue.waiting.len())) {
            match sort {
                Sort::Live => {
                    queue.live -= 1;
                    queue.live_bytes -= bytes;
                }
                Sort::CatchUp => queue.catch_ups -= 1,
                Sort::Greeting => queue.greetings -= 1,
            }
        }
    }

    /// Frames of lines that were missing which have not left yet.
    pub(super) fn frames_on_way(&self) -> usize {
        self.queue.catch_ups
    }

    /// Bytes of live messages that wait for it.
    pub(super) fn live_bytes(&self) -> usize {
        self.queue.live_bytes
    }

    /// Whether heads may be repeated to it.
    pub(super) fn hears_heads(&self) -> bool {
        self.hears && self.queue.greetings == 0
    }
}
