//! The words on the wall: what a board is made of, what can happen to it, and how that is written down.

pub mod geometry;
pub mod kind;

pub use geometry::{Point, Rect, Size};
pub use kind::{KINDS, Level, NoteKind};
