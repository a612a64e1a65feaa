//! Look and touch: a state, what changes it, and what it looks like.

pub mod canvas;
pub mod field;
pub mod input;
pub mod jamo;
pub mod picture;
pub mod screen;
pub mod terminal;
pub mod theme;
pub mod viewport;
