//! What is done and kept here, and what of it waits for the relay.

use super::Peer;
use crate::history::History;
use crate::model::{Author, EntryId, Line};
use crate::wire::frame::{ClientFrame, Voice};

impl Peer {
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
        let is_gone = |id: EntryId| history.lines_of(id).next().is_none();
        self.unsure.retain(|(_, id)| !is_gone(*id));
        self.withdrawn.extend(self.outbox.forget(is_gone));
        self.refill(history);
        if self.is_greeted() {
            self.say_heads(now);
        }
    }

    /// Finds anew what the relay lacks, and what waits for a gap in time to fill: more than before where the history
    /// has lost lines.
    pub(super) fn refill(&mut self, history: &History) {
        let lacking = history.since(&self.there).into_iter().filter(|line| self.had.contains(line.entry.id));
        self.outbox.refill(places(lacking).chain(self.unsure.iter().copied()));
        self.far = places(history.waiting()).filter(|(_, id)| self.had.contains(*id)).collect();
    }
}

pub(super) fn places<'a>(lines: impl IntoIterator<Item = &'a Line>) -> impl Iterator<Item = (u64, EntryId)> {
    lines.into_iter().map(|line| (line.entry.t, line.entry.id))
}
