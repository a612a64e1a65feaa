//! Text on its way to people.

mod safe;
mod wrap;

pub use safe::{MARKS_MAX, SafeText};
pub use wrap::wrap;
