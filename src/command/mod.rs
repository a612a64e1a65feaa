//! The write side: what people ask of a wall.
//!
//! A [`Command`] asks; [`decide`] looks at the board and answers with the changes that happen, or with a [`Rejection`].
//! Nothing here has a clock, draws lots or knows a file.

mod aim;
mod decide;
mod edit;
mod piece;
mod row;
pub mod undo;

use serde_json::Value;

pub use decide::{decide, decide_near, field_named};
pub use edit::changes_between;
pub use piece::{extent_of, piece_of, put_piece};
pub use row::put_row;

use crate::model::{Board, Details, Frame, Id, NoteKind, Point, Rect, Size};
use crate::words::Said;

/// What somebody asks for. Wherever an id stands, [`Id::made`] may stand for what the same command makes.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// Put notes on the wall and draw arrows between them or to others.
    PlaceNotes {
        /// The notes; the `n`th is [`Id::made`]`(n)`.
        notes: Vec<NewNote>,
        /// The arrows.
        arrows: Vec<NewArrow>,
    },
    /// Move things: what is stuck on a note and what lies in a context goes along.
    Move {
        /// Notes, contexts, lanes.
        things: Vec<Id>,
        /// How far.
        by: Point,
    },
    /// Move or resize a context's frame and leave what lies in it.
    ReshapeContext {
        /// Which.
        context: Id,
        /// What it encloses from now on.
        rect: Rect,
    },
    /// Make a note larger or smaller.
    ResizeNote {
        /// Which.
        note: Id,
        /// Its size from now on.
        size: Size,
    },
    /// Word a note anew: the new wording takes the place of the one that is shown.
    Reword {
        /// Which.
        note: Id,
        /// What it says from now on.
        wording: String,
    },
    /// Settle on one of a note's wordings: the others go.
    Settle {
        /// Which.
        note: Id,
        /// Which of [`Wording::alternatives`](crate::model::Wording::alternatives), from 0.
        choice: usize,
    },
    /// Say that notes are of another kind.
    Recast {
        /// Which.
        notes: Vec<Id>,
        /// What they stand for.
        kind: NoteKind,
    },
    /// Stick a note on another, or take it off.
    Stick {
        /// Which.
        note: Id,
        /// The note it moves with.
        host: Option<Id>,
    },
    /// Raise notes above all others, or lower them below.
    Layer {
        /// Which.
        notes: Vec<Id>,
        /// Whether up.
        up: bool,
    },
    /// Set notes aside with a reason, or put them back.
    SetAside {
        /// Which.
        notes: Vec<Id>,
        /// Why; nothing to put them back.
        reason: Option<String>,
    },
    /// Take things away.
    Remove {
        /// Notes, arrows, contexts, lanes, requirements, decisions.
        things: Vec<Id>,
    },
    /// Draw an arrow.
    Connect(NewArrow),
    /// Take the arrows between two notes away.
    Disconnect {
        /// Where they start.
        from: Id,
        /// Where they point.
        to: Id,
    },
    /// Draw a bounded context or a subdomain.
    FrameContext {
        /// Which of the two.
        frame: Frame,
        /// What it encloses.
        area: Area,
        /// Its name and the rest.
        details: Details,
    },
    /// Draw a lane.
    DrawLane {
        /// Its name.
        name: String,
        /// Its upper edge.
        y: i32,
    },
    /// Write down a sentence of the scenario.
    Require {
        /// The sentence.
        text: String,
    },
    /// Say which notes meet a requirement, beside those that do already.
    Meet {
        /// Which requirement.
        requirement: Id,
        /// The notes.
        notes: Vec<Id>,
    },
    /// Write down what the room agreed on.
    Agree {
        /// The decision.
        text: String,
    },
    /// Put this many votes on a note, none to take them back.
    CastVote {
        /// Which note.
        note: Id,
        /// How many.
        votes: u32,
    },
    /// Set a detail of a thing, or clear it with `null`.
    Set {
        /// What carries it; the board itself where nothing is named.
        of: Option<Id>,
        /// Which detail.
        field: String,
        /// What it is from now on.
        value: Value,
    },
    /// Put a whole board on this wall, ids kept.
    Import(Box<Board>),
    /// Do all of this as one deed. The `n`th thing that the whole batch makes is [`Id::made`]`(n)`.
    All(Vec<Command>),
}

/// A note somebody wants on the wall.
#[derive(Clone, PartialEq, Debug)]
pub struct NewNote {
    /// What it stands for.
    pub kind: NoteKind,
    /// What it says.
    pub wording: String,
    /// Where; right of the last note where nothing is said.
    pub at: Option<Point>,
    /// How large; as its kind is where nothing is said.
    pub size: Option<Size>,
    /// The note it is stuck on.
    pub host: Option<Id>,
    /// The rest.
    pub details: Details,
}

/// An arrow somebody wants on the wall.
#[derive(Clone, PartialEq, Debug)]
pub struct NewArrow {
    /// Where it starts.
    pub from: Id,
    /// Where it points.
    pub to: Id,
    /// Label, mode, why, key, pattern.
    pub details: Details,
}

/// What a new frame encloses.
#[derive(Clone, PartialEq, Debug)]
pub enum Area {
    /// This rectangle.
    Rect(Rect),
    /// These notes and contexts, with a margin.
    Around(Vec<Id>),
}

/// Why a command is not carried out: one sentence, and its key as the code that scripts read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Rejection(pub Said);

impl NewNote {
    /// A note of a kind with a wording, placed and sized as usual.
    pub fn new(kind: NoteKind, wording: impl Into<String>) -> NewNote {
        NewNote { kind, wording: wording.into(), at: None, size: None, host: None, details: Details::new() }
    }

    /// The same note at a place.
    #[must_use]
    pub fn at(self, at: Point) -> NewNote {
        NewNote { at: Some(at), ..self }
    }
}

impl NewArrow {
    /// A bare arrow.
    pub fn new(from: Id, to: Id) -> NewArrow {
        NewArrow { from, to, details: Details::new() }
    }
}
