//! The words on the wall: what a board is made of, what can happen to it, and how that is written down.

pub mod arrange;
pub mod board;
pub mod change;
pub mod entry;
pub mod field;
pub mod geometry;
pub mod grammar;
pub mod heads;
pub mod id;
pub mod kind;
pub mod limit;
mod near;
pub mod register;
pub mod room;
#[cfg(test)]
pub(crate) mod tests;
pub mod text;
pub mod thing;
pub mod trace;

pub use board::Board;
pub use change::{Applied, Change, Turn};
pub use entry::{Deed, Entry, Line, Mark, Stamp};
pub use field::{Details, Thing};
pub use geometry::{Point, Rect, Size};
pub use heads::Heads;
pub use id::{Author, ByName, EntryId, Id, PersonId};
pub use kind::{KINDS, Level, NoteKind};
pub use near::Near;
pub use register::{Facet, Register};
pub use room::{NotARoomName, RoomName};
pub use thing::{Arrow, Context, Frame, Lane, Mode, Note, Sentence, Vote, Wording};
