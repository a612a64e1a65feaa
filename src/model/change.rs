//! All that can have happened to a wall, in the past tense.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::field::{self, Details, Thing, fits};
use super::geometry::{Point, Rect, Size};
use super::id::{Id, PersonId};
use super::kind::NoteKind;
use super::limit::{DETAILS_MAX, NAME_CHARS_MAX, VOTES_MAX, WORDING_CHARS_MAX};
use super::thing::Frame;

/// One thing that happened. In a line it is an object with one key, `{"note_moved":{"note":"…","to":[12,4]}}`.
///
/// A change that makes a thing carries its `id`; in a line the id is left out where it is the entry's own, followed by
/// the place of the change in the entry. A version may add changes and never alters what one of these means.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// A note was put on the wall.
    NotePlaced {
        /// Its name.
        #[serde(default = "Id::here", skip_serializing_if = "Id::is_here")]
        id: Id,
        /// What it stands for.
        kind: NoteKind,
        /// What it says.
        wording: String,
        /// Its top-left corner.
        at: Point,
        /// How large it is.
        size: Size,
        /// Its layer.
        #[serde(default, skip_serializing_if = "is_zero")]
        z: i64,
        /// The note it is stuck on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        host: Option<Id>,
        /// Who placed it, where that is not the person of the entry.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        author: String,
        /// The rest.
        #[serde(default, skip_serializing_if = "Details::is_empty")]
        details: Details,
    },
    /// A note was moved.
    NoteMoved {
        /// Which.
        note: Id,
        /// Its new top-left corner.
        to: Point,
    },
    /// A note was made larger or smaller.
    NoteResized {
        /// Which.
        note: Id,
        /// Its new size.
        size: Size,
    },
    /// A note was worded anew, or one of its wordings was settled on.
    NoteReworded {
        /// Which.
        note: Id,
        /// What it says now.
        wording: String,
        /// The wordings this one takes the place of, each by the id of the change that wrote it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        over: Vec<Id>,
    },
    /// A note turned out to be of another kind.
    NoteRecast {
        /// Which.
        note: Id,
        /// What it stands for now.
        kind: NoteKind,
    },
    /// A note was stuck on another, or taken off it.
    NoteStuck {
        /// Which.
        note: Id,
        /// The note it moves with from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        host: Option<Id>,
    },
    /// A note was raised or lowered.
    NoteLayered {
        /// Which.
        note: Id,
        /// Its new layer.
        z: i64,
    },
    /// A note was taken off the wall.
    NoteRemoved {
        /// Which.
        note: Id,
        /// The wordings that were seen when it was removed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        saw: Vec<Id>,
    },
    /// An arrow was drawn.
    NotesConnected {
        /// Its name.
        #[serde(default = "Id::here", skip_serializing_if = "Id::is_here")]
        id: Id,
        /// Where it starts.
        from: Id,
        /// Where it points.
        to: Id,
        /// Label, mode, why, key, pattern.
        #[serde(default, skip_serializing_if = "Details::is_empty")]
        details: Details,
    },
    /// A frame was drawn: a bounded context or a subdomain.
    ContextFramed {
        /// Its name in files.
        #[serde(default = "Id::here", skip_serializing_if = "Id::is_here")]
        id: Id,
        /// Which of the two.
        #[serde(default, skip_serializing_if = "is_context")]
        frame: Frame,
        /// What it encloses.
        rect: Rect,
        /// Name, class, purpose and the rest.
        #[serde(default, skip_serializing_if = "Details::is_empty")]
        details: Details,
    },
    /// A frame was moved or resized.
    ContextReshaped {
        /// Which.
        context: Id,
        /// What it encloses now.
        rect: Rect,
    },
    /// A lane was drawn.
    LaneDrawn {
        /// Its name in files.
        #[serde(default = "Id::here", skip_serializing_if = "Id::is_here")]
        id: Id,
        /// Its upper edge.
        y: i32,
        /// Its name.
        #[serde(default, skip_serializing_if = "Details::is_empty")]
        details: Details,
    },
    /// A lane was moved.
    LaneMoved {
        /// Which.
        lane: Id,
        /// Its upper edge now.
        y: i32,
    },
    /// A sentence of the scenario was written down.
    RequirementWritten {
        /// Its name in files.
        #[serde(default = "Id::here", skip_serializing_if = "Id::is_here")]
        id: Id,
        /// Text, sort, what meets it.
        details: Details,
    },
    /// A decision was written down.
    DecisionWritten {
        /// Its name in files.
        #[serde(default = "Id::here", skip_serializing_if = "Id::is_here")]
        id: Id,
        /// Its text.
        details: Details,
    },
    /// A person put so many votes on a note, none to take them back.
    VoteCast {
        /// Which note.
        note: Id,
        /// Whose votes, where that is not the person of the entry.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<PersonId>,
        /// The voter's name, where `who` is given.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        by: String,
        /// How many.
        votes: u32,
    },
    /// A detail was set, or cleared with `null`.
    DetailSet {
        /// What carries it; the board itself where it is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Id>,
        /// Which detail.
        field: String,
        /// What it is now.
        value: Value,
    },
    /// An arrow, a context, a lane, a requirement or a decision was taken away.
    ThingRemoved {
        /// Which.
        thing: Id,
    },
    /// Something that had been removed was brought back.
    ThingRestored {
        /// Which.
        thing: Id,
    },
}

fn is_zero(z: &i64) -> bool {
    *z == 0
}

fn is_context(frame: &Frame) -> bool {
    *frame == Frame::Context
}

impl Change {
    /// The names of all changes, as they stand in a line, in the order of this type.
    pub const NAMES: [&'static str; 19] = [
        "note_placed",
        "note_moved",
        "note_resized",
        "note_reworded",
        "note_recast",
        "note_stuck",
        "note_layered",
        "note_removed",
        "notes_connected",
        "context_framed",
        "context_reshaped",
        "lane_drawn",
        "lane_moved",
        "requirement_written",
        "decision_written",
        "vote_cast",
        "detail_set",
        "thing_removed",
        "thing_restored",
    ];

    /// The id of the thing this change makes, if it makes one.
    pub fn makes(&self) -> Option<Id> {
        match self {
            Change::NotePlaced { id, .. }
            | Change::NotesConnected { id, .. }
            | Change::ContextFramed { id, .. }
            | Change::LaneDrawn { id, .. }
            | Change::RequirementWritten { id, .. }
            | Change::DecisionWritten { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// The id of the thing this change makes, to be filled in.
    pub fn makes_mut(&mut self) -> Option<&mut Id> {
        match self {
            Change::NotePlaced { id, .. }
            | Change::NotesConnected { id, .. }
            | Change::ContextFramed { id, .. }
            | Change::LaneDrawn { id, .. }
            | Change::RequirementWritten { id, .. }
            | Change::DecisionWritten { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Whether every field is within its limit. What is not is kept in the log and not applied.
    pub fn is_within_limits(&self) -> bool {
        let details_ok = |of: Thing, details: &Details| {
            details.len() <= DETAILS_MAX
                && details.iter().all(|(name, value)| field::allowed(of, name, value))
        };
        match self {
            Change::NotePlaced { wording, at, size, author, details, .. } => {
                fits(wording, WORDING_CHARS_MAX)
                    && at.on_wall()
                    && size.on_wall()
                    && fits(author, NAME_CHARS_MAX)
                    && details_ok(Thing::Note, details)
            }
            Change::NoteMoved { to, .. } => to.on_wall(),
            Change::NoteResized { size, .. } => size.on_wall(),
            Change::NoteReworded { wording, .. } => fits(wording, WORDING_CHARS_MAX),
            Change::NotesConnected { details, .. } => details_ok(Thing::Arrow, details),
            Change::ContextFramed { rect, details, .. } => {
                rect.on_wall() && details_ok(Thing::Context, details)
            }
            Change::ContextReshaped { rect, .. } => rect.on_wall(),
            Change::LaneDrawn { y, details, .. } => {
                Point::new(0, *y).on_wall() && details_ok(Thing::Lane, details)
            }
            Change::LaneMoved { y, .. } => Point::new(0, *y).on_wall(),
            Change::RequirementWritten { details, .. } => details_ok(Thing::Requirement, details),
            Change::DecisionWritten { details, .. } => details_ok(Thing::Decision, details),
            Change::VoteCast { who, by, votes, .. } => {
                *votes <= VOTES_MAX
                    && fits(by, NAME_CHARS_MAX)
                    && who.as_ref().is_none_or(|who| fits(&who.0, NAME_CHARS_MAX))
            }
            Change::DetailSet { field, value, of: None } => field::allowed(Thing::Board, field, value),
            // What an id names is not known from the change alone: any row of that name may allow the value.
            Change::DetailSet { field, value, of: Some(_) } => {
                let mut rows = field::FIELDS.iter().filter(|row| row.name == field).peekable();
                match rows.peek() {
                    Some(_) => value.is_null() || rows.any(|row| row.holds.allows(value)),
                    None => field::allowed(Thing::Note, field, value),
                }
            }
            Change::NoteRecast { .. }
            | Change::NoteStuck { .. }
            | Change::NoteLayered { .. }
            | Change::NoteRemoved { .. }
            | Change::ThingRemoved { .. }
            | Change::ThingRestored { .. } => true,
        }
    }
}

/// What an absorbed change did to the visible wall: a thing as it was, and as it is.
///
/// This is the one way the read side learns of anything. `before` is nothing where the thing came, `after` is nothing
/// where it went; an arrow goes and comes with its ends.
#[derive(Clone, PartialEq, Debug)]
pub enum Applied {
    /// A note.
    Note(Turn<super::thing::Note>),
    /// An arrow.
    Arrow(Turn<super::thing::Arrow>),
    /// A context or a subdomain.
    Context(Turn<super::thing::Context>),
    /// A lane.
    Lane(Turn<super::thing::Lane>),
    /// A requirement.
    Requirement(Turn<super::thing::Sentence>),
    /// A decision.
    Decision(Turn<super::thing::Sentence>),
    /// Somebody's votes on a note.
    Vote(Turn<super::thing::Vote>),
    /// The board's own details.
    Board(Turn<Details>),
}

/// A thing as it was and as it is; never two times nothing.
#[derive(Clone, PartialEq, Debug)]
pub struct Turn<T> {
    /// As it was.
    pub before: Option<T>,
    /// As it is.
    pub after: Option<T>,
}
