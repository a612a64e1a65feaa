//! Which paths a source names, in `use` trees and in the middle of code, told from the crate's root.

use crate::source::{Kind, Source, Token};

/// A path that a source names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Named {
    pub(crate) line: usize,
    pub(crate) test: bool,
    pub(crate) to: To,
}

/// Where a path leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum To {
    /// Into squall: the segments below its root.
    House(Vec<String>),
    /// Out of it, or to a name that only the compiler knows: the segments as written.
    Out(Vec<String>),
}

/// Every path of two or more segments, and every `use`, in reading order.
pub(crate) fn paths(source: &Source) -> Vec<Named> {
    let file = source.path.trim_start_matches("src/").trim_end_matches(".rs");
    let module = file.split('/').filter(|part| !["mod", "lib"].contains(part)).map(str::to_owned).collect();
    let mut reader =
        Reader { tokens: &source.tokens, module, inline: Vec::new(), bound: Vec::new(), named: Vec::new() };
    reader.run();
    let Reader { mut named, bound, .. } = reader;
    // A name bound in this file is no crate, however it is called.
    named.retain(|named| !matches!(&named.to, To::Out(segments) if bound.contains(&segments[0])));
    named
}

struct Reader<'a> {
    tokens: &'a [Token],
    module: Vec<String>,
    /// How many braces were open before each module written within the file.
    inline: Vec<usize>,
    /// Names that the file gives to something of squall.
    bound: Vec<String>,
    named: Vec<Named>,
}

impl Reader<'_> {
    fn run(&mut self) {
        let (mut i, mut braces) = (0, 0);
        while i < self.tokens.len() {
            match &self.tokens[i] {
                token if token.is("{") => braces += 1,
                token if token.is("}") => {
                    braces -= 1;
                    if self.inline.last() == Some(&braces) {
                        self.inline.pop();
                        self.module.pop();
                    }
                }
                token if token.is("mod") && self.word(i + 1).is_some() => {
                    let name = self.tokens[i + 1].text.clone();
                    self.bound.push(name.clone());
                    if self.is(i + 2, "{") {
                        self.inline.push(braces);
                        self.module.push(name);
                    }
                    i += 1;
                }
                token if token.is("use") && !self.is(i + 1, "<") => {
                    i = self.tree(i + 1, &[]);
                    continue;
                }
                token if token.is("crate") && i > 0 && self.is(i - 1, "extern") => {
                    let name = self.word(i + 1).unwrap_or_default().to_owned();
                    self.name(i, &[name]);
                }
                _ => {
                    i = self.inline_path(i);
                    continue;
                }
            }
            i += 1;
        }
    }

    fn is(&self, i: usize, text: &str) -> bool {
        self.tokens.get(i).is_some_and(|token| token.is(text))
    }

    fn word(&self, i: usize) -> Option<&str> {
        self.tokens.get(i).filter(|token| token.kind == Kind::Word).map(|token| token.text.as_str())
    }

    /// Reads the `use` tree at `i`, below `above`; gives the place after it.
    fn tree(&mut self, mut i: usize, above: &[String]) -> usize {
        let start = i;
        let mut path = above.to_vec();
        loop {
            if let Some(word) = self.word(i) {
                path.push(word.to_owned());
            } else if self.is(i, "*") {
                path.push("*".to_owned());
            } else if self.is(i, "{") {
                i += 1;
                while i < self.tokens.len() && !self.is(i, "}") {
                    i = if self.is(i, ",") { i + 1 } else { self.tree(i, &path) };
                }
                return i + 1;
            } else if !self.is(i, "::") {
                return i + 1;
            }
            i += 1;
            if self.is(i, "::") {
                continue;
            }
            if self.word(i - 1).is_some() || self.is(i - 1, "*") {
                break;
            }
        }
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name = if self.is(i, "as") { self.word(i + 1).map(str::to_owned) } else { path.last().cloned() };
        if let (To::House(_), Some(name)) = (self.resolve(&path), name) {
            self.bound.push(name);
        }
        self.name(start, &path);
        if self.is(i, "as") { i + 2 } else { i }
    }

    /// Reads the path at `i`, if there is one; gives the place after it.
    fn inline_path(&mut self, start: usize) -> usize {
        let mut i = start;
        let before = start.checked_sub(1).map(|i| &self.tokens[i]);
        if before.is_some_and(|token| token.is("::") || token.is(".")) {
            return start + 1;
        }
        if self.is(i, "::") {
            let goes_on = |token: &Token| token.is(">") || token.kind == Kind::Word && !starts_no_path(token);
            if before.is_some_and(goes_on) {
                return start + 1;
            }
            i += 1;
        } else if starts_no_path(&self.tokens[i]) {
            return start + 1;
        }
        let mut path = Vec::new();
        while let Some(word) = self.word(i) {
            path.push(word.to_owned());
            i += 1;
            if !(self.is(i, "::") && self.word(i + 1).is_some()) {
                break;
            }
            i += 1;
        }
        if path.len() > 1 || self.is(start, "::") && !path.is_empty() {
            self.name(start, &path);
        }
        i.max(start + 1)
    }

    fn name(&mut self, i: usize, path: &[String]) {
        let Token { line, test, .. } = self.tokens[i];
        let to = self.resolve(path);
        self.named.push(Named { line, test, to });
    }

    fn resolve(&self, path: &[String]) -> To {
        let mut module = self.module.clone();
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("crate" | "squall") => module.clear(),
            Some("self" | "super") => {}
            _ => return To::Out(path.to_vec()),
        }
        while let Some((first, below)) = rest.split_first() {
            match first.as_str() {
                "super" => module.truncate(module.len().saturating_sub(1)),
                "crate" | "squall" | "self" => {}
                _ => break,
            }
            rest = below;
        }
        module.extend_from_slice(rest);
        To::House(module)
    }
}

/// Whether this is a keyword that may stand before a path and is no part of it.
fn starts_no_path(token: &Token) -> bool {
    ["as", "dyn", "else", "for", "if", "impl", "in", "match", "mut", "return", "where", "while"]
        .iter()
        .any(|keyword| token.is(keyword))
}

#[test]
fn every_way_to_name_a_path_is_understood() {
    let text = "
        use crate::{words::{Lang, Said as S}, model::*};
        pub(crate) use super::super::store as keep;
        mod toml;
        fn f() -> impl Sized + use<'_> { crate::wire::send::<serde::Value>(&super::g(), toml::h()) }
        macro_rules! m { () => { $crate::tui::n() } }
        #[cfg(test)] mod tests { use super::super::space; use super::*; }
        fn o() { <u8 as ::jiff::P>::q(keep::r(), std::mem::s.t::u) }";
    let told: Vec<String> = paths(&Source::new("src/query/flow.rs", text))
        .iter()
        .map(|Named { line, test, to }| {
            let (mark, path) = match to {
                To::House(path) => ("", path.join("/")),
                To::Out(path) => ("out ", path.join("/")),
            };
            format!("{line} {mark}{path}{}", if *test { " test" } else { "" })
        })
        .collect();
    let wanted = [
        "2 words/Lang",
        "2 words/Said",
        "2 model/*",
        "3 store",
        "5 wire/send",
        "5 out serde/Value",
        "5 query/g",
        "6 tui/n",
        "7 query/space test",
        "7 query/flow/* test",
        "8 out jiff/P",
        "8 out std/mem/s",
    ];
    assert_eq!(told, wanted);
}
