//! What a person is in the middle of: a note being worded, things being moved, a list, a question.

use std::path::PathBuf;
use std::sync::Arc;

use crate::format::Format;
use crate::model::{Board, Frame, Id, Mode as ArrowMode, NoteKind, Point, Rect};
use crate::query::Offers;
use crate::query::suggest::{Cut, Cuts, Method};
use crate::session::order::{Order, What};
use crate::tui::chart::Spot;
use crate::tui::field::Field;
use crate::tui::place::Anchor;
use crate::tui::viewport::Viewport;

/// What a person is in the middle of.
#[derive(Clone, PartialEq, Debug)]
pub enum Mode {
    /// Looking at the wall.
    Wall,
    /// Wording a note.
    Write(Writing),
    /// Moving things.
    Carry(Carry),
    /// Making a frame or a note larger or smaller.
    Shape(Shape),
    /// Choosing a note by the letters on it.
    Pick(Pick),
    /// Pulling an arrow out of a note with the mouse.
    Pull {
        /// Where it starts.
        from: Id,
        /// The cell of the wall's window it has come to.
        to: (i32, i32),
    },
    /// Spanning a box around notes with the mouse.
    Sweep {
        /// The corner it began in.
        from: Point,
        /// The corner it has come to.
        to: Point,
        /// Whether what is marked already stays so.
        more: bool,
    },
    /// Dragging the wall.
    Pan {
        /// The cell the mouse was on last.
        last: (i32, i32),
        /// Whether it has moved at all.
        moved: bool,
    },
    /// Choosing from a list.
    List(List),
    /// Answering a question in one line.
    Ask(Ask),
    /// Typing a row of the wall as text.
    Line(Line),
    /// Going through the panel beside the wall.
    Side,
    /// Looking at the context map instead of the wall.
    Map(Overview),
    /// Being told the story of the wall.
    Tell(Tale),
    /// Going through proposed contexts.
    Propose(Proposing),
    /// Waiting until a file is made or read.
    Making(Making),
}

/// A file being made, or being read.
#[derive(Clone, PartialEq, Debug)]
pub struct Making {
    /// What takes so long.
    pub job: Job,
    /// How many of all steps are done.
    pub progress: (usize, usize),
}

/// What takes long.
#[derive(Clone, PartialEq, Debug)]
pub enum Job {
    /// Making this.
    Order(Order),
    /// Reading this file.
    Fetch(PathBuf),
}

/// Contexts that are looked for, or were found.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposing {
    /// How many of all runs are done.
    pub progress: (usize, usize),
    /// What was found, once it was.
    pub found: Option<Found<Cuts>>,
    /// The way to cut.
    pub method: Method,
    /// How fine, a place in [`GRANULARITIES`](crate::query::suggest::GRANULARITIES).
    pub granularity: usize,
    /// The proposed context that keys are about.
    pub group: usize,
    /// The window as it was before.
    pub before: Viewport,
}

/// What was found. It is kept once, however large it is.
#[derive(Debug)]
pub struct Found<T>(pub Arc<T>);

impl<T> Found<T> {
    /// Keeps it.
    pub fn new(found: T) -> Found<T> {
        Found(Arc::new(found))
    }
}

impl<T> Clone for Found<T> {
    fn clone(&self) -> Found<T> {
        Found(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Found<T> {
    fn eq(&self, other: &Found<T>) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Proposing {
    /// A search that has just begun.
    pub fn new(before: Viewport) -> Proposing {
        let method = Method::Communities;
        Proposing { progress: (0, 0), found: None, method, granularity: 0, group: 0, before }
    }

    /// The cut that is shown.
    pub fn cut(&self) -> Option<&Cut> {
        Some(self.found.as_ref()?.0.cut(self.method, self.granularity))
    }
}

/// The context map, as somebody looks at it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Overview {
    /// The box or the message that keys are about.
    pub chosen: Option<Spot>,
    /// The cell of the map in the corner of the window, where the window is smaller.
    pub corner: (i32, i32),
    /// The cell of the window where the mouse was last, while it drags.
    pub held: Option<(i32, i32)>,
}

/// The story of the wall, being told.
#[derive(Clone, PartialEq, Debug)]
pub struct Tale {
    /// The step it has come to, from 0.
    pub at: usize,
    /// The notes that step told of: by them it is found again on a wall that others change.
    pub notes: Vec<Id>,
    /// Whether it is told from its end.
    pub from_end: bool,
    /// The window before it.
    pub before: Viewport,
}

/// A note being worded.
#[derive(Clone, PartialEq, Debug)]
pub struct Writing {
    /// Which note.
    pub target: Target,
    /// What has been typed.
    pub field: Field,
}

/// Which note is being worded.
#[derive(Clone, PartialEq, Debug)]
pub enum Target {
    /// One that is on the wall.
    Old(Id),
    /// One that will be there once it says something.
    New(Draft),
}

/// A note that is not on the wall yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// What it stands for.
    pub kind: NoteKind,
    /// What it stood for before its wording said otherwise.
    pub offered: NoteKind,
    /// Whether a person chose the kind: then no wording changes it.
    pub by_hand: bool,
    /// Where it stands.
    pub anchor: Anchor,
    /// The note it will be joined to.
    pub join: Option<Join>,
}

/// How a draft will be joined to a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Join {
    /// The other note; [`Id::made`] while that one is on its way to the wall.
    pub other: Id,
    /// What the other stands for.
    pub other_kind: NoteKind,
    /// How.
    pub how: Joint,
}

/// How a draft hangs together with another note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Joint {
    /// An arrow from the other to it.
    After,
    /// An arrow from it to the other.
    Before,
    /// It is stuck on the other.
    On,
}

/// Things being moved.
#[derive(Clone, PartialEq, Debug)]
pub struct Carry {
    /// Which.
    pub things: Vec<Id>,
    /// How far by now.
    pub by: Point,
    /// Where the mouse took hold; nothing when keys move them.
    pub held: Option<Point>,
    /// Whether what lies in a frame stays where it is.
    pub alone: bool,
}

/// A frame or a note being made larger or smaller.
#[derive(Clone, PartialEq, Debug)]
pub struct Shape {
    /// Which.
    pub thing: Id,
    /// What it covers by now.
    pub rect: Rect,
    /// Which of its edges move.
    pub edges: Edges,
    /// Where the mouse was last; nothing when keys move them.
    pub held: Option<Point>,
}

/// Edges of a rectangle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Edges {
    /// The left one.
    pub left: bool,
    /// The upper one.
    pub top: bool,
    /// The right one.
    pub right: bool,
    /// The lower one.
    pub bottom: bool,
}

/// Notes with letters on them, one of which is to be chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct Pick {
    /// What it is chosen for.
    pub aim: Aim,
    /// The notes and their letters.
    pub labels: Vec<(String, Id)>,
    /// Letters typed so far.
    pub typed: String,
}

/// What a note is picked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Aim {
    /// To be chosen.
    Jump,
    /// For an arrow to it.
    ArrowTo(Option<ArrowMode>),
    /// For an arrow from it.
    ArrowFrom(Option<ArrowMode>),
    /// For the chosen notes to be stuck on it.
    Host,
}

/// A list over the wall.
#[derive(Clone, PartialEq, Debug)]
pub struct List {
    /// Of what.
    pub what: Listed,
    /// What narrows it.
    pub field: Field,
    /// What that may be completed to.
    pub offers: Offers,
    /// Which of the rows that are left is chosen.
    pub row: usize,
    /// The window as it was before, for lists that look around.
    pub before: Option<Viewport>,
    /// What the person was in the middle of, and goes on with after it.
    pub behind: Option<Box<Mode>>,
    /// The cell of the screen it was opened at, where the mouse did.
    pub at: Option<(u16, u16)>,
}

/// What a list lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listed {
    /// What can be done to what is chosen.
    Menu,
    /// The kinds that a row of the table may be run with.
    Kinds(&'static str),
    /// What a thing carries beside its wording and place; the board where nothing is named.
    Fields(Option<Id>),
    /// What a field of a thing, or of the board, may be.
    Choices(Option<Id>, &'static str),
    /// Keys and what they do.
    Help,
    /// The kinds of stickies and what they stand for.
    Legend,
    /// Everything that can be done.
    Palette,
    /// Notes and contexts that are looked for.
    Find,
    /// The contexts.
    Contexts,
    /// Notes that were set aside.
    Shelf,
    /// How far this wall goes.
    Level,
    /// What the person wants of every screen.
    Settings,
    /// The wordings of a note that several people worded at once.
    Wordings(Id),
    /// The colours that a person may have.
    Hues,
    /// What a report may tell.
    Reports,
    /// The formats that the wall can be written in.
    Exports,
    /// How much of it: all, or this context.
    Extent(&'static Format, Id),
    /// What a file brings.
    Intake,
}

/// A question that a line answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Ask {
    /// The question.
    pub what: Asked,
    /// The answer so far.
    pub field: Field,
    /// What that may be completed to.
    pub offers: Offers,
}

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub enum Asked {
    /// The name of a context or a subdomain around these.
    FrameName(Frame, Vec<Id>),
    /// The name of a lane that begins at this row.
    LaneName(i32),
    /// The name of a context or a lane that is there.
    Rename(Id),
    /// Why these notes are set aside.
    AsideReason(Vec<Id>),
    /// What stands on an arrow.
    Label(Id),
    /// What a field of a thing, or of the board, is to be.
    Field(Option<Id>, &'static str),
    /// The wall's title.
    Title,
    /// What a new requirement says.
    Requirement,
    /// What a requirement that is there is to say.
    Sentence(Id),
    /// Which word is to be another one everywhere.
    OldTerm,
    /// The word that is to stand for this one.
    NewTerm(String),
    /// What a setting should be.
    Setting(&'static str),
    /// What the others may call the person.
    Name,
    /// Where what is made is to stand, and the place where something is that would be replaced.
    Place(What, Option<String>),
    /// Which file is to be put on the wall.
    Source,
}

/// A row of the wall being typed as text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Line {
    /// What has been typed.
    pub field: Field,
    /// The note that a row beginning with an arrow goes on from.
    pub after: Option<Id>,
    /// Where the row begins, where no note says so.
    pub at: Option<Point>,
    /// What it would put on the wall.
    pub row: Board,
}

impl Mode {
    /// Whether it ends by itself, once what takes long is done.
    pub fn waits(&self) -> bool {
        match self {
            Mode::Propose(proposing) => proposing.found.is_none(),
            mode => matches!(mode, Mode::Making(_)),
        }
    }

    /// The context map, where it is shown, be it behind a list.
    pub fn overview(&self) -> Option<&Overview> {
        match self {
            Mode::Map(map) => Some(map),
            Mode::List(list) => list.behind.as_ref()?.overview(),
            _ => None,
        }
    }
}

impl Asked {
    /// Whether the answer would alter the wall.
    pub fn is_of_wall(&self) -> bool {
        !matches!(self, Asked::Setting(_) | Asked::Name | Asked::Place(..))
    }

    /// Whether it is asked in the panel, which people go on with after it.
    pub fn is_of_side(&self) -> bool {
        matches!(self, Asked::Requirement | Asked::Sentence(_) | Asked::NewTerm(_))
    }
}

impl List {
    /// A list nobody has narrowed yet.
    pub fn new(what: Listed) -> Self {
        List {
            what,
            field: Field::default(),
            offers: Offers::default(),
            row: 0,
            before: None,
            behind: None,
            at: None,
        }
    }
}
