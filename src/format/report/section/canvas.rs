//! The Bounded Context Canvas, its fields in their usual order.

use crate::format::report::desk::Desk;
use crate::format::report::document::{Field, Span, Text};
use crate::model::field::Thing;
use crate::model::{Id, NoteKind};
use crate::query::outline::{ContextOutline, Hotspot, Message, Party, Term};

/// From so many parties that depend on it on, a context may know too much.
const DEPENDENTS_MANY: usize = 4;

/// The fields of one context.
pub(super) fn canvas(desk: &Desk<'_>, context: &ContextOutline) -> Vec<Field> {
    let card = &context.card;
    let field = |name: &'static str, items: Vec<Text>| Field {
        name: desk.say(name),
        items: if items.is_empty() { vec![desk.missing()] } else { items },
    };
    let texts = |texts: &[String]| texts.iter().map(|text| text.as_str().into()).collect();
    vec![
        field("report-purpose", card.purpose.as_deref().map(Text::from).into_iter().collect()),
        field("report-strategy", strategy(desk, context)),
        field("report-roles", roles(desk, context)),
        field("report-inbound", inbound(desk, context)),
        field("report-outbound", outbound(desk, context)),
        field("report-language", language(desk, context)),
        field("report-business-decisions", decisions(desk, context)),
        field("report-assumptions", texts(&card.assumptions)),
        field("report-measures", texts(&card.measures)),
        field("report-questions", questions(desk, context)),
    ]
}

fn strategy(desk: &Desk<'_>, context: &ContextOutline) -> Vec<Text> {
    let card = &context.card;
    let named = |name: &'static str, value: Text| Text::from(format!("{}: ", desk.say(name))).and(value);
    let word = |name: &str, word: &str| desk.choice(Thing::Context, name, word);
    let model: Vec<String> = card.business_model.iter().map(|it| word("business_model", it)).collect();
    let model = Some(model.join(", ")).filter(|model| !model.is_empty());
    let evolution = card.evolution.as_ref().map(|it| word("evolution", it));
    vec![
        named("report-class", desk.told(desk.class(context).as_deref())),
        named("report-business-model", desk.told(model.as_deref())),
        named("report-evolution", desk.told(evolution.as_deref())),
        named("report-team", desk.told(card.team.as_deref())),
        named("report-today", desk.told(card.owns_today.as_deref())),
    ]
}

/// The parts people say it plays, else those its shape hints at.
fn roles(desk: &Desk<'_>, context: &ContextOutline) -> Vec<Text> {
    if !context.card.roles.is_empty() {
        return context.card.roles.iter().map(|role| role.as_str().into()).collect();
    }
    let home = Party::Context(context.id);
    let is_system = |party: Party| matches!(party, Party::System(_));
    let mut messages = desk.outline.messages.iter();
    let is_gateway =
        messages.any(|it| it.from == home && is_system(it.to) || it.to == home && is_system(it.from));
    let hints = [
        (!context.writes.is_empty() && !context.aggregates.is_empty(), "report-role-execution"),
        (is_gateway, "report-role-gateway"),
        (context.writes.is_empty() && !context.reads.is_empty(), "report-role-analysis"),
        (context.metrics.afferent >= DEPENDENTS_MANY, "report-role-brain"),
    ];
    let hints = hints.into_iter().filter(|(holds, _)| *holds);
    hints.map(|(_, key)| Text::from(desk.say(key)).and(" ").and(desk.guess())).collect()
}

fn said(who: Text, what: Text, how: &str) -> Text {
    who.and(" — ").and(what).and(format!(" ({how})"))
}

fn inbound(desk: &Desk<'_>, context: &ContextOutline) -> Vec<Text> {
    let home = Party::Context(context.id);
    let is_person = |id: &&Id| {
        desk.outline.note(**id).is_some_and(|note| {
            matches!(note.kind, NoteKind::Actor | NoteKind::UserInterface | NoteKind::Time)
        })
    };
    let mut items = Vec::new();
    for write in &context.writes {
        let by = write.by.iter().filter(is_person);
        items
            .extend(by.map(|id| said(desk.note(*id), desk.note(write.command), &desk.say("report-command"))));
    }
    for read in &context.reads {
        let by = read.read_by.iter().filter(is_person);
        items.extend(by.map(|id| said(desk.note(*id), desk.note(read.model), &desk.say("report-query"))));
    }
    let received = desk.outline.messages.iter().filter(|message| message.to == home);
    items.extend(received.map(|it| said(desk.party(it.from).into(), desk.message(it), &desk.manner(it))));
    once(items)
}

fn outbound(desk: &Desk<'_>, context: &ContextOutline) -> Vec<Text> {
    let sent = desk.outline.messages.iter().filter(|message| message.from == Party::Context(context.id));
    let item = |it: &Message| said(desk.party(it.to).into(), desk.message(it), &desk.manner(it));
    once(sent.map(item).collect())
}

fn language(desk: &Desk<'_>, context: &ContextOutline) -> Vec<Text> {
    let terms = desk.outline.terms.iter().filter(|term| term.party == Party::Context(context.id));
    let item = |term: &Term| {
        Text::from(Span::Strong(term.term.clone())).and(" — ").and(desk.told(term.meaning.as_deref()))
    };
    terms.map(item).collect()
}

/// What it decides by: its policies and the remarks beside them.
fn decisions(desk: &Desk<'_>, context: &ContextOutline) -> Vec<Text> {
    let is_remark = |id: &&Id| desk.outline.note(**id).is_some_and(|note| note.kind == NoteKind::Note);
    let policies = context.policies.iter().map(|policy| policy.policy);
    let notes = policies.chain(context.notes.iter().filter(is_remark).copied());
    notes.map(|id| desk.note(id).and(" ").and(desk.mark(id))).collect()
}

fn questions(desk: &Desk<'_>, context: &ContextOutline) -> Vec<Text> {
    let is_ours = |it: &&Hotspot| !it.is_resolved && it.party == Party::Context(context.id);
    let open: Vec<Text> = desk
        .outline
        .hotspots
        .iter()
        .filter(is_ours)
        .map(|it| desk.note(it.note).and(" ").and(desk.mark(it.note)))
        .collect();
    if open.is_empty() { vec![desk.say("report-none").into()] } else { open }
}

fn once(items: Vec<Text>) -> Vec<Text> {
    let mut told: Vec<Text> = Vec::new();
    for item in items {
        if !told.contains(&item) {
            told.push(item);
        }
    }
    told
}
