//! The log from outside: what once broke a model of it, its laws, and deeds taken back.

pub(crate) mod deeds;
pub(crate) mod desk;
pub(crate) mod dice;
pub(crate) mod laws;
pub(crate) mod slow;
mod traces;
mod undo;
