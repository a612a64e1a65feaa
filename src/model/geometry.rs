//! Places on the wall, in cells at 100 %.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Places and sizes stay within this many cells of the middle of the wall.
pub const REACH: i32 = 1_000_000;

/// A place on the wall: `[x, y]`, x along time, y downwards.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(from = "[i32; 2]", into = "[i32; 2]")]
pub struct Point {
    /// Cells to the right.
    pub x: i32,
    /// Cells down.
    pub y: i32,
}

/// How large something is: `[w, h]`.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(from = "[i32; 2]", into = "[i32; 2]")]
pub struct Size {
    /// Cells wide.
    pub w: i32,
    /// Cells high.
    pub h: i32,
}

/// A rectangle: `[x, y, w, h]`, its top-left corner and its size.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(from = "[i32; 4]", into = "[i32; 4]")]
pub struct Rect {
    /// Top-left corner.
    pub at: Point,
    /// How large.
    pub size: Size,
}

impl Point {
    /// The place `[x, y]`.
    pub const fn new(x: i32, y: i32) -> Self {
        Point { x, y }
    }

    /// This place, so many cells further.
    #[must_use]
    pub fn shifted(self, by: Point) -> Point {
        Point { x: self.x.saturating_add(by.x), y: self.y.saturating_add(by.y) }
    }

    /// How far this is from `from`, as a shift.
    #[must_use]
    pub fn minus(self, from: Point) -> Point {
        Point { x: self.x.saturating_sub(from.x), y: self.y.saturating_sub(from.y) }
    }

    /// Whether the wall reaches here.
    pub fn on_wall(self) -> bool {
        let on = |v: i32| (-REACH..=REACH).contains(&v);
        on(self.x) && on(self.y)
    }
}

impl Size {
    /// The size `[w, h]`.
    pub const fn new(w: i32, h: i32) -> Self {
        Size { w, h }
    }

    /// Whether something can be this large: at least one cell, at most the wall.
    pub fn on_wall(self) -> bool {
        (1..=REACH).contains(&self.w) && (1..=REACH).contains(&self.h)
    }
}

impl Rect {
    /// The rectangle `[x, y, w, h]`.
    pub const fn new(x: i32, y: i32, w: i32, h: i32) -> Self {
        Rect { at: Point::new(x, y), size: Size::new(w, h) }
    }

    /// The rectangle between two corners, the far one outside.
    pub fn between(from: Point, to: Point) -> Self {
        Rect { at: from, size: Size::new(to.x.saturating_sub(from.x), to.y.saturating_sub(from.y)) }
    }

    /// First column to the right of it.
    pub fn right(self) -> i32 {
        self.at.x.saturating_add(self.size.w)
    }

    /// First row below it.
    pub fn bottom(self) -> i32 {
        self.at.y.saturating_add(self.size.h)
    }

    /// Its centre, rounded to the top left.
    pub fn center(self) -> Point {
        Point::new(self.at.x.saturating_add(self.size.w / 2), self.at.y.saturating_add(self.size.h / 2))
    }

    /// Whether a place lies in it.
    pub fn holds(self, point: Point) -> bool {
        (self.at.x..self.right()).contains(&point.x) && (self.at.y..self.bottom()).contains(&point.y)
    }

    /// Whether the two share a cell.
    pub fn overlaps(self, other: Rect) -> bool {
        self.at.x < other.right()
            && other.at.x < self.right()
            && self.at.y < other.bottom()
            && other.at.y < self.bottom()
    }

    /// Whether all of `other` lies in it.
    pub fn encloses(self, other: Rect) -> bool {
        self.at.x <= other.at.x
            && self.at.y <= other.at.y
            && self.right() >= other.right()
            && self.bottom() >= other.bottom()
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Rect) -> Rect {
        Rect::between(
            Point::new(self.at.x.min(other.at.x), self.at.y.min(other.at.y)),
            Point::new(self.right().max(other.right()), self.bottom().max(other.bottom())),
        )
    }

    /// The smallest rectangle around all of them.
    pub fn around(rects: impl IntoIterator<Item = Rect>) -> Option<Rect> {
        rects.into_iter().reduce(Rect::union)
    }

    /// Larger by `margin` on every side.
    #[must_use]
    pub fn grown(self, margin: i32) -> Rect {
        Rect::new(self.at.x - margin, self.at.y - margin, self.size.w + 2 * margin, self.size.h + 2 * margin)
    }

    /// How many cells it covers.
    pub fn area(self) -> i64 {
        i64::from(self.size.w) * i64::from(self.size.h)
    }

    /// Whether the wall reaches all of it.
    pub fn on_wall(self) -> bool {
        self.at.on_wall() && self.size.on_wall()
    }
}

impl From<[i32; 2]> for Point {
    fn from([x, y]: [i32; 2]) -> Self {
        Point { x, y }
    }
}

impl From<Point> for [i32; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

impl From<[i32; 2]> for Size {
    fn from([w, h]: [i32; 2]) -> Self {
        Size { w, h }
    }
}

impl From<Size> for [i32; 2] {
    fn from(size: Size) -> Self {
        [size.w, size.h]
    }
}

impl From<[i32; 4]> for Rect {
    fn from([x, y, w, h]: [i32; 4]) -> Self {
        Rect::new(x, y, w, h)
    }
}

impl From<Rect> for [i32; 4] {
    fn from(rect: Rect) -> Self {
        [rect.at.x, rect.at.y, rect.size.w, rect.size.h]
    }
}
