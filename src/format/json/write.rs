//! A board as JSON: the same board gives the same bytes.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::shape::{
    ArrowFile, BoardFile, ContextFile, DecisionFile, LaneFile, NoteFile, RequirementFile, split,
};
use super::{FORMAT, VERSION};
use crate::format::Choices;
use crate::model::{Arrow, Board, Context, Frame, Lane, Note, Sentence, Thing};

pub(in crate::format) fn write(board: &Board, _: &Choices) -> String {
    let BoardFile {
        format,
        version,
        id,
        title,
        scope,
        level,
        rest,
        notes,
        arrows,
        contexts,
        subdomains,
        lanes,
        votes,
        requirements,
        decisions,
    } = shaped(board);
    let mut file = File { text: "{".to_owned() };
    file.field("format", &format);
    file.field("version", &version);
    file.field("id", &id);
    file.field("title", &title);
    file.field("scope", &scope);
    file.field("level", &level);
    rest.flat.iter().for_each(|(name, value)| file.field(name, value));
    if !rest.details.is_empty() {
        file.field("details", &rest.details);
    }
    file.list("notes", &notes);
    file.list("arrows", &arrows);
    file.list("contexts", &contexts);
    file.list("subdomains", &subdomains);
    file.list("lanes", &lanes);
    file.list("votes", &votes);
    file.list("requirements", &requirements);
    file.list("decisions", &decisions);
    file.text + "\n}\n"
}

fn shaped(board: &Board) -> BoardFile<'_> {
    let frames = |frame| board.contexts.values().filter(move |it: &&Context| it.frame == frame).map(context);
    let (_, mut rest) = split(Thing::Board, &board.details);
    for name in ["title", "scope", "level"] {
        rest.flat.remove(name);
    }
    BoardFile {
        format: FORMAT,
        version: VERSION,
        id: &board.id,
        title: board.title(),
        scope: board.scope(),
        level: board.level(),
        rest,
        notes: board.notes.values().map(note).collect(),
        arrows: board.arrows.values().map(arrow).collect(),
        contexts: frames(Frame::Context).collect(),
        subdomains: frames(Frame::Subdomain).collect(),
        lanes: board.lanes.values().map(lane).collect(),
        votes: board.votes.values().collect(),
        requirements: board.requirements.values().map(requirement).collect(),
        decisions: board.decisions.values().map(decision).collect(),
    }
}

fn note(note: &Note) -> NoteFile<'_> {
    let mut wordings = note.wording.alternatives().into_iter();
    NoteFile {
        id: note.id,
        kind: note.kind,
        wording: wordings.next().unwrap_or(""),
        alternatives: wordings.collect(),
        at: note.at,
        size: note.size,
        z: note.z,
        host: note.host,
        author: &note.author,
        rest: split(Thing::Note, &note.details).1,
    }
}

fn arrow(arrow: &Arrow) -> ArrowFile<'_> {
    ArrowFile { id: arrow.id, from: arrow.from, to: arrow.to, rest: split(Thing::Arrow, &arrow.details).1 }
}

fn context(context: &Context) -> ContextFile<'_> {
    let (name, rest) = split(Thing::Context, &context.details);
    ContextFile { id: context.id, name, rect: context.rect, rest }
}

fn lane(lane: &Lane) -> LaneFile<'_> {
    let (name, rest) = split(Thing::Lane, &lane.details);
    LaneFile { id: lane.id, name, y: lane.y, rest }
}

fn requirement(sentence: &Sentence) -> RequirementFile<'_> {
    let (text, rest) = split(Thing::Requirement, &sentence.details);
    RequirementFile { id: sentence.id, text, rest }
}

fn decision(sentence: &Sentence) -> DecisionFile<'_> {
    let (text, rest) = split(Thing::Decision, &sentence.details);
    DecisionFile { id: sentence.id, text, rest }
}

/// A file being written, all but its end.
struct File {
    text: String,
}

impl File {
    fn field(&mut self, name: &str, value: &impl Serialize) {
        self.name(name);
        self.text.push_str(&one(value));
    }

    /// One thing a line.
    fn list(&mut self, name: &str, things: &[impl Serialize]) {
        self.name(name);
        self.text.push('[');
        let before = self.text.len();
        for thing in things {
            self.text.push_str(if self.text.len() == before { "\n    " } else { ",\n    " });
            self.text.push_str(&one(thing));
        }
        self.text.push_str(if self.text.len() == before { "]" } else { "\n  ]" });
    }

    fn name(&mut self, name: &str) {
        self.text.push_str(if self.text.len() == 1 { "\n  " } else { ",\n  " });
        self.text.push_str(&one(&name));
        self.text.push_str(": ");
    }
}

/// A value on one line, with a space after every comma and colon.
fn one(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, OneLine));
    written.expect("a board is plain data");
    String::from_utf8(bytes).expect("JSON is text")
}

/// Whether a character cannot be seen and changes how others are.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || ('\u{e0000}'..='\u{e0fff}').contains(&c)
}

struct OneLine;

impl Formatter for OneLine {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    /// What steers the direction of text, joins or hides is written as its number, so that a file shows all it holds.
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> Result<()> {
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            hidden.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(writer, "\\u{unit:04x}"))?;
            rest = &rest[at + hidden.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        writer.write_all(b": ")
    }
}
