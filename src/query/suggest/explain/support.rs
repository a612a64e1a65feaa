//! How sure a cut is: how often its notes stay together when the wall is cut again.

use std::collections::BTreeMap;

use super::Explainer;
use crate::model::Id;
use crate::query::suggest::leiden::Membership;

/// A note that is not surely in its group.
#[derive(Clone, PartialEq, Debug)]
pub struct Doubt {
    /// Which.
    pub note: Id,
    /// In what share of all runs it stays with its group, 0 to 1.
    pub support: f64,
    /// Where else it went most often, by its place in the cut.
    pub other: usize,
}

/// A note that stays with its group in fewer runs than this is doubtful.
const SURE: f64 = 0.7;

/// How sure the groups of a cut are.
pub(super) struct Doubts {
    /// For each group its doubtful notes.
    pub(super) of: Vec<Vec<Doubt>>,
    /// For each group in what share of all runs its notes stay together.
    pub(super) stability: Vec<f64>,
}

impl Explainer<'_> {
    pub(super) fn doubts(&self, membership: &Membership, groups: usize) -> Doubts {
        let (mut of, mut seen) = (vec![Vec::new(); groups], vec![(0.0, 0_usize); groups]);
        for ((note, home), (support, other)) in
            self.graph.notes.iter().zip(membership).zip(self.support(membership, groups))
        {
            seen[*home] = (seen[*home].0 + support, seen[*home].1 + 1);
            if support < SURE && other != *home {
                of[*home].push(Doubt { note: note.id, support, other });
            }
        }
        Doubts { of, stability: seen.into_iter().map(|(sum, count)| sum / count.max(1) as f64).collect() }
    }

    /// For each note in what share of the runs it stays with its group, and where else it went most often.
    fn support(&self, membership: &Membership, groups: usize) -> Vec<(f64, usize)> {
        let mut visits: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); membership.len()];
        for run in self.runs {
            let homes = counterparts(run, membership, groups);
            for (at, community) in run.iter().enumerate() {
                *visits[at].entry(homes[*community]).or_default() += 1;
            }
        }
        let share = |visits: &BTreeMap<usize, usize>, home: usize| {
            let stayed = visits.get(&home).copied().unwrap_or(0) as f64;
            let elsewhere = visits.iter().filter(|(group, _)| **group != home);
            let other = elsewhere.max_by_key(|(group, count)| (**count, std::cmp::Reverse(**group)));
            (stayed / self.runs.len() as f64, other.map_or(home, |(group, _)| *group))
        };
        visits
            .iter()
            .zip(membership)
            .map(|(visits, home)| if self.runs.is_empty() { (1.0, *home) } else { share(visits, *home) })
            .collect()
    }
}

/// For each community of a run the group it shares most notes with.
fn counterparts(run: &Membership, membership: &Membership, groups: usize) -> Vec<usize> {
    let communities = run.iter().max().map_or(0, |last| last + 1);
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (community, group) in run.iter().zip(membership) {
        *shared.entry((*community, *group)).or_default() += 1;
    }
    let mut best = vec![(0, groups); communities];
    for ((community, group), count) in shared {
        if count > best[community].0 {
            best[community] = (count, group);
        }
    }
    best.into_iter().map(|(_, group)| group).collect()
}
