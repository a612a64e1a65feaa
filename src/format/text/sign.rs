//! Characters that mean something: quotes, arrows, full-width signs from an input method.

use crate::model::Mode;

/// A full-width or typographic sign as the plain one it stands for.
pub(super) fn sign(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '“' | '”' => '"',
        '、' => ',',
        '│' => '|',
        _ => c,
    }
}

/// The characters of a text that stand outside quotes, each with its place. A quote that nothing closes is a character.
pub(super) fn bare(text: &str) -> Bare<'_> {
    Bare { text, at: 0, unclosed: [false; 2] }
}

/// See [`bare`].
pub(super) struct Bare<'a> {
    text: &'a str,
    at: usize,
    /// Whether nothing further on closes a straight quote, a curly one.
    unclosed: [bool; 2],
}

impl Iterator for Bare<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let c = self.text[self.at..].chars().next()?;
            let curly = usize::from(c == '“');
            if opens_quote(c) && !self.unclosed[curly] {
                match quote_end(&self.text[self.at..]) {
                    Some(end) => {
                        self.at += end;
                        continue;
                    }
                    None => self.unclosed[curly] = true,
                }
            }
            let at = self.at;
            self.at += c.len_utf8();
            return Some((at, c));
        }
    }
}

fn opens_quote(c: char) -> bool {
    matches!(c, '"' | '＂' | '“')
}

/// Where the quote that a text begins with ends, the closing sign included.
pub(super) fn quote_end(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, open) = chars.next().filter(|(_, c)| opens_quote(*c))?;
    while let Some((at, c)) = chars.next() {
        let closes = if open == '“' { c == '”' } else { matches!(c, '"' | '＂') };
        if closes {
            return Some(at + c.len_utf8());
        }
        if c == '\\' {
            chars.next();
        }
    }
    None
}

/// What stands between the quotes, if the whole text is one quote.
pub(super) fn unquoted(text: &str) -> Option<String> {
    if quote_end(text)? != text.len() {
        return None;
    }
    let open = text.chars().next()?;
    let close = text.chars().next_back()?;
    let mut chars = text[open.len_utf8()..text.len() - close.len_utf8()].chars();
    let mut out = String::new();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some(next)) => {
                chars.next();
                match next {
                    'n' => out.push('\n'),
                    'r' => out.push('\r'),
                    't' => out.push('\t'),
                    '\\' | '"' | '＂' | '“' | '”' => out.push(next),
                    other => out.extend(['\\', other]),
                }
            }
            _ => out.push(c),
        }
    }
    Some(out)
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' | '"' | '＂' => out.extend(['\\', c]),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// A text as it is meant: without the quotes around it, or with its line breaks.
pub(super) fn meant(text: &str) -> String {
    let text = text.trim();
    unquoted(text).unwrap_or_else(|| text.replace("\\n", "\n"))
}

/// The words of a text, parted by spaces outside quotes, each with its place.
pub(super) fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = 0;
    for (at, c) in bare(text).filter(|(_, c)| c.is_whitespace()) {
        words.push((start, &text[start..at]));
        start = at + c.len_utf8();
    }
    words.push((start, &text[start..]));
    words.retain(|(_, word)| !word.is_empty());
    words
}

/// The parts of a text between commas outside quotes.
pub(super) fn list(text: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut start = 0;
    for (at, c) in bare(text).filter(|(_, c)| sign(*c) == ',') {
        items.push(text[start..at].trim());
        start = at + c.len_utf8();
    }
    items.push(text[start..].trim());
    items
}

/// What stands before and after the first such sign outside quotes.
pub(super) fn split_at_sign(text: &str, wanted: char) -> Option<(&str, &str)> {
    let (at, c) = bare(text).find(|(_, c)| sign(*c) == wanted)?;
    Some((text[..at].trim(), text[at + c.len_utf8()..].trim()))
}

/// A piece of a row.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Piece<'a> {
    /// What stands between arrows.
    Text(&'a str),
    /// An arrow and what stands in the brackets that touch it.
    Arrow(Option<Mode>, &'a str),
    /// The sign before sources.
    From,
}

/// Cuts a row at its arrows and at the sign before sources.
pub(super) fn cut(row: &str) -> Vec<Piece<'_>> {
    let closings: Vec<usize> = bare(row).filter(|(_, c)| sign(*c) == ')').map(|(at, _)| at).collect();
    let mut pieces = Vec::new();
    let (mut start, mut skip) = (0, 0);
    for (at, c) in bare(row) {
        if at < skip {
            continue;
        }
        let cutting = match arrow_at(row, at) {
            Some((mode, length)) => {
                let (label, end) = label(row, at + length, &closings);
                Some((Piece::Arrow(mode, label), end))
            }
            None => is_from(row, at, c).then(|| (Piece::From, at + c.len_utf8())),
        };
        if let Some((piece, end)) = cutting {
            pieces.extend([Piece::Text(row[start..at].trim()), piece]);
            (start, skip) = (end, end);
        }
    }
    pieces.push(Piece::Text(row[start..].trim()));
    pieces.retain(|piece| *piece != Piece::Text(""));
    pieces
}

/// What stands in brackets from `at` on, and where that ends; nothing where no bracket opens or none closes.
pub(super) fn label<'a>(row: &'a str, at: usize, closings: &[usize]) -> (&'a str, usize) {
    let open = row[at..].chars().next().filter(|c| sign(*c) == '(');
    let close = closings.get(closings.partition_point(|close| *close < at)).copied();
    match (open, close) {
        (Some(open), Some(close)) => {
            let length = row[close..].chars().next().map_or(0, char::len_utf8);
            (&row[at + open.len_utf8()..close], close + length)
        }
        _ => ("", at),
    }
}

/// The arrow that begins here, and how many bytes long it is.
fn arrow_at(row: &str, at: usize) -> Option<(Option<Mode>, usize)> {
    let mut chars = row[at..].chars();
    let first = chars.next()?;
    let next = chars.next();
    let two = first.len_utf8() + next.map_or(0, char::len_utf8);
    match (sign(first), next.map(sign)) {
        ('→', _) => Some((None, first.len_utf8())),
        ('⇒', _) => Some((Some(Mode::Sync), first.len_utf8())),
        ('⇝', _) => Some((Some(Mode::Async), first.len_utf8())),
        ('=', Some('>')) => Some((Some(Mode::Sync), two)),
        ('~', Some('>')) => Some((Some(Mode::Async), two)),
        ('-', Some('-' | '>')) if !row[..at].ends_with(['-', '－']) => {
            let dashes: usize = row[at..].chars().take_while(|c| sign(*c) == '-').map(char::len_utf8).sum();
            let head = row[at + dashes..].chars().next().filter(|c| sign(*c) == '>')?;
            Some((None, dashes + head.len_utf8()))
        }
        ('>', _) => {
            let after = &row[at + first.len_utf8()..];
            let before = row[..at].chars().next_back();
            let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
            let compares = before.is_some_and(|c| c.is_ascii_digit()) && is_number(after)
                || after.strip_prefix('=').is_some_and(|after| is_number(after.trim_start()));
            (!compares).then_some((None, first.len_utf8()))
        }
        _ => None,
    }
}

fn is_from(row: &str, at: usize, c: char) -> bool {
    let before = row[..at].chars().next_back();
    let after = row[at + c.len_utf8()..].chars().next();
    sign(c) == '<' && before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(row: &str, pieces: &[Piece<'_>]) {
        assert_eq!(cut(row), pieces, "{row}");
    }

    #[test]
    fn arrows_split_a_row_and_quotes_keep_it() {
        use Piece::{Arrow, From, Text};
        check("a > b", &[Text("a"), Arrow(None, ""), Text("b")]);
        check("a->b-->c", &[Text("a"), Arrow(None, ""), Text("b"), Arrow(None, ""), Text("c")]);
        check("a→b ⇒ c", &[Text("a"), Arrow(None, ""), Text("b"), Arrow(Some(Mode::Sync), ""), Text("c")]);
        check("~>(MQ) b", &[Arrow(Some(Mode::Async), "MQ"), Text("b")]);
        check("a ＝＞（x）b", &[Text("a"), Arrow(Some(Mode::Sync), "x"), Text("b")]);
        check("a > (b) c", &[Text("a"), Arrow(None, ""), Text("(b) c")]);
        check("재고 3>2 임", &[Text("재고 3>2 임")]);
        check("금액 >= 3 이면", &[Text("금액 >= 3 이면")]);
        check("\"A > B\" > “C > D”", &[Text("\"A > B\""), Arrow(None, ""), Text("“C > D”")]);
        check("화면 5\" > b", &[Text("화면 5\""), Arrow(None, ""), Text("b")]);
        check("= 현황 < a, b", &[Text("= 현황"), From, Text("a, b")]);
        check("a<b", &[Text("a<b")]);
        check(">(", &[Arrow(None, ""), Text("(")]);
    }

    #[test]
    fn what_is_quoted_comes_back() {
        for text in ["", "a", "\"", "\\", "\\n", "a\nb\r\t", "＂", "”", "“x”", "\\\""] {
            assert_eq!(unquoted(&quoted(text)).as_deref(), Some(text));
        }
        assert_eq!(unquoted("“그는 \"예\"라고”").as_deref(), Some("그는 \"예\"라고"));
        assert_eq!(unquoted("\"a\" b"), None);
    }
}
