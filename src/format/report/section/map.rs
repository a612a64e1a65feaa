//! Who depends on whom: the relations one by one, and all of them at a glance.

use std::collections::BTreeSet;

use crate::format::mermaid;
use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, NOTHING, Picture, Row, Section, Table, Text};
use crate::format::svg;
use crate::query::outline::{ContextOutline, Party, Proof, Relation};

/// Up to so many parties a matrix can be read.
const MATRIX_MAX: usize = 12;

/// The context map.
pub(crate) fn map(desk: &Desk<'_>) -> Section {
    let drawn = (!desk.outline.contexts.is_empty()).then(|| svg::context_map(desk.outline, desk.lang));
    let picture = |caption: &'static str, mermaid: Option<String>, svg: Option<String>| {
        mermaid.map(|it| Block::Picture(Picture { caption: desk.say(caption), mermaid: Some(it), svg }))
    };
    let mut blocks: Vec<Block> = Vec::new();
    blocks.extend(picture("report-map-caption", mermaid::context_map(desk.outline, desk.lang), drawn));
    blocks.push(relations(desk));
    blocks.extend(matrix(desk));
    blocks.push(strategy(desk));
    blocks.extend(picture("report-chart-caption", mermaid::core_domain_chart(desk.outline, desk.lang), None));
    Section::of(desk.say("report-map"), blocks)
}

fn relations(desk: &Desk<'_>) -> Block {
    let heads = [
        "report-upstream-downstream",
        "report-patterns",
        "report-manner",
        "report-messages",
        "report-evidence",
    ];
    let rows = desk.outline.relations.iter().map(|relation| relation_row(desk, relation));
    desk.table("report-relations-caption", &heads, rows)
}

fn relation_row(desk: &Desk<'_>, relation: &Relation) -> Vec<Text> {
    let messages: Vec<_> = relation.messages.iter().map(|at| &desk.outline.messages[*at]).collect();
    let manners: BTreeSet<String> = messages.iter().map(|message| desk.manner(message)).collect();
    let mut manner = Text::joined(manners.into_iter().map(Text::from), ", ");
    if messages.iter().any(|message| message.is_mode_guessed) {
        manner = manner.and(" ").and(desk.guess());
    }
    let mut told: Vec<Text> = Vec::new();
    for text in messages.iter().map(|message| desk.message(message)) {
        if !told.contains(&text) {
            told.push(text);
        }
    }
    let proofs: Vec<Proof> = messages.iter().map(|message| message.evidence).collect();
    vec![
        format!("{} → {}", desk.party(relation.upstream), desk.party(relation.downstream)).into(),
        patterns(desk, relation),
        manner,
        Text::joined(told, ", "),
        desk.proofs(&proofs),
    ]
}

/// The patterns people put there, else those the messages suggest.
pub(super) fn patterns(desk: &Desk<'_>, relation: &Relation) -> Text {
    if !relation.accepted.is_empty() {
        return relation.accepted.iter().cloned().collect::<Vec<_>>().join(", ").into();
    }
    let side = |patterns: &BTreeSet<&str>| match patterns.len() {
        0 => NOTHING.to_owned(),
        _ => patterns.iter().copied().collect::<Vec<_>>().join(", "),
    };
    if relation.proposed_upstream.is_empty() && relation.proposed_downstream.is_empty() {
        return desk.open();
    }
    let sides = format!("{} → {} ", side(&relation.proposed_upstream), side(&relation.proposed_downstream));
    Text::from(sides).and(desk.guess())
}

/// Rows hear of, ask or order columns.
fn matrix(desk: &Desk<'_>) -> Option<Block> {
    let systems = desk.outline.systems.iter().map(|system| Party::System(system.id));
    let contexts: Vec<Party> = desk.framed().map(|context| Party::Context(context.id)).collect();
    let parties: Vec<Party> = contexts.iter().copied().chain(systems).collect();
    if contexts.len() < 2 || parties.len() > MATRIX_MAX {
        return None;
    }
    let cell = |down: Party, up: Party| {
        let between = || {
            desk.outline
                .messages
                .iter()
                .filter(move |message| (message.downstream(), message.upstream()) == (down, up))
        };
        let calls = between().filter(|message| message.is_sync()).count();
        let events = between().count() - calls;
        let part = |count: usize, key| (count > 0).then(|| format!("{} {count}", desk.say(key)));
        let told = [part(events, "report-async"), part(calls, "report-sync")];
        Text::joined(told.into_iter().flatten().map(Text::from), " · ").or_nothing()
    };
    let heads = parties.iter().map(|party| desk.party(*party));
    let row = |down: &Party| {
        let cells = parties.iter().map(|up| cell(*down, *up));
        Row::from(std::iter::once(desk.party(*down).into()).chain(cells).collect::<Vec<_>>())
    };
    Some(Block::Table(Table {
        caption: desk.say("report-matrix-caption"),
        heads: std::iter::once(desk.say("report-depends")).chain(heads).collect(),
        rows: contexts.iter().map(row).collect(),
    }))
}

/// Where each context stands for the business.
pub(super) fn strategy(desk: &Desk<'_>) -> Block {
    let share = |share: Option<f64>| share.map_or_else(|| desk.open(), |share| share.to_string().into());
    let row = |context: &ContextOutline| {
        vec![
            desk.context(context).into(),
            desk.cell(desk.class(context).as_deref()),
            share(context.card.complexity),
            share(context.card.differentiation),
            desk.cell(context.card.team.as_deref()),
            desk.cell(context.card.owns_today.as_deref()),
        ]
    };
    let heads = [
        "report-context",
        "report-class",
        "report-complexity",
        "report-differentiation",
        "report-team",
        "report-today",
    ];
    desk.table("report-strategy-caption", &heads, desk.framed().map(row))
}
