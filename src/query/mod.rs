//! The read side: what people ask a wall, answered from what happened to it.
//!
//! A [`Projection`] learns of a wall only through [`Applied`] and can be thrown away at any time: one made anew from
//! the board equals the one that followed every change.

mod flow;
mod frames;
pub mod growth;
pub mod layers;
pub mod lint;
pub mod outage;
pub mod outline;
mod search;
mod space;
pub mod story;
pub mod suggest;
mod tale;
mod timeline;
mod tree;
mod wires;

pub use flow::{Edge, Evidence, Flow};
pub use frames::Frames;
pub use outline::Outline;
pub use search::{Offers, Query, offers, unknown_qualifier};
pub use space::{Space, Spot, Tile, Way};
pub use tale::tell;
pub use timeline::{Pivot, Timeline};
pub use tree::{Branch, tree};
pub use wires::{Wire, Wires};

use std::ops::ControlFlow;

use crate::model::{Applied, Board, Id, Near, Rect};
use flow::Sight;

/// Told how many of all steps of some work are done; breaking off ends it.
pub type Watch<'a> = &'a mut dyn FnMut(usize, usize) -> ControlFlow<()>;

/// Everything that is kept ready about one wall.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Projection {
    /// Where the notes are.
    pub space: Space,
    /// Which arrows join them, and where those run.
    pub wires: Wires,
    /// Which frames hold them.
    pub frames: Frames,
    /// In which order the story goes.
    pub timeline: Timeline,
    /// What leads to what.
    pub flow: Flow,
}

impl Projection {
    /// All of it from a whole board at once.
    pub fn of(board: &Board) -> Projection {
        let space = Space::of(board);
        let wires = Wires::of(board, &space);
        let frames = Frames::of(board);
        let flow = Flow::seen(board, &Sight { space: &space, wires: &wires, frames: &frames });
        Projection { space, wires, frames, timeline: Timeline::of(board), flow }
    }

    /// Takes in what happened to the wall; gives the notes that a step of the flow came to or went from.
    pub fn absorb(&mut self, applied: &Applied) -> Vec<Id> {
        match applied {
            Applied::Note(turn) => {
                let has_moved = self.space.absorb(turn);
                self.timeline.absorb_note(turn);
                if let Some(note) = turn.after.as_ref().or(turn.before.as_ref()).filter(|_| has_moved) {
                    self.wires.rewire(note.id, &self.space);
                }
            }
            Applied::Arrow(turn) => self.wires.absorb(turn, &self.space),
            Applied::Context(turn) => self.frames.absorb(turn),
            Applied::Lane(turn) => self.timeline.absorb_lane(turn),
            Applied::Requirement(_) | Applied::Decision(_) | Applied::Vote(_) | Applied::Board(_) => {}
        }
        let sight = Sight { space: &self.space, wires: &self.wires, frames: &self.frames };
        self.flow.absorb(applied, &sight)
    }

    /// The notes whose bounded context this is: their centre lies in it and in no smaller one.
    pub fn notes_of(&self, context: Id) -> Vec<Id> {
        let Some(rect) = self.frames.rect(context) else { return Vec::new() };
        let mut notes = Vec::new();
        self.space.visit(rect, |tile| {
            if self.frames.context_at(tile.rect.center()) == Some(context) {
                notes.push(tile.id);
            }
        });
        notes.sort_unstable();
        notes
    }

    /// What encloses everything on the wall.
    pub fn extent(&self) -> Option<Rect> {
        Rect::around(self.space.extent().into_iter().chain(self.frames.iter().map(|(_, rect)| rect)))
    }
}

impl Near for Projection {
    fn stuck_on(&self, host: Id) -> Vec<Id> {
        self.space.stuck_on(host).to_vec()
    }

    fn arrows_at(&self, note: Id) -> Vec<Id> {
        self.wires.arrows_at(note).to_vec()
    }

    fn within(&self, rect: Rect) -> Vec<Id> {
        let mut notes = Vec::new();
        self.space.visit(rect, |tile| notes.push(tile.id));
        notes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::NoteKind;
    use crate::model::tests::{board, boards, id, note, turns};

    proptest! {
        #[test]
        fn one_that_followed_every_change_equals_one_made_anew(
            before in boards(),
            after in boards(),
            keys in proptest::collection::vec(any::<u32>(), 80),
        ) {
            let mut projection = Projection::of(&before);
            let mut turns: Vec<_> = turns(&before, &after).into_iter().zip(keys.into_iter().cycle()).collect();
            turns.sort_by_key(|(_, key)| *key);
            for (turn, _) in &turns {
                projection.absorb(turn);
            }
            prop_assert_eq!(&projection, &Projection::of(&after));
            for note in after.notes.keys() {
                prop_assert_eq!(projection.stuck_on(*note), after.stuck_on(*note));
                prop_assert_eq!(projection.arrows_at(*note), after.arrows_at(*note));
            }
        }

        #[test]
        fn what_lies_in_a_rectangle_is_what_overlaps_it(board in boards(), x in -250..200, y in -80..60, w in 1..500, h in 1..200) {
            let (rect, projection) = (Rect::new(x, y, w, h), Projection::of(&board));
            let mut seen: Vec<Id> = projection.space.drawn(rect).iter().map(|tile| tile.id).collect();
            seen.sort();
            let there: Vec<Id> =
                board.standing().filter(|note| note.rect().overlaps(rect)).map(|note| note.id).collect();
            prop_assert_eq!(seen, there);
        }
    }

    #[test]
    fn a_note_belongs_to_the_smallest_context_that_holds_its_centre() {
        let board = board([
            note(0, NoteKind::DomainEvent, "주문됨", 2, 2),
            note(1, NoteKind::DomainEvent, "결제됨", 40, 2),
            note(2, NoteKind::DomainEvent, "배송됨", 200, 2),
        ])
        .framed(10, "판매", Rect::new(0, 0, 80, 20))
        .framed(11, "결제", Rect::new(38, 0, 30, 10));
        let projection = Projection::of(&board);
        assert_eq!(projection.notes_of(id(10)), [id(0)]);
        assert_eq!(projection.notes_of(id(11)), [id(1)]);
        assert_eq!(projection.frames.drawn(Rect::new(0, 0, 100, 100)), [id(10), id(11)]);
        assert_eq!(projection.extent(), Some(Rect::new(0, 0, 222, 20)));
    }
}
