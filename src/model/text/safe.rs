use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

/// The one door for other people's text on its way to a screen, a title, a log, a file name or an export.
///
/// It holds no control character but line feed, nothing that turns the direction of writing, nothing invisible, and at
/// most [`MARKS_MAX`] combining marks on a letter. What was taken out shows as U+FFFD. The raw text stays in the log,
/// so that all replicas are equal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SafeText<'a>(Cow<'a, str>);

/// Combining marks a letter may carry: more than any living language needs.
pub const MARKS_MAX: usize = 4;

/// What stands for a character that was taken out.
const TAKEN_OUT: char = '\u{fffd}';

impl<'a> SafeText<'a> {
    /// Text that may run over several lines, such as a wording.
    pub fn new(text: &'a str) -> SafeText<'a> {
        if is_safe(text) { SafeText(Cow::Borrowed(text)) } else { SafeText(Cow::Owned(cleaned(text))) }
    }

    /// Text for a single line, such as a title: line feeds become spaces.
    pub fn line(text: &'a str) -> SafeText<'a> {
        match SafeText::new(text) {
            SafeText(text) if text.contains('\n') => SafeText(Cow::Owned(text.replace('\n', " "))),
            safe => safe,
        }
    }

    /// The text as an owned string.
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl Deref for SafeText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What a character is to the one who reads it.
#[derive(Clone, Copy, PartialEq)]
enum Sight {
    /// Stands for itself.
    Letter,
    /// Sits on the letter before it.
    Mark,
    /// Begins a new line.
    Feed,
    /// Is not seen, or does something to what is.
    Hidden,
}

fn sight(c: char) -> Sight {
    match c {
        '\n' => Sight::Feed,
        ' '..='~' | '가'..='힣' => Sight::Letter,
        // Soft hyphen, Hangul fillers, line and paragraph separators: no mark, and yet nothing is seen.
        '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2028}' | '\u{2029}' => {
            Sight::Hidden
        }
        // Grapheme joiner, Mongolian and tag-like selectors, Khmer inherent vowels: marks that nobody sees.
        '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{17b4}' | '\u{17b5}' | '\u{e0000}'..='\u{e0fff}' => {
            Sight::Hidden
        }
        // Vowels and finals of Hangul that is written letter by letter.
        '\u{1161}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}' => Sight::Mark,
        c if c.is_control() || is_noncharacter(c) => Sight::Hidden,
        c if is_combining_mark(c) => Sight::Mark,
        c if c.width() == Some(0) || is_bidi(c) => Sight::Hidden,
        _ => Sight::Letter,
    }
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}

fn is_safe(text: &str) -> bool {
    let mut marks = MARKS_MAX;
    text.chars().all(|c| match sight(c) {
        Sight::Letter => {
            marks = 0;
            true
        }
        Sight::Feed => {
            marks = MARKS_MAX;
            true
        }
        Sight::Mark => {
            marks += 1;
            marks <= MARKS_MAX
        }
        Sight::Hidden => false,
    })
}

/// Marks over the limit, and marks without a letter, show as one sign for all of them.
fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = MARKS_MAX;
    for c in text.chars() {
        match sight(c) {
            Sight::Letter => {
                marks = 0;
                out.push(c);
            }
            Sight::Feed => {
                marks = MARKS_MAX;
                out.push(c);
            }
            Sight::Hidden => {
                marks = MARKS_MAX;
                out.push(TAKEN_OUT);
            }
            Sight::Mark if marks < MARKS_MAX => {
                marks += 1;
                out.push(c);
            }
            Sight::Mark => {
                if !out.ends_with(TAKEN_OUT) {
                    out.push(TAKEN_OUT);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(raw: &str, safe: &str) {
        assert_eq!(&*SafeText::new(raw), safe, "{raw:?}");
        assert_eq!(&*SafeText::new(safe), safe, "{raw:?} once more");
    }

    #[test]
    fn what_people_write_passes_as_it_is() {
        for text in [
            "주문됨",
            "Order placed\nby hand",
            "café cafe\u{301}",
            "日本語 ｱｲｳ",
            "नमस्ते",
            "ไม่ได้",
            "❤\u{fe0f} ok",
            "العربية",
        ] {
            check(text, text);
            assert!(matches!(SafeText::new(text).0, Cow::Borrowed(_)), "{text} is not copied");
        }
    }

    #[test]
    fn what_could_fool_the_reader_shows_as_taken_out() {
        check("a\u{1b}[2Jb", "a\u{fffd}[2Jb");
        check("a\0\r\t\u{7f}b", "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}b");
        check("a\u{9b}31mb", "a\u{fffd}31mb");
        check("\u{202e}abc\u{202c}\u{2066}\u{200f}\u{61c}", "\u{fffd}abc\u{fffd}\u{fffd}\u{fffd}\u{fffd}");
        check("a\u{200b}b\u{200d}c\u{feff}d\u{2060}e", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e");
        check("x\u{e0041}\u{e007f}\u{e0100}", "x\u{fffd}\u{fffd}\u{fffd}");
        check("a\u{ad}b\u{3164}c\u{2028}d\u{34f}e\u{ffff}", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}");
    }

    #[test]
    fn a_letter_carries_four_marks_at_most() {
        let tower = |height: usize| format!("a{}b", "\u{301}".repeat(height));
        check(&tower(4), &tower(4));
        check(&tower(500), &format!("a{}\u{fffd}b", "\u{301}".repeat(4)));
        check("\u{301}a", "\u{fffd}a");
        check("a\n\u{301}\u{302}", "a\n\u{fffd}");
        check(
            &format!("\u{1100}{}", "\u{1161}".repeat(9)),
            "\u{1100}\u{1161}\u{1161}\u{1161}\u{1161}\u{fffd}",
        );
    }

    #[test]
    fn a_single_line_has_no_line_feed() {
        assert_eq!(&*SafeText::line("a\nb"), "a b");
        assert_eq!(format!("{:>4}", SafeText::line("ab")), "  ab");
    }

    proptest! {
        #[test]
        fn whatever_comes_in_what_goes_out_is_safe(text in any::<String>()) {
            let safe = SafeText::new(&text).into_string();
            prop_assert!(is_safe(&safe), "{:?}", safe);
            prop_assert!(safe.chars().all(|c| c == '\n' || !c.is_control()));
        }
    }
}
