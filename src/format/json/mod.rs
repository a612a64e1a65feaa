//! squall's own JSON: everything that is on a board, ids kept; not its history, nor what was removed.
//!
//! A board is an object with a list for each sort of thing, sorted by id, one thing a line, so that two versions of a
//! file can be compared line by line. What a thing carries beside its place and wording stands in the same object
//! under its own name; names this version does not know are kept as they are.

mod onto;
mod read;
mod schema;
mod shape;
mod thing;
mod write;

pub(super) use onto::read_onto;
pub(super) use read::{Object, looks_like, quoted, read, read_object};
pub(super) use schema::write_schema;
pub use schema::{schema_board, schema_entry};
pub(super) use write::write;

/// What the file says it is.
const FORMAT: &str = "squall-board";
/// The version of the format this squall writes.
const VERSION: u32 = 1;

#[cfg(test)]
mod tests;
