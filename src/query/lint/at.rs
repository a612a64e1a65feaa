//! What a rule may look at: the wall, or a note and what stands around it.

use super::calls::Calls;
use super::steps::Steps;
use super::terms::Terms;
use super::twin::Twins;
use crate::model::thing::flag_of;
use crate::model::{Board, Context, Id, Level, Note, NoteKind};
use crate::query::{Edge, Evidence, Projection};

/// A wall and what is kept ready about it.
#[derive(Clone, Copy)]
pub(super) struct Wall<'a> {
    pub(super) board: &'a Board,
    pub(super) projection: &'a Projection,
    pub(super) level: Level,
    /// Whether anybody has drawn a bounded context.
    pub(super) has_contexts: bool,
    pub(super) steps: &'a Steps,
    pub(super) twins: &'a Twins,
    pub(super) terms: &'a Terms,
    pub(super) calls: &'a Calls,
}

/// A note on its wall.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) wall: &'a Wall<'a>,
    pub(super) note: &'a Note,
}

impl<'a> Wall<'a> {
    pub(super) fn note(&self, id: Id) -> Option<&'a Note> {
        self.board.notes.get(&id).filter(|note| note.aside().is_none())
    }

    pub(super) fn context_of(&self, note: &Note) -> Option<&'a Context> {
        self.board.contexts.get(&self.projection.frames.context_at(note.rect().center())?)
    }

    /// The steps from a note with what they lead to.
    pub(super) fn after(&self, note: Id) -> impl Iterator<Item = (&'a Edge, &'a Note)> {
        let wall = *self;
        self.steps.from(note).iter().filter_map(move |edge| Some((edge, wall.note(edge.to)?)))
    }

    /// The steps to a note with what they come from.
    pub(super) fn before(&self, note: Id) -> impl Iterator<Item = (&'a Edge, &'a Note)> {
        let wall = *self;
        self.steps.to(note).iter().filter_map(move |edge| Some((edge, wall.note(edge.from)?)))
    }

    /// Whether somebody has marked a step, or one of its ends, as a loop.
    pub(super) fn is_loop(&self, edge: &Edge) -> bool {
        let is_marked = |details| flag_of(details, "loop");
        let arrow = match edge.evidence {
            Evidence::Drawn(arrow) => self.board.arrows.get(&arrow),
            Evidence::Stuck | Evidence::Touching | Evidence::SameRow(_) => None,
        };
        let ends =
            [edge.from, edge.to].map(|end| self.note(end).is_some_and(|note| is_marked(&note.details)));
        arrow.is_some_and(|arrow| is_marked(&arrow.details)) || ends.contains(&true)
    }
}

impl<'a> At<'a> {
    pub(super) fn text(&self) -> &'a str {
        self.note.text()
    }

    /// Whether it comes from a note of one of these kinds.
    pub(super) fn comes_from(&self, kinds: &[NoteKind]) -> bool {
        self.wall.before(self.note.id).any(|(_, note)| kinds.contains(&note.kind))
    }

    /// Whether it leads to a note of one of these kinds.
    pub(super) fn leads_to(&self, kinds: &[NoteKind]) -> bool {
        self.wall.after(self.note.id).any(|(_, note)| kinds.contains(&note.kind))
    }
}
