//! Look and touch: a state, what changes it, and what it looks like.

pub mod actions;
pub mod canvas;
pub mod field;
pub mod input;
pub mod jamo;
pub mod list;
pub mod picker;
pub mod picture;
pub mod place;
pub mod route;
pub mod screen;
pub mod state;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod view;
pub mod viewport;
