//! The log from outside: what once broke a model of it, its laws, and deeds taken back.

mod deeds;
mod desk;
mod dice;
mod laws;
mod slow;
mod traces;
mod undo;
