//! Names drawn by lot: authors, persons, boards.

use crate::model::{Author, PersonId};

/// 64 bits by chance.
pub(super) fn draw() -> u64 {
    getrandom::u64().expect("an operating system that runs a terminal has chance to give")
}

/// A voice that nobody has used.
pub fn new_author() -> Author {
    Author::from_random(draw())
}

/// A person nobody is yet.
pub fn new_person() -> PersonId {
    PersonId(format!("p{}", new_author()))
}

/// The name of a wall that is no other.
pub fn new_board_id() -> String {
    format!("b{}", new_author())
}
