//! What has to be asked for so that a row that was drawn beside a wall is on it.

use super::{Command, NewArrow, NewNote};
use crate::model::Board;

/// Puts a row on the wall: `row` holds new notes, the `n`th under [`Id::made`](crate::model::Id::made)`(n)`, arrows
/// between them or to what is there, and frames of the wall as they shall grow.
pub fn put_row(row: &Board) -> Command {
    let notes = row.notes.values().map(|note| NewNote {
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
    let grown = row
        .contexts
        .values()
        .map(|context| Command::ReshapeContext { context: context.id, rect: context.rect });
    Command::All(std::iter::once(placed).chain(grown).collect())
}
