//! Where a cut goes through the flow, and what it would make of each step there.

use std::collections::BTreeMap;

use super::Explainer;
use crate::model::{Id, NoteKind};
use crate::query::Edge;

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

impl Explainer<'_> {
    /// For each group the steps into it and out of it.
    pub(super) fn seams(&self, homes: &BTreeMap<Id, usize>, groups: usize) -> Vec<Vec<Seam>> {
        let mut seams = vec![Vec::new(); groups];
        for edge in self.flow.edges() {
            let (Some(from), Some(to)) = (homes.get(&edge.from), homes.get(&edge.to)) else { continue };
            if let Some(kind) = self.seam_kind(edge).filter(|_| from != to) {
                seams[*from].push(Seam { edge: *edge, kind, other: *to, is_out: true });
                seams[*to].push(Seam { edge: *edge, kind, other: *from, is_out: false });
            }
        }
        seams
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
}
