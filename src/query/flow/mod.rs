//! The graph behind the wall: who leads to whom, and how that is known.
//!
//! What people drew counts first. Where nobody drew a step from a note, position speaks: a note stuck on another, notes
//! that touch, and the nearest note to the right on the same row, each only where the grammar knows such a step; for an
//! actor and a read model also what stands left of it, above or below. Nothing is guessed that what is drawn says
//! otherwise, and a note whose `unjoined` detail is on takes no part in guessing. Each note guesses at most one step,
//! from what is drawn and what lies around it alone: so a note that moved makes only its neighbours think again.

mod guess;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{Frames, Projection, Space, Wires};
use crate::model::{Applied, Board, Id, Level, Note, Rect, Turn};

/// How an edge is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Evidence {
    /// Somebody drew this arrow.
    Drawn(Id),
    /// One is stuck on the other.
    Stuck,
    /// They touch.
    Touching,
    /// They stand on one row and nothing that fits stands nearer; with the cells between them.
    SameRow(i32),
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
    to: BTreeMap<Id, Vec<Edge>>,
    /// What each note guesses.
    guessed: BTreeMap<Id, Edge>,
    /// What each note is stuck on.
    host: BTreeMap<Id, Id>,
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
        for arrow in board.arrows.keys() {
            flow.draw(*arrow, sight);
        }
        flow.think(sight.space.iter().map(|tile| tile.id).collect(), sight);
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

    /// Takes in what happened, once everything in sight has.
    pub(super) fn absorb(&mut self, applied: &Applied, sight: &Sight<'_>) {
        let mut unsure = BTreeSet::new();
        match applied {
            Applied::Note(turn) => self.absorb_note(turn, sight, &mut unsure),
            Applied::Arrow(turn) => {
                for arrow in turn.before.iter().chain(&turn.after) {
                    self.redraw(arrow.id, (arrow.from, arrow.to), sight, &mut unsure);
                }
            }
            Applied::Context(turn) if turn.before.as_ref().map(bounds) != turn.after.as_ref().map(bounds) => {
                for context in turn.before.iter().chain(&turn.after) {
                    around(context.rect, sight, &mut unsure);
                }
            }
            Applied::Board(_) => self.level_changed(applied, sight, &mut unsure),
            Applied::Context(_)
            | Applied::Lane(_)
            | Applied::Requirement(_)
            | Applied::Decision(_)
            | Applied::Vote(_) => {}
        }
        self.think(unsure, sight);
    }

    fn absorb_note(&mut self, turn: &Turn<Note>, sight: &Sight<'_>, unsure: &mut BTreeSet<Id>) {
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
            for arrow in sight.wires.arrows_at(note.id) {
                if let Some(ends) = sight.wires.ends(*arrow) {
                    self.redraw(*arrow, ends, sight, unsure);
                }
            }
        }
        unsure.insert(note.id);
        unsure.extend(sight.space.stuck_on(note.id));
        for note in before.into_iter().chain(after) {
            unsure.extend(note.host);
            around(note.rect(), sight, unsure);
        }
    }

    fn level_changed(&mut self, applied: &Applied, sight: &Sight<'_>, unsure: &mut BTreeSet<Id>) {
        let Applied::Board(turn) = applied else { return };
        let details =
            turn.after.as_ref().map(|details| Board { details: details.clone(), ..Board::default() });
        let level = details.and_then(|board| board.level());
        if level != self.level {
            self.level = level;
            unsure.extend(sight.space.iter().map(|tile| tile.id));
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
    fn redraw(&mut self, arrow: Id, (from, to): (Id, Id), sight: &Sight<'_>, unsure: &mut BTreeSet<Id>) {
        self.remove(&Edge { from, to, evidence: Evidence::Drawn(arrow) });
        self.draw(arrow, sight);
        for end in [from, to] {
            unsure.insert(end);
            unsure.extend(sight.space.stuck_on(end));
            unsure.extend(self.host.get(&end));
            if let Some(tile) = sight.space.tile(end) {
                around(tile.rect, sight, unsure);
            }
        }
    }

    fn draw(&mut self, arrow: Id, sight: &Sight<'_>) {
        let stands = |note| sight.space.tile(note).is_some();
        if let Some((from, to)) = sight.wires.ends(arrow).filter(|(from, to)| stands(*from) && stands(*to)) {
            self.insert(Edge { from, to, evidence: Evidence::Drawn(arrow) });
        }
    }

    /// Lets notes guess anew.
    fn think(&mut self, unsure: BTreeSet<Id>, sight: &Sight<'_>) {
        for note in unsure {
            let guess = self.guess(note, sight);
            let before = self.guessed.get(&note).copied();
            if guess == before {
                continue;
            }
            if let Some(edge) = before {
                self.guessed.remove(&note);
                // Both ends of a step may have guessed it.
                let is_guessed = |end: Id| self.guessed.get(&end) == Some(&edge);
                if !is_guessed(edge.from) && !is_guessed(edge.to) {
                    self.remove(&edge);
                }
            }
            if let Some(edge) = guess {
                self.guessed.insert(note, edge);
                self.insert(edge);
            }
        }
    }

    fn insert(&mut self, edge: Edge) {
        for (map, end) in [(&mut self.from, edge.from), (&mut self.to, edge.to)] {
            let list = map.entry(end).or_default();
            if let Err(place) = list.binary_search(&edge) {
                list.insert(place, edge);
            }
        }
    }

    fn remove(&mut self, edge: &Edge) {
        for (map, end) in [(&mut self.from, edge.from), (&mut self.to, edge.to)] {
            let Some(list) = map.get_mut(&end) else { continue };
            list.retain(|other| other != edge);
            if list.is_empty() {
                map.remove(&end);
            }
        }
    }
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

/// Adds the notes that see something of a place.
fn around(place: Rect, sight: &Sight<'_>, notes: &mut BTreeSet<Id>) {
    sight.space.visit(guess::reach(place), |tile| {
        notes.insert(tile.id);
    });
}
