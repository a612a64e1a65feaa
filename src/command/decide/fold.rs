//! What a change makes of the draft.

use serde_json::Value;

use super::draft::Draft;
use crate::model::{Arrow, Change, Context, Details, Id, Lane, Note, Point, Rect, Sentence, Thing, Wording};

impl Draft<'_> {
    /// The draft as it is after a change: what the fold of the log will make of it, on this board alone.
    pub(super) fn apply(&mut self, change: &Change) {
        let written = self.next_id();
        self.end = match (self.end, change) {
            (Some(end), Change::NotePlaced { at, size, host, .. })
                if Rect { at: *at, size: *size }.right() > end.x =>
            {
                let row = if host.is_none() { at.y } else { end.y };
                Some(Point::new(Rect { at: *at, size: *size }.right(), row))
            }
            (end, Change::NotePlaced { .. } | Change::NotesConnected { .. }) => end,
            _ => None,
        };
        match change.clone() {
            Change::NotePlaced { id, kind, wording, at, size, z, host, author, details } => {
                let wording = Wording { values: vec![(written, wording)] };
                self.notes.put(id, Note { id, kind, wording, at, size, z, host, author, details });
            }
            Change::NoteMoved { note, to } => self.notes.edit(note, |note| note.at = to),
            Change::NoteResized { note, size } => self.notes.edit(note, |note| note.size = size),
            Change::NoteReworded { note, wording, over } => self.notes.edit(note, |note| {
                note.wording.values.retain(|(id, _)| !over.contains(id));
                note.wording.values.insert(0, (written, wording));
            }),
            Change::NoteRecast { note, kind } => self.notes.edit(note, |note| note.kind = kind),
            Change::NoteStuck { note, host } => self.notes.edit(note, |note| note.host = host),
            Change::NoteLayered { note, z } => self.notes.edit(note, |note| note.z = z),
            Change::NoteRemoved { note, .. } => self.notes.take(note),
            Change::NotesConnected { id, from, to, details } => {
                self.arrows.put(id, Arrow { id, from, to, details });
            }
            Change::ContextFramed { id, frame, rect, details } => {
                self.contexts.put(id, Context { id, frame, rect, details });
            }
            Change::ContextReshaped { context, rect } => self.contexts.edit(context, |it| it.rect = rect),
            Change::LaneDrawn { id, y, details } => self.lanes.put(id, Lane { id, y, details }),
            Change::LaneMoved { lane, y } => self.lanes.edit(lane, |lane| lane.y = y),
            Change::RequirementWritten { id, details } => self.requirements.put(id, Sentence { id, details }),
            Change::DecisionWritten { id, details } => self.decisions.put(id, Sentence { id, details }),
            Change::DetailSet { of, field, value } => self.set_detail(of, field, value),
            Change::ThingRemoved { thing } => match self.thing(thing) {
                Some(Thing::Arrow) => self.arrows.take(thing),
                Some(Thing::Context) => self.contexts.take(thing),
                Some(Thing::Lane) => self.lanes.take(thing),
                Some(Thing::Requirement) => self.requirements.take(thing),
                Some(Thing::Decision) => self.decisions.take(thing),
                Some(Thing::Note | Thing::Board) | None => {}
            },
            // Nothing that is decided later in the same deed depends on votes; restoring is the business of undo.
            Change::VoteCast { .. } | Change::ThingRestored { .. } => {}
        }
    }

    /// Words a note anew over some of its wordings. A deed replaces nothing that it wrote itself, so that is written
    /// otherwise from the start.
    pub(super) fn word(&mut self, note: Id, wording: String, over: Vec<Id>) {
        let (own, over): (Vec<Id>, Vec<Id>) = over.into_iter().partition(|value| self.wrote(*value));
        for value in &own {
            self.write_otherwise(*value, &wording);
        }
        self.notes.edit(note, |note| {
            let written = note.wording.values.iter_mut().filter(|(id, _)| own.contains(id));
            written.for_each(|(_, text)| text.clone_from(&wording));
        });
        if own.is_empty() || !over.is_empty() {
            self.happen(Change::NoteReworded { note, wording, over });
        }
    }

    fn set_detail(&mut self, of: Option<Id>, field: String, value: Value) {
        let set = |details: &mut Details| {
            if value.is_null() {
                details.remove(&field)
            } else {
                details.insert(field, value)
            };
        };
        let Some(id) = of else {
            return set(self.own_details.get_or_insert_with(|| self.board.details.clone()));
        };
        match self.thing(id) {
            Some(Thing::Note) => self.notes.edit(id, |it| set(&mut it.details)),
            Some(Thing::Arrow) => self.arrows.edit(id, |it| set(&mut it.details)),
            Some(Thing::Context) => self.contexts.edit(id, |it| set(&mut it.details)),
            Some(Thing::Lane) => self.lanes.edit(id, |it| set(&mut it.details)),
            Some(Thing::Requirement) => self.requirements.edit(id, |it| set(&mut it.details)),
            Some(Thing::Decision) => self.decisions.edit(id, |it| set(&mut it.details)),
            Some(Thing::Board) | None => {}
        }
    }
}
