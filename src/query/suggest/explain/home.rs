//! Where the groups of a cut lie on the wall, and who else belongs to them.

use std::collections::BTreeMap;

use super::Explainer;
use crate::model::{Id, Rect};
use crate::query::suggest::graph::CORE;
use crate::query::suggest::leiden::Membership;

impl Explainer<'_> {
    /// The same groups, numbered by where they begin on the wall.
    pub(super) fn left_to_right(&self, membership: &Membership) -> Membership {
        let mut starts: BTreeMap<usize, (i32, i32, Id)> = BTreeMap::new();
        for (note, group) in self.graph.notes.iter().zip(membership) {
            let start = (note.at.x, note.at.y, note.id);
            let known = starts.entry(*group).or_insert(start);
            *known = start.min(*known);
        }
        let mut order: Vec<_> = starts.into_iter().map(|(group, start)| (start, group)).collect();
        order.sort_unstable();
        let mut number = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, (_, group))| number[*group] = at);
        membership.iter().map(|group| number[*group]).collect()
    }

    /// The group of every standing note: what was cut, and the rest where most of its neighbours are.
    pub(super) fn homes(&self, membership: &Membership) -> BTreeMap<Id, usize> {
        let mut homes: BTreeMap<Id, usize> =
            self.graph.notes.iter().map(|note| note.id).zip(membership.iter().copied()).collect();
        let mut met: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
        for edge in self.flow.edges() {
            for (one, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
                if let Some(home) = homes.get(&other).filter(|_| !homes.contains_key(&one)) {
                    met.entry(one).or_default().push(*home);
                }
            }
        }
        for note in self.board.standing().filter(|note| !CORE.contains(&note.kind)) {
            let host = note.host.and_then(|host| homes.get(&host)).copied();
            let home = host.or_else(|| met.get(&note.id).and_then(|homes| commonest(homes)));
            if let Some(home) = home {
                homes.insert(note.id, home);
            }
        }
        homes
    }

    /// For each group the notes of others whose centre lies in its rectangle.
    pub(super) fn strangers(&self, homes: &BTreeMap<Id, usize>, rects: &[Rect]) -> Vec<Vec<Id>> {
        let mut strangers = vec![Vec::new(); rects.len()];
        for (id, home) in homes {
            let Some(center) = self.board.notes.get(id).map(|note| note.rect().center()) else { continue };
            for (group, rect) in rects.iter().enumerate() {
                if group != *home && rect.holds(center) {
                    strangers[group].push(*id);
                }
            }
        }
        strangers
    }

    /// The frame in which most of these notes stand now, and how many do.
    pub(super) fn stands_in(&self, notes: &[Id]) -> Option<(Id, usize)> {
        let mut frames: BTreeMap<Id, usize> = BTreeMap::new();
        for note in notes.iter().filter_map(|id| self.board.notes.get(id)) {
            if let Some(frame) = self.board.frame_of(note) {
                *frames.entry(frame).or_default() += 1;
            }
        }
        frames.into_iter().max_by_key(|(frame, count)| (*count, std::cmp::Reverse(*frame)))
    }
}

fn commonest(homes: &[usize]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    homes.iter().for_each(|home| *counts.entry(*home).or_default() += 1);
    counts.into_iter().max_by_key(|(home, count)| (*count, std::cmp::Reverse(*home))).map(|(home, _)| home)
}
