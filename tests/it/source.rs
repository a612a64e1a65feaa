//! The project's own sources as words, marks and literals, so that tests can read them without being fooled by
//! comments and strings. It knows Rust's spelling, not its grammar.

use std::fs;
use std::path::{Path, PathBuf};

/// One word, mark or literal.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) line: usize,
    pub(crate) kind: Kind,
    /// As written; of a string or character literal what it means, without quotes and escapes.
    pub(crate) text: String,
    /// Stands in an attribute.
    pub(crate) attribute: bool,
    /// Is compiled for tests only.
    pub(crate) test: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Word,
    Text,
    Number,
    /// `::` and `=>` are one mark, every other mark is one character.
    Mark,
}

/// One file of `src/`.
pub(crate) struct Source {
    /// Such as `src/query/flow.rs`.
    pub(crate) path: String,
    pub(crate) tokens: Vec<Token>,
}

impl Token {
    /// Whether this is the word or mark `text`; a literal never is.
    pub(crate) fn is(&self, text: &str) -> bool {
        matches!(self.kind, Kind::Word | Kind::Mark) && self.text == text
    }
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let mut tokens = Lexer { rest: text, line: 1, start: 1, tokens: Vec::new() }.run();
        let all_test = path.ends_with("/tests.rs") || path.contains("/tests/");
        mark_attributes_and_tests(&mut tokens, all_test);
        Source { path: path.to_owned(), tokens }
    }

    /// The floor it stands on, the first folder or file below `src/`: `query`, `main`, `lib`.
    pub(crate) fn floor(&self) -> &str {
        let below = self.path.strip_prefix("src/").expect("sources lie in src/");
        below.split(['/', '.']).next().unwrap_or(below)
    }

    /// `path:line` of a token, as people click it.
    pub(crate) fn at(&self, token: &Token) -> String {
        format!("{}:{}", self.path, token.line)
    }

    /// Where `pattern`, words and marks separated by spaces, starts.
    pub(crate) fn find(&self, pattern: &str) -> Vec<usize> {
        let wanted: Vec<&str> = pattern.split(' ').collect();
        let fits = |window: &[Token]| window.iter().zip(&wanted).all(|(token, text)| token.is(text));
        (0..self.tokens.len()).filter(|&i| self.tokens.get(i..i + wanted.len()).is_some_and(fits)).collect()
    }
}

/// The project's root folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of `src/`, sorted by path.
pub(crate) fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    gather(&root().join("src"), &mut paths);
    paths.sort();
    let source = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("sources are readable");
        let name =
            path.strip_prefix(root()).expect("gathered below the root").to_string_lossy().replace('\\', "/");
        Source::new(&name, &text)
    };
    paths.iter().map(source).collect()
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src/ is readable") {
        let path = entry.expect("src/ is readable").path();
        if path.is_dir() {
            gather(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

struct Lexer<'a> {
    rest: &'a str,
    /// The line `rest` starts on.
    line: usize,
    /// The line of the token being read.
    start: usize,
    tokens: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn run(mut self) -> Vec<Token> {
        while let Some(first) = self.rest.chars().next() {
            self.start = self.line;
            if first.is_whitespace() {
                self.skip(first.len_utf8());
            } else if self.rest.starts_with("//") {
                self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("/*") {
                self.block_comment();
            } else if let Some(len) = raw_string(self.rest) {
                let text = self.skip(len);
                let inner = text.trim_start_matches(|c| c != '"' && c != '#');
                let hashes = inner.len() - inner.trim_start_matches('#').len();
                self.push(Kind::Text, inner[hashes + 1..inner.len() - hashes - 1].to_owned());
            } else if let Some(len) = quoted(self.rest) {
                let text = self.skip(len);
                let start = text.find(['"', '\'']).expect("a literal has a quote") + 1;
                self.push(Kind::Text, unescape(&text[start..text.len() - 1]));
            } else if first == '\'' {
                self.skip(1 + word(&self.rest[1..])); // a lifetime tells nothing
            } else if first.is_ascii_digit() {
                let len = number(self.rest);
                let text = self.skip(len).to_owned();
                self.push(Kind::Number, text);
            } else if first.is_alphabetic() || first == '_' {
                let raw = if self.rest.starts_with("r#") { 2 } else { 0 };
                let text = self.skip(raw + word(&self.rest[raw..]));
                self.push(Kind::Word, text[raw..].to_owned());
            } else {
                let pair = self.rest.starts_with("::") || self.rest.starts_with("=>");
                let text = self.skip(if pair { 2 } else { first.len_utf8() }).to_owned();
                self.push(Kind::Mark, text);
            }
        }
        self.tokens
    }

    fn skip(&mut self, len: usize) -> &'a str {
        let (text, rest) = self.rest.split_at(len);
        self.line += text.matches('\n').count();
        self.rest = rest;
        text
    }

    fn push(&mut self, kind: Kind, text: String) {
        self.tokens.push(Token { line: self.start, kind, text, attribute: false, test: false });
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            if self.rest.starts_with("/*") {
                depth += 1;
                self.skip(2);
            } else if self.rest.starts_with("*/") {
                depth -= 1;
                self.skip(2);
            } else {
                self.skip(self.rest.chars().next().map_or(0, char::len_utf8));
            }
            if depth == 0 || self.rest.is_empty() {
                return;
            }
        }
    }
}

fn word(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

fn number(text: &str) -> usize {
    let whole = word(text);
    let fraction =
        text[whole..].strip_prefix('.').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    whole + fraction.map_or(0, |rest| 1 + word(rest))
}

/// How long the raw string is that `text` starts with.
fn raw_string(text: &str) -> Option<usize> {
    let prefix = ["r", "br", "cr"].into_iter().find(|p| text.starts_with(p))?.len();
    let hashes = text[prefix..].len() - text[prefix..].trim_start_matches('#').len();
    let open = prefix + hashes + 1;
    let inner = text[prefix + hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(open + inner.find(&close)? + close.len())
}

/// How long the string or character literal is that `text` starts with.
fn quoted(text: &str) -> Option<usize> {
    let start = text.trim_start_matches(['b', 'c']);
    let prefix = text.len() - start.len();
    let quote = start.chars().next().filter(|c| prefix <= 1 && ['"', '\''].contains(c))?;
    let mut escaped = false;
    for (at, c) in start.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(prefix + at + 1),
            // 'a is a lifetime, 'a' is a character
            _ if quote == '\'' && at > 1 && !start[1..].starts_with('\\') => return None,
            _ => {}
        }
    }
    None
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('u') => {
                let hex: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                out.extend(u32::from_str_radix(&hex.replace('_', ""), 16).ok().and_then(char::from_u32));
            }
            Some('x') => {
                let hex: String = chars.by_ref().take(2).collect();
                out.extend(u8::from_str_radix(&hex, 16).ok().map(char::from));
            }
            other => out.extend(other),
        }
    }
    out
}

fn mark_attributes_and_tests(tokens: &mut [Token], all_test: bool) {
    let mut i = 0;
    while i < tokens.len() {
        tokens[i].test |= all_test;
        let inner = usize::from(tokens.get(i + 1).is_some_and(|token| token.is("!")));
        let is_attribute = tokens[i].is("#") && tokens.get(i + 1 + inner).is_some_and(|token| token.is("["));
        if !is_attribute {
            i += 1;
            continue;
        }
        let end = closing(tokens, i + 1 + inner);
        for token in &mut tokens[i..end] {
            token.attribute = true;
            token.test |= all_test;
        }
        let words: String = tokens[i + 2 + inner..end - 1].iter().map(|token| token.text.as_str()).collect();
        if words == "cfg(test)" || words == "test" {
            let item_end = if inner == 1 { tokens.len() } else { item_end(tokens, end) };
            for token in &mut tokens[i..item_end] {
                token.test = true;
            }
        }
        i = end;
    }
}

/// Just after the bracket that closes the one at `open`.
pub(crate) fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (i, token) in tokens.iter().enumerate().skip(open) {
        if ["(", "[", "{"].iter().any(|mark| token.is(mark)) {
            depth += 1;
        } else if [")", "]", "}"].iter().any(|mark| token.is(mark)) {
            depth -= 1;
            if depth == 0 {
                return i + 1;
            }
        }
    }
    tokens.len()
}

/// Just after the item, field or arm that starts at `start`.
fn item_end(tokens: &[Token], start: usize) -> usize {
    let mut i = start;
    while i < tokens.len() {
        match &tokens[i] {
            token if token.is(";") || token.is(",") => return i + 1,
            token if token.is("{") => return closing(tokens, i),
            token if token.is("(") || token.is("[") => i = closing(tokens, i),
            _ => i += 1,
        }
    }
    i
}

#[test]
fn comments_strings_and_lifetimes_do_not_fool_the_reader() {
    let text = r####"
        // use crate::a;
        /* b /* c */ d */
        let s = "say \"e\" \u{1F600}\
                 f";
        let r = r#"g"h"#; let b = b'"'; let c = '\'';
        fn i<'j>(k: &'j str) -> r#type { 0..1.5 }
        #[cfg(test)] mod l { m }
        n
    "####;
    let source = Source::new("src/x.rs", text);
    let texts = |kind| {
        let of_kind = source.tokens.iter().filter(move |token| token.kind == kind);
        of_kind.map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(texts(Kind::Text), "say \"e\" 😀f g\"h \" '");
    assert_eq!(texts(Kind::Word), "let s let r let b let c fn i k str type cfg test mod l m n");
    assert_eq!(texts(Kind::Number), "0 1.5");
    let tests: Vec<&str> = source.tokens.iter().filter(|t| t.test).map(|t| t.text.as_str()).collect();
    assert_eq!(tests.concat(), "#[cfg(test)]modl{m}");
    assert_eq!(source.tokens.last().map(|token| token.line), Some(9));
}
