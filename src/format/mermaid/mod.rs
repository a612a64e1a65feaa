//! Mermaid: pictures as text, which many places that show Markdown draw.
//!
//! Each function gives one diagram without a fence, or nothing where there is nothing to draw. Mermaid refuses more
//! than 50,000 characters and 500 lines between boxes: what is over is told as a number.

mod chart;
mod escape;
mod map;
mod sequence;
#[cfg(test)]
mod tests;
mod timeline;
mod wall;

pub use chart::core_domain_chart;
pub use map::context_map;
pub use sequence::sequence;
pub use timeline::timeline;
pub use wall::wall;

use escape::escaped;

use super::Choices;
use super::landscape::clipped;
use crate::model::Board;
use crate::query::{Outline, Projection};

/// Columns of a wording in a picture.
const COLUMNS: usize = 48;

/// The context map of a board as a file of its own; without boxes where there are none.
pub(super) fn write(board: &Board, choices: &Choices) -> String {
    let outline = Outline::of(board, &Projection::of(board));
    context_map(&outline, choices.lang).unwrap_or_else(|| "flowchart LR\n".to_owned())
}

/// A wording, short enough for a picture, for every grammar.
fn label(text: &str) -> String {
    escaped(&clipped(text, COLUMNS))
}
