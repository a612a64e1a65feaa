//! The wall while a command is being carried out: the board, and over it what has happened so far.

use std::collections::BTreeSet;

use super::layer::Layer;
use super::{Rejection, refuse};
use crate::model::{
    Arrow, Board, Change, Context, Details, EntryId, Id, Lane, Near, Note, Point, Rect, Sentence, Size, Thing,
};

/// Cells between a note and the one it is placed right of.
const GAP: i32 = 2;

/// Collects the changes of one deed. Nothing of the board is copied but what a change touches.
pub(super) struct Draft<'a> {
    pub(super) board: &'a Board,
    near: &'a dyn Near,
    entry: EntryId,
    pub(super) notes: Layer<'a, Note>,
    pub(super) arrows: Layer<'a, Arrow>,
    pub(super) contexts: Layer<'a, Context>,
    pub(super) lanes: Layer<'a, Lane>,
    pub(super) requirements: Layer<'a, Sentence>,
    pub(super) decisions: Layer<'a, Sentence>,
    pub(super) own_details: Option<Details>,
    pub(super) end: Option<Point>,
    changes: Vec<Change>,
    made: Vec<Id>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(board: &'a Board, near: &'a dyn Near, entry: EntryId) -> Self {
        Draft {
            board,
            near,
            entry,
            notes: Layer::new(&board.notes),
            arrows: Layer::new(&board.arrows),
            contexts: Layer::new(&board.contexts),
            lanes: Layer::new(&board.lanes),
            requirements: Layer::new(&board.requirements),
            decisions: Layer::new(&board.decisions),
            own_details: None,
            end: None,
            changes: Vec::new(),
            made: Vec::new(),
        }
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    /// The id that a thing made by the next change gets.
    pub(super) fn next_id(&self) -> Id {
        self.entry.thing(u32::try_from(self.changes.len()).unwrap_or(u32::MAX))
    }

    /// What an id stands for, where it stands for something this command made.
    pub(super) fn resolve(&self, id: Id) -> Result<Id, Rejection> {
        let Some(nth) = id.as_made() else { return Ok(id) };
        self.made.get(nth as usize).copied().ok_or_else(|| refuse::unknown(id))
    }

    /// What sort of thing is on the wall under an id.
    pub(super) fn thing(&self, id: Id) -> Option<Thing> {
        if self.notes.get(id).is_some() {
            Some(Thing::Note)
        } else if self.arrow(id).is_some() {
            Some(Thing::Arrow)
        } else if self.contexts.get(id).is_some() {
            Some(Thing::Context)
        } else if self.lanes.get(id).is_some() {
            Some(Thing::Lane)
        } else if self.requirements.get(id).is_some() {
            Some(Thing::Requirement)
        } else {
            self.decisions.get(id).map(|_| Thing::Decision)
        }
    }

    /// Resolves an id and sees to it that it names such a thing.
    pub(super) fn find(&self, id: Id, wanted: Thing) -> Result<Id, Rejection> {
        let id = self.resolve(id)?;
        match self.thing(id) {
            Some(thing) if thing == wanted => Ok(id),
            Some(thing) => Err(refuse::wrong_thing(thing, wanted)),
            None => Err(refuse::unknown(id)),
        }
    }

    /// Resolves the ids of notes, none twice.
    pub(super) fn find_notes(&self, ids: &[Id]) -> Result<Vec<Id>, Rejection> {
        let mut seen = BTreeSet::new();
        let mut notes = Vec::new();
        for id in ids {
            let id = self.find(*id, Thing::Note)?;
            if seen.insert(id) {
                notes.push(id);
            }
        }
        if notes.is_empty() { Err(refuse::nothing_named()) } else { Ok(notes) }
    }

    pub(super) fn note(&self, id: Id) -> Result<&Note, Rejection> {
        let id = self.resolve(id)?;
        self.notes.get(id).ok_or_else(|| match self.thing(id) {
            Some(other) => refuse::wrong_thing(other, Thing::Note),
            None => refuse::unknown(id),
        })
    }

    /// An arrow that is seen: both its ends are there.
    pub(super) fn arrow(&self, id: Id) -> Option<&Arrow> {
        let is_there = |note| self.notes.get(note).is_some();
        self.arrows.get(id).filter(|arrow| is_there(arrow.from) && is_there(arrow.to))
    }

    /// The arrows from one note to another.
    pub(super) fn arrows_between(&self, from: Id, to: Id) -> Vec<Id> {
        let known = self.near.arrows_at(from).into_iter().filter(|id| !self.arrows.is_changed(*id));
        let changed = self.arrows.changed().map(|arrow| arrow.id);
        known
            .chain(changed)
            .filter(|id| self.arrow(*id).is_some_and(|arrow| (arrow.from, arrow.to) == (from, to)))
            .collect()
    }

    /// The notes stuck on a note.
    fn stuck_on(&self, host: Id) -> Vec<Id> {
        let known = self.near.stuck_on(host).into_iter().filter(|id| !self.notes.is_changed(*id));
        let changed = self.notes.changed().filter(|note| note.host == Some(host)).map(|note| note.id);
        known.chain(changed).collect()
    }

    /// These notes and all that is stuck on them, hosts first.
    pub(super) fn with_stuck(&self, notes: impl IntoIterator<Item = Id>) -> Vec<Id> {
        let mut seen = BTreeSet::new();
        let mut all: Vec<Id> = notes.into_iter().filter(|id| seen.insert(*id)).collect();
        let mut next = 0;
        while let Some(host) = all.get(next).copied() {
            all.extend(self.stuck_on(host).into_iter().filter(|id| seen.insert(*id)));
            next += 1;
        }
        all
    }

    /// The notes standing on any cell of `rect`.
    pub(super) fn standing_in(&self, rect: Rect) -> impl Iterator<Item = &Note> {
        let known = self.near.within(rect).into_iter().filter(|id| !self.notes.is_changed(*id));
        let known = known.filter_map(|id| self.board.notes.get(&id));
        let changed = self.notes.changed().filter(move |note| note.rect().overlaps(rect));
        known.chain(changed).filter(|note| note.aside().is_none())
    }

    /// The end of the story: the column right of everything, and the row of the last note that hangs on no other.
    /// Remembered from one placed note to the next, since it takes a look at all of them.
    pub(super) fn end(&mut self) -> Option<Point> {
        if self.end.is_none() {
            let standing = || self.notes.iter().filter(|note| note.aside().is_none());
            let free = standing().filter(|note| note.host.is_none()).map(Note::rect);
            let row = free.max_by_key(|rect| (rect.right(), rect.at.y)).map(|rect| rect.at.y);
            let right = standing().map(|note| note.rect().right()).max();
            self.end = right.map(|right| Point::new(right, row.unwrap_or_default()));
        }
        self.end
    }

    /// Where the next note goes: right of the end of the story, and where the wall ends there, in a row of its own
    /// below everything, or above.
    pub(super) fn next_place(&mut self, size: Size) -> Point {
        let Some(end) = self.end() else { return Point::default() };
        let at = end.shifted(Point::new(GAP, 0));
        let is_free = |at: &Point| Rect { at: *at, size }.on_wall();
        if is_free(&at) {
            return at;
        }
        let standing = || self.notes.iter().filter(|note| note.aside().is_none()).map(Note::rect);
        let below = standing().map(|rect| rect.bottom()).max().unwrap_or_default() + GAP;
        let above = standing().map(|rect| rect.at.y).min().unwrap_or_default() - GAP - size.h;
        let at = [below, above].map(|y| Point::new(0, y)).into_iter().find(is_free).unwrap_or_default();
        // What comes next in the same deed follows in this row.
        self.end = Some(at);
        at
    }

    /// The smallest frame that holds a place.
    pub(super) fn frame_at(&self, place: Point) -> Option<Id> {
        let around = self.contexts.iter().filter(|context| context.rect.holds(place));
        around.min_by_key(|context| (context.rect.area(), context.id)).map(|context| context.id)
    }

    /// The details of a thing, or of the board itself.
    pub(super) fn details(&self, of: Option<Id>) -> Option<&Details> {
        let Some(id) = of else { return Some(self.own_details.as_ref().unwrap_or(&self.board.details)) };
        Some(match self.thing(id)? {
            Thing::Note => &self.notes.get(id)?.details,
            Thing::Arrow => &self.arrows.get(id)?.details,
            Thing::Context => &self.contexts.get(id)?.details,
            Thing::Lane => &self.lanes.get(id)?.details,
            Thing::Requirement => &self.requirements.get(id)?.details,
            Thing::Decision => &self.decisions.get(id)?.details,
            Thing::Board => return None,
        })
    }

    /// Whether a wording was written by this deed.
    pub(super) fn wrote(&self, value: Id) -> bool {
        value.entry == self.entry && (value.index as usize) < self.changes.len()
    }

    /// Puts other words into a change of this deed.
    pub(super) fn write_otherwise(&mut self, value: Id, words: &str) {
        if let Some(Change::NotePlaced { wording, .. } | Change::NoteReworded { wording, .. }) =
            self.changes.get_mut(value.index as usize)
        {
            words.clone_into(wording);
        }
    }

    /// Writes down a change; from here on the draft is as it was after it.
    pub(super) fn happen(&mut self, change: Change) {
        self.apply(&change);
        self.made.extend(change.makes());
        self.changes.push(change);
    }
}
