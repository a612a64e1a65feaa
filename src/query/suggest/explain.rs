//! A cut in words that can be checked on the wall: what holds each group together, where it is cut, how sure that is.

use std::collections::BTreeMap;

use super::graph::{Bond, CORE, Graph};
use super::leiden::Membership;
use super::words::commonest_word;
use super::{Cut, Method};
use crate::model::{Board, Id, Note, NoteKind, Rect};
use crate::query::{Edge, Flow};

/// One proposed context.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// What it could be called: its weightiest aggregate, else its most telling word.
    pub name: String,
    /// Its notes by id, with the actors, systems and hotspots that are mostly about it.
    pub notes: Vec<Id>,
    /// What encloses them.
    pub rect: Rect,
    /// The context on the wall in which most of them stand now, and how many do.
    pub stands_in: Option<(Id, usize)>,
    /// Notes of other groups whose centre lies in that rectangle.
    pub strangers: Vec<Id>,
    /// What holds it together, the strongest first; at most three.
    pub reasons: Vec<Reason>,
    /// The steps that lead into it and out of it.
    pub seams: Vec<Seam>,
    /// Pivotal events after which nothing of it happens any more.
    pub ended_by: Vec<Id>,
    /// The share of what ties its notes that leads out of it, 0 to 1.
    pub conductance: f64,
    /// In what share of all runs its notes stay together, 0 to 1; 1 where nothing was run.
    pub stability: f64,
    /// Notes that might as well belong elsewhere.
    pub doubts: Vec<Doubt>,
}

/// Two notes of a group and why they belong together.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
    /// The earlier note.
    pub from: Id,
    /// The later note.
    pub to: Id,
    /// What ties them most.
    pub bond: Bond,
    /// How much ties them in all.
    pub weight: f64,
}

/// What a cut through a step would make of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeamKind {
    /// An event that somebody else reacts to or remembers: nobody waits.
    Event,
    /// One orders something of another and waits.
    Order,
    /// One asks another and waits.
    Query,
    /// A step within one aggregate's work, which had better not be cut.
    Tight,
}

/// A step that the cut goes through.
#[derive(Clone, PartialEq, Debug)]
pub struct Seam {
    /// The step.
    pub edge: Edge,
    /// What it becomes.
    pub kind: SeamKind,
    /// The group at its other end, by its place in the cut.
    pub other: usize,
    /// Whether it leads out of this group, or into it.
    pub is_out: bool,
}

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

/// So many reasons are told.
const REASONS_MAX: usize = 3;
/// A note that stays with its group in fewer runs than this is doubtful.
const SURE: f64 = 0.7;

/// What a cut is explained by.
pub(super) struct Explainer<'a> {
    board: &'a Board,
    flow: &'a Flow,
    graph: &'a Graph<'a>,
    runs: &'a [Membership],
    /// How much ties each note to others in all.
    weights: Vec<f64>,
}

impl<'a> Explainer<'a> {
    pub(super) fn of(
        board: &'a Board,
        flow: &'a Flow,
        graph: &'a Graph<'a>,
        runs: &'a [Membership],
    ) -> Explainer<'a> {
        let mut weights = vec![0.0; graph.notes.len()];
        for ((a, b), ties) in &graph.ties {
            let weight = Graph::weight(ties);
            weights[*a] += weight;
            weights[*b] += weight;
        }
        Explainer { board, flow, graph, runs, weights }
    }

    pub(super) fn cut(&self, method: Method, membership: &Membership) -> Cut {
        let membership = self.left_to_right(membership);
        let count = membership.iter().max().map_or(0, |last| last + 1);
        let homes = self.homes(&membership);
        let support = self.support(&membership, count);
        let (mut within, mut total) = (vec![0.0; count], vec![0.0; count]);
        for ((a, b), ties) in &self.graph.ties {
            let weight = Graph::weight(ties);
            let (a, b) = (membership[*a], membership[*b]);
            total[a] += weight;
            total[b] += weight;
            if a == b {
                within[a] += 2.0 * weight;
            }
        }
        let mut names = Vec::new();
        let groups = (0..count)
            .map(|group| {
                let places: Vec<usize> =
                    (0..membership.len()).filter(|at| membership[*at] == group).collect();
                let notes: Vec<Id> =
                    homes.iter().filter(|home| *home.1 == group).map(|home| *home.0).collect();
                let rects = notes.iter().filter_map(|id| self.board.notes.get(id)).map(Note::rect);
                let rect = Rect::around(rects).unwrap_or(Rect::new(0, 0, 0, 0));
                let is_stranger = |(id, home): &(&Id, &usize)| {
                    **home != group
                        && self.board.notes.get(id).is_some_and(|note| rect.holds(note.rect().center()))
                };
                let seen: Vec<f64> = places.iter().map(|at| support[*at].0).collect();
                Group {
                    name: self.name(&places, &mut names),
                    stands_in: self.stands_in(&notes),
                    strangers: homes.iter().filter(is_stranger).map(|(id, _)| *id).collect(),
                    reasons: self.reasons(&places, &membership),
                    seams: self.seams(&homes, group),
                    ended_by: self.ends(&places),
                    conductance: if total[group] > 0.0 { 1.0 - within[group] / total[group] } else { 0.0 },
                    stability: seen.iter().sum::<f64>() / seen.len().max(1) as f64,
                    doubts: self.doubts(&places, group, &support),
                    notes,
                    rect,
                }
            })
            .collect();
        let sum = total.iter().sum::<f64>();
        let kept = if sum > 0.0 { within.iter().sum::<f64>() / sum } else { 1.0 };
        Cut { method, groups, kept }
    }

    fn stands_in(&self, notes: &[Id]) -> Option<(Id, usize)> {
        let mut frames: BTreeMap<Id, usize> = BTreeMap::new();
        for note in notes.iter().filter_map(|id| self.board.notes.get(id)) {
            if let Some(frame) = self.board.frame_of(note) {
                *frames.entry(frame).or_default() += 1;
            }
        }
        frames.into_iter().max_by_key(|(frame, count)| (*count, std::cmp::Reverse(*frame)))
    }

    /// The same groups, numbered by where they begin on the wall.
    fn left_to_right(&self, membership: &Membership) -> Membership {
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
    fn homes(&self, membership: &Membership) -> BTreeMap<Id, usize> {
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

    fn doubts(&self, places: &[usize], home: usize, support: &[(f64, usize)]) -> Vec<Doubt> {
        let doubtful = places.iter().filter(|at| support[**at].0 < SURE && support[**at].1 != home);
        doubtful
            .map(|at| Doubt {
                note: self.graph.notes[*at].id,
                support: support[*at].0,
                other: support[*at].1,
            })
            .collect()
    }

    fn reasons(&self, places: &[usize], membership: &Membership) -> Vec<Reason> {
        let Some(group) = places.first().map(|at| membership[*at]) else { return Vec::new() };
        let inner =
            self.graph.ties.iter().filter(|((a, b), _)| membership[*a] == group && membership[*b] == group);
        let mut reasons: Vec<Reason> = inner
            .filter_map(|((a, b), ties)| {
                let (bond, _) = ties.iter().max_by(|x, y| x.1.total_cmp(&y.1))?;
                let (a, b) = (self.graph.notes[*a], self.graph.notes[*b]);
                let (from, to) = if (a.at.x, a.id) <= (b.at.x, b.id) { (a, b) } else { (b, a) };
                Some(Reason { from: from.id, to: to.id, bond: bond.clone(), weight: Graph::weight(ties) })
            })
            .collect();
        reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then((a.from, a.to).cmp(&(b.from, b.to))));
        reasons.truncate(REASONS_MAX);
        reasons
    }

    fn seams(&self, homes: &BTreeMap<Id, usize>, group: usize) -> Vec<Seam> {
        let crossing = self.flow.edges().filter_map(|edge| {
            let (from, to) = (*homes.get(&edge.from)?, *homes.get(&edge.to)?);
            let kind = self.seam_kind(edge)?;
            let seam = |other, is_out| Seam { edge: *edge, kind, other, is_out };
            match (from == group, to == group) {
                (true, false) => Some(seam(to, true)),
                (false, true) => Some(seam(from, false)),
                _ => None,
            }
        });
        crossing.collect()
    }

    fn seam_kind(&self, edge: &Edge) -> Option<SeamKind> {
        use NoteKind::{Aggregate, Command, DomainEvent, ReadModel};
        let kind = |id| self.board.notes.get(&id).map(|note| note.kind);
        Some(match (kind(edge.from)?, kind(edge.to)?) {
            (Command, Aggregate | DomainEvent) | (Aggregate, DomainEvent) => SeamKind::Tight,
            (DomainEvent, _) => SeamKind::Event,
            (ReadModel, _) => SeamKind::Query,
            _ => SeamKind::Order,
        })
    }

    /// The pivotal events of a group that none of its events comes after.
    fn ends(&self, places: &[usize]) -> Vec<Id> {
        let notes = || places.iter().map(|at| self.graph.notes[*at]);
        let last = notes().filter(|note| note.kind == NoteKind::DomainEvent).map(|note| note.at.x).max();
        notes().filter(|note| note.is_pivotal() && Some(note.at.x) >= last).map(|note| note.id).collect()
    }

    /// A name that no group before has.
    fn name(&self, places: &[usize], names: &mut Vec<String>) -> String {
        let heaviest = |wanted: &dyn Fn(&Note) -> bool| {
            let fits = places
                .iter()
                .filter(|at| wanted(self.graph.notes[**at]) && !self.graph.notes[**at].text().is_empty());
            fits.max_by(|a, b| self.weights[**a].total_cmp(&self.weights[**b]).then(b.cmp(a)))
                .map(|at| self.graph.notes[*at].text().to_owned())
        };
        let name = heaviest(&|note| note.kind == NoteKind::Aggregate)
            .or_else(|| commonest_word(places.iter().map(|at| self.graph.notes[*at].text())))
            .or_else(|| heaviest(&|_| true))
            .unwrap_or_default();
        let is_taken = |name: &String| names.contains(name);
        let free = (2..).map(|n| format!("{name} {n}")).find(|other| !is_taken(other));
        let name = if is_taken(&name) { free.unwrap_or(name) } else { name };
        names.push(name.clone());
        name
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

fn commonest(homes: &[usize]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    homes.iter().for_each(|home| *counts.entry(*home).or_default() += 1);
    counts.into_iter().max_by_key(|(home, count)| (*count, std::cmp::Reverse(*home))).map(|(home, _)| home)
}
