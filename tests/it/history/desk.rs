//! One person's copy of a wall: does deeds, takes them back, and swaps lines with others.

use squall::command::undo::{self, Retelling};
use squall::history::History;
use squall::model::limit::TIME_HEAD_START;
use squall::model::{Applied, Author, Board, Change, Deed, Entry, EntryId, Id, Line, PersonId};

/// A replica, and who sits at it.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) history: History,
    pub(crate) who: PersonId,
    /// What its last deed did to the wall.
    pub(crate) applied: Vec<Applied>,
    pub(crate) author: Author,
    pub(crate) counter: u64,
    pub(crate) t: u64,
}

impl Desk {
    pub(crate) fn new(person: u64, author: u64) -> Desk {
        let mut desk = Desk {
            history: History::new("b"),
            who: PersonId(format!("p{person}")),
            applied: Vec::new(),
            author: Author::from_random(author),
            counter: 0,
            t: 0,
        };
        desk.restart(author);
        desk
    }

    /// A new process: a new voice, its clock well above what it can read.
    pub(crate) fn restart(&mut self, author: u64) {
        self.author = Author::from_random(author);
        self.counter = 0;
        self.t = self.history.clock() + TIME_HEAD_START;
    }

    /// The thing the next deed makes.
    pub(crate) fn made(&self, index: u32) -> Id {
        EntryId { author: self.author, counter: self.counter + 1 }.thing(index)
    }

    pub(crate) fn board(&self) -> &Board {
        self.history.board()
    }

    fn write(&mut self, deeds: Vec<Deed>, undo: Option<EntryId>, redo: Option<EntryId>) -> Line {
        let (id, t) = self.next();
        let line = Line::write(Entry {
            id,
            t,
            at: "2026-11-22T13:40:02Z".into(),
            who: self.who.clone(),
            by: self.who.0.clone(),
            part: None,
            undo,
            redo,
            deeds: (0..).zip(deeds).collect(),
            has_unread: false,
        });
        let line = line.expect("a test stays within all limits");
        self.take(line.clone());
        line
    }

    /// The id and the time of the next entry.
    pub(crate) fn next(&mut self) -> (EntryId, u64) {
        self.counter += 1;
        self.t = self.t.max(self.history.clock()) + 1;
        (EntryId { author: self.author, counter: self.counter }, self.t)
    }

    /// Takes a line of its own in.
    pub(crate) fn take(&mut self, line: Line) {
        self.applied = self.history.absorb(line);
    }

    pub(crate) fn act(&mut self, changes: impl IntoIterator<Item = Change>) -> Line {
        let plain = |change| Deed { change, at_mark: None };
        self.write(changes.into_iter().map(plain).collect(), None, None)
    }

    /// Takes the last deed back; nothing where there is none.
    pub(crate) fn undo(&mut self) -> Option<(Line, Retelling)> {
        let deed = self.history.undoable(&self.who)?;
        let told = undo::undo(&self.history.trace(deed, &self.who)?);
        Some((self.write(told.deeds.clone(), Some(deed), None), told))
    }

    pub(crate) fn redo(&mut self) -> Option<(Line, Retelling)> {
        let deed = self.history.redoable(&self.who)?;
        let told = undo::redo(&self.history.trace(deed, &self.who)?);
        Some((self.write(told.deeds.clone(), None, Some(deed)), told))
    }

    /// Takes what the other gives.
    pub(crate) fn pull(&mut self, other: &Desk) {
        for line in other.history.since(&self.history.asking_heads()) {
            self.history.absorb(line.clone());
        }
    }
}
