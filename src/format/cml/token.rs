//! The words, texts, signs and comments of a file.

use std::collections::BTreeMap;

use crate::words::Said;

/// One of them.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    /// A name or a word of the grammar.
    Word(String),
    /// What stood in quotes.
    Text(String),
    /// Anything else: one character, or an arrow.
    Sign(String),
}

/// One of them where it stands.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) token: Token,
    /// Its line, from 1.
    pub(super) line: usize,
    /// Whether its line begins with it.
    pub(super) is_first: bool,
}

/// A comment that has its lines for itself.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Comment {
    pub(super) text: String,
    /// Whether it is one line behind `//`.
    pub(super) is_line: bool,
}

/// A file taken apart.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) spots: Vec<Spot>,
    /// By the line they end on.
    pub(super) comments: BTreeMap<usize, Comment>,
}

impl Token {
    /// Whether it is this word or sign.
    pub(super) fn is(&self, text: &str) -> bool {
        match self {
            Token::Word(own) | Token::Sign(own) => own == text,
            Token::Text(_) => false,
        }
    }

    /// The word, where it is one.
    pub(super) fn word(&self) -> Option<&str> {
        if let Token::Word(word) = self { Some(word) } else { None }
    }

    /// Whatever stands there.
    pub(super) fn text(&self) -> &str {
        let (Token::Word(text) | Token::Text(text) | Token::Sign(text)) = self;
        text
    }
}

/// Takes a file apart; a text or a comment that never ends is told with the line it begins on.
pub(super) fn tokens(text: &str) -> Result<Tokens, Said> {
    let mut out = Tokens::default();
    let (mut rest, mut line, mut is_first) = (text, 1, true);
    while let Some(c) = rest.chars().next() {
        let length = if c == '\n' {
            (line, is_first) = (line + 1, true);
            1
        } else if c.is_whitespace() || c.is_control() {
            c.len_utf8()
        } else if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            if is_first {
                let text = rest[2..end].trim().to_owned();
                out.comments.insert(line, Comment { text, is_line: true });
            }
            end
        } else if let Some(inner) = rest.strip_prefix("/*") {
            let inner = inner.split_once("*/").ok_or_else(|| unclosed(line))?.0;
            let text = inner.lines().map(|line| line.trim().trim_start_matches('*').trim());
            let text = text.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
            line += inner.matches('\n').count();
            if is_first {
                out.comments.insert(line, Comment { text, is_line: false });
            }
            inner.len() + 4
        } else {
            let (token, length) = token(rest, c).ok_or_else(|| unclosed(line))?;
            out.spots.push(Spot { token, line, is_first });
            line += rest[..length].matches('\n').count();
            is_first = false;
            length
        };
        rest = &rest[length..];
    }
    Ok(out)
}

fn unclosed(line: usize) -> Said {
    Said::new("import-cml-unclosed").with("line", line)
}

/// The token a text begins with, and its length in bytes; nothing where a quote never ends.
fn token(rest: &str, first: char) -> Option<(Token, usize)> {
    if first == '"' || first == '\'' {
        return quoted(rest, first);
    }
    if let Some(arrow) = ["<->", "->", "<-"].into_iter().find(|arrow| rest.starts_with(arrow)) {
        return Some((Token::Sign(arrow.to_owned()), arrow.len()));
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '^' | '.');
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let joins = c == '-' && at > 0 && rest[at + 1..].starts_with(char::is_alphanumeric);
        if !is_part(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    Some(match end {
        0 => (Token::Sign(first.to_string()), first.len_utf8()),
        _ => (Token::Word(rest[..end].trim_start_matches('^').to_owned()), end),
    })
}

fn quoted(rest: &str, quote: char) -> Option<(Token, usize)> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, c)) = letters.next() {
        match c {
            '\\' => text.extend(letters.next().map(|(_, c)| c)),
            c if c == quote => return Some((Token::Text(text), at + 1)),
            c => text.push(c),
        }
    }
    None
}
