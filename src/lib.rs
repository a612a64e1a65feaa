//! squall: an EventStorming wall in the terminal.
#![warn(missing_docs)]

pub mod cli;
pub mod command;
pub mod format;
pub mod history;
pub mod model;
pub mod query;
pub mod session;
pub mod tui;
pub mod words;
