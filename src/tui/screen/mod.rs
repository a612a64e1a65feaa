//! Where frames become bytes.
//!
//! A [`Screen`] holds what a terminal shows and turns the next picture into the fewest bytes that make it so: one run,
//! which whoever owns the terminal writes at once, between the marks of a synchronized update. It asks no terminal
//! anything, so it serves a local one, an ssh channel and a browser alike. A frame that changes nothing is no bytes.

mod quill;
mod run;
#[cfg(test)]
mod tests;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

use super::ascii::plain;
use quill::{BARE, Place, Quill};
use run::{Run, is_of_a_word, looks_like, wide};

/// How this terminal is to be written to.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Mark each frame as one synchronized update. Terminals that do not know the mark ignore it.
    pub sync: bool,
    /// The terminal is known to give wide glyphs the width we think they have. Otherwise the cursor is placed anew
    /// after each of them, and after each word of Hangul or Han, so that a disagreement moves nothing else.
    pub trusted_widths: bool,
    /// Glyphs that may be narrow or wide are wide there: signs of ASCII stand for them.
    pub ascii: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Manner { sync: true, trusted_widths: false, ascii: false }
    }
}

/// The terminal's real cursor. Hidden, it still waits somewhere: input methods open their window there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cursor {
    /// On which cell it stands.
    pub at: Position,
    /// Whether it is seen.
    pub shown: bool,
}

/// What a terminal shows.
#[derive(Debug)]
pub struct Screen {
    manner: Manner,
    /// Whether signs of ASCII stand for other glyphs.
    ascii: bool,
    shown: Buffer,
    cursor: Cursor,
    /// Nothing is known of what the terminal shows: the next frame clears it.
    stale: bool,
    runs: Vec<Run>,
    quill: Quill,
}

/// A frame of so few runs is written ink by ink; a larger one row by row, and each row ink by ink. Going to another
/// place takes fewer bytes than another colour.
const GROUPED_RUNS_MAX: usize = 512;

const SYNC: &[u8] = b"\x1b[?2026h";
const UNSYNC: &[u8] = b"\x1b[?2026l";
const HIDE: &[u8] = b"\x1b[?25l";
const SHOW: &[u8] = b"\x1b[?25h";
const CLEAR: &[u8] = b"\x1b[2J";

impl Screen {
    /// Marks frames as synchronized updates from now on, or does not.
    pub fn synchronize(&mut self, on: bool) {
        self.manner.sync = on;
    }

    /// Has signs of ASCII stand for glyphs that may be wide, or does not; unless told, as the terminal wants it.
    pub fn dress(&mut self, ascii: Option<bool>) {
        let ascii = ascii.unwrap_or(self.manner.ascii);
        self.stale |= ascii != self.ascii;
        self.ascii = ascii;
    }

    /// A terminal nothing is known of, but that its cursor is hidden.
    pub fn new(manner: Manner) -> Self {
        Screen {
            manner,
            ascii: manner.ascii,
            shown: Buffer::default(),
            cursor: Cursor::default(),
            stale: true,
            runs: Vec::new(),
            quill: Quill::default(),
        }
    }

    /// Somebody else wrote to the terminal, or it lost what it showed: the next frame repaints all of it.
    pub fn forget(&mut self) {
        self.stale = true;
    }

    /// Whether the next frame repaints all of it.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// The bytes that make the terminal show `next`. The picture it showed before is left in `next`, to be painted
    /// over; when the size changed, everything is repainted.
    pub fn draw(&mut self, next: &mut Buffer, cursor: Cursor) -> Vec<u8> {
        if self.stale || next.area != self.shown.area {
            self.clear(next.area);
        }
        self.find_runs(next);
        let mut runs = std::mem::take(&mut self.runs);
        if runs.len() <= GROUPED_RUNS_MAX {
            self.put_by_ink(next, &mut runs);
        } else {
            for row in runs.chunk_by_mut(|one, other| one.y == other.y) {
                // Every other row backwards, for it begins with the colours that the one before ends with.
                let turn = if row[0].y % 2 == 0 { 0 } else { u64::MAX };
                row.sort_by_cached_key(|run| run.code() ^ turn);
                row.iter().for_each(|run| self.put(next, run));
            }
        }
        runs.clear();
        self.runs = runs;
        if !self.quill.bytes.is_empty() || cursor != self.cursor {
            self.close(cursor);
        }
        std::mem::swap(&mut self.shown, next);
        std::mem::take(&mut self.quill.bytes)
    }

    /// Writes all runs of one ink before those of the next, which is always the one that costs least to change to.
    fn put_by_ink(&mut self, next: &Buffer, runs: &mut [Run]) {
        runs.sort_unstable_by_key(|run| (run.code(), run.y, run.from));
        let mut groups: Vec<&[Run]> = runs.chunk_by(|one, other| one.code() == other.code()).collect();
        let price = |quill: &Quill, group: &[Run]| quill.price(group[0].ink(quill.ink));
        while let Some(nth) = (0..groups.len()).min_by_key(|nth| price(&self.quill, groups[*nth])) {
            groups.remove(nth).iter().for_each(|run| self.put(next, run));
        }
    }

    fn clear(&mut self, area: Rect) {
        self.open();
        (self.quill.at, self.quill.ink, self.stale) = (None, None, false);
        self.quill.ink(BARE);
        self.quill.bytes.extend_from_slice(CLEAR);
        self.shown.resize(area);
        self.shown.reset();
    }

    /// Terminals blank the other half of a wide glyph when one half is written over, each in a colour of its own
    /// choice, so that half is written again whatever it should show.
    fn find_runs(&mut self, next: &Buffer) {
        let width = next.area.width;
        for y in 0..next.area.height {
            let row = usize::from(y) * usize::from(width);
            let (mut x, mut damaged, begun) = (0, 0, self.runs.len());
            while x < width {
                let cell = &next.content[row + usize::from(x)];
                let columns = wide(cell).min(width - x);
                if x < damaged || !looks_like(cell, &self.shown.content[row + usize::from(x)]) {
                    let last = x + columns - 1;
                    damaged = last + wide(&self.shown.content[row + usize::from(last)]);
                    let joins = self.runs[begun..].last_mut().is_some_and(|run| run.takes(cell, x, columns));
                    if !joins {
                        self.runs.push(Run::of(cell, (x, y), columns));
                    }
                }
                x += columns;
            }
        }
    }

    fn put(&mut self, next: &Buffer, run: &Run) {
        self.open();
        self.quill.go(Position { x: run.from, y: run.y });
        self.quill.ink(run.ink(self.quill.ink));
        let mut x = run.from;
        while x < run.to {
            self.quill.go(Position { x, y: run.y });
            let cell = &next[(x, run.y)];
            let glyph = if self.ascii { plain(cell.symbol()) } else { cell.symbol() };
            self.quill.bytes.extend_from_slice(glyph.as_bytes());
            let width = wide(cell);
            x += width;
            let in_a_word = || x < run.to && is_of_a_word(cell) && is_of_a_word(&next[(x, run.y)]);
            // Past the last column terminals differ about where the cursor is.
            let is_known = x < next.area.width && (width == 1 || self.manner.trusted_widths || in_a_word());
            self.quill.at =
                Some(if is_known { Place::At(Position { x, y: run.y }) } else { Place::Row(run.y) });
        }
    }

    fn open(&mut self) {
        if self.quill.bytes.is_empty() {
            if self.manner.sync {
                self.quill.bytes.extend_from_slice(SYNC);
            }
            if self.cursor.shown {
                self.quill.bytes.extend_from_slice(HIDE);
                self.cursor.shown = false;
            }
        }
    }

    fn close(&mut self, cursor: Cursor) {
        self.open();
        self.quill.go(cursor.at);
        if cursor.shown {
            self.quill.bytes.extend_from_slice(SHOW);
        }
        if self.manner.sync {
            self.quill.bytes.extend_from_slice(UNSYNC);
        }
        self.cursor = cursor;
    }
}

/// A picture as lines that are printed one below the other: in colours, or bare. Blanks at their ends are left out.
pub fn lines(buffer: &Buffer, coloured: bool) -> String {
    let mut quill = Quill { ink: Some(BARE), ..Quill::default() };
    for row in buffer.content.chunks(usize::from(buffer.area.width).max(1)) {
        let is_seen = |cell: &Cell| cell.symbol() != " " || coloured && cell.bg != Color::Reset;
        let end = row.iter().rposition(is_seen).map_or(0, |last| last + 1);
        let mut x = 0;
        while x < end {
            let cell = &row[x];
            if coloured {
                quill.ink((cell.fg, cell.bg, cell.modifier));
            }
            quill.bytes.extend_from_slice(cell.symbol().as_bytes());
            x += usize::from(wide(cell));
        }
        quill.ink(BARE);
        quill.bytes.push(b'\n');
    }
    String::from_utf8(quill.bytes).expect("symbols are text and colours are ASCII")
}
