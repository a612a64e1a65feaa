//! The rows that a wall shows: its arrows, taken apart into strands.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::board::Board;
use super::super::geometry::Rect;
use super::super::id::Id;
use super::super::kind::NoteKind;
use super::super::thing::{Frame, Note};
use super::frame::arrange;
use super::order::reading_order;
use super::unwind::unwind;
use super::{Plan, Row, Start};

/// A wall as rows: every note once, in reading order.
///
/// Only what leads from one note to the next within a cell makes a strand. What is left are arrows to notes that stand
/// elsewhere, and those into a read model, which gathers from many and therefore begins a row.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Forest {
    /// The frames in reading order, each with the place in this list of the subdomain it lies in, which comes before.
    pub frames: Vec<(Id, Option<usize>)>,
    /// The lanes from top to bottom.
    pub lanes: Vec<Id>,
    /// What lies in each frame and lane, where anything does: the outside first.
    pub cells: Vec<Cell>,
}

/// What lies in one frame and lane.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell {
    /// Which of the forest's frames; none for the outside.
    pub frame: Option<usize>,
    /// Which of its lanes, from 1; 0 is above all of them.
    pub lane: usize,
    /// The rows, in the order they are read.
    pub strands: Vec<Strand>,
}

/// Notes of which each leads to the next.
#[derive(Clone, PartialEq, Debug)]
pub struct Strand {
    /// What it goes on from, in the same cell.
    pub start: Start<Id>,
    /// The notes, in order.
    pub notes: Vec<Id>,
}

impl Forest {
    /// The rows of a wall.
    pub fn of(board: &Board) -> Forest {
        let mut lanes: Vec<Id> = board.lanes.keys().copied().collect();
        lanes.sort_by_key(|lane| (board.lanes[lane].y, *lane));
        let frames = frames(board, !lanes.is_empty());
        let mut cells: BTreeMap<(Option<usize>, usize), Vec<&Note>> = BTreeMap::new();
        for note in board.notes.values() {
            let center = note.rect().center();
            let lane = lanes.iter().filter(|lane| board.lanes[lane].y <= center.y).count();
            let frame = board.frame_of(note).and_then(|id| frames.iter().position(|frame| frame.0 == id));
            cells.entry((frame, lane)).or_default().push(note);
        }
        let orders: Vec<Vec<Id>> = cells.values().map(|notes| in_reading_order(notes)).collect();
        let strands = unwind(board, &orders);
        let cells = cells
            .into_keys()
            .zip(strands)
            .map(|((frame, lane), strands)| Cell { frame, lane, strands })
            .collect();
        Forest { frames, lanes, cells }
    }

    /// The plan to lay it out anew, and the notes in the order of the plan.
    pub fn plan(&self, board: &Board) -> (Plan, Vec<Id>) {
        let strands =
            self.cells.iter().flat_map(|cell| cell.strands.iter().map(move |strand| (cell, strand)));
        let notes: Vec<Id> = strands.clone().flat_map(|(_, strand)| strand.notes.iter().copied()).collect();
        let index: HashMap<Id, usize> = notes.iter().enumerate().map(|(at, note)| (*note, at)).collect();
        let hosts: HashSet<Id> = strands
            .clone()
            .filter_map(|(_, strand)| match strand.start {
                Start::After(note) | Start::Under(note) => Some(note),
                Start::Fresh => None,
            })
            .collect();
        let rows = strands
            .map(|(cell, strand)| Row {
                notes: strand.notes.iter().map(|note| index[note]).collect(),
                start: match strand.start {
                    Start::Fresh => Start::Fresh,
                    Start::After(note) => Start::After(index[&note]),
                    Start::Under(note) => Start::Under(index[&note]),
                },
                frame: cell.frame,
                lane: cell.lane,
                lone: matches!(strand.notes[..], [note]
                    if board.notes[&note].kind == NoteKind::DomainEvent && !hosts.contains(&note)),
            })
            .collect();
        let plan = Plan {
            sizes: notes.iter().map(|note| board.notes[note].size).collect(),
            rows,
            frames: self.frames.iter().map(|(_, inside)| *inside).collect(),
            lanes: self.lanes.len(),
        };
        (plan, notes)
    }
}

/// The same wall laid out anew: its rows, frames and lanes as they are read, nothing overlapping.
pub fn tidy(board: &Board) -> Board {
    let forest = Forest::of(board);
    let (plan, notes) = forest.plan(board);
    let places = arrange(&plan);
    let mut tidied = board.clone();
    for (note, at) in notes.into_iter().zip(places.notes) {
        tidied.notes.entry(note).and_modify(|note| note.at = at);
    }
    for ((frame, _), rect) in forest.frames.iter().zip(places.frames) {
        tidied.contexts.entry(*frame).and_modify(|frame| frame.rect = rect);
    }
    for (lane, y) in forest.lanes.iter().zip(places.lanes) {
        tidied.lanes.entry(*lane).and_modify(|lane| lane.y = y);
    }
    tidied
}

/// The frames of a wall in reading order; where lanes cross it, from left to right.
fn frames(board: &Board, has_lanes: bool) -> Vec<(Id, Option<usize>)> {
    let mut inside: BTreeMap<Option<Id>, Vec<(Id, Rect)>> = BTreeMap::new();
    for context in board.contexts.values() {
        let outer = (context.frame == Frame::Context).then(|| board.subdomain_of(context)).flatten();
        inside.entry(outer).or_default().push((context.id, context.rect));
    }
    let in_order = |outer: Option<Id>| -> Vec<Id> {
        let frames = inside.get(&outer).map_or(&[][..], Vec::as_slice);
        let rects: Vec<Rect> = frames.iter().map(|(_, rect)| *rect).collect();
        let mut order = reading_order(&rects, false);
        if has_lanes {
            order.sort_by_key(|&at| (rects[at].at, at));
        }
        order.into_iter().map(|at| frames[at].0).collect()
    };
    let mut all = Vec::new();
    for outer in in_order(None) {
        let place = all.len();
        all.push((outer, None));
        all.extend(in_order(Some(outer)).into_iter().map(|inner| (inner, Some(place))));
    }
    all
}

fn in_reading_order(notes: &[&Note]) -> Vec<Id> {
    let rects: Vec<Rect> = notes.iter().map(|note| note.rect()).collect();
    reading_order(&rects, true).into_iter().map(|at| notes[at].id).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::tests::{board, boards, id, note};
    use crate::model::{Arrow, Details};

    fn rows(board: &Board) -> Vec<Vec<String>> {
        let cells = Forest::of(board).cells;
        let text = |id: &Id| board.notes[id].text().to_owned();
        cells
            .iter()
            .flat_map(|cell| &cell.strands)
            .map(|strand| strand.notes.iter().map(text).collect())
            .collect()
    }

    #[test]
    fn arrows_make_rows_and_what_branches_follows() {
        use NoteKind as K;
        let mut wall = board([
            note(0, K::ReadModel, "상품 목록", 0, 20),
            note(1, K::Actor, "고객", 30, 21),
            note(2, K::Command, "주문하기", 60, 20),
            note(3, K::DomainEvent, "주문됨", 90, 20),
            note(4, K::DomainEvent, "주문 거절됨", 90, 30),
            note(5, K::Policy, "주문되면 알린다", 120, 20),
            note(6, K::DomainEvent, "가입됨", 0, 0),
            note(7, K::ReadModel, "주문 현황", 120, 40),
        ]);
        for (n, from, to) in [(10, 0, 2), (11, 1, 2), (12, 2, 4), (13, 2, 3), (14, 3, 5), (15, 3, 7)] {
            let arrow = Arrow { id: id(n), from: id(from), to: id(to), details: Details::new() };
            wall.arrows.insert(arrow.id, arrow);
        }
        let rows: Vec<String> = rows(&wall).iter().map(|row| row.join(" > ")).collect();
        assert_eq!(
            rows,
            ["가입됨", "고객 > 주문하기 > 주문됨 > 주문되면 알린다", "주문 거절됨", "상품 목록", "주문 현황"]
        );
    }

    fn check(wall: &Board) -> Result<(), TestCaseError> {
        let notes: Vec<&Note> = wall.notes.values().collect();
        for (at, one) in notes.iter().enumerate() {
            for two in &notes[at + 1..] {
                prop_assert!(!one.rect().overlaps(two.rect()), "{one:?} {two:?}");
            }
            let frame = wall.frame_of(one).map(|frame| wall.contexts[&frame].rect);
            prop_assert!(frame.is_none_or(|frame| frame.encloses(one.rect().grown(super::super::MARGIN))));
        }
        let frames: Vec<_> = wall.contexts.values().collect();
        for (at, one) in frames.iter().enumerate() {
            for two in &frames[at + 1..] {
                let nested = wall.subdomain_of(one) == Some(two.id) || wall.subdomain_of(two) == Some(one.id);
                prop_assert!(nested || !one.rect.overlaps(two.rect), "{one:?} {two:?}");
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn a_tidy_wall_overlaps_nowhere_and_reads_as_before(wall in boards()) {
            let tidied = tidy(&wall);
            check(&tidied)?;
            let (before, after) = (Forest::of(&wall), Forest::of(&tidied));
            prop_assert_eq!(&before, &after);
            prop_assert_eq!(tidy(&tidied), tidied);
        }
    }
}
