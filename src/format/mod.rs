//! Boards in other people's words: one row in [`FORMATS`] and one file for each.
//!
//! Reading never fails half: it gives a whole board and what could not be carried, or one sentence. Writing the same
//! board twice gives the same bytes.

pub mod html;
mod ink;
pub mod json;
mod landscape;
pub mod markdown;
pub mod mermaid;
mod msaez;
mod outline;
mod part;
pub mod report;
pub mod sarif;
pub mod svg;
pub mod text;

pub use outline::schema_outline;

use crate::model::entry::nesting;
use crate::model::limit::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX};
use crate::model::{Board, Id};
use crate::words::{Lang, Said};

/// Something that was read and could not be carried, or had to be guessed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// The line of the file, from 1, where the format has lines.
    pub line: Option<usize>,
    /// What is remarked.
    pub said: Said,
}

/// What a file held.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reading {
    /// The board in it.
    pub board: Board,
    /// What was not carried.
    pub remarks: Vec<Remark>,
}

/// Gives a new id each time.
pub type Mint<'a> = &'a mut dyn FnMut() -> Id;

/// How a board is to be written.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The only context that is wanted.
    pub context: Option<Id>,
    /// Whether ids and places are wanted where the format can do without.
    pub exact: bool,
    /// The language of what the format says in words of its own.
    pub lang: Lang,
}

/// Reads a whole file.
pub type Reader = fn(&str, Mint<'_>) -> Result<Reading, Said>;
/// Reads a whole file onto a wall, whose things it may name: what the wall is once the file has its way. The flag says
/// that what the file does not tell stays on the wall, and must not be covered.
pub type OntoReader = fn(&Board, &str, bool, Mint<'_>) -> Result<Reading, Said>;
/// Writes a whole file.
pub type Writer = fn(&Board, &Choices) -> String;

/// One row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// The ending of its files, without the dot.
    pub ending: &'static str,
    /// The key of the sentence that says what it is.
    pub about: &'static str,
    /// Whether it is JSON, whose nesting is bounded before it is read.
    pub is_json: bool,
    /// Whether a text looks like this format.
    pub looks_like: fn(&str) -> bool,
    /// How it is read, where squall reads it.
    pub read: Option<Reader>,
    /// How it is read onto a wall it was written from, where a file tells which thing it means.
    pub read_onto: Option<OntoReader>,
    /// How it is written, where squall writes it.
    pub write: Option<Writer>,
}

/// Every format there is, in the order they are tried on a file whose format nobody named.
pub static FORMATS: &[Format] = &[
    Format {
        name: "json",
        ending: "json",
        about: "format-json",
        is_json: true,
        looks_like: json::looks_like,
        read: Some(json::read),
        read_onto: Some(json::read_onto),
        write: Some(json::write),
    },
    Format {
        name: "json-schema",
        ending: "schema.json",
        about: "format-json-schema",
        is_json: true,
        looks_like: |_| false,
        read: None,
        read_onto: None,
        write: Some(json::write_schema),
    },
    Format {
        name: "mermaid",
        ending: "mmd",
        about: "format-mermaid",
        is_json: false,
        looks_like: |_| false,
        read: None,
        read_onto: None,
        write: Some(mermaid::write),
    },
    Format {
        name: "msaez",
        ending: "json",
        about: "format-msaez",
        is_json: true,
        looks_like: msaez::looks_like,
        read: Some(msaez::read),
        read_onto: None,
        write: None,
    },
    Format {
        name: "outline-json",
        ending: "outline.json",
        about: "format-outline-json",
        is_json: true,
        looks_like: |_| false,
        read: None,
        read_onto: None,
        write: Some(outline::write),
    },
    Format {
        name: "outline-json-schema",
        ending: "outline.schema.json",
        about: "format-outline-json-schema",
        is_json: true,
        looks_like: |_| false,
        read: None,
        read_onto: None,
        write: Some(outline::write_schema),
    },
    Format {
        name: "svg",
        ending: "svg",
        about: "format-svg",
        is_json: false,
        looks_like: |_| false,
        read: None,
        read_onto: None,
        write: Some(svg::write_wall),
    },
    Format {
        name: "svg-map",
        ending: "map.svg",
        about: "format-svg-map",
        is_json: false,
        looks_like: |_| false,
        read: None,
        read_onto: None,
        write: Some(svg::write_map),
    },
    Format {
        name: "text",
        ending: "txt",
        about: "format-text",
        is_json: false,
        looks_like: text::looks_like,
        read: Some(text::read),
        read_onto: Some(text::read_onto),
        write: Some(text::write),
    },
];

/// The format of a name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The format a text is in, as far as its looks and the name of its file tell.
pub fn guessed(text: &str, file_name: &str) -> Option<&'static Format> {
    let readable = || FORMATS.iter().filter(|format| format.read.is_some());
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
    readable()
        .find(|format| (format.looks_like)(text))
        .or_else(|| readable().find(|format| format.ending == ending && !format.is_json))
}

/// The text in the bytes of an imported file, within bounds.
pub fn text_in(bytes: &[u8]) -> Result<&str, Said> {
    if bytes.len() as u64 > IMPORT_BYTES_MAX {
        return Err(Said::new("import-too-large").with("max", IMPORT_BYTES_MAX >> 20));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| Said::new("import-no-text").with("at", error.valid_up_to()))
}

impl Format {
    /// Whether a file in this format tells which things of a wall it means.
    pub fn keeps_ids(&self) -> bool {
        self.read_onto.is_some()
    }

    /// Reads a text that somebody says, or that looks as if it, is in this format.
    pub fn read(&self, text: &str, mint: Mint<'_>) -> Result<Reading, Said> {
        let read =
            self.read.ok_or_else(|| Said::new("import-format-only-written").with("format", self.name))?;
        self.check(text)?;
        read(text, mint)
    }

    /// Reads a text onto a wall; see [`OntoReader`].
    pub fn read_onto(&self, wall: &Board, text: &str, stays: bool, mint: Mint<'_>) -> Result<Reading, Said> {
        let read = self.read_onto.ok_or_else(|| Said::new("import-no-ids").with("format", self.name))?;
        self.check(text)?;
        read(wall, text, stays, mint)
    }

    fn check(&self, text: &str) -> Result<(), Said> {
        let is_too_deep = self.is_json && nesting(text) > IMPORT_DEPTH_MAX;
        if is_too_deep { Err(Said::new("import-too-deep").with("max", IMPORT_DEPTH_MAX)) } else { Ok(()) }
    }

    /// Writes a board, or the part of it that is wanted.
    pub fn write(&self, board: &Board, choices: &Choices) -> Result<String, Said> {
        let write =
            self.write.ok_or_else(|| Said::new("export-format-only-read").with("format", self.name))?;
        Ok(match choices.context {
            Some(context) => write(&part::part_of(board, context), choices),
            None => write(board, choices),
        })
    }
}
