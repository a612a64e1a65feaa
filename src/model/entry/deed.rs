//! A change in an entry, with the mark it stands at where that is not the entry's own.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};

use super::Mark;
use crate::model::change::Change;
use crate::model::id::EntryId;

/// One change of an entry and the place it is written at.
#[derive(Clone, PartialEq, Debug)]
pub struct Deed {
    /// What happened.
    pub change: Change,
    /// The mark of the write it takes back or repeats.
    pub at_mark: Option<Mark>,
}

impl Deed {
    /// Whether it is within all limits and stands at no mark above the entry's own time.
    pub(super) fn may_stand_in(&self, t: u64) -> bool {
        self.at_mark.is_none_or(|mark| mark.t <= t) && self.change.is_within_limits()
    }

    /// The same with the thing it makes named.
    pub(super) fn named(mut self, entry: EntryId, index: u32) -> Deed {
        if let Some(id) = self.change.makes_mut().filter(|id| id.is_here()) {
            *id = entry.thing(index);
        }
        self
    }
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
