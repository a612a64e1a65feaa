//! Where things of a foreign board stand on the wall.

use super::frame::Unit;
use super::grid::Grid;
use super::{Area, CELL};
use crate::model::arrange::{Room, push_apart};
use crate::model::geometry::REACH;
use crate::model::{NoteKind, Point, Rect, Size};

/// Cells around the middle of the wall in which an import may land.
const REACH_CELLS: f64 = 500_000.0;
/// Cells between a frame and what lies in it.
const MARGIN: i32 = 2;
/// Cells kept free between two notes, across and down.
const GAP: Size = Size::new(3, 1);
/// Frames within each other that keep others out; deeper ones only enclose.
const NESTED_MAX: usize = 4;
/// The smallest frame.
const FRAME_MIN: Size = Size::new(12, 4);

/// Foreign places in cells.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    origin: (f64, f64),
    cell: (f64, f64),
}

impl Scale {
    /// The one squall draws with.
    pub(super) const OWN: Scale = Scale { origin: (0.0, 0.0), cell: (CELL.0 as f64, CELL.1 as f64) };

    /// Most stickies become square notes, the first ones stand at the wall's middle.
    pub(super) fn of(unit: Unit, areas: impl Iterator<Item = Area>) -> Scale {
        let square = NoteKind::DomainEvent.row().size;
        let all = areas.reduce(Area::union).unwrap_or_default();
        let cell = (unit.w / f64::from(square.w), unit.h / f64::from(square.h));
        Scale { origin: (all.x, all.y), cell: (cell.0.max(1e-6), cell.1.max(1e-6)) }
    }

    fn cells(self, (x, y): (f64, f64)) -> Point {
        let cell = |at: f64, from: f64, side: f64| {
            ((at - from) / side).round().clamp(-REACH_CELLS, REACH_CELLS) as i32
        };
        Point::new(cell(x, self.origin.0, self.cell.0), cell(y, self.origin.1, self.cell.1))
    }

    /// A rectangle as it stands.
    pub(super) fn rect(self, area: Area) -> Rect {
        let rect =
            Rect::between(self.cells((area.x, area.y)), self.cells((area.x + area.w, area.y + area.h)));
        Rect { at: rect.at, size: Size::new(rect.size.w.max(FRAME_MIN.w), rect.size.h.max(FRAME_MIN.h)) }
    }

    /// A note of a kind whose middle stands where a shape's does.
    pub(super) fn note(self, area: Area, kind: NoteKind) -> Rect {
        let size = kind.row().size;
        let (x, y) = area.center();
        let half = |cells: i32, side: f64| f64::from(cells) * side / 2.0;
        Rect { at: self.cells((x - half(size.w, self.cell.0), y - half(size.h, self.cell.1))), size }
    }
}

/// The places of notes and frames, none overlapping and in the order they had.
pub(super) fn settled(notes: &[(Area, NoteKind)], frames: &[Area], scale: Scale) -> (Vec<Rect>, Vec<Rect>) {
    let wanted: Vec<Rect> = notes.iter().map(|(area, kind)| scale.note(*area, *kind)).collect();
    let mut order: Vec<usize> = (0..frames.len()).collect();
    order.sort_by(|one, two| frames[*one].size().total_cmp(&frames[*two].size()));
    let outer: Vec<Option<usize>> = (0..frames.len()).map(|frame| outer(frames, &order, frame)).collect();
    let unit = wanted.iter().map(|rect| f64::from(rect.size.w)).fold(1.0, f64::max);
    let grid = Grid::of(frames.iter().copied().enumerate(), unit * scale.cell.0);
    let homes: Vec<Option<usize>> = notes.iter().map(|(area, _)| grid.under(area.center())).collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); frames.len()];
    let mut depth = 0;
    for (note, home) in homes.iter().enumerate() {
        let around = std::iter::successors(*home, |frame| outer[*frame]).take(NESTED_MAX);
        depth = depth.max(around.map(|frame| members[frame].push(note)).count());
    }
    let margin = MARGIN * i32::try_from(depth).unwrap_or(1).max(1);
    let on_wall = |at: i32| at.clamp(-REACH, REACH);
    let places = push_apart(&wanted, &members, Room { gap: GAP, margin });
    let placed: Vec<Rect> = places
        .into_iter()
        .zip(&wanted)
        .map(|(at, rect)| Rect { at: Point::new(on_wall(at.x), on_wall(at.y)), size: rect.size })
        .collect();
    let mut rects: Vec<Option<Rect>> = vec![None; frames.len()];
    for (rect, home) in placed.iter().zip(&homes) {
        if let Some(home) = home {
            rects[*home] = Some(rects[*home].map_or(*rect, |around| around.union(*rect)));
        }
    }
    for frame in order {
        let rect = rects[frame].map_or_else(|| scale.rect(frames[frame]), |around| around.grown(MARGIN));
        rects[frame] = Some(rect);
        if let Some(outer) = outer[frame] {
            rects[outer] = Some(rects[outer].map_or(rect, |around| around.union(rect)));
        }
    }
    (placed, rects.into_iter().flatten().collect())
}

/// The smallest of the larger frames around a frame.
fn outer(frames: &[Area], order: &[usize], frame: usize) -> Option<usize> {
    let larger = order.iter().copied().filter(|other| frames[*other].size() > frames[frame].size());
    larger.into_iter().find(|other| frames[*other].holds(frames[frame].center()))
}
