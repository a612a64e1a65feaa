//! What happens when somebody asks for something: one small function for every verb.

mod arrow;
mod courtesy;
mod detail;
mod draft;
mod fold;
mod frame;
mod import;
mod layer;
mod note;
mod refuse;
#[cfg(test)]
mod tests;
mod text;

use draft::Draft;

pub use detail::field_named;

use super::{Area, Command, NewArrow, NewNote, Rejection};
use crate::model::{Board, Change, EntryId, Near};

/// What happens on `board` when `entry` carries out `command`, or why nothing does.
///
/// A thing that is made is named by the entry and the place of its change in the list. What one command of a batch did
/// the next one sees; either all of a batch happens or nothing.
pub fn decide(board: &Board, entry: EntryId, command: &Command) -> Result<Vec<Change>, Rejection> {
    decide_near(board, board, entry, command)
}

/// The same, with an index of the board at hand, so that a large wall need not be looked through.
pub fn decide_near(
    board: &Board,
    near: &dyn Near,
    entry: EntryId,
    command: &Command,
) -> Result<Vec<Change>, Rejection> {
    let mut draft = Draft::new(board, near, entry);
    carry_out(&mut draft, command)?;
    let changes = draft.into_changes();
    courtesy::spare(board, &changes)?;
    if changes.is_empty() { Err(refuse::nothing_changes()) } else { Ok(changes) }
}

fn carry_out(draft: &mut Draft<'_>, command: &Command) -> Result<(), Rejection> {
    match command {
        Command::PlaceNotes { notes, arrows } => {
            note::place(draft, notes)?;
            arrows.iter().try_for_each(|arrow| arrow::connect(draft, arrow))
        }
        Command::Move { things, by } => note::move_all(draft, things, *by),
        Command::ReshapeContext { context, rect } => frame::reshape(draft, *context, *rect),
        Command::ResizeNote { note, size } => note::resize(draft, *note, *size),
        Command::Reword { note, wording } => note::reword(draft, *note, wording),
        Command::Settle { note, choice } => note::settle(draft, *note, *choice),
        Command::Recast { notes, kind } => note::recast(draft, notes, *kind),
        Command::Stick { note, host } => note::stick(draft, *note, *host),
        Command::Layer { notes, up } => note::layer(draft, notes, *up),
        Command::SetAside { notes, reason } => note::set_aside(draft, notes, reason.as_deref()),
        Command::Remove { things } => note::remove(draft, things),
        Command::Connect(arrow) => arrow::connect(draft, arrow),
        Command::Disconnect { from, to } => arrow::disconnect(draft, *from, *to),
        Command::FrameContext { frame, area, details } => frame::draw(draft, *frame, area, details),
        Command::DrawLane { name, y } => frame::draw_lane(draft, name, *y),
        Command::Require { text } => detail::require(draft, text),
        Command::Meet { requirement, notes } => detail::meet(draft, *requirement, notes),
        Command::Agree { text } => detail::agree(draft, text),
        Command::CastVote { note, votes } => note::vote(draft, *note, *votes),
        Command::Set { of, field, value } => detail::set(draft, *of, field, value),
        Command::Import(board) => import::import(draft, board),
        Command::All(commands) => commands.iter().try_for_each(|command| carry_out(draft, command)),
    }
}
