//! Taking back and doing again, as one person's key does it: also deeds of an earlier process of theirs.

use super::seat::{Performed, Refusal, Seat};
use super::wall::Wall;
use crate::command::undo::{redo, undo};
use crate::model::{Applied, EntryId};
use crate::query::tell;
use crate::words::Said;

/// How many deeds of this process are kept told, so that undo can say at once which one it means.
const TOLD_MAX: usize = 200;

/// A deed that was taken back or done again.
pub struct Retold {
    /// The deed it was.
    pub deed: EntryId,
    /// What that deed had done, in sentences.
    pub told: Vec<Said>,
    /// What of it stays as it is, and why.
    pub remarks: Vec<Said>,
    /// The deed that did so.
    pub performed: Performed,
}

impl Seat {
    /// Takes the person's last deed back.
    pub fn undo(&mut self, wall: &mut Wall) -> Result<Retold, Refusal> {
        let deed = wall.history().undoable(self.who()).ok_or(Refusal::NothingToUndo)?;
        self.take_back(wall, deed)
    }

    /// Takes back a certain deed of the person's.
    pub fn take_back(&mut self, wall: &mut Wall, deed: EntryId) -> Result<Retold, Refusal> {
        self.retell(wall, deed, true)
    }

    /// Does again what the person took back last, if they did nothing since.
    pub fn redo(&mut self, wall: &mut Wall) -> Result<Retold, Refusal> {
        let deed = wall.history().redoable(self.who()).ok_or(Refusal::NothingToRedo)?;
        self.retell(wall, deed, false)
    }

    /// What undo would take back, in sentences; nothing where there is nothing.
    pub fn undo_what(&self, wall: &Wall) -> Option<Vec<Said>> {
        let lines = wall.history().lines().len();
        let deed = match self.last {
            Some((deed, had)) if had == lines => deed,
            _ => wall.history().undoable(self.who())?,
        };
        Some(self.tell_deed(wall, deed))
    }

    /// What redo would do again, in sentences; nothing where there is nothing.
    pub fn redo_what(&self, wall: &Wall) -> Option<Vec<Said>> {
        Some(self.tell_deed(wall, wall.history().redoable(self.who())?))
    }

    fn retell(&mut self, wall: &mut Wall, deed: EntryId, back: bool) -> Result<Retold, Refusal> {
        let refusal = if back { Refusal::NothingToUndo } else { Refusal::NothingToRedo };
        let trace = wall.history().trace(deed, self.who()).ok_or(refusal)?;
        let told = self.tell_deed(wall, deed);
        let retelling = if back { undo(&trace) } else { redo(&trace) };
        let mut head = self.next_deed(wall);
        (head.undo, head.redo) = if back { (Some(deed), None) } else { (None, Some(deed)) };
        self.last = None;
        let performed = self.carry_out(wall, &head, retelling.deeds)?;
        Ok(Retold { deed, told, remarks: retelling.remarks, performed })
    }

    /// Keeps in mind what a deed did.
    pub(super) fn remember(&mut self, deed: EntryId, wall: &Wall, applied: &[Applied]) {
        let board = wall.board();
        self.last = Some((deed, wall.history().lines().len()));
        self.told.push_back((deed, tell(applied, board, board)));
        if self.told.len() > TOLD_MAX {
            self.told.pop_front();
        }
    }

    fn tell_deed(&self, wall: &Wall, deed: EntryId) -> Vec<Said> {
        match self.told.iter().find(|(told, _)| *told == deed) {
            Some((_, told)) => told.clone(),
            None => wall.tell_deed(deed),
        }
    }
}
