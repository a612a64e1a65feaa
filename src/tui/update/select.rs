//! Choosing many things at once: one by one, by a box, by what they have in common.

use std::collections::HashSet;

use super::Turn;
use crate::model::{Id, Point, Rect};
use crate::tui::state::{Span, Told};
use crate::words::Said;

/// What is chosen together with the chosen thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::tui) enum Kin {
    /// What is of its kind.
    Kind,
    /// What lies in its context; outside of all contexts what lies there.
    Context,
    /// What begins where it begins, and everything right of that.
    Right,
    /// Every note.
    All,
    /// Every note that is not chosen.
    Others,
}

impl Turn<'_> {
    /// Marks the chosen thing, so that it stays chosen while one moves on; a second time unmarks it.
    pub(in crate::tui) fn mark(&mut self) {
        self.state.span = None;
        match self.state.main {
            Some(main) => self.toggle_mark(main),
            None => self.tell("tell-choose-first"),
        }
    }

    pub(super) fn toggle_mark(&mut self, id: Id) {
        if self.state.marked.contains(&id) {
            self.state.marked.retain(|other| *other != id);
        } else {
            self.state.marked.push(id);
        }
    }

    /// Begins a box at the chosen thing, which grows as one moves on; a second time keeps what is in it.
    pub(in crate::tui) fn span(&mut self) {
        if self.state.span.take().is_some() {
            return self.tell_marked();
        }
        match self.state.main {
            Some(from) => {
                self.state.span = Some(Span { from, kept: self.state.marked.clone() });
                self.stretch();
            }
            None => self.tell("tell-choose-first"),
        }
    }

    /// Marks what lies in the box between where it began and the chosen thing.
    pub(super) fn stretch(&mut self) {
        let ends = self.state.span.as_ref().map(|span| (span.from, span.kept.clone())).zip(self.state.main);
        let Some(((from, kept), main)) = ends else { return };
        let corners = self.rect(from).zip(self.rect(main));
        let inside = corners.map(|(from, to)| self.notes_within(from.union(to))).unwrap_or_default();
        self.state.marked = together(kept, [from].into_iter().chain(inside).chain([main]));
    }

    /// Marks what lies in a box between two places, beside what is marked already if `more`.
    pub(super) fn sweep(&mut self, from: Point, to: Point, more: bool) {
        let box_ = Rect::between(
            Point::new(from.x.min(to.x), from.y.min(to.y)),
            Point::new(from.x.max(to.x) + 1, from.y.max(to.y) + 1),
        );
        let swept = self.scene.projection.space.drawn(box_).into_iter().map(|tile| tile.id);
        let kept = if more { std::mem::take(&mut self.state.marked) } else { Vec::new() };
        self.take_marks(together(kept, swept));
    }

    /// Marks all that has something in common with the chosen thing.
    pub(in crate::tui) fn select(&mut self, kin: Kin) {
        let needs_one = matches!(kin, Kin::Kind | Kin::Context | Kin::Right);
        let main = self.state.main.filter(|id| self.rect(*id).is_some());
        let kin = match (main, kin) {
            (None, _) if needs_one => return self.tell("tell-choose-first"),
            (Some(main), Kin::Kind) => self.same_kind(main),
            (Some(main), Kin::Context) => self.same_context(main),
            (Some(main), Kin::Right) => {
                self.rect(main).map_or_else(Vec::new, |rect| self.right_of(rect.at.x))
            }
            (_, Kin::Others) => {
                let chosen: HashSet<Id> = self.state.things().iter().copied().collect();
                self.in_time(|id| !chosen.contains(&id))
            }
            (_, Kin::All | Kin::Kind | Kin::Context | Kin::Right) => self.in_time(|_| true),
        };
        self.take_marks(kin);
    }

    /// Lets go of everything.
    pub(in crate::tui) fn select_none(&mut self) {
        (self.state.main, self.state.span) = (None, None);
        self.state.marked.clear();
    }

    fn same_kind(&self, main: Id) -> Vec<Id> {
        let board = self.scene.board;
        if let Some(context) = board.contexts.get(&main) {
            return board.contexts.values().filter(|it| it.frame == context.frame).map(|it| it.id).collect();
        }
        let kind = board.notes.get(&main).map(|note| note.kind);
        self.in_time(|id| board.notes.get(&id).map(|note| note.kind) == kind)
    }

    fn same_context(&self, main: Id) -> Vec<Id> {
        let frames = &self.scene.projection.frames;
        if frames.rect(main).is_some() {
            return self.in_context(Some(main));
        }
        self.in_context(self.rect(main).and_then(|rect| frames.frame_at(rect.center())))
    }

    /// The notes whose smallest frame this is, or that lie in none.
    fn in_context(&self, frame: Option<Id>) -> Vec<Id> {
        let (space, frames) = (&self.scene.projection.space, &self.scene.projection.frames);
        self.in_time(|id| space.tile(id).is_some_and(|tile| frames.frame_at(tile.rect.center()) == frame))
    }

    /// The notes and the whole frames that begin at a column or right of it.
    fn right_of(&self, x: i32) -> Vec<Id> {
        let space = &self.scene.projection.space;
        let frames = self.scene.projection.frames.iter().filter(|(_, rect)| rect.at.x >= x).map(|(id, _)| id);
        frames.chain(self.in_time(|id| space.tile(id).is_some_and(|tile| tile.rect.at.x >= x))).collect()
    }

    /// The notes whose middle lies in a rectangle.
    fn notes_within(&self, rect: Rect) -> Vec<Id> {
        let mut notes: Vec<(Point, Id)> = Vec::new();
        self.scene.projection.space.visit(rect, |tile| {
            if rect.holds(tile.rect.center()) {
                notes.push((tile.rect.at, tile.id));
            }
        });
        notes.sort_unstable();
        notes.into_iter().map(|(_, id)| id).collect()
    }

    /// The notes that are meant, in the order of time.
    fn in_time(&self, is_meant: impl Fn(Id) -> bool) -> Vec<Id> {
        self.scene.projection.timeline.iter().filter(|id| is_meant(*id)).collect()
    }

    fn take_marks(&mut self, marked: Vec<Id>) {
        self.state.span = None;
        if !self.state.main.is_some_and(|main| marked.contains(&main)) {
            self.state.main = marked.last().copied();
        }
        self.state.marked = marked;
        self.tell_marked();
    }

    fn tell_marked(&mut self) {
        let said = Said::new("tell-marked").with("count", self.state.marked.len());
        self.state.told = Some(Told { said, bad: false });
    }
}

/// Things and more of them, none twice.
fn together(kept: Vec<Id>, more: impl IntoIterator<Item = Id>) -> Vec<Id> {
    let mut seen = HashSet::new();
    kept.into_iter().chain(more).filter(|id| seen.insert(*id)).collect()
}
