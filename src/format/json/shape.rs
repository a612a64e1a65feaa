//! The things of a board as they stand in the file; the schema is made from these types.

use std::collections::BTreeMap;

use schemars::transform::Transform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Value, json};

use crate::model::field::{FIELDS, FieldType};
use crate::model::limit::{ITEMS_MAX, NAME_CHARS_MAX, TITLE_CHARS_MAX, WORDING_CHARS_MAX};
use crate::model::{Details, Id, Level, NoteKind, Point, Rect, Size, Thing, Vote};

/// A whole board.
#[derive(JsonSchema)]
#[schemars(title = "squall board", transform = Carries(Thing::Board))]
pub(super) struct BoardFile<'a> {
    /// What the file says it is.
    #[schemars(extend("const" = super::FORMAT))]
    pub(super) format: &'a str,
    /// The version of this format.
    #[schemars(range(min = 1))]
    pub(super) version: u32,
    /// The wall's random name, which tells it from every other wall.
    pub(super) id: &'a str,
    /// What the wall is called.
    #[schemars(length(max = TITLE_CHARS_MAX))]
    pub(super) title: &'a str,
    /// What the room talks about and what not.
    #[schemars(length(max = WORDING_CHARS_MAX))]
    pub(super) scope: &'a str,
    /// How far the wall goes, where somebody has said so.
    pub(super) level: Option<Level>,
    #[serde(flatten)]
    pub(super) rest: Rest<'a>,
    /// The sticky notes.
    pub(super) notes: Vec<NoteFile<'a>>,
    /// The arrows between them.
    pub(super) arrows: Vec<ArrowFile<'a>>,
    /// The bounded contexts.
    pub(super) contexts: Vec<ContextFile<'a>>,
    /// The subdomains.
    pub(super) subdomains: Vec<ContextFile<'a>>,
    /// The lanes.
    pub(super) lanes: Vec<LaneFile<'a>>,
    /// Who voted for what.
    pub(super) votes: Vec<&'a Vote>,
    /// The numbered sentences of the scenario.
    pub(super) requirements: Vec<RequirementFile<'a>>,
    /// What the room agreed on.
    pub(super) decisions: Vec<DecisionFile<'a>>,
}

/// A sticky note.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Note", transform = Carries(Thing::Note))]
pub(super) struct NoteFile<'a> {
    pub(super) id: Id,
    pub(super) kind: NoteKind,
    /// What it says.
    #[schemars(length(max = WORDING_CHARS_MAX))]
    pub(super) wording: &'a str,
    /// What else it says, where two people worded it at the same moment and nobody has settled on one.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) alternatives: Vec<&'a str>,
    /// Its top-left corner.
    pub(super) at: Point,
    pub(super) size: Size,
    /// Its layer; what lies higher has the larger number.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub(super) z: i64,
    /// The note it is stuck on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) host: Option<Id>,
    /// The name of the person who placed it.
    #[serde(skip_serializing_if = "str::is_empty", default)]
    #[schemars(length(max = NAME_CHARS_MAX))]
    pub(super) author: &'a str,
    #[serde(flatten)]
    pub(super) rest: Rest<'a>,
}

/// An arrow between two notes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Arrow", transform = Carries(Thing::Arrow))]
pub(super) struct ArrowFile<'a> {
    pub(super) id: Id,
    /// The note it starts at.
    pub(super) from: Id,
    /// The note it points to.
    pub(super) to: Id,
    #[serde(flatten)]
    pub(super) rest: Rest<'a>,
}

/// A bounded context or a subdomain.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Context", transform = Carries(Thing::Context))]
pub(super) struct ContextFile<'a> {
    pub(super) id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a Value>,
    /// What it encloses.
    pub(super) rect: Rect,
    #[serde(flatten)]
    pub(super) rest: Rest<'a>,
}

/// A horizontal lane across the wall.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Lane", transform = Carries(Thing::Lane))]
pub(super) struct LaneFile<'a> {
    pub(super) id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a Value>,
    /// The row its upper edge lies on.
    pub(super) y: i32,
    #[serde(flatten)]
    pub(super) rest: Rest<'a>,
}

/// A numbered sentence of the scenario.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Requirement", transform = Carries(Thing::Requirement))]
pub(super) struct RequirementFile<'a> {
    pub(super) id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'a Value>,
    #[serde(flatten)]
    pub(super) rest: Rest<'a>,
}

/// What the room agreed on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Decision", transform = Carries(Thing::Decision))]
pub(super) struct DecisionFile<'a> {
    pub(super) id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'a Value>,
    #[serde(flatten)]
    pub(super) rest: Rest<'a>,
}

/// The details of a thing, in the thing's own object. One whose name is taken there stands in `details`.
#[derive(Serialize, JsonSchema)]
pub(super) struct Rest<'a> {
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub(super) details: BTreeMap<&'a str, &'a Value>,
    #[serde(flatten)]
    pub(super) flat: BTreeMap<&'a str, &'a Value>,
}

fn is_zero(z: &i64) -> bool {
    *z == 0
}

/// The names in a thing's object that no detail may take.
pub(super) fn taken(of: Thing) -> &'static [&'static str] {
    match of {
        Thing::Note => {
            &["id", "kind", "wording", "alternatives", "at", "size", "z", "host", "author", "details"]
        }
        Thing::Arrow => &["id", "from", "to", "details"],
        Thing::Context => &["id", "rect", "details"],
        Thing::Lane => &["id", "y", "details"],
        Thing::Requirement | Thing::Decision => &["id", "details"],
        Thing::Board => &[
            "format",
            "version",
            "id",
            "notes",
            "arrows",
            "contexts",
            "subdomains",
            "lanes",
            "votes",
            "requirements",
            "decisions",
            "details",
        ],
    }
}

/// Splits the details of a thing into the one that is written first, where there is such a one, and the rest.
pub(super) fn split<'a>(of: Thing, details: &'a Details) -> (Option<&'a Value>, Rest<'a>) {
    let first = match of {
        Thing::Context | Thing::Lane => "name",
        Thing::Requirement | Thing::Decision => "text",
        Thing::Note | Thing::Arrow | Thing::Board => "",
    };
    let others =
        details.iter().map(|(name, value)| (name.as_str(), value)).filter(|(name, _)| *name != first);
    let (nested, flat) = others.partition(|(name, _)| taken(of).contains(name));
    (details.get(first), Rest { details: nested, flat })
}

/// Writes the fields a thing may carry into its schema.
struct Carries(Thing);

impl Transform for Carries {
    fn transform(&mut self, schema: &mut Schema) {
        let object = schema.ensure_object();
        let properties = object.entry("properties").or_insert_with(|| json!({}));
        for row in FIELDS.iter().filter(|row| row.of.contains(&self.0)) {
            if properties.get(row.name).is_none() {
                properties[row.name] = of_type(row.holds);
            }
        }
    }
}

fn of_type(holds: FieldType) -> Value {
    let text = |max: usize| json!({ "type": "string", "maxLength": max });
    let list = |items: Value| json!({ "type": "array", "maxItems": ITEMS_MAX, "items": items });
    let id = || Id::json_schema(&mut SchemaGenerator::default()).to_value();
    match holds {
        FieldType::Text(max) => text(max),
        FieldType::Texts(max) => list(text(max)),
        FieldType::Flag => json!({ "type": "boolean" }),
        FieldType::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        FieldType::Choice(words) => json!({ "enum": words }),
        FieldType::Choices(words) => list(json!({ "enum": words })),
        FieldType::Id => id(),
        FieldType::Ids => list(id()),
    }
}
