//! The grammar of the wall: who may precede whom, what comes next, and what kind an unmarked wording is.
//!
//! [`STEPS`] is the grammar itself. A single wording is judged by its ending or its first word ([`guess_kind`]), a
//! whole row by the cheapest walk through the grammar ([`guess_row`]). A [`Phrase`] tells how a wording is put, in
//! Korean and in English; it is what advice about wordings is made of too.

mod en;
mod fold;
mod ko;
mod lexicon;
mod remark;
mod sign;
mod table;
mod term;
mod walk;
mod wording;

#[cfg(test)]
mod measure;

pub use fold::{folded, synonym, synonym_word};
pub use remark::{commanded, completed};
pub use sign::{Guess, Strength, guess_kind};
pub use table::{STEPS, Step, may_follow, next_kinds, previous_kinds};
pub use term::with_term;
pub use walk::{Around, Item, guess_row};
pub use wording::{Phrase, is_question};
