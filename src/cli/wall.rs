//! Walls by their names: looked at, or opened to be worked on.

use super::face::Face;
use super::failure::{Failure, Outcome};
use super::progress::progress;
use crate::session::Wall;
use crate::session::saves::{ReadOnly, Saved};
use crate::words::Said;

impl Face {
    /// Looks at a wall: takes no lock, writes nothing, tells what is wrong with its file.
    pub(crate) fn look(&self, board: &str) -> Outcome<Wall> {
        let wall = Wall::read(&self.saves()?.path_of(board)?, &mut progress())?;
        wall.remarks().iter().for_each(|remark| self.tell(remark));
        Ok(wall)
    }

    /// Opens a wall to be worked on.
    pub(crate) fn open(&self, board: &str) -> Outcome<Wall> {
        let saves = self.saves()?;
        let wall = Wall::open(&saves, &saves.path_of(board)?, &mut progress())?;
        wall.remarks().iter().for_each(|remark| self.tell(remark));
        match wall.read_only() {
            None => Ok(wall),
            Some(ReadOnly::NoHeader) => {
                Err(Failure::trouble(ReadOnly::NoHeader.said()).try_next(&["repair", board]))
            }
            Some(why) => Err(Failure::trouble(why.said())),
        }
    }
}

/// Lets go of a wall when all that was done on it is on the disk.
pub(crate) fn close(wall: Wall) -> Outcome<()> {
    match wall.close() {
        Saved::Saved | Saved::Saving(_) => Ok(()),
        Saved::NotSaved(why) => Err(not_saved(why)),
    }
}

/// What was done could not be brought to the disk.
pub(crate) fn not_saved(why: Said) -> Failure {
    Failure::trouble(Said::new("cli-not-saved")).because(why)
}
