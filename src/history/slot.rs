//! All that was written about one thing, and the thing that makes.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::RemovedUnseen;
use super::log::{Log, Write};
use super::register::{LastWriter, MultiValue};
use crate::model::{
    Arrow, Change, Context, Details, Facet, Id, Lane, Note, PersonId, Sentence, Thing, Vote, Wording,
};

/// The registers of one thing: the latest change that made it, and whatever wins over that.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    /// Its name; nothing for the board itself.
    pub(super) id: Option<Id>,
    /// The latest change that makes it. Until one comes, the rest is kept and nothing is shown.
    pub(super) made: Option<Write>,
    later: BTreeMap<Facet, LastWriter>,
    wordings: MultiValue,
    /// Its sort, while it is neither missing nor removed.
    pub(super) stands: Option<Thing>,
    /// The place of the thing it was stuck on last.
    pub(super) stuck_on: Option<u32>,
    /// The places of what may be hidden or shown with it: arrows that end at it, notes stuck on it, now or before.
    pub(super) leaners: BTreeSet<u32>,
}

/// A thing as the board holds it.
pub(super) enum Shown {
    Note(Note),
    Arrow(Arrow),
    Context(Context),
    Lane(Lane),
    Requirement(Sentence),
    Decision(Sentence),
}

fn sort_made(change: &Change) -> Option<Thing> {
    Some(match change {
        Change::NotePlaced { .. } => Thing::Note,
        Change::NotesConnected { .. } => Thing::Arrow,
        Change::ContextFramed { .. } => Thing::Context,
        Change::LaneDrawn { .. } => Thing::Lane,
        Change::RequirementWritten { .. } => Thing::Requirement,
        Change::DecisionWritten { .. } => Thing::Decision,
        _ => return None,
    })
}

fn makes(change: &Change, facet: &Facet) -> bool {
    match facet {
        Facet::Detail(name) => change.makes_with().is_some_and(|details| details.contains_key(name)),
        facet => change.makes_fields().contains(facet),
    }
}

impl Slot {
    pub(super) fn new(id: Option<Id>) -> Slot {
        Slot { id, ..Slot::default() }
    }

    /// Takes in one change about this thing.
    pub(super) fn offer(&mut self, write: Write, log: &Log) {
        let change = log.change(write);
        match change.writes(&log.line(write.line).entry.who) {
            Some(Facet::Wording) => self.wordings.offer(write, log),
            Some(facet) => self.offer_field(facet, write, log),
            None => self.offer_making(write, log),
        }
    }

    fn offer_field(&mut self, facet: Facet, write: Write, log: &Log) {
        let made_later =
            |made| makes(log.change(made), &facet) && log.order(made, write) == Ordering::Greater;
        if self.made.is_some_and(made_later) {
            return;
        }
        let holds = self.later.entry(facet).or_insert(LastWriter::new(write));
        holds.offer(write, log);
    }

    /// Two changes that make the same thing are one thing, of which each field is what was written last.
    fn offer_making(&mut self, write: Write, log: &Log) {
        let lesser = match self.made {
            Some(made) if log.order(made, write) == Ordering::Greater => Some(write),
            made => {
                self.made = Some(write);
                let change = log.change(write);
                self.later.retain(|facet, holds| {
                    !makes(change, facet) || log.order(holds.write(), write) == Ordering::Greater
                });
                made
            }
        };
        let Some(lesser) = lesser else { return };
        let change = log.change(lesser);
        for facet in change.makes_fields() {
            self.offer_field(facet.clone(), lesser, log);
        }
        for name in change.makes_with().into_iter().flat_map(Details::keys) {
            self.offer_field(Facet::Detail(name.clone()), lesser, log);
        }
        if matches!(change, Change::NotePlaced { .. }) {
            self.wordings.offer(lesser, log);
        }
    }

    /// Every write that still matters.
    pub(super) fn writes(&self) -> impl Iterator<Item = Write> {
        let later = self.later.values().map(|holds| holds.write());
        self.made.into_iter().chain(later).chain(self.wordings.writes().iter().copied())
    }

    fn holds(&self, facet: &Facet) -> Option<Write> {
        self.later.get(facet).map(|holds| holds.write()).or(self.made)
    }

    /// The sort of thing that stands on the wall here, if one does.
    pub(super) fn standing(&self, log: &Log) -> Option<Thing> {
        let sort = sort_made(log.change(self.made?))?;
        let last = log.change(self.holds(&Facet::Removed)?);
        let removed = matches!(last, Change::NoteRemoved { .. } | Change::ThingRemoved { .. });
        (!removed).then_some(sort)
    }

    /// The write that says what it is stuck on, and what that is.
    pub(super) fn sticking(&self, log: &Log) -> Option<(Write, Id)> {
        let write = self.holds(&Facet::Host)?;
        match log.change(write) {
            Change::NotePlaced { host, .. } | Change::NoteStuck { host, .. } => Some((write, (*host)?)),
            _ => None,
        }
    }

    /// The wordings its removal did not see, where it is a note that is removed.
    pub(super) fn removed_unseen(&self, log: &Log) -> Option<RemovedUnseen> {
        let (Some(note), None) = (self.id, self.stands) else { return None };
        let Change::NotePlaced { .. } = log.change(self.made?) else { return None };
        let removal = self.holds(&Facet::Removed)?;
        let Change::NoteRemoved { saw, .. } = log.change(removal) else { return None };
        let mut unseen = self.wording(log).values;
        unseen.retain(|(value, _)| !saw.contains(value));
        let removed = log.line(removal.line).entry.id;
        (!unseen.is_empty()).then_some(RemovedUnseen { note, removed, unseen })
    }

    /// The thing as it stands. `host` is what it may be shown stuck on.
    pub(super) fn show(&self, host: Option<Id>, log: &Log) -> Option<Shown> {
        let id = self.id?;
        let made = self.made?;
        let change = log.change(made);
        let details = |base: &Details| self.details(base, log);
        Some(match change {
            Change::NotePlaced { kind, at, size, z, author, details: base, .. } => {
                let by = &log.line(made.line).entry.by;
                let mut note = Note {
                    id,
                    kind: *kind,
                    wording: self.wording(log),
                    at: *at,
                    size: *size,
                    z: *z,
                    host,
                    author: if author.is_empty() { by.clone() } else { author.clone() },
                    details: details(base),
                };
                for holds in self.later.values() {
                    wear(&mut note, log.change(holds.write()));
                }
                Shown::Note(note)
            }
            Change::NotesConnected { from, to, details: base, .. } => {
                Shown::Arrow(Arrow { id, from: *from, to: *to, details: details(base) })
            }
            Change::ContextFramed { frame, details: base, .. } => {
                let rect = match log.change(self.holds(&Facet::Rect)?) {
                    Change::ContextFramed { rect, .. } | Change::ContextReshaped { rect, .. } => *rect,
                    _ => return None,
                };
                Shown::Context(Context { id, frame: *frame, rect, details: details(base) })
            }
            Change::LaneDrawn { details: base, .. } => {
                let y = match log.change(self.holds(&Facet::Y)?) {
                    Change::LaneDrawn { y, .. } | Change::LaneMoved { y, .. } => *y,
                    _ => return None,
                };
                Shown::Lane(Lane { id, y, details: details(base) })
            }
            Change::RequirementWritten { details: base, .. } => {
                Shown::Requirement(Sentence { id, details: details(base) })
            }
            Change::DecisionWritten { details: base, .. } => {
                Shown::Decision(Sentence { id, details: details(base) })
            }
            _ => return None,
        })
    }

    /// The details of the thing, of which these are those it was made with.
    pub(super) fn details(&self, made_with: &Details, log: &Log) -> Details {
        let mut details = made_with.clone();
        details.retain(|_, value| !value.is_null());
        for (facet, holds) in &self.later {
            let Facet::Detail(name) = facet else { continue };
            let value = match log.change(holds.write()) {
                Change::DetailSet { value, .. } => Some(value),
                making => making.makes_with().and_then(|details| details.get(name)),
            };
            match value.filter(|value| !value.is_null()) {
                Some(value) => details.insert(name.clone(), value.clone()),
                None => details.remove(name),
            };
        }
        details
    }

    /// Every write that words the note, replaced or not, and whether it still stands.
    pub(super) fn wordings(&self, log: &Log) -> Vec<(Write, bool)> {
        let made = self.made.filter(|made| matches!(log.change(*made), Change::NotePlaced { .. }));
        let writes = made.into_iter().chain(self.wordings.writes().iter().copied());
        writes.map(|write| (write, self.wordings.is_alive(write, log))).collect()
    }

    /// The wordings that stand, the newest first.
    fn wording(&self, log: &Log) -> Wording {
        let mut alive: Vec<Write> =
            self.wordings(log).into_iter().filter_map(|(write, alive)| alive.then_some(write)).collect();
        alive.sort_by(|a, b| log.order(*b, *a));
        let value = |write| (MultiValue::name(write, log), text_written(log.change(write)).to_owned());
        Wording { values: alive.into_iter().map(value).collect() }
    }

    /// What the note says, removed or not.
    pub(super) fn text(&self, log: &Log) -> String {
        self.wording(log).text().to_owned()
    }

    /// Everybody who ever voted for it.
    pub(super) fn voters(&self) -> impl Iterator<Item = &PersonId> {
        self.later.keys().filter_map(|facet| match facet {
            Facet::Vote(who) => Some(who),
            _ => None,
        })
    }

    /// The votes of a person, where there are any.
    pub(super) fn vote(&self, who: &PersonId, log: &Log) -> Option<Vote> {
        let holds = self.later.get(&Facet::Vote(who.clone()))?;
        match log.change(holds.write()) {
            Change::VoteCast { note, who: voter, by, votes } if *votes > 0 => Some(Vote {
                note: *note,
                who: who.clone(),
                by: voter.as_ref().map_or(&log.line(holds.write().line).entry.by, |_| by).clone(),
                votes: *votes,
            }),
            _ => None,
        }
    }
}

/// The text a change gives a note, or nothing.
pub(super) fn text_written(change: &Change) -> &str {
    match change {
        Change::NotePlaced { wording, .. } | Change::NoteReworded { wording, .. } => wording,
        _ => "",
    }
}

/// Puts a later value of a field on a note.
fn wear(note: &mut Note, change: &Change) {
    match change {
        Change::NoteMoved { to, .. } => note.at = *to,
        Change::NoteResized { size, .. } => note.size = *size,
        Change::NoteRecast { kind, .. } => note.kind = *kind,
        Change::NoteLayered { z, .. } => note.z = *z,
        _ => {}
    }
}
