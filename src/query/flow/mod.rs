//! The graph behind the wall: who leads to whom, and how that is known.
//!
//! What people drew counts first. Where nobody drew a step from a note, position speaks: a note stuck on another, notes
//! that touch, and the nearest note to the right on the same row, each only where the grammar knows such a step; for an
//! actor and a read model also what stands left of it, above or below. Nothing is guessed that what is drawn says
//! otherwise, and a note whose `unjoined` detail is on takes no part in guessing. Each note guesses at most one step,
//! from what is drawn and what lies around it alone: so a note that moved makes only its neighbours think again.

mod guess;
mod stir;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{Frames, Projection, Space, Wires};
use crate::model::{Applied, Board, ByName, Id, Level, Note, Turn};
use stir::Stir;

/// How an edge is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Evidence {
    /// Somebody drew this arrow.
    Drawn(Id),
    /// One is stuck on the other.
    Stuck,
    /// They touch.
    Touching,
    /// They stand on one row and nothing that fits stands nearer.
    SameRow,
}

/// One step of the flow.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Edge {
    /// Where it starts.
    pub from: Id,
    /// Where it leads.
    pub to: Id,
    /// How this is known.
    pub evidence: Evidence,
}

/// All steps of a wall.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Flow {
    from: BTreeMap<Id, Vec<Edge>>,
    to: ByName<Id, Vec<Edge>>,
    /// What each note guesses.
    guessed: ByName<Id, Edge>,
    /// What each note is stuck on.
    host: ByName<Id, Id>,
    /// The notes that take no part in guessing.
    unjoined: BTreeSet<Id>,
    level: Option<Level>,
}

/// What lies where on the wall, which the flow is read from.
pub(super) struct Sight<'a> {
    pub(super) space: &'a Space,
    pub(super) wires: &'a Wires,
    pub(super) frames: &'a Frames,
}

impl Flow {
    /// The flow of a board. Whoever has a [`Projection`] has it there.
    pub fn of(board: &Board) -> Flow {
        Projection::of(board).flow
    }

    pub(super) fn seen(board: &Board, sight: &Sight<'_>) -> Flow {
        let mut flow = Flow { level: board.level(), ..Flow::default() };
        for note in board.notes.values() {
            flow.regard(note);
        }
        for (arrow, it) in &board.arrows {
            let edge = Edge { from: it.from, to: it.to, evidence: Evidence::Drawn(*arrow) };
            if is_drawn(&edge, sight) {
                flow.insert(edge);
            }
        }
        let mut all = Stir::of(sight);
        all.everything();
        flow.think(&mut all);
        flow
    }

    /// All steps, in the order of their notes.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.from.values().flatten()
    }

    /// The steps that lead from a note.
    pub fn from(&self, note: Id) -> impl Iterator<Item = &Edge> {
        self.from.get(&note).into_iter().flatten()
    }

    /// The steps that lead to a note.
    pub fn to(&self, note: Id) -> impl Iterator<Item = &Edge> {
        self.to.get(&note).into_iter().flatten()
    }

    /// Takes in what happened, once everything in sight has; gives the ends of the steps that came or went.
    pub(super) fn absorb(&mut self, applied: &Applied, sight: &Sight<'_>) -> Vec<Id> {
        let mut stir = Stir::of(sight);
        match applied {
            Applied::Note(turn) => self.absorb_note(turn, &mut stir),
            Applied::Arrow(turn) => {
                for arrow in turn.before.iter().chain(&turn.after) {
                    self.redraw(arrow.id, (arrow.from, arrow.to), &mut stir);
                }
            }
            Applied::Context(turn) if turn.before.as_ref().map(bounds) != turn.after.as_ref().map(bounds) => {
                turn.before.iter().chain(&turn.after).for_each(|context| stir.frame(context.rect));
            }
            Applied::Board(_) => self.level_changed(applied, &mut stir),
            Applied::Context(_)
            | Applied::Lane(_)
            | Applied::Requirement(_)
            | Applied::Decision(_)
            | Applied::Vote(_) => return Vec::new(),
        }
        self.think(&mut stir);
        stir.turned()
    }

    fn absorb_note(&mut self, turn: &Turn<Note>, stir: &mut Stir<'_>) {
        let (before, after) = (turn.before.as_ref(), turn.after.as_ref());
        if before.map(looks) == after.map(looks) {
            return;
        }
        let Some(note) = after.or(before) else { return };
        self.host.remove(&note.id);
        self.unjoined.remove(&note.id);
        if let Some(note) = after {
            self.regard(note);
        }
        let standing = |note: Option<&Note>| note.is_some_and(|note| note.aside().is_none());
        if standing(before) != standing(after) || before.map(|it| it.kind) != after.map(|it| it.kind) {
            for arrow in stir.sight.wires.arrows_at(note.id) {
                if let Some(ends) = stir.sight.wires.ends(*arrow) {
                    self.redraw(*arrow, ends, stir);
                }
            }
        }
        stir.note(note.id);
        let places: Vec<_> = before.into_iter().chain(after).map(|note| (note.rect(), note.kind)).collect();
        stir.places(&places, self.level());
    }

    fn level(&self) -> Level {
        self.level.unwrap_or(Level::Design)
    }

    fn level_changed(&mut self, applied: &Applied, stir: &mut Stir<'_>) {
        let Applied::Board(turn) = applied else { return };
        let details =
            turn.after.as_ref().map(|details| Board { details: details.clone(), ..Board::default() });
        let level = details.and_then(|board| board.level());
        if level != self.level {
            self.level = level;
            stir.everything();
        }
    }

    fn regard(&mut self, note: &Note) {
        if let Some(host) = note.host {
            self.host.insert(note.id, host);
        }
        if is_unjoined(note) {
            self.unjoined.insert(note.id);
        }
    }

    /// An arrow came or went, or an end of it did: its step too, and what is guessed around its ends.
    fn redraw(&mut self, arrow: Id, (from, to): (Id, Id), stir: &mut Stir<'_>) {
        let edge = Edge { from, to, evidence: Evidence::Drawn(arrow) };
        let has_turned = if is_drawn(&edge, stir.sight) { self.insert(edge) } else { self.remove(&edge) };
        if has_turned {
            stir.turn(&edge);
        }
        for end in [from, to] {
            stir.note(end);
            if let Some(tile) = stir.sight.space.tile(end) {
                stir.places(&[(tile.rect, tile.kind)], self.level());
            }
        }
    }

    /// Lets notes guess anew.
    fn think(&mut self, stir: &mut Stir<'_>) {
        for note in stir.unsure() {
            let guess = self.guess(note, stir.sight);
            let before = self.guessed.get(&note).copied();
            if guess == before {
                continue;
            }
            if let Some(edge) = before {
                self.guessed.remove(&note);
                // Both ends of a step may have guessed it.
                let is_guessed = |end: Id| self.guessed.get(&end) == Some(&edge);
                if !is_guessed(edge.from) && !is_guessed(edge.to) && self.remove(&edge) {
                    stir.turn(&edge);
                }
            }
            if let Some(edge) = guess {
                self.guessed.insert(note, edge);
                if self.insert(edge) {
                    stir.turn(&edge);
                }
            }
        }
    }

    /// Whether it was not there.
    fn insert(&mut self, edge: Edge) -> bool {
        insert(self.from.entry(edge.from).or_default(), edge)
            && insert(self.to.entry(edge.to).or_default(), edge)
    }

    /// Whether it was there.
    fn remove(&mut self, edge: &Edge) -> bool {
        let Some(list) = self.from.get_mut(&edge.from) else { return false };
        if !remove(list, edge) {
            return false;
        }
        if list.is_empty() {
            self.from.remove(&edge.from);
        }
        if self.to.get_mut(&edge.to).is_some_and(|list| remove(list, edge) && list.is_empty()) {
            self.to.remove(&edge.to);
        }
        true
    }
}

/// Adds a step to a sorted list, unless it is there.
fn insert(list: &mut Vec<Edge>, edge: Edge) -> bool {
    list.binary_search(&edge).map_err(|place| list.insert(place, edge)).is_err()
}

/// Takes a step out of a sorted list, if it is there.
fn remove(list: &mut Vec<Edge>, edge: &Edge) -> bool {
    list.binary_search(edge).map(|place| list.remove(place)).is_ok()
}

/// Whether an arrow that has been drawn so still is, and both its ends stand.
fn is_drawn(edge: &Edge, sight: &Sight<'_>) -> bool {
    let Evidence::Drawn(arrow) = edge.evidence else { return false };
    let stands = |note| sight.space.tile(note).is_some();
    sight.wires.ends(arrow) == Some((edge.from, edge.to)) && stands(edge.from) && stands(edge.to)
}

/// All of a note that its steps depend on.
fn looks(note: &Note) -> impl PartialEq + use<> {
    (note.rect(), note.kind, note.host, note.aside().is_some(), is_unjoined(note))
}

fn bounds(context: &crate::model::Context) -> impl PartialEq + use<> {
    (context.frame, context.rect)
}

fn is_unjoined(note: &Note) -> bool {
    note.details.contains_key("unjoined")
}
