//! What ties the notes of a group: the strongest ties, and how much of them all stays within.

use super::Explainer;
use crate::model::Id;
use crate::query::suggest::graph::{Bond, Graph};
use crate::query::suggest::leiden::Membership;

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

/// So many reasons are told.
const REASONS_MAX: usize = 3;

/// How much ties the notes of a group.
#[derive(Clone, Copy, Default)]
pub(super) struct Tied {
    /// To each other, from both ends.
    pub(super) within: f64,
    /// To each other and to the rest.
    pub(super) total: f64,
}

impl Tied {
    pub(super) fn conductance(self) -> f64 {
        if self.total > 0.0 { 1.0 - self.within / self.total } else { 0.0 }
    }
}

impl Explainer<'_> {
    /// For each group how much ties it.
    pub(super) fn tied(&self, membership: &Membership, groups: usize) -> Vec<Tied> {
        let mut tied = vec![Tied::default(); groups];
        for ((a, b), ties) in &self.graph.ties {
            let weight = Graph::weight(ties);
            let (a, b) = (membership[*a], membership[*b]);
            tied[a].total += weight;
            tied[b].total += weight;
            if a == b {
                tied[a].within += 2.0 * weight;
            }
        }
        tied
    }

    /// For each group what holds it together.
    pub(super) fn reasons(&self, membership: &Membership, groups: usize) -> Vec<Vec<Reason>> {
        let mut reasons = vec![Vec::new(); groups];
        for ((a, b), ties) in self.graph.ties.iter().filter(|((a, b), _)| membership[*a] == membership[*b]) {
            let Some((bond, _)) = ties.iter().max_by(|x, y| x.1.total_cmp(&y.1)) else { continue };
            let (one, other) = (self.graph.notes[*a], self.graph.notes[*b]);
            let (from, to) =
                if (one.at.x, one.id) <= (other.at.x, other.id) { (one, other) } else { (other, one) };
            let reason = Reason { from: from.id, to: to.id, bond: bond.clone(), weight: Graph::weight(ties) };
            reasons[membership[*a]].push(reason);
        }
        for reasons in &mut reasons {
            reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then((a.from, a.to).cmp(&(b.from, b.to))));
            reasons.truncate(REASONS_MAX);
        }
        reasons
    }
}
