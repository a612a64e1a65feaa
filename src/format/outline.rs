//! The outline of a board as JSON, for programs that draw, count or generate from it, and its JSON Schema.

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use serde_json::Value;

use super::Choices;
use crate::model::Board;
use crate::query::{Outline, Projection};

/// What the file says it is.
const FORMAT: &str = "squall-outline";
/// The version of the format this squall writes.
const VERSION: u32 = 1;

/// An outline as it stands in the file.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "squall outline")]
struct OutlineFile<'a> {
    /// What the file says it is.
    #[schemars(extend("const" = FORMAT))]
    format: &'a str,
    /// The version of this format.
    #[schemars(range(min = 1))]
    version: u32,
    #[serde(flatten)]
    outline: &'a Outline,
}

/// Writes what a board says.
pub(super) fn write(board: &Board, _: &Choices) -> String {
    let outline = Outline::of(board, &Projection::of(board));
    let file = OutlineFile { format: FORMAT, version: VERSION, outline: &outline };
    let text = serde_json::to_string_pretty(&file).expect("an outline holds nothing that is no JSON");
    format!("{text}\n")
}

/// The same as a value.
pub(super) fn value(outline: &Outline) -> Value {
    let file = OutlineFile { format: FORMAT, version: VERSION, outline };
    serde_json::to_value(file).expect("an outline holds nothing that is no JSON")
}

/// The schema of an outline file.
pub fn schema_outline() -> Schema {
    schema_for!(OutlineFile<'static>)
}

/// The schema of an outline file, as a format of its own.
pub(super) fn write_schema(_: &Board, _: &Choices) -> String {
    format!("{:#}\n", schema_outline().to_value())
}
