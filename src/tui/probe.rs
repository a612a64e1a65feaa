//! What a terminal says of itself when it is asked, before the first picture.
//!
//! All questions go out in one burst; the last is one that every terminal answers, so that its answer says that no other
//! will come. Whatever is typed meanwhile comes in between, and is handed on. A terminal that says nothing in time is
//! taken for a usual one; answers that come later are known for what they are and passed over.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use super::feed::{Answer, Feed, Heard, PROBED};
use super::input::Input;
use super::theme::Shade;

/// All answers come within this time, or are not waited for.
pub const BUDGET: Duration = Duration::from_millis(150);

/// Glyphs that some terminals draw wider than others, and the columns they should take.
pub const GLYPHS: [(&str, u16); 6] = [("─", 1), ("▎", 1), ("▸", 1), ("…", 1), ("⣿", 1), ("中", 2)];

/// The modes of synchronized updates.
const SYNC: u16 = 2026;

/// What a terminal said of itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers {
    /// The colour of its ground, as `0xRRGGBB`.
    pub ground: Option<u32>,
    /// Whether it knows synchronized updates.
    pub sync: Option<bool>,
    /// Whether it keeps colours of 24 bits.
    pub true_colour: Option<bool>,
    /// The columns that each of [`GLYPHS`] took, as far as it said.
    pub columns: Vec<u16>,
    /// Whether it said all that it had to say.
    pub is_whole: bool,
}

/// The questions. They leave the cursor at the start of an empty line.
pub fn questions() -> String {
    let (r, g, b) = PROBED;
    let columns: String = GLYPHS.iter().map(|(glyph, _)| format!("\r{glyph}\x1b[6n")).collect();
    // A terminal that does not know a question may print it: the line is wiped at the end.
    format!("\x1b[48;2;{r};{g};{b}m\x1bP$qm\x1b\\\x1b[m\x1b]11;?\x1b\\\x1b[?{SYNC}$p{columns}\r\x1b[K\x1b[c")
}

impl Answers {
    /// Waits for the answers to [`questions`]. `read` gives what comes within a time, and nothing when that is over;
    /// `elapsed` says how much time has gone by. What was typed meanwhile is given too.
    pub fn await_all(
        feed: &mut Feed,
        mut read: impl FnMut(Duration) -> io::Result<Option<Vec<u8>>>,
        elapsed: impl Fn() -> Duration,
    ) -> io::Result<(Answers, VecDeque<Input>)> {
        let (mut answers, mut typed) = (Answers::default(), VecDeque::new());
        feed.asking = true;
        while !answers.is_whole
            && let Some(left) = BUDGET.checked_sub(elapsed()).filter(|left| !left.is_zero())
            && let Some(bytes) = read(left)?.filter(|bytes| !bytes.is_empty())
        {
            for heard in feed.take(&bytes, Duration::ZERO) {
                match heard {
                    Heard::Answer(answer) => answers.hear(answer),
                    Heard::Input(input) => typed.push_back(input),
                }
            }
        }
        Ok((answers, typed))
    }

    fn hear(&mut self, answer: Answer) {
        match answer {
            Answer::Ground(rgb) => self.ground = Some(rgb),
            // 0 is a mode it does not know, 4 one it never switches on.
            Answer::Mode(SYNC, state) => self.sync = Some(![0, 4].contains(&state)),
            Answer::Mode(..) => {}
            Answer::Column(column) if self.columns.len() < GLYPHS.len() => {
                self.columns.push(column.saturating_sub(1));
            }
            Answer::Column(_) => {}
            Answer::TrueColour(is_kept) => self.true_colour = Some(is_kept),
            Answer::Device => self.is_whole = true,
        }
    }

    /// The glyphs it gives another width than they have.
    pub fn odd_glyphs(&self) -> impl Iterator<Item = &'static str> {
        let pairs = GLYPHS.iter().zip(&self.columns);
        pairs.filter(|((_, columns), taken)| columns != *taken).map(|((glyph, _), _)| *glyph)
    }

    /// Whether glyphs that may be narrow or wide are wide on it.
    pub fn is_wide(&self) -> bool {
        GLYPHS.iter().zip(&self.columns).any(|((_, columns), taken)| *columns == 1 && *taken > 1)
    }

    /// Whether its ground is dark or light.
    pub fn shade(&self) -> Option<Shade> {
        self.ground.map(Shade::of_ground)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &str = "\x1bP1$r0;48;2;1;2;3m\x1b\\\x1b]11;rgb:fafa/fafa/f7f7\x1b\\\x1b[?2026;2$y\
                       \x1b[1;3R\x1b[1;2R\x1b[1;2R\x1b[1;2R\x1b[1;2R\x1b[1;3R\x1b[?62;4c";

    /// What is made of bytes that come in portions of this size, one each ten milliseconds; what was typed, and what is
    /// heard later.
    fn ask(bytes: &[u8], portion: usize) -> (Answers, String, Vec<Heard>) {
        let mut portions = bytes.chunks(portion);
        let (mut feed, rounds) = (Feed::default(), std::cell::Cell::new(0));
        let read = |_| {
            rounds.set(rounds.get() + 1);
            Ok(portions.next().map(<[u8]>::to_vec))
        };
        let elapsed = || Duration::from_millis(10) * rounds.get();
        let (answers, typed) = Answers::await_all(&mut feed, read, elapsed).unwrap();
        let letter = |input: &Input| match input {
            Input::Key(key) => key.text(),
            _ => None,
        };
        let late = portions.flat_map(|bytes| feed.take(bytes, Duration::ZERO)).collect();
        (answers, typed.iter().filter_map(letter).collect(), late)
    }

    fn whole() -> Answers {
        Answers {
            ground: Some(0xFAFAF7),
            sync: Some(true),
            true_colour: Some(true),
            columns: vec![2, 1, 1, 1, 1, 2],
            is_whole: true,
        }
    }

    #[test]
    fn answers_are_understood_in_any_portions_with_keys_typed_in_between() {
        for portion in 16..=ALL.len() {
            assert_eq!(ask(ALL.as_bytes(), portion), (whole(), String::new(), Vec::new()));
        }
        let typed = ALL.replace("\x1b[1;2R", "ㅓx\x1b[1;2R");
        let (answers, typed, _) = ask(typed.as_bytes(), 16);
        assert_eq!((answers, typed.as_str()), (whole(), "ㅓxㅓxㅓxㅓx"));
        assert!(whole().is_wide());
        assert_eq!(whole().shade(), Some(Shade::Light));
        assert_eq!(whole().odd_glyphs().collect::<String>(), "─");
    }

    #[test]
    fn a_terminal_that_says_little_or_nothing_is_a_usual_one() {
        assert_eq!(ask(b"", 1), (Answers::default(), String::new(), Vec::new()));
        let (answers, typed, _) = ask(b"abc\x1b[?6c", 64);
        assert_eq!((answers, &*typed), (Answers { is_whole: true, ..Answers::default() }, "abc"));
        let garbled = b"\x1b]11;rgb:zz/00\x07\x1b[?2026;9999999$y\x1b[;;R\x1bP0$r\x1b\\\x1b[?c";
        let (answers, typed, _) = ask(garbled, 64);
        assert_eq!((answers, &*typed), (Answers { is_whole: true, ..Answers::default() }, ""));
    }

    #[test]
    fn what_comes_too_late_is_no_key() {
        // Fifteen portions of one byte come in time; then there is only waiting.
        let (answers, _, late) = ask(ALL.as_bytes(), 1);
        assert!(!answers.is_whole);
        assert!(late.len() > 5 && late.iter().all(|heard| matches!(heard, Heard::Answer(_))), "{late:?}");
    }
}
