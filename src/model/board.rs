//! A whole wall as a plain value.

use std::collections::BTreeMap;

use super::field::{Details, Thing};
use super::geometry::Point;
use super::id::{Id, PersonId};
use super::kind::Level;
use super::thing::{Arrow, Context, Frame, Lane, Note, Sentence, Vote, text_of};

/// What everybody sees: the things on the wall now. What was removed is not in it, nor is an arrow one of whose ends
/// is not there, nor a sticking that would close a loop.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Board {
    /// The wall's random name, which tells it from every other wall.
    pub id: String,
    /// Title, scope, level, alias.
    pub details: Details,
    /// The sticky notes, those set aside included.
    pub notes: BTreeMap<Id, Note>,
    /// The arrows whose two ends are there.
    pub arrows: BTreeMap<Id, Arrow>,
    /// Bounded contexts and subdomains.
    pub contexts: BTreeMap<Id, Context>,
    /// Lanes.
    pub lanes: BTreeMap<Id, Lane>,
    /// The sentences of the scenario; their number is their place in this order.
    pub requirements: BTreeMap<Id, Sentence>,
    /// What the room agreed on.
    pub decisions: BTreeMap<Id, Sentence>,
    /// Who voted for what.
    pub votes: BTreeMap<(Id, PersonId), Vote>,
}

impl Board {
    /// What the wall is called.
    pub fn title(&self) -> &str {
        text_of(&self.details, "title")
    }

    /// What the room talks about and what not.
    pub fn scope(&self) -> &str {
        text_of(&self.details, "scope")
    }

    /// How far this wall goes, where somebody has said so.
    pub fn level(&self) -> Option<Level> {
        text_of(&self.details, "level").parse().ok()
    }

    /// Whether nothing is on it.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty() && self.contexts.is_empty() && self.lanes.is_empty()
    }

    /// What sort of thing an id names.
    pub fn thing(&self, id: Id) -> Option<Thing> {
        if self.notes.contains_key(&id) {
            Some(Thing::Note)
        } else if self.arrows.contains_key(&id) {
            Some(Thing::Arrow)
        } else if self.contexts.contains_key(&id) {
            Some(Thing::Context)
        } else if self.lanes.contains_key(&id) {
            Some(Thing::Lane)
        } else if self.requirements.contains_key(&id) {
            Some(Thing::Requirement)
        } else if self.decisions.contains_key(&id) {
            Some(Thing::Decision)
        } else {
            None
        }
    }

    /// The details of a thing.
    pub fn details_of(&self, id: Id) -> Option<&Details> {
        let thing = self.thing(id)?;
        Some(match thing {
            Thing::Note => &self.notes[&id].details,
            Thing::Arrow => &self.arrows[&id].details,
            Thing::Context => &self.contexts[&id].details,
            Thing::Lane => &self.lanes[&id].details,
            Thing::Requirement => &self.requirements[&id].details,
            Thing::Decision => &self.decisions[&id].details,
            Thing::Board => &self.details,
        })
    }

    /// The smallest frame that holds a place: the context of the note whose centre it is.
    pub fn context_at(&self, place: Point) -> Option<&Context> {
        self.contexts
            .values()
            .filter(|context| context.rect.holds(place))
            .min_by_key(|context| context.rect.area())
    }

    /// The frame a note belongs to: the smallest bounded context that holds its centre, else the smallest subdomain.
    pub fn frame_of(&self, note: &Note) -> Option<Id> {
        let center = note.rect().center();
        self.smallest(Frame::Context, center).or_else(|| self.smallest(Frame::Subdomain, center))
    }

    /// The smallest subdomain that holds the centre of a context.
    pub fn subdomain_of(&self, context: &Context) -> Option<Id> {
        self.smallest(Frame::Subdomain, context.rect.center()).filter(|outer| *outer != context.id)
    }

    fn smallest(&self, frame: Frame, place: Point) -> Option<Id> {
        let frames = self.contexts.values().filter(|it| it.frame == frame && it.rect.holds(place));
        frames.min_by_key(|it| (it.rect.area(), it.id)).map(|it| it.id)
    }

    /// The notes that are on the wall, those set aside left out.
    pub fn standing(&self) -> impl Iterator<Item = &Note> {
        self.notes.values().filter(|note| note.aside().is_none())
    }

    /// Of every loop in which notes are stuck on each other, one note. A lawful board has none.
    pub fn loops(&self) -> Vec<Id> {
        let mut walked: BTreeMap<Id, Id> = BTreeMap::new();
        let mut closing = Vec::new();
        for start in self.notes.keys() {
            let mut at = *start;
            while let Some(host) = self.notes.get(&at).and_then(|note| note.host)
                && !walked.contains_key(&at)
            {
                walked.insert(at, *start);
                at = host;
            }
            if walked.get(&at) == Some(start) {
                closing.push(at);
            }
        }
        closing
    }
}
