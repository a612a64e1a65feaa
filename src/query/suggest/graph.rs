//! How strongly notes belong together, and why.

use std::collections::{BTreeMap, BTreeSet};

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::words::Words;
use crate::model::NoteKind::{self, Aggregate, Command, DomainEvent, Policy, ReadModel};
use crate::model::{Board, Id, Note};
use crate::query::Flow;

/// Why two notes belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bond {
    /// One leads to the other.
    Step,
    /// Both stand for one aggregate.
    SameAggregate,
    /// They share words; the one that weighs most.
    Words(String),
    /// They stand close together.
    Near,
}

/// What ties two notes: the bonds between them, each with its weight.
pub(super) type Ties = Vec<(Bond, f64)>;

/// The notes that make a context, and what ties them. Actors, systems and hotspots are on good terms with everybody
/// and are left out here.
pub(super) struct Graph<'a> {
    /// In the order of their ids.
    pub(super) notes: Vec<&'a Note>,
    /// By the places of both notes, the earlier first.
    pub(super) ties: BTreeMap<(usize, usize), Ties>,
}

/// The kinds a context is made of.
pub(super) const CORE: [NoteKind; 5] = [DomainEvent, Command, Policy, ReadModel, Aggregate];
/// How much a step ties, by the kinds of its ends; one that stands here only the other way round counts as much. The
/// seam between contexts is event to policy.
const STEPS: [(NoteKind, NoteKind, f64); 14] = [
    (Command, Aggregate, 4.0),
    (Aggregate, DomainEvent, 4.0),
    (Command, DomainEvent, 3.0),
    (Policy, Command, 3.0),
    (Aggregate, ReadModel, 2.0),
    (Policy, Aggregate, 2.0),
    (Policy, DomainEvent, 2.0),
    (DomainEvent, Policy, 1.0),
    (DomainEvent, Command, 1.5),
    (DomainEvent, ReadModel, 1.0),
    (ReadModel, Command, 1.0),
    (ReadModel, Policy, 1.0),
    (DomainEvent, DomainEvent, 1.0),
    (Aggregate, Aggregate, 0.5),
];
const OTHER_STEP: f64 = 1.0;
const SAME_AGGREGATE: f64 = 5.0;
const WORDS: f64 = 1.0;
const NEAR: f64 = 0.75;
/// So many of the nearest notes are near.
const NEAREST: usize = 4;
/// What crosses a pivotal event counts by this much.
const OVER_A_PIVOT: f64 = 0.5;
/// Where more than this share of the notes have a drawn or guessed step, words add noise.
const STEPS_ENOUGH: f64 = 0.9;
/// A row counts as this many columns: notes are four times as wide as high, and what lies under each other is a little
/// less near than what lies side by side.
const ROW: i64 = 7;

impl<'a> Graph<'a> {
    pub(super) fn of(board: &'a Board, flow: &Flow) -> Graph<'a> {
        let notes: Vec<&Note> = board.standing().filter(|note| CORE.contains(&note.kind)).collect();
        let mut graph = Graph { notes, ties: BTreeMap::new() };
        let joined = graph.tie_steps(flow);
        graph.tie_aggregates();
        if joined as f64 <= STEPS_ENOUGH * graph.notes.len() as f64 {
            graph.tie_words();
        }
        graph.tie_neighbours();
        graph.part_at_pivots();
        graph
    }

    /// Where a note stands in [`Graph::notes`].
    pub(super) fn place(&self, note: Id) -> Option<usize> {
        self.notes.binary_search_by_key(&note, |it| it.id).ok()
    }

    /// How much ties two notes in all; rounded, so that machines that add differently choose alike.
    pub(super) fn weight(ties: &Ties) -> f64 {
        (ties.iter().map(|(_, weight)| weight).sum::<f64>() * 1e6).round() / 1e6
    }

    fn tie(&mut self, a: usize, b: usize, bond: Bond, weight: f64) {
        if a != b {
            self.ties.entry((a.min(b), a.max(b))).or_default().push((bond, weight));
        }
    }

    /// How many notes a step joins.
    fn tie_steps(&mut self, flow: &Flow) -> usize {
        let mut joined = BTreeSet::new();
        for edge in flow.edges() {
            if let (Some(from), Some(to)) = (self.place(edge.from), self.place(edge.to)) {
                joined.extend([from, to]);
                let weight = step_weight(self.notes[from].kind, self.notes[to].kind);
                self.tie(from, to, Bond::Step, weight);
            }
        }
        joined.len()
    }

    /// One aggregate may stand on the wall many times: each is tied to the next.
    fn tie_aggregates(&mut self) {
        let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, note) in self.notes.iter().enumerate().filter(|(_, note)| note.kind == Aggregate) {
            named.entry(folded(note.text())).or_default().push(at);
        }
        for twins in named.values() {
            twins.windows(2).for_each(|pair| self.tie(pair[0], pair[1], Bond::SameAggregate, SAME_AGGREGATE));
        }
    }

    fn tie_words(&mut self) {
        let words = Words::of(&self.notes);
        for (a, b, likeness) in words.alike() {
            let word = words.shared(a, b).unwrap_or_default().to_owned();
            self.tie(a, b, Bond::Words(word), WORDS * likeness);
        }
    }

    fn tie_neighbours(&mut self) {
        let points: Vec<[i64; 2]> = self
            .notes
            .iter()
            .map(|note| note.rect().center())
            .map(|center| [i64::from(center.x), i64::from(center.y) * ROW])
            .collect();
        let tree = RTree::bulk_load(
            points.iter().enumerate().map(|(at, point)| GeomWithData::new(*point, at)).collect(),
        );
        let nearest: Vec<Vec<(i64, usize)>> = points
            .iter()
            .enumerate()
            .map(|(at, point)| {
                let others = tree.nearest_neighbor_iter_with_distance_2(*point);
                let others =
                    others.map(|(other, distance)| (distance, other.data)).filter(|(_, other)| *other != at);
                let mut near: Vec<(i64, usize)> = others.take(2 * NEAREST).collect();
                near.sort_unstable();
                near.truncate(NEAREST);
                near
            })
            .collect();
        let mut firsts: Vec<i64> = nearest.iter().filter_map(|near| near.first().map(|it| it.0)).collect();
        firsts.sort_unstable();
        let Some(median) = firsts.get(firsts.len() / 2) else { return };
        let reach = 4.0 * (*median).max(1) as f64;
        for (at, near) in nearest.into_iter().enumerate() {
            for (distance, other) in near {
                self.tie(at, other, Bond::Near, NEAR * (-(distance as f64) / reach).exp());
            }
        }
    }

    fn part_at_pivots(&mut self) {
        let pivots: Vec<i32> =
            self.notes.iter().filter(|note| note.is_pivotal()).map(|note| note.at.x).collect();
        for ((a, b), ties) in &mut self.ties {
            let (a, b) = (self.notes[*a].at.x, self.notes[*b].at.x);
            let crossed = pivots.iter().filter(|pivot| a.min(b) <= **pivot && **pivot < a.max(b)).count();
            let share = OVER_A_PIVOT.powi(i32::try_from(crossed).unwrap_or(i32::MAX));
            ties.iter_mut().for_each(|(_, weight)| *weight *= share);
        }
    }
}

fn step_weight(from: NoteKind, to: NoteKind) -> f64 {
    let row = |from, to| STEPS.iter().find(|(a, b, _)| (*a, *b) == (from, to));
    row(from, to).or_else(|| row(to, from)).map_or(OTHER_STEP, |(.., weight)| *weight)
}

/// A name without its blanks and capitals.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().collect::<String>().to_lowercase()
}
