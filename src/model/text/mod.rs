//! Text on its way to people.

mod wrap;

pub use wrap::wrap;
