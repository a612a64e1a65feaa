//! Where the stickies of a graph lie: roughly at first, in the order of its steps, so that laying the wall out finds
//! its rows and frames in that order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::Graph;
use crate::model::arrange::tidy;
use crate::model::{Arrow, Board, Details, Frame, Id, NoteKind, Point, Rect, Size};

/// Room for one sticky, whatever its kind, and around what a frame holds.
const ROOM: Size = Size::new(36, 8);
/// A row is looked back along for so many stickies.
const ROW_STICKIES: usize = 8;
/// Room for a frame that holds nothing.
const EMPTY: Size = Size::new(36, 16);

/// Finds a place for everything on a board made from a graph.
pub(super) fn lay_out(board: &mut Board, graph: &Graph, ids: &[Id], frames: &[Id]) {
    let mut rough =
        Board { contexts: board.contexts.clone(), notes: board.notes.clone(), ..Board::default() };
    Rough::of(graph).place(&mut rough, ids, frames);
    // Nothing leads to a read model in a row of a wall; here it stands before whoever looks at it.
    for note in rough.notes.values_mut().filter(|note| note.kind == NoteKind::ReadModel) {
        note.kind = NoteKind::Note;
    }
    for (nth, (from, to)) in (0..).zip(leads(graph)) {
        let arrow = Arrow { id: Id::made(nth), from: ids[from], to: ids[to], details: Details::new() };
        rough.arrows.insert(arrow.id, arrow);
    }
    let tidied = tidy(&rough);
    for (id, note) in &mut board.notes {
        note.at = tidied.notes[id].at;
    }
    for (id, context) in &mut board.contexts {
        context.rect = tidied.contexts[id].rect;
    }
}

/// What comes before what: where one sticky merely comes after another, the first of its row does.
fn leads(graph: &Graph) -> Vec<(usize, usize)> {
    let mut source: BTreeMap<usize, usize> = BTreeMap::new();
    for step in graph.steps.iter().filter(|step| !step.is_order && step.from != step.to) {
        source.entry(step.to).or_insert(step.from);
    }
    let first = |note: usize| {
        let back = std::iter::successors(Some(note), |at| source.get(at).copied());
        back.take(ROW_STICKIES).last().unwrap_or(note)
    };
    let pairs = graph.steps.iter().map(|step| match step.is_order {
        true => (step.from, first(step.to)),
        false => (step.from, step.to),
    });
    pairs.filter(|(from, to)| from != to).collect()
}

/// The order of the steps; circles are entered where the file begins.
fn in_order(graph: &Graph) -> Vec<usize> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); graph.notes.len()];
    let mut waits_for = vec![0_usize; graph.notes.len()];
    for (from, to) in leads(graph) {
        next[from].push(to);
        waits_for[to] += 1;
    }
    let mut ready: BinaryHeap<Reverse<usize>> =
        (0..graph.notes.len()).filter(|note| waits_for[*note] == 0).map(Reverse).collect();
    let mut is_done = vec![false; graph.notes.len()];
    let mut order = Vec::with_capacity(graph.notes.len());
    let mut rest = 0..graph.notes.len();
    while let Some(note) = ready.pop().map(|it| it.0).or_else(|| rest.find(|note| !is_done[*note])) {
        if std::mem::replace(&mut is_done[note], true) {
            continue;
        }
        order.push(note);
        for &to in &next[note] {
            waits_for[to] -= 1;
            if waits_for[to] == 0 {
                ready.push(Reverse(to));
            }
        }
    }
    order
}

/// What lies in what, each in the order of the steps.
struct Rough {
    notes: BTreeMap<Option<usize>, Vec<usize>>,
    frames: BTreeMap<Option<usize>, Vec<usize>>,
}

impl Rough {
    fn of(graph: &Graph) -> Rough {
        let mut notes: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for note in in_order(graph) {
            notes.entry(graph.notes[note].frame).or_default().push(note);
        }
        let outer = |frame: usize| {
            let outer = graph.frames[frame].inside;
            outer.filter(|outer| *outer != frame && graph.frames[*outer].frame == Frame::Subdomain)
        };
        let mut rank: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, note) in in_order(graph).into_iter().enumerate() {
            if let Some(frame) = graph.notes[note].frame {
                rank.entry(frame).or_insert(at);
                if let Some(outer) = outer(frame) {
                    rank.entry(outer).or_insert(at);
                }
            }
        }
        let mut frames: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for frame in 0..graph.frames.len() {
            let is_context = graph.frames[frame].frame == Frame::Context;
            frames.entry(outer(frame).filter(|_| is_context)).or_default().push(frame);
        }
        for list in frames.values_mut() {
            list.sort_by_key(|frame| (rank.get(frame).copied().unwrap_or(usize::MAX), *frame));
        }
        Rough { notes, frames }
    }

    fn place(&self, board: &mut Board, ids: &[Id], frames: &[Id]) {
        let outside = self.grid(None);
        self.put_notes(None, Point::new(-outside.w - ROOM.w, 0), board, ids);
        self.put_frames(None, Point::default(), board, ids, frames);
    }

    /// Puts the frames that lie in one beside each other; tells how much room they take.
    fn put_frames(
        &self,
        outer: Option<usize>,
        at: Point,
        board: &mut Board,
        ids: &[Id],
        frames: &[Id],
    ) -> Size {
        let mut taken = Size::default();
        for &frame in self.frames.get(&outer).into_iter().flatten() {
            let corner = Point::new(at.x + taken.w, at.y);
            let own = self.grid(Some(frame));
            let inner = Point::new(corner.x + ROOM.w, corner.y + ROOM.h);
            self.put_notes(Some(frame), inner, board, ids);
            let beside = Point::new(inner.x + own.w, inner.y);
            let nested = self.put_frames(Some(frame), beside, board, ids, frames);
            let (w, h) = (own.w + nested.w, own.h.max(nested.h));
            let size = Size::new(w.max(EMPTY.w) + 2 * ROOM.w, h.max(EMPTY.h) + 2 * ROOM.h);
            board.contexts.entry(frames[frame]).and_modify(|it| it.rect = Rect { at: corner, size });
            taken = Size::new(taken.w + size.w + ROOM.w, taken.h.max(size.h));
        }
        taken
    }

    /// The room that the stickies of a frame take, in about as many lines as columns.
    fn grid(&self, frame: Option<usize>) -> Size {
        let count = self.notes.get(&frame).map_or(0, Vec::len);
        let columns = columns(count);
        let lines = count.div_ceil(columns.max(1));
        let cells = |count: usize, room: i32| i32::try_from(count).unwrap_or(0) * room;
        Size::new(cells(columns, ROOM.w), cells(lines, ROOM.h))
    }

    fn put_notes(&self, frame: Option<usize>, at: Point, board: &mut Board, ids: &[Id]) {
        let notes = self.notes.get(&frame).map_or(&[][..], Vec::as_slice);
        let columns = columns(notes.len()).max(1);
        for (nth, note) in notes.iter().enumerate() {
            let cell = |nth: usize, room: i32| i32::try_from(nth).unwrap_or(0) * room;
            let corner = Point::new(at.x + cell(nth % columns, ROOM.w), at.y + cell(nth / columns, ROOM.h));
            board.notes.entry(ids[*note]).and_modify(|note| {
                // Middles in one line, so that a line is read from the left.
                note.at = Point::new(corner.x, corner.y + (ROOM.h - note.size.h) / 2);
            });
        }
    }
}

fn columns(count: usize) -> usize {
    count.isqrt() + usize::from(count.isqrt().pow(2) < count)
}
