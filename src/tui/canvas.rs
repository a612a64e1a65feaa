//! Painting on a screen buffer without ever leaving half a glyph.
//!
//! A Hangul syllable covers two cells. Here its right half is always a blank of the same style, so that a picture can be
//! cut anywhere: whoever writes over one half of a glyph turns the other into that blank. Everything the screen shows
//! passes through this file.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A picture of some cells, painted once and copied often.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sprite {
    buffer: Buffer,
}

impl Sprite {
    /// A picture of `w` by `h` cells as `paint` leaves it.
    pub fn new(w: u16, h: u16, paint: impl FnOnce(&mut Canvas<'_>)) -> Self {
        let mut buffer = Buffer::empty(Rect::new(0, 0, w, h));
        paint(&mut Canvas::new(&mut buffer));
        Sprite { buffer }
    }

    /// Its columns and rows.
    pub fn size(&self) -> (i32, i32) {
        (self.buffer.area.width.into(), self.buffer.area.height.into())
    }
}

/// A part of a buffer that may be painted on. Places may lie outside of the part: what does is left out.
#[derive(Debug)]
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    clip: Rect,
    /// The cell of the buffer that is `(0, 0)` here.
    origin: (i32, i32),
}

impl<'a> Canvas<'a> {
    /// All of a buffer.
    pub fn new(buffer: &'a mut Buffer) -> Self {
        let clip = buffer.area;
        Canvas { buffer, clip, origin: (0, 0) }
    }

    /// A part of this canvas; places in it are reckoned as before.
    pub fn part(&mut self, x: i32, y: i32, (w, h): (i32, i32)) -> Canvas<'_> {
        let clip = match (self.columns(x, w), self.rows(y, h)) {
            (Some((left, right)), rows) => Rect::new(left, rows.start, right - left, rows.len() as u16),
            (None, _) => Rect::ZERO,
        };
        Canvas { clip, origin: self.origin, buffer: self.buffer }
    }

    /// A part of this canvas with places of its own, from its top-left cell.
    pub fn window(&mut self, x: i32, y: i32, size: (i32, i32)) -> Canvas<'_> {
        let origin = (self.origin.0 + x, self.origin.1 + y);
        Canvas { origin, ..self.part(x, y, size) }
    }

    /// This canvas with all places moved, so that `(x, y)` is where `(0, 0)` was.
    pub fn moved(&mut self, (x, y): (i32, i32)) -> Canvas<'_> {
        let origin = (self.origin.0 - x, self.origin.1 - y);
        Canvas { buffer: self.buffer, clip: self.clip, origin }
    }

    /// The columns and the rows of the places that may be painted on.
    pub fn places(&self) -> [std::ops::Range<i32>; 2] {
        let range = |from: u16, to: u16, origin: i32| i32::from(from) - origin..i32::from(to) - origin;
        [
            range(self.clip.left(), self.clip.right(), self.origin.0),
            range(self.clip.top(), self.clip.bottom(), self.origin.1),
        ]
    }

    /// The columns and rows that may be painted on.
    pub fn size(&self) -> (i32, i32) {
        (self.clip.width.into(), self.clip.height.into())
    }

    /// Makes all of it blank, in a style.
    pub fn clear(&mut self, style: Style) {
        let mut blank = Cell::EMPTY;
        blank.set_style(style);
        for row in self.clip.top()..self.clip.bottom() {
            self.blank(self.clip.left(), self.clip.right(), row, &blank);
        }
    }

    /// Copies a sprite to column `x`, row `y`.
    pub fn blit(&mut self, sprite: &Sprite, x: i32, y: i32) {
        let from = &sprite.buffer;
        let (w, h) = sprite.size();
        let Some((left, right)) = self.columns(x, w) else { return };
        let (x, y) = (x + self.origin.0, y + self.origin.1);
        for row in self.rows(y - self.origin.1, h) {
            let start = ((i32::from(row) - y) * w + i32::from(left) - x) as usize;
            let to = self.buffer.index_of(left, row);
            let columns = usize::from(right - left);
            self.cut_before(left, row);
            self.buffer.content[to..to + columns].clone_from_slice(&from.content[start..start + columns]);
            if i32::from(right) < x + w {
                self.cut_before(right, row);
            }
        }
    }

    /// Writes `text` from column `x` of row `y`; gives the column after it.
    /// Control characters are left out: they are no text.
    pub fn print(&mut self, x: i32, y: i32, text: &str, style: Style) -> i32 {
        let mut x = x;
        let row = self.rows(y, 1).next();
        for glyph in text.graphemes(true).filter(|glyph| !glyph.contains(char::is_control)) {
            let width = glyph.cell_width();
            if let Some(y) = row.filter(|_| width > 0) {
                self.put(x, y, glyph, width, style);
            }
            x += i32::from(width);
        }
        x
    }

    /// Writes `text` like [`Canvas::print`], in no more than `width` columns: what does not fit ends in `…`.
    pub fn print_within(&mut self, x: i32, y: i32, width: i32, text: &str, style: Style) -> i32 {
        if text.width() as i32 <= width {
            return self.print(x, y, text, style);
        }
        let end = self.print(x, y, fitting(text, width - 1), style);
        if width > 0 { self.print(end, y, "…", style) } else { end }
    }

    /// Draws a piece of a line, joined with the line that is there already.
    pub fn cross(&mut self, x: i32, y: i32, line: &str, style: Style) {
        let (Some((column, _)), Some(row)) = (self.columns(x, 1), self.rows(y, 1).next()) else { return };
        let there = sides(self.buffer[(column, row)].symbol());
        let joined = sides(line) | there;
        let line = if joined == sides(line) { line } else { JOINTS[usize::from(joined)] };
        self.cut_before(column, row);
        let cell = &mut self.buffer[(column, row)];
        cell.set_symbol(line);
        cell.modifier = Modifier::empty();
        cell.set_style(style);
    }

    /// The glyph at a place; a blank where nothing may be painted.
    pub fn glyph(&self, x: i32, y: i32) -> &str {
        match (self.columns(x, 1), self.rows(y, 1).next()) {
            (Some((column, _)), Some(row)) => self.buffer[(column, row)].symbol(),
            _ => " ",
        }
    }

    /// Fills a rectangle with blanks of a style.
    pub fn fill(&mut self, x: i32, y: i32, (w, h): (i32, i32), style: Style) {
        let Some((left, right)) = self.columns(x, w) else { return };
        let mut blank = Cell::EMPTY;
        blank.set_style(style);
        for row in self.rows(y, h) {
            self.cut_before(left, row);
            self.blank(left, right, row, &blank);
        }
    }

    /// Paints the upper and the lower halves of cells of a row, told with their columns from left to right; a half
    /// without a colour stays as it lay.
    pub fn halves(&mut self, y: i32, cells: impl Iterator<Item = (i32, Option<Color>, Option<Color>)>) {
        let Some(row) = self.rows(y, 1).next() else { return };
        let mut painted = None;
        for (x, upper, lower) in cells {
            let (glyph, ink, ground) = match (upper, lower) {
                (Some(both), Some(same)) if both == same => ("█", both, None),
                (Some(upper), lower) => ("▀", upper, lower),
                (None, Some(lower)) => ("▄", lower, None),
                (None, None) => continue,
            };
            let Some((column, _)) = self.columns(x, 1) else { continue };
            if painted != Some(x - 1) {
                self.cut_before(column, row);
            }
            let cell = &mut self.buffer[(column, row)];
            cell.set_symbol(glyph);
            cell.modifier = Modifier::empty();
            cell.fg = ink;
            cell.bg = ground.unwrap_or(cell.bg);
            painted = Some(x);
        }
    }

    /// Gives what is drawn in a rectangle another style, glyphs kept.
    pub fn restyle(&mut self, x: i32, y: i32, (w, h): (i32, i32), style: Style) {
        let Some((left, right)) = self.columns(x, w) else { return };
        for row in self.rows(y, h) {
            self.buffer.set_style(Rect::new(left, row, right - left, 1), style);
        }
    }

    fn blank(&mut self, left: u16, right: u16, row: u16, blank: &Cell) {
        let from = self.buffer.index_of(left, row);
        self.buffer.content[from..from + usize::from(right - left)].fill(blank.clone());
    }

    fn columns(&self, x: i32, w: i32) -> Option<(u16, u16)> {
        span(x.saturating_add(self.origin.0), w, self.clip.left(), self.clip.right())
    }

    fn rows(&self, y: i32, h: i32) -> std::ops::Range<u16> {
        let rows = span(y.saturating_add(self.origin.1), h, self.clip.top(), self.clip.bottom());
        rows.map_or(0..0, |(top, bottom)| top..bottom)
    }

    fn put(&mut self, x: i32, y: u16, glyph: &str, width: u16, style: Style) {
        let Some((left, right)) = self.columns(x, i32::from(width)) else { return };
        self.cut_before(left, y);
        let whole = right - left == width;
        // What a style does not mention stays as it lay here, the right half taking after the left.
        let mut ground = self.buffer[(left, y)].style();
        ground.add_modifier = Modifier::empty();
        for column in left..right {
            let cell = &mut self.buffer[(column, y)];
            cell.set_symbol(if whole && column == left { glyph } else { " " });
            cell.modifier = Modifier::empty();
            cell.set_style(ground.patch(style));
        }
    }

    /// Blanks the glyph whose right half lies at `x`, where it is about to be, or just was, written over.
    fn cut_before(&mut self, x: u16, y: u16) {
        if x > self.buffer.area.left() {
            let cell = &mut self.buffer[(x - 1, y)];
            if is_wide(cell) {
                cell.set_symbol(" ");
            }
        }
    }
}

/// The line that reaches these sides of its cell: 1 up, 2 right, 4 down, 8 left.
const JOINTS: [&str; 16] = [" ", "│", "─", "╰", "│", "│", "╭", "├", "─", "╯", "─", "┴", "╮", "┤", "┬", "┼"];

/// The sides of its cell that a line reaches.
fn sides(line: &str) -> u8 {
    match line {
        "─" | "╌" => 10,
        "│" | "╎" => 5,
        line if !is_drawn(line) => 0,
        line => JOINTS.iter().position(|joint| *joint == line).unwrap_or(0) as u8,
    }
}

/// As much of `text`, from its start, as `width` columns hold.
pub fn fitting(text: &str, width: i32) -> &str {
    let mut used = 0;
    for (at, glyph) in text.grapheme_indices(true) {
        used += i32::from(glyph.cell_width());
        if used > width {
            return &text[..at];
        }
    }
    text
}

/// The columns, or rows, of a thing of `length` from `start` that lie between `from` and `to`.
fn span(start: i32, length: i32, from: u16, to: u16) -> Option<(u16, u16)> {
    let first = start.max(i32::from(from));
    let last = start.saturating_add(length).min(i32::from(to));
    (first < last).then_some((first as u16, last as u16))
}

/// Whether a glyph is a line or a block (U+2500 to U+259F), which are all narrow: most glyphs that are no letters.
pub(super) fn is_drawn(glyph: &str) -> bool {
    matches!(glyph.as_bytes(), [0xE2, 0x94..=0x96, _])
}

fn is_wide(cell: &Cell) -> bool {
    cell.symbol().len() > 1 && !is_drawn(cell.symbol()) && cell.cell_width() > 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(buffer: &Buffer) -> Vec<String> {
        let row = |y| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..buffer.area.height).map(row).collect()
    }

    /// Every wide glyph is followed by a blank of its own style.
    fn assert_whole(buffer: &Buffer) -> Result<(), TestCaseError> {
        for (at, cell) in buffer.content().iter().enumerate().filter(|(_, cell)| is_wide(cell)) {
            let (x, y) = buffer.pos_of(at);
            prop_assert!(x + 1 < buffer.area.right(), "half a glyph at {x},{y} of {:?}", rows(buffer));
            let half = &buffer[(x + 1, y)];
            prop_assert_eq!((half.symbol(), half.bg, half.modifier), (" ", cell.bg, cell.modifier));
        }
        Ok(())
    }

    #[test]
    fn a_sprite_cut_at_any_column_shows_no_half_glyph() {
        let sprite = Sprite::new(5, 1, |canvas| {
            canvas.print(0, 0, "한글a", Style::new().bg(Color::Red));
        });
        let shown = |x| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
            Canvas::new(&mut buffer).blit(&sprite, x, 0);
            rows(&buffer).remove(0)
        };
        let cut = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4].map(shown);
        assert_eq!(
            cut,
            ["    ", "a   ", " a  ", "글 a ", " 글 a", "한 글 ", " 한  ", "  한 ", "    ", "    "]
        );
    }

    #[test]
    fn what_is_covered_by_half_is_blanked_on_both_sides() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        Canvas::new(&mut buffer).print(0, 0, "한글말", Style::new().bg(Color::Red));
        Canvas::new(&mut buffer).print(1, 0, "ab", Style::new().bg(Color::Blue));
        assert_eq!(rows(&buffer), [" ab 말 "]);
        assert_eq!(
            [0, 1, 2, 3].map(|x| buffer[(x, 0)].bg),
            [Color::Red, Color::Blue, Color::Blue, Color::Red]
        );
    }

    #[test]
    fn text_that_does_not_fit_ends_in_an_ellipsis() {
        for (width, shown) in [
            (9, "주문 됨  "),
            (6, "주문 …   "),
            (5, "주문…    "),
            (4, "주…      "),
            (1, "…        "),
            (0, "         "),
        ] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
            Canvas::new(&mut buffer).print_within(0, 0, width, "주문 됨", Style::new());
            let mut row = rows(&buffer).remove(0);
            for glyph in ["주", "문", "됨"] {
                row = row.replace(&format!("{glyph} "), glyph);
            }
            assert_eq!(row.width(), 9);
            assert_eq!(row.trim_end(), shown.trim_end(), "{width}");
        }
    }

    #[test]
    fn lines_that_meet_are_joined() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        let mut canvas = Canvas::new(&mut buffer);
        canvas.print(0, 0, "│╮xa", Style::new());
        for x in 0..3 {
            canvas.cross(x, 0, "─", Style::new());
        }
        canvas.cross(3, 0, "╌", Style::new());
        assert_eq!(rows(&buffer), ["┼┬─╌"]);
    }

    proptest! {
        #[test]
        fn nothing_painted_in_any_order_leaves_half_a_glyph(
            deeds in prop::collection::vec((0..3u8, -8..20i32, -2..6i32, -1..9i32), 0..24),
        ) {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 16, 4));
                        let sprite = Sprite::new(9, 2, |canvas| {
                canvas.print(0, 0, "주문이됨!", Style::new().bg(Color::Green));
                canvas.print(1, 1, "접수되었", Style::new().bg(Color::Blue));
            });
            for (deed, x, y, w) in deeds {
                let mut canvas = Canvas::new(&mut buffer);
                let mut canvas = canvas.window(1, 0, (13, 4));
                match deed {
                    0 => canvas.blit(&sprite, x, y),
                    1 => canvas.fill(x, y, (w, 2), Style::new().bg(Color::Black)),
                    _ => { canvas.print(x, y, "가나ab다", Style::new().bg(Color::Red)); }
                }
                assert_whole(&buffer)?;
            }
        }
    }
}
