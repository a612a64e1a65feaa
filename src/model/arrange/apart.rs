//! Pushes what overlaps apart, and keeps who stands left of whom and who above whom.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::geometry::{Point, Rect, Size};

/// How much room is kept free.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Room {
    /// Between two things, across and down.
    pub gap: Size,
    /// Between what lies in a frame and the frame, on every side.
    pub margin: i32,
}

/// Places for rectangles such that none overlaps another, as near to where they are wanted as that allows.
///
/// Whose centre is left of, or above, another's stays so; equal centres stay in one column or one row, except that
/// things wanted at the very same place are stacked downwards. Each of `frames` lists what one frame encloses: room for
/// the frame is kept around them. The same input gives the same places.
pub fn push_apart(wanted: &[Rect], frames: &[Vec<usize>], room: Room) -> Vec<Point> {
    let columns = ranks(wanted.iter().map(|rect| (rect.center().x, 0)));
    let mut taken: BTreeMap<Point, i32> = BTreeMap::new();
    let stacked = wanted.iter().map(|rect| {
        let nth = taken.entry(rect.center()).or_insert(-1);
        *nth += 1;
        (rect.center().y, *nth)
    });
    let rows = ranks(stacked);
    let down = Axis {
        ranks: &rows,
        centers: wanted.iter().map(|rect| rect.center().y).collect(),
        lengths: wanted.iter().map(|rect| rect.size.h).collect(),
        across: columns.iter().map(|&column| column..column + 1).collect(),
        gap: room.gap.h,
    };
    let y = down.spread(frames, room.margin);
    let top = y.iter().copied().min().unwrap_or(0);
    let lane = |at: i32| usize::try_from(at - top).unwrap_or(0);
    let across = Axis {
        ranks: &columns,
        centers: wanted.iter().map(|rect| rect.center().x).collect(),
        lengths: wanted.iter().map(|rect| rect.size.w).collect(),
        across: y.iter().zip(wanted).map(|(y, rect)| lane(*y)..lane(y + rect.size.h + room.gap.h)).collect(),
        gap: room.gap.w,
    };
    let x = across.spread(frames, room.margin);
    x.into_iter().zip(y).map(|(x, y)| Point::new(x, y)).collect()
}

/// The place of each key among all different keys.
fn ranks(keys: impl Iterator<Item = (i32, i32)>) -> Vec<usize> {
    let keys: Vec<(i32, i32)> = keys.collect();
    let mut order = keys.clone();
    order.sort_unstable();
    order.dedup();
    keys.iter().map(|key| order.partition_point(|other| other < key)).collect()
}

/// One direction in which things are spread: columns to the right, or rows downwards.
struct Axis<'a> {
    /// Which column or row each thing belongs to.
    ranks: &'a [usize],
    /// Where its centre is wanted.
    centers: Vec<i32>,
    /// How long it is in this direction.
    lengths: Vec<i32>,
    /// Which lanes it lies on: only things that share a lane keep each other away.
    across: Vec<Range<usize>>,
    /// Cells kept free between two of them.
    gap: i32,
}

impl Axis<'_> {
    /// Where each thing begins.
    fn spread(&self, frames: &[Vec<usize>], margin: i32) -> Vec<i32> {
        let lanes = self.across.iter().map(|lanes| lanes.end).max().unwrap_or(0);
        let mut skyline = vec![i32::MIN / 2; lanes];
        let mut starts = vec![0; self.ranks.len()];
        let mut last_center = i32::MIN / 2;
        let frames: Vec<Reach> = frames.iter().filter_map(|members| self.reach(members)).collect();
        for rank in by_rank(self.ranks) {
            let mut center = last_center + 1;
            for &at in &rank {
                let free = highest(&skyline, &self.across[at]).saturating_add(self.gap);
                center = center.max(self.centers[at]).max(free + self.lengths[at] / 2);
            }
            for frame in frames.iter().filter(|frame| rank.iter().any(|at| self.ranks[*at] == frame.first)) {
                let free = highest(&skyline, &frame.across).saturating_add(self.gap + margin);
                center = center.max(free + frame.first_half);
            }
            for &at in &rank {
                starts[at] = center - self.lengths[at] / 2;
                raise(&mut skyline, &self.across[at], starts[at] + self.lengths[at]);
            }
            for frame in frames.iter().filter(|frame| rank.iter().any(|at| self.ranks[*at] == frame.last)) {
                let end =
                    frame.members.iter().map(|&at| starts[at] + self.lengths[at]).max().unwrap_or(center);
                raise(&mut skyline, &frame.across, end + margin);
            }
            last_center = center;
        }
        starts
    }

    fn reach<'a>(&self, members: &'a [usize]) -> Option<Reach<'a>> {
        let ranks = || members.iter().map(|&at| self.ranks[at]);
        let (first, last) = (ranks().min()?, ranks().max()?);
        let lanes = members.iter().map(|&at| &self.across[at]);
        let across = lanes.clone().map(|lanes| lanes.start).min()?..lanes.map(|lanes| lanes.end).max()?;
        let opening = members.iter().filter(|&&at| self.ranks[at] == first);
        let first_half = opening.map(|&at| self.lengths[at] / 2).max()?;
        Some(Reach { members, first, last, across, first_half })
    }
}

/// What a frame takes up in one direction.
struct Reach<'a> {
    members: &'a [usize],
    first: usize,
    last: usize,
    across: Range<usize>,
    /// Half of the longest thing in its first column or row.
    first_half: i32,
}

fn by_rank(ranks: &[usize]) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); ranks.iter().max().map_or(0, |last| last + 1)];
    for (at, rank) in ranks.iter().enumerate() {
        members[*rank].push(at);
    }
    members
}

fn highest(skyline: &[i32], lanes: &Range<usize>) -> i32 {
    skyline[lanes.clone()].iter().copied().max().unwrap_or(i32::MIN / 2)
}

fn raise(skyline: &mut [i32], lanes: &Range<usize>, to: i32) {
    for height in &mut skyline[lanes.clone()] {
        *height = to.max(*height);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROOM: Room = Room { gap: Size::new(2, 1), margin: 2 };

    fn placed(wanted: &[Rect], frames: &[Vec<usize>]) -> Vec<Rect> {
        let places = push_apart(wanted, frames, ROOM);
        places.into_iter().zip(wanted).map(|(at, rect)| Rect { at, size: rect.size }).collect()
    }

    #[test]
    fn what_stands_well_stays() {
        let wanted = [Rect::new(0, 0, 22, 5), Rect::new(30, 0, 22, 5), Rect::new(30, 10, 22, 5)];
        assert_eq!(placed(&wanted, &[]), wanted);
    }

    #[test]
    fn what_was_wanted_at_one_place_is_stacked() {
        let wanted = [Rect::new(4, 4, 22, 5); 3];
        assert_eq!(placed(&wanted, &[]).iter().map(|rect| rect.at.y).collect::<Vec<_>>(), [4, 10, 16]);
    }

    #[test]
    fn frames_keep_others_out() {
        let wanted = [Rect::new(0, 0, 22, 5), Rect::new(10, 8, 22, 5), Rect::new(25, 0, 22, 5)];
        let placed = placed(&wanted, &[vec![0, 1]]);
        let frame = placed[0].union(placed[1]).grown(2);
        assert!(!frame.overlaps(placed[2]), "{placed:?}");
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_the_order_stays(
            wanted in prop::collection::vec((-60..60i32, -30..30i32, 1..30i32, 1..9i32), 1..40),
        ) {
            let wanted: Vec<Rect> = wanted.into_iter().map(|(x, y, w, h)| Rect::new(x, y, w, h)).collect();
            let placed = placed(&wanted, &[]);
            for (one, was_one) in placed.iter().zip(&wanted) {
                for (two, was_two) in placed.iter().zip(&wanted) {
                    prop_assert!(std::ptr::eq(one, two) || !one.overlaps(*two), "{one:?} {two:?}");
                    let centers = |rect: &Rect| (rect.center().x, rect.center().y);
                    let ((x1, y1), (x2, y2)) = (centers(was_one), centers(was_two));
                    prop_assert!(x1 >= x2 || one.center().x < two.center().x);
                    prop_assert!(y1 >= y2 || one.center().y < two.center().y);
                }
            }
        }
    }
}
