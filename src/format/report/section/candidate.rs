//! Where a program could be cut: each context as a service, what that costs, and in which order.

use std::collections::BTreeSet;

use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Field, Section, Text};
use crate::model::{Id, NoteKind};
use crate::query::outline::{Candidate, MessageKind, Party, Verdict, candidates};
use crate::words::Said;

/// The service candidates, in the order in which to cut them out.
pub(crate) fn services(desk: &Desk<'_>) -> Section {
    let all = candidates(desk.outline);
    let row = |(at, it): (usize, &Candidate<'_>)| {
        let cost = Said::new("report-cost").with("sync", it.cost.sync).with("async", it.cost.unawaited);
        vec![
            Text::from((at + 1).to_string()),
            desk.context(it.context).into(),
            verdict(desk, it),
            desk.speak(&it.reasons[0]).into(),
            desk.speak(&cost).into(),
            desk.speak(&it.first_step).into(),
        ]
    };
    let heads = [
        "report-order",
        "report-candidate",
        "report-verdict",
        "report-why",
        "report-cut-cost",
        "report-first-step",
    ];
    let table = desk.table("report-services-caption", &heads, all.iter().enumerate().map(row));
    let part =
        |it: &Candidate<'_>| Section::of(desk.context(it.context), vec![Block::Canvas(fields(desk, it))]);
    Section {
        heading: desk.say("report-services"),
        blocks: vec![table],
        parts: all.iter().map(part).collect(),
    }
}

fn verdict(desk: &Desk<'_>, candidate: &Candidate<'_>) -> Text {
    let told = match &candidate.verdict {
        Verdict::Keep => desk.say("report-verdict-keep"),
        Verdict::Merge(other) => {
            desk.speak(&Said::new("report-verdict-merge").with("other", desk.party(*other)))
        }
        Verdict::Split(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| desk.notes(part).plain()).collect();
            desk.speak(&Said::new("report-verdict-split").with("parts", parts.join(" | ")))
        }
    };
    Text::from(told).and(" ").and(desk.guess())
}

fn fields(desk: &Desk<'_>, candidate: &Candidate<'_>) -> Vec<Field> {
    let context = candidate.context;
    let field = |name: &'static str, items: Vec<Text>| Field {
        name: desk.say(name),
        items: if items.is_empty() { vec![desk.say("report-none").into()] } else { items },
    };
    let notes =
        |notes: Vec<Id>| notes.into_iter().map(|id| desk.note(id).and(" ").and(desk.mark(id))).collect();
    let words: Vec<&str> = candidate.cost.words.iter().map(String::as_str).collect();
    let shared = Some(words.join(", ")).filter(|words| !words.is_empty());
    let named = |name: &'static str, value: Text| Text::from(format!("{}: ", desk.say(name))).and(value);
    let cost = vec![
        named("report-sync", candidate.cost.sync.to_string().into()),
        named("report-async", candidate.cost.unawaited.to_string().into()),
        named("report-shared-words", shared.map(Text::from).unwrap_or_default().or_nothing()),
        named("report-today", desk.told(context.card.owns_today.as_deref())),
    ];
    vec![
        field("report-verdict", vec![verdict(desk, candidate)]),
        field("report-why", candidate.reasons.iter().map(|why| desk.speak(why).into()).collect()),
        field("report-team", vec![desk.told(context.card.team.as_deref())]),
        field("report-capability", vec![desk.told(context.card.purpose.as_deref())]),
        field("report-owned-data", notes(context.aggregates.iter().map(|it| it.id).collect())),
        field("report-commands", notes(asked(desk, candidate))),
        field("report-queries", notes(looked_at(candidate))),
        field("report-events-out", notes(context.publishes.iter().map(|it| it.event).collect())),
        field("report-events-in", notes(heard(desk, candidate))),
        field("report-cut-cost", cost),
        field("report-first-step", vec![desk.speak(&candidate.first_step).into()]),
    ]
}

/// The commands that somebody else than its own policies issues.
fn asked(desk: &Desk<'_>, candidate: &Candidate<'_>) -> Vec<Id> {
    let home = Some(Party::Context(candidate.context.id));
    let is_own_policy = |id: &Id| {
        desk.outline.note(*id).is_some_and(|note| note.kind == NoteKind::Policy && note.party == home)
    };
    let is_asked = |by: &[Id]| by.iter().any(|id| !is_own_policy(id));
    candidate.context.writes.iter().filter(|it| is_asked(&it.by)).map(|it| it.command).collect()
}

fn looked_at(candidate: &Candidate<'_>) -> Vec<Id> {
    candidate.context.reads.iter().filter(|read| !read.read_by.is_empty()).map(|read| read.model).collect()
}

fn heard(desk: &Desk<'_>, candidate: &Candidate<'_>) -> Vec<Id> {
    let home = Party::Context(candidate.context.id);
    let events = desk.outline.messages.iter().filter(|it| it.to == home && it.kind == MessageKind::Event);
    events.map(|event| event.note).collect::<BTreeSet<_>>().into_iter().collect()
}
