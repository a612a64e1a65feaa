//! Cutting a wall into communities, finer and finer, and choosing the cut that holds best.

use std::ops::ControlFlow;

use super::graph::Graph;
use super::leiden::{Membership, Network, likeness, numbered};
use crate::model::NoteKind;
use crate::query::Watch;

/// From coarse to fine.
pub const GRANULARITIES: [f64; 11] = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.4, 1.6];
/// So many runs at each granularity.
const SEEDS: u64 = 10;
/// A context has at least so many notes.
const NOTES_MIN: usize = 3;

/// All runs over one wall.
pub(super) struct Sweep {
    /// The best cut at each of [`GRANULARITIES`].
    pub(super) best: Vec<Membership>,
    /// Every run.
    pub(super) runs: Vec<Membership>,
    /// Which of the best holds best.
    pub(super) chosen: usize,
}

/// Runs through all granularities; nothing where the watcher stops it.
pub(super) fn sweep(graph: &Graph<'_>, watch: Watch<'_>) -> Option<Sweep> {
    let notes = graph.notes.len();
    let ties = graph.ties.iter().map(|((a, b), ties)| (*a, *b, Graph::weight(ties)));
    let Some(network) = Network::of(notes, ties) else {
        let alone: Membership = (0..notes).collect();
        return Some(Sweep { best: vec![alone; GRANULARITIES.len()], runs: Vec::new(), chosen: 0 });
    };
    let mut sweep = Sweep { best: Vec::new(), runs: Vec::new(), chosen: 0 };
    let mut steady = Vec::new();
    for granularity in GRANULARITIES {
        let mut runs = Vec::new();
        for seed in 0..SEEDS {
            runs.push(network.cut(granularity, seed));
            let done = sweep.runs.len() + runs.len();
            if let ControlFlow::Break(()) = watch(done, GRANULARITIES.len() * SEEDS as usize) {
                return None;
            }
        }
        let rounded = |quality: f64| (quality * 1e9).round();
        runs.sort_by(|a, b| rounded(b.0).total_cmp(&rounded(a.0)).then_with(|| a.1.cmp(&b.1)));
        let best = runs[0].1.clone();
        steady.push(runs.iter().map(|run| likeness(&best, &run.1)).sum::<f64>() / SEEDS as f64);
        sweep.best.push(best);
        sweep.runs.extend(runs.into_iter().map(|(_, cut)| cut));
    }
    let worth: Vec<f64> = (0..sweep.best.len()).map(|at| worth(graph, &sweep.best, &steady, at)).collect();
    // The first of the best: the coarsest.
    let best = worth.iter().copied().fold(f64::MIN, f64::max);
    sweep.chosen = worth.iter().position(|it| *it >= best).unwrap_or(0);
    Some(sweep)
}

/// How well a cut holds: against other seeds, against its neighbours, and by how many of its groups could be contexts.
fn worth(graph: &Graph<'_>, best: &[Membership], steady: &[f64], at: usize) -> f64 {
    let neighbours =
        [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|near| best.get(near));
    let near: Vec<f64> = neighbours.map(|cut| likeness(&best[at], cut)).collect();
    let holds = 0.5 * steady[at] + 0.5 * near.iter().sum::<f64>() / near.len() as f64;
    ((holds * sound(graph, &best[at])) * 1e6).round() / 1e6
}

/// The share of groups that have enough notes and something that decides; none where all is one group.
fn sound(graph: &Graph<'_>, cut: &[usize]) -> f64 {
    let groups = cut.iter().max().map_or(0, |last| last + 1);
    let mut sizes = vec![(0, false); groups];
    for (note, group) in graph.notes.iter().zip(cut) {
        sizes[*group].0 += 1;
        sizes[*group].1 |= matches!(note.kind, NoteKind::Aggregate | NoteKind::Command);
    }
    let sound = sizes.iter().filter(|(notes, decides)| *notes >= NOTES_MIN && *decides).count();
    if groups < 2 { 0.0 } else { sound as f64 / groups as f64 }
}

/// One group for each aggregate of a name: every other note goes where it is tied most, the strongest ties first. What
/// no tie reaches stays alone.
pub(super) fn by_aggregate(graph: &Graph<'_>) -> Membership {
    let mut names: Vec<String> = Vec::new();
    let mut groups: Vec<Option<usize>> = graph
        .notes
        .iter()
        .map(|note| {
            let name = (note.kind == NoteKind::Aggregate).then(|| super::graph::folded(note.text()))?;
            Some(names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            }))
        })
        .collect();
    let mut neighbours: Vec<Vec<(usize, f64)>> = vec![Vec::new(); groups.len()];
    for ((a, b), ties) in &graph.ties {
        let weight = Graph::weight(ties);
        neighbours[*a].push((*b, weight));
        neighbours[*b].push((*a, weight));
    }
    let mut open = std::collections::BinaryHeap::new();
    let key = |weight: f64| (weight * 1e6) as u64;
    let reach = |at: usize, group: usize, open: &mut std::collections::BinaryHeap<_>| {
        for (next, weight) in &neighbours[at] {
            open.push((key(*weight), std::cmp::Reverse((*next, group))));
        }
    };
    for (at, group) in groups.iter().enumerate() {
        group.iter().for_each(|group| reach(at, *group, &mut open));
    }
    while let Some((_, std::cmp::Reverse((at, group)))) = open.pop() {
        if groups[at].is_none() {
            groups[at] = Some(group);
            reach(at, group, &mut open);
        }
    }
    let alone = names.len()..;
    numbered(groups.into_iter().zip(alone).map(|(group, alone)| group.unwrap_or(alone)))
}
