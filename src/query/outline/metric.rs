//! The numbers about contexts and about the whole wall.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use schemars::JsonSchema;
use serde::Serialize;

use super::ground::{Ground, is_beside};
use super::message::Message;
use super::party::Party;
use crate::model::NoteKind;

/// The numbers about one context. A share that would divide by nothing is not there.
#[derive(Clone, PartialEq, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Metrics {
    /// Ca: the contexts and systems that depend on it.
    pub afferent: usize,
    /// Ce: the contexts and systems it depends on.
    pub efferent: usize,
    /// I = Ce / (Ca + Ce).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instability: Option<f64>,
    /// The steps between its own notes.
    pub internal_links: usize,
    /// The steps between its notes and others.
    pub boundary_links: usize,
    /// Internal / (internal + boundary).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohesion: Option<f64>,
    /// Boundary / the links at its notes, or at all others where those are fewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conductance: Option<f64>,
    /// The messages it sends.
    pub sent: usize,
    /// Those it waits for.
    pub sent_sync: usize,
    /// Waited for / sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sync_ratio: Option<f64>,
    /// The calls in the longest chain of calls that it begins and waits for.
    pub sync_depth: usize,
    /// The commands that somebody else than its own policies issues.
    pub commands: usize,
    /// The read models somebody looks at.
    pub queries: usize,
    /// The events that others hear of.
    pub published: usize,
    /// How many hear of them, summed over the events.
    pub fan_out: usize,
}

/// The numbers about a whole wall.
#[derive(Clone, PartialEq, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WallMetrics {
    /// How much better than chance the frames part the steps, Q; not there where no step joins two framed notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modularity: Option<f64>,
    /// Parties each of which depends on every other of its group.
    pub cycles: Vec<Vec<Party>>,
    /// Parties each of which waits, in the end, for every other of its group.
    pub sync_cycles: Vec<Vec<Party>>,
}

/// Thousandths, so that a number reads the same wherever it is told.
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| rounded(part as f64 / whole as f64))
}

fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// The numbers about each context and the outside, in the order of the parties, and about the whole.
pub(super) fn metrics(ground: &Ground<'_>, messages: &[Message]) -> (Vec<Metrics>, WallMetrics) {
    let mut all = vec![Metrics::default(); ground.parties.contexts + 1];
    links(ground, &mut all);
    let modularity = modularity(ground, &all);
    surface(ground, &mut all);
    let numbers: BTreeMap<Party, usize> =
        ground.parties.all.iter().enumerate().map(|(number, party)| (*party, number)).collect();
    let is_named =
        |message: &&Message| [message.from, message.to].iter().all(|party| *party != Party::Context(None));
    let named = || messages.iter().filter(is_named);
    let depends: BTreeSet<(usize, usize)> =
        named().map(|message| (numbers[&message.downstream()], numbers[&message.upstream()])).collect();
    let calls: BTreeSet<(usize, usize)> = named()
        .filter(|message| message.is_sync())
        .map(|message| (numbers[&message.from], numbers[&message.to]))
        .collect();
    for (down, up) in &depends {
        if let Some(metrics) = all.get_mut(*down) {
            metrics.efferent += 1;
        }
        if let Some(metrics) = all.get_mut(*up) {
            metrics.afferent += 1;
        }
    }
    for message in messages {
        if let Some(metrics) = all.get_mut(numbers[&message.from]) {
            metrics.sent += 1;
            metrics.sent_sync += usize::from(message.is_sync());
        }
    }
    let depth = depths(ground.parties.all.len(), &calls);
    for (metrics, depth) in all.iter_mut().zip(depth) {
        metrics.sync_depth = depth;
        metrics.instability = share(metrics.efferent, metrics.afferent + metrics.efferent);
        metrics.sync_ratio = share(metrics.sent_sync, metrics.sent);
    }
    let cycles = |edges| cycles(ground, edges);
    let wall = WallMetrics { modularity, cycles: cycles(&depends), sync_cycles: cycles(&calls) };
    (all, wall)
}

fn links(ground: &Ground<'_>, all: &mut [Metrics]) {
    let mut volume = 0;
    for link in
        ground.links.iter().filter(|it| ![it.from, it.to].iter().any(|at| is_beside(ground.kind(*at))))
    {
        let (from, to) = (ground.home(link.from), ground.home(link.to));
        volume += 2;
        for home in BTreeSet::from([from, to]) {
            if let Some(metrics) = all.get_mut(home) {
                let count =
                    if from == to { &mut metrics.internal_links } else { &mut metrics.boundary_links };
                *count += 1;
            }
        }
    }
    for metrics in all {
        let own = 2 * metrics.internal_links + metrics.boundary_links;
        metrics.cohesion = share(metrics.internal_links, metrics.internal_links + metrics.boundary_links);
        metrics.conductance = share(metrics.boundary_links, own.min(volume - own));
    }
}

/// Q over the steps that join notes of contexts: the share of them within one, less what chance would give.
fn modularity(ground: &Ground<'_>, all: &[Metrics]) -> Option<f64> {
    let contexts = ground.parties.contexts;
    let mut degree = vec![0_usize; contexts];
    let mut count = 0_usize;
    for link in
        ground.links.iter().filter(|it| ![it.from, it.to].iter().any(|at| is_beside(ground.kind(*at))))
    {
        let (from, to) = (ground.home(link.from), ground.home(link.to));
        if from < contexts && to < contexts {
            count += 1;
            degree[from] += 1;
            degree[to] += 1;
        }
    }
    let m = count as f64;
    let of = |(metrics, degree): (&Metrics, &usize)| {
        metrics.internal_links as f64 / m - (*degree as f64 / (2.0 * m)).powi(2)
    };
    (count > 0).then(|| rounded(all.iter().zip(&degree).map(of).sum()))
}

/// What each context offers: commands, queries and events.
fn surface(ground: &Ground<'_>, all: &mut [Metrics]) {
    for note in 0..ground.notes.len() {
        let home = ground.home(note);
        let Some(metrics) = all.get_mut(home) else { continue };
        let is_own_policy = |from: usize| ground.kind(from) == NoteKind::Policy && ground.home(from) == home;
        match ground.kind(note) {
            NoteKind::Command => {
                let mut asks = ground.to(note).filter(|link| ground.kind(link.from) != NoteKind::ReadModel);
                metrics.commands += usize::from(asks.any(|link| !is_own_policy(link.from)));
            }
            NoteKind::ReadModel => metrics.queries += usize::from(!ground.from(note).is_empty()),
            NoteKind::DomainEvent => {
                let heard: BTreeSet<usize> =
                    ground.from(note).iter().map(|link| ground.home(link.to)).collect();
                let others = heard.into_iter().filter(|other| *other != home).count();
                metrics.published += usize::from(others > 0);
                metrics.fan_out += others;
            }
            _ => {}
        }
    }
}

/// The groups of nodes that reach each other, those reached first.
fn groups(count: usize, edges: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(count, edges.len());
    let nodes: Vec<_> = (0..count).map(|_| graph.add_node(())).collect();
    for (from, to) in edges {
        graph.add_edge(nodes[*from], nodes[*to], ());
    }
    kosaraju_scc(&graph)
        .into_iter()
        .map(|group| group.into_iter().map(|node| node.index()).collect())
        .collect()
}

fn cycles(ground: &Ground<'_>, edges: &BTreeSet<(usize, usize)>) -> Vec<Vec<Party>> {
    let groups = groups(ground.parties.all.len(), edges).into_iter().filter(|group| group.len() > 1);
    let mut cycles: Vec<Vec<usize>> = groups.collect();
    cycles.iter_mut().for_each(|group| group.sort_unstable());
    cycles.sort_unstable();
    cycles.into_iter().map(|group| group.into_iter().map(|at| ground.parties.all[at]).collect()).collect()
}

/// The longest chain of edges from each node; within a group of nodes that reach each other, once through all of it.
fn depths(count: usize, edges: &BTreeSet<(usize, usize)>) -> Vec<usize> {
    let mut depth = vec![0; count];
    let mut group_of = vec![0; count];
    let groups = groups(count, edges);
    for (at, group) in groups.iter().enumerate() {
        group.iter().for_each(|node| group_of[*node] = at);
    }
    for (at, group) in groups.iter().enumerate() {
        let out = group.iter().flat_map(|node| edges.range((*node, 0)..(*node + 1, 0)).map(|(_, to)| *to));
        let beyond = out.filter(|to| group_of[*to] != at).map(|to| depth[to] + 1).max().unwrap_or_default();
        for node in group {
            depth[*node] = beyond + group.len() - 1;
        }
    }
    depth
}
