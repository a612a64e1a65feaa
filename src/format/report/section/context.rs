//! One context after the other: its canvas, its write side, its read side, its aggregates.

use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Section, Text};
use crate::query::outline::{ContextOutline, Party, Read, Write};

/// Every context, and what lies in none.
pub(crate) fn contexts(desk: &Desk<'_>) -> Section {
    Section {
        heading: desk.say("report-each-context"),
        blocks: if desk.outline.contexts.is_empty() { vec![desk.list(Vec::new())] } else { Vec::new() },
        parts: desk.outline.contexts.iter().map(|context| one(desk, context)).collect(),
    }
}

fn one(desk: &Desk<'_>, context: &ContextOutline) -> Section {
    let part = |heading: &'static str, blocks: Vec<Block>| Section::of(desk.say(heading), blocks);
    let name = &context.card.name;
    let alias = context.card.alias.as_ref().filter(|alias| !alias.eq_ignore_ascii_case(name));
    let alias = alias.map_or_else(String::new, |alias| format!(" ({alias})"));
    let mut parts = vec![part("report-writes", vec![writes(desk, context), policies(desk, context)])];
    parts.push(part("report-reads", vec![reads(desk, context)]));
    if !context.aggregates.is_empty() {
        let mut cards = part("report-aggregates", Vec::new());
        cards.parts = context.aggregates.iter().map(|it| super::card::card(desk, context, it)).collect();
        parts.push(cards);
    }
    let flows = super::tale::flows(desk, context);
    if !flows.parts.is_empty() {
        parts.push(flows);
    }
    let canvas = context.id.map(|_| Block::Canvas(super::canvas::canvas(desk, context)));
    Section { heading: desk.context(context) + &alias, blocks: canvas.into_iter().collect(), parts }
}

fn writes(desk: &Desk<'_>, context: &ContextOutline) -> Block {
    let home = Party::Context(context.id);
    let row = |write: &Write| {
        let targets: Vec<_> = write.aggregates.iter().chain(&write.systems).copied().collect();
        vec![
            desk.note(write.command),
            if write.by.is_empty() { desk.open() } else { desk.notes_seen_from(home, &write.by) },
            if targets.is_empty() { desk.open() } else { desk.notes_seen_from(home, &targets) },
            if write.events.is_empty() { desk.open() } else { desk.notes_seen_from(home, &write.events) },
            desk.proofs(&write.evidence),
        ]
    };
    let heads =
        ["report-command", "report-issued-by", "report-invoked-on", "report-results", "report-evidence"];
    desk.table("report-writes-caption", &heads, context.writes.iter().map(row))
}

fn policies(desk: &Desk<'_>, context: &ContextOutline) -> Block {
    let home = Party::Context(context.id);
    let row = |policy: &crate::query::outline::Reaction| {
        vec![
            desk.note(policy.policy),
            if policy.on.is_empty() { desk.open() } else { desk.notes_seen_from(home, &policy.on) },
            desk.notes_seen_from(home, &policy.reads),
            if policy.then.is_empty() { desk.open() } else { desk.notes_seen_from(home, &policy.then) },
            desk.proofs(&policy.evidence),
        ]
    };
    let heads = ["report-policy", "report-on", "report-decides-by", "report-then", "report-evidence"];
    desk.table("report-policies-caption", &heads, context.policies.iter().map(row))
}

fn reads(desk: &Desk<'_>, context: &ContextOutline) -> Block {
    let home = Party::Context(context.id);
    let told = |notes: &[_]| -> Text {
        if notes.is_empty() { desk.open() } else { desk.notes_seen_from(home, notes) }
    };
    let row = |read: &Read| {
        vec![desk.note(read.model), told(&read.filled_by), told(&read.read_by), desk.proofs(&read.evidence)]
    };
    let heads = ["report-read-model", "report-filled-by", "report-read-by", "report-evidence"];
    desk.table("report-reads-caption", &heads, context.reads.iter().map(row))
}
