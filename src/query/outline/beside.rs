//! What stands beside the story: systems, requirements, decisions, hotspots, chapters, failures.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::ground::{Ground, Proof};
use super::message::Message;
use super::party::{Party, subjects};
use crate::model::grammar::Phrase;
use crate::model::thing::text_of;
use crate::model::{Id, Note, NoteKind, Sentence};

/// An external system and what is said to it and by it.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct System {
    /// The first note that names it, by which it is known.
    pub id: Id,
    /// Its name, as that note spells it.
    pub name: String,
    /// The notes that name it.
    pub notes: Vec<Id>,
    /// The messages to it, by place in the outline's list.
    pub calls_in: Vec<usize>,
    /// The messages from it, by place in the outline's list.
    pub calls_out: Vec<usize>,
}

/// A sentence of the scenario and what meets it.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Requirement {
    /// Which.
    pub id: Id,
    /// Its number, from 1.
    pub number: usize,
    /// What it says.
    pub text: String,
    /// Functional or quality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// The standing notes that meet it; none where there is a gap.
    pub met_by: Vec<Id>,
}

/// What the room agreed on.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Decision {
    /// Which.
    pub id: Id,
    /// What it says.
    pub text: String,
}

/// A hotspot and who sees to it.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Hotspot {
    /// The note.
    pub note: Id,
    /// What it is about; nothing where it stands alone on the wall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Id>,
    /// Whose it is.
    pub party: Party,
    /// Who sees to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What comes next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many votes it has.
    pub votes: u64,
    /// Whether it is answered.
    pub is_resolved: bool,
}

/// A stretch of the story between two pivotal events.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Chapter {
    /// The pivotal event it begins behind; nothing for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its events, in the order of time.
    pub events: Vec<Id>,
}

/// An event that tells of a failure, and what is done about it.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Failure {
    /// The event.
    pub event: Id,
    /// The policies, commands, systems and hotspots after it.
    pub answered_by: Vec<Id>,
    /// What those undo, as people said.
    pub undoes: Vec<Id>,
    /// By what the answer finds what it undoes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Why all this is said.
    pub evidence: Vec<Proof>,
}

pub(super) fn systems(ground: &Ground<'_>, messages: &[Message]) -> Vec<System> {
    let mut systems: BTreeMap<Party, System> = BTreeMap::new();
    for note in ground.of_kind(NoteKind::ExternalSystem) {
        let (id, name) = (ground.id(note), ground.notes[note].text().to_owned());
        let lists = (Vec::new(), Vec::new(), Vec::new());
        let new = || System { id, name, notes: lists.0, calls_in: lists.1, calls_out: lists.2 };
        systems.entry(ground.party(note)).or_insert_with(new).notes.push(id);
    }
    for (at, message) in messages.iter().enumerate() {
        if let Some(system) = systems.get_mut(&message.to) {
            system.calls_in.push(at);
        }
        if let Some(system) = systems.get_mut(&message.from) {
            system.calls_out.push(at);
        }
    }
    systems.into_values().collect()
}

fn text(note: &Note, name: &str) -> Option<String> {
    Some(text_of(&note.details, name).to_owned()).filter(|text| !text.is_empty())
}

pub(super) fn requirements(ground: &Ground<'_>) -> Vec<Requirement> {
    let requirement = |(at, sentence): (usize, &Sentence)| Requirement {
        id: sentence.id,
        number: at + 1,
        text: sentence.text().to_owned(),
        sort: Some(text_of(&sentence.details, "sort").to_owned()).filter(|sort| !sort.is_empty()),
        met_by: sentence.met_by().filter(|note| ground.place.contains_key(note)).collect(),
    };
    ground.board.requirements.values().enumerate().map(requirement).collect()
}

pub(super) fn decisions(ground: &Ground<'_>) -> Vec<Decision> {
    let decision = |sentence: &Sentence| Decision { id: sentence.id, text: sentence.text().to_owned() };
    ground.board.decisions.values().map(decision).collect()
}

/// The hotspots, open ones first, those with the most votes first.
pub(super) fn hotspots(ground: &Ground<'_>, votes: &BTreeMap<Id, u64>) -> Vec<Hotspot> {
    let about: BTreeMap<usize, usize> =
        subjects(ground.board, &ground.notes, &ground.place).into_iter().collect();
    let hotspot = |at: usize| {
        let note = ground.notes[at];
        Hotspot {
            note: note.id,
            about: about.get(&at).map(|about| ground.id(*about)),
            party: ground.party(at),
            owner: text(note, "owner"),
            next: text(note, "next"),
            votes: votes.get(&note.id).copied().unwrap_or_default(),
            is_resolved: note.is_resolved(),
        }
    };
    let mut hotspots: Vec<Hotspot> = ground.of_kind(NoteKind::Hotspot).map(hotspot).collect();
    hotspots.sort_by_key(|it| (it.is_resolved, std::cmp::Reverse(it.votes), it.note));
    hotspots
}

pub(super) fn failures(ground: &Ground<'_>) -> Vec<Failure> {
    let told =
        ground.of_kind(NoteKind::DomainEvent).filter(|at| Phrase::of(ground.notes[*at].text()).is_failure());
    told.map(|event| failure(ground, event)).collect()
}

fn failure(ground: &Ground<'_>, event: usize) -> Failure {
    let answers = |kind| {
        matches!(
            kind,
            NoteKind::Policy
                | NoteKind::Command
                | NoteKind::ExternalSystem
                | NoteKind::Hotspot
                | NoteKind::Aggregate
        )
    };
    let mut seen = BTreeSet::from([event]);
    let (mut open, mut evidence) = (vec![event], Vec::new());
    while let Some(at) = open.pop() {
        for link in ground.from(at).iter().filter(|link| answers(ground.kind(link.to))) {
            evidence.push(link.proof);
            if seen.insert(link.to) {
                open.push(link.to);
            }
        }
    }
    let hotspots = ground.to(event).filter(|link| ground.kind(link.from) == NoteKind::Hotspot);
    for link in hotspots {
        seen.insert(link.from);
        evidence.push(link.proof);
    }
    seen.remove(&event);
    evidence.sort_unstable();
    let arrows = || evidence.iter().filter_map(|proof| ground.board.arrows.get(&proof.arrow?));
    let undone = |note: &usize| text_of(&ground.notes[*note].details, "compensates").parse::<Id>().ok();
    let is_here = |note: &Id| ground.place.contains_key(note);
    Failure {
        event: ground.id(event),
        undoes: seen.iter().filter_map(undone).filter(is_here).collect::<BTreeSet<_>>().into_iter().collect(),
        key: arrows()
            .map(|arrow| text_of(&arrow.details, "key"))
            .find(|key| !key.is_empty())
            .map(str::to_owned),
        answered_by: seen.into_iter().map(|at| ground.id(at)).collect(),
        evidence,
    }
}
