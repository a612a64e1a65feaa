//! What proposed contexts could be called.

use std::collections::BTreeMap;

use crate::model::{Note, NoteKind};
use crate::query::suggest::graph::Graph;
use crate::query::suggest::words::commonest_word;

/// The names given so far, one group after the other.
pub(super) struct Names<'a> {
    graph: &'a Graph<'a>,
    /// How much ties each note to others in all.
    weights: Vec<f64>,
    /// Each name, and the number that stood behind it last.
    given: BTreeMap<String, usize>,
}

impl<'a> Names<'a> {
    pub(super) fn of(graph: &'a Graph<'a>) -> Names<'a> {
        let mut weights = vec![0.0; graph.notes.len()];
        for ((a, b), ties) in &graph.ties {
            let weight = Graph::weight(ties);
            weights[*a] += weight;
            weights[*b] += weight;
        }
        Names { graph, weights, given: BTreeMap::new() }
    }

    /// A name for a group of these notes that no group before has.
    pub(super) fn next(&mut self, places: &[usize]) -> String {
        let name = self.name(places);
        let Some(last) = self.given.get(&name).copied() else {
            self.given.insert(name.clone(), 1);
            return name;
        };
        let mut number = last + 1;
        while self.given.contains_key(&format!("{name} {number}")) {
            number += 1;
        }
        let numbered = format!("{name} {number}");
        self.given.insert(name, number);
        self.given.insert(numbered.clone(), 1);
        numbered
    }

    fn name(&self, places: &[usize]) -> String {
        let note = |at: usize| self.graph.notes[at];
        let heaviest = |wanted: &dyn Fn(&Note) -> bool| {
            let fits = places.iter().filter(|at| wanted(note(**at)) && !note(**at).text().is_empty());
            fits.max_by(|a, b| self.weights[**a].total_cmp(&self.weights[**b]).then(b.cmp(a)))
                .map(|at| note(*at).text().to_owned())
        };
        heaviest(&|note| note.kind == NoteKind::Aggregate)
            .or_else(|| commonest_word(places.iter().map(|at| note(*at).text())))
            .or_else(|| heaviest(&|_| true))
            .unwrap_or_default()
    }
}
