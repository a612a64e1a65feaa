//! Bytes in portions, cut into what means something by itself.

use super::key::{Numbers, byte_key, csi_key, direction, with_alt};
use crate::tui::input::{Code, Key};

/// No sequence a terminal sends is longer than this, answers included.
pub(super) const SEQUENCE_BYTES_MAX: usize = 1024;
pub(super) const ESC: u8 = 0x1b;

/// What the bytes begin with.
pub(super) enum Token<'a> {
    /// Something that may go on.
    Cut,
    /// So many bytes that mean nothing.
    Nothing(usize),
    /// So many bytes that are a key.
    Key(usize, Key),
    /// A control sequence: its parameters, with the last byte apart.
    Csi(usize, &'a [u8], u8),
    /// A string of the terminal: what introduces it, and the string.
    Text(usize, u8, &'a [u8]),
    /// A mouse report of the oldest form: button, column and row, each 32 too high.
    OldMouse(usize, [u8; 3]),
}

/// What the bytes, of which there is one at least, begin with.
pub(super) fn token(bytes: &[u8]) -> Token<'_> {
    match bytes {
        [ESC] | [ESC, ESC] => Token::Cut,
        // Alt as an Escape before a sequence of its own.
        [ESC, ESC, b'[' | b'O', ..] => match token(&bytes[1..]) {
            Token::Csi(used, parameters, last) => {
                match Numbers::of(parameters).and_then(|it| csi_key(&it, last)) {
                    Some(key) => Token::Key(used + 1, with_alt(key)),
                    None => Token::Nothing(used + 1),
                }
            }
            Token::Key(used, key) => Token::Key(used + 1, with_alt(key)),
            Token::Cut => Token::Cut,
            _ => Token::Key(1, Key::plain(Code::Esc)),
        },
        [ESC, ESC, ..] => Token::Key(1, Key::plain(Code::Esc)),
        [ESC, b'[', rest @ ..] => csi(rest),
        [ESC, b'O', rest @ ..] => ss3(rest),
        [ESC, what @ (b']' | b'P' | b'_' | b'^' | b'X'), rest @ ..] => text(*what, rest),
        [ESC, rest @ ..] => match letter(rest) {
            Token::Key(used, key) => Token::Key(used + 1, with_alt(key)),
            Token::Nothing(used) => Token::Nothing(used + 1),
            cut => cut,
        },
        bytes => letter(bytes),
    }
}

/// One character; bytes that are none mean nothing.
fn letter(bytes: &[u8]) -> Token<'_> {
    let first = bytes[0];
    if first < 0x80 {
        return Token::Key(1, byte_key(first));
    }
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Token::Nothing(1),
    };
    let there = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(there) {
        Ok(text) => text.chars().next().map_or(Token::Nothing(1), |c| Token::Key(length, Key::typed(c))),
        Err(error) if error.error_len().is_none() => Token::Cut,
        Err(_) => Token::Nothing(1),
    }
}

/// What follows `ESC [`.
fn csi(rest: &[u8]) -> Token<'_> {
    match rest {
        // Function keys of the Linux console.
        [b'[', tail @ ..] => {
            return match tail.first() {
                None => Token::Cut,
                Some(last @ b'A'..=b'E') => Token::Key(4, Key::plain(Code::F(last - b'A' + 1))),
                Some(_) => Token::Nothing(3),
            };
        }
        [b'M', tail @ ..] => {
            return match tail {
                [button, x, y, ..] => Token::OldMouse(6, [*button, *x, *y]),
                _ => Token::Cut,
            };
        }
        _ => {}
    }
    // Some terminals report numbers of the mouse that are none, in letters.
    let is_mouse = rest.first() == Some(&b'<');
    let is_last = |byte: &u8| match byte {
        b'M' | b'm' => true,
        b'a'..=b'z' | b'A'..=b'Z' => !is_mouse,
        0x20..=0x3f => false,
        _ => true,
    };
    match rest.iter().position(is_last) {
        None if rest.len() > SEQUENCE_BYTES_MAX => Token::Nothing(rest.len() + 2),
        None => Token::Cut,
        // Cut by something that begins anew.
        Some(at) if !(0x40..0x7f).contains(&rest[at]) => Token::Nothing(at + 2),
        Some(at) => Token::Csi(at + 3, &rest[..at], rest[at]),
    }
}

/// What follows `ESC O`: keys of terminals that are set for applications.
fn ss3(rest: &[u8]) -> Token<'_> {
    let Some(last) = rest.first() else { return Token::Cut };
    let code = match last {
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        b'M' => Code::Enter,
        // The digits and signs beside them.
        b'j'..=b'y' => Code::Char(char::from(last - 0x40)),
        b'X' => Code::Char('='),
        b'I' => Code::Tab,
        b' ' => Code::Char(' '),
        0x21..0x7f => match direction(*last) {
            Some(code) => code,
            None => return Token::Nothing(3),
        },
        _ => return Token::Key(2, with_alt(Key::typed('O'))),
    };
    Token::Key(3, Key::plain(code))
}

/// A string of the terminal, up to its end: `BEL`, or an Escape and what follows it.
fn text(what: u8, rest: &[u8]) -> Token<'_> {
    match rest.iter().position(|byte| [0x07, ESC].contains(byte)) {
        None if rest.len() > SEQUENCE_BYTES_MAX => Token::Nothing(rest.len() + 2),
        None => Token::Cut,
        Some(at) if rest[at] == 0x07 => Token::Text(at + 3, what, &rest[..at]),
        Some(at) => match rest.get(at + 1) {
            None => Token::Cut,
            Some(b'\\') => Token::Text(at + 4, what, &rest[..at]),
            Some(_) => Token::Nothing(at + 2),
        },
    }
}
