//! Text on its way to people.

mod safe;
mod tidy;
mod wrap;

pub use safe::{MARKS_MAX, SafeText};
pub use tidy::tidied;
pub use wrap::wrap;
