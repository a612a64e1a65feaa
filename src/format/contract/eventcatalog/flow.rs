//! A flow: who asks, what happens, which policy goes on from there.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::desk::{Desk, VERSION};
use crate::format::contract::is_a;
use crate::model::{Id, NoteKind};
use crate::query::outline::{MessageFlow, Speaker};

/// The steps of a flow by number, each with those that come next.
pub(super) fn steps(desk: &Desk<'_>, flow: &MessageFlow, is_told: &dyn Fn(Id) -> bool) -> Value {
    let links = links(desk, flow, is_told);
    let mut order: Vec<Id> = Vec::new();
    for note in flow.steps.iter().map(|step| step.note).filter(|note| is_told(*note)) {
        let before = links.iter().filter(|(_, to)| *to == note).map(|(from, _)| *from);
        let after = links.iter().filter(|(from, _)| *from == note).map(|(_, to)| *to);
        for it in before.chain([note]).chain(after) {
            if !order.contains(&it) {
                order.push(it);
            }
        }
    }
    let number = |id: &Id| order.iter().position(|it| it == id).map(|at| at + 1);
    let step = |(at, note): (usize, &Id)| {
        let next = links.iter().filter(|(from, _)| from == note).filter_map(|(_, to)| number(to));
        let mut step = json!({ "id": at + 1, "title": desk.wording(*note) });
        let (sort, what) = what(desk, *note, is_told);
        step[sort] = what;
        let next: Value = next.map(|id| json!({ "id": id })).collect();
        if next != json!([]) {
            step["next_steps"] = next;
        }
        step
    };
    order.iter().enumerate().map(step).collect()
}

/// What a note is in a flow.
fn what(desk: &Desk<'_>, note: Id, is_told: &dyn Fn(Id) -> bool) -> (&'static str, Value) {
    let title = desk.wording(note);
    match desk.outline.note(note).map(|note| note.kind) {
        Some(NoteKind::Actor) => ("actor", json!({ "name": title })),
        Some(NoteKind::ExternalSystem) => ("externalSystem", json!({ "name": title })),
        _ if is_told(note) => ("message", json!({ "id": desk.kebab.notes[&note], "version": VERSION })),
        Some(NoteKind::Policy) => ("custom", json!({ "title": title, "type": "Policy", "color": "purple" })),
        _ => ("custom", json!({ "title": title })),
    }
}

/// What leads to what among the messages of a flow, by way of policies and to systems.
fn links(desk: &Desk<'_>, flow: &MessageFlow, is_told: &dyn Fn(Id) -> bool) -> BTreeSet<(Id, Id)> {
    let said: BTreeSet<Id> = flow.steps.iter().map(|step| step.note).filter(|note| is_told(*note)).collect();
    let within = |notes: &[Id]| notes.iter().copied().filter(|note| said.contains(note)).collect::<Vec<_>>();
    let mut links = BTreeSet::new();
    for step in flow.steps.iter().filter(|step| said.contains(&step.note)) {
        if let Speaker::Note(from) = step.from {
            links.insert((from, step.note));
        }
    }
    for context in &desk.outline.contexts {
        for row in context.writes.iter().filter(|row| said.contains(&row.command)) {
            let after = within(&row.events).into_iter().chain(row.systems.iter().copied());
            links.extend(after.map(|to| (row.command, to)));
            let events = row.by.iter().filter(|by| is_a(&desk.outline, **by, NoteKind::DomainEvent));
            links.extend(events.filter(|event| said.contains(event)).map(|event| (*event, row.command)));
        }
        for row in context.reads.iter().filter(|row| said.contains(&row.model)) {
            links.extend(within(&row.read_by).into_iter().map(|by| (row.model, by)));
        }
        for row in &context.policies {
            let (on, then) = (within(&row.on), within(&row.then));
            if !on.is_empty() && !then.is_empty() {
                links.extend(on.into_iter().map(|event| (event, row.policy)));
                links.extend(then.into_iter().map(|next| (row.policy, next)));
            }
        }
    }
    links
}
