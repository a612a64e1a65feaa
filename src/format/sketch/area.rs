//! A rectangle on a foreign board, in its own unit.

/// Nothing lies farther out than this.
const FAR: f64 = 1e9;

/// A rectangle: its top-left corner and its size, never negative, all finite.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(in crate::format) struct Area {
    pub(in crate::format) x: f64,
    pub(in crate::format) y: f64,
    pub(in crate::format) w: f64,
    pub(in crate::format) h: f64,
}

fn near(number: f64) -> f64 {
    if number.is_nan() { 0.0 } else { number.clamp(-FAR, FAR) }
}

impl Area {
    /// From the top-left corner; what is turned inside out is turned back.
    pub(in crate::format) fn new(x: f64, y: f64, w: f64, h: f64) -> Area {
        let (x, y, w, h) = (near(x), near(y), near(w), near(h));
        Area { x: x.min(x + w), y: y.min(y + h), w: w.abs(), h: h.abs() }
    }

    /// From the centre.
    pub(in crate::format) fn around(x: f64, y: f64, w: f64, h: f64) -> Area {
        Area::new(x - w / 2.0, y - h / 2.0, w, h)
    }

    pub(super) fn center(self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    pub(super) fn holds(self, (x, y): (f64, f64)) -> bool {
        (self.x..=self.x + self.w).contains(&x) && (self.y..=self.y + self.h).contains(&y)
    }

    pub(super) fn size(self) -> f64 {
        self.w * self.h
    }

    /// How far a place lies from it; 0 within.
    pub(super) fn distance(self, (x, y): (f64, f64)) -> f64 {
        let beyond = |at: f64, from: f64, length: f64| (from - at).max(at - from - length).max(0.0);
        beyond(x, self.x, self.w).hypot(beyond(y, self.y, self.h))
    }

    /// The smallest rectangle around both.
    pub(in crate::format) fn union(self, other: Area) -> Area {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.w).max(other.x + other.w);
        Area::new(x, y, right - x, (self.y + self.h).max(other.y + other.h) - y)
    }
}
