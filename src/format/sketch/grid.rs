//! Finds what covers a place, or is nearest to it, without looking at everything.

use std::collections::BTreeMap;

use super::Area;

/// How many rectangles of one cell are looked at: more lie on top of each other on no board people can read.
const CELL_MAX: usize = 64;

/// Rectangles by level and place: each lies in at most four cells of the level whose cells are as large as it.
pub(super) struct Grid {
    unit: f64,
    levels: BTreeMap<u32, BTreeMap<(i64, i64), Vec<usize>>>,
    areas: BTreeMap<usize, Area>,
}

impl Grid {
    /// Of rectangles with their names; `unit` is about how large most of them are.
    pub(super) fn of(areas: impl Iterator<Item = (usize, Area)>, unit: f64) -> Grid {
        let mut grid = Grid { unit: unit.max(1e-3), levels: BTreeMap::new(), areas: BTreeMap::new() };
        for (name, area) in areas {
            let level = (area.w.max(area.h) / grid.unit).max(1.0).log2().ceil() as u32;
            let cells = grid.levels.entry(level).or_default();
            let side = grid.unit * f64::from(level).exp2();
            let index = |at: f64| (at / side).floor() as i64;
            for x in index(area.x)..=index(area.x + area.w) {
                for y in index(area.y)..=index(area.y + area.h) {
                    cells.entry((x, y)).or_default().push(name);
                }
            }
            grid.areas.insert(name, area);
        }
        grid
    }

    /// What a place lies in: the smallest, the last of those alike.
    pub(super) fn under(&self, at: (f64, f64)) -> Option<usize> {
        self.within(at, 0.0).filter(|(_, area)| area.holds(at)).fold(None, smaller).map(|(name, _)| name)
    }

    /// What is nearest to a place, at most `reach` away; `reach` is at most one unit.
    pub(super) fn nearest(&self, at: (f64, f64), reach: f64) -> Option<usize> {
        let near = self.within(at, reach.min(self.unit)).filter(|(_, area)| area.distance(at) <= reach);
        let key = |(name, area): &(usize, Area)| (area.distance(at), area.size(), *name);
        near.min_by(|one, two| key(one).partial_cmp(&key(two)).unwrap_or(std::cmp::Ordering::Equal))
            .map(|(name, _)| name)
    }

    fn within(&self, (x, y): (f64, f64), reach: f64) -> impl Iterator<Item = (usize, Area)> {
        self.levels.iter().flat_map(move |(level, cells)| {
            let side = self.unit * f64::from(*level).exp2();
            let span =
                move |at: f64| ((at - reach) / side).floor() as i64..=((at + reach) / side).floor() as i64;
            let cells =
                span(x).flat_map(move |x| span(y).map(move |y| (x, y))).filter_map(|at| cells.get(&at));
            cells.flat_map(|names| names.iter().rev().take(CELL_MAX).map(|name| (*name, self.areas[name])))
        })
    }
}

fn smaller(best: Option<(usize, Area)>, next: (usize, Area)) -> Option<(usize, Area)> {
    let is_better = |best: &(usize, Area)| (next.1.size(), best.0) < (best.1.size(), next.0);
    match best {
        Some(best) if !is_better(&best) => Some(best),
        _ => Some(next),
    }
}
