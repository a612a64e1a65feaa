//! What is done to whole logs: two become one, one becomes smaller, a damaged one is made whole.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::person::new_board_id;
use super::saves::name::ENDING;
use super::saves::record::Header;
use super::saves::{Progress, Reading, SaveError, Saves};
use super::seat::{Refusal, Seat};
use super::wall::Wall;
use crate::model::entry::sealed;
use crate::model::limit::TIME_STEP_MAX;
use crate::model::{Change, Deed, Entry, Line, Mark};
use crate::words::Said;

/// What a squash has left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Squash {
    /// How many lines are left.
    pub kept: usize,
    /// How many are not in the file any more.
    pub dropped: usize,
    /// Where the full file lies.
    pub full: PathBuf,
}

/// What a repair has done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repair {
    /// How many lines became new deeds.
    pub deeds: usize,
    /// How many lines could not be understood.
    pub lost: usize,
    /// Where the file lies as it was.
    pub old: PathBuf,
}

/// Why a log is left as it is.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum UpkeepError {
    /// The file.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// A new deed could not be written.
    Refused(Refusal),
    /// The two logs are of different walls.
    TwoWalls,
    /// Every line of it still matters.
    NothingToDrop,
    /// Every line of it is whole.
    NothingToRepair,
    /// More of it is damaged than can be repaired at once.
    TooMuch,
}

impl UpkeepError {
    /// The sentence people read.
    pub fn said(&self) -> Said {
        match self {
            UpkeepError::Save(error) => error.said(),
            UpkeepError::Refused(refusal) => refusal.said(),
            UpkeepError::TwoWalls => Said::new("merge-two-walls"),
            UpkeepError::NothingToDrop => Said::new("squash-nothing"),
            UpkeepError::NothingToRepair => Said::new("repair-nothing"),
            UpkeepError::TooMuch => Said::new("repair-too-much"),
        }
    }
}

/// The union of two logs of one wall, in no file yet.
pub fn merge(a: &Wall, b: &Wall) -> Result<Wall, UpkeepError> {
    let id = &a.board().id;
    if id.is_empty() || *id != b.board().id {
        return Err(UpkeepError::TwoWalls);
    }
    Ok(a.union(b))
}

/// Leaves only those lines in a board file that still matter. The full file is kept beside it.
pub fn squash(saves: &Saves, path: &Path, progress: Progress<'_>) -> Result<Squash, UpkeepError> {
    let mut result = Err(UpkeepError::NothingToDrop);
    saves.rework(path, progress, |reading| {
        let header = reading.header.clone().ok_or(SaveError::ReadOnly(super::saves::ReadOnly::NoHeader))?;
        let before = reading.lines.len();
        let wall = Wall::of_reading(reading);
        let squashed = wall.history().squash();
        let kept = squashed.kept.len();
        if kept == before {
            return Err(UpkeepError::NothingToDrop);
        }
        let full = beside(path);
        result = Ok(Squash { kept, dropped: before - kept, full: full.clone() });
        let head = std::iter::once(header.line()).chain(squashed.dropped.lines()).map(Arc::from);
        Ok((head.chain(squashed.kept.into_iter().map(|line| line.text.clone())).collect(), full))
    })?;
    result
}

/// A free name beside a board file for its full log: `shop-full.storm`.
fn beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let names = (1..).map(|nth| match nth {
        1 => format!("{stem}-full{ENDING}"),
        _ => format!("{stem}-full-{nth}{ENDING}"),
    });
    let mut paths = names.map(|name| path.with_file_name(name));
    paths
        .find(|path| path.symlink_metadata().is_err())
        .expect("a folder has fewer files than there are numbers")
}

/// Turns lines that were edited by hand into new deeds of the person at `seat`, and writes a damaged header anew.
///
/// What such a line says happens where the line stood: it wins over what was written below it and loses to what was
/// written above. The file as it was goes to `backup/`.
pub fn repair(
    saves: &Saves,
    path: &Path,
    seat: &mut Seat,
    progress: Progress<'_>,
) -> Result<Repair, UpkeepError> {
    let mut result = Err(UpkeepError::NothingToRepair);
    saves.rework(path, progress, |mut reading| {
        if reading.aside_count == 0 && reading.header.is_some() {
            return Err(UpkeepError::NothingToRepair);
        }
        if reading.aside_count > reading.aside.len() as u64 {
            return Err(UpkeepError::TooMuch);
        }
        let header = header_of(&reading);
        reading.header = Some(header.clone());
        let edited: Vec<Option<Entry>> = reading
            .aside
            .iter()
            .filter(|line| !is_header(line.text.as_deref()))
            .map(|line| line.text.as_deref().and_then(read_edited))
            .collect();
        let mut wall = Wall::of_reading(reading);
        for entry in edited.iter().flatten() {
            tell_again(entry, &mut wall, seat)?;
        }
        let old = saves.backup_of(path)?;
        let deeds = edited.iter().flatten().count();
        result = Ok(Repair { deeds, lost: edited.len() - deeds, old: old.clone() });
        Ok((std::iter::once(Arc::from(header.line())).chain(wall.texts()).collect(), old))
    })?;
    result
}

const HEADER_BEGINNING: &str = "{\"squall\":";

fn is_header(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.starts_with(HEADER_BEGINNING))
}

/// The header of the file: as it is, else for the board that a damaged one still names, else for a wall of its own.
fn header_of(reading: &Reading) -> Header {
    if let Some(header) = &reading.header {
        return header.clone();
    }
    let damaged =
        reading.aside.iter().filter_map(|line| line.text.as_deref()).filter(|text| is_header(Some(text)));
    let board = damaged.filter_map(|text| {
        let value: Value = serde_json::from_str(text.trim_end()).ok()?;
        value.get("board")?.as_str().filter(|board| !board.is_empty()).map(str::to_owned)
    });
    Header::of(&board.into_iter().next().unwrap_or_else(new_board_id))
}

/// What a line says whose check sum does not fit.
fn read_edited(text: &str) -> Option<Entry> {
    let mut value: Value = serde_json::from_str(text.trim_end()).ok()?;
    value.as_object_mut()?.shift_remove("sum");
    Line::read(&sealed(&value.to_string())).ok().map(|line| line.entry).filter(|entry| !entry.has_unread)
}

/// Has everything an edited line says happen as a new deed, at the place of the old one where that can be reached.
fn tell_again(old: &Entry, wall: &mut Wall, seat: &mut Seat) -> Result<(), UpkeepError> {
    let mut head = seat.next_deed(wall);
    let is_near = old.t <= wall.history().clock() + TIME_STEP_MAX;
    if is_near {
        head.t = head.t.max(old.t);
    }
    (head.undo, head.redo) = (old.undo, old.redo);
    let retold = |(index, deed): &(u32, Deed)| {
        let mark = deed.at_mark.unwrap_or(Mark { t: old.t, entry: old.id, index: *index });
        Deed { change: signed(&deed.change, old), at_mark: is_near.then_some(mark) }
    };
    let deeds = old.deeds.iter().map(retold).collect();
    seat.carry_out(wall, &head, deeds).map(drop).map_err(UpkeepError::Refused)
}

/// The same change, by the one who made it first.
fn signed(change: &Change, old: &Entry) -> Change {
    let mut change = change.clone();
    match &mut change {
        Change::NotePlaced { author, .. } if author.is_empty() => author.clone_from(&old.by),
        Change::VoteCast { who, by, .. } if who.is_none() => {
            *who = Some(old.who.clone());
            by.clone_from(&old.by);
        }
        _ => {}
    }
    change
}
