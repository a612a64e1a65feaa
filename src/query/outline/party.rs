//! Who talks on a wall: contexts, whatever lies in none, and external systems; and to whom each note belongs.

use std::collections::BTreeMap;

use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};
use schemars::JsonSchema;
use serde::Serialize;

use super::ground::{fold, is_beside};
use crate::model::{Arrow, Board, ByName, Frame, Id, Note, NoteKind, Point, Rect};
use crate::query::Projection;

/// Somebody who sends and receives messages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// A bounded context; nothing for what lies in none.
    Context(Option<Id>),
    /// An external system, by the first note that names it.
    System(Id),
}

/// Everybody who talks, and to whom each note belongs; both by number.
pub(super) struct Parties {
    /// The contexts from left to right, the outside, then the systems.
    pub(super) all: Vec<Party>,
    /// How many of them are contexts, the outside not counted.
    pub(super) contexts: usize,
    /// The party of each note.
    pub(super) home: Vec<usize>,
}

impl Parties {
    /// Of the notes of a wall, in their order. `place` is the number of a note.
    pub(super) fn of(
        board: &Board,
        projection: &Projection,
        notes: &[&Note],
        place: &ByName<Id, usize>,
    ) -> Parties {
        let mut frames: Vec<_> = board.contexts.values().filter(|it| it.frame == Frame::Context).collect();
        frames.sort_unstable_by_key(|context| (context.rect.at, context.id));
        let number: ByName<Id, usize> = frames.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
        let outside = frames.len();
        let mut all: Vec<Party> = frames.iter().map(|context| Party::Context(Some(context.id))).collect();
        all.push(Party::Context(None));
        let lies_in = |at: Point| projection.frames.context_at(at).map_or(outside, |id| number[&id]);
        let mut home: Vec<usize> = notes.iter().map(|note| lies_in(note.rect().center())).collect();
        let mut systems = BTreeMap::new();
        for (at, note) in notes.iter().enumerate().filter(|(_, it)| it.kind == NoteKind::ExternalSystem) {
            home[at] = *systems.entry(fold(note.text())).or_insert_with(|| {
                all.push(Party::System(note.id));
                all.len() - 1
            });
        }
        let issued = |actor: Id| {
            let steps = projection.flow.from(actor).filter_map(|edge| place.get(&edge.to).copied());
            steps.into_iter().find(|to| notes[*to].kind == NoteKind::Command)
        };
        for at in (0..notes.len()).filter(|at| notes[*at].kind == NoteKind::Actor) {
            if let Some(command) = issued(notes[at].id) {
                home[at] = home[command];
            }
        }
        for (note, about) in subjects(board, notes, place) {
            home[note] = home[about];
        }
        Parties { all, contexts: outside, home }
    }
}

type Spot = GeomWithData<Rectangle<[i64; 2]>, usize>;

/// What each note that only remarks on others is about: what it is joined to, what it is stuck on, else the nearest.
pub(super) fn subjects(board: &Board, notes: &[&Note], place: &ByName<Id, usize>) -> Vec<(usize, usize)> {
    let mut joined: BTreeMap<usize, usize> = BTreeMap::new();
    let ends = |arrow: &Arrow| Some((*place.get(&arrow.from)?, *place.get(&arrow.to)?));
    for (from, to) in board.arrows.values().filter_map(ends) {
        for (remark, about) in [(from, to), (to, from)] {
            if is_beside(notes[remark].kind) && !is_beside(notes[about].kind) {
                joined.entry(remark).or_insert(about);
            }
        }
    }
    let remarks: Vec<usize> = (0..notes.len()).filter(|at| is_beside(notes[*at].kind)).collect();
    if remarks.is_empty() {
        return Vec::new();
    }
    let told = (0..notes.len()).filter(|at| !is_beside(notes[*at].kind));
    let near: RTree<Spot> =
        RTree::bulk_load(told.map(|at| Spot::new(around(notes[at].rect()), at)).collect());
    let stuck = |note: &Note| place.get(&note.host?).copied().filter(|host| !is_beside(notes[*host].kind));
    let nearest = |note: &Note| {
        let center = note.rect().center();
        near.nearest_neighbor([center.x.into(), 2 * i64::from(center.y)]).map(|spot| spot.data)
    };
    let about =
        |at: &usize| joined.get(at).copied().or_else(|| stuck(notes[*at])).or_else(|| nearest(notes[*at]));
    remarks.iter().filter_map(|at| Some((*at, about(at)?))).collect()
}

/// A row is about as high as two columns are wide.
fn around(rect: Rect) -> Rectangle<[i64; 2]> {
    let corner = |x: i32, y: i32| [x.into(), 2 * i64::from(y)];
    Rectangle::from_corners(corner(rect.at.x, rect.at.y), corner(rect.right(), rect.bottom()))
}
