//! What a few deeds have touched: the notes that are to be looked at again.

use std::collections::BTreeSet;

use super::flow::BESIDE;
use crate::model::{Applied, Details, Id, Note, Turn};
use crate::query::Projection;

/// What the board says that rules go by.
const HEARD: [&str; 3] = ["level", "lint_off", "closed"];

/// What a few deeds have touched.
#[derive(Default)]
pub(super) struct Touched {
    /// Everything.
    pub(super) all: bool,
    /// Anything.
    pub(super) any: bool,
    /// The notes that turned.
    pub(super) turned: BTreeSet<Id>,
    /// What is joined with these is to be looked at again.
    pub(super) core: BTreeSet<Id>,
    /// What is to be looked at again itself.
    pub(super) dirty: BTreeSet<Id>,
}

impl Touched {
    pub(super) fn by(applied: &[Applied], turned: &[Id], projection: &Projection) -> Touched {
        let mut touched = Touched { core: turned.iter().copied().collect(), ..Touched::default() };
        for applied in applied {
            match applied {
                Applied::Note(turn) => touched.note(turn, projection),
                Applied::Arrow(turn) => {
                    let arrows = turn.before.iter().chain(&turn.after);
                    touched.core.extend(arrows.flat_map(|arrow| [arrow.from, arrow.to]));
                }
                Applied::Context(turn) => {
                    for context in turn.before.iter().chain(&turn.after) {
                        projection.space.visit(context.rect, |tile| _ = touched.core.insert(tile.id));
                    }
                }
                Applied::Board(turn) => {
                    let said = |details: &Option<Details>, name: &str| details.as_ref()?.get(name).cloned();
                    touched.all |= HEARD.iter().any(|it| said(&turn.before, it) != said(&turn.after, it));
                }
                Applied::Requirement(_) => {}
                Applied::Lane(_) | Applied::Decision(_) | Applied::Vote(_) => continue,
            }
            touched.any = true;
        }
        touched
    }

    fn note(&mut self, turn: &Turn<Note>, projection: &Projection) {
        for note in turn.before.iter().chain(&turn.after) {
            self.turned.insert(note.id);
            self.core.insert(note.id);
            self.core.extend(note.host);
            projection.space.visit(note.rect().grown(BESIDE), |tile| _ = self.dirty.insert(tile.id));
        }
    }
}
