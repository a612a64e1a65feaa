//! What a rule may look at: the wall, or a note and what stands around it.

use std::cell::OnceCell;

use super::calls::Calls;
use super::terms::Terms;
use super::twin::Twins;
use crate::model::grammar::Phrase;
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
    pub(super) twins: &'a Twins,
    pub(super) terms: &'a Terms,
    pub(super) calls: &'a Calls,
}

/// A note on its wall.
pub(super) struct At<'a> {
    pub(super) wall: &'a Wall<'a>,
    pub(super) note: &'a Note,
    phrase: OnceCell<Phrase<'a>>,
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
        self.projection.flow.from(note).filter_map(move |edge| Some((edge, wall.note(edge.to)?)))
    }

    /// The steps to a note with what they come from.
    pub(super) fn before(&self, note: Id) -> impl Iterator<Item = (&'a Edge, &'a Note)> {
        let wall = *self;
        self.projection.flow.to(note).filter_map(move |edge| Some((edge, wall.note(edge.from)?)))
    }

    /// Whether a note comes from one of these kinds.
    pub(super) fn comes_from(&self, note: Id, kinds: &[NoteKind]) -> bool {
        self.projection.flow.to(note).any(|edge| self.is_of(edge.from, kinds))
    }

    /// Whether a note leads to one of these kinds.
    pub(super) fn leads_to(&self, note: Id, kinds: &[NoteKind]) -> bool {
        self.projection.flow.from(note).any(|edge| self.is_of(edge.to, kinds))
    }

    fn is_of(&self, note: Id, kinds: &[NoteKind]) -> bool {
        self.projection.space.tile(note).is_some_and(|tile| kinds.contains(&tile.kind))
    }

    /// Whether somebody has marked a step, or one of its ends, as a loop.
    pub(super) fn is_loop(&self, edge: &Edge) -> bool {
        let is_marked = |details| flag_of(details, "loop");
        let arrow = match edge.evidence {
            Evidence::Drawn(arrow) => self.board.arrows.get(&arrow),
            Evidence::Stuck | Evidence::Touching | Evidence::SameRow => None,
        };
        let ends =
            [edge.from, edge.to].map(|end| self.note(end).is_some_and(|note| is_marked(&note.details)));
        arrow.is_some_and(|arrow| is_marked(&arrow.details)) || ends.contains(&true)
    }
}

impl<'a> At<'a> {
    pub(super) fn of(wall: &'a Wall<'a>, note: &'a Note) -> At<'a> {
        At { wall, note, phrase: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &'a str {
        self.note.text()
    }

    /// How it is put.
    pub(super) fn phrase(&self) -> &Phrase<'a> {
        self.phrase.get_or_init(|| Phrase::of(self.text()))
    }

    /// Whether it comes from a note of one of these kinds.
    pub(super) fn comes_from(&self, kinds: &[NoteKind]) -> bool {
        self.wall.comes_from(self.note.id, kinds)
    }

    /// Whether it leads to a note of one of these kinds.
    pub(super) fn leads_to(&self, kinds: &[NoteKind]) -> bool {
        self.wall.leads_to(self.note.id, kinds)
    }
}
