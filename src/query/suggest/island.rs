//! Islands of a wall: notes with the narrowest gaps between them grow together first.

use super::leiden::{Membership, numbered};
use crate::model::{Note, Rect};

/// A row of a gap counts as this many columns, as a cell is about twice as high as wide.
const ROW: i64 = 2;

/// The wall as so many islands: single linkage over the gaps between notes, left to right where gaps are alike.
pub(super) fn islands(notes: &[&Note], count: usize) -> Membership {
    let mut bridges = bridges(notes);
    bridges.sort_unstable();
    bridges.truncate(notes.len().saturating_sub(count.max(1)));
    let mut parent: Vec<usize> = (0..notes.len()).collect();
    for (_, a, b) in bridges {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent[a.max(b)] = a.min(b);
    }
    numbered((0..notes.len()).map(|at| root(&mut parent, at)).collect::<Vec<_>>())
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// The bridges of the tree that joins all notes over the narrowest gaps (Prim): gap and both ends.
fn bridges(notes: &[&Note]) -> Vec<(i64, usize, usize)> {
    let rects: Vec<Rect> = notes.iter().map(|note| note.rect()).collect();
    let mut nearest: Vec<(i64, usize)> = vec![(i64::MAX, 0); rects.len()];
    let mut ashore: Vec<usize> = (1..rects.len()).collect();
    let (mut bridges, mut last) = (Vec::new(), 0);
    while !ashore.is_empty() {
        let mut next = 0;
        for (place, at) in ashore.iter().enumerate() {
            nearest[*at] = nearest[*at].min((gap(rects[last], rects[*at]), last));
            if (nearest[*at], *at) < (nearest[ashore[next]], ashore[next]) {
                next = place;
            }
        }
        last = ashore.swap_remove(next);
        bridges.push((nearest[last].0, nearest[last].1, last));
    }
    bridges
}

/// How far it is from one rectangle to another, squared; 0 where they touch or overlap.
fn gap(a: Rect, b: Rect) -> i64 {
    let apart = |from: i32, to: i32| (i64::from(to) - i64::from(from)).max(0);
    let x = apart(a.right(), b.at.x).max(apart(b.right(), a.at.x));
    let y = apart(a.bottom(), b.at.y).max(apart(b.bottom(), a.at.y)) * ROW;
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NoteKind::DomainEvent;
    use crate::model::tests::note;

    #[test]
    fn the_widest_gaps_part_islands() {
        let places = [(0, 0), (24, 0), (0, 6), (200, 0), (224, 0), (400, 90)];
        let notes: Vec<_> = (0..).zip(places).map(|(n, (x, y))| note(n, DomainEvent, "", x, y)).collect();
        let notes: Vec<_> = notes.iter().collect();
        assert_eq!(islands(&notes, 1), [0; 6]);
        assert_eq!(islands(&notes, 2), [0, 0, 0, 0, 0, 1]);
        assert_eq!(islands(&notes, 3), [0, 0, 0, 1, 1, 2]);
        assert_eq!(islands(&notes, 99), [0, 1, 2, 3, 4, 5]);
        assert!(islands(&[], 3).is_empty());
    }
}
