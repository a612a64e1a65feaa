//! A way round the notes that stand between two others.
//!
//! It has two bends at most, because nobody follows more with the eye. Any cell beside a note may be its first or its
//! last. From each of them the free cells straight on are an interval, and a way is found where two intervals meet:
//! within one row or column, at a corner, or along a free line across both.

use super::{ASIDE_COST, HEADS, Route, Span};

/// The directions of a line, in the order of [`HEADS`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    Right,
    Left,
    Down,
    Up,
}

const WAYS: [Way; 4] = [Way::Right, Way::Left, Way::Down, Way::Up];

/// A cell beside a note where a way may begin or end.
#[derive(Clone, Copy, Debug)]
struct Port {
    at: (i32, i32),
    /// Where the line goes there: away from the first note, towards the last.
    way: Way,
    /// The columns, or of an upright line the rows, that are free from here on, both ends included.
    free: (i32, i32),
    /// How far from the middle of the side.
    aside: i32,
}

/// The cheapest way of two bends at most that touches none of `notes`, within these bounds; `notes` hold both ends.
pub(super) fn detour(from: Span, to: Span, notes: &[Span], bounds: Span) -> Option<Route> {
    let field = Field { notes, bounds };
    // From middle to middle if there is such a way, else from anywhere.
    [true, false].into_iter().find_map(|middles| {
        let wanted = |port: &Port| !middles || port.aside == 0;
        let starts: Vec<Port> = field.ports(from, true).into_iter().filter(wanted).collect();
        let ends: Vec<Port> = field.ports(to, false).into_iter().filter(wanted).collect();
        let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (start, end)));
        let ways = pairs.filter_map(|(start, end)| field.way(start, end));
        ways.min_by_key(|(cost, _)| *cost).map(|(_, route)| route)
    })
}

/// Where lines may run.
struct Field<'a> {
    notes: &'a [Span],
    bounds: Span,
}

impl Way {
    fn is_level(self) -> bool {
        matches!(self, Way::Right | Way::Left)
    }

    fn step(self) -> (i32, i32) {
        let towards = if self.is_onward() { 1 } else { -1 };
        if self.is_level() { (towards, 0) } else { (0, towards) }
    }

    /// Whether it runs towards larger columns or rows.
    fn is_onward(self) -> bool {
        matches!(self, Way::Right | Way::Down)
    }
}

impl Field<'_> {
    /// Every cell beside a note from which, or to which, a line may run.
    fn ports(&self, (x, y, w, h): Span, leaving: bool) -> Vec<Port> {
        let mut ports = Vec::new();
        for way in WAYS {
            let (across, first) = if way.is_level() { (h, y) } else { (w, x) };
            let (length, start) = if way.is_level() { (w, x) } else { (h, y) };
            // A line leaves on the side it runs to and comes in on the side it runs from.
            let along = if way.is_onward() == leaving { start + length } else { start - 1 };
            for nth in 0..across {
                let at = if way.is_level() { (along, first + nth) } else { (first + nth, along) };
                let outward = way.is_onward() == leaving;
                if let Some(free) = self.free(at, way.is_level(), outward) {
                    ports.push(Port { at, way, free, aside: (nth - (across - 1) / 2).abs() });
                }
            }
        }
        ports
    }

    /// The free cells from one on, in its row or its column; nothing where it is taken itself.
    fn free(&self, (x, y): (i32, i32), level: bool, onward: bool) -> Option<(i32, i32)> {
        let (along, line) = if level { (x, y) } else { (y, x) };
        let bounds = turned(self.bounds, level);
        let (mut low, mut high) = (bounds.0, bounds.0 + bounds.2 - 1);
        for (start, first, length, across) in self.notes.iter().map(|note| turned(*note, level)) {
            if (first..first + across).contains(&line) {
                if start > along {
                    high = high.min(start - 1);
                } else {
                    low = low.max(start + length);
                }
            }
        }
        let free = if onward { (along, high) } else { (low, along) };
        (low <= along && free.0 <= free.1).then_some(free)
    }

    /// The best way from one port to another, and what it costs.
    fn way(&self, start: &Port, end: &Port) -> Option<(i32, Route)> {
        let meets = |(low, high): (i32, i32), at: i32| (low..=high).contains(&at);
        let ((x, y), (to_x, to_y)) = (start.at, end.at);
        let corners = match (start.way.is_level(), end.way.is_level()) {
            (true, false) => {
                (meets(start.free, to_x) && meets(end.free, y)).then(|| vec![(x, y), (to_x, y)])?
            }
            (false, true) => {
                (meets(start.free, to_y) && meets(end.free, x)).then(|| vec![(x, y), (x, to_y)])?
            }
            (level, _) if (if level { y == to_y } else { x == to_x }) => {
                let along = if level { to_x } else { to_y };
                (start.way == end.way && meets(start.free, along)).then(|| vec![(x, y)])?
            }
            (true, true) => {
                let column = self.across(start, end, true)?;
                vec![(x, y), (column, y), (column, to_y)]
            }
            (false, false) => {
                let row = self.across(start, end, false)?;
                vec![(x, y), (x, row), (to_x, row)]
            }
        };
        let (dx, dy) = start.way.step();
        let foot = (x - dx, y - dy);
        let route = Route { foot, corners: super::to(corners, end.at), head: HEADS[end.way as usize] };
        Some((route.cost() + ASIDE_COST * (start.aside + end.aside), route))
    }

    /// The column, or the row, in which a way crosses from one line to the other: free all along, near to where one
    /// would draw it.
    fn across(&self, start: &Port, end: &Port, level: bool) -> Option<i32> {
        let (low, high) = (start.free.0.max(end.free.0), start.free.1.min(end.free.1));
        let ((x, y), (to_x, to_y)) = (start.at, end.at);
        let (from, to, line, to_line) = if level { (x, to_x, y, to_y) } else { (y, to_y, x, to_x) };
        let ahead = if end.way.is_onward() { 2 } else { -2 };
        let wanted = if start.way == end.way && level {
            to - ahead
        } else if start.way == end.way {
            from + (to - from) / 2
        } else if start.way.is_onward() {
            from.max(to) - ahead / 2
        } else {
            from.min(to) - ahead / 2
        };
        let wanted = wanted.clamp(low, high.max(low));
        let (first, last) = (line.min(to_line), line.max(to_line));
        let notes = || self.notes.iter().map(|note| turned(*note, level));
        let taken = |at: i32| {
            notes().find(|(start, top, length, height)| {
                (*start..start + length).contains(&at) && *top <= last && first < top + height
            })
        };
        let (mut up, mut down) = (wanted, wanted);
        while let Some((start, _, length, _)) = taken(up).filter(|_| up <= high) {
            up = start + length;
        }
        while let Some((start, ..)) = taken(down).filter(|_| down >= low) {
            down = start - 1;
        }
        let found = [up, down].into_iter().filter(|at| (low..=high).contains(at));
        found.min_by_key(|at| (at - wanted).abs())
    }
}

/// A span as it is for level lines, or with columns and rows exchanged for upright ones.
fn turned((x, y, w, h): Span, level: bool) -> Span {
    if level { (x, y, w, h) } else { (y, x, h, w) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::route::{around, crossed, route};

    /// Whether some way of two bends at most is free, found by walking every one of them cell by cell.
    fn is_any_free(from: Span, to: Span, notes: &[Span], (left, top, w, h): Span) -> bool {
        let ports = |(x, y, w, h): Span, leaving: bool| {
            let (right, bottom) = (x + w, y + h);
            let sides = (y..bottom).flat_map(move |y| [(right, y, (1, 0)), (x - 1, y, (-1, 0))]);
            let ends = (x..right).flat_map(move |x| [(x, bottom, (0, 1)), (x, y - 1, (0, -1))]);
            let turn = if leaving { 1 } else { -1 };
            sides.chain(ends).map(move |(x, y, (dx, dy))| ((x, y), (dx * turn, dy * turn)))
        };
        let free = |(x, y): (i32, i32)| {
            let inside =
                |(left, top, w, h): &Span| (*left..left + w).contains(&x) && (*top..top + h).contains(&y);
            !notes.iter().any(inside)
        };
        // Each leg must go on the way it is said to, and none turns back on itself.
        let walk = |corners: &[(i32, i32)], ways: &[(i32, i32)]| {
            corners.windows(2).zip(ways).all(|(leg, way)| {
                let (mut at, to) = (leg[0], leg[1]);
                while at != to && free(at) {
                    let step = ((to.0 - at.0).signum(), (to.1 - at.1).signum());
                    if step != *way && *way != (0, 0) {
                        return false;
                    }
                    at = (at.0 + step.0, at.1 + step.1);
                }
                at == to && free(to)
            })
        };
        ports(from, true).any(|(start, way)| {
            ports(to, false).any(|(end, end_way)| {
                let across = (0, 0);
                match (way.1 == 0, end_way.1 == 0) {
                    (true, true) if start.1 == end.1 => way == end_way && walk(&[start, end], &[way]),
                    (false, false) if start.0 == end.0 => way == end_way && walk(&[start, end], &[way]),
                    (true, false) => walk(&[start, (end.0, start.1), end], &[way, end_way]),
                    (false, true) => walk(&[start, (start.0, end.1), end], &[way, end_way]),
                    (true, true) => (left..left + w)
                        .any(|c| walk(&[start, (c, start.1), (c, end.1), end], &[way, across, end_way])),
                    (false, false) => (top..top + h)
                        .any(|r| walk(&[start, (start.0, r), (end.0, r), end], &[way, across, end_way])),
                }
            })
        })
    }

    fn notes() -> impl Strategy<Value = Vec<Span>> {
        let note = (0..40i32, 0..16i32, 1..8i32, 1..4i32);
        proptest::collection::vec(note, 2..14)
    }

    proptest! {
        #[test]
        fn a_way_crosses_a_note_only_if_every_way_of_two_bends_does(notes in notes()) {
            let (from, to) = (notes[0], notes[1]);
            let bounds = (-3, -3, 56, 26);
            if let Some(way) = around(from, to, &notes, bounds) {
                let bends = way.corners.len().saturating_sub(2);
                prop_assert!(bends <= 2, "{way:?}");
                let free = crossed(&way, &notes) == 0;
                prop_assert_eq!(free, is_any_free(from, to, &notes, bounds), "{:?}", way);
                prop_assert!(way.legs().all(|(a, b)| a.0 == b.0 || a.1 == b.1), "{way:?}");
            } else {
                prop_assert_eq!(route(from, to), None);
            }
        }
    }

    #[track_caller]
    fn check(from: Span, to: Span, others: &[Span], corners: &[(i32, i32)]) {
        let mut notes = vec![from, to];
        notes.extend(others);
        let way = around(from, to, &notes, (-20, -20, 100, 80)).unwrap();
        assert_eq!(way.corners, corners);
    }

    #[test]
    fn a_way_goes_round_what_stands_between() {
        let (from, to) = ((0, 10, 8, 3), (40, 10, 8, 3));
        check(from, to, &[], &[(8, 11), (39, 11)]);
        check(from, to, &[(20, 10, 8, 3)], &[(3, 13), (3, 14), (43, 14), (43, 13)]);
        check(from, to, &[(20, 4, 8, 9)], &[(3, 13), (3, 14), (43, 14), (43, 13)]);
        check(from, to, &[(20, 10, 8, 9)], &[(3, 9), (3, 8), (43, 8), (43, 9)]);
        let below = (40, 30, 8, 3);
        check(from, below, &[(38, 0, 1, 29)], &[(8, 11), (37, 11), (37, 31), (39, 31)]);
    }
}
