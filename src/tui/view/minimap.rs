//! All of the wall in a corner of the screen, in dots, and the window in it.

use ratatui::layout::{Position, Rect as Area};

use super::Wall;
use crate::model::{Point, Rect};
use crate::query::Projection;
use crate::tui::canvas::Canvas;
use crate::tui::viewport::Viewport;

/// No larger than this, and no more than a third of the screen each way.
const COLUMNS_MAX: u16 = 40;
const ROWS_MAX: u16 = 12;
/// A smaller map shows nothing.
const COLUMNS_MIN: u16 = 8;
const ROWS_MIN: u16 = 3;
/// The dots of a cell: two columns of four.
const DOTS: (i64, i64) = (2, 4);

/// The dots that notes lie on, cell by cell, kept to be filled again.
#[derive(Debug, Default)]
pub(super) struct Dots(Vec<u8>);

/// Where the map stands in the window, and what part of the wall it shows.
#[derive(Clone, Copy, Debug)]
struct Map {
    area: Area,
    shown: Rect,
    /// How many cells of the wall a dot is: as many columns as half rows, so that the wall keeps its shape.
    scale: i64,
}

/// The place of the wall that a cell of the window stands for on the map; nothing beside the map.
pub fn place(window: &Viewport, projection: &Projection, cell: (i32, i32)) -> Option<Point> {
    let map = Map::of(window, projection)?;
    let at = Position { x: u16::try_from(cell.0).ok()?, y: u16::try_from(cell.1).ok()? };
    map.area.contains(at).then(|| map.place(at))
}

/// The cells it lies over: left, top, width, height.
pub(super) fn cells(wall: &Wall<'_>) -> Option<(i32, i32, i32, i32)> {
    let Area { x, y, width, height } = Map::of(wall.window, wall.scene.projection)?.area;
    Some((i32::from(x) - 1, y.into(), i32::from(width) + 1, height.into()))
}

/// Draws it at the lower right.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>, dots: &mut Dots) {
    let projection = wall.scene.projection;
    let Some(map) = Map::of(wall.window, projection) else { return };
    let (x, y) = (i32::from(map.area.x), i32::from(map.area.y));
    let (w, h) = (i32::from(map.area.width), i32::from(map.area.height));
    let panel = wall.theme.panel();
    canvas.fill(x - 1, y, (w + 1, h), panel);
    dots.0.clear();
    dots.0.resize(usize::from(map.area.width) * usize::from(map.area.height), 0);
    for spot in projection.space.spots() {
        let (column, row) = map.dot(spot.rect.center());
        let cell = (row / DOTS.1) as usize * w as usize + (column / DOTS.0) as usize;
        dots.0[cell] |= bit(column % DOTS.0, row % DOTS.1);
    }
    for (at, mask) in (0..).zip(&dots.0).filter(|(_, mask)| **mask > 0) {
        let dots = char::from_u32(0x2800 + u32::from(*mask)).unwrap_or(' ');
        canvas.print(x + at % w, y + at / w, dots.encode_utf8(&mut [0; 4]), panel);
    }
    let (left, top, right, bottom) = map.window(wall.window.seen());
    let seen = (right - left + 1, bottom - top + 1);
    canvas.part(x, y, (w, h)).restyle(x + left, y + top, seen, wall.theme.chosen());
}

/// The bit of a dot in a Braille cell: 1 to 3 and 7 at the left, 4 to 6 and 8 at the right.
fn bit(column: i64, row: i64) -> u8 {
    match (column, row) {
        (0, 3) => 1 << 6,
        (_, 3) => 1 << 7,
        (column, row) => 1 << (column * 3 + row),
    }
}

impl Map {
    /// The map of a wall in a window; nothing where there is no room or nothing to show.
    fn of(window: &Viewport, projection: &Projection) -> Option<Map> {
        let (columns, rows) = window.size();
        let (w, h) = ((columns / 3).min(COLUMNS_MAX), (rows / 3).min(ROWS_MAX));
        let shown = projection.extent().filter(|_| w >= COLUMNS_MIN && h >= ROWS_MIN)?;
        let (wide, high) = (i64::from(shown.size.w), i64::from(shown.size.h) * 2);
        let scale =
            wide.div_euclid(i64::from(w) * DOTS.0 - 1).max(high.div_euclid(i64::from(h) * DOTS.1 - 1)).max(1);
        let cells = |length: i64, dots: i64| (length / scale / dots + 1) as u16;
        let (w, h) = (w.min(cells(wide, DOTS.0).max(COLUMNS_MIN)), h.min(cells(high, DOTS.1)));
        Some(Map { area: Area::new(columns - w, rows - h, w, h), shown, scale })
    }

    /// The dot of a place; places beside the map have the nearest.
    fn dot(&self, place: Point) -> (i64, i64) {
        let (columns, rows) = (i64::from(self.area.width) * DOTS.0, i64::from(self.area.height) * DOTS.1);
        let (x, y) = (i64::from(place.x - self.shown.at.x), i64::from(place.y - self.shown.at.y) * 2);
        ((x / self.scale).clamp(0, columns - 1), (y / self.scale).clamp(0, rows - 1))
    }

    /// The place in the middle of a cell.
    fn place(&self, at: Position) -> Point {
        let (x, y) = (i64::from(at.x - self.area.x), i64::from(at.y - self.area.y));
        let (x, y) = ((x * DOTS.0 + 1) * self.scale, (y * DOTS.1 + 2) * self.scale / 2);
        self.shown.at.shifted(Point::new(x as i32, y as i32))
    }

    /// The cells of a part of the wall: left, top, right, bottom.
    fn window(&self, seen: Rect) -> (i32, i32, i32, i32) {
        let cell = |(column, row): (i64, i64)| ((column / DOTS.0) as i32, (row / DOTS.1) as i32);
        let (left, top) = cell(self.dot(seen.at));
        let (right, bottom) = cell(self.dot(Point::new(seen.right() - 1, seen.bottom() - 1)));
        (left, top, right, bottom)
    }
}
