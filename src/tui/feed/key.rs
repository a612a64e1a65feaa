//! Which key a byte or a sequence stands for.

use super::token::ESC;
use crate::tui::input::{Code, Key, Mods};

/// The key that one byte of ASCII stands for.
pub(super) fn byte_key(byte: u8) -> Key {
    match byte {
        b'\r' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        ESC => Key::plain(Code::Esc),
        0..0x20 => {
            let c = char::from(byte | 0x40).to_ascii_lowercase();
            let c = if c == '@' { ' ' } else { c };
            Key { code: Code::Char(c), mods: Mods { ctrl: true, ..Mods::default() } }
        }
        byte => Key::typed(byte.into()),
    }
}

pub(super) fn with_alt(key: Key) -> Key {
    Key { mods: Mods { alt: true, ..key.mods }, ..key }
}

/// The numbers of a control sequence, and what stands behind a colon in them.
pub(super) struct Numbers([[Option<u16>; 3]; 4]);

impl Numbers {
    /// Nothing where something in it is no number.
    pub(super) fn of(parameters: &[u8]) -> Option<Numbers> {
        let text = std::str::from_utf8(parameters).ok()?.trim_end_matches(['$', ' ']);
        let mut numbers = [[None; 3]; 4];
        for (nth, parameter) in text.split(';').enumerate() {
            for (part, number) in parameter.split(':').enumerate() {
                let number = if number.is_empty() { None } else { Some(number.parse().ok()?) };
                if let Some(place) = numbers.get_mut(nth).and_then(|parts| parts.get_mut(part)) {
                    *place = number;
                }
            }
        }
        Some(Numbers(numbers))
    }

    pub(super) fn get(&self, nth: usize) -> Option<u16> {
        self.0[nth][0]
    }
}

pub(super) fn direction(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        _ => return None,
    })
}

/// The key of a control sequence; nothing where it is let go, or is none we know.
pub(super) fn csi_key(numbers: &Numbers, last: u8) -> Option<Key> {
    /// What a terminal of the kitty protocol says of a key that came up again.
    const RELEASE: u16 = 3;
    if numbers.0[1][1] == Some(RELEASE) {
        return None;
    }
    let mut mods = mods(numbers.get(1));
    let code = match last {
        // A report that nobody asked for.
        b'R' if numbers.get(0).is_some_and(|row| row != 1) => return None,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        b'Z' => {
            mods.shift = true;
            Code::Tab
        }
        b'u' => return coded_key(numbers.get(0)?, numbers.0[0][1], mods),
        b'~' if numbers.get(0) == Some(27) => return coded_key(numbers.get(2)?, None, mods),
        b'~' => match numbers.get(0)? {
            1 | 7 => Code::Home,
            3 => Code::Delete,
            4 | 8 => Code::End,
            5 => Code::PageUp,
            6 => Code::PageDown,
            n @ 11..=15 => Code::F((n - 10) as u8),
            n @ 17..=21 => Code::F((n - 11) as u8),
            n @ 23..=24 => Code::F((n - 12) as u8),
            _ => return None,
        },
        last => direction(last)?,
    };
    Some(Key { code, mods })
}

fn mods(coded: Option<u16>) -> Mods {
    let bits = coded.unwrap_or(1).saturating_sub(1);
    Mods { shift: bits & 1 != 0, alt: bits & 2 != 0, ctrl: bits & 4 != 0 }
}

/// A key told by the number of its character, as the kitty protocol and its elder do.
fn coded_key(number: u16, shifted: Option<u16>, mods: Mods) -> Option<Key> {
    /// The keypad, whose keys have numbers of their own; `0` to `9` and the signs first.
    const KEYPAD: u16 = 57_399;
    const DIGITS: &[u8] = b"0123456789./*-+";
    let code = match number {
        9 => Code::Tab,
        13 | 57_414 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        57_417 => Code::Left,
        57_418 => Code::Right,
        57_419 => Code::Up,
        57_420 => Code::Down,
        57_421 => Code::PageUp,
        57_422 => Code::PageDown,
        57_423 => Code::Home,
        57_424 => Code::End,
        57_426 => Code::Delete,
        n @ 57_364..=57_375 => Code::F((n - 57_363) as u8),
        n @ KEYPAD..57_414 => Code::Char(char::from(DIGITS[usize::from(n - KEYPAD)])),
        // Other keys of that protocol have numbers for private use.
        0xe000..=0xf8ff => return None,
        n => {
            let c = char::from_u32(n.into()).filter(|c| !c.is_control())?;
            let shifted = shifted.and_then(|n| char::from_u32(n.into()));
            let c = match mods {
                Mods { ctrl: true, .. } => c.to_ascii_lowercase(),
                Mods { shift: true, .. } => shifted.unwrap_or_else(|| c.to_uppercase().next().unwrap_or(c)),
                _ => c,
            };
            return Some(Key { code: Code::Char(c), mods: Mods { shift: false, ..mods } });
        }
    };
    Some(Key { code, mods })
}
