//! What the person sees of the net.

use super::{Peer, Stage};
use crate::model::{EntryId, Heads, Line};
use crate::wire::close::{Close, Refusal};
use crate::wire::frame::Role;
use crate::wire::presence::Teammate;

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
    /// Lines that it did not take when they were last sent.
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

impl Peer {
    /// What the person sees of the net.
    pub fn status(&self) -> Status {
        let net = match self.stage {
            Stage::Offline { why, retry_at } => Net::Offline { why, retry_at },
            Stage::Ending(why) => Net::Offline { why, retry_at: None },
            Stage::Dialing | Stage::Greeting(_) | Stage::Renewing => Net::Connecting,
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

    /// The lines that the relay did not take when they were last sent, and why.
    pub fn not_accepted(&self) -> impl Iterator<Item = (EntryId, Refusal)> {
        self.outbox.refused()
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
}
