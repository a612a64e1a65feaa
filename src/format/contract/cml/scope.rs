//! What of a wall the file tells of.

use std::collections::BTreeSet;

use crate::format::Choices;
use crate::format::contract::{is_a, is_wanted};
use crate::model::{Board, Id, NoteKind};
use crate::query::Outline;
use crate::query::outline::Party;

/// Everything, or one context and what it cannot be told without.
pub(super) struct Scope {
    /// The contexts, then the systems.
    pub(super) parties: Vec<Party>,
    /// Those whose relations are told.
    pub(super) wanted: BTreeSet<Party>,
    /// The messages and aggregates.
    pub(super) told: BTreeSet<Id>,
    /// What starts a command that no person asks for.
    pub(super) triggers: Vec<Trigger>,
}

/// An event after which a command is given.
pub(super) struct Trigger {
    pub(super) event: Id,
    pub(super) command: Id,
    /// The policy that gives it, where there is one.
    pub(super) policy: Option<Id>,
}

impl Scope {
    pub(super) fn of(board: &Board, outline: &Outline, choices: &Choices) -> Scope {
        let contexts = || outline.contexts.iter().filter(|it| is_wanted(board, it, choices));
        let all = choices.context.is_none();
        let systems = outline.systems.iter().filter(|_| all).map(|it| Party::System(it.id));
        let wanted: BTreeSet<Party> = contexts().map(|it| Party::Context(it.id)).chain(systems).collect();
        let mut told: BTreeSet<Id> = contexts().flat_map(|context| &context.notes).copied().collect();
        let mut triggers = triggers(outline);
        triggers.retain(|it| told.contains(&it.command));
        told.extend(triggers.iter().map(|it| it.event));
        for aggregate in outline.contexts.iter().flat_map(|context| &context.aggregates) {
            if aggregate.events.iter().any(|event| told.contains(event)) {
                told.insert(aggregate.id);
            }
        }
        let related = outline.relations.iter().map(|it| [it.upstream, it.downstream]);
        let talking = related.filter(|ends| ends.iter().any(|end| wanted.contains(end))).flatten();
        let owners = told.iter().filter_map(|note| outline.note(*note)?.party);
        let shown: BTreeSet<Party> = wanted.iter().copied().chain(talking).chain(owners).collect();
        let contexts = outline.contexts.iter().map(|it| Party::Context(it.id));
        let parties = contexts.chain(outline.systems.iter().map(|it| Party::System(it.id)));
        Scope { parties: parties.filter(|it| shown.contains(it)).collect(), wanted, told, triggers }
    }
}

fn triggers(outline: &Outline) -> Vec<Trigger> {
    let is_event = |note: &&Id| is_a(outline, **note, NoteKind::DomainEvent);
    let is_command = |note: &&Id| is_a(outline, **note, NoteKind::Command);
    let mut found = Vec::new();
    for context in &outline.contexts {
        for row in &context.policies {
            for event in row.on.iter().filter(is_event) {
                let then = row.then.iter().filter(is_command);
                let policy = Some(row.policy);
                found.extend(then.map(|command| Trigger { event: *event, command: *command, policy }));
            }
        }
        for row in &context.writes {
            let events = row.by.iter().filter(is_event);
            found.extend(events.map(|event| Trigger { event: *event, command: row.command, policy: None }));
        }
    }
    found
}
