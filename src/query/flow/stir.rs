//! What a deed stirs up: the notes that have to think again, and the steps that turned.

use super::guess::{neighbours, witnesses};
use super::{Edge, Sight};
use crate::model::{Id, Level, NoteKind, Rect};

/// What a deed has stirred up so far.
pub(super) struct Stir<'a> {
    pub(super) sight: &'a Sight<'a>,
    unsure: Vec<Id>,
    turned: Vec<Id>,
}

impl<'a> Stir<'a> {
    pub(super) fn of(sight: &'a Sight<'a>) -> Stir<'a> {
        Stir { sight, unsure: Vec::new(), turned: Vec::new() }
    }

    /// Every note on the wall.
    pub(super) fn everything(&mut self) {
        self.unsure.extend(self.sight.space.iter().map(|tile| tile.id));
    }

    /// A note, and what is stuck on it.
    pub(super) fn note(&mut self, note: Id) {
        self.unsure.push(note);
        self.unsure.extend(self.sight.space.stuck_on(note));
    }

    /// Whoever may have heeded a note of such a kind at one of these places, or may do so now.
    pub(super) fn places(&mut self, places: &[(Rect, NoteKind)], level: Level) {
        witnesses(places, level, self.sight, |note| self.unsure.push(note));
    }

    /// A frame came, went or moved.
    pub(super) fn frame(&mut self, frame: Rect) {
        neighbours(frame, self.sight, |note| self.unsure.push(note));
    }

    /// A step came or went.
    pub(super) fn turn(&mut self, edge: &Edge) {
        self.turned.extend([edge.from, edge.to]);
    }

    /// Takes out those that have to think again, each once, in a fixed order.
    pub(super) fn unsure(&mut self) -> Vec<Id> {
        sorted(std::mem::take(&mut self.unsure))
    }

    /// The ends of the steps that came or went.
    pub(super) fn turned(self) -> Vec<Id> {
        sorted(self.turned)
    }
}

fn sorted(mut notes: Vec<Id>) -> Vec<Id> {
    notes.sort_unstable();
    notes.dedup();
    notes
}
