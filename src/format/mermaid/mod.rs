//! Mermaid: pictures as text, which many places that show Markdown draw.
//!
//! Each function gives one diagram without a fence, or nothing where there is nothing to draw. Mermaid refuses more
//! than 50,000 characters and 500 lines between boxes: what is over is told as a number.

mod chart;
mod class;
mod edge;
mod escape;
mod map;
mod node;
mod read;
mod sequence;
#[cfg(test)]
mod tests;
mod timeline;
mod wall;

pub use chart::core_domain_chart;
pub use map::context_map;
pub(super) use read::{looks_like, read};
pub use sequence::sequence;
pub use timeline::timeline;
pub use wall::wall;

use escape::escaped;

use std::collections::BTreeSet;

use super::ident::{Idents, Style};
use super::landscape::clipped;
use super::{Choices, Folder};
use crate::model::Board;
use crate::query::{Outline, Projection};
use crate::words::{Lang, say};
use class::aggregates;

/// Columns of a wording in a picture.
const COLUMNS: usize = 48;

/// A board's wall.
pub(super) fn write_wall(board: &Board, choices: &Choices) -> String {
    wall(board, &BTreeSet::new(), choices.lang).unwrap_or_else(|| none(choices.lang))
}

/// Its context map.
pub(super) fn write_map(board: &Board, choices: &Choices) -> String {
    context_map(&outline(board), choices.lang).unwrap_or_else(|| none(choices.lang))
}

/// Its contexts between simple and hard, common and special.
pub(super) fn write_chart(board: &Board, choices: &Choices) -> String {
    core_domain_chart(&outline(board), choices.lang).unwrap_or_else(|| none(choices.lang))
}

/// The chapters of its story.
pub(super) fn write_timeline(board: &Board, choices: &Choices) -> String {
    timeline(&outline(board), choices.lang).unwrap_or_else(|| none(choices.lang))
}

/// Its aggregates.
pub(super) fn write_classes(board: &Board, choices: &Choices) -> String {
    aggregates(&outline(board), choices.lang).unwrap_or_else(|| none(choices.lang))
}

/// A file for what follows each command that somebody begins with.
pub(super) fn write_flows(board: &Board, choices: &Choices) -> Folder {
    let outline = outline(board);
    let mut names = Idents::new(Style::Kebab, &[]);
    let flows = outline.flows().into_iter().map(|flow| {
        let alias = outline.note(flow.command).and_then(|note| note.alias.as_deref());
        let name = names.free(alias, outline.wording(flow.command), "command");
        (format!("{name}.mmd"), sequence(&outline, &flow, choices.lang))
    });
    flows.collect()
}

fn outline(board: &Board) -> Outline {
    Outline::of(board, &Projection::of(board))
}

/// A diagram of nothing, which says so.
fn none(lang: Lang) -> String {
    format!("flowchart LR\n  none[\"{}\"]\n", label(say(lang, "picture-nothing")))
}

/// A wording, short enough for a picture, for every grammar.
fn label(text: &str) -> String {
    escaped(&clipped(text, COLUMNS))
}
