//! The graph behind the wall: who leads to whom, and how that is known.
//!
//! What people drew counts first. Where nobody drew anything, position speaks: a note stuck on another, notes that
//! touch, and the nearest note to the right on the same row, each only where the grammar knows such a step. A note
//! whose `unjoined` detail is on takes no part in guessing.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::grammar::may_follow;
use crate::model::{Board, Id, Level, Note, NoteKind, Rect};

/// How an edge is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Evidence {
    /// Somebody drew this arrow.
    Drawn(Id),
    /// One is stuck on the other.
    Stuck,
    /// They touch.
    Touching,
    /// They stand on one row and nothing that fits stands nearer; with the cells between them.
    SameRow(i32),
}

/// One step of the flow.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Edge {
    /// Where it starts.
    pub from: Id,
    /// Where it leads.
    pub to: Id,
    /// How this is known.
    pub evidence: Evidence,
}

/// All steps of a wall, in the order of their notes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Flow {
    edges: Vec<Edge>,
}

/// How far apart two notes of one row may stand and still be read as one step: two wide notes' width.
const ROW_REACH: i32 = 60;
/// Notes with at most this many cells between them touch.
const TOUCH: i32 = 1;

impl Flow {
    /// The flow of a board.
    pub fn of(board: &Board) -> Flow {
        let mut edges: BTreeSet<Edge> = drawn(board).collect();
        let told: BTreeSet<Id> = edges.iter().map(|edge| edge.from).collect();
        let level = board.level().unwrap_or(Level::Design);
        let rows = Rows::of(board);
        let silent = board.standing().filter(|note| takes_part(note) && !told.contains(&note.id));
        edges.extend(
            silent.filter_map(|note| stuck(board, note, level).or_else(|| rows.step_from(note, level))),
        );
        Flow { edges: edges.into_iter().collect() }
    }

    /// All steps.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The steps that lead from a note.
    pub fn from(&self, note: Id) -> impl Iterator<Item = &Edge> {
        let first = self.edges.partition_point(|edge| edge.from < note);
        self.edges[first..].iter().take_while(move |edge| edge.from == note)
    }

    /// The steps that lead to a note.
    pub fn to(&self, note: Id) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(move |edge| edge.to == note)
    }
}

fn takes_part(note: &Note) -> bool {
    !note.details.contains_key("unjoined")
}

fn drawn(board: &Board) -> impl Iterator<Item = Edge> {
    let stands = |id: Id| board.notes.get(&id).is_some_and(|note| note.aside().is_none());
    board.arrows.values().filter(move |arrow| stands(arrow.from) && stands(arrow.to)).map(|arrow| Edge {
        from: arrow.from,
        to: arrow.to,
        evidence: Evidence::Drawn(arrow.id),
    })
}

/// The step between a note and what it is stuck on, whichever way the grammar reads it.
fn stuck(board: &Board, note: &Note, level: Level) -> Option<Edge> {
    let host = board.notes.get(&note.host?).filter(|host| takes_part(host) && host.aside().is_none())?;
    step(note, host, level, Evidence::Stuck)
}

/// The legal step between a note and one that stands further right: forwards, or backwards for what informs.
fn step(note: &Note, next: &Note, level: Level, evidence: Evidence) -> Option<Edge> {
    if may_follow(note.kind, next.kind, level).is_some() {
        Some(Edge { from: note.id, to: next.id, evidence })
    } else if next.kind == NoteKind::ReadModel && may_follow(next.kind, note.kind, level).is_some() {
        Some(Edge { from: next.id, to: note.id, evidence })
    } else {
        None
    }
}

/// The standing notes, sorted so that what lies right of a note on its row is found without looking at the rest.
struct Rows<'a> {
    bands: BTreeMap<i32, Vec<&'a Note>>,
}

/// Rows of cells that share one list: about the height of a note.
const BAND: i32 = 8;

fn bands_of(rect: Rect) -> std::ops::RangeInclusive<i32> {
    rect.at.y.div_euclid(BAND)..=(rect.bottom() - 1).div_euclid(BAND)
}

impl<'a> Rows<'a> {
    fn of(board: &'a Board) -> Rows<'a> {
        let mut bands: BTreeMap<i32, Vec<&Note>> = BTreeMap::new();
        for note in board.standing().filter(|note| takes_part(note)) {
            for band in bands_of(note.rect()) {
                bands.entry(band).or_default().push(note);
            }
        }
        for band in bands.values_mut() {
            band.sort_by_key(|note| (note.at.x, note.id));
        }
        Rows { bands }
    }

    /// The step from a note to the nearest one on its right that fits.
    fn step_from(&self, note: &Note, level: Level) -> Option<Edge> {
        self.right_of(note).into_iter().find_map(|(gap, _, next)| {
            let evidence = if gap <= TOUCH { Evidence::Touching } else { Evidence::SameRow(gap) };
            step(note, next, level, evidence)
        })
    }

    /// What stands right of a note on its row within reach, nearest first: with the gap and how far up or down.
    fn right_of(&self, note: &Note) -> Vec<(i32, i32, &'a Note)> {
        let rect = note.rect();
        let mut found: Vec<(i32, i32, &Note)> = Vec::new();
        for band in bands_of(rect).filter_map(|band| self.bands.get(&band)) {
            let first = band.partition_point(|other| other.at.x < rect.center().x);
            let gap = |other: &Note| (other.at.x - rect.right()).max(0);
            let near = band[first..].iter().take_while(|other| gap(other) <= ROW_REACH);
            let fits = near.filter(|other| other.id != note.id && on_one_row(rect, other.rect()));
            found.extend(fits.map(|other| (gap(other), (other.at.y - note.at.y).abs(), *other)));
        }
        found.sort_by_key(|(gap, drop, other)| (*gap, *drop, other.id));
        found.dedup_by_key(|(.., other)| other.id);
        found
    }
}

/// Whether two notes share at least half of the lower one's height.
fn on_one_row(one: Rect, other: Rect) -> bool {
    let shared = one.bottom().min(other.bottom()) - one.at.y.max(other.at.y);
    shared * 2 >= one.size.h.min(other.size.h)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Arrow, Details, Point, Wording};

    fn board(notes: &[(u32, NoteKind, i32, i32)]) -> Board {
        let entry = "k3x9v2p4qd.1".parse::<crate::model::EntryId>().unwrap();
        let note = |&(index, kind, x, y): &(u32, NoteKind, i32, i32)| Note {
            id: entry.thing(index),
            kind,
            wording: Wording::default(),
            at: Point::new(x, y),
            size: kind.row().size,
            z: 0,
            host: None,
            author: String::new(),
            details: Details::new(),
        };
        Board { notes: notes.iter().map(note).map(|note| (note.id, note)).collect(), ..Board::default() }
    }

    fn told(board: &Board) -> Vec<(u32, u32, &'static str)> {
        let how = |evidence| match evidence {
            Evidence::Drawn(_) => "drawn",
            Evidence::Stuck => "stuck",
            Evidence::Touching => "touching",
            Evidence::SameRow(_) => "row",
        };
        Flow::of(board).edges().iter().map(|e| (e.from.index, e.to.index, how(e.evidence))).collect()
    }

    use NoteKind::{Actor, Aggregate, Command, DomainEvent, ReadModel};

    #[test]
    fn a_row_is_read_from_left_to_right() {
        let row =
            board(&[(0, Actor, 0, 1), (1, Command, 15, 0), (2, Aggregate, 40, 0), (3, DomainEvent, 75, 0)]);
        assert_eq!(told(&row), [(0, 1, "touching"), (1, 2, "row"), (2, 3, "row")]);
    }

    #[test]
    fn an_actor_left_of_a_read_model_is_informed_by_it() {
        assert_eq!(told(&board(&[(0, Actor, 0, 1), (1, ReadModel, 16, 0)])), [(1, 0, "row")]);
    }

    #[test]
    fn what_is_drawn_is_not_guessed_again_and_other_rows_are_left_alone() {
        let mut wall = board(&[(0, Command, 0, 0), (1, DomainEvent, 30, 0), (2, DomainEvent, 30, 20)]);
        let entry = wall.notes.keys().next().unwrap().entry;
        let arrow =
            Arrow { id: entry.thing(9), from: entry.thing(0), to: entry.thing(2), details: Details::new() };
        wall.arrows.insert(arrow.id, arrow);
        assert_eq!(told(&wall), [(0, 2, "drawn")]);
    }

    #[test]
    fn a_note_that_says_so_takes_no_part() {
        let mut wall = board(&[(0, Actor, 0, 1), (1, Command, 15, 0)]);
        let first = wall.notes.values_mut().next().unwrap();
        first.details.insert("unjoined".into(), true.into());
        assert_eq!(told(&wall), []);
    }

    #[test]
    fn what_is_stuck_belongs_to_its_host_wherever_it_lies() {
        let mut wall = board(&[(0, Actor, 500, 300), (1, Command, 15, 0)]);
        let host = wall.notes.keys().nth(1).copied();
        wall.notes.values_mut().next().unwrap().host = host;
        assert_eq!(told(&wall), [(0, 1, "stuck")]);
    }
}
