//! The wall as the outline walks it: notes, steps and parties by number.

use schemars::JsonSchema;
use serde::Serialize;

use super::party::{Parties, Party};
use crate::model::{Board, ByName, Id, Note, NoteKind};
use crate::query::{Edge, Evidence, Projection};

/// A step of the flow that a statement rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Proof {
    /// The note it starts at.
    pub from: Id,
    /// The note it leads to.
    pub to: Id,
    /// How it is known.
    pub by: By,
    /// The arrow, where somebody drew one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrow: Option<Id>,
}

/// How a step is known. All but the first are guesses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Somebody drew an arrow.
    Drawn,
    /// One note is stuck on the other.
    Stuck,
    /// The notes touch.
    Touching,
    /// The notes stand on one row.
    Row,
}

impl Proof {
    /// Of a step.
    pub fn of(edge: &Edge) -> Proof {
        let (by, arrow) = match edge.evidence {
            Evidence::Drawn(arrow) => (By::Drawn, Some(arrow)),
            Evidence::Stuck => (By::Stuck, None),
            Evidence::Touching => (By::Touching, None),
            Evidence::SameRow => (By::Row, None),
        };
        Proof { from: edge.from, to: edge.to, by, arrow }
    }

    /// Whether nobody drew it.
    pub fn is_guess(&self) -> bool {
        self.by != By::Drawn
    }
}

/// A step between two notes, by number.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) proof: Proof,
}

/// All that the parts of an outline are made from.
pub(super) struct Ground<'a> {
    pub(super) board: &'a Board,
    pub(super) projection: &'a Projection,
    /// The notes that stand on the wall, by id.
    pub(super) notes: Vec<&'a Note>,
    pub(super) place: ByName<Id, usize>,
    pub(super) parties: Parties,
    /// The steps, by where they start.
    pub(super) links: Vec<Link>,
    /// Where the steps from each note begin.
    first: Vec<usize>,
    /// The numbers of the steps to each note, and where those of each begin.
    back: Vec<usize>,
    back_first: Vec<usize>,
}

impl<'a> Ground<'a> {
    pub(super) fn of(board: &'a Board, projection: &'a Projection) -> Ground<'a> {
        let notes: Vec<&Note> = board.standing().collect();
        let place: ByName<Id, usize> = notes.iter().enumerate().map(|(at, note)| (note.id, at)).collect();
        let parties = Parties::of(board, projection, &notes, &place);
        let link = |edge: &Edge| {
            Some(Link { from: *place.get(&edge.from)?, to: *place.get(&edge.to)?, proof: Proof::of(edge) })
        };
        let links: Vec<Link> = projection.flow.edges().filter_map(link).collect();
        let first = starts(links.iter().map(|link| link.from), notes.len());
        let mut back: Vec<usize> = (0..links.len()).collect();
        back.sort_by_key(|at| links[*at].to);
        let back_first = starts(back.iter().map(|at| links[*at].to), notes.len());
        Ground { board, projection, notes, place, parties, links, first, back, back_first }
    }

    /// The steps that lead from a note.
    pub(super) fn from(&self, note: usize) -> &[Link] {
        &self.links[self.first[note]..self.first[note + 1]]
    }

    /// The steps that lead to a note.
    pub(super) fn to(&self, note: usize) -> impl Iterator<Item = &Link> {
        self.back[self.back_first[note]..self.back_first[note + 1]].iter().map(|at| &self.links[*at])
    }

    pub(super) fn kind(&self, note: usize) -> NoteKind {
        self.notes[note].kind
    }

    pub(super) fn id(&self, note: usize) -> Id {
        self.notes[note].id
    }

    pub(super) fn home(&self, note: usize) -> usize {
        self.parties.home[note]
    }

    pub(super) fn party(&self, note: usize) -> Party {
        self.parties.all[self.home(note)]
    }

    /// The notes of a kind.
    pub(super) fn of_kind(&self, kind: NoteKind) -> impl Iterator<Item = usize> {
        (0..self.notes.len()).filter(move |at| self.kind(*at) == kind)
    }
}

/// Where the items of each number begin, in a sorted list of numbers below `count`; one more for the end.
fn starts(numbers: impl Iterator<Item = usize>, count: usize) -> Vec<usize> {
    let mut starts = vec![0; count + 1];
    for number in numbers {
        starts[number + 1] += 1;
    }
    for at in 0..count {
        starts[at + 1] += starts[at];
    }
    starts
}

/// Whether a kind remarks on the story and is no part of it.
pub(super) fn is_beside(kind: NoteKind) -> bool {
    matches!(kind, NoteKind::Hotspot | NoteKind::Opportunity | NoteKind::Value | NoteKind::Note)
}

/// A name as it is compared: whatever its case and spaces.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().filter(|c| !c.is_whitespace()) {
        // Hangul has no small letters.
        if (0xAC00..=0xD7A3).contains(&u32::from(c)) {
            folded.push(c);
        } else {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}
