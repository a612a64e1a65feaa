//! Places for what is new on a wall, beside what stands there and stays where it is.

mod settle;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::cell::{Laid, lay};
use super::frame::{Places, arrange};
use super::{FRAME_GAP, GAP, MARGIN, Plan, ROW_GAP, Row, Start};
use crate::model::geometry::{Point, REACH, Rect, Size};

/// More new notes than this are laid out as blocks of rows, each beside what it belongs to only as a whole.
const ONE_BY_ONE_MAX: usize = 1_000;

/// What of a plan has its place already.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Known {
    /// Places of notes.
    pub notes: Vec<Option<Point>>,
    /// Frames.
    pub frames: Vec<Option<Rect>>,
    /// Upper edges of lanes.
    pub lanes: Vec<Option<i32>>,
    /// What else is in the way.
    pub others: Vec<Rect>,
    /// Where what hangs on nothing is to begin; below what there is where nothing is said.
    pub begin: Option<Point>,
}

/// Finds places for what is new in a plan. What is known stays; frames only grow, to hold what is new in them.
pub fn place_beside(plan: &Plan, known: &Known) -> Places {
    if known.notes.iter().flatten().next().is_none()
        && known.others.is_empty()
        && known.begin.is_none()
        && known.lanes.iter().all(Option::is_none)
        && known.frames.iter().all(Option::is_none)
    {
        return arrange(plan);
    }
    let mut wall = Wall::of(plan, known);
    wall.place_lanes();
    wall.place_frames();
    wall.place_rows();
    wall.place_empty_frames();
    wall.finish()
}

struct Wall<'a> {
    plan: &'a Plan,
    notes: Vec<Option<Rect>>,
    frames: Vec<Option<Rect>>,
    lanes: Vec<Option<i32>>,
    others: &'a [Rect],
    begin: Option<Point>,
    /// The frame and lane of each note.
    cells: HashMap<usize, (Option<usize>, usize)>,
}

impl<'a> Wall<'a> {
    fn of(plan: &'a Plan, known: &'a Known) -> Self {
        let at = |note: usize| known.notes.get(note).copied().flatten();
        let rect = |(note, size): (usize, &Size)| at(note).map(|at| Rect { at, size: *size });
        let cells =
            plan.rows.iter().flat_map(|row| row.notes.iter().map(|note| (*note, (row.frame, row.lane))));
        Wall {
            plan,
            notes: plan.sizes.iter().enumerate().map(rect).collect(),
            frames: (0..plan.frames.len()).map(|frame| known.frames.get(frame).copied().flatten()).collect(),
            lanes: (0..plan.lanes).map(|lane| known.lanes.get(lane).copied().flatten()).collect(),
            others: &known.others,
            begin: known.begin,
            cells: cells.collect(),
        }
    }

    /// What everything that has a place covers.
    fn extent(&self) -> Rect {
        let placed = self.notes.iter().chain(&self.frames).flatten().chain(self.others);
        Rect::around(placed.copied()).unwrap_or_default()
    }

    /// New lanes lie below all else, in order, each as high as what it is to hold.
    fn place_lanes(&mut self) {
        let last = (0..self.lanes.len())
            .filter(|lane| self.lanes[*lane].is_some())
            .max_by_key(|lane| self.lanes[*lane]);
        let below = |lane: usize| self.height(self.plan.rows.iter().filter(move |row| row.lane == lane));
        let y = last.and_then(|lane| self.lanes[lane]).unwrap_or(i32::MIN / 2);
        let mut y = y.saturating_add(below(last.map_or(0, |lane| lane + 1)));
        y = y.max(self.extent().bottom().saturating_add(below(0)));
        for lane in 0..self.lanes.len() {
            if self.lanes[lane].is_none() {
                self.lanes[lane] = Some(y);
                y = y.saturating_add(self.height(self.plan.rows.iter().filter(|row| row.lane == lane + 1)));
            }
        }
    }

    /// How many lines are needed to lay the new notes of these rows.
    fn height(&self, rows: impl Iterator<Item = &'a Row>) -> i32 {
        let mut cells: BTreeMap<Option<usize>, Vec<&Row>> = BTreeMap::new();
        for row in rows.filter(|row| row.notes.iter().any(|note| self.notes[*note].is_none())) {
            cells.entry(row.frame).or_default().push(row);
        }
        let heights = cells.values().map(|rows| lay(rows, &self.plan.sizes).size.h);
        heights.max().unwrap_or(0).saturating_add(4 * FRAME_GAP)
    }

    /// The lines that belong to a lane: from its edge to the next.
    fn span(&self, lane: usize) -> Range<i32> {
        let start = lane.checked_sub(1).and_then(|lane| self.lanes[lane]).unwrap_or(i32::MIN);
        let below = self.lanes.iter().flatten().filter(|y| lane == 0 || **y > start);
        start..below.min().copied().unwrap_or(i32::MAX)
    }

    /// A new frame lies around the known frames that it is to hold; a new frame of new notes right of everything.
    fn place_frames(&mut self) {
        for frame in 0..self.frames.len() {
            let held = (0..self.frames.len()).filter(|inner| self.plan.frames[*inner] == Some(frame));
            let held = Rect::around(held.filter_map(|inner| self.frames[inner]));
            if let (None, Some(held)) = (self.frames[frame], held) {
                self.frames[frame] = Some(held.grown(MARGIN));
            }
        }
        // Where lanes cross the wall, a frame grows around its notes once they lie in theirs.
        if self.plan.lanes == 0 {
            let is_new = |frame: &usize| self.frames[*frame].is_none();
            let roots = (0..self.frames.len())
                .filter(is_new)
                .filter(|frame| self.plan.frames[*frame].is_none_or(|outer| self.frames[outer].is_some()));
            for root in roots.collect::<Vec<_>>() {
                self.place_frame(root);
            }
        }
    }

    /// Lays out a new frame with all that is new in it: in the frame it lies in, else right of everything.
    fn place_frame(&mut self, root: usize) {
        let is_part = |frame: usize| {
            frame == root || self.frames[frame].is_none() && self.plan.frames[frame] == Some(root)
        };
        let parts: Vec<usize> = (0..self.frames.len()).filter(|frame| is_part(*frame)).collect();
        let rows = self.plan.rows.iter().filter(|row| row.frame.is_some_and(|frame| parts.contains(&frame)));
        let part = Plan {
            sizes: self.plan.sizes.clone(),
            rows: rows.cloned().collect(),
            frames: self.plan.frames.iter().map(|outer| outer.filter(|outer| *outer == root)).collect(),
            lanes: 0,
        };
        let laid = arrange(&part);
        let outer = self.plan.frames[root];
        let size = laid.frames[root].size;
        let at = match outer.and_then(|outer| self.frames[outer]) {
            Some(outer) => {
                Point::new(outer.right().saturating_sub(MARGIN).saturating_add(GAP), outer.at.y + MARGIN)
            }
            None => {
                let top = self.frames.iter().flatten().map(|rect| rect.at.y).min();
                let extent = self.extent();
                Point::new(extent.right().saturating_add(FRAME_GAP), top.unwrap_or(extent.at.y))
            }
        };
        let rect = self.settle(Rect { at, size }, outer, &(i32::MIN..i32::MAX));
        let by = rect.at.minus(laid.frames[root].at);
        for frame in parts {
            let rect = laid.frames[frame];
            self.frames[frame] = Some(Rect { at: rect.at.shifted(by), size: rect.size });
        }
        self.grow(outer, rect);
        for note in part.rows.iter().flat_map(|row| &row.notes) {
            let size = self.plan.sizes[*note];
            self.notes[*note].get_or_insert(Rect { at: laid.notes[*note].shifted(by), size });
        }
    }

    fn place_rows(&mut self) {
        let missing = self.notes.iter().filter(|note| note.is_none()).count();
        if missing <= ONE_BY_ONE_MAX {
            for row in &self.plan.rows {
                if row.notes.iter().any(|note| self.notes[*note].is_some()) || self.source(row).is_some() {
                    self.place_row(row);
                }
            }
        }
        // What hangs on nothing known is laid out by itself, frame by frame and lane by lane, and put below the rest.
        let mut blocks: BTreeMap<(Option<usize>, usize), Vec<&Row>> = BTreeMap::new();
        for row in
            self.plan.rows.iter().filter(|row| row.notes.iter().any(|note| self.notes[*note].is_none()))
        {
            blocks.entry((row.frame, row.lane)).or_default().push(row);
        }
        // Frames first: what is outside of them keeps out of the way of those that have grown.
        let (outside, framed): (Vec<_>, Vec<_>) =
            blocks.into_iter().partition(|((frame, _), _)| frame.is_none());
        for (cell, rows) in framed.into_iter().chain(outside) {
            self.place_block(cell, &lay(&rows, &self.plan.sizes));
        }
    }

    /// The frame on the wall that this one is to lie in.
    fn outer(&self, frame: usize) -> Option<usize> {
        self.plan.frames[frame].filter(|outer| self.frames[*outer].is_some())
    }

    fn source(&self, row: &Row) -> Option<Rect> {
        match row.start {
            Start::After(note) | Start::Under(note) => self.notes.get(note).copied().flatten(),
            Start::Fresh => None,
        }
    }

    /// Puts the new notes of a row beside those of it that have a place.
    fn place_row(&mut self, row: &Row) {
        let mut before = self.source(row).map(|source| (source, matches!(row.start, Start::Under(_))));
        for (at, &note) in row.notes.iter().enumerate() {
            if self.notes[note].is_none() {
                let size = self.plan.sizes[note];
                let wanted = match before {
                    Some((host, true)) => Point::new(host.at.x, host.bottom().saturating_add(1)),
                    Some((before, false)) => {
                        Point::new(before.right().saturating_add(GAP), before.center().y - size.h / 2)
                    }
                    None => self.before(&row.notes[at..], size),
                };
                let rect = self.settle(Rect { at: wanted, size }, row.frame, &self.span(row.lane));
                self.notes[note] = Some(rect);
                self.grow(row.frame, rect);
            }
            before = self.notes[note].map(|rect| (rect, false));
        }
    }

    /// Where the first of these notes is wanted, so that all of them end before the first that has a place.
    fn before(&self, notes: &[usize], size: Size) -> Point {
        let missing = notes.iter().take_while(|note| self.notes[**note].is_none());
        let width: i32 = missing.map(|note| self.plan.sizes[*note].w + GAP).sum();
        let next = notes.iter().find_map(|note| self.notes[*note]).unwrap_or_default();
        Point::new(next.at.x.saturating_sub(width), next.center().y - size.h / 2)
    }

    fn place_block(&mut self, cell: (Option<usize>, usize), laid: &Laid) {
        let (frame, lane) = cell;
        let here = self.notes.iter().enumerate().filter(|(note, _)| self.cells.get(note) == Some(&cell));
        let content = Rect::around(here.filter_map(|(_, rect)| *rect));
        let inside = frame
            .and_then(|frame| self.frames[frame])
            .map(|rect| rect.at.shifted(Point::new(MARGIN, MARGIN)));
        let span = self.span(lane);
        let top = (span.start > i32::MIN).then(|| span.start + MARGIN + 1);
        let extent = self.extent();
        let below = match (content, inside) {
            (Some(content), _) => Point::new(content.at.x, content.bottom().saturating_add(ROW_GAP)),
            (None, Some(inside)) => Point::new(inside.x, top.unwrap_or(inside.y)),
            (None, None) if frame.is_some() => {
                Point::new(extent.right().saturating_add(FRAME_GAP + MARGIN), top.unwrap_or(extent.at.y))
            }
            (None, None) => Point::new(extent.at.x, top.unwrap_or(extent.bottom().saturating_add(FRAME_GAP))),
        };
        let wanted = Rect { at: self.begin.unwrap_or(below), size: laid.size };
        if i64::from(span.end) - i64::from(span.start) > i64::from(laid.size.h) {
            let rect = self.settle(wanted, frame, &span);
            self.grow(frame, rect);
            for (note, place) in &laid.places {
                let at = place.shifted(rect.at);
                self.notes[*note].get_or_insert(Rect { at, size: self.plan.sizes[*note] });
            }
            return;
        }
        // Too many lines for the lane: all in one.
        for (note, _) in &laid.places {
            let rect = self.settle(Rect { size: self.plan.sizes[*note], ..wanted }, frame, &span);
            self.grow(frame, rect);
            self.notes[*note].get_or_insert(rect);
        }
    }

    /// Frames that hold nothing lie right of everything.
    fn place_empty_frames(&mut self) {
        for frame in 0..self.frames.len() {
            if self.frames[frame].is_none() {
                self.place_frame(frame);
            }
        }
    }

    fn finish(self) -> Places {
        let on_wall = |at: Point| Point::new(at.x.clamp(-REACH, REACH), at.y.clamp(-REACH, REACH));
        Places {
            notes: self.notes.into_iter().map(|rect| on_wall(rect.unwrap_or_default().at)).collect(),
            frames: self.frames.into_iter().map(Option::unwrap_or_default).collect(),
            lanes: self.lanes.into_iter().map(Option::unwrap_or_default).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size::new(22, 5);

    fn row(notes: &[usize], start: Start<usize>, frame: Option<usize>) -> Row {
        Row { notes: notes.to_vec(), start, frame, lane: 0, lone: false }
    }

    fn plan(rows: Vec<Row>, frames: usize) -> Plan {
        let count = rows.iter().map(|row| row.notes.len()).sum();
        Plan { sizes: vec![SIZE; count], rows, frames: vec![None; frames], lanes: 0 }
    }

    fn known(notes: &[Option<(i32, i32)>], frames: &[Option<Rect>]) -> Known {
        let notes = notes.iter().map(|at| at.map(|(x, y)| Point::new(x, y))).collect();
        Known { notes, frames: frames.to_vec(), ..Known::default() }
    }

    #[test]
    fn what_follows_a_note_stands_right_of_it_or_below_what_is_there() {
        let plan = plan(vec![row(&[0, 1], Start::Fresh, None), row(&[2], Start::After(0), None)], 0);
        let places = place_beside(&plan, &known(&[Some((0, 0)), None, None], &[]));
        assert_eq!(places.notes, [Point::new(0, 0), Point::new(26, 0), Point::new(26, 6)]);
        let places = place_beside(&plan, &known(&[None, Some((40, 0)), None], &[]));
        assert_eq!(places.notes[0], Point::new(14, 0));
    }

    #[test]
    fn a_frame_grows_around_what_is_new_and_swallows_no_other() {
        let rows = vec![
            row(&[0], Start::Fresh, Some(0)),
            row(&[1], Start::Fresh, Some(1)),
            row(&[2], Start::Fresh, Some(0)),
        ];
        let frames = [Some(Rect::new(-2, -2, 26, 9)), Some(Rect::new(-2, 10, 26, 9))];
        let places = place_beside(&plan(rows, 2), &known(&[Some((0, 0)), Some((0, 12)), None], &frames));
        assert_eq!(places.frames[1], frames[1].unwrap());
        assert!(places.frames[0].encloses(Rect { at: places.notes[2], size: SIZE }));
        assert!(!places.frames[0].overlaps(places.frames[1]), "{places:?}");
    }

    #[test]
    fn a_new_frame_that_lies_in_another_leaves_out_what_stands_beside_it() {
        let mut plan = plan(vec![Row { lane: 1, ..row(&[0], Start::Fresh, Some(2)) }], 3);
        (plan.frames[2], plan.lanes) = (Some(1), 1);
        let frames = [Some(Rect::new(1, 0, 1, 1)), Some(Rect::new(0, 0, 1, 1)), None];
        let places = place_beside(&plan, &known(&[None], &frames));
        assert!(places.frames[1].encloses(places.frames[2]));
        assert!(!places.frames[1].overlaps(places.frames[0]), "{places:?}");
    }

    #[test]
    fn a_new_frame_stands_right_of_everything() {
        let rows = vec![row(&[0], Start::Fresh, Some(0)), row(&[1], Start::Fresh, Some(1))];
        let frames = [Some(Rect::new(-2, -2, 26, 9)), None];
        let places = place_beside(&plan(rows, 2), &known(&[Some((0, 0)), None], &frames));
        assert_eq!(places.frames[1], Rect::new(28, -2, 26, 9));
        assert_eq!(places.notes[1], Point::new(30, 0));
    }
}
