//! A file of another tool, read so that it can be put on a wall that is open.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Wall;
use super::edit::{command_onto, mint};
use super::file::bytes_of;
use super::place::at_home;
use crate::command::{Command, extent_of};
use crate::format::{Format, Mapping, Reading, guessed, text_in};
use crate::model::{Board, Id, Point};
use crate::words::Said;

/// Columns between what stands on a wall and what comes from a file: nobody takes them for one stream.
const GAP_COLUMNS: i32 = 24;

/// What a file brings, and all that is needed to read it once more.
#[derive(Debug)]
pub struct Intake {
    /// The file, as it was typed.
    pub path: PathBuf,
    /// The format it looks to be in.
    pub format: &'static Format,
    /// What was read.
    pub reading: Reading,
    /// What its labels were said to stand for.
    pub mapping: Mapping,
    text: Arc<str>,
}

impl Intake {
    /// Reads a file; where it cannot be read, or holds nothing, one sentence.
    pub fn read(typed: &Path) -> Result<Intake, Said> {
        let path = at_home(typed);
        let unread = |why| Said::new("intake-unread").with("path", typed.display()).with_said("why", why);
        let bytes = bytes_of(&path).map_err(unread)?;
        let text = text_in(&bytes)?;
        let unknown = || Said::new("cli-format-unknown").with("path", typed.display());
        let format = guessed(text, &path.to_string_lossy()).ok_or_else(unknown)?;
        Intake::of(typed, format, text.into(), Mapping::default())
    }

    /// The same of a text that is in this format, its labels standing for this.
    pub fn of(
        typed: &Path,
        format: &'static Format,
        text: Arc<str>,
        mapping: Mapping,
    ) -> Result<Intake, Said> {
        let reading = format.read_mapped(&text, &mapping, &mut mint())?;
        if reading.board.is_empty() && reading.board.requirements.is_empty() {
            return Err(Said::new("intake-empty").with("path", typed.display()));
        }
        Ok(Intake { path: typed.into(), format, reading, mapping, text })
    }

    /// The same file, its labels standing for this.
    pub fn mapped(&self, mapping: Mapping) -> Result<Intake, Said> {
        Intake::of(&self.path, self.format, Arc::clone(&self.text), mapping)
    }

    /// Whether the file tells of this very wall: it has its name, or names things on it.
    pub fn is_of(&self, wall: &Board) -> bool {
        let board = &self.reading.board;
        let mut ids = board.notes.keys().chain(board.arrows.keys()).chain(board.contexts.keys());
        let has = |id: &Id| wall.thing(*id).is_some() || wall.arrows.contains_key(id);
        self.format.keeps_ids() && (!board.id.is_empty() && board.id == wall.id || ids.any(has))
    }

    /// What puts it on a wall: what the file says of things that stand there, else all of it beside them.
    pub fn command(&self, wall: &Wall) -> Result<Command, Said> {
        if self.is_of(wall.board()) {
            return Ok(command_onto(wall, self.format, &self.text, false)?.0);
        }
        Ok(Command::Import(Box::new(beside(&self.reading.board, wall.board()))))
    }
}

/// A board moved to the right of all that stands on a wall. The wall's title and its like stay what they are.
fn beside(board: &Board, wall: &Board) -> Board {
    let mut board = board.clone();
    board.details.retain(|name, _| wall.is_empty() && !wall.details.contains_key(name));
    if let Some((there, new)) = extent_of(wall).zip(extent_of(&board)) {
        let corner = Point::new(there.at.x.saturating_add(there.size.w + GAP_COLUMNS), there.at.y);
        let by = corner.minus(new.at);
        board.notes.values_mut().for_each(|note| note.at = note.at.shifted(by));
        board.contexts.values_mut().for_each(|context| context.rect.at = context.rect.at.shifted(by));
        board.lanes.values_mut().for_each(|lane| lane.y = lane.y.saturating_add(by.y));
    }
    board
}
