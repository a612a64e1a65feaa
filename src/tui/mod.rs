//! Look and touch: a state, what changes it, and what it looks like.
//!
//! An [`Input`](input::Input) goes to [`update`](update::update), which finds the row of [`ACTIONS`](actions::ACTIONS) and
//! asks the session for [`Effect`](state::Effect)s; [`draw`](view::draw) paints the state and the wall into a buffer, and
//! a [`Screen`](screen::Screen) makes bytes of it. A [`Stage`](stage::Stage) holds these together, and [`Local`] shows it on
//! the local terminal.

pub mod actions;
pub mod ascii;
pub mod canvas;
pub mod chart;
pub mod feed;
pub mod field;
pub mod input;
pub mod keymap;
pub mod list;
pub mod lobby;
mod local;
pub mod memo;
pub mod menu;
mod pane;
pub mod picker;
pub mod picture;
pub mod place;
pub mod probe;
mod reader;
pub mod route;
pub mod screen;
pub mod side;
pub mod snap;
pub mod stage;
pub mod state;
pub mod terminal;
pub mod theme;
pub mod together;
pub mod tour;
pub mod update;
pub mod view;
pub mod viewport;

pub use local::{Front, Left, Local, Look};
