//! JSON Schemas of what squall writes, made from the types it writes.

use schemars::{Schema, schema_for};

use super::shape::BoardFile;
use crate::format::Choices;
use crate::model::Board;
use crate::model::entry;

/// The schema of a board file.
pub fn schema_board() -> Schema {
    schema_for!(BoardFile<'static>)
}

/// The schema of a line of a board's log.
pub fn schema_entry() -> Schema {
    entry::schema()
}

/// The schema of a board file, as a format of its own.
pub(in crate::format) fn write_schema(_: &Board, _: &Choices) -> String {
    format!("{:#}\n", schema_board().to_value())
}
