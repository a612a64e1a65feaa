//! What stands in a bounded context: what people set, its messages and flow, its aggregates.

use std::collections::{BTreeMap, BTreeSet};

use super::Names;
use super::out::{Out, all_quoted, quoted};
use super::scope::Scope;
use super::strategy::Strategy;
use crate::format::contract::{events, is_a};
use crate::model::{Id, NoteKind};
use crate::query::Outline;
use crate::query::outline::{Card, ContextOutline, Party, Write};

/// What the contexts are written from.
pub(super) struct Bodies<'a> {
    outline: &'a Outline,
    scope: &'a Scope,
    /// The names of the messages, and of the roots of the aggregates.
    notes: BTreeMap<Id, String>,
    /// The names of the aggregates.
    pub(super) aggregates: BTreeMap<Id, String>,
    /// The names of the application, the flow and the queries of each context.
    inner: BTreeMap<Option<Id>, [String; 3]>,
}

impl<'a> Bodies<'a> {
    pub(super) fn of(outline: &'a Outline, scope: &'a Scope, names: &mut Names) -> Bodies<'a> {
        let notes = names.notes.clone();
        let mut beside =
            |name: &str, sort: &str| names.beside_notes.free(None, &format!("{name} {sort}"), sort);
        let aggregates = outline.contexts.iter().flat_map(|context| &context.aggregates);
        let aggregates = aggregates.map(|it| (it.id, beside(&notes[&it.id], "Aggregate"))).collect();
        let inner = outline.contexts.iter().map(|context| {
            let name = &names.parties[&Party::Context(context.id)];
            (context.id, ["Application", "Flow", "Queries"].map(|sort| beside(name, sort)))
        });
        Bodies { outline, scope, aggregates, inner: inner.collect(), notes }
    }

    pub(super) fn write(&self, out: &mut Out, context: &ContextOutline, strategy: &Strategy<'_>) {
        out.line("type = FEATURE");
        if self.scope.wanted.contains(&Party::Context(context.id)) {
            self.card(out, context);
        }
        let told = |id: &Id| self.scope.told.contains(id);
        let aggregates: Vec<_> = context.aggregates.iter().filter(|it| told(&it.id)).collect();
        let mut free: BTreeSet<Id> = events(self.outline, context).filter(|id| told(id)).collect();
        let of_aggregates: Vec<Vec<Id>> = aggregates
            .iter()
            .map(|it| it.events.iter().copied().filter(|event| free.remove(event)).collect())
            .collect();
        self.application(out, context, &free);
        for (aggregate, events) in aggregates.iter().zip(of_aggregates) {
            out.comment(&aggregate.name);
            out.block(&format!("Aggregate {}", self.aggregates[&aggregate.id]), |out| {
                if let Some(team) = strategy.team(context) {
                    out.line(&format!("owner {team}"));
                }
                out.block(&format!("Entity {}", self.notes[&aggregate.id]), |out| out.line("aggregateRoot"));
                events.iter().for_each(|event| self.declare(out, "DomainEvent", *event));
            });
        }
    }

    fn card(&self, out: &mut Out, context: &ContextOutline) {
        let Card { purpose, business_model, evolution, .. } = &context.card;
        if let Some(purpose) = purpose {
            out.line(&format!("domainVisionStatement = {}", quoted(purpose)));
        }
        let commands = context.writes.iter().map(|row| row.command);
        let does: Vec<Id> = commands.chain(context.reads.iter().map(|row| row.model)).collect();
        if !does.is_empty() {
            let does = all_quoted(does.iter().map(|note| self.outline.wording(*note)));
            out.line(&format!("responsibilities = {does}"));
        }
        if !business_model.is_empty() {
            out.line(&format!("businessModel = {}", quoted(&business_model.join(", "))));
        }
        if let Some(evolution) = evolution {
            out.line(&format!("evolution = {}", evolution.replace('-', "_").to_uppercase()));
        }
    }

    /// What is asked for from outside, what happens to no aggregate, and how it goes.
    fn application(&self, out: &mut Out, context: &ContextOutline, events: &BTreeSet<Id>) {
        let told = |id: Id| self.scope.told.contains(&id);
        let writes: Vec<&Write> = context.writes.iter().filter(|row| told(row.command)).collect();
        let models: Vec<Id> = context.reads.iter().map(|row| row.model).filter(|id| told(*id)).collect();
        if writes.is_empty() && models.is_empty() && events.is_empty() {
            return;
        }
        let [application, flow, queries] = &self.inner[&context.id];
        out.block(&format!("Application {application}"), |out| {
            writes.iter().for_each(|row| self.declare(out, "Command", row.command));
            events.iter().for_each(|event| self.declare(out, "DomainEvent", *event));
            if !models.is_empty() {
                out.block(&format!("Service {queries}"), |out| {
                    for model in models {
                        out.comment(self.outline.wording(model));
                        out.line(&format!("get{} : read-only;", self.notes[&model]));
                    }
                });
            }
            if !writes.is_empty() {
                out.block(&format!("Flow {flow}"), |out| {
                    writes.iter().for_each(|row| self.steps(out, context, row));
                });
            }
        });
    }

    fn declare(&self, out: &mut Out, sort: &str, note: Id) {
        out.comment(self.outline.wording(note));
        out.line(&format!("{sort} {}", self.notes[&note]));
    }

    /// What leads to a command, and what it leads to.
    fn steps(&self, out: &mut Out, context: &ContextOutline, row: &Write) {
        let command = &self.notes[&row.command];
        for it in self.scope.triggers.iter().filter(|it| it.command == row.command) {
            it.policy.iter().for_each(|policy| out.comment(self.outline.wording(*policy)));
            out.line(&format!("event {} triggers command {command}", self.notes[&it.event]));
        }
        let mut step = format!("command {command}");
        let is_policy = |note: Id| is_a(self.outline, note, NoteKind::Policy);
        let is_event = |note: Id| is_a(self.outline, note, NoteKind::DomainEvent);
        let by = row.by.iter().copied().filter(|by| !is_policy(*by) && !is_event(*by));
        let by: BTreeSet<&str> = by.map(|by| self.outline.wording(by)).collect();
        if !by.is_empty() {
            let by = by.into_iter().collect::<Vec<_>>().join(", ");
            step.push_str(&format!(" [ initiated by {} ]", quoted(&by)));
        }
        let is_own = |id: &&Id| context.aggregates.iter().any(|it| it.id == **id);
        if let Some(aggregate) = row.aggregates.iter().find(is_own) {
            step.push_str(&format!(" delegates to {}", self.aggregates[aggregate]));
        }
        let events = row.events.iter().filter(|event| self.scope.told.contains(event));
        let events: Vec<&str> = events.map(|event| self.notes[event].as_str()).collect();
        if !events.is_empty() {
            step.push_str(&format!(" emits event {}", events.join(" X ")));
        }
        out.line(&step);
    }
}
