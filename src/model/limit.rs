//! How much of everything is too much. Over a limit there is a sentence, never a crash.

/// Bytes of one entry line, without its line end.
pub const LINE_BYTES_MAX: usize = 64 * 1024;
/// Changes one entry may hold.
pub const CHANGES_MAX: usize = 2_000;
/// How deep the JSON of an entry may nest.
pub const JSON_DEPTH_MAX: usize = 16;
/// Lamport time: what a JSON number holds exactly everywhere.
pub const TIME_MAX: u64 = 1 << 53;
/// The largest step of Lamport time the fold walks over.
pub const TIME_STEP_MAX: u64 = 1_000_000;
/// How far above what it can read a new author starts its clock.
pub const TIME_HEAD_START: u64 = 64;
/// The largest counter of an author.
pub const COUNTER_MAX: u64 = 1 << 53;
/// Characters of a wording.
pub const WORDING_CHARS_MAX: usize = 4_000;
/// Characters of a title, of the name of a context or a lane, and of other one-line texts.
pub const TITLE_CHARS_MAX: usize = 200;
/// Characters of a person's name and of a tag.
pub const NAME_CHARS_MAX: usize = 40;
/// Items of a list in a detail.
pub const ITEMS_MAX: usize = 200;
/// Bytes of one detail of a kind this version does not know.
pub const DETAIL_BYTES_MAX: usize = 16 * 1024;
/// Details one thing may carry.
pub const DETAILS_MAX: usize = 64;
/// How deep a detail of a kind this version does not know may nest, so that a line holds it and all around it.
pub const DETAIL_DEPTH_MAX: usize = JSON_DEPTH_MAX - 5;
/// Votes one person may put on one note.
pub const VOTES_MAX: u32 = 100;
/// Notes of a board.
pub const NOTES_MAX: usize = 100_000;
/// Arrows of a board.
pub const ARROWS_MAX: usize = 200_000;
/// Contexts and subdomains of a board.
pub const CONTEXTS_MAX: usize = 2_000;
/// Lanes, requirements and decisions of a board, each.
pub const ROWS_MAX: usize = 2_000;
/// Bytes of a file that is imported.
pub const IMPORT_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Bytes of a report template that somebody brings.
pub const TEMPLATE_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of what it is filled to.
pub const TEMPLATE_OUTPUT_MAX: usize = 16 * 1024 * 1024;
/// Steps it may take; 64 bytes that it makes on the way count as one.
pub const TEMPLATE_STEPS_MAX: u64 = 5_000_000;
/// How deep the JSON of an imported file may nest.
pub const IMPORT_DEPTH_MAX: usize = 64;
/// Rows or elements of an imported file.
pub const IMPORT_ROWS_MAX: usize = 100_000;
