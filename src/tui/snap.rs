//! Snapping: a note that is moved falls in with the row, the column or the step of its neighbours.

use super::place::GAP;
use crate::model::Point;
use crate::model::Rect;

/// How near something has to come, in columns and rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pull {
    /// Columns.
    pub columns: i32,
    /// Rows.
    pub rows: i32,
}

/// How much further a note has to move to fall in with its neighbours; nowhere if none is near enough.
///
/// Its middle takes the row of a neighbour's; then its left edge takes a neighbour's column, or in the row of one the
/// usual step from it.
pub fn snap(moved: Rect, neighbours: &[Rect], pull: Pull) -> Point {
    let rows = neighbours.iter().map(|other| other.center().y - moved.center().y);
    let y = nearest(rows, pull.rows);
    let in_row = |other: &&Rect| other.center().y == moved.center().y + y;
    let columns = neighbours.iter().map(|other| other.at.x - moved.at.x);
    let after = neighbours.iter().filter(in_row).map(|other| other.right() + GAP - moved.at.x);
    let before = neighbours.iter().filter(in_row).map(|other| other.at.x - GAP - moved.right());
    Point::new(nearest(after.chain(before).chain(columns), pull.columns), y)
}

/// The shortest way within reach.
fn nearest(ways: impl Iterator<Item = i32>, reach: i32) -> i32 {
    ways.filter(|way| way.abs() <= reach).min_by_key(|way| way.abs()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_falls_in_with_the_row_the_column_and_the_step_of_what_is_near() {
        let neighbours = [Rect::new(0, 0, 22, 5), Rect::new(3, 20, 22, 5)];
        let check = |x, y, to: (i32, i32)| {
            let by = snap(Rect::new(x, y, 22, 5), &neighbours, Pull { columns: 2, rows: 1 });
            assert_eq!((x + by.x, y + by.y), to, "{x} {y}");
        };
        check(27, 1, (28, 0));
        check(30, -1, (28, 0));
        check(31, 2, (31, 2));
        check(-29, 1, (-28, 0));
        check(2, 10, (3, 10));
        check(1, 10, (0, 10));
        check(60, 19, (60, 20));
    }
}
