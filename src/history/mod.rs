//! The event log: a set of lines in, the wall out.
//!
//! A [`History`] keeps every line that ever came, once, as it came, and folds what it can read of them into a
//! [`Board`]. The wall is a function of the *set* of lines: any order, any number of times, from files or from the
//! wire, in one go or one by one. Nothing here has a clock, draws lots or knows a file.

mod deeds;
mod fold;
mod log;
mod register;
mod replay;
mod slot;
mod squash;

use crate::model::{Applied, Board, EntryId, Heads, Id, Line};
use fold::{Fold, Touched};
use log::Log;

pub use deeds::Unfinished;
pub use replay::{Replay, Step};
pub use squash::{Dropped, Squashed};

/// Everything that happened to one wall, and the wall.
#[derive(Clone, Debug)]
pub struct History {
    log: Log,
    fold: Fold,
    dropped: Dropped,
    dropped_counts: bool,
}

/// A removed note that somebody worded anew without its remover having seen it.
#[derive(Clone, PartialEq, Debug)]
pub struct RemovedUnseen {
    /// The note.
    pub note: Id,
    /// The deed that removed it.
    pub removed: EntryId,
    /// The wordings that were not seen, each with the id of the change that wrote it; the newest first.
    pub unseen: Vec<(Id, String)>,
}

impl History {
    /// The history of a wall to which nothing has happened.
    pub fn new(board_id: &str) -> History {
        let fold = Fold::new(board_id);
        History { log: Log::default(), fold, dropped: Dropped::default(), dropped_counts: true }
    }

    /// The wall as it is.
    pub fn board(&self) -> &Board {
        self.fold.board()
    }

    /// Takes a line in; what that did to the visible wall. A line that is already here does nothing.
    pub fn absorb(&mut self, line: Line) -> Vec<Applied> {
        let mut touched = Touched::default();
        self.read(line, &mut touched);
        self.fold.settle(touched, &self.log)
    }

    /// Takes many lines in without telling what they did: for opening a file. [`History::retell`] tells it all.
    pub fn absorb_all(&mut self, lines: impl IntoIterator<Item = Line>) {
        for line in lines {
            self.read(line, &mut Touched::default());
        }
        self.fold.show_all(&self.log);
    }

    fn read(&mut self, line: Line, touched: &mut Touched) {
        for line in self.log.keep(line) {
            self.fold.read(line, &self.log, touched);
        }
    }

    /// The whole wall as changes that came just now.
    pub fn retell(&self) -> Vec<Applied> {
        fold::retell(self.board())
    }

    /// Every line, in the order they came.
    pub fn lines(&self) -> &[Line] {
        self.log.lines()
    }

    /// The lines under an id: one, or more where two processes spoke with one voice.
    pub fn lines_of(&self, id: EntryId) -> impl Iterator<Item = &Line> {
        self.log.lines_of(id).map(|at| self.log.line(at))
    }

    /// Which lines are here, those that wait included.
    pub fn heads(&self) -> &Heads {
        self.log.heads()
    }

    /// What counts as had when asking others for lines: what is here, and what was dropped by a squash.
    pub fn asking_heads(&self) -> Heads {
        let mut heads = self.heads().clone();
        if self.dropped_counts {
            heads.extend(&self.dropped.ids);
        }
        heads
    }

    /// What can be given to others: what is here and does not wait.
    pub fn giving_heads(&self) -> Heads {
        if self.waiting().next().is_none() {
            return self.heads().clone();
        }
        let mut heads = Heads::default();
        for line in self.readable() {
            heads.insert(line.entry.id);
        }
        heads
    }

    /// What somebody lacks who has these, by ascending time.
    pub fn since(&self, had: &Heads) -> Vec<&Line> {
        self.readable().filter(|line| !had.contains(line.entry.id)).collect()
    }

    /// Takes in that a squash has dropped lines.
    pub fn absorb_dropped(&mut self, dropped: &Dropped) {
        self.dropped.extend(dropped);
    }

    /// Says that what was dropped counts as had no more, since the file that says so holds a line that had to be set
    /// aside: better to fetch too much.
    pub fn void_dropped(&mut self) {
        self.dropped_counts = false;
    }

    /// What earlier squashes have dropped.
    pub fn dropped(&self) -> &Dropped {
        &self.dropped
    }

    /// The removed notes that somebody worded anew without their remover having seen it.
    pub fn removed_while_reworded(&self) -> Vec<RemovedUnseen> {
        let mut lost: Vec<RemovedUnseen> =
            self.fold.slots().iter().filter_map(|slot| slot.removed_unseen(&self.log)).collect();
        lost.sort_by_key(|lost| lost.note);
        lost
    }

    /// The highest time that can be read.
    pub fn clock(&self) -> u64 {
        self.log.clock()
    }

    /// What can be read, in the order of `(t, author, counter)`.
    pub fn readable(&self) -> impl DoubleEndedIterator<Item = &Line> {
        self.log.in_order().map(|at| self.log.line(at))
    }

    /// The lines that lie beyond a step of time too large, by time. They apply and are sent once the gap fills.
    pub fn waiting(&self) -> impl Iterator<Item = &Line> {
        self.log.waiting().map(|at| self.log.line(at))
    }
}
