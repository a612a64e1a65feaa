//! What a terminal is told: where to write next, in which colours.
//!
//! A [`Quill`] knows where the terminal's cursor is and what it writes with, as far as we know, and tells only what has
//! to change, in the fewest bytes.

use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use crate::tui::theme::NAMED;

/// Colours and modifiers: the ink, the ground and how.
pub(super) type Ink = (Color, Color, Modifier);

/// What a terminal writes with that was told nothing.
pub(super) const BARE: Ink = (Color::Reset, Color::Reset, Modifier::empty());

/// Bytes on their way to a terminal.
#[derive(Debug, Default)]
pub(super) struct Quill {
    pub(super) bytes: Vec<u8>,
    /// Where the terminal puts the next glyph.
    pub(super) at: Option<Place>,
    /// What it writes with.
    pub(super) ink: Option<Ink>,
}

/// Where a terminal puts the next glyph.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// On this cell.
    At(Position),
    /// Somewhere in this row.
    Row(u16),
}

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

impl Quill {
    /// Has the next glyph stand on this cell: by steps from here where they are fewer bytes than saying which it is.
    pub(super) fn go(&mut self, to: Position) {
        let (row, column) = match self.at {
            Some(Place::At(at)) => (Some(at.y), Some(at.x)),
            Some(Place::Row(row)) => (Some(row), None),
            None => (None, None),
        };
        let (x, y) = (to.x.saturating_add(1), to.y.saturating_add(1));
        let down = row.map(|row| i32::from(to.y) - i32::from(row));
        let across = column.map(|column| i32::from(to.x) - i32::from(column));
        let named = if down == Some(0) { 3 + digits(x) } else { 4 + digits(x) + digits(y) };
        // The start of the row is one byte away from anywhere in it.
        let sideways = across.map(sideways_bytes).into_iter().chain((to.x == 0).then_some(1)).min();
        let steps = down.zip(sideways).map(|(down, sideways)| down_bytes(down) + sideways);
        if steps.is_some_and(|steps| steps < named) {
            down.into_iter().for_each(|down| self.step(down, b'B', b'A'));
            match across {
                Some(across) if to.x > 0 || sideways_bytes(across) <= 1 => self.sidestep(across),
                _ => self.bytes.push(b'\r'),
            }
        } else {
            self.bytes.extend_from_slice(b"\x1b[");
            if down != Some(0) {
                self.number(y);
                self.bytes.push(b';');
            }
            self.number(x);
            self.bytes.push(if down == Some(0) { b'G' } else { b'H' });
        }
        self.at = Some(Place::At(to));
    }

    fn sidestep(&mut self, across: i32) {
        if (-3..0).contains(&across) {
            (across..0).for_each(|_| self.bytes.push(b'\x08'));
        } else {
            self.step(across, b'C', b'D');
        }
    }

    fn step(&mut self, by: i32, onward: u8, back: u8) {
        if by != 0 {
            self.bytes.extend_from_slice(b"\x1b[");
            if by.abs() > 1 {
                self.number(by.unsigned_abs() as u16);
            }
            self.bytes.push(if by > 0 { onward } else { back });
        }
    }

    /// About how many bytes another ink costs.
    pub(super) fn price(&self, (fg, bg, modifier): Ink) -> usize {
        let Some((old_fg, old_bg, old)) = self.ink else { return 0 };
        let color = |color: Color, old: Color| match color {
            same if same == old => 0,
            Color::Rgb(..) => 17,
            Color::Indexed(_) => 9,
            _ => 3,
        };
        color(fg, old_fg) + color(bg, old_bg) + if modifier == old { 0 } else { 3 }
    }

    /// Has the terminal write with this from now on.
    pub(super) fn ink(&mut self, (fg, bg, modifier): Ink) {
        if self.ink == Some((fg, bg, modifier)) {
            return;
        }
        self.bytes.extend_from_slice(b"\x1b[");
        let (old_fg, old_bg, old) = self.ink.unwrap_or_else(|| {
            self.bytes.extend_from_slice(b"0;");
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
        self.bytes.pop();
        self.bytes.push(b'm');
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
            let end = self.bytes.len() + usize::from(bytes);
            self.bytes.extend_from_slice(&digits);
            self.bytes.truncate(end);
        }
    }

    fn number(&mut self, n: u16) {
        if n >= 10 {
            self.number(n / 10);
        }
        self.bytes.push(b'0' + (n % 10) as u8);
    }
}

/// The bytes of so many steps down, or up.
fn down_bytes(by: i32) -> u32 {
    match by.unsigned_abs() as u16 {
        0 => 0,
        1 => 3,
        many => 3 + digits(many),
    }
}

/// The bytes of so many steps to the right, or to the left, where a backspace is one.
fn sideways_bytes(by: i32) -> u32 {
    if (-3..0).contains(&by) { by.unsigned_abs() } else { down_bytes(by) }
}

fn digits(n: u16) -> u32 {
    n.checked_ilog10().unwrap_or(0) + 1
}

/// The code that asks for a named colour as ink.
pub(super) fn sgr(named: Color) -> u8 {
    let numbered = |n: u8| if n < 8 { 30 + n } else { 82 + n };
    NAMED.iter().position(|one| *one == named).map_or(39, |at| numbered(at as u8))
}
