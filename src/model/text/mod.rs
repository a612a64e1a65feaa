//! Text on its way to people.

pub mod jamo;
mod safe;
mod tidy;
mod wrap;

pub use safe::{MARKS_MAX, SafeText};
pub use tidy::tidied;
pub use wrap::wrap;
