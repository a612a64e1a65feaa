//! The flow from both ends, and whose steps a deed has changed.

use std::collections::BTreeSet;

use crate::model::Id;
use crate::query::Edge;

/// The steps of a wall, sorted by where they start and again by where they lead.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Steps {
    from: Vec<Edge>,
    to: Vec<Edge>,
}

fn by_end(edge: &Edge) -> (Id, Edge) {
    (edge.to, *edge)
}

impl Steps {
    pub(super) fn of(edges: &[Edge]) -> Steps {
        let mut to = edges.to_vec();
        to.sort_unstable_by_key(by_end);
        Steps { from: edges.to_vec(), to }
    }

    /// The steps from a note.
    pub(super) fn from(&self, note: Id) -> &[Edge] {
        let first = self.from.partition_point(|edge| edge.from < note);
        let count = self.from[first..].partition_point(|edge| edge.from == note);
        &self.from[first..first + count]
    }

    /// The steps to a note.
    pub(super) fn to(&self, note: Id) -> &[Edge] {
        let first = self.to.partition_point(|edge| edge.to < note);
        let count = self.to[first..].partition_point(|edge| edge.to == note);
        &self.to[first..first + count]
    }

    /// Every step, by where it starts.
    pub(super) fn all(&self) -> &[Edge] {
        &self.from
    }

    /// Takes over the steps as they are now, sorted; gives the ends of those that came or went.
    pub(super) fn take_over(&mut self, now: &[Edge]) -> BTreeSet<Id> {
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        let (mut old, mut rest) = (self.from.as_slice(), now);
        while let (Some(was), Some(is)) = (old.first(), rest.first()) {
            if was <= is {
                old = &old[1..];
            }
            if is <= was {
                rest = &rest[1..];
            }
            gone.extend((was < is).then_some(*was));
            new.extend((is < was).then_some(*is));
        }
        gone.extend(old);
        new.extend(rest);
        if gone.is_empty() && new.is_empty() {
            return BTreeSet::new();
        }
        self.from.clear();
        self.from.extend(now);
        for edge in &gone {
            if let Ok(place) = self.to.binary_search_by_key(&by_end(edge), by_end) {
                self.to.remove(place);
            }
        }
        for edge in &new {
            if let Err(place) = self.to.binary_search_by_key(&by_end(edge), by_end) {
                self.to.insert(place, *edge);
            }
        }
        gone.iter().chain(&new).flat_map(|edge| [edge.from, edge.to]).collect()
    }
}
