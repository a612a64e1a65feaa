//! The outline: a wall as text that people type as fast as they speak, keep in git and compare line by line.
//!
//! ```text
//! # 온라인 서점 (Online Bookshop)
//! ## 주문 (Ordering) core team:주문팀
//! @독자 > 주문하기 > [주문] > **주문됨** (Order Placed)
//!   | 주문 거절됨
//!     ! 얼마나 기다려 주나? owner:민수
//! = 주문 현황 < 주문됨, 결제/결제됨
//! ```
//!
//! Reading goes line by line (`line`), then finds out which sticky each mention means (`resolve`, `row`), then
//! lays everything out (`assemble`). It never refuses: what fits nothing becomes a note, with a remark. Writing
//! takes the wall apart into rows (`script`) and spells each as plainly as is read back as meant (`spell`).
//!
//! Reading what was written gives the same board but for what a text does not say: who placed a note, votes, the
//! history; and, unless it is written exactly, ids, places, sizes and layers, wordings nobody has settled yet, the
//! second arrow between the same two notes, and frames that lie in one another otherwise than a context in a subdomain.
//! Never said are details whose name holds spaces or signs, an arrow from a note to itself, what names a thing that is
//! not on the wall, and whether an empty title, name or text was set; letters are read in their composed form.

mod assemble;
mod attr;
mod draft;
mod item;
mod line;
mod onto;
mod pairing;
mod quick;
mod resolve;
mod row;
mod script;
mod sign;
mod spell;
#[cfg(test)]
mod tests;
mod write;

pub(super) use onto::read_onto;
pub use quick::{Completions, completions, line};

use unicode_normalization::UnicodeNormalization;

use super::{Choices, Mint, Reading, Remark};
use crate::model::Board;
use crate::model::arrange::arrange;
use crate::model::limit::IMPORT_ROWS_MAX;
use crate::words::Said;
use assemble::{assemble, plan, said_places};
use item::Names;
use resolve::Ground;

/// Whether a text looks as if squall or somebody who knows the outline wrote it.
pub(super) fn looks_like(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.next().is_some_and(|line| line.starts_with("# ") || line.starts_with("## ") || line.contains(" > "))
}

/// Reads a text. It always succeeds.
pub(super) fn read(text: &str, mint: Mint<'_>) -> Result<Reading, Said> {
    let (lines, cut_off) = lines_with(text, Names::default());
    let draft = resolve::resolve(&lines, Ground::default());
    let is_exact = draft.notes.iter().any(|note| note.id.is_some());
    let places = said_places(&draft, arrange(&plan(&draft)));
    let mut reading = assemble(draft, &places, mint);
    reading.remarks.extend(cut_off);
    if is_exact {
        reading.remarks.push(Remark { line: None, said: Said::new("text-without-people") });
    }
    Ok(reading)
}

/// Writes a board.
pub(super) fn write(board: &Board, choices: &Choices) -> String {
    write::write(board, choices.exact).text
}

/// The lines of a text that say something, and what was left out. `names` are frames that are known beforehand.
fn lines_with(text: &str, mut names: Names) -> (Vec<line::Line>, Option<Remark>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).chars();
    // Part of the line ends of Windows, and nothing anywhere else.
    let text: String = text.filter(|c| *c != '\r').nfc().collect();
    for line in text.split('\n').take(IMPORT_ROWS_MAX) {
        line::learn(line, &mut names);
    }
    let numbered = text.split('\n').enumerate().take(IMPORT_ROWS_MAX);
    let lines = numbered.filter_map(|(at, text)| line::line(at + 1, text, &names)).collect();
    let is_cut = text.split('\n').nth(IMPORT_ROWS_MAX).is_some();
    let said = || Said::new("text-too-many-lines").with("max", IMPORT_ROWS_MAX);
    (lines, is_cut.then(|| Remark { line: Some(IMPORT_ROWS_MAX + 1), said: said() }))
}
