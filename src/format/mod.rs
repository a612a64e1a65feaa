//! Boards in other people's words: one row in [`FORMATS`] and one file for each.
//!
//! Reading never fails half: it gives a whole board and what could not be carried, or one sentence. Writing the same
//! board twice gives the same bytes.

mod canvas;
mod cml;
mod contract;
mod diagram;
mod drawio;
mod excalidraw;
mod graph;
pub mod html;
mod ident;
mod ink;
pub mod json;
mod landscape;
mod lines;
pub mod mapping;
pub mod markdown;
pub mod mermaid;
mod miro;
mod msaez;
mod outline;
mod part;
mod qlerify;
pub mod report;
pub mod sarif;
mod sketch;
pub mod svg;
mod table;
pub mod text;

pub use mapping::{Mapping, Unclear};
pub use outline::schema_outline;

use std::collections::BTreeMap;

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
    /// What may be meant otherwise.
    pub unclear: Vec<Unclear>,
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
#[derive(Clone, Copy, Debug)]
pub enum Reader {
    /// It says itself what everything is.
    Plain(fn(&str, Mint<'_>) -> Result<Reading, Said>),
    /// Colours or words stand for kinds in it.
    Mapped(fn(&str, &Mapping, Mint<'_>) -> Result<Reading, Said>),
}

/// Reads a whole file onto a wall, whose things it may name: what the wall is once the file has its way. The flag says
/// that what the file does not tell stays on the wall, and must not be covered.
pub type OntoReader = fn(&Board, &str, bool, Mint<'_>) -> Result<Reading, Said>;
/// The text of every file of a folder, by its path; `/` stands between folders.
pub type Folder = BTreeMap<String, String>;

/// Writes a board.
#[derive(Clone, Copy, Debug)]
pub enum Writer {
    /// One text.
    Text(fn(&Board, &Choices) -> String),
    /// Several.
    Folder(fn(&Board, &Choices) -> Folder),
}

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Written {
    /// The text of one file.
    Text(String),
    /// A folder.
    Folder(Folder),
}

/// One row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// The ending of its files, without the dot; empty where they are of several sorts.
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
    /// Whether one context is written with what its neighbours say to it; else it is cut out first.
    pub hears_neighbours: bool,
}

impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

/// What a row says of a format that nothing more is said of.
const PLAIN: Format = Format {
    name: "",
    ending: "",
    about: "",
    is_json: false,
    looks_like: |_| false,
    read: None,
    read_onto: None,
    write: None,
    hears_neighbours: false,
};

/// Every format there is, in the order they are tried on a file whose format nobody named.
pub static FORMATS: &[Format] = &[
    Format {
        name: "asyncapi",
        ending: "asyncapi.yaml",
        about: "format-asyncapi",
        write: Some(Writer::Folder(contract::asyncapi::write)),
        hears_neighbours: true,
        ..PLAIN
    },
    Format {
        name: "cml",
        ending: "cml",
        about: "format-cml",
        looks_like: cml::looks_like,
        read: Some(Reader::Plain(cml::read)),
        write: Some(Writer::Text(contract::cml::write)),
        hears_neighbours: true,
        ..PLAIN
    },
    Format {
        name: "csv",
        ending: "csv",
        about: "format-csv",
        looks_like: table::looks_like,
        read: Some(Reader::Mapped(table::read)),
        write: Some(Writer::Text(table::write)),
        ..PLAIN
    },
    Format {
        name: "d2",
        ending: "d2",
        about: "format-d2",
        write: Some(Writer::Text(diagram::d2::write)),
        ..PLAIN
    },
    Format {
        name: "drawio",
        ending: "drawio",
        about: "format-drawio",
        looks_like: drawio::looks_like,
        read: Some(Reader::Mapped(drawio::read)),
        read_onto: Some(|_, text, _, mint| drawio::read(text, &Mapping::default(), mint)),
        write: Some(Writer::Text(drawio::write)),
        ..PLAIN
    },
    Format {
        name: "eventcatalog",
        about: "format-eventcatalog",
        write: Some(Writer::Folder(contract::eventcatalog::write)),
        hears_neighbours: true,
        ..PLAIN
    },
    Format {
        name: "excalidraw",
        ending: "excalidraw",
        about: "format-excalidraw",
        is_json: true,
        looks_like: excalidraw::looks_like,
        read: Some(Reader::Mapped(excalidraw::read)),
        read_onto: Some(|_, text, _, mint| excalidraw::read(text, &Mapping::default(), mint)),
        write: Some(Writer::Text(excalidraw::write)),
        ..PLAIN
    },
    Format {
        name: "json",
        ending: "json",
        about: "format-json",
        is_json: true,
        looks_like: json::looks_like,
        read: Some(Reader::Plain(json::read)),
        read_onto: Some(json::read_onto),
        write: Some(Writer::Text(json::write)),
        ..PLAIN
    },
    Format {
        name: "json-canvas",
        ending: "canvas",
        about: "format-json-canvas",
        is_json: true,
        looks_like: canvas::looks_like,
        read: Some(Reader::Mapped(canvas::read)),
        read_onto: Some(|_, text, _, mint| canvas::read(text, &Mapping::default(), mint)),
        write: Some(Writer::Text(canvas::write)),
        ..PLAIN
    },
    Format {
        name: "json-schema",
        ending: "schema.json",
        about: "format-json-schema",
        write: Some(Writer::Text(json::write_schema)),
        ..PLAIN
    },
    Format {
        name: "mermaid",
        ending: "mmd",
        about: "format-mermaid",
        looks_like: mermaid::looks_like,
        read: Some(Reader::Mapped(mermaid::read)),
        write: Some(Writer::Text(mermaid::write_wall)),
        ..PLAIN
    },
    Format {
        name: "mermaid-chart",
        ending: "chart.mmd",
        about: "format-mermaid-chart",
        write: Some(Writer::Text(mermaid::write_chart)),
        ..PLAIN
    },
    Format {
        name: "mermaid-classes",
        ending: "classes.mmd",
        about: "format-mermaid-classes",
        write: Some(Writer::Text(mermaid::write_classes)),
        ..PLAIN
    },
    Format {
        name: "mermaid-flows",
        ending: "",
        about: "format-mermaid-flows",
        write: Some(Writer::Folder(mermaid::write_flows)),
        ..PLAIN
    },
    Format {
        name: "mermaid-map",
        ending: "map.mmd",
        about: "format-mermaid-map",
        write: Some(Writer::Text(mermaid::write_map)),
        ..PLAIN
    },
    Format {
        name: "mermaid-timeline",
        ending: "timeline.mmd",
        about: "format-mermaid-timeline",
        write: Some(Writer::Text(mermaid::write_timeline)),
        ..PLAIN
    },
    Format {
        name: "miro",
        ending: "json",
        about: "format-miro",
        is_json: true,
        looks_like: miro::looks_like,
        read: Some(Reader::Mapped(miro::read)),
        ..PLAIN
    },
    Format {
        name: "msaez",
        ending: "json",
        about: "format-msaez",
        is_json: true,
        looks_like: msaez::looks_like,
        read: Some(Reader::Plain(msaez::read)),
        ..PLAIN
    },
    Format {
        name: "openapi",
        ending: "openapi.yaml",
        about: "format-openapi",
        write: Some(Writer::Folder(contract::openapi::write)),
        hears_neighbours: true,
        ..PLAIN
    },
    Format {
        name: "outline-json",
        ending: "outline.json",
        about: "format-outline-json",
        write: Some(Writer::Text(outline::write)),
        ..PLAIN
    },
    Format {
        name: "outline-json-schema",
        ending: "outline.schema.json",
        about: "format-outline-json-schema",
        write: Some(Writer::Text(outline::write_schema)),
        ..PLAIN
    },
    Format {
        name: "plantuml",
        ending: "puml",
        about: "format-plantuml",
        write: Some(Writer::Text(diagram::plantuml::write)),
        ..PLAIN
    },
    Format {
        name: "qlerify",
        ending: "json",
        about: "format-qlerify",
        is_json: true,
        looks_like: qlerify::looks_like,
        read: Some(Reader::Plain(qlerify::read)),
        ..PLAIN
    },
    Format {
        name: "svg",
        ending: "svg",
        about: "format-svg",
        write: Some(Writer::Text(svg::write_wall)),
        ..PLAIN
    },
    Format {
        name: "svg-map",
        ending: "map.svg",
        about: "format-svg-map",
        write: Some(Writer::Text(svg::write_map)),
        ..PLAIN
    },
    Format {
        name: "text",
        ending: "txt",
        about: "format-text",
        looks_like: text::looks_like,
        read: Some(Reader::Plain(text::read)),
        read_onto: Some(text::read_onto),
        write: Some(Writer::Text(text::write)),
        ..PLAIN
    },
    Format {
        name: "lines",
        ending: "txt",
        about: "format-lines",
        read: Some(Reader::Plain(lines::read)),
        ..PLAIN
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

    /// Whether colours or words stand for kinds in it, as far as squall has not written it itself.
    pub fn is_mapped(&self) -> bool {
        matches!(self.read, Some(Reader::Mapped(_)))
    }

    /// Whether a board, or one context of it, goes into several files.
    pub fn is_folder(&self, context: Option<Id>) -> bool {
        matches!(self.write, Some(Writer::Folder(_))) && (context.is_none() || self.ending.is_empty())
    }

    /// Reads a text that somebody says, or that looks as if it, is in this format.
    pub fn read(&self, text: &str, mint: Mint<'_>) -> Result<Reading, Said> {
        self.read_mapped(text, &Mapping::default(), mint)
    }

    /// The same where somebody says what its colours and words stand for.
    pub fn read_mapped(&self, text: &str, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
        let read =
            self.read.ok_or_else(|| Said::new("import-format-only-written").with("format", self.name))?;
        self.check(text)?;
        match read {
            Reader::Plain(read) => read(text, mint),
            Reader::Mapped(read) => read(text, mapping, mint),
        }
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
    pub fn write(&self, board: &Board, choices: &Choices) -> Result<Written, Said> {
        let write =
            self.write.ok_or_else(|| Said::new("export-format-only-read").with("format", self.name))?;
        let cut = choices.context.filter(|_| !self.hears_neighbours);
        let part = cut.map(|context| part::part_of(board, context));
        let board = part.as_ref().unwrap_or(board);
        Ok(match write {
            Writer::Text(write) => Written::Text(write(board, choices)),
            Writer::Folder(write) => Written::Folder(write(board, choices)),
        })
    }

    /// What is written as one text.
    pub fn text(&self, board: &Board, choices: &Choices) -> Option<String> {
        self.write(board, choices).ok()?.text()
    }
}

impl Written {
    /// The text, where it is one: also that of a folder's only file.
    pub fn text(self) -> Option<String> {
        match self {
            Written::Text(text) => Some(text),
            Written::Folder(files) if files.len() == 1 => files.into_values().next(),
            Written::Folder(_) => None,
        }
    }
}
