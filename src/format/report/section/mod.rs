//! The sections of a report, one function each.

mod appendix;
mod big;
pub(super) mod bootcamp;
mod candidate;
mod canvas;
mod card;
mod context;
mod finding;
mod front;
mod glossary;
mod map;
mod summary;
mod tale;
mod talk;

pub(super) use appendix::appendix;
pub(super) use big::big_picture;
pub(super) use candidate::services;
pub(super) use context::contexts;
pub(super) use finding::{findings, questions};
pub(super) use front::front;
pub(super) use glossary::{coverage, glossary};
pub(super) use map::map;
pub(super) use summary::summary;
pub(super) use talk::talk;
