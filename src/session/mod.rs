//! One wall and those who sit before it: board files, autosave, settings, undo.

pub mod clock;
pub mod config;
pub mod person;
pub mod saves;
