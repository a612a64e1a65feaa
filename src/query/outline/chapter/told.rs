//! The events in the order in which they are told.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::cause::Causes;
use super::place::Place;

/// The order of a story: none before what leads to it, else by place.
pub(super) struct Told {
    /// The events, by number.
    pub(super) order: Vec<usize>,
    /// When each is told.
    pub(super) moment: Vec<usize>,
    /// The events that each is told after, and those it is told before, as one leads to the other.
    before: Vec<BTreeSet<usize>>,
    after: Vec<BTreeSet<usize>>,
}

impl Told {
    pub(super) fn of(count: usize, causes: &Causes) -> Told {
        let order = in_order(count, &causes.steps);
        let mut moment = vec![0; count];
        order.iter().enumerate().for_each(|(at, event)| moment[*event] = at);
        let mut told =
            Told { order, moment, before: vec![BTreeSet::new(); count], after: vec![BTreeSet::new(); count] };
        for (from, to) in &causes.steps {
            told.join(*from, *to);
        }
        for (earlier, later) in &causes.hints {
            let earlier: BTreeMap<usize, usize> = earlier.iter().map(|it| (told.moment[*it], *it)).collect();
            for outcome in later {
                let first = outcome.iter().map(|event| told.moment[*event]).min().unwrap_or_default();
                if let Some((_, from)) = earlier.range(..first).next_back() {
                    outcome.iter().for_each(|to| told.join(*from, *to));
                }
            }
        }
        told
    }

    /// Events that lead to each other are told in one order all the same.
    fn join(&mut self, from: usize, to: usize) {
        if self.moment[from] < self.moment[to] {
            self.after[from].insert(to);
            self.before[to].insert(from);
        }
    }

    /// The chapter of each event, between these pivotal events in their order: that of what leads to it, else of what it
    /// leads to, else of what may come in its stead, else of what it stands near.
    pub(super) fn chapters(&self, pivots: &[usize], place: &Place, siblings: &[Vec<usize>]) -> Vec<usize> {
        let mut known: Vec<Option<usize>> = vec![None; self.order.len()];
        let mut ends = vec![0; self.order.len()];
        for (chapter, pivot) in pivots.iter().enumerate() {
            (known[*pivot], ends[*pivot]) = (Some(chapter), 1);
        }
        let behind = |event: usize, known: &[Option<usize>]| {
            self.before[event].iter().filter_map(|from| Some(known[*from]? + ends[*from])).max()
        };
        for event in &self.order {
            known[*event] = known[*event].or_else(|| behind(*event, &known));
        }
        for event in self.order.iter().rev() {
            let ahead = self.after[*event].iter().filter_map(|to| known[*to]).min();
            known[*event] = known[*event].or(ahead);
        }
        let mut instead: BTreeMap<usize, usize> = BTreeMap::new();
        for events in siblings {
            if let Some(chapter) = events.iter().filter_map(|event| known[*event]).min() {
                instead.extend(events.iter().map(|event| (*event, chapter)));
            }
        }
        for event in &self.order {
            if known[*event].is_none() {
                let caused = behind(*event, &known).or(instead.get(event).copied());
                known[*event] = Some(caused.unwrap_or_else(|| place.chapter(*event, pivots, &known)));
            }
        }
        known.into_iter().flatten().collect()
    }
}

/// The numbers below a count, none before those that lead to it, else the lowest first; those that lead to each other
/// come in one go.
fn in_order(count: usize, steps: &[(usize, usize)]) -> Vec<usize> {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    for _ in 0..count {
        graph.add_node(());
    }
    graph.extend_with_edges(steps.iter().map(|(from, to)| (NodeIndex::new(*from), NodeIndex::new(*to))));
    let mut members: Vec<Vec<usize>> = kosaraju_scc(&graph)
        .into_iter()
        .map(|knot| knot.into_iter().map(NodeIndex::index).collect())
        .collect();
    members.iter_mut().for_each(|knot| knot.sort_unstable());
    let mut knot = vec![0; count];
    for (at, members) in members.iter().enumerate() {
        members.iter().for_each(|event| knot[*event] = at);
    }
    let mut next = vec![BTreeSet::new(); members.len()];
    for (from, to) in steps.iter().map(|(from, to)| (knot[*from], knot[*to])).filter(|(from, to)| from != to)
    {
        next[from].insert(to);
    }
    let mut awaited = vec![0; members.len()];
    next.iter().flatten().for_each(|to| awaited[*to] += 1);
    let entry = |at: usize| Reverse((members[at][0], at));
    let mut open: BinaryHeap<_> = (0..members.len()).filter(|at| awaited[*at] == 0).map(entry).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(Reverse((_, at))) = open.pop() {
        order.extend(&members[at]);
        for to in &next[at] {
            awaited[*to] -= 1;
            if awaited[*to] == 0 {
                open.push(entry(*to));
            }
        }
    }
    order
}
