//! SVG: the wall and its context map as pictures that stand alone or in a page. No script, no style sheet, no id.

mod legend;
mod map;
pub(super) mod measure;
mod sheet;
#[cfg(test)]
mod tests;
mod wall;

pub use map::context_map;
pub use wall::{wall, wall_crossed};

use super::Choices;
use crate::model::Board;
use crate::query::{Outline, Projection};

/// The wall of a board.
pub(super) fn write_wall(board: &Board, choices: &Choices) -> String {
    wall(board, choices.lang)
}

/// The context map of a board.
pub(super) fn write_map(board: &Board, choices: &Choices) -> String {
    context_map(&Outline::of(board, &Projection::of(board)), choices.lang)
}
