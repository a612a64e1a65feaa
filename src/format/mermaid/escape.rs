//! A wording in Mermaid's grammars.

use std::fmt::Write;

use crate::model::text::SafeText;

/// Words that mean something to one of the grammars where a text begins.
const RESERVED: [&str; 8] = ["timeline", "title", "section", "acctitle", "accdescr", "end", "wrap", "nowrap"];

/// A wording as one line that every grammar of Mermaid takes for plain text: in quotes, behind a colon, and where a
/// line begins. All ASCII but letters, digits, spaces and a few marks becomes `#code;`, which Mermaid shows as the
/// character again; so do the letters Mermaid itself hides such codes behind. Never empty.
pub(super) fn escaped(text: &str) -> String {
    let line = SafeText::line(text.trim());
    let word = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let is_reserved = RESERVED.contains(&word.as_str());
    let mut out = String::with_capacity(line.len());
    for (at, c) in line.chars().enumerate() {
        let is_plain = c.is_ascii_alphanumeric()
            || matches!(c, ' ' | ',' | '!' | '?')
            || !c.is_ascii() && !matches!(c, 'ﬂ' | '°' | '¶' | 'ß');
        if is_plain && !(at == 0 && is_reserved) {
            out.push(c);
        } else {
            write!(out, "#{};", u32::from(c)).expect("a String takes every character");
        }
    }
    if out.is_empty() { "…".to_owned() } else { out }
}

/// What Mermaid shows of a text: codes are letters, `<br/>` is a line end.
pub(super) fn unescaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['#', '<']) {
        shown.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = code(rest).or_else(|| {
            let tag = ["<br/>", "<br>", "<br />"].into_iter().find(|tag| rest.starts_with(tag))?;
            Some(('\n', tag.len()))
        });
        let (letter, length) = known.unwrap_or((if rest.starts_with('#') { '#' } else { '<' }, 1));
        shown.push(letter);
        rest = &rest[length..];
    }
    shown + rest
}

/// Bytes of a code at most.
const CODE_MAX: usize = 10;

/// The letter of a code, `#35;` or `#quot;`, and its length.
fn code(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 5] = [("quot", '"'), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("nbsp", ' ')];
    let end = text.bytes().take(CODE_MAX).position(|byte| byte == b';')?;
    let code = text.get(1..end)?;
    let named = NAMED.iter().find(|(name, _)| *name == code).map(|(_, letter)| *letter);
    let letter = named.or_else(|| char::from_u32(code.parse().ok()?))?;
    Some((letter, code.len() + 2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        assert_eq!(escaped(text), wanted, "{text:?}");
    }

    #[test]
    fn what_means_something_to_mermaid_is_written_by_its_number() {
        check("주문됨", "주문됨");
        check("a|b", "a#124;b");
        check("`code` \"quoted\"", "#96;code#96; #34;quoted#34;");
        check("%%{init: {}}%%", "#37;#37;#123;init#58; #123;#125;#125;#37;#37;");
        check("<script>", "#60;script#62;");
        check("end", "#101;nd");
        check("End of month", "#69;nd of month");
        check("title: x", "#116;itle#58; x");
        check("ending", "ending");
        check("one\ntwo", "one two");
        check("#35; 1. x", "#35;35#59; 1#46; x");
        check("ﬂ°°60¶ß", "#64258;#176;#176;60#182;#223;");
        check("  \n ", "…");
        check("🎉 \u{202e}txt", "🎉 \u{fffd}txt");
    }

    proptest! {
        #[test]
        fn every_text_is_plain_and_shown_as_it_is(text in any::<String>()) {
            let escaped = escaped(&text);
            let signs = "|`\"'%{}<>[]():&$@~=+-*_/\\.^";
            prop_assert!(!escaped.chars().any(|c| c.is_control() || signs.contains(c)), "{}", escaped);
            let line = SafeText::line(text.trim()).into_string();
            prop_assert_eq!(unescaped(&escaped), if line.is_empty() { "…".to_owned() } else { line });
        }

        #[test]
        fn no_word_of_a_grammar_begins_a_text(word in "[eE][nN][dD]|[tT]itle|SECTION|accTitle|accdescr|timeline", rest in "[ :\\n]?[a-z ]*") {
            let escaped = escaped(&format!("{word}{rest}"));
            let begins = escaped.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(&word));
            let goes_on = escaped.chars().nth(word.len()).is_some_and(|c| c.is_ascii_alphabetic());
            prop_assert!(!begins || goes_on, "{}", escaped);
        }
    }
}
