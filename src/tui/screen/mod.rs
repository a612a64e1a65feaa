//! Where frames become bytes.
//!
//! A [`Screen`] holds what a terminal shows and turns the next picture into the fewest bytes that make it so: one run,
//! which whoever owns the terminal writes at once, between the marks of a synchronized update. It asks no terminal
//! anything, so it serves a local one, an ssh channel and a browser alike. A frame that changes nothing is no bytes.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use super::ascii::plain;
use super::canvas::is_drawn;
use super::theme::NAMED;

/// How this terminal is to be written to.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Mark each frame as one synchronized update. Terminals that do not know the mark ignore it.
    pub sync: bool,
    /// The terminal is known to give wide glyphs the width we think they have. Otherwise the cursor is placed anew
    /// after each of them, so that a disagreement moves nothing else.
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
    /// Where the terminal puts the next glyph, as far as we know.
    pen: Option<Pen>,
    /// The colours and modifiers the terminal writes with, as far as we know.
    ink: Option<(Color, Color, Modifier)>,
    runs: Vec<Run>,
    frame: Vec<u8>,
}

/// Where the terminal puts the next glyph.
#[derive(Clone, Copy, Debug)]
enum Pen {
    /// On this cell.
    At(Position),
    /// Somewhere in this row.
    Row(u16),
}

/// Cells of one row that are written together.
#[derive(Debug)]
struct Run {
    y: u16,
    from: u16,
    to: u16,
    bg: Color,
    /// Nothing where all of them are blank: those look the same in every ink.
    pen: Option<(Color, Modifier)>,
}

/// A frame of so few runs is written ink by ink: going to another place takes fewer bytes than another colour. In
/// larger ones most runs touch the next.
const GROUPED_RUNS_MAX: usize = 512;

const BARE: (Color, Color, Modifier) = (Color::Reset, Color::Reset, Modifier::empty());

/// What is seen even where there is no glyph.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// The digits of every small number with a `;` behind them, and how many bytes that are.
const DIGITS: [([u8; 4], u8); 256] = {
    let mut digits = [(*b"0;  ", 2); 256];
    let mut n = 0;
    while n < 256 {
        let [hundreds, tens, ones] =
            [b'0' + (n / 100) as u8, b'0' + (n / 10 % 10) as u8, b'0' + (n % 10) as u8];
        digits[n] = match n {
            0..10 => ([ones, b';', 0, 0], 2),
            10..100 => ([tens, ones, b';', 0], 3),
            _ => ([hundreds, tens, ones, b';'], 4),
        };
        n += 1;
    }
    digits
};

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
            pen: None,
            ink: None,
            runs: Vec::new(),
            frame: Vec::new(),
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
        if self.runs.len() <= GROUPED_RUNS_MAX {
            self.runs.sort_unstable_by_key(Run::key);
        }
        let runs = std::mem::take(&mut self.runs);
        for run in &runs {
            self.put(next, run);
        }
        self.runs = runs;
        self.runs.clear();
        if !self.frame.is_empty() || cursor != self.cursor {
            self.close(cursor);
        }
        std::mem::swap(&mut self.shown, next);
        std::mem::take(&mut self.frame)
    }

    fn clear(&mut self, area: Rect) {
        self.open();
        (self.pen, self.ink, self.stale) = (None, None, false);
        self.ink(BARE.0, BARE.1, BARE.2);
        self.frame.extend_from_slice(CLEAR);
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
                        self.runs.push(Run { y, from: x, to: x + columns, bg: cell.bg, pen: pen(cell) });
                    }
                }
                x += columns;
            }
        }
    }

    fn put(&mut self, next: &Buffer, run: &Run) {
        self.open();
        self.go(Position { x: run.from, y: run.y });
        let (old_fg, _, old) = self.ink.unwrap_or(BARE);
        let (fg, modifier) = run.pen.unwrap_or((old_fg, old - SEEN_ON_BLANKS));
        self.ink(fg, run.bg, modifier);
        let mut x = run.from;
        while x < run.to {
            self.go(Position { x, y: run.y });
            let cell = &next[(x, run.y)];
            let glyph = if self.ascii { plain(cell.symbol()) } else { cell.symbol() };
            self.frame.extend_from_slice(glyph.as_bytes());
            let width = wide(cell);
            x += width;
            // Past the last column terminals differ about where the cursor is.
            let is_known = x < next.area.width && (width == 1 || self.manner.trusted_widths);
            self.pen = Some(if is_known { Pen::At(Position { x, y: run.y }) } else { Pen::Row(run.y) });
        }
    }

    fn open(&mut self) {
        if self.frame.is_empty() {
            if self.manner.sync {
                self.frame.extend_from_slice(SYNC);
            }
            if self.cursor.shown {
                self.frame.extend_from_slice(HIDE);
                self.cursor.shown = false;
            }
        }
    }

    fn close(&mut self, cursor: Cursor) {
        self.open();
        self.go(cursor.at);
        if cursor.shown {
            self.frame.extend_from_slice(SHOW);
        }
        if self.manner.sync {
            self.frame.extend_from_slice(UNSYNC);
        }
        self.cursor = cursor;
    }

    fn go(&mut self, to: Position) {
        match self.pen {
            Some(Pen::At(pen)) if pen == to => return,
            Some(Pen::At(pen)) if pen.y == to.y && pen.x < to.x => {
                self.frame.extend_from_slice(b"\x1b[");
                if to.x - pen.x > 1 {
                    self.number(to.x - pen.x);
                }
                self.frame.push(b'C');
            }
            Some(Pen::Row(row)) if row == to.y => {
                self.frame.extend_from_slice(b"\x1b[");
                self.number(to.x.saturating_add(1));
                self.frame.push(b'G');
            }
            _ => {
                self.frame.extend_from_slice(b"\x1b[");
                self.number(to.y.saturating_add(1));
                self.frame.push(b';');
                self.number(to.x.saturating_add(1));
                self.frame.push(b'H');
            }
        }
        self.pen = Some(Pen::At(to));
    }

    fn ink(&mut self, fg: Color, bg: Color, modifier: Modifier) {
        if self.ink == Some((fg, bg, modifier)) {
            return;
        }
        self.frame.extend_from_slice(b"\x1b[");
        let (old_fg, old_bg, old) = self.ink.unwrap_or_else(|| {
            self.frame.extend_from_slice(b"0;");
            BARE
        });
        if modifier != old {
            self.modify(old, modifier);
        }
        if fg != old_fg {
            self.color(fg, 0);
        }
        if bg != old_bg {
            self.color(bg, 10);
        }
        self.frame.pop();
        self.frame.push(b'm');
        self.ink = Some((fg, bg, modifier));
    }

    fn modify(&mut self, mut held: Modifier, modifier: Modifier) {
        for (modifiers, off) in [
            (Modifier::BOLD | Modifier::DIM, 22),
            (Modifier::ITALIC, 23),
            (Modifier::UNDERLINED, 24),
            (Modifier::SLOW_BLINK | Modifier::RAPID_BLINK, 25),
            (Modifier::REVERSED, 27),
            (Modifier::HIDDEN, 28),
            (Modifier::CROSSED_OUT, 29),
        ] {
            if (held - modifier).intersects(modifiers) {
                self.codes(&[off]);
                held -= modifiers;
            }
        }
        for (one, on) in [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::ITALIC, 3),
            (Modifier::UNDERLINED, 4),
            (Modifier::SLOW_BLINK, 5),
            (Modifier::RAPID_BLINK, 6),
            (Modifier::REVERSED, 7),
            (Modifier::HIDDEN, 8),
            (Modifier::CROSSED_OUT, 9),
        ] {
            if (modifier - held).contains(one) {
                self.codes(&[on]);
            }
        }
    }

    fn color(&mut self, color: Color, ground: u8) {
        match color {
            Color::Indexed(n) => self.codes(&[38 + ground, 5, n]),
            Color::Rgb(r, g, b) => self.codes(&[38 + ground, 2, r, g, b]),
            named => self.codes(&[sgr(named) + ground]),
        }
    }

    /// Writes codes, each closed: most of what a picture full of colours costs. Copying four bytes and leaving some of
    /// them out is quicker than copying as many as there are.
    fn codes(&mut self, codes: &[u8]) {
        for code in codes {
            let (digits, bytes) = DIGITS[usize::from(*code)];
            let end = self.frame.len() + usize::from(bytes);
            self.frame.extend_from_slice(&digits);
            self.frame.truncate(end);
        }
    }

    fn number(&mut self, n: u16) {
        if n >= 10 {
            self.number(n / 10);
        }
        self.frame.push(b'0' + (n % 10) as u8);
    }
}

impl Run {
    /// Takes in a cell that follows, where no other ink is needed for it.
    fn takes(&mut self, cell: &Cell, x: u16, columns: u16) -> bool {
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

    fn key(&self) -> impl Ord + use<> {
        (code(self.bg), self.pen.map(|(fg, modifier)| (code(fg), modifier.bits())), self.y, self.from)
    }
}

/// A number that is the same for equal colours only.
fn code(color: Color) -> u32 {
    match color {
        Color::Rgb(r, g, b) => u32::from_be_bytes([2, r, g, b]),
        Color::Indexed(n) => 1 << 24 | u32::from(n),
        named => u32::from(sgr(named)),
    }
}

/// The code that asks for a named colour as ink.
fn sgr(named: Color) -> u8 {
    let numbered = |n: u8| if n < 8 { 30 + n } else { 82 + n };
    NAMED.iter().position(|one| *one == named).map_or(39, |at| numbered(at as u8))
}

/// A picture as lines that are printed one below the other: in colours, or bare. Blanks at their ends are left out.
pub fn lines(buffer: &Buffer, coloured: bool) -> String {
    let mut pen = Screen { ink: Some(BARE), ..Screen::new(Manner::default()) };
    for row in buffer.content.chunks(usize::from(buffer.area.width).max(1)) {
        let is_seen = |cell: &Cell| cell.symbol() != " " || coloured && cell.bg != Color::Reset;
        let end = row.iter().rposition(is_seen).map_or(0, |last| last + 1);
        let mut x = 0;
        while x < end {
            let cell = &row[x];
            if coloured {
                pen.ink(cell.fg, cell.bg, cell.modifier);
            }
            pen.frame.extend_from_slice(cell.symbol().as_bytes());
            x += usize::from(wide(cell));
        }
        pen.ink(BARE.0, BARE.1, BARE.2);
        pen.frame.push(b'\n');
    }
    String::from_utf8(pen.frame).expect("symbols are text and colours are ASCII")
}

/// Whether a cell shows its ground alone.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANKS)
}

/// The ink and the modifiers a cell needs, if it needs any.
fn pen(cell: &Cell) -> Option<(Color, Modifier)> {
    (!is_blank(cell)).then_some((cell.fg, cell.modifier))
}

/// Whether nobody could tell one cell from the other.
fn looks_like(one: &Cell, other: &Cell) -> bool {
    one == other || one.bg == other.bg && is_blank(one) && is_blank(other)
}

/// The columns a cell's glyph covers; a cell is never less than one.
fn wide(cell: &Cell) -> u16 {
    match cell.symbol() {
        narrow if narrow.len() == 1 || is_drawn(narrow) => 1,
        glyph => glyph.cell_width().max(1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::*;
    use crate::tui::canvas::Canvas;

    const AREA: Rect = Rect { x: 0, y: 0, width: 20, height: 6 };

    fn bytes(screen: &mut Screen, cursor: Cursor, paint: impl FnOnce(&mut Canvas<'_>)) -> String {
        let mut buffer = Buffer::empty(AREA);
        paint(&mut Canvas::new(&mut buffer));
        String::from_utf8(screen.draw(&mut buffer, cursor)).unwrap()
    }

    fn cursor(x: u16, y: u16, shown: bool) -> Cursor {
        Cursor { at: Position { x, y }, shown }
    }

    /// A screen that shows nothing, its terminal cleared.
    fn blank(sync: bool, trusted_widths: bool) -> Screen {
        let mut screen = Screen::new(Manner { sync, trusted_widths, ..Manner::default() });
        bytes(&mut screen, Cursor::default(), |_| {});
        screen
    }

    #[test]
    fn a_frame_is_one_synchronized_run_and_the_same_frame_again_is_no_bytes() {
        let mut screen = Screen::new(Manner::default());
        let mut paint = || {
            bytes(&mut screen, cursor(4, 1, true), |canvas| {
                canvas.print(2, 1, "주문 ok", Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(7)));
                canvas.print(0, 3, "bold", Style::new().add_modifier(Modifier::BOLD));
            })
        };
        let first = "\x1b[?2026h\x1b[0m\x1b[2J\x1b[4;1H\x1b[1mbold\x1b[2;3H\x1b[22;38;2;1;2;3;48;5;7m주\
                     \x1b[5G문\x1b[7G ok\x1b[2;5H\x1b[?25h\x1b[?2026l";
        assert_eq!(paint(), first);
        assert_eq!(paint(), "");
    }

    #[test]
    fn a_picture_is_lines_whose_ends_are_not_blank() {
        let mut buffer = Buffer::empty(Rect { width: 8, height: 2, ..AREA });
        let red = Style::new().fg(Color::Red);
        Canvas::new(&mut buffer).print(1, 0, "주문 a", red);
        assert_eq!(lines(&buffer, false), " 주문 a\n\n");
        assert_eq!(lines(&buffer, true), " \x1b[31m주문 a\x1b[39m\n\n");
    }

    #[test]
    fn a_trusted_terminal_gets_no_moves_between_wide_glyphs() {
        let bytes = bytes(&mut blank(false, true), Cursor::default(), |canvas| {
            canvas.print(0, 0, "주문됨", Style::new());
        });
        assert_eq!(bytes, "주문됨\x1b[1;1H");
    }

    #[test]
    fn the_hidden_cursor_waits_where_it_is_put() {
        let mut screen = blank(false, false);
        assert_eq!(bytes(&mut screen, cursor(1, 1, true), |_| {}), "\x1b[2;2H\x1b[?25h");
        assert_eq!(bytes(&mut screen, cursor(3, 2, false), |_| {}), "\x1b[?25l\x1b[3;4H");
        assert_eq!(bytes(&mut screen, cursor(3, 2, false), |_| {}), "");
    }

    #[test]
    fn a_terminal_somebody_wrote_to_is_painted_anew() {
        let mut screen = blank(false, false);
        screen.forget();
        assert_eq!(bytes(&mut screen, Cursor::default(), |_| {}), "\x1b[0m\x1b[2J\x1b[1;1H");
    }

    const STYLES: usize = 24;

    /// One thing printed: where, what, in which of the styles.
    type Print = (i32, i32, &'static str, usize);

    /// Inks and grounds of every depth, and every modifier an emulator tells of.
    fn styles() -> Vec<Style> {
        let color = |nth: usize| match nth % 4 {
            0 => Color::Reset,
            1 => NAMED[nth * 7 % 16],
            2 => Color::Indexed((nth * 37 % 256) as u8),
            _ => Color::Rgb((nth * 11) as u8, (nth * 5) as u8, 30),
        };
        let modifiers = [
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::UNDERLINED.union(Modifier::ITALIC),
            Modifier::REVERSED.union(Modifier::DIM),
        ];
        let style = |nth: usize| {
            Style::new().fg(color(nth)).bg(color(nth / 3)).add_modifier(modifiers[nth % 5 % modifiers.len()])
        };
        (0..STYLES).map(style).collect()
    }

    fn prints() -> impl Strategy<Value = Vec<Print>> {
        let text = prop::sample::select(vec![
            "주문이 접수됨",
            "a한b글c",
            "plain",
            "─▎▐",
            "한",
            "결제 e\u{301} ok",
            "\u{1f44d} 됨",
        ]);
        prop::collection::vec((-6..22i32, -1..7i32, text, 0..STYLES), 0..14)
    }

    fn color(color: Color) -> vt100::Color {
        match color {
            Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
            Color::Indexed(n) => vt100::Color::Idx(n),
            named => NAMED
                .iter()
                .position(|one| *one == named)
                .map_or(vt100::Color::Default, |at| vt100::Color::Idx(at as u8)),
        }
    }

    fn assert_shows(screen: &vt100::Screen, buffer: &Buffer, ascii: bool) -> Result<(), TestCaseError> {
        for (at, cell) in buffer.content().iter().enumerate() {
            let (x, y) = buffer.pos_of(at);
            let seen = screen.cell(y, x).unwrap();
            if seen.is_wide_continuation() {
                // It has no style of its own: an emulator paints it with the glyph it belongs to.
                prop_assert_eq!(buffer[(x - 1, y)].cell_width(), 2, "a stray half at {},{}", x, y);
                continue;
            }
            let contents = if seen.has_contents() { seen.contents() } else { " " };
            let glyph = if ascii { plain(cell.symbol()) } else { cell.symbol() };
            prop_assert_eq!(contents, glyph, "at {},{}", x, y);
            prop_assert_eq!(seen.bgcolor(), color(cell.bg), "at {},{}", x, y);
            let is_blank = is_blank(cell);
            prop_assert!(is_blank || seen.fgcolor() == color(cell.fg), "at {},{}", x, y);
            let modifiers = [
                (seen.bold(), Modifier::BOLD),
                (seen.dim(), Modifier::DIM),
                (seen.italic(), Modifier::ITALIC),
                (seen.underline(), Modifier::UNDERLINED),
                (seen.inverse(), Modifier::REVERSED),
            ];
            for (seen, modifier) in modifiers {
                let is_same = seen == cell.modifier.contains(modifier);
                let is_seen = !is_blank || SEEN_ON_BLANKS.contains(modifier);
                prop_assert!(is_same || !is_seen, "{:?} at {},{}", modifier, x, y);
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn an_emulator_shows_exactly_what_the_buffer_holds(
            frames in prop::collection::vec(prints(), 1..6),
            sync: bool,
            trusted_widths: bool,
            ascii: bool,
        ) {
            let mut screen = Screen::new(Manner { sync, trusted_widths, ascii });
            let mut emulator = vt100::Parser::new(AREA.height.try_into().unwrap(), AREA.width.try_into().unwrap(), 0);
            for prints in frames {
                let mut next = Buffer::empty(AREA);
                for (x, y, text, style) in prints {
                    Canvas::new(&mut next).print(x, y, text, styles()[style]);
                }
                let wanted = next.clone();
                emulator.process(&screen.draw(&mut next, Cursor::default()));
                assert_shows(emulator.screen(), &wanted, ascii)?;
            }
        }
    }
}
