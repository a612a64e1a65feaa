//! What a terminal sends, as it comes: bytes in any portions go in, [`Heard`] comes out.
//!
//! Keys, mouse reports, pastes and the terminal's answers share one stream, cut anywhere. A sequence nobody knows is
//! swallowed whole, so that no part of it is taken for keys. What is not complete waits; [`Feed::patience`] says for how
//! long, and then [`Feed::give_up`] takes it for what it is: an Escape that was only that, or the rest of something cut.

mod answer;
mod key;
mod token;

use std::time::Duration;

use unicode_normalization::UnicodeNormalization;

use super::input::{Button, Clicks, Code, Input, Key, Mods, Mouse, MouseDeed, PASTE_CHARS_MAX};
use super::state::Reply;
use crate::words::Said;

use answer::answer_in;
use key::{Numbers, byte_key, csi_key, with_alt};
use token::{ESC, Token, token};

pub use answer::{Answer, PROBED};

/// One thing a terminal sent.
#[derive(Clone, PartialEq, Debug)]
pub enum Heard {
    /// What a person did.
    Input(Input),
    /// What the terminal says of itself.
    Answer(Answer),
}

/// An Escape that nothing follows for so long is a key: terminals send sequences in one go.
const ESCAPE: Duration = Duration::from_millis(40);
/// A sequence or a letter that is cut is waited for so long; lines are slow at times.
const CUT: Duration = Duration::from_millis(500);
/// A paste whose end is lost is over after so long a silence.
const PASTE: Duration = Duration::from_secs(2);
/// The bytes that [`PASTE_CHARS_MAX`] characters may take.
const PASTE_BYTES_MAX: usize = 4 * PASTE_CHARS_MAX;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Takes in what a terminal sends.
#[derive(Debug, Default)]
pub struct Feed {
    pending: Vec<u8>,
    /// What of a paste has come, and whether some of it was left out.
    paste: Option<(Vec<u8>, bool)>,
    clicks: Clicks,
    /// Whether answers are awaited: one that tells where the cursor is looks like a key of old terminals.
    pub asking: bool,
    heard: Vec<Heard>,
}

impl Feed {
    /// Takes bytes in; `now` counts from any fixed moment.
    pub fn take(&mut self, bytes: &[u8], now: Duration) -> Vec<Heard> {
        self.pending.extend_from_slice(bytes);
        self.read(now, false)
    }

    /// How long to wait for more, where something is not complete.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.pending.as_slice()) {
            (Some(_), _) => Some(PASTE),
            (None, []) => None,
            (None, [ESC] | [ESC, _]) => Some(ESCAPE),
            (None, _) => Some(CUT),
        }
    }

    /// Nothing more came: what waits is taken for what it is.
    pub fn give_up(&mut self, now: Duration) -> Vec<Heard> {
        if self.paste.is_some() {
            self.pending.extend_from_slice(PASTE_END);
        }
        self.read(now, true)
    }

    fn read(&mut self, now: Duration, is_all: bool) -> Vec<Heard> {
        let pending = std::mem::take(&mut self.pending);
        let mut rest = pending.as_slice();
        while !rest.is_empty() {
            let Some(used) = self.step(rest, now, is_all) else { break };
            rest = &rest[used..];
        }
        self.pending = rest.to_vec();
        std::mem::take(&mut self.heard)
    }

    /// Reads one thing from the front; how many bytes it was, or nothing where more is needed.
    fn step(&mut self, bytes: &[u8], now: Duration, is_all: bool) -> Option<usize> {
        if self.paste.is_some() {
            return self.step_paste(bytes);
        }
        let used = match token(bytes) {
            Token::Cut if !is_all => return None,
            Token::Cut => return Some(self.take_cut(bytes)),
            Token::Nothing(used) => used,
            Token::Key(used, key) => {
                self.hear(Input::Key(key));
                used
            }
            Token::Csi(used, parameters, last) => {
                self.take_csi(parameters, last, now);
                used
            }
            Token::Text(used, what, text) => {
                self.heard.extend(answer_in(what, text).map(Heard::Answer));
                used
            }
            Token::OldMouse(used, report) => {
                let [button, x, y] = report.map(|byte| u16::from(byte).saturating_sub(32));
                self.take_mouse(button, (x, y), button & 3 == 3 && button < 32, now);
                used
            }
        };
        Some(used)
    }

    /// What was cut and never went on: an Escape, one with a key, or the rest of something.
    fn take_cut(&mut self, bytes: &[u8]) -> usize {
        let esc = Key::plain(Code::Esc);
        match *bytes {
            [ESC] => self.hear(Input::Key(esc)),
            [ESC, ESC] => [esc, esc].into_iter().for_each(|key| self.hear(Input::Key(key))),
            [ESC, byte] => self.hear(Input::Key(with_alt(byte_key(byte)))),
            _ => {}
        }
        bytes.len()
    }

    fn hear(&mut self, input: Input) {
        self.heard.push(Heard::Input(input));
    }

    /// Within a paste everything is text, Escapes too.
    fn step_paste(&mut self, bytes: &[u8]) -> Option<usize> {
        let (text, is_whole) = paste_end(bytes);
        let (paste, is_short) = self.paste.as_mut()?;
        let room = PASTE_BYTES_MAX.saturating_sub(paste.len());
        paste.extend_from_slice(&bytes[..text.min(room)]);
        *is_short |= text > room;
        if !is_whole {
            return (text > 0).then_some(text);
        }
        let (paste, mut is_short) = self.paste.take()?;
        let text_of = String::from_utf8_lossy(&paste);
        let mut chars = text_of.chars();
        let kept: String = chars.by_ref().take(PASTE_CHARS_MAX).nfc().collect();
        is_short |= chars.next().is_some();
        self.hear(Input::Paste(kept));
        if is_short {
            self.hear(Input::Reply(Reply::Said(Said::new("tell-paste-long"))));
        }
        Some(text + PASTE_END.len())
    }

    fn take_csi(&mut self, parameters: &[u8], last: u8, now: Duration) {
        let sign = parameters.first().copied().filter(|byte| b"<=>?".contains(byte));
        let numbers = Numbers::of(&parameters[usize::from(sign.is_some())..]);
        let Some(numbers) = numbers else { return };
        match (sign, last) {
            (Some(b'<'), b'M' | b'm') => {
                let [button, x, y] = [0, 1, 2].map(|nth| numbers.get(nth));
                if let (Some(button), Some(x), Some(y)) = (button, x, y) {
                    self.take_mouse(button, (x, y), last == b'm', now);
                }
            }
            (Some(b'?'), b'c') => {
                self.asking = false;
                self.heard.push(Heard::Answer(Answer::Device));
            }
            (Some(b'?'), b'y') => {
                if let (Some(mode), Some(state)) = (numbers.get(0), numbers.get(1)) {
                    self.heard.push(Heard::Answer(Answer::Mode(mode, state)));
                }
            }
            (None, b'R') if self.asking && numbers.get(1).is_some() => {
                self.heard.extend(numbers.get(1).map(Answer::Column).map(Heard::Answer));
            }
            (None, b'~') if numbers.get(0) == Some(200) => self.paste = Some((Vec::new(), false)),
            (None, b'I' | b'O') => self.hear(Input::Focus(last == b'I')),
            (None, _) => {
                if let Some(key) = csi_key(&numbers, last) {
                    self.hear(Input::Key(key));
                }
            }
            _ => {}
        }
    }

    fn take_mouse(&mut self, button: u16, (x, y): (u16, u16), is_release: bool, now: Duration) {
        let (x, y) = (x.saturating_sub(1), y.saturating_sub(1));
        let which = [Button::Left, Button::Middle, Button::Right].get(usize::from(button & 3)).copied();
        let deed = match (button & !0b1_1100, which) {
            (64, _) => MouseDeed::WheelUp,
            (65, _) => MouseDeed::WheelDown,
            (..=3, which) if is_release => MouseDeed::Release(which.unwrap_or(Button::Left)),
            (0, _) => self.clicks.press(x, y, now),
            (..=3, Some(which)) => MouseDeed::Press(which),
            (32..=35, Some(which)) => MouseDeed::Drag(which),
            _ => return,
        };
        let mods = Mods { shift: button & 4 != 0, alt: button & 8 != 0, ctrl: button & 16 != 0 };
        self.hear(Input::Mouse(Mouse { deed, x, y, mods }));
    }
}

/// How many bytes of a paste these are, and whether its end follows. The beginning of an end may be all that has come.
fn paste_end(bytes: &[u8]) -> (usize, bool) {
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == ESC) {
        at += next;
        let rest = &bytes[at..];
        if rest.starts_with(PASTE_END) || PASTE_END.starts_with(rest) {
            return (at, rest.len() >= PASTE_END.len());
        }
        at += 1;
    }
    (bytes.len(), false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Duration = Duration::ZERO;

    /// What was heard, in short: keys by name, the rest as it prints.
    fn told(heard: &[Heard]) -> String {
        let one = |heard: &Heard| match heard {
            Heard::Input(Input::Key(key)) => name(*key),
            Heard::Input(Input::Mouse(Mouse { deed, x, y, .. })) => format!("{deed:?}@{x},{y}"),
            Heard::Input(Input::Paste(text)) => format!("paste({text})"),
            Heard::Input(Input::Focus(is_in)) => format!("focus({is_in})"),
            Heard::Input(Input::Reply(Reply::Said(said))) => said.key.0.to_owned(),
            Heard::Input(other) => format!("{other:?}"),
            Heard::Answer(answer) => format!("{answer:?}"),
        };
        heard.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    fn name(Key { code, mods }: Key) -> String {
        let held = [(mods.ctrl, "Ctrl-"), (mods.alt, "Alt-"), (mods.shift, "Shift-")];
        let held: String = held.iter().filter(|(is_held, _)| *is_held).map(|(_, name)| *name).collect();
        held + &match code {
            Code::Char(' ') => "Space".to_owned(),
            Code::Char(c) => c.to_string(),
            Code::F(n) => format!("F{n}"),
            code => format!("{code:?}"),
        }
    }

    /// All of it, with the bytes in portions of this size, and nothing after them.
    fn read(bytes: &[u8], portion: usize, asking: bool) -> String {
        let mut feed = Feed { asking, ..Feed::default() };
        let mut heard: Vec<Heard> = bytes.chunks(portion).flat_map(|bytes| feed.take(bytes, NOW)).collect();
        while feed.patience().is_some() {
            heard.extend(feed.give_up(NOW));
        }
        told(&heard)
    }

    #[test]
    fn what_terminals_send_is_understood_wherever_it_is_cut() {
        let check = |bytes: &str, expected: &str| {
            for portion in 1..=bytes.len().max(1) {
                assert_eq!(read(bytes.as_bytes(), portion, false), expected, "{bytes:?} by {portion}");
            }
        };
        check("aㅓ주\r\t\x7f\x08", "a ㅓ 주 Enter Tab Backspace Backspace");
        check("\x12\x00\n", "Ctrl-r Ctrl-Space Ctrl-j");
        check(
            "\x1b[A\x1b[1;5C\x1bOP\x1b[15~\x1b[24~\x1b[Z\x1b[3~",
            "Up Ctrl-Right F1 F5 F12 Shift-Tab Delete",
        );
        check("\x1b[1;2R\x1b[[B\x1bOj\x1bOM", "Shift-F3 F2 * Enter");
        check("\x1ba\x1b\r\x1b주\x1b\x1b[A\x1b\x1bOA", "Alt-a Alt-Enter Alt-주 Alt-Up Alt-Up");
        check("\x1b", "Esc");
        check("\x1b\x1b", "Esc Esc");
        check("\x1b[", "Alt-[");
        check("\x1bO", "Alt-O");
        check(
            "\x1b[97;5u\x1b[27u\x1b[13;2u\x1b[97:65;4u\x1b[57400u\x1b[57358u",
            "Ctrl-a Esc Shift-Enter Alt-A 1",
        );
        check("\x1b[97;1:3ux\x1b[27;5;105~", "x Ctrl-i");
        check("\x1b[<0;5;3M\x1b[<32;6;3M\x1b[<0;6;3m", "Press(Left)@4,2 Drag(Left)@5,2 Release(Left)@5,2");
        check("\x1b[<64;1;1M\x1b[<65;NaN;NaNMx\x1b[<1;99999999;1My", "WheelUp@0,0 x y");
        check("\x1b[M !!x", "Press(Left)@0,0 x");
        check("\x1b[I\x1b[O", "focus(true) focus(false)");
        check("\x1b[200~a\x1b[A\nb\x1b[201~c", "paste(a\u{1b}[A\nb) c");
        check("\x1b[200~without an end", "paste(without an end)");
        let long = "가".repeat(1_500);
        assert_eq!(
            read(format!("\x1b[A\x1b[200~{long}\x1b[201~").as_bytes(), 9_000, false),
            format!("Up paste({long})")
        );
        check("\x1b[201~x", "x");
        check("\x1b]11;rgb:ffff/8080/0000\x1b\\x\x1b]11;#102030\x07", "Ground(16744448) x Ground(1056816)");
        check("\x1b[?2026;2$y\x1b[?62;4c", "Mode(2026, 2) Device");
        check("\x1bP1$r0;48:2::1:2:3m\x1b\\\x1bP1$r48;5;16m\x1b\\", "TrueColour(true) TrueColour(false)");
        // What nobody knows is swallowed whole.
        check("\x1b[?1;2;3;4;5;6zx\x1b_Gi=1;OK\x1b\\y\x1b[99~z\x1b[12;34Rw", "x y z w");
        // Cut by something that begins anew.
        check("\x1b[1;5\x1b[Ax", "Up x");
        check("\x1b]11;rgb:ff\x1b[Ax", "Up x");
    }

    #[test]
    fn bytes_that_are_no_text_are_no_keys() {
        for portion in 1..8 {
            assert_eq!(read(b"a\xffb\xe3\x85c\xc0\xafd\xed\xa0\x80e\xe3", portion, false), "a b c d e");
        }
    }

    #[test]
    fn the_place_of_the_cursor_is_an_answer_only_while_it_is_asked_for() {
        assert_eq!(read(b"a\x1b[1;2Rb", 1, true), "a Column(2) b");
        assert_eq!(read(b"a\x1b[1;2Rb", 1, false), "a Shift-F3 b");
    }

    #[test]
    fn a_paste_that_is_too_long_is_cut_and_that_is_told() {
        let mut feed = Feed::default();
        let mut heard = feed.take(b"\x1b[200~", NOW);
        for _ in 0..2500 {
            heard.extend(feed.take(&[b'x'; 4096], NOW));
            assert!(feed.pending.len() <= 4096 && heard.is_empty());
        }
        heard.extend(feed.take(b"\x1b[201~q", NOW));
        let [Heard::Input(Input::Paste(text)), rest @ ..] = &heard[..] else { panic!("{heard:?}") };
        assert_eq!(text.chars().count(), PASTE_CHARS_MAX);
        assert_eq!(told(rest), "tell-paste-long q");
    }

    #[test]
    fn two_quick_presses_on_one_cell_are_a_double_click() {
        let mut feed = Feed::default();
        let mut press = |ms| told(&feed.take(b"\x1b[<0;4;2M", Duration::from_millis(ms)));
        assert_eq!(
            [press(0), press(300), press(310)],
            ["Press(Left)@3,1", "DoublePress@3,1", "Press(Left)@3,1"]
        );
    }

    proptest! {
        #[test]
        fn nothing_a_terminal_sends_is_stuck_or_read_differently_in_portions(
            pieces in prop::collection::vec(prop_oneof![
                prop::sample::select(vec![&b"\x1b"[..], b"[", b"\x1b[", b"<", b";", b"1", b"M", b"~", b"u", b"\x1b]11;",
                    b"\x07", b"\\", b"200", b"P", b"O", b"\xe3\x85\x93", b"q"]).prop_map(<[u8]>::to_vec),
                prop::collection::vec(any::<u8>(), 0..4),
            ], 0..24),
            portion in 1..9usize,
        ) {
            let bytes = pieces.concat();
            prop_assert_eq!(read(&bytes, portion, false), read(&bytes, usize::MAX, false));
        }
    }
}
