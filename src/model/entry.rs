//! One deed, one line: how an entry is written down, and how a line is read.
//!
//! ```text
//! {"id":"k3x9v2p4qd.17","t":812,"at":"2026-11-22T13:40:02Z","who":"p7…","by":"민수","do":[…],"sum":"9f31c2aa"}
//! ```
//! A line's bytes never change once it is written: it is stored and forwarded as it came. Whether it counts depends
//! on the envelope alone (its size, `id`, `t` and `sum`); what this version cannot read inside is kept, not applied.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, schema_for};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};
use serde_json::value::RawValue;

use super::change::Change;
use super::id::{Author, EntryId, Id, PersonId};
use super::limit::{CHANGES_MAX, JSON_DEPTH_MAX, LINE_BYTES_MAX, NAME_CHARS_MAX, TIME_MAX};

/// Where one write stands in Lamport time: `[t, author, counter, index]`.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(from = "(u64, Author, u64, u32)", into = "(u64, Author, u64, u32)")]
pub struct Mark {
    /// Lamport time of the entry.
    pub t: u64,
    /// The entry.
    pub entry: EntryId,
    /// The place of the change in the entry.
    pub index: u32,
}

/// What decides which of two writes to one field wins: the greater one.
///
/// A write that takes back or repeats a deed stands at that deed's own mark, lengthened by its own: it wins over that
/// deed and loses to everything above it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Stamp {
    /// Where it stands.
    pub mark: Mark,
    /// Its own place, where it stands at the place of another.
    pub own: Option<Mark>,
}

/// One change of an entry and the place it is written at.
#[derive(Clone, PartialEq, Debug)]
pub struct Deed {
    /// What happened.
    pub change: Change,
    /// The mark of the write it takes back or repeats.
    pub at_mark: Option<Mark>,
}

/// Which part of a deed an entry is, where the deed was too large for one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// The deed's first entry.
    pub of: EntryId,
    /// Which part this is, from 1.
    pub part: u32,
    /// How many there are.
    pub parts: u32,
}

/// A person's deed: who, when, after what, and what changed.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Its name.
    pub id: EntryId,
    /// Lamport time.
    pub t: u64,
    /// When it was, in UTC, to be shown and for nothing else.
    pub at: String,
    /// The person.
    pub who: PersonId,
    /// The person's name.
    pub by: String,
    /// Which part of a larger deed this is.
    pub part: Option<Part>,
    /// The deed this one takes back.
    pub undo: Option<EntryId>,
    /// The deed this one does again.
    pub redo: Option<EntryId>,
    /// The changes, each with its place in the line. Those this version cannot read are left out.
    pub deeds: Vec<(u32, Deed)>,
    /// Whether the line holds anything this version cannot read.
    pub has_unread: bool,
}

/// An entry and the line it came from.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// What it says.
    pub entry: Entry,
    /// Its bytes, without the line end, as they came.
    pub text: Arc<str>,
}

/// Why a line is set aside.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, thiserror::Error)]
pub enum BadLine {
    /// Over the size of a line.
    #[error("longer than a line may be")]
    TooLong,
    /// No `sum` at its end.
    #[error("no check sum at its end")]
    NoSum,
    /// The `sum` is not that of the bytes before it.
    #[error("its check sum does not fit")]
    WrongSum,
    /// No id or no time.
    #[error("no id or no time of an entry")]
    NoEnvelope,
}

impl BadLine {
    /// The key of the sentence that tells people.
    pub fn key(self) -> &'static str {
        match self {
            BadLine::TooLong => "line-too-long",
            BadLine::NoSum => "line-without-sum",
            BadLine::WrongSum => "line-sum-wrong",
            BadLine::NoEnvelope => "line-without-envelope",
        }
    }
}

impl Entry {
    /// The stamp of a change of this entry.
    pub fn stamp(&self, index: u32, deed: &Deed) -> Stamp {
        let own = Mark { t: self.t, entry: self.id, index };
        match deed.at_mark {
            Some(mark) => Stamp { mark, own: Some(own) },
            None => Stamp { mark: own, own: None },
        }
    }

    /// The first entry of the deed this one belongs to.
    pub fn deed_id(&self) -> EntryId {
        self.part.map_or(self.id, |part| part.of)
    }
}

impl From<(u64, Author, u64, u32)> for Mark {
    fn from((t, author, counter, index): (u64, Author, u64, u32)) -> Self {
        Mark { t, entry: EntryId { author, counter }, index }
    }
}

impl From<Mark> for (u64, Author, u64, u32) {
    fn from(mark: Mark) -> Self {
        (mark.t, mark.entry.author, mark.entry.counter, mark.index)
    }
}

/// `text` with its check sum as last field. `text` is a JSON object with at least one field.
pub fn sealed(text: &str) -> String {
    let body = text.strip_suffix('}').expect("a JSON object ends in a brace");
    format!("{body},\"sum\":\"{:08x}\"}}", crc32fast::hash(body.as_bytes()))
}

/// How every line begins, so that none can be taken for anything else that stands in a file.
pub const BEGINNING: &str = "{\"id\":";
/// What stands before the check sum of a line.
pub const SUM_KEY: &str = ",\"sum\":\"";
/// Bytes of a line's end, `,"sum":"9f31c2aa"}`.
pub const SUM_LEN: usize = SUM_KEY.len() + 8 + 2;

/// Checks the check sum of a line.
pub fn check_sum(line: &str) -> Result<(), BadLine> {
    let at = line.len().checked_sub(SUM_LEN).ok_or(BadLine::NoSum)?;
    let bytes = line.as_bytes();
    let (body, tail) = bytes.split_at(at);
    if !tail.starts_with(SUM_KEY.as_bytes()) || !tail.ends_with(b"\"}") {
        return Err(BadLine::NoSum);
    }
    let sum = format!("{:08x}", crc32fast::hash(body));
    if sum.as_bytes() == &tail[SUM_KEY.len()..SUM_KEY.len() + 8] { Ok(()) } else { Err(BadLine::WrongSum) }
}

impl Line {
    /// The line of an entry that is made here. Says nothing where it would be longer than a line may be, or holds what
    /// others would not apply because it is over a limit.
    pub fn write(entry: Entry) -> Option<Line> {
        let body = Body::of(&entry);
        if !body.is_within_limits() {
            return None;
        }
        let text = sealed(&serde_json::to_string(&body).expect("an entry is plain data"));
        (text.len() <= LINE_BYTES_MAX).then(|| Line { entry, text: text.into() })
    }

    /// Reads a line, without its line end.
    pub fn read(text: &str) -> Result<Line, BadLine> {
        if text.len() > LINE_BYTES_MAX {
            return Err(BadLine::TooLong);
        }
        check_sum(text)?;
        if !text.starts_with(BEGINNING) || text.contains('\n') {
            return Err(BadLine::NoEnvelope);
        }
        let entry = match serde_json::from_str::<Body<'_>>(text) {
            Ok(body) if body.is_within_limits() && is_shallow(text) => body.into_entry(),
            _ => read_leniently(text).ok_or(BadLine::NoEnvelope)?,
        };
        if entry.t > TIME_MAX {
            return Err(BadLine::NoEnvelope);
        }
        Ok(Line { entry, text: text.into() })
    }
}

/// Whether the JSON in `text` nests no deeper than a line may.
fn is_shallow(text: &str) -> bool {
    nesting(text) <= JSON_DEPTH_MAX
}

/// How deep the JSON in `text` nests, without reading it.
pub fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The JSON Schema of a line as this version writes it.
pub fn schema() -> Schema {
    schema_for!(Body<'static>)
}

/// The fields of a line, all of them understood.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "squall entry")]
struct Body<'a> {
    id: EntryId,
    t: u64,
    #[serde(borrow, default)]
    at: Cow<'a, str>,
    #[serde(borrow, default)]
    who: Cow<'a, str>,
    #[serde(borrow, default)]
    by: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<(EntryId, u32, u32)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undo: Option<EntryId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redo: Option<EntryId>,
    #[serde(default, rename = "do")]
    deeds: Vec<Deed>,
    /// CRC-32 of the bytes of the line before this field.
    #[serde(default, rename = "sum", skip_serializing)]
    #[schemars(with = "String", regex(pattern = "^[0-9a-f]{8}$"))]
    _sum: IgnoredAny,
}

impl<'a> Body<'a> {
    fn of(entry: &'a Entry) -> Body<'a> {
        let deeds = entry.deeds.iter().map(|(index, deed)| {
            let mut deed = deed.clone();
            if let Some(id) = deed.change.makes_mut().filter(|id| **id == entry.id.thing(*index)) {
                *id = Id::HERE;
            }
            deed
        });
        Body {
            id: entry.id,
            t: entry.t,
            at: Cow::Borrowed(&entry.at),
            who: Cow::Borrowed(&entry.who.0),
            by: Cow::Borrowed(&entry.by),
            of: entry.part.map(|part| (part.of, part.part, part.parts)),
            undo: entry.undo,
            redo: entry.redo,
            deeds: deeds.collect(),
            _sum: IgnoredAny,
        }
    }

    fn is_within_limits(&self) -> bool {
        self.deeds.len() <= CHANGES_MAX
            && self.by.chars().count() <= NAME_CHARS_MAX
            && self.who.len() <= NAME_CHARS_MAX
            && self.at.len() <= NAME_CHARS_MAX
            && self.deeds.iter().all(|deed| deed.may_stand_in(self.t))
    }

    fn into_entry(self) -> Entry {
        let id = self.id;
        Entry {
            id,
            t: self.t,
            at: self.at.into_owned(),
            who: PersonId(self.who.into_owned()),
            by: self.by.into_owned(),
            part: self.of.map(|(of, part, parts)| Part { of, part, parts }),
            undo: self.undo,
            redo: self.redo,
            deeds: self
                .deeds
                .into_iter()
                .zip(0..)
                .map(|(deed, index)| (index, deed.named(id, index)))
                .collect(),
            has_unread: false,
        }
    }
}

impl Deed {
    /// Whether it is within all limits and stands at no mark above the entry's own time.
    fn may_stand_in(&self, t: u64) -> bool {
        self.at_mark.is_none_or(|mark| mark.t <= t) && self.change.is_within_limits()
    }

    /// The same with the thing it makes named.
    fn named(mut self, entry: EntryId, index: u32) -> Deed {
        if let Some(id) = self.change.makes_mut().filter(|id| id.is_here()) {
            *id = entry.thing(index);
        }
        self
    }
}

/// The envelope, and the rest as far as it can be understood.
#[derive(Deserialize)]
struct Envelope<'a> {
    id: EntryId,
    t: u64,
    #[serde(borrow, default, rename = "do")]
    deeds: Option<&'a RawValue>,
}

fn read_leniently(text: &str) -> Option<Entry> {
    let envelope: Envelope<'_> = serde_json::from_str(text).ok()?;
    let body: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).ok().unwrap_or_default();
    let short = |name: &str| {
        let text = body.get(name).and_then(serde_json::Value::as_str).unwrap_or("");
        text.chars().take(NAME_CHARS_MAX).collect::<String>()
    };
    let part = body.get("of").and_then(|of| <(EntryId, u32, u32)>::deserialize(of).ok());
    let entry_named = |name: &str| body.get(name).and_then(|id| EntryId::deserialize(id).ok());
    let raw: Vec<&RawValue> = envelope
        .deeds
        .filter(|_| is_shallow(text))
        .and_then(|deeds| serde_json::from_str(deeds.get()).ok())
        .unwrap_or_default();
    let understood = |(index, raw): (u32, &RawValue)| {
        let deed: Deed = serde_json::from_str(raw.get()).ok()?;
        deed.may_stand_in(envelope.t).then(|| (index, deed.named(envelope.id, index)))
    };
    Some(Entry {
        id: envelope.id,
        t: envelope.t,
        at: short("at"),
        who: PersonId(short("who")),
        by: short("by"),
        part: part.map(|(of, part, parts)| Part { of, part, parts }),
        undo: entry_named("undo"),
        redo: entry_named("redo"),
        deeds: (0..).zip(raw).take(CHANGES_MAX).filter_map(understood).collect(),
        has_unread: true,
    })
}

/// A change, with the mark it stands at beside it.
impl JsonSchema for Deed {
    fn schema_name() -> Cow<'static, str> {
        "Deed".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Change::json_schema(generator);
        let mark = generator.subschema_for::<Mark>();
        let variants = schema.get_mut("oneOf").and_then(serde_json::Value::as_array_mut);
        for variant in variants.into_iter().flatten() {
            variant["properties"]["as"] = mark.clone().to_value();
        }
        schema
    }
}

impl Serialize for Deed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(mark) = self.at_mark else {
            return self.change.serialize(serializer);
        };
        let value = serde_json::to_value(&self.change).map_err(serde::ser::Error::custom)?;
        let object = value.as_object().expect("a change is an object with one key");
        let mut map = serializer.serialize_map(Some(2))?;
        for (name, body) in object {
            map.serialize_entry(name, body)?;
        }
        map.serialize_entry("as", &mark)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Deed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Deed;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a change")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Deed, A::Error> {
                let change = Change::deserialize(MapAccessDeserializer::new(&mut map))?;
                let at_mark = match map.next_key::<Cow<'_, str>>()? {
                    None => None,
                    Some(name) if name == "as" => Some(map.next_value()?),
                    Some(name) => return Err(de::Error::custom(format_args!("unknown field {name}"))),
                };
                match map.next_entry::<IgnoredAny, IgnoredAny>()? {
                    None => Ok(Deed { change, at_mark }),
                    Some(_) => Err(de::Error::custom("more than a change and its mark")),
                }
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Point;
    use super::*;

    fn entry() -> Entry {
        let id: EntryId = "k3x9v2p4qd.17".parse().unwrap();
        let moved = Change::NoteMoved { note: id.thing(3), to: Point::new(12, 4) };
        let mark = Mark { t: 7, entry: id, index: 2 };
        let framed = Change::LaneDrawn { id: id.thing(1), y: 3, details: Default::default() };
        Entry {
            id,
            t: 812,
            at: "2026-11-22T13:40:02Z".into(),
            who: PersonId("p7".into()),
            by: "민수".into(),
            part: None,
            undo: None,
            redo: None,
            deeds: vec![
                (0, Deed { change: moved, at_mark: Some(mark) }),
                (1, Deed { change: framed, at_mark: None }),
            ],
            has_unread: false,
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let line = Line::write(entry()).unwrap();
        assert_eq!(Line::read(&line.text), Ok(line.clone()));
        assert!(line.text.contains(
            r#""do":[{"note_moved":{"note":"k3x9v2p4qd.17/3","to":[12,4]},"as":[7,"k3x9v2p4qd",17,2]},{"lane_drawn":{"y":3}}]"#
        ), "{}", line.text);
    }

    #[test]
    fn any_flipped_bit_is_seen() {
        let line = Line::write(entry()).unwrap();
        for at in 0..line.text.len() * 8 {
            let mut bytes = line.text.as_bytes().to_vec();
            bytes[at / 8] ^= 1 << (at % 8);
            if let Ok(text) = std::str::from_utf8(&bytes) {
                assert!(Line::read(text).is_err(), "bit {at} flipped unseen: {text}");
            }
        }
    }

    #[test]
    fn what_this_version_cannot_read_is_counted_and_the_rest_applied() {
        let text = sealed(
            r#"{"id":"k3x9v2p4qd.2","t":5,"mood":"fine","do":[{"note_folded":{"note":"x"}},{"lane_drawn":{"y":3}},{"lane_moved":{"lane":"k3x9v2p4qd.2/1","y":9000000}}]}"#,
        );
        let line = Line::read(&text).unwrap();
        assert!(line.entry.has_unread);
        assert_eq!(line.entry.deeds.len(), 1);
        assert_eq!(line.entry.deeds[0].0, 1);
        assert_eq!(line.entry.deeds[0].1.change.makes(), Some("k3x9v2p4qd.2/1".parse().unwrap()));
    }

    #[test]
    fn an_envelope_needs_an_id_and_a_time() {
        assert_eq!(Line::read(&sealed(r#"{"t":5}"#)), Err(BadLine::NoEnvelope));
        assert_eq!(Line::read(&sealed(r#"{"id":"k3x9v2p4qd.0","t":5}"#)), Err(BadLine::NoEnvelope));
        assert_eq!(
            Line::read(&sealed(r#"{"id":"k3x9v2p4qd.1","t":9007199254740993}"#)),
            Err(BadLine::NoEnvelope)
        );
        assert_eq!(Line::read(r#"{"id":"k3x9v2p4qd.1","t":5}"#), Err(BadLine::NoSum));
        let deep = format!(r#"{{"id":"k3x9v2p4qd.1","t":5,"do":{}{}}}"#, "[".repeat(9000), "]".repeat(9000));
        assert!(
            Line::read(&sealed(&deep)).is_ok_and(|line| line.entry.has_unread && line.entry.deeds.is_empty())
        );
    }
}
