//! What has to be asked for so that a row that was drawn beside a wall is on it.

use super::{Command, NewArrow, NewNote, changes_between};
use crate::model::{Board, Note};

/// Puts a row on a wall: `row` holds new notes, the `n`th under [`Id::made`](crate::model::Id::made)`(n)`, arrows
/// between them or to what is there, and notes and frames of the wall as they shall make room.
pub fn put_row(wall: &Board, row: &Board) -> Command {
    let is_new = |note: &&Note| note.id.as_made().is_some();
    let notes = row.notes.values().filter(is_new).map(|note| NewNote {
        kind: note.kind,
        wording: note.text().to_owned(),
        at: Some(note.at),
        size: Some(note.size),
        host: note.host,
        details: note.details.clone(),
    });
    let arrows = row.arrows.values().map(|arrow| NewArrow {
        from: arrow.from,
        to: arrow.to,
        details: arrow.details.clone(),
    });
    let placed = Command::PlaceNotes { notes: notes.collect(), arrows: arrows.collect() };
    let mut roomy = wall.clone();
    for (id, note) in &mut roomy.notes {
        note.at = row.notes.get(id).map_or(note.at, |moved| moved.at);
    }
    for (id, context) in &mut roomy.contexts {
        context.rect = row.contexts.get(id).map_or(context.rect, |grown| grown.rect);
    }
    Command::All(vec![placed, changes_between(wall, &roomy, false)])
}
