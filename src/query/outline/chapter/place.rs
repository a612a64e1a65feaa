//! What the places of events say about the order of time.
//!
//! One row of frames is a line of time, as is a wall with lanes: columns tell when. Where frames stand below each other
//! a wall is read as a page is: row of frames by row of frames, frame by frame, and each frame from its upper row down.

use std::collections::BTreeMap;

use crate::model::{ByName, Frame, Id, NoteKind, Rect};
use crate::query::outline::ground::Ground;
use crate::query::outline::party::Party;
use crate::query::timeline::rows;

/// The events of a wall, numbered in the order of their places.
pub(super) struct Place {
    pub(super) events: Vec<Stand>,
    numbers: ByName<Id, usize>,
    is_stacked: bool,
}

/// Where an event stands.
pub(super) struct Stand {
    pub(super) id: Id,
    rect: Rect,
    home: usize,
}

impl Place {
    pub(super) fn of(ground: &Ground<'_>) -> Place {
        let bands = Bands::of(ground);
        let is_stacked = ground.board.lanes.is_empty() && bands.are_stacked();
        let stand =
            |at: usize| Stand { id: ground.id(at), rect: ground.notes[at].rect(), home: ground.home(at) };
        let mut events: Vec<Stand> = ground.of_kind(NoteKind::DomainEvent).map(stand).collect();
        if is_stacked {
            let mut frames: BTreeMap<(usize, i32, usize), Vec<Stand>> = BTreeMap::new();
            for stand in events {
                let left = match ground.parties.all[stand.home] {
                    Party::Context(Some(frame)) => ground.board.contexts[&frame].rect.at.x,
                    Party::Context(None) | Party::System(_) => stand.rect.at.x,
                };
                let band = bands.of_row(stand.rect.center().y);
                frames.entry((band, left, stand.home)).or_default().push(stand);
            }
            events = frames.into_values().flat_map(down_the_rows).collect();
        } else {
            events.sort_unstable_by_key(|event| (event.rect.at, event.id));
        }
        let numbers = events.iter().enumerate().map(|(at, event)| (event.id, at)).collect();
        Place { events, numbers, is_stacked }
    }

    pub(super) fn number(&self, event: Id) -> Option<usize> {
        self.numbers.get(&event).copied()
    }

    /// The chapter of an event that nothing is known to lead to, by those whose chapters are known.
    pub(super) fn chapter(&self, event: usize, pivots: &[usize], known: &[Option<usize>]) -> usize {
        let right = |pivot: usize| self.events[pivot].rect.right();
        if !self.is_stacked {
            let x = self.events[event].rect.at.x;
            let left = pivots.iter().zip(1..).filter(|(pivot, _)| right(**pivot) <= x);
            return left.max_by_key(|(pivot, chapter)| (right(**pivot), *chapter)).map_or(0, |(_, it)| it);
        }
        let is_near = |at: &usize| self.events[*at].home == self.events[event].home;
        let end = |at: usize| Some(known[at]? + usize::from(pivots.contains(&at)));
        let before = || (0..event).rev();
        let after = || event + 1..self.events.len();
        before()
            .take_while(is_near)
            .find_map(end)
            .or_else(|| after().take_while(is_near).find_map(|at| known[at]))
            .or_else(|| before().find_map(end))
            .unwrap_or_default()
    }
}

/// The events of one frame as they are read.
fn down_the_rows(events: Vec<Stand>) -> Vec<Stand> {
    let mut stands: BTreeMap<Id, Stand> = events.into_iter().map(|event| (event.id, event)).collect();
    let read = rows(stands.values().map(|event| (event.rect, event.id)).collect());
    read.into_iter().flatten().filter_map(|id| stands.remove(&id)).collect()
}

/// Rows of frames, from the upper one down; frames that stand beside each other are in one.
struct Bands(Vec<Rect>);

impl Bands {
    fn of(ground: &Ground<'_>) -> Bands {
        let frames = ground.board.contexts.values().filter(|it| it.frame == Frame::Context);
        let mut frames: Vec<Rect> = frames.map(|it| it.rect).collect();
        frames.sort_unstable_by_key(|rect| (rect.at.y, rect.at.x, rect.size.w, rect.size.h));
        let mut bands: Vec<Rect> = Vec::new();
        for frame in frames {
            match bands.last_mut().filter(|band| frame.at.y < band.bottom()) {
                Some(band) => *band = band.union(frame),
                None => bands.push(frame),
            }
        }
        Bands(bands)
    }

    /// Whether one stands below another and not aside of it.
    fn are_stacked(&self) -> bool {
        let overlap = |pair: &[Rect]| pair[0].at.x < pair[1].right() && pair[1].at.x < pair[0].right();
        self.0.windows(2).any(overlap)
    }

    /// The last that does not begin below a row, counted from 1.
    fn of_row(&self, y: i32) -> usize {
        self.0.partition_point(|band| band.at.y <= y)
    }
}
