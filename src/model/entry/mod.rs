//! One deed, one line: how an entry is written down, and how a line is read.
//!
//! ```text
//! {"id":"k3x9v2p4qd.17","t":812,"at":"2026-11-22T13:40:02Z","who":"p7…","by":"민수","do":[…],"sum":"9f31c2aa"}
//! ```
//! A line's bytes never change once it is written: it is stored and forwarded as it came. Whether it counts depends
//! on the envelope alone (its size, `id`, `t` and `sum`); what this version cannot read inside is kept, not applied.

mod body;
mod deed;
mod sum;
#[cfg(test)]
mod tests;

pub use body::schema;
pub use deed::Deed;
pub use sum::{BEGINNING, SUM_KEY, SUM_LEN, check_sum, nesting, sealed};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::{Author, EntryId, PersonId};
use super::limit::{LINE_BYTES_MAX, TIME_MAX};
use body::{Body, is_shallow, read_leniently};

/// Where one write stands in Lamport time: `[t, author, counter, index]`.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(from = "(u64, Author, u64, u32)", into = "(u64, Author, u64, u32)")]
pub struct Mark {
    /// Lamport time of the entry.
    pub t: u64,
    /// The entry.
    pub entry: EntryId,
    /// The place of the change in the entry.
    pub index: u32,
}

/// What decides which of two writes to one field wins: the greater one.
///
/// A write that takes back or repeats a deed stands at that deed's own mark, lengthened by its own: it wins over that
/// deed and loses to everything above it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Stamp {
    /// Where it stands.
    pub mark: Mark,
    /// Its own place, where it stands at the place of another.
    pub own: Option<Mark>,
}

/// Which part of a deed an entry is, where the deed was too large for one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// The deed's first entry.
    pub of: EntryId,
    /// Which part this is, from 1.
    pub part: u32,
    /// How many there are.
    pub parts: u32,
}

/// A person's deed: who, when, after what, and what changed.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Its name.
    pub id: EntryId,
    /// Lamport time.
    pub t: u64,
    /// When it was, in UTC, to be shown and for nothing else.
    pub at: String,
    /// The person.
    pub who: PersonId,
    /// The person's name.
    pub by: String,
    /// Which part of a larger deed this is.
    pub part: Option<Part>,
    /// The deed this one takes back.
    pub undo: Option<EntryId>,
    /// The deed this one does again.
    pub redo: Option<EntryId>,
    /// The changes, each with its place in the line. Those this version cannot read are left out.
    pub deeds: Vec<(u32, Deed)>,
    /// Whether the line holds anything this version cannot read.
    pub has_unread: bool,
}

/// An entry and the line it came from.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// What it says.
    pub entry: Entry,
    /// Its bytes, without the line end, as they came.
    pub text: Arc<str>,
}

/// Why a line is set aside.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, thiserror::Error)]
pub enum BadLine {
    /// Over the size of a line.
    #[error("longer than a line may be")]
    TooLong,
    /// No `sum` at its end.
    #[error("no check sum at its end")]
    NoSum,
    /// The `sum` is not that of the bytes before it.
    #[error("its check sum does not fit")]
    WrongSum,
    /// No id or no time.
    #[error("no id or no time of an entry")]
    NoEnvelope,
}

impl BadLine {
    /// The key of the sentence that tells people.
    pub fn key(self) -> &'static str {
        match self {
            BadLine::TooLong => "line-too-long",
            BadLine::NoSum => "line-without-sum",
            BadLine::WrongSum => "line-sum-wrong",
            BadLine::NoEnvelope => "line-without-envelope",
        }
    }
}

impl Entry {
    /// The stamp of a change of this entry.
    pub fn stamp(&self, index: u32, deed: &Deed) -> Stamp {
        let own = Mark { t: self.t, entry: self.id, index };
        match deed.at_mark {
            Some(mark) => Stamp { mark, own: Some(own) },
            None => Stamp { mark: own, own: None },
        }
    }

    /// The first entry of the deed this one belongs to.
    pub fn deed_id(&self) -> EntryId {
        self.part.map_or(self.id, |part| part.of)
    }
}

impl From<(u64, Author, u64, u32)> for Mark {
    fn from((t, author, counter, index): (u64, Author, u64, u32)) -> Self {
        Mark { t, entry: EntryId { author, counter }, index }
    }
}

impl From<Mark> for (u64, Author, u64, u32) {
    fn from(mark: Mark) -> Self {
        (mark.t, mark.entry.author, mark.entry.counter, mark.index)
    }
}

impl Line {
    /// The line of an entry that is made here. Says nothing where it would be longer than a line may be, or holds what
    /// others would not apply because it is over a limit.
    pub fn write(entry: Entry) -> Option<Line> {
        let body = Body::of(&entry);
        if !body.is_within_limits() {
            return None;
        }
        let text = sealed(&serde_json::to_string(&body).expect("an entry is plain data"));
        (text.len() <= LINE_BYTES_MAX).then(|| Line { entry, text: text.into() })
    }

    /// Reads a line, without its line end.
    pub fn read(text: &str) -> Result<Line, BadLine> {
        if text.len() > LINE_BYTES_MAX {
            return Err(BadLine::TooLong);
        }
        check_sum(text)?;
        if !text.starts_with(BEGINNING) || text.contains('\n') {
            return Err(BadLine::NoEnvelope);
        }
        let entry = match serde_json::from_str::<Body<'_>>(text) {
            Ok(body) if body.is_within_limits() && is_shallow(text) => body.into_entry(),
            _ => read_leniently(text).ok_or(BadLine::NoEnvelope)?,
        };
        if entry.t > TIME_MAX {
            return Err(BadLine::NoEnvelope);
        }
        Ok(Line { entry, text: text.into() })
    }
}
