//! What a locked frame encloses stays as it is until somebody unlocks it. Votes and arrows change nothing that stands in
//! it, and undo takes back what was done before.

use super::{Rejection, refuse};
use crate::model::{Board, Change, Context, Id, Point, Rect};

/// Whether these changes leave what is locked as it is.
pub(super) fn spare(board: &Board, changes: &[Change]) -> Result<(), Rejection> {
    let locked: Vec<&Context> = board.contexts.values().filter(|context| context.is_locked()).collect();
    if locked.is_empty() {
        return Ok(());
    }
    let lock = |place: Point| locked.iter().copied().find(|context| context.rect.holds(place));
    let own = |id: Id| locked.iter().copied().find(|context| context.id == id);
    let under = |note: &Id| board.notes.get(note).and_then(|note| lock(note.rect().center()));
    let hit = changes.iter().find_map(|change| match change {
        Change::NotePlaced { at, size, .. } => lock(Rect { at: *at, size: *size }.center()),
        Change::NoteMoved { note, to } => under(note).or_else(|| {
            let size = board.notes.get(note)?.size;
            lock(Rect { at: *to, size }.center())
        }),
        Change::NoteResized { note, .. }
        | Change::NoteReworded { note, .. }
        | Change::NoteRecast { note, .. }
        | Change::NoteStuck { note, .. }
        | Change::NoteLayered { note, .. }
        | Change::NoteRemoved { note, .. } => under(note),
        Change::ContextReshaped { context, .. } => own(*context),
        Change::DetailSet { of: Some(id), field, .. } if field != "locked" => under(id).or_else(|| own(*id)),
        Change::ThingRemoved { thing } => own(*thing),
        _ => None,
    });
    hit.map_or(Ok(()), |context| Err(refuse::locked(context.name())))
}
