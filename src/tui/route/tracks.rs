//! Tracks: lines run together only where they share an end.
//!
//! What leaves one note may fork on its way and what comes to one note may meet before it: each line can still be followed.
//! Any other two that share cells look merged, so the later one moves aside as far as there is room.

use std::collections::HashMap;

use super::shape::{End, joined};
use super::{ASIDE_COST, Route, Span, crossed};
use crate::model::Id;

/// How far, in cells, an end goes along its note.
const SLIDE: i32 = 4;
/// How far, in cells, the piece between two bends goes aside.
const SHIFT: i32 = 6;

/// The notes that an arrow joins.
pub(super) type Ends = (Id, Id);
/// A straight piece of a line: whether it is level, in which row or column, from where to where.
type Stretch = (bool, i32, i32, i32);

/// What lies in a row or column: from where to where, and whose it is unless a frame's.
type Taken = (i32, i32, Option<Ends>);

/// The lines that are drawn already: whether level, and in which row or column.
#[derive(Debug, Default)]
pub(super) struct Tracks(HashMap<(bool, i32), Vec<Taken>>);

impl Tracks {
    /// The border of a frame, which no arrow is to be taken for.
    pub(super) fn border(&mut self, (x, y, w, h): Span) {
        for (level, line, from, to) in [
            (true, y, x, x + w - 1),
            (true, y + h - 1, x, x + w - 1),
            (false, x, y, y + h - 1),
            (false, x + w - 1, y, y + h - 1),
        ] {
            self.0.entry((level, line)).or_default().push((from, to, None));
        }
    }

    /// An arrow runs here.
    pub(super) fn lay(&mut self, route: &Route, ends: Ends) {
        for (level, line, from, to) in stretches(route) {
            self.0.entry((level, line)).or_default().push((from, to, Some(ends)));
        }
    }

    /// How many cells of a way lie along a line that it shares no end with, or right at that one's end.
    fn shared(&self, route: &Route, ends: Ends) -> i32 {
        stretches(route).map(|stretch| self.along(stretch, ends)).sum()
    }

    fn along(&self, (level, line, from, to): Stretch, ends: Ends) -> i32 {
        let shares_one =
            |other: Option<Ends>| other.is_some_and(|other| (other.0 == ends.0) != (other.1 == ends.1));
        let there = self.0.get(&(level, line)).map_or(&[][..], Vec::as_slice);
        let apart = there.iter().filter(|(.., other)| !shares_one(*other));
        apart.map(|(low, high, _)| (to.min(*high) - from.max(*low) + 1).max(0)).sum()
    }

    /// The places to which an end may slide: how far aside, and how many cells are shared there already.
    fn slid(&self, end: End, note: Span, ends: Ends) -> Vec<(i32, i32, End)> {
        let shared = |end: End| cell(end.at).map(|stretch| self.along(stretch, ends)).iter().sum();
        end.slid(note, SLIDE).map(|(aside, end)| (aside, shared(end), end)).collect()
    }

    /// The way beside this one that shares the fewest cells, the nearest of those; it bends and goes past notes no more
    /// than this does.
    pub(super) fn aside(&self, route: Route, from: Span, to: Span, notes: &[Span], ends: Ends) -> Route {
        let mut best = (self.shared(&route, ends), 0);
        let (true, Some((start, end))) = (best.0 > 0, End::both(&route)) else { return route };
        let most = crossed(&route, notes);
        let middle = middle(&route, start, end);
        // A way with one bend crosses over nowhere.
        let most_shift = if start.is_level() == end.is_level() { SHIFT } else { 0 };
        let mut found = route;
        let (starts, stops) = (self.slid(start, from, ends), self.slid(end, to, ends));
        for (from_aside, from_shared, start) in &starts {
            for (to_aside, to_shared, end) in &stops {
                if from_shared + to_shared > best.0 {
                    continue;
                }
                for shift in -most_shift..=most_shift {
                    let Some(way) = joined(*start, *end, middle + shift) else { continue };
                    let aside = ASIDE_COST * (from_aside + to_aside) + shift.abs();
                    let cost = (self.shared(&way, ends), way.cost() + aside);
                    if cost < best && crossed(&way, notes) <= most {
                        (best, found) = (cost, way);
                    }
                }
            }
        }
        found
    }
}

/// The straight pieces of a way. Its ends count in both directions: what passes there seems to end too.
fn stretches(route: &Route) -> impl Iterator<Item = Stretch> {
    let legs = route.legs().map(|((x, y), (to_x, to_y))| match y == to_y {
        true => (true, y, x.min(to_x), x.max(to_x)),
        false => (false, x, y.min(to_y), y.max(to_y)),
    });
    let ends = [route.corners.first(), route.corners.last()].into_iter().flatten();
    legs.chain(ends.flat_map(|at| cell(*at)))
}

fn cell((x, y): (i32, i32)) -> [Stretch; 2] {
    [(true, y, x, x), (false, x, y, y)]
}

/// The column or row in which a way crosses over, or would.
fn middle(route: &Route, start: End, end: End) -> i32 {
    let along = |(x, y): (i32, i32)| if start.is_level() { x } else { y };
    let across = route.legs().find(|(a, b)| along(*a) == along(*b) && a != b);
    across.map_or((along(start.at) + along(end.at)) / 2, |(at, _)| along(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::route::{around, route};

    fn led(arrows: &[(Span, Span, Ends)], notes: &[Span]) -> Vec<Route> {
        let mut tracks = Tracks::default();
        let mut lead = |(from, to, ends): &(Span, Span, Ends)| {
            let way = tracks.aside(around(*from, *to, notes, (-20, -20, 100, 80))?, *from, *to, notes, *ends);
            tracks.lay(&way, *ends);
            Some(way)
        };
        arrows.iter().filter_map(&mut lead).collect()
    }

    #[test]
    fn lines_run_together_only_where_they_share_an_end() {
        let ids = [1, 2, 3, 4].map(Id::made);
        let (left, right, below) = ((0, 0, 8, 5), (20, 0, 8, 5), (20, 10, 8, 5));
        let notes = [left, right, below];
        let forked = led(&[(left, right, (ids[0], ids[1])), (left, below, (ids[0], ids[2]))], &notes);
        assert_eq!(forked[1].corners, [(8, 2), (17, 2), (17, 12), (19, 12)]);
        let back = led(&[(left, right, (ids[0], ids[1])), (right, left, (ids[1], ids[0]))], &notes);
        assert_eq!(back[0].corners, [(8, 2), (19, 2)]);
        assert_eq!(back[1].corners, [(19, 1), (8, 1)]);
        let twice = led(&[(left, right, (ids[0], ids[1])), (left, right, (ids[0], ids[1]))], &notes);
        assert_eq!(twice[1].corners, [(8, 1), (19, 1)]);
        let other = (0, 10, 8, 5);
        let apart = led(
            &[(left, below, (ids[0], ids[2])), (other, right, (ids[3], ids[1]))],
            &[left, right, below, other],
        );
        assert_eq!(apart[0].corners, [(8, 2), (17, 2), (17, 12), (19, 12)]);
        assert_eq!(apart[1].corners, [(8, 11), (18, 11), (18, 2), (19, 2)]);
    }

    #[test]
    fn a_line_is_not_led_along_a_border() {
        let (from, to) = ((0, 0, 8, 5), (20, 10, 8, 5));
        let mut tracks = Tracks::default();
        tracks.border((17, -4, 20, 30));
        let ends = (Id::made(1), Id::made(2));
        let way = tracks.aside(route(from, to).unwrap(), from, to, &[from, to], ends);
        assert_eq!(way.corners, [(8, 2), (16, 2), (16, 12), (19, 12)]);
    }

    fn notes() -> impl Strategy<Value = Vec<Span>> {
        proptest::collection::vec((0..60i32, 0..24i32, 3..10i32, 1..6i32), 4..14)
    }

    proptest! {
        #[test]
        fn a_way_aside_shares_less_and_is_as_free_as_before(notes in notes()) {
            let id = |nth: usize| Id::made(nth as u32);
            let mut tracks = Tracks::default();
            for nth in 0..notes.len() {
                let to = (nth * 5 + 3) % notes.len();
                let ends = (id(nth), id(to));
                let Some(before) = around(notes[nth], notes[to], &notes, (-20, -20, 120, 80)) else { continue };
                let way = tracks.aside(before.clone(), notes[nth], notes[to], &notes, ends);
                prop_assert!(way.corners.len() <= 4, "{way:?}");
                prop_assert!(way.legs().all(|(a, b)| a.0 == b.0 || a.1 == b.1), "{way:?}");
                prop_assert!(crossed(&way, &notes) <= crossed(&before, &notes), "{before:?} {way:?}");
                let shared = [&before, &way].map(|way| tracks.shared(way, ends));
                prop_assert!(shared[1] < shared[0] || way == before, "{before:?} {way:?}");
                let (x, y, w, h) = notes[nth];
                let (foot_x, foot_y) = way.foot;
                prop_assert!((x..x + w).contains(&foot_x) && (y..y + h).contains(&foot_y), "{way:?}");
                tracks.lay(&way, ends);
            }
        }
    }
}
