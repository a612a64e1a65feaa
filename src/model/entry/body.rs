//! The fields of a line.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, schema_for};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::sum::nesting;
use super::{Deed, Entry, Part};
use crate::model::id::{EntryId, Id, PersonId};
use crate::model::limit::{CHANGES_MAX, JSON_DEPTH_MAX, NAME_CHARS_MAX};

/// The JSON Schema of a line as this version writes it.
pub fn schema() -> Schema {
    schema_for!(Body<'static>)
}

/// The fields of a line, all of them understood.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "squall entry")]
pub(super) struct Body<'a> {
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
    pub(super) fn of(entry: &'a Entry) -> Body<'a> {
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

    pub(super) fn is_within_limits(&self) -> bool {
        self.deeds.len() <= CHANGES_MAX
            && self.by.chars().count() <= NAME_CHARS_MAX
            && self.who.len() <= NAME_CHARS_MAX
            && self.at.len() <= NAME_CHARS_MAX
            && self.deeds.iter().all(|deed| deed.may_stand_in(self.t))
    }

    pub(super) fn into_entry(self) -> Entry {
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

/// The envelope, and the rest as far as it can be understood.
#[derive(Deserialize)]
struct Envelope<'a> {
    id: EntryId,
    t: u64,
    #[serde(borrow, default, rename = "do")]
    deeds: Option<&'a RawValue>,
}

pub(super) fn read_leniently(text: &str) -> Option<Entry> {
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

/// Whether the JSON in `text` nests no deeper than a line may.
pub(super) fn is_shallow(text: &str) -> bool {
    nesting(text) <= JSON_DEPTH_MAX
}
