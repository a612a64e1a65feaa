//! The outline: what a wall says of contexts, what they tell each other, and what there is to think about.
//!
//! Reports and exports are written from it and read no sticky themselves. Statements name the notes they rest on by id
//! and, where a step of the flow is what they rest on, how that step is known; what nobody said and only follows from
//! kinds and places says so. Equal boards give equal outlines.

mod aggregate;
mod beside;
mod candidate;
mod chapter;
mod context;
mod finding;
mod ground;
mod journey;
mod landscape;
mod message;
mod metric;
mod note;
mod party;
mod term;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use aggregate::{Aggregate, Ownership, Replica};
pub use beside::{Chapter, Decision, Failure, Hotspot, Requirement, System};
pub use candidate::{Candidate, Cost, Verdict, candidates};
pub use context::{Card, ContextOutline, Named, Publication, Reaction, Read, Write};
pub use finding::{Finding, Severity};
pub use ground::{By, Proof};
pub use journey::{FlowStep, MessageFlow, STEPS_MAX, Speaker};
pub use landscape::{Landscape, Talk};
pub use message::{Message, MessageKind, Relation, Waiting};
pub use metric::{Metrics, WallMetrics};
pub use note::NoteOutline;
pub use party::Party;
pub use term::{Likeness, Term};

use super::Projection;
use crate::model::{Board, Id, Level};
use ground::Ground;

/// All that a wall says.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Outline {
    /// The wall's random name.
    pub board: String,
    /// What it is called.
    pub title: String,
    /// What the room talks about and what not.
    pub scope: String,
    /// How far the wall goes, where somebody has said so.
    pub level: Option<Level>,
    /// The contexts from left to right, and what lies in none where something does.
    pub contexts: Vec<ContextOutline>,
    /// The external systems.
    pub systems: Vec<System>,
    /// What they all say to each other.
    pub messages: Vec<Message>,
    /// Who depends on whom.
    pub relations: Vec<Relation>,
    /// Who owns which data, and who keeps a copy.
    pub data: Vec<Ownership>,
    /// What goes wrong and what is done about it.
    pub failures: Vec<Failure>,
    /// The sentences of the scenario.
    pub requirements: Vec<Requirement>,
    /// What the room agreed on.
    pub decisions: Vec<Decision>,
    /// The words, and what they mean where.
    pub terms: Vec<Term>,
    /// The words that look alike, the likest first.
    pub likenesses: Vec<Likeness>,
    /// The questions, those to be answered first.
    pub hotspots: Vec<Hotspot>,
    /// The story between its pivotal events.
    pub chapters: Vec<Chapter>,
    /// The numbers about the whole wall.
    pub metrics: WallMetrics,
    /// What there is to think about, the loudest first.
    pub findings: Vec<Finding>,
    /// Every note, those set aside too, by id.
    pub notes: Vec<NoteOutline>,
}

impl Outline {
    /// Of a wall and its projection.
    pub fn of(board: &Board, projection: &Projection) -> Outline {
        let ground = Ground::of(board, projection);
        let mut votes: BTreeMap<Id, u64> = BTreeMap::new();
        for vote in board.votes.values() {
            *votes.entry(vote.note).or_default() += u64::from(vote.votes);
        }
        let messages = message::messages(&ground);
        let relations = message::relations(&ground, &messages);
        let (numbers, metrics) = metric::metrics(&ground, &messages);
        let mut aggregates = aggregate::Aggregates::of(&ground);
        let data = aggregates.owners(&ground);
        let contexts = context::contexts(&ground, &mut aggregates, numbers);
        let findings = finding::findings(&ground, &contexts, &messages, &relations, &metrics);
        let terms = term::terms(&ground);
        Outline {
            board: board.id.clone(),
            title: board.title().to_owned(),
            scope: board.scope().to_owned(),
            level: board.level(),
            systems: beside::systems(&ground, &messages),
            failures: beside::failures(&ground),
            requirements: beside::requirements(&ground),
            decisions: beside::decisions(&ground),
            likenesses: term::likenesses(&terms),
            hotspots: beside::hotspots(&ground, &votes),
            chapters: chapter::chapters(&ground, &contexts),
            notes: note::notes(&ground, &votes),
            contexts,
            messages,
            relations,
            data,
            terms,
            metrics,
            findings,
        }
    }

    /// What is told of a note.
    pub fn note(&self, id: Id) -> Option<&NoteOutline> {
        self.notes.binary_search_by_key(&id, |note| note.id).ok().map(|at| &self.notes[at])
    }

    /// What a note says, or nothing.
    pub fn wording(&self, note: Id) -> &str {
        self.note(note).map_or("", |note| &note.wording)
    }

    /// What somebody is called; nothing for what lies in no context.
    pub fn name(&self, party: Party) -> Option<&str> {
        match party {
            Party::Context(None) => None,
            Party::Context(id) => self.contexts.iter().find(|it| it.id == id).map(|it| it.card.name.as_str()),
            Party::System(id) => Some(self.wording(id)),
        }
    }
}
