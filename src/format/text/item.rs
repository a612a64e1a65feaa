//! One sticky of a row, and how a row names a sticky that is elsewhere.

use std::collections::HashSet;

use super::attr::{Attr, strip};
use super::sign::{meant, quote_end, sign, split_at_sign};
use crate::model::{NoteKind, Thing};

/// The names of the frames there are: only these are taken for one before a slash.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Names {
    pub(super) contexts: HashSet<String>,
    pub(super) subdomains: HashSet<String>,
}

/// A name of which there may be several: `주문됨#2`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) struct Numbered {
    pub(super) text: String,
    pub(super) nth: Option<u32>,
}

/// Where a sticky is said to be: `주문/주문됨`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) enum Within {
    /// In no frame.
    Outside,
    /// In a bounded context.
    Context(Numbered),
    /// In a subdomain and in no context of it.
    Subdomain(Numbered),
}

/// What names a sticky.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Reference {
    /// Its kind, where a mark or a word tells it.
    pub(super) kind: Option<NoteKind>,
    /// Where it is said to be; here where nothing is said.
    pub(super) within: Option<Within>,
    /// What it says, and which of those that say it.
    pub(super) wording: Numbered,
}

/// One sticky as a row tells it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Item {
    pub(super) reference: Reference,
    /// Marked as pivotal.
    pub(super) pivotal: bool,
    /// Value made or lost.
    pub(super) sign: Option<char>,
    pub(super) alias: Option<String>,
    pub(super) attrs: Vec<Attr>,
}

/// What was found before a wording: the kind, and what is left.
struct Marked<'a> {
    kind: Option<NoteKind>,
    pivotal: bool,
    sign: Option<char>,
    rest: &'a str,
}

/// Words that tell the kind without a colon as well: no wording begins with them in small letters.
const BARE_WORDS: &[&str] =
    &["event", "command", "actor", "aggregate", "system", "hotspot", "policy", "view", "opportunity"];
const BARE_LETTERS: &[&str] = &["e", "c", "p", "r", "g", "s"];
const BARE_KOREAN: &[&str] =
    &["커맨드", "액터", "애그리거트", "핫스팟", "폴리시", "읽기모델", "조회모델", "외부시스템"];

/// Reads one item; nothing where nothing stands there.
pub(super) fn item(text: &str, names: &Names) -> Option<Item> {
    let (body, attrs) = strip(text, &[Thing::Note, Thing::Arrow], names);
    let (body, outer) = alias(body);
    let marked = marked(body);
    let (body, inner) = if outer.is_some() { (marked.rest, None) } else { alias(marked.rest) };
    if body.is_empty() {
        return None;
    }
    let (within, wording) = name(body, names);
    let reference = Reference { kind: marked.kind, within, wording };
    Some(Item { reference, pivotal: marked.pivotal, sign: marked.sign, alias: outer.or(inner), attrs })
}

/// Reads what names a sticky elsewhere.
pub(super) fn reference(text: &str, names: &Names) -> Option<Reference> {
    item(text, names).map(|item| item.reference)
}

/// A name, and in which frame it is, where that is said.
fn name(text: &str, names: &Names) -> (Option<Within>, Numbered) {
    let within = split_at_sign(text, '/').and_then(|(frame, rest)| {
        if frame.is_empty() || rest.is_empty() {
            return None;
        }
        if frame == "-" {
            return Some((Within::Outside, rest));
        }
        let frame = numbered(frame);
        match rest.strip_prefix(['/', '／']) {
            Some(rest) if !rest.is_empty() && names.subdomains.contains(&frame.text) => {
                Some((Within::Subdomain(frame), rest))
            }
            _ => names.contexts.contains(&frame.text).then_some((Within::Context(frame), rest)),
        }
    });
    match within {
        Some((within, rest)) => (Some(within), numbered(rest.trim())),
        None => (None, numbered(text)),
    }
}

/// A name and its number, if it has one.
pub(super) fn numbered(text: &str) -> Numbered {
    let plain = || Numbered { text: meant(text), nth: None };
    let Some(at) = text.rfind(['#', '＃']) else { return plain() };
    let (before, digits) = text.split_at(at);
    let digits = digits.trim_start_matches(['#', '＃']);
    let in_quotes = quote_end(text).is_some_and(|end| end > at);
    match digits.parse::<u32>() {
        Ok(nth) if nth > 0 && nth.to_string() == digits && !before.is_empty() && !in_quotes => {
            Numbered { text: meant(before), nth: Some(nth) }
        }
        _ => plain(),
    }
}

/// The text without the alias at its end, and the alias: Latin words in round brackets.
pub(super) fn alias(text: &str) -> (&str, Option<String>) {
    let found = || {
        let inside = text.strip_suffix([')', '）'])?;
        let open = inside.rfind(['(', '（'])?;
        let before = &text[..open];
        let joins = before.ends_with(|c: char| c.is_whitespace() || matches!(sign(c), '"' | '*' | ']'));
        let inner = &inside[open..].trim_start_matches(['(', '（']);
        let is_latin = inner.is_ascii() && inner.contains(|c: char| c.is_ascii_alphabetic());
        let plain =
            inner.trim() == *inner && !inner.contains(['"', '\\', ')']) && !inner.contains(char::is_control);
        (joins && is_latin && plain && !before.trim().is_empty())
            .then(|| (before.trim(), (*inner).to_owned()))
    };
    match found() {
        Some((before, alias)) => (before, Some(alias)),
        None => (text, None),
    }
}

/// The kind before a wording, told by a sign or a word.
fn marked(text: &str) -> Marked<'_> {
    let plain = Marked { kind: None, pivotal: false, sign: None, rest: text };
    let by_sign = by_sign(text).filter(|marked| !marked.rest.is_empty());
    by_sign.or_else(|| by_word(text)).unwrap_or(plain)
}

fn by_sign(text: &str) -> Option<Marked<'_>> {
    let mut chars = text.chars();
    let first = sign(chars.next()?);
    let second = chars.next().map(sign);
    let after = |n: usize| text.char_indices().nth(n).map_or("", |(at, _)| &text[at..]);
    let simple = |kind| Some(Marked { kind: Some(kind), pivotal: false, sign: None, rest: after(1).trim() });
    match (first, second) {
        ('*', Some('*')) => {
            let rest = after(2).trim();
            let rest = rest.strip_suffix("**").or_else(|| rest.strip_suffix("＊＊")).unwrap_or(rest);
            Some(Marked { kind: Some(NoteKind::DomainEvent), pivotal: true, sign: None, rest: rest.trim() })
        }
        ('*', _) => simple(NoteKind::DomainEvent),
        ('/', _) => simple(NoteKind::Command),
        ('@', _) => simple(NoteKind::Actor),
        ('!', _) => simple(NoteKind::Hotspot),
        ('%', _) => simple(NoteKind::Policy),
        ('=', _) => simple(NoteKind::ReadModel),
        ('+', _) => simple(NoteKind::Opportunity),
        ('$', Some(sign @ ('+' | '-'))) => Some(Marked {
            kind: Some(NoteKind::Value),
            pivotal: false,
            sign: Some(sign),
            rest: after(2).trim(),
        }),
        ('[', _) => in_brackets(text),
        _ => None,
    }
}

fn in_brackets(text: &str) -> Option<Marked<'_>> {
    let once = text.strip_prefix(['[', '［'])?.strip_suffix([']', '］'])?;
    let twice = once.strip_prefix(['[', '［']).and_then(|inner| inner.strip_suffix([']', '］']));
    let (kind, rest) = match twice {
        Some(rest) => (NoteKind::ExternalSystem, rest),
        None => (NoteKind::Aggregate, once),
    };
    Some(Marked { kind: Some(kind), pivotal: false, sign: None, rest: rest.trim() })
}

fn by_word(text: &str) -> Option<Marked<'_>> {
    let with_colon = split_at_sign(text, ':').and_then(|(word, rest)| Some((word.parse().ok()?, rest)));
    let bare = || {
        let (word, rest) = text.split_once(char::is_whitespace)?;
        let rest = rest.trim();
        let is_more = rest.contains(char::is_whitespace) || !rest.is_ascii();
        let known = BARE_LETTERS.contains(&word)
            || BARE_KOREAN.contains(&word)
            || BARE_WORDS.contains(&word) && is_more;
        known.then(|| Some((word.parse().ok()?, rest))).flatten()
    };
    let (kind, rest) = with_colon.filter(|(_, rest)| !rest.is_empty()).or_else(bare)?;
    Some(Marked { kind: Some(kind), pivotal: false, sign: None, rest })
}
