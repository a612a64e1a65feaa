//! The lines as they came, each once, and how far time can be read.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use crate::model::limit::TIME_STEP_MAX;
use crate::model::{Change, Deed, EntryId, Heads, Line, Stamp};

/// One change in the log: which line, which of its deeds. Everything the fold keeps is such a reference.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct Write {
    pub(crate) line: u32,
    deed: u32,
}

/// Every line that came, in the order it came. Nothing is ever taken out.
///
/// Time has one rule: walking entries by `t` from 0, the first step over [`TIME_STEP_MAX`] ends the walk, and what
/// lies beyond waits. Keeping the highest `t` reached and the waiting lines apart gives the same answer in any order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    lines: Vec<Line>,
    first: HashMap<EntryId, u32>,
    /// Further lines under an id that is already in use.
    twins: HashMap<EntryId, Vec<u32>>,
    heads: Heads,
    clock: u64,
    waiting: BTreeSet<(u64, u32)>,
}

impl Log {
    /// Keeps a line, if it is new.
    pub(crate) fn keep(&mut self, line: Line) -> Option<u32> {
        let at = u32::try_from(self.lines.len()).expect("a log is far below 2^32 lines");
        let id = line.entry.id;
        if let Some(&first) = self.first.get(&id) {
            if self.twins_of(id).any(|twin| self.line(twin).text == line.text) {
                return None;
            }
            debug_assert_ne!(first, at);
            self.twins.entry(id).or_default().push(at);
        } else {
            self.first.insert(id, at);
            self.heads.insert(id);
        }
        self.lines.push(line);
        Some(at)
    }

    /// The lines that can be read now that this one is here, by ascending time.
    pub(crate) fn release(&mut self, at: u32) -> Vec<u32> {
        let t = self.line(at).entry.t;
        if t > self.clock + TIME_STEP_MAX {
            self.waiting.insert((t, at));
            return Vec::new();
        }
        self.clock = self.clock.max(t);
        let mut readable = vec![at];
        while let Some(&(t, next)) = self.waiting.first()
            && t <= self.clock + TIME_STEP_MAX
        {
            self.waiting.pop_first();
            self.clock = t;
            readable.push(next);
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
        self.waiting.iter().map(|(_, at)| *at)
    }

    pub(crate) fn waits(&self, at: u32) -> bool {
        self.waiting.contains(&(self.line(at).entry.t, at))
    }

    /// The lines under an id: nearly always one.
    pub(crate) fn twins_of(&self, id: EntryId) -> impl Iterator<Item = u32> {
        self.first.get(&id).into_iter().chain(self.twins.get(&id).into_iter().flatten()).copied()
    }

    /// What can be read, in the order of `(t, author, counter)`; twins by their bytes.
    pub(crate) fn in_order(&self) -> Vec<u32> {
        self.in_order_without(&Heads::default())
    }

    /// The same without what somebody has.
    pub(crate) fn in_order_without(&self, had: &Heads) -> Vec<u32> {
        let lacks = |at: &u32| !had.contains(self.line(*at).entry.id) && !self.waits(*at);
        let mut order: Vec<u32> = (0..).take(self.lines.len()).filter(lacks).collect();
        let place = |line: &Line| (line.entry.t, line.entry.id);
        order.sort_unstable_by(|a, b| {
            let (a, b) = (self.line(*a), self.line(*b));
            place(a).cmp(&place(b)).then_with(|| a.text.cmp(&b.text))
        });
        order
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
