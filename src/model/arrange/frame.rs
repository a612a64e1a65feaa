//! Frames and lanes: where the cells of a plan lie.

use std::collections::BTreeMap;

use super::super::geometry::{Point, REACH, Rect, Size};
use super::cell::{Laid, lay};
use super::{FRAME_GAP, MARGIN, Plan, Row};

/// How large the inside of a frame without notes is.
const EMPTY: Size = Size::new(26, 5);
/// Frames go on in the next line beyond this many columns, or more where that keeps the wall in shape.
const SHELF: i32 = 240;
/// A wall that wraps is about this many times as wide as it is high.
const SHAPE: i64 = 4;
/// Rows kept free above and below what lies in a lane, a frame's edge included.
const LANE_MARGIN: i32 = MARGIN + 1;

/// Where everything of a plan lies.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Places {
    /// The notes' top-left corners.
    pub notes: Vec<Point>,
    /// The frames.
    pub frames: Vec<Rect>,
    /// The lanes' upper edges.
    pub lanes: Vec<i32>,
}

/// Finds places for a plan: what lies outside all frames first, the frames from left to right, wrapping where they get
/// too wide. Where there are lanes every frame is a column of its own instead and no frame wraps.
///
/// No two notes and no two frames overlap, except that a frame lies in the one it is planned to lie in.
pub fn arrange(plan: &Plan) -> Places {
    let mut layout = Layout::of(plan);
    if plan.lanes == 0 {
        layout.shelve()
    } else {
        layout.hang()
    }
    for place in &mut layout.places.notes {
        *place = Point::new(place.x.clamp(-REACH, REACH), place.y.clamp(-REACH, REACH));
    }
    layout.places
}

struct Layout<'a> {
    plan: &'a Plan,
    /// What lies in each frame and lane.
    cells: BTreeMap<(Option<usize>, usize), Laid>,
    /// The frames that lie in each frame, and those that lie in none.
    nested: BTreeMap<Option<usize>, Vec<usize>>,
    places: Places,
}

impl<'a> Layout<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut rows: BTreeMap<(Option<usize>, usize), Vec<&Row>> = BTreeMap::new();
        for row in &plan.rows {
            let frame = row.frame.filter(|frame| *frame < plan.frames.len());
            rows.entry((frame, row.lane.min(plan.lanes))).or_default().push(row);
        }
        let mut nested: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (frame, inside) in plan.frames.iter().enumerate() {
            nested.entry(inside.filter(|outer| *outer < frame)).or_default().push(frame);
        }
        let places = Places {
            notes: vec![Point::default(); plan.sizes.len()],
            frames: vec![Rect::default(); plan.frames.len()],
            lanes: vec![0; plan.lanes],
        };
        let cells = rows.into_iter().map(|(cell, rows)| (cell, lay(&rows, &plan.sizes))).collect();
        Layout { plan, cells, nested, places }
    }

    fn put_cell(&mut self, cell: (Option<usize>, usize), at: Point) -> Option<Rect> {
        let laid = self.cells.get(&cell)?;
        for (note, place) in &laid.places {
            self.places.notes[*note] = place.shifted(at);
        }
        Some(Rect { at, size: laid.size })
    }

    /// Without lanes: the outside on top, the frames on shelves below it.
    fn shelve(&mut self) {
        let outside = self.put_cell((None, 0), Point::default());
        let top = outside.map_or(0, |outside| outside.bottom().saturating_add(FRAME_GAP));
        self.shelf(None, Point::new(0, top));
    }

    /// Puts the frames that lie in `outer` on shelves from `at`, and says what they cover.
    fn shelf(&mut self, outer: Option<usize>, at: Point) -> Option<Rect> {
        let frames = self.nested.get(&outer).cloned().unwrap_or_default();
        // Each is laid out on its own first and then moved to its shelf with all that lies in it.
        let sizes: Vec<Size> = frames.iter().map(|&frame| self.frame(frame)).collect();
        let area: i64 = sizes.iter().map(|size| i64::from(size.w) * i64::from(size.h)).sum();
        let width = i32::try_from((area * SHAPE).isqrt()).unwrap_or(REACH).max(SHELF);
        let (mut x, mut y, mut bottom) = (at.x, at.y, at.y);
        let mut covered = Vec::with_capacity(frames.len());
        for (frame, size) in frames.into_iter().zip(sizes) {
            if x > at.x && x.saturating_add(size.w) > at.x.saturating_add(width) {
                (x, y) = (at.x, bottom.saturating_add(FRAME_GAP / 2));
            }
            self.shift(frame, Point::new(x, y));
            covered.push(self.places.frames[frame]);
            x = x.saturating_add(size.w).saturating_add(FRAME_GAP);
            bottom = bottom.max(y.saturating_add(size.h));
        }
        Rect::around(covered)
    }

    /// Lays a frame out with its corner at the origin: its own notes on top, the frames in it below.
    fn frame(&mut self, frame: usize) -> Size {
        let corner = Point::new(MARGIN, MARGIN);
        let own = self.put_cell((Some(frame), 0), corner);
        let below = own.map_or(MARGIN, |own| own.bottom().saturating_add(FRAME_GAP / 2));
        let inner = self.shelf(Some(frame), Point::new(MARGIN, below));
        let held = Rect::around(own.into_iter().chain(inner)).unwrap_or(Rect { at: corner, size: EMPTY });
        let size =
            Size::new(held.right().saturating_add(MARGIN).max(EMPTY.w), held.bottom().saturating_add(MARGIN));
        self.places.frames[frame] = Rect { at: Point::default(), size };
        size
    }

    /// Moves a frame and all that lies in it.
    fn shift(&mut self, frame: usize, by: Point) {
        let mut frames = vec![frame];
        while let Some(frame) = frames.pop() {
            self.places.frames[frame].at = self.places.frames[frame].at.shifted(by);
            if let Some(laid) = self.cells.get(&(Some(frame), 0)) {
                for (note, _) in &laid.places {
                    self.places.notes[*note] = self.places.notes[*note].shifted(by);
                }
            }
            frames.extend(self.nested.get(&Some(frame)).into_iter().flatten());
        }
    }

    /// With lanes: a column for the outside and for each frame, a line for each lane.
    fn hang(&mut self) {
        let lanes = self.plan.lanes + 1;
        let mut heights = vec![EMPTY.h; lanes];
        heights[0] = 0;
        for ((_, lane), laid) in &self.cells {
            heights[*lane] = heights[*lane].max(laid.size.h);
        }
        let mut tops = Vec::with_capacity(lanes);
        let mut y = 0_i32;
        for (lane, height) in heights.iter().enumerate() {
            if lane > 0 {
                self.places.lanes[lane - 1] = y;
            }
            tops.push(y.saturating_add(LANE_MARGIN));
            if *height > 0 {
                y = y.saturating_add(*height).saturating_add(2 * LANE_MARGIN);
            }
        }
        let mut x = 0;
        if let Some(outside) = self.column(None, x, &tops) {
            x = outside.right().saturating_add(FRAME_GAP);
        }
        for frame in self.nested.get(&None).cloned().unwrap_or_default() {
            x = self.hang_frame(frame, x, &tops).right().saturating_add(FRAME_GAP);
        }
    }

    /// Hangs a frame and those that lie in it from `x` on, and says what it covers.
    fn hang_frame(&mut self, frame: usize, x: i32, tops: &[i32]) -> Rect {
        let left = x.saturating_add(MARGIN);
        let mut held: Vec<Rect> = self.column(Some(frame), left, tops).into_iter().collect();
        for inner in self.nested.get(&Some(frame)).cloned().unwrap_or_default() {
            let next = held.last().map_or(left, |last| last.right().saturating_add(FRAME_GAP));
            held.push(self.hang_frame(inner, next, tops));
        }
        let empty = Rect { at: Point::new(left, tops[tops.len() - 1]), size: EMPTY };
        let rect = Rect::around(held).unwrap_or(empty).grown(MARGIN);
        self.places.frames[frame] = rect;
        rect
    }

    /// The cells of one frame in all lanes, one above the other.
    fn column(&mut self, frame: Option<usize>, x: i32, tops: &[i32]) -> Option<Rect> {
        let cells = tops.iter().enumerate();
        let cells: Vec<_> =
            cells.filter_map(|(lane, top)| self.put_cell((frame, lane), Point::new(x, *top))).collect();
        Rect::around(cells)
    }
}
