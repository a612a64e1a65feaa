//! Which field of which thing a change writes: the unit in which the last writer wins.

use serde_json::Value;

use super::change::Change;
use super::field::Details;
use super::id::{Id, PersonId};

/// One field of a thing. All but the wording hold what was written last.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Facet {
    /// What a note stands for.
    Kind,
    /// Where a note is.
    At,
    /// How large a note is.
    Size,
    /// The layer of a note.
    Z,
    /// What a note is stuck on.
    Host,
    /// What a frame encloses.
    Rect,
    /// The upper edge of a lane.
    Y,
    /// Whether it was taken away.
    Removed,
    /// What a note says: several wordings may stand side by side.
    Wording,
    /// A detail, by name.
    Detail(String),
    /// The votes of one person.
    Vote(PersonId),
}

/// One field of one thing, or of the board where none is named.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Register {
    /// The thing.
    pub of: Option<Id>,
    /// Its field.
    pub facet: Facet,
}

impl Register {
    /// The change after which the field is as if nobody had written it, where there is one.
    pub fn cleared(&self) -> Option<Change> {
        let unset =
            |field: &String| Change::DetailSet { of: self.of, field: field.clone(), value: Value::Null };
        match (&self.facet, self.of) {
            (Facet::Detail(field), _) => Some(unset(field)),
            (Facet::Host, Some(note)) => Some(Change::NoteStuck { note, host: None }),
            (Facet::Z, Some(note)) => Some(Change::NoteLayered { note, z: 0 }),
            (Facet::Removed, Some(thing)) => Some(Change::ThingRestored { thing }),
            (Facet::Vote(who), Some(note)) => {
                Some(Change::VoteCast { note, who: Some(who.clone()), by: String::new(), votes: 0 })
            }
            _ => None,
        }
    }
}

impl Change {
    /// What it is about; nothing where that is the board itself.
    pub fn about(&self) -> Option<Id> {
        match self {
            Change::NoteMoved { note, .. }
            | Change::NoteResized { note, .. }
            | Change::NoteReworded { note, .. }
            | Change::NoteRecast { note, .. }
            | Change::NoteStuck { note, .. }
            | Change::NoteLayered { note, .. }
            | Change::NoteRemoved { note, .. }
            | Change::VoteCast { note, .. } => Some(*note),
            Change::ContextReshaped { context, .. } => Some(*context),
            Change::LaneMoved { lane, .. } => Some(*lane),
            Change::ThingRemoved { thing } | Change::ThingRestored { thing } => Some(*thing),
            Change::DetailSet { of, .. } => *of,
            making => making.makes(),
        }
    }

    /// The one field it writes, done by `who`. A change that makes a thing writes many, see [`Change::makes_with`].
    pub fn writes(&self, who: &PersonId) -> Option<Facet> {
        Some(match self {
            Change::NoteMoved { .. } => Facet::At,
            Change::NoteResized { .. } => Facet::Size,
            Change::NoteReworded { .. } => Facet::Wording,
            Change::NoteRecast { .. } => Facet::Kind,
            Change::NoteStuck { .. } => Facet::Host,
            Change::NoteLayered { .. } => Facet::Z,
            Change::ContextReshaped { .. } => Facet::Rect,
            Change::LaneMoved { .. } => Facet::Y,
            Change::NoteRemoved { .. } | Change::ThingRemoved { .. } | Change::ThingRestored { .. } => {
                Facet::Removed
            }
            Change::VoteCast { who: voter, .. } => Facet::Vote(voter.as_ref().unwrap_or(who).clone()),
            Change::DetailSet { field, .. } => Facet::Detail(field.clone()),
            _ => return None,
        })
    }

    /// The details a change that makes a thing gives it.
    pub fn makes_with(&self) -> Option<&Details> {
        match self {
            Change::NotePlaced { details, .. }
            | Change::NotesConnected { details, .. }
            | Change::ContextFramed { details, .. }
            | Change::LaneDrawn { details, .. }
            | Change::RequirementWritten { details, .. }
            | Change::DecisionWritten { details, .. } => Some(details),
            _ => None,
        }
    }

    /// The fields a change that makes a thing writes beside its details and its wording.
    pub fn makes_fields(&self) -> &'static [Facet] {
        match self {
            Change::NotePlaced { .. } => {
                &[Facet::Removed, Facet::Kind, Facet::At, Facet::Size, Facet::Z, Facet::Host]
            }
            Change::ContextFramed { .. } => &[Facet::Removed, Facet::Rect],
            Change::LaneDrawn { .. } => &[Facet::Removed, Facet::Y],
            Change::NotesConnected { .. }
            | Change::RequirementWritten { .. }
            | Change::DecisionWritten { .. } => &[Facet::Removed],
            _ => &[],
        }
    }

    /// The change that writes one field as this one does and nothing else, where this one writes it.
    pub fn only(&self, facet: &Facet, who: &PersonId, by: &str) -> Option<Change> {
        Some(match (self, facet) {
            (Change::NotePlaced { id, kind, .. }, Facet::Kind) => {
                Change::NoteRecast { note: *id, kind: *kind }
            }
            (Change::NotePlaced { id, at, .. }, Facet::At) => Change::NoteMoved { note: *id, to: *at },
            (Change::NotePlaced { id, size, .. }, Facet::Size) => {
                Change::NoteResized { note: *id, size: *size }
            }
            (Change::NotePlaced { id, z, .. }, Facet::Z) => Change::NoteLayered { note: *id, z: *z },
            (Change::NotePlaced { id, host, .. }, Facet::Host) => {
                Change::NoteStuck { note: *id, host: *host }
            }
            (Change::ContextFramed { id, rect, .. }, Facet::Rect) => {
                Change::ContextReshaped { context: *id, rect: *rect }
            }
            (Change::LaneDrawn { id, y, .. }, Facet::Y) => Change::LaneMoved { lane: *id, y: *y },
            (making, Facet::Removed) if making.makes().is_some() => {
                Change::ThingRestored { thing: making.makes()? }
            }
            (making, Facet::Detail(field)) if making.makes().is_some() => Change::DetailSet {
                of: making.makes(),
                field: field.clone(),
                value: making.makes_with()?.get(field)?.clone(),
            },
            (Change::VoteCast { note, who: None, votes, .. }, Facet::Vote(voter)) if voter == who => {
                Change::VoteCast { note: *note, who: Some(who.clone()), by: by.to_owned(), votes: *votes }
            }
            (change, facet) if change.writes(who).as_ref() == Some(facet) => change.clone(),
            _ => return None,
        })
    }
}
