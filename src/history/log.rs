//! The lines as they came, each once, and how far time can be read.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::model::limit::TIME_STEP_MAX;
use crate::model::{ByName, Change, Deed, EntryId, Heads, Id, Line, Stamp};

/// One change in the log: which line, which of its deeds. Everything the fold keeps is such a reference.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct Write {
    pub(crate) line: u32,
    deed: u32,
}

/// Every line that came, in the order it came. Nothing is ever taken out.
///
/// Time has one rule: walking entries by `t` from 0, the first step over [`TIME_STEP_MAX`] ends the walk, and what
/// lies beyond waits. The clock is where the walk has come to: what is above it waits, in whatever order lines come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    lines: Vec<Line>,
    first: ByName<EntryId, u32>,
    /// Further lines under an id that is already in use.
    twins: ByName<EntryId, Vec<u32>>,
    by_time: BTreeSet<(u64, EntryId, u32)>,
    heads: Heads,
    clock: u64,
}

impl Log {
    /// Keeps a line, if it is new; the lines that can be read now that it is here, by ascending time.
    pub(crate) fn keep(&mut self, line: Line) -> Vec<u32> {
        let at = u32::try_from(self.lines.len()).expect("a log is far below 2^32 lines");
        let (t, id) = (line.entry.t, line.entry.id);
        if self.lines_of(id).any(|twin| self.line(twin).text == line.text) {
            return Vec::new();
        }
        if self.heads.insert(id) {
            self.first.insert(id, at);
        } else {
            self.twins.entry(id).or_default().push(at);
        }
        self.lines.push(line);
        self.by_time.insert((t, id, at));
        self.walk_on(t, at)
    }

    fn walk_on(&mut self, t: u64, at: u32) -> Vec<u32> {
        if t <= self.clock {
            return vec![at];
        }
        let mut readable = Vec::new();
        for &(t, _, at) in self.by_time.range(beyond(self.clock)..) {
            if t > self.clock + TIME_STEP_MAX {
                break;
            }
            self.clock = t;
            readable.push(at);
        }
        readable
    }

    pub(crate) fn line(&self, at: u32) -> &Line {
        &self.lines[at as usize]
    }

    pub(crate) fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(crate) fn heads(&self) -> &Heads {
        &self.heads
    }

    pub(crate) fn clock(&self) -> u64 {
        self.clock
    }

    /// What lies beyond a step too large, by time.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = u32> {
        self.by_time.range(beyond(self.clock)..).map(|(_, _, at)| *at)
    }

    /// What can be read, in the order of `(t, author, counter)`.
    pub(crate) fn in_order(&self) -> impl DoubleEndedIterator<Item = u32> {
        self.by_time.range(..beyond(self.clock)).map(|(_, _, at)| *at)
    }

    /// The lines under an id: nearly always one.
    pub(crate) fn lines_of(&self, id: EntryId) -> impl Iterator<Item = u32> {
        self.first.get(&id).into_iter().chain(self.twins.get(&id).into_iter().flatten()).copied()
    }

    /// The changes of a line.
    pub(crate) fn writes(&self, line: u32) -> impl Iterator<Item = Write> + use<> {
        (0..).take(self.line(line).entry.deeds.len()).map(move |deed| Write { line, deed })
    }

    fn deed(&self, write: Write) -> &(u32, Deed) {
        &self.line(write.line).entry.deeds[write.deed as usize]
    }

    pub(crate) fn change(&self, write: Write) -> &Change {
        &self.deed(write).1.change
    }

    /// The place of a change in its line as written.
    pub(crate) fn index(&self, write: Write) -> u32 {
        self.deed(write).0
    }

    pub(crate) fn stamp(&self, write: Write) -> Stamp {
        let (index, deed) = self.deed(write);
        self.line(write.line).entry.stamp(*index, deed)
    }

    /// Which of two writes is the later one. Stamps are equal only where two lines share an id: then the greater
    /// text of the change decides, which is the same everywhere.
    pub(crate) fn order(&self, a: Write, b: Write) -> Ordering {
        let text = |write| serde_json::to_string(self.change(write)).expect("a change is plain data");
        self.stamp(a)
            .cmp(&self.stamp(b))
            .then_with(|| if a == b { Ordering::Equal } else { text(a).cmp(&text(b)) })
    }
}

/// Where in [`Log::by_time`] the entries above a time begin.
fn beyond(t: u64) -> (u64, EntryId, u32) {
    (t + 1, Id::HERE.entry, 0)
}
