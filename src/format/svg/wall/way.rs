//! Which way an arrow takes from one note to another: straight where nothing stands between, else along the gaps
//! between rows and columns of notes.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::format::svg::sheet::Area;

type Point = (i64, i64);

/// Pixels that a head takes, and the radius of a corner.
const HEAD: i64 = 9;
const ROUND: i64 = 9;
/// Pixels from a note to the first of the arrows that pass it, and from each of these to the next.
const NEAR: i64 = 7;
const NEXT: i64 = 4;
/// Arrows that pass side by side before they share a track.
const TRACKS: usize = 3;
/// Pixels between two looks at what lies under a way, and how many looks a way is worth.
const LOOK: i64 = 16;
const LOOKS: i64 = 400;
/// Pixels of a square of the index.
const SQUARE: i64 = 256;
/// How many pixels of a detour it is worth not to cover a note at one look, and not to come from the right, where the
/// arrows of the other note begin.
const COVERED: i64 = 150;
const BACKWARD: i64 = 240;

/// Squares that a note may lie in and still be in the index.
const SQUARES: i64 = 64;

/// The notes by place.
#[derive(Default)]
pub(super) struct Ground {
    squares: BTreeMap<Point, Vec<Area>>,
    /// The notes too large for the index.
    large: Vec<Area>,
}

/// Corners from one note to another; straight ends lie along an axis.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Way(Vec<Point>);

impl Ground {
    pub(super) fn of(notes: impl Iterator<Item = Area>) -> Ground {
        let mut ground = Ground::default();
        for note in notes {
            let square = |x: i64, y: i64| (x.div_euclid(SQUARE), y.div_euclid(SQUARE));
            let (first, last) = (square(note.x, note.y), square(note.x + note.w, note.y + note.h));
            if (last.0 - first.0 + 1) * (last.1 - first.1 + 1) > SQUARES {
                ground.large.push(note);
                continue;
            }
            for place in (first.0..=last.0).flat_map(|x| (first.1..=last.1).map(move |y| (x, y))) {
                ground.squares.entry(place).or_default().push(note);
            }
        }
        ground
    }

    /// The way that covers the fewest notes, and of those the shortest. The numbers of the two notes tell which of the
    /// tracks beside a note it takes, so that arrows to one note share a track and others do not.
    pub(super) fn way(&self, from: Area, to: Area, numbers: (usize, usize)) -> Way {
        let track = |number: usize| NEAR + NEXT * (number % TRACKS) as i64;
        let ways = ways(from, to, track(numbers.0), track(numbers.1));
        let cost = |way: &Way| {
            let covered = way.looks().filter(|at| self.covers(*at, from, to)).count() as i64;
            let is_backward = way.heading() == (-1, 0);
            way.length() + way.0.len() as i64 * 12 + covered * COVERED + i64::from(is_backward) * BACKWARD
        };
        ways.into_iter().min_by_key(cost).unwrap_or(Way(vec![from.center(), to.center()]))
    }

    /// Whether another note lies at a place.
    fn covers(&self, at: Point, from: Area, to: Area) -> bool {
        let holds = |area: &Area| {
            (area.x..area.x + area.w).contains(&at.0) && (area.y..area.y + area.h).contains(&at.1)
        };
        let square = self.squares.get(&(at.0.div_euclid(SQUARE), at.1.div_euclid(SQUARE)));
        let near = square.into_iter().flatten().chain(&self.large);
        near.into_iter().any(|note| holds(note) && *note != from && *note != to)
    }
}

/// The ways there could be, those that look most natural first.
fn ways(from: Area, to: Area, leave: i64, arrive: i64) -> Vec<Way> {
    let ((fx, fy), (tx, ty)) = (from.center(), to.center());
    let (right, bottom) = (from.x + from.w, from.y + from.h);
    let mut ways = Vec::new();
    if to.x > right {
        let turn = to.x - arrive.min((to.x - right) / 2);
        ways.push(Way(vec![(right, fy), (turn, fy), (turn, ty), (to.x, ty)]));
    }
    let is_over = fx > to.x && fx < to.x + to.w;
    let x = if is_over { fx } else { tx };
    if to.y > bottom && (is_over || tx > from.x && tx < right) {
        ways.push(Way(vec![(x, bottom), (x, to.y)]));
    }
    if to.y + to.h < from.y && (is_over || tx > from.x && tx < right) {
        ways.push(Way(vec![(x, from.y), (x, to.y + to.h)]));
    }
    let column = to.x - arrive;
    for (side, gap) in [(bottom, bottom + leave), (from.y, from.y - leave)] {
        ways.push(Way(vec![(fx, side), (fx, gap), (column, gap), (column, ty), (to.x, ty)]));
        let beside = to.x + to.w + arrive;
        ways.push(Way(vec![(fx, side), (fx, gap), (beside, gap), (beside, ty), (to.x + to.w, ty)]));
    }
    let out = right + leave;
    for (gap, side) in [(to.y - arrive, to.y), (to.y + to.h + arrive, to.y + to.h)] {
        ways.push(Way(vec![(right, fy), (out, fy), (out, gap), (tx, gap), (tx, side)]));
        ways.push(Way(vec![(right, fy), (out, fy), (out, gap), (column, gap), (column, ty), (to.x, ty)]));
    }
    ways
}

impl Way {
    /// Where its head points.
    pub(super) fn tip(&self) -> Point {
        self.0[self.0.len() - 1]
    }

    /// Which way its head points: right, left, down or up.
    pub(super) fn heading(&self) -> Point {
        let (before, tip) = (self.0[self.0.len() - 2], self.tip());
        ((tip.0 - before.0).signum(), (tip.1 - before.1).signum())
    }

    /// The middle of its longest stretch.
    pub(super) fn middle(&self) -> Point {
        let longest = self.0.windows(2).max_by_key(|pair| length(pair[0], pair[1]));
        longest.map_or(self.tip(), |pair| ((pair[0].0 + pair[1].0) / 2, (pair[0].1 + pair[1].1) / 2))
    }

    fn length(&self) -> i64 {
        self.0.windows(2).map(|pair| length(pair[0], pair[1])).sum()
    }

    /// Places on it.
    fn looks(&self) -> impl Iterator<Item = Point> {
        let step = LOOK.max(self.length() / LOOKS);
        self.0.windows(2).flat_map(move |pair| {
            let (from, to, length) = (pair[0], pair[1], length(pair[0], pair[1]));
            let on = move |far: i64| {
                let part = |a: i64, b: i64| a + (b - a) * far / length.max(1);
                (part(from.0, to.0), part(from.1, to.1))
            };
            (0..length).step_by(step.unsigned_abs() as usize).map(on)
        })
    }

    /// The path, with round corners, up to the head.
    pub(super) fn path(&self) -> String {
        let mut points = self.0.clone();
        points.dedup();
        let end = points.len() - 1;
        if let Some(before) = end.checked_sub(1).map(|before| points[before]) {
            points[end] = nearer(points[end], before, HEAD.min(length(points[end], before)));
        }
        let mut path = format!("M{} {}", points[0].0, points[0].1);
        for corner in points.windows(3) {
            let round = |other: Point| ROUND.min(length(corner[1], other) / 2);
            let round = round(corner[0]).min(round(corner[2]));
            let (into, out) = (nearer(corner[1], corner[0], round), nearer(corner[1], corner[2], round));
            write!(path, "L{} {}Q{} {} {} {}", into.0, into.1, corner[1].0, corner[1].1, out.0, out.1)
                .expect("a String takes every character");
        }
        let (x, y) = points[points.len() - 1];
        path + &format!("L{x} {y}")
    }
}

/// A place so many pixels nearer to another one on its row or column.
fn nearer(at: Point, other: Point, by: i64) -> Point {
    (at.0 + (other.0 - at.0).signum() * by, at.1 + (other.1 - at.1).signum() * by)
}

fn length(a: Point, b: Point) -> i64 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(notes: &[(i64, i64)], wanted: &[Point]) {
        let notes: Vec<Area> = notes.iter().map(|(x, y)| Area::new(*x, *y, 100, 50)).collect();
        let way = Ground::of(notes.iter().copied()).way(notes[0], notes[1], (0, 0));
        let mut points = way.0;
        points.dedup();
        assert_eq!(points, wanted);
    }

    #[test]
    fn an_arrow_goes_straight_where_nothing_stands_between() {
        check(&[(0, 0), (140, 0)], &[(100, 25), (133, 25), (140, 25)]);
        check(&[(0, 0), (0, 90)], &[(50, 50), (50, 90)]);
        check(&[(0, 90), (0, 0)], &[(50, 90), (50, 50)]);
    }

    #[test]
    fn an_arrow_goes_around_what_stands_between() {
        check(
            &[(0, 0), (300, 0), (150, 0)],
            &[(100, 25), (107, 25), (107, -7), (293, -7), (293, 25), (300, 25)],
        );
        check(
            &[(300, 0), (0, 100), (0, 0), (150, 0), (150, 100), (300, 100)],
            &[(350, 50), (350, 57), (-7, 57), (-7, 125), (0, 125)],
        );
    }
}
