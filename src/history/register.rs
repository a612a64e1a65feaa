//! The two registers a wall is made of, and their laws.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::log::{Log, Write};
use crate::model::{Change, Id};

/// A field that holds what was written last.
///
/// Laws: offering the same writes in any order, any number of times, leaves the same one, the greatest by
/// [`Log::order`]. Leaving out writes that lost changes nothing, now or later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct LastWriter(Write);

/// A field that holds every value nobody has replaced.
///
/// A write names the values it replaces; it replaces those of them whose entry has a smaller time than its own. Laws:
/// the same writes in any order leave the same values (each comes once, since a log keeps a line once); once written to
/// it is never empty, since nothing replaces the value of the highest time; a value that was replaced stays so, even
/// when it comes late.
#[derive(Clone, Debug, Default)]
pub(crate) struct MultiValue {
    values: Vec<Write>,
    /// By name of a value, the highest time at which it was replaced.
    over: BTreeMap<Id, u64>,
}

impl LastWriter {
    pub(crate) fn new(write: Write) -> LastWriter {
        LastWriter(write)
    }

    /// Takes a write in, if it is the later one.
    pub(crate) fn offer(&mut self, write: Write, log: &Log) {
        if log.order(write, self.0) == Ordering::Greater {
            self.0 = write;
        }
    }

    /// The write that holds.
    pub(crate) fn write(self) -> Write {
        self.0
    }
}

impl MultiValue {
    /// Takes a write in: its value, and what it replaces.
    pub(crate) fn offer(&mut self, write: Write, log: &Log) {
        self.values.push(write);
        if let Change::NoteReworded { over, .. } = log.change(write) {
            let t = log.line(write.line).entry.t;
            for value in over {
                let replaced = self.over.entry(*value).or_default();
                *replaced = t.max(*replaced);
            }
        }
    }

    /// The name of the value a write adds.
    pub(crate) fn name(write: Write, log: &Log) -> Id {
        log.line(write.line).entry.id.thing(log.index(write))
    }

    /// Whether nobody has replaced the value of a write.
    pub(crate) fn is_alive(&self, write: Write, log: &Log) -> bool {
        let replaced = self.over.get(&Self::name(write, log));
        replaced.is_none_or(|t| log.line(write.line).entry.t >= *t)
    }

    /// The writes, replaced or not, beside the one that placed the note.
    pub(crate) fn writes(&self) -> &[Write] {
        &self.values
    }
}
