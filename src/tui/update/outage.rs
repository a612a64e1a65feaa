//! Contexts and systems taken down, to see what stops with them.

use super::Turn;
use crate::model::{Frame, Id, NoteKind};
use crate::query::outline::Party;

impl Turn<'_> {
    /// Takes the chosen context or system down beside those that are; puts it up again where it is down.
    pub(in crate::tui) fn take_down(&mut self) {
        let Some(party) = self.state.main.and_then(|id| self.party(id)) else {
            return self.tell("tell-what-if-choose");
        };
        self.state.light(Vec::new());
        let down = &mut self.state.down;
        match down.iter().position(|it| *it == party) {
            Some(at) => drop(down.remove(at)),
            None => down.push(party),
        }
    }

    /// The context of this frame, or the system that this note names.
    fn party(&self, id: Id) -> Option<Party> {
        let board = self.scene.board;
        if let Some(note) = board.notes.get(&id) {
            let outline = self.scene.record?.memo.outline(self.scene);
            return outline.note(id).filter(|_| note.kind == NoteKind::ExternalSystem)?.party;
        }
        let is_context = board.contexts.get(&id)?.frame == Frame::Context;
        is_context.then_some(Party::Context(Some(id)))
    }
}
