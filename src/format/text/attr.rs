//! What is said of a thing beside its wording: `key:value` and `+flag` words after it.

use serde_json::Value;

use super::item::{Names, Reference, reference};
use super::sign::{list, meant, split_at_sign, unquoted, words};
use crate::model::field::{FIELDS, FieldRow, FieldType, allowed, field};
use crate::model::geometry::REACH;
use crate::model::{Id, Level, Size, Thing};

/// One attribute, understood.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Attr {
    /// A detail, of the thing itself or of the arrow that leads to it.
    Detail(Thing, String, Value),
    /// A detail that names other notes.
    Refs(&'static str, Vec<Reference>),
    /// A place; one number for a lane, two for all else.
    At(Vec<i32>),
    /// A size.
    Size(Size),
    /// Its name in files.
    Id(String),
    /// Who placed it.
    By(String),
    /// The note it is stuck on.
    On(Reference),
    /// Not the one that bears this wording already.
    New,
    /// Its layer.
    Layer(i64),
    /// Another wording nobody has settled yet.
    Or(String),
}

/// Words that set something else than a detail.
const AT: &[&str] = &["at", "자리"];
const SIZE: &[&str] = &["size", "크기"];
const BY: &[&str] = &["by", "작성"];
const ON: &[&str] = &["on", "붙음"];
const NEW: &[&str] = &["new", "새로"];
/// The detail a thing's own words are, which is not set twice.
const MAIN: &[&str] = &["name", "text", "title"];

/// The text without the attributes at its end, and these. What cannot be understood stays in the text.
pub(super) fn strip<'a>(text: &'a str, of: &[Thing], names: &Names) -> (&'a str, Vec<Attr>) {
    let mut attrs = Vec::new();
    let mut end = text.trim_end().len();
    for (at, word) in words(text).into_iter().skip(1).rev() {
        let Some(attr) = understood(word, of, names) else { break };
        attrs.push(attr);
        end = at;
    }
    attrs.reverse();
    (text[..end].trim(), attrs)
}

/// The attribute a word is, if it is one that things of this sort can have.
pub(super) fn understood(word: &str, of: &[Thing], names: &Names) -> Option<Attr> {
    if let Some(flag) = word.strip_prefix(['+', '＋']) {
        if NEW.contains(&flag) {
            return Some(Attr::New);
        }
        let (thing, row) = row(of, flag).filter(|(_, row)| row.holds == FieldType::Flag)?;
        return Some(Attr::Detail(thing, row.name.to_owned(), Value::Bool(true)));
    }
    let (key, said) = split_at_sign(word, ':').filter(|(key, said)| !key.is_empty() && !said.is_empty())?;
    let is = |words: &[&str]| words.contains(&key);
    let number = |text: &str| text.trim().parse().ok().filter(|n| (-REACH..=REACH).contains(n));
    let numbers = |by: &[char]| said.split(by).map(number).collect::<Option<Vec<i32>>>();
    let axes = if of == [Thing::Lane] { 1 } else { 2 };
    match key {
        "id" => (of == [Thing::Board] || said.parse::<Id>().is_ok()).then(|| Attr::Id(meant(said))),
        "z" => said.parse().ok().map(Attr::Layer),
        "or" => Some(Attr::Or(meant(said))),
        _ if is(AT) => numbers(&[',']).filter(|at| at.len() == axes).map(Attr::At),
        _ if is(SIZE) => match numbers(&['x', ','])?[..] {
            [w, h] => Some(Attr::Size(Size::new(w, h))).filter(|_| Size::new(w, h).on_wall()),
            _ => None,
        },
        _ if is(BY) => Some(Attr::By(meant(said))),
        _ if is(ON) => reference(said, names).map(Attr::On),
        _ => match key.strip_prefix('.') {
            Some(name) => raw(name, said, of),
            None => row(of, key).and_then(|(thing, row)| detail(thing, row, said, names)),
        },
    }
}

/// The row of a field by any word for it, and the first of these things that carries it.
fn row(of: &[Thing], word: &str) -> Option<(Thing, &'static FieldRow)> {
    let fits = |row: &&FieldRow| row.name == word || row.words.contains(&word);
    of.iter().find_map(|thing| {
        let row = FIELDS.iter().filter(|row| row.of.contains(thing)).find(fits)?;
        (!MAIN.contains(&row.name)).then_some((*thing, row))
    })
}

/// A detail whose name this version does not know, or whose value needs JSON to be told.
fn raw(name: &str, said: &str, of: &[Thing]) -> Option<Attr> {
    let thing = *of.first()?;
    let value: Value = serde_json::from_str(&meant(said)).ok()?;
    let is_main = MAIN.contains(&name) && field(thing, name).is_some();
    (!value.is_null() && !name.is_empty() && !is_main && allowed(thing, name, &value))
        .then(|| Attr::Detail(thing, name.to_owned(), value))
}

fn detail(thing: Thing, row: &'static FieldRow, said: &str, names: &Names) -> Option<Attr> {
    let texts = || list(said).into_iter().map(plain).collect::<Vec<_>>();
    let value = match row.holds {
        FieldType::Text(_) => Value::from(unquoted(said).unwrap_or_else(|| plain(said))),
        FieldType::Texts(_) | FieldType::Choices(_) => Value::from(texts()),
        FieldType::Flag => Value::Bool(!matches!(said, "false" | "no" | "아니요")),
        FieldType::Share => serde_json::from_str(said).ok()?,
        FieldType::Choice(_) => Value::from(choice(row.name, &plain(said))),
        FieldType::Id | FieldType::Ids => {
            let refs: Vec<Reference> =
                list(said).into_iter().map(|it| reference(it, names)).collect::<Option<_>>()?;
            let fits = row.holds == FieldType::Ids || refs.len() == 1;
            return fits.then_some(Attr::Refs(row.name, refs));
        }
    };
    allowed(thing, row.name, &value).then(|| Attr::Detail(thing, row.name.to_owned(), value))
}

/// One item of a value: in quotes, or as it stands.
fn plain(said: &str) -> String {
    unquoted(said).unwrap_or_else(|| said.to_owned())
}

/// A choice in the word files use, whichever language it was said in.
fn choice(field: &str, said: &str) -> String {
    let class = class(said).filter(|_| field == "class");
    let level = || (field == "level").then(|| said.parse::<Level>().ok().map(Level::id)).flatten();
    class.or_else(level).unwrap_or(said).to_owned()
}

/// How a context stands in the strategy, as the word files use.
pub(super) fn class(said: &str) -> Option<&'static str> {
    Some(match said {
        "core" | "핵심" => "core",
        "supporting" | "지원" => "supporting",
        "generic" | "일반" => "generic",
        _ => return None,
    })
}

/// The words in brackets that touch an arrow: its label and its attributes.
pub(super) fn of_arrow(said: &str, names: &Names) -> (String, Vec<Attr>) {
    let mut attrs = Vec::new();
    let mut end = said.len();
    for (at, word) in words(said).into_iter().rev() {
        let Some(attr) = understood(word, &[Thing::Arrow], names) else { break };
        attrs.push(attr);
        end = at;
    }
    attrs.reverse();
    (meant(&said[..end]), attrs)
}
