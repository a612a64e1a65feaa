//! The wall at a moment, and how it came to be.

use super::History;
use super::fold::{Fold, Touched};
use super::log::Log;
use crate::model::{Applied, Board, EntryId, Line};

/// A history told again from its beginning, a line at a time, in the order of `(t, author, counter)`.
///
/// It begins with an empty wall; each [`Step`] says whose line it was and what it did to the wall as it stood then.
#[derive(Debug)]
pub struct Replay<'a> {
    log: &'a Log,
    order: std::vec::IntoIter<u32>,
    fold: Fold,
}

/// One line of a history told again.
#[derive(Clone, PartialEq, Debug)]
pub struct Step<'a> {
    /// The line.
    pub line: &'a Line,
    /// What it did to the wall.
    pub applied: Vec<Applied>,
}

impl Replay<'_> {
    /// The wall as it stands after the last step.
    pub fn board(&self) -> &Board {
        self.fold.board()
    }
}

impl<'a> Iterator for Replay<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        let at = self.order.next()?;
        let mut touched = Touched::default();
        self.fold.read(at, self.log, &mut touched);
        let applied = self.fold.settle(touched, self.log);
        Some(Step { line: self.log.line(at), applied })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.order.size_hint()
    }
}

impl History {
    /// The history from its beginning.
    pub fn replay(&self) -> Replay<'_> {
        self.replay_after(0)
    }

    /// The history from this entry on, with the wall as it stood just before. From its end where the entry is not here
    /// or waits.
    pub fn replay_from(&self, entry: EntryId) -> Replay<'_> {
        let before = self.log.in_order().take_while(|at| self.log.line(*at).entry.id != entry);
        self.replay_after(before.count())
    }

    fn replay_after(&self, count: usize) -> Replay<'_> {
        let mut fold = Fold::new(&self.board().id);
        let mut order = self.log.in_order().collect::<Vec<_>>().into_iter();
        if count > 0 {
            for at in order.by_ref().take(count) {
                fold.read(at, &self.log, &mut Touched::default());
            }
            fold.show_all(&self.log);
        }
        Replay { log: &self.log, order, fold }
    }

    /// The wall as it was once this entry had happened and nothing of a later place. Nothing where it is not here or
    /// waits.
    pub fn at(&self, entry: EntryId) -> Option<Board> {
        let order: Vec<u32> = self.log.in_order().collect();
        let last = order.iter().rposition(|at| self.log.line(*at).entry.id == entry)?;
        let mut fold = Fold::new(&self.board().id);
        for at in &order[..=last] {
            fold.read(*at, &self.log, &mut Touched::default());
        }
        fold.show_all(&self.log);
        Some(fold.board().clone())
    }
}
