//! Who waits for whom: calls that cross from one context into another.

use std::collections::{BTreeMap, BTreeSet};

use super::at::Wall;
use crate::model::NoteKind::{Actor, Aggregate, Command, Policy, ReadModel};
use crate::model::{Id, Mode, Note};
use crate::query::{Edge, Evidence};

/// The calls of a wall by the note their step starts at: the context that waits, and the one it waits for.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Calls(BTreeMap<Id, Vec<(Id, Id)>>);

impl Calls {
    /// Takes in the calls of the steps from a note, as they are now.
    pub(super) fn absorb(&mut self, note: Id, calls: Vec<(Id, Id)>) {
        if calls.is_empty() {
            self.0.remove(&note);
        } else {
            self.0.insert(note, calls);
        }
    }

    /// Which contexts each context waits for.
    pub(super) fn between_contexts(&self) -> BTreeMap<Id, BTreeSet<Id>> {
        let mut between: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
        for (caller, callee) in self.0.values().flatten() {
            between.entry(*caller).or_default().insert(*callee);
        }
        between
    }
}

/// The calls of the steps from a note.
pub(super) fn calls_from(wall: &Wall<'_>, note: Id) -> Vec<(Id, Id)> {
    let Some(from) = wall.note(note).filter(|_| wall.has_contexts) else { return Vec::new() };
    wall.after(note).filter_map(|(edge, to)| call(wall, edge, from, to)).collect()
}

/// A question goes against its arrow: whoever reads a model waits for the context that keeps it.
fn call(wall: &Wall<'_>, edge: &Edge, from: &Note, to: &Note) -> Option<(Id, Id)> {
    let arrow = match edge.evidence {
        Evidence::Drawn(arrow) => wall.board.arrows.get(&arrow),
        Evidence::Stuck | Evidence::Touching | Evidence::SameRow => None,
    };
    let is_question = from.kind == ReadModel && [Actor, Command, Policy].contains(&to.kind);
    let is_order = from.kind == Policy && to.kind == Command || from.kind == Command && to.kind == Aggregate;
    let is_call = match arrow.and_then(|arrow| arrow.mode()) {
        Some(mode) => mode == Mode::Sync,
        None => is_question || is_order,
    };
    let (from, to) = (wall.context_of(from)?.id, wall.context_of(to)?.id);
    let ends = if is_question { (to, from) } else { (from, to) };
    (is_call && from != to).then_some(ends)
}
