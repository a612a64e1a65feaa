//! Kinds by the labels of a file: a class, a colour, a word in a column.

use std::collections::BTreeMap;

use super::{COLUMNS, Graph};
use crate::format::landscape::clipped;
use crate::format::mapping::{Mapping, Unclear};
use crate::model::grammar::guess_kind;
use crate::model::{KINDS, Level, NoteKind};

/// Wordings told of a label.
const WORDINGS: usize = 3;

impl Graph {
    /// Gives every sticky under a label the kind that is said for it, or that is its name; else what most of their
    /// wordings look like, which is told as unclear.
    pub(in crate::format) fn settle(
        &mut self,
        labels: BTreeMap<String, Vec<usize>>,
        mapping: &Mapping,
    ) -> Vec<Unclear> {
        let mut unclear = Vec::new();
        for (label, notes) in labels {
            let said = mapping.kind_of(&label).or_else(|| label.parse().ok());
            let kind = said.unwrap_or_else(|| self.looks_like(&notes));
            for note in &notes {
                self.notes[*note].kind = kind;
            }
            if said.is_none() {
                let wordings =
                    notes.iter().take(WORDINGS).map(|note| clipped(&self.notes[*note].wording, COLUMNS));
                let others = KINDS.iter().map(|row| row.kind).filter(|other| *other != kind).collect();
                let (wordings, count) = (wordings.collect(), notes.len());
                unclear.push(Unclear { label, kind, others, wordings, count });
            }
        }
        unclear
    }

    /// What most of these look like; of two the one that is offered first.
    fn looks_like(&self, notes: &[usize]) -> NoteKind {
        let mut counts: BTreeMap<NoteKind, usize> = BTreeMap::new();
        for note in notes {
            *counts.entry(guess_kind(&self.notes[*note].wording, Level::Design).kind).or_default() += 1;
        }
        let rank = |kind: NoteKind| KINDS.iter().rev().position(|row| row.kind == kind);
        let most = counts.into_iter().max_by_key(|(kind, count)| (*count, rank(*kind)));
        most.map_or(NoteKind::Note, |(kind, _)| kind)
    }
}
