//! What a wall is made of: notes, arrows, contexts, lanes, requirements, decisions and votes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::field::Details;
use super::geometry::{Point, Rect, Size};
use super::id::{Id, PersonId};
use super::kind::NoteKind;

/// What a note says. Two people may reword it at the same moment: then both wordings stay until somebody settles.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wording {
    /// The wordings nobody has replaced, each with the id of the change that wrote it; the newest first.
    pub values: Vec<(Id, String)>,
}

/// A sticky note.
#[derive(Clone, PartialEq, Debug)]
pub struct Note {
    /// Its name.
    pub id: Id,
    /// What it stands for.
    pub kind: NoteKind,
    /// What it says.
    pub wording: Wording,
    /// Its top-left corner.
    pub at: Point,
    /// How large it is.
    pub size: Size,
    /// What lies higher has the larger number.
    pub z: i64,
    /// The note it is stuck on.
    pub host: Option<Id>,
    /// The name of the person who placed it.
    pub author: String,
    /// The rest, see [`FIELDS`](super::field::FIELDS).
    pub details: Details,
}

/// An arrow between two notes.
#[derive(Clone, PartialEq, Debug)]
pub struct Arrow {
    /// Its name.
    pub id: Id,
    /// The note it starts at.
    pub from: Id,
    /// The note it points to.
    pub to: Id,
    /// Label, mode, why, key, pattern.
    pub details: Details,
}

/// Whether somebody waits for the answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mode {
    /// The caller waits.
    Sync,
    /// Nobody waits.
    Async,
}

/// What a frame on the wall bounds.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Frame {
    /// A bounded context.
    #[default]
    Context,
    /// A subdomain, in which contexts may nest.
    Subdomain,
}

/// A bounded context or a subdomain: a named frame.
#[derive(Clone, PartialEq, Debug)]
pub struct Context {
    /// Its name in files.
    pub id: Id,
    /// Which of the two.
    pub frame: Frame,
    /// What it encloses.
    pub rect: Rect,
    /// Name, class, purpose, team and the rest.
    pub details: Details,
}

/// A horizontal lane across the wall.
#[derive(Clone, PartialEq, Debug)]
pub struct Lane {
    /// Its name in files.
    pub id: Id,
    /// The row its upper edge lies on.
    pub y: i32,
    /// Its name.
    pub details: Details,
}

/// A numbered sentence beside the wall: a requirement of the scenario, or a decision of the room.
#[derive(Clone, PartialEq, Debug)]
pub struct Sentence {
    /// Its name in files.
    pub id: Id,
    /// Text, sort, and what meets it.
    pub details: Details,
}

/// One person's votes on one note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Vote {
    /// The note.
    pub note: Id,
    /// The person.
    pub who: PersonId,
    /// The person's name.
    pub by: String,
    /// How many.
    pub votes: u32,
}

impl Wording {
    /// What the note says now.
    pub fn text(&self) -> &str {
        self.values.first().map_or("", |(_, text)| text)
    }

    /// What it says now and, where nobody has settled yet, the other wordings; none twice.
    pub fn alternatives(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = Vec::new();
        for (_, text) in &self.values {
            if !texts.contains(&text.as_str()) {
                texts.push(text);
            }
        }
        texts
    }
}

/// A detail that is a text, or nothing.
pub fn text_of<'a>(details: &'a Details, name: &str) -> &'a str {
    details.get(name).and_then(Value::as_str).unwrap_or("")
}

/// Whether a detail is switched on.
pub fn flag_of(details: &Details, name: &str) -> bool {
    details.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// A detail that is a list of texts.
pub fn texts_of<'a>(details: &'a Details, name: &str) -> impl Iterator<Item = &'a str> {
    details.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// A detail that is a list of ids.
pub fn ids_of(details: &Details, name: &str) -> impl Iterator<Item = Id> {
    texts_of(details, name).filter_map(|text| text.parse().ok())
}

impl Note {
    /// What it covers.
    pub fn rect(&self) -> Rect {
        Rect { at: self.at, size: self.size }
    }

    /// What it says now.
    pub fn text(&self) -> &str {
        self.wording.text()
    }

    /// Its name in Latin letters, or nothing.
    pub fn alias(&self) -> &str {
        text_of(&self.details, "alias")
    }

    /// Whether a chapter of the story ends with it.
    pub fn is_pivotal(&self) -> bool {
        flag_of(&self.details, "pivotal")
    }

    /// Why it was set aside, if it was.
    pub fn aside(&self) -> Option<&str> {
        self.details.get("aside").and_then(Value::as_str)
    }

    /// Whether it is a hotspot somebody has answered.
    pub fn is_resolved(&self) -> bool {
        flag_of(&self.details, "resolved")
    }
}

impl Arrow {
    /// What stands on it, or nothing.
    pub fn label(&self) -> &str {
        text_of(&self.details, "label")
    }

    /// Whether somebody waits, where a person has said so.
    pub fn mode(&self) -> Option<Mode> {
        match text_of(&self.details, "mode") {
            "sync" => Some(Mode::Sync),
            "async" => Some(Mode::Async),
            _ => None,
        }
    }
}

impl Mode {
    /// The word in files.
    pub fn id(self) -> &'static str {
        match self {
            Mode::Sync => "sync",
            Mode::Async => "async",
        }
    }
}

impl Context {
    /// Whether what it encloses is to stay as it is.
    pub fn is_locked(&self) -> bool {
        flag_of(&self.details, "locked")
    }

    /// The name people read.
    pub fn name(&self) -> &str {
        text_of(&self.details, "name")
    }

    /// Core, supporting, generic, or nothing.
    pub fn class(&self) -> &str {
        text_of(&self.details, "class")
    }
}

impl Lane {
    /// The name people read.
    pub fn name(&self) -> &str {
        text_of(&self.details, "name")
    }
}

impl Sentence {
    /// What it says.
    pub fn text(&self) -> &str {
        text_of(&self.details, "text")
    }

    /// The notes that meet it.
    pub fn met_by(&self) -> impl Iterator<Item = Id> {
        ids_of(&self.details, "met_by")
    }
}
