//! What `squall do` understands: one row of [`ASKS`] for each verb, in words and in JSON.
//!
//! Words become the fields of the JSON form, and the fields become a [`Command`]. Nothing here touches a file: a
//! board and the names of what earlier lines made go in, a [`Request`] or the sentence that says what is wrong comes
//! out.

mod fields;
mod names;
mod verbs;
mod words;

use serde_json::{Map, Value};

use crate::command::Command;
use crate::model::entry::nesting;
use crate::model::limit::IMPORT_DEPTH_MAX;
use crate::words::Said;
use fields::Fields;
pub(crate) use names::Names;
pub(crate) use verbs::ASKS;

/// What one line asks for.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Request {
    /// A deed, and what is to be said of how it was understood.
    Do(Command, Vec<Said>),
    /// Take my last deed back.
    Undo,
    /// Do again what I took back.
    Redo,
}

/// What a value of the JSON form looks like, and how it is typed as a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// A text.
    Text,
    /// The name of a thing: an id, a short id, its exact wording, or `$1.0`.
    Name,
    /// `10,4` or `[10,4]`.
    Point,
    /// `30x5` or `[30,5]`.
    Size,
    /// A number from 0.
    Count,
    /// A row of the wall.
    Row,
    /// `sync` or `async`.
    Mode,
}

/// Where a field stands among the words.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Slot {
    /// Here, always.
    One(&'static str, Shape),
    /// Here, as many names as there are.
    Many(&'static str),
    /// Here or further on, where the word has the shape.
    May(&'static str, Shape),
    /// Behind a word of its own.
    After(&'static str, &'static str, Shape),
    /// Behind a word of its own, as many names as there are.
    ManyAfter(&'static str, &'static str),
}

/// One verb of `squall do`.
pub(crate) struct AskRow {
    /// The word, and the key in JSON.
    pub(crate) verb: &'static str,
    /// The key of how it is typed.
    pub(crate) form: &'static str,
    slots: &'static [Slot],
    request: fn(&mut Fields<'_>) -> Result<Request, Said>,
}

/// How many things a command makes, each of them named by its place among all that its deed makes.
pub(crate) fn made_by(command: &Command) -> u32 {
    let count = match command {
        Command::PlaceNotes { notes, arrows } => notes.len() + arrows.len(),
        Command::Connect(_)
        | Command::FrameContext { .. }
        | Command::DrawLane { .. }
        | Command::Require { .. }
        | Command::Agree { .. } => 1,
        Command::All(commands) => return commands.iter().map(made_by).sum(),
        _ => 0,
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Reads one line of JSON: an object with the verb as its only key, or the bare verb.
pub(crate) fn read_json(line: &str, names: &Names<'_>) -> Result<Request, Said> {
    if nesting(line) > IMPORT_DEPTH_MAX {
        return Err(Said::new("do-json-too-deep").with("max", IMPORT_DEPTH_MAX));
    }
    let unreadable =
        |error: serde_json::Error| Said::new("do-json-unreadable").with("column", error.column());
    let value: Value = serde_json::from_str(line).map_err(unreadable)?;
    let (verb, fields) = match value {
        Value::String(verb) => (verb, Map::new()),
        Value::Object(object) if object.len() == 1 => {
            let (verb, body) = object.into_iter().next().expect("it has one key");
            match body {
                Value::Object(fields) => (verb, fields),
                Value::Null => (verb, Map::new()),
                _ => return Err(row(&verb)?.misread()),
            }
        }
        _ => return Err(Said::new("do-json-shape")),
    };
    row(&verb)?.request(fields, names)
}

/// Reads one deed in words, split as a shell splits them.
pub(crate) fn read_words(words: &[String], names: &Names<'_>) -> Result<Request, Said> {
    let (verb, rest) = words.split_first().ok_or_else(|| Said::new("do-nothing-said"))?;
    let row = row(verb)?;
    let fields = words::fields(row, rest)?;
    row.request(fields, names)
}

fn row(verb: &str) -> Result<&'static AskRow, Said> {
    ASKS.iter().find(|row| row.verb == verb).ok_or_else(|| Said::new("do-verb-unknown").with("verb", verb))
}

impl AskRow {
    fn request(&'static self, fields: Map<String, Value>, names: &Names<'_>) -> Result<Request, Said> {
        let mut fields = Fields::new(self, fields, names);
        let request = (self.request)(&mut fields)?;
        fields.all_read()?;
        Ok(request)
    }

    fn form(&self) -> Said {
        Said::new(self.form)
    }

    fn misread(&self) -> Said {
        Said::new("do-misread").with_said("form", self.form())
    }
}

impl From<Command> for Request {
    fn from(command: Command) -> Request {
        Request::Do(command, Vec::new())
    }
}

#[cfg(test)]
mod tests;
