//! Cells that are written in one go.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use super::quill::{BARE, Ink, sgr};
use crate::tui::canvas::is_drawn;

/// Cells of one row that are written together.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) y: u16,
    pub(super) from: u16,
    pub(super) to: u16,
    bg: Color,
    /// Nothing where all of them are blank: those look the same in every ink.
    pen: Option<(Color, Modifier)>,
}

/// What is seen even where there is no glyph.
pub(super) const SEEN_ON_BLANKS: Modifier =
    Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

impl Run {
    /// A cell of so many columns.
    pub(super) fn of(cell: &Cell, (x, y): (u16, u16), columns: u16) -> Run {
        Run { y, from: x, to: x + columns, bg: cell.bg, pen: pen(cell) }
    }

    /// Takes in a cell that follows, where no other ink is needed for it.
    pub(super) fn takes(&mut self, cell: &Cell, x: u16, columns: u16) -> bool {
        let pen = pen(cell);
        let both = self.pen.or(pen);
        let is_plain = both.is_none_or(|(_, modifier)| !modifier.intersects(SEEN_ON_BLANKS));
        let joins =
            self.to == x && self.bg == cell.bg && (pen == self.pen || pen.or(self.pen) == both && is_plain);
        if joins {
            (self.to, self.pen) = (x + columns, both);
        }
        joins
    }

    /// What it is written with by somebody who holds this ink.
    pub(super) fn ink(&self, held: Option<Ink>) -> Ink {
        let (fg, _, modifier) = held.unwrap_or(BARE);
        let (fg, modifier) = self.pen.unwrap_or((fg, modifier - SEEN_ON_BLANKS));
        (fg, self.bg, modifier)
    }

    /// A number that is the same for runs of one ink, and near for runs on one ground.
    pub(super) fn code(&self) -> u64 {
        let pen = self.pen.map_or(0, |(fg, modifier)| (code(fg) + 1) << 9 | u64::from(modifier.bits()));
        code(self.bg) << 36 | pen
    }
}

/// A number below 2^26 that is the same for equal colours only.
fn code(color: Color) -> u64 {
    match color {
        Color::Rgb(r, g, b) => u32::from_be_bytes([2, r, g, b]).into(),
        Color::Indexed(n) => 1 << 24 | u64::from(n),
        named => sgr(named).into(),
    }
}

/// Whether a cell shows its ground alone.
pub(super) fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANKS)
}

/// The ink and the modifiers a cell needs, if it needs any.
fn pen(cell: &Cell) -> Option<(Color, Modifier)> {
    (!is_blank(cell)).then_some((cell.fg, cell.modifier))
}

/// Whether nobody could tell one cell from the other.
pub(super) fn looks_like(one: &Cell, other: &Cell) -> bool {
    one == other || one.bg == other.bg && is_blank(one) && is_blank(other)
}

/// The columns a cell's glyph covers; a cell is never less than one.
pub(super) fn wide(cell: &Cell) -> u16 {
    match cell.symbol() {
        narrow if narrow.len() == 1 || is_drawn(narrow) => 1,
        glyph => glyph.cell_width().max(1),
    }
}

/// Whether a glyph is a whole Hangul syllable, a kana or a Han character of the oldest block: every terminal that shows
/// them at all gives them two columns. About others, emoji above all, terminals differ.
pub(super) fn is_of_a_word(cell: &Cell) -> bool {
    let mut chars = cell.symbol().chars();
    let is_alone = |c: char| matches!(u32::from(c), 0xAC00..=0xD7A3 | 0x3041..=0x3096 | 0x30A1..=0x30FA | 0x4E00..=0x9FA5);
    chars.next().is_some_and(is_alone) && chars.next().is_none()
}
