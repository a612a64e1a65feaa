//! Where names have room: never one over another, and over as little of the picture as can be.
//!
//! A place costs what it covers, how far it lies from where the name belongs, and what of the name has to be left out.
//! The cheapest wins. All names together cover no more than a part of the picture.

use std::ops::Range;

use crate::tui::viewport::Viewport;

/// What a covered cell of the picture costs.
const COVERED: i32 = 10;
/// What a column outside of the columns a name belongs to costs.
const OUTSIDE: i32 = 2;
/// A place that costs as much is none.
const TOO_MUCH: i32 = 400;
/// Names cover no more than one in so many cells of the picture, and marks one in so many.
const NAMED_OF: i32 = 5;
const MARKED_OF: i32 = 20;
/// So many places are tried for all names of a screen.
const TRIES_MAX: i32 = 30_000;
/// A name is not brought further than this, in columns and rows.
const REACH: (i32, i32) = (60, 16);

/// A screen with the names that were given a place in it.
#[derive(Debug, Default)]
pub(in crate::tui::view) struct Room {
    columns: i32,
    rows: i32,
    /// Row by row, 1 where the picture lies.
    picture: Vec<u8>,
    /// The columns of each row that names stand in.
    taken: Vec<Vec<Range<i32>>>,
    /// What the picture is of, so that it is laid once while that stays as it is.
    of: Option<(u64, Viewport)>,
    /// How many cells of it there are.
    laid: i32,
    /// How many more of them names may cover, and marks.
    left: i32,
    left_for_marks: i32,
    tries: i32,
}

/// Where a name would like to stand.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// The column it begins at, and another it ends before: as good, or nearly.
    pub(super) from: Option<i32>,
    pub(super) to: Option<i32>,
    pub(super) row: i32,
    /// The columns it belongs to; every column outside of them has its price.
    pub(super) home: Range<i32>,
    /// What each row and each column away from there costs.
    pub(super) by_row: i32,
    pub(super) by_column: i32,
}

/// Where a name stands, and with which of its lengths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stand {
    pub(super) x: i32,
    pub(super) row: i32,
    pub(super) length: usize,
}

impl Room {
    /// Begins with a screen of so many cells and the picture of this wall in this window, which `lay` lays where it is
    /// not known from before.
    pub(in crate::tui::view) fn begin(
        &mut self,
        (columns, rows): (i32, i32),
        of: (u64, Viewport),
        lay: impl FnOnce(&mut Room),
    ) {
        (self.columns, self.rows, self.tries) = (columns, rows.max(0), TRIES_MAX);
        self.taken.resize_with(self.rows as usize, Vec::new);
        self.taken.iter_mut().for_each(Vec::clear);
        if self.of.replace(of) != Some(of) {
            self.picture.clear();
            self.picture.resize((self.rows * columns) as usize, 0);
            lay(self);
            self.laid = self.picture.iter().map(|cell| i32::from(*cell)).sum();
        }
        (self.left, self.left_for_marks) = (self.laid / NAMED_OF, self.laid / MARKED_OF);
    }

    /// The picture lies on these cells.
    pub(in crate::tui::view) fn lay(&mut self, (left, top, w, h): (i32, i32, i32, i32)) {
        let columns = left.max(0)..(left + w).min(self.columns);
        for row in top.max(0)..(top + h).min(self.rows) {
            let first = (row * self.columns) as usize;
            if !columns.is_empty() {
                self.picture[first + columns.start as usize..first + columns.end as usize].fill(1);
            }
        }
    }

    /// No name may stand in these cells.
    pub(in crate::tui::view) fn bar(&mut self, (left, top, w, h): (i32, i32, i32, i32)) {
        for row in top.max(0)..(top + h).min(self.rows) {
            self.taken[row as usize].push(left..left + w);
        }
    }

    /// Gives a name of one of these lengths, each told with its price, the best place there is.
    pub(super) fn place(&mut self, wish: &Wish, lengths: &[(i32, i32)]) -> Option<Stand> {
        let mut best = (TOO_MUCH, None);
        for (length, (wide, price)) in
            lengths.iter().enumerate().filter(|(_, (wide, _))| *wide <= self.columns)
        {
            for from in [wish.from, wish.to.map(|to| to - wide)].into_iter().flatten() {
                let (from, row) =
                    (from.clamp(0, self.columns - wide), wish.row.clamp(0, (self.rows - 1).max(0)));
                for y in apart(row, REACH.1) {
                    let price = price + wish.by_row * (y - row).abs();
                    if price >= best.0 {
                        break;
                    }
                    for x in apart(from, REACH.0) {
                        let price = price + wish.by_column * (x - from).abs();
                        if price >= best.0 || self.tries == 0 {
                            break;
                        }
                        self.tries -= 1;
                        let Some(covered) = self.covered(x, y, *wide) else { continue };
                        let outside = (wish.home.start - x).max(0) + (x + wide - wish.home.end).max(0);
                        let price = price + COVERED * covered + OUTSIDE * outside;
                        if price < best.0 && covered <= self.left {
                            best = (price, Some((Stand { x, row: y, length }, covered)));
                        }
                    }
                }
            }
        }
        let (stand, covered) = best.1?;
        self.left -= covered;
        self.taken[stand.row as usize].push(stand.x..stand.x + lengths[stand.length].0);
        Some(stand)
    }

    /// A cell near to one, outside of the picture if it can be, for the mark of a name without a place.
    pub(super) fn mark(&mut self, (x, row): (i32, i32)) -> Option<(i32, i32)> {
        let cells = apart(row, 1).flat_map(|y| apart(x, 2).map(move |x| (x, y)));
        let free = cells.filter_map(|(x, y)| Some((self.covered(x, y, 1)?, (x, y))));
        let (covered, cell) = free
            .min_by_key(|(covered, _)| *covered)
            .filter(|(covered, _)| *covered <= self.left_for_marks)?;
        self.left_for_marks -= covered;
        Some(cell)
    }

    /// How many cells of the picture a name would cover; nothing where it cannot stand.
    fn covered(&self, x: i32, y: i32, wide: i32) -> Option<i32> {
        let taken = self.taken.get(usize::try_from(y).ok()?)?;
        let overlaps = |name: &Range<i32>| name.start < x + wide && x < name.end;
        if x < 0 || x + wide > self.columns || taken.iter().any(overlaps) {
            return None;
        }
        let first = (y * self.columns + x) as usize;
        let cells = &self.picture[first..first + wide as usize];
        let covered = cells.iter().map(|cell| i32::from(*cell)).sum();
        Some(covered)
    }
}

/// A place and those beside it, further and further away.
fn apart(from: i32, reach: i32) -> impl Iterator<Item = i32> {
    std::iter::once(from).chain((1..=reach).flat_map(move |by| [from + by, from - by]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn room(size: (i32, i32), picture: &[(i32, i32, i32, i32)]) -> Room {
        let mut room = Room::default();
        room.begin(size, (0, Viewport::new((0, 0))), |room| picture.iter().for_each(|part| room.lay(*part)));
        room
    }

    fn wish(x: i32, row: i32) -> Wish {
        Wish { from: Some(x), to: None, row, home: 0..i32::MAX, by_row: 4, by_column: 1 }
    }

    #[test]
    fn a_name_stands_where_nothing_is_covered_before_it_is_cut_and_is_cut_before_it_covers_much() {
        let full = (12, 0);
        let cut = (5, 30);
        for (picture, found) in [
            (vec![], Some((4, 1, 0))),
            (vec![(0, 1, 30, 1)], Some((4, 2, 0))),
            (vec![(8, 1, 30, 1), (8, 2, 30, 9), (8, 0, 30, 1)], Some((3, 1, 1))),
            (vec![(0, 0, 30, 3)], Some((4, 1, 1))),
        ] {
            let mut room = room((30, 3), &picture);
            let stand = room.place(&wish(4, 1), &[full, cut]);
            assert_eq!(stand.map(|stand| (stand.x, stand.row, stand.length)), found, "{picture:?}");
        }
    }

    #[test]
    fn a_name_without_a_place_leaves_a_mark_beside_the_names_that_have_one() {
        let mut room = room((6, 1), &[]);
        assert!(room.place(&wish(1, 0), &[(4, 0)]).is_some());
        assert_eq!(room.place(&wish(1, 0), &[(4, 0)]), None);
        assert_eq!(room.mark((3, 0)), Some((5, 0)));
        assert_eq!(room.mark((3, 9)), None);
    }

    proptest! {
        #[test]
        fn no_name_lies_over_another_and_most_of_the_picture_stays_in_sight(
            (columns, rows) in (0..50i32, 0..12i32),
            picture in prop::collection::vec((-9..60i32, -5..16i32, 0..30i32, 0..9i32), 0..9),
            names in prop::collection::vec((-9..60i32, -5..16i32, 1..30i32), 0..30),
        ) {
            let mut room = room((columns, rows), &picture);
            let mut screen = vec![vec![0; columns as usize]; rows as usize];
            for (x, y, w, h) in picture {
                for row in y.max(0)..(y + h).min(rows) {
                    (x.max(0)..(x + w).min(columns)).for_each(|x| screen[row as usize][x as usize] = 1);
                }
            }
            let whole: i32 = screen.iter().flatten().sum();
            for (x, row, wide) in names {
                let Some(stand) = room.place(&wish(x, row), &[(wide, 0), (wide.min(4), 30)]) else { continue };
                let wide = [wide, wide.min(4)][stand.length];
                for cell in &mut screen[stand.row as usize][stand.x as usize..(stand.x + wide) as usize] {
                    prop_assert_ne!(*cell, 2);
                    *cell = 2;
                }
            }
            let seen = screen.iter().flatten().filter(|cell| **cell == 1).count() as i32;
            prop_assert!(seen >= whole - whole / NAMED_OF);
        }
    }
}
