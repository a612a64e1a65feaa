//! What a colleague would remark on a wall, kept up from the moment somebody asks for it.
//!
//! A wall that nobody looks at pays nothing. Several screens before one wall share what was found.

use std::sync::{Arc, Mutex, PoisonError};

use super::Wall;
use crate::model::{Applied, Id};
use crate::query::lint::Lint;

/// What was found, and what has happened since.
#[derive(Default)]
pub(super) struct Inspection {
    lint: Option<Arc<Lint>>,
    unseen: Vec<Applied>,
    /// The ends of the steps of the flow that came or went.
    turned: Vec<Id>,
}

impl Inspection {
    /// Something happened to the wall.
    fn note(&mut self, applied: &[Applied], turned: &[Id]) {
        if self.lint.is_some() {
            self.unseen.extend_from_slice(applied);
            self.turned.extend_from_slice(turned);
        }
    }
}

impl Wall {
    /// What a colleague would remark on it as it is now.
    pub fn lint(&self) -> Arc<Lint> {
        let (board, projection) = (self.board(), self.projection());
        let mut inspection = self.inspection.lock().unwrap_or_else(PoisonError::into_inner);
        let (unseen, turned) =
            (std::mem::take(&mut inspection.unseen), std::mem::take(&mut inspection.turned));
        let lint = inspection.lint.get_or_insert_with(|| Arc::new(Lint::of(board, projection)));
        if !unseen.is_empty() {
            Arc::make_mut(lint).absorb(&unseen, &turned, board, projection);
        }
        Arc::clone(lint)
    }

    /// Tells those who inspect it what happened.
    pub(super) fn tell_inspection(&mut self, applied: &[Applied], turned: &[Id]) {
        Mutex::get_mut(&mut self.inspection).unwrap_or_else(PoisonError::into_inner).note(applied, turned);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::command::{Command, NewNote};
    use crate::model::{NoteKind, PersonId, Point};
    use crate::session::Seat;
    use crate::session::clock::MachineClock;

    #[test]
    fn what_is_kept_up_is_what_is_found_anew() {
        let mut wall = Wall::new("wall");
        let mut seat = Seat::new(PersonId("p1".into()), "Ana", Arc::new(MachineClock));
        assert_eq!(wall.lint().findings().count(), 0);
        let mut found = Vec::new();
        for text in ["주문 취소", "주문됨", "주문이 완료됨"] {
            let note = NewNote::new(NoteKind::DomainEvent, text).at(Point::new(40 * found.len() as i32, 0));
            seat.perform(&mut wall, &Command::PlaceNotes { notes: vec![note], arrows: Vec::new() }).unwrap();
            assert_eq!(*wall.lint(), Lint::of(wall.board(), wall.projection()));
            found.push(wall.lint().findings().count());
        }
        assert!(found[0] > 0 && found[2] > found[0], "{found:?}");
    }
}
