//! The way past as few notes as may be, where two bends lead round none of them.

use super::shape::{End, joined};
use super::{Route, Span, crossed, crossed_within};

/// The way from the middle of a side to the middle of a side that touches the fewest notes, the shortest of those; where
/// one would draw it anyway if that is no worse.
pub(super) fn least(direct: Route, from: Span, to: Span, notes: &[Span], bounds: Span) -> Route {
    let columns = middles(bounds.0, bounds.2, notes.iter().map(|note| (note.0, note.2)));
    let rows = middles(bounds.1, bounds.3, notes.iter().map(|note| (note.1, note.3)));
    let (starts, ends) = (End::middles(from, true), End::middles(to, false));
    let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end)));
    let ways = pairs.flat_map(|(start, end)| {
        let middles = match (start.is_level(), end.is_level()) {
            (true, true) => columns.as_slice(),
            (false, false) => rows.as_slice(),
            _ => &[0],
        };
        middles.iter().filter_map(move |middle| joined(start, end, *middle))
    });
    let mut best = (crossed(&direct, notes), direct.cost(), direct);
    for way in ways {
        let cost = way.cost();
        let touched = crossed_within(&way, notes, best.0 + 1);
        if (touched, cost) < (best.0, best.1) {
            best = (touched, cost, way);
        }
    }
    best.2
}

/// The columns, or rows, in which crossing over can be better than beside them: next to notes.
fn middles(first: i32, cells: i32, notes: impl Iterator<Item = (i32, i32)>) -> Vec<i32> {
    let beside = notes.flat_map(|(start, length)| [start - 1, start + length]);
    let mut middles: Vec<i32> = beside.filter(|at| (first..first + cells).contains(at)).collect();
    middles.sort_unstable();
    middles.dedup();
    middles
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::route::route;

    /// The fewest notes that a way between middles touches, found by trying every column and every row.
    fn fewest(from: Span, to: Span, notes: &[Span], (x, y, w, h): Span) -> Option<usize> {
        let (starts, ends) = (End::middles(from, true), End::middles(to, false));
        let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end)));
        let tried = pairs.flat_map(|(start, end)| {
            let middles = if start.is_level() { x..x + w } else { y..y + h };
            middles.filter_map(move |middle| joined(start, end, middle))
        });
        tried.map(|way| crossed(&way, notes)).min()
    }

    proptest! {
        #[test]
        fn a_way_that_must_cross_notes_crosses_the_fewest(
            notes in proptest::collection::vec((0..40i32, 0..16i32, 1..12i32, 1..6i32), 2..24),
        ) {
            let (from, to, bounds) = (notes[0], notes[1], (-3, -3, 60, 28));
            if let Some(direct) = route(from, to) {
                let touched = crossed(&direct, &notes);
                let way = least(direct, from, to, &notes, bounds);
                let fewest = fewest(from, to, &notes, bounds).map_or(touched, |fewest| fewest.min(touched));
                prop_assert_eq!(crossed(&way, &notes), fewest, "{:?}", way);
                prop_assert!(way.corners.len() <= 4, "{:?}", way);
            }
        }
    }
}
