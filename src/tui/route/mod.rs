//! The way an arrow takes over the screen.
//!
//! Only upright and level lines: from the side of one note that faces the other, with a bend half way where their middles
//! differ; where notes stand in between, [`around`] them, or past as few as may be; where another arrow's line lies already, beside that. Cells of
//! the screen go in and come out; the wall is needed only by [`Ways`], which remembers.

mod detour;
mod least;
mod shape;
mod tracks;
mod ways;

pub use ways::{ARROWS_MAX, Ways, in_sight};

/// Cells of the screen: left, top, width, height.
pub type Span = (i32, i32, i32, i32);

/// The heads of arrows: to the right, to the left, down, up.
pub const HEADS: [&str; 4] = ["▸", "◂", "▾", "▴"];

/// What a bend costs, in cells of length: a longer way is better than a crooked one.
const BEND_COST: i32 = 8;
/// What a cell away from the middle of a side costs.
const ASIDE_COST: i32 = 3;

/// The way of an arrow: its corners from start to head, and where the head points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// The cell of its note that it leaves.
    pub foot: (i32, i32),
    /// The cells where it starts, bends and ends, in order.
    pub corners: Vec<(i32, i32)>,
    /// The head's glyph.
    pub head: &'static str,
}

/// The way from one note to another; nothing where they lie too close for a line between them.
pub fn route(from: Span, to: Span) -> Option<Route> {
    let middle = |start: i32, length: i32| start + (length - 1) / 2;
    let (from_x, from_y) = (middle(from.0, from.2), middle(from.1, from.3));
    let (to_x, to_y) = (middle(to.0, to.2), middle(to.1, to.3));
    let (from_right, to_right) = (from.0 + from.2, to.0 + to.2);
    let (from_bottom, to_bottom) = (from.1 + from.3, to.1 + to.3);
    if from_right < to.0 {
        Some(level(from_right, from_y, (to.0 - 1, to_y), HEADS[0]))
    } else if to_right < from.0 && (from_bottom > to.1 && to_bottom > from.1) {
        Some(level(from.0 - 1, from_y, (to_right, to_y), HEADS[1]))
    } else if from_bottom < to.1 {
        Some(upright(from_x, from_bottom, (to_x, to.1 - 1), HEADS[2]))
    } else if to_bottom < from.1 {
        Some(upright(from_x, from.1 - 1, (to_x, to_bottom), HEADS[3]))
    } else {
        None
    }
}

/// The way from one note to another round the others, if two bends are enough for that; `notes` hold both ends, and
/// nothing outside of `bounds` is tried.
pub fn around(from: Span, to: Span, notes: &[Span], bounds: Span) -> Option<Route> {
    let direct = route(from, to)?;
    if crossed(&direct, notes) == 0 {
        return Some(direct);
    }
    Some(detour::detour(from, to, notes, bounds).unwrap_or(direct))
}

/// How many of these notes a way touches.
fn crossed(route: &Route, notes: &[Span]) -> usize {
    crossed_within(route, notes, usize::MAX)
}

/// The same, counted no further than this.
fn crossed_within(route: &Route, notes: &[Span], most: usize) -> usize {
    let touches = |(x, y, w, h): &Span, a: (i32, i32), b: (i32, i32)| {
        let apart = |a: i32, b: i32, start: i32, length: i32| a.max(b) < start || a.min(b) >= start + length;
        !apart(a.0, b.0, *x, *w) && !apart(a.1, b.1, *y, *h)
    };
    let one = route.corners.first().map(|start| (*start, *start));
    notes.iter().filter(|note| route.legs().chain(one).any(|(a, b)| touches(note, a, b))).take(most).count()
}

/// Leaves and arrives level; the bend lies just before the head, where the arrows of one note meet.
fn level(x: i32, y: i32, end: (i32, i32), head: &'static str) -> Route {
    let (start, towards) = ((x, y), if head == HEADS[0] { 1 } else { -1 });
    let bend = if (end.0 - start.0).abs() > 2 { end.0 - 2 * towards } else { start.0 };
    let corners = if start.1 == end.1 { vec![start] } else { vec![start, (bend, start.1), (bend, end.1)] };
    Route { foot: (x - towards, y), corners: to(corners, end), head }
}

/// Leaves and arrives upright.
fn upright(x: i32, y: i32, end: (i32, i32), head: &'static str) -> Route {
    let (start, towards) = ((x, y), if head == HEADS[2] { 1 } else { -1 });
    let bend = start.1 + (end.1 - start.1) / 2;
    let corners = if start.0 == end.0 { vec![start] } else { vec![start, (start.0, bend), (end.0, bend)] };
    Route { foot: (x, y - towards), corners: to(corners, end), head }
}

/// These corners and the end, none twice in a row.
fn to(mut corners: Vec<(i32, i32)>, end: (i32, i32)) -> Vec<(i32, i32)> {
    corners.push(end);
    corners.dedup();
    corners
}

impl Route {
    /// Its straight pieces, from start to head.
    pub fn legs(&self) -> impl Iterator<Item = ((i32, i32), (i32, i32))> {
        self.corners.windows(2).map(|ends| (ends[0], ends[1]))
    }

    /// How long it is, rows being twice as long as columns, with what its bends cost; one in the head's own cell is the
    /// worst, for there the head seems to grow out of a line's side.
    fn cost(&self) -> i32 {
        let length: i32 = self.legs().map(|(a, b)| (a.0 - b.0).abs() + 2 * (a.1 - b.1).abs()).sum();
        let is_level = |(a, b): ((i32, i32), (i32, i32))| a.1 == b.1;
        let leaves_level = self.corners.first().is_some_and(|start| start.1 == self.foot.1);
        let comes_level = HEADS[..2].contains(&self.head);
        let at_foot = self.legs().next().is_some_and(|leg| is_level(leg) != leaves_level);
        let at_head = self.legs().last().is_some_and(|leg| is_level(leg) != comes_level);
        let bends = self.corners.len().saturating_sub(2) as i32 + i32::from(at_foot) + 3 * i32::from(at_head);
        length + BEND_COST * bends
    }

    /// Whether it passes a cell.
    pub fn passes(&self, (x, y): (i32, i32)) -> bool {
        let between = |v: i32, a: i32, b: i32| (a.min(b)..=a.max(b)).contains(&v);
        self.corners
            .windows(2)
            .any(|ends| between(x, ends[0].0, ends[1].0) && between(y, ends[0].1, ends[1].1))
            || self.corners == [(x, y)]
    }

    /// Its longest level piece: where it starts, and how many cells it has.
    pub fn longest_level(&self) -> Option<(i32, i32, i32)> {
        let level = self.corners.windows(2).filter(|ends| ends[0].1 == ends[1].1);
        level
            .map(|ends| (ends[0].0.min(ends[1].0), ends[0].1, (ends[0].0 - ends[1].0).abs() + 1))
            .max_by_key(|(_, _, cells)| *cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_leaves_on_the_side_that_faces_the_other_note() {
        let from = (10, 10, 8, 3);
        for (to, corners, head) in [
            ((24, 10, 8, 3), vec![(18, 11), (23, 11)], "▸"),
            ((24, 20, 8, 3), vec![(18, 11), (21, 11), (21, 21), (23, 21)], "▸"),
            ((19, 10, 8, 3), vec![(18, 11)], "▸"),
            ((0, 10, 6, 3), vec![(9, 11), (6, 11)], "◂"),
            ((10, 20, 8, 3), vec![(13, 13), (13, 19)], "▾"),
            ((0, 0, 6, 3), vec![(13, 9), (13, 6), (2, 6), (2, 3)], "▴"),
        ] {
            let route = route(from, to).unwrap();
            assert_eq!((route.corners, route.head), (corners, head), "{to:?}");
        }
        assert_eq!(route(from, (12, 11, 8, 3)), None);
        assert_eq!(route(from, (18, 10, 8, 3)), None);
    }

    #[test]
    fn a_click_on_any_cell_of_an_arrow_is_on_it() {
        let route = route((10, 10, 8, 3), (24, 20, 8, 3)).unwrap();
        for on in [(18, 11), (20, 11), (21, 15), (22, 21)] {
            assert!(route.passes(on), "{on:?}");
        }
        for off in [(22, 15), (18, 12), (24, 21)] {
            assert!(!route.passes(off), "{off:?}");
        }
        assert_eq!(route.longest_level(), Some((18, 11, 4)));
    }
}
