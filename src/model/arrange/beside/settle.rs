//! Room for what is new: a place in nothing's way, or one that is made.

use std::ops::Range;

use super::Wall;
use crate::model::arrange::{FRAME_GAP, GAP, MARGIN, ROW_GAP};
use crate::model::geometry::{Point, Rect, Size};

/// How often something is moved out of the way of something else before the search goes on elsewhere.
const TRIES: usize = 200;

/// What something runs into.
enum Hit {
    Note(Rect),
    Frame(Rect),
}

impl Wall<'_> {
    /// A place for something in a frame and a lane, as near to where it is wanted as there is room.
    pub(super) fn settle(&mut self, wanted: Rect, frame: Option<usize>, span: &Range<i32>) -> Rect {
        if let Some(outer) = frame.filter(|frame| self.frames[*frame].is_none()).and_then(|it| self.outer(it))
        {
            return self.settle(wanted.grown(MARGIN), Some(outer), span).grown(-MARGIN);
        }
        let own = frame.and_then(|frame| self.frames[frame]);
        let beside = own.map(|own| Point::new(own.right() - MARGIN + GAP, own.at.y + MARGIN));
        let below = own.map(|own| Point::new(own.at.x + MARGIN, own.bottom() - MARGIN + ROW_GAP));
        let found = [Some(wanted.at), beside, below].into_iter().flatten().find_map(|at| {
            let at = Point::new(at.x, at.y.max(span.start));
            self.free_below(Rect { at, size: wanted.size }, frame, span)
        });
        found.unwrap_or_else(|| match own {
            Some(own) => self.make_room(own, wanted.size, span),
            None => {
                let x = self.extent().right().saturating_add(FRAME_GAP + MARGIN);
                let h = wanted.size.h;
                // What is higher than its lane stands with its middle on the lane's edge.
                let is_low = i64::from(span.end) - i64::from(span.start) < i64::from(h);
                let y =
                    if is_low { span.start - h / 2 } else { wanted.at.y.min(span.end - h).max(span.start) };
                Rect { at: Point::new(x, y), size: wanted.size }
            }
        })
    }

    /// The first place straight below where something is in nothing's way.
    fn free_below(&self, mut rect: Rect, frame: Option<usize>, span: &Range<i32>) -> Option<Rect> {
        for _ in 0..TRIES {
            let next = match self.in_the_way(rect, frame) {
                None => return (rect.bottom() <= span.end).then_some(rect),
                Some(Hit::Note(other)) => other.bottom().saturating_add(1),
                Some(Hit::Frame(other)) => other.bottom().saturating_add(MARGIN + 1),
            };
            if next <= rect.at.y {
                return None;
            }
            rect.at.y = next;
        }
        None
    }

    /// Where a frame is walled in, everything below it, and right of it as far as needed, makes room at its foot.
    fn make_room(&mut self, own: Rect, size: Size, span: &Range<i32>) -> Rect {
        let foot = own.bottom().max(span.start).min(span.end);
        let rect = Rect { at: Point::new(own.at.x + MARGIN, foot), size };
        let right = own.right();
        let by = Point::new((rect.right() + MARGIN - right).max(0), size.h + MARGIN);
        let moved = |at: i32, line: i32, by: i32| if at >= line { at.saturating_add(by) } else { at };
        for note in self.notes.iter_mut().flatten() {
            let center = note.center();
            note.at.x += moved(center.x, right, by.x) - center.x;
            note.at.y += moved(center.y, foot, by.y) - center.y;
        }
        for frame in self.frames.iter_mut().flatten() {
            let end =
                Point::new(moved(frame.right(), right + 1, by.x), moved(frame.bottom(), foot + 1, by.y));
            let at = Point::new(moved(frame.at.x, right, by.x), moved(frame.at.y, foot, by.y));
            *frame = Rect::between(at, end);
        }
        // The lane it is for begins above it.
        for lane in self.lanes.iter_mut().flatten().filter(|lane| **lane > span.start) {
            *lane = moved(*lane, foot, by.y);
        }
        rect
    }

    /// What keeps something from lying in a frame at this place.
    fn in_the_way(&self, rect: Rect, frame: Option<usize>) -> Option<Hit> {
        let near = rect.grown(1);
        let blocks = self.notes.iter().flatten().chain(self.others).find(|other| other.overlaps(near));
        if let Some(note) = blocks {
            return Some(Hit::Note(*note));
        }
        let covered = match frame.and_then(|frame| self.frames[frame]) {
            Some(own) => own.union(rect.grown(MARGIN)),
            None => rect.grown(MARGIN),
        };
        let is_kin = |other: usize| {
            frame.is_some_and(|frame| {
                other == frame
                    || self.plan.frames[frame] == Some(other)
                    || self.plan.frames[other] == Some(frame)
            })
        };
        let own = frame.and_then(|frame| self.frames[frame]);
        let strangers = self.frames.iter().enumerate().filter(|(other, _)| !is_kin(*other));
        let collides = |other: &Rect| {
            let did_before = own.is_some_and(|own| own.overlaps(*other));
            other.overlaps(rect) || other.overlaps(covered) && !did_before
        };
        if let Some(other) = strangers.filter_map(|(_, rect)| *rect).find(collides) {
            return Some(Hit::Frame(other));
        }
        // A frame that grows takes in no note of another.
        let is_new = |other: &Rect| {
            let center = other.center();
            covered.holds(center) && !own.is_some_and(|own| own.holds(center))
        };
        let is_mine = |note: usize| self.cells.get(&note).is_some_and(|cell| cell.0 == frame);
        let notes = self.notes.iter().enumerate().filter(|(note, _)| !is_mine(*note));
        let mut strangers = notes.filter_map(|(_, rect)| rect.as_ref()).chain(self.others);
        strangers.find(|other| frame.is_some() && is_new(other)).copied().map(Hit::Note)
    }

    /// Lets a frame, and the one it lies in, grow around something.
    pub(super) fn grow(&mut self, frame: Option<usize>, around: Rect) {
        let mut next = frame.map(|frame| (frame, around));
        let mut left = self.frames.len();
        while let Some((frame, around)) = next.filter(|_| left > 0) {
            let grown = around.grown(MARGIN);
            let rect = self.frames[frame].map_or(grown, |rect| rect.union(grown));
            self.frames[frame] = Some(rect);
            next = self.plan.frames[frame].map(|outer| (outer, rect));
            left -= 1;
        }
    }
}
