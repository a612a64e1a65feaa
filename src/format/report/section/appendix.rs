//! What the rest of a report is made from: numbers, every sticky, every guess.

use std::collections::BTreeSet;

use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, NOTHING, Row, Section, Text};
use crate::model::Note;
use crate::query::outline::{By, ContextOutline, NoteOutline, Proof};
use crate::words::Said;

/// Behind everything else.
pub(crate) fn appendix(desk: &Desk<'_>) -> Section {
    let part = |heading: &'static str, blocks: Vec<Block>| Section::of(desk.say(heading), blocks);
    Section {
        heading: desk.say("report-appendix"),
        blocks: Vec::new(),
        parts: vec![
            part("report-numbers", vec![numbers(desk), whole(desk)]),
            part("report-how", vec![how(desk)]),
            part("report-aside", vec![aside(desk, [])]),
            part("report-inferred", vec![inferred(desk)]),
            part("report-stickies", vec![stickies(desk)]),
        ],
    }
}

fn share(share: Option<f64>) -> Text {
    share.map_or_else(|| NOTHING.to_owned(), |share| format!("{share:.2}")).into()
}

fn numbers(desk: &Desk<'_>) -> Block {
    let row = |context: &ContextOutline| {
        let it = &context.metrics;
        vec![
            Text::from(desk.context(context)),
            it.afferent.to_string().into(),
            it.efferent.to_string().into(),
            share(it.instability),
            share(it.cohesion),
            share(it.conductance),
            share(it.sync_ratio),
            it.sync_depth.to_string().into(),
            it.commands.to_string().into(),
            it.queries.to_string().into(),
            it.published.to_string().into(),
        ]
    };
    let heads = [
        "report-context",
        "report-afferent",
        "report-efferent",
        "report-instability",
        "report-cohesion",
        "report-conductance",
        "report-sync-ratio",
        "report-sync-depth",
        "report-commands",
        "report-queries",
        "report-published",
    ];
    desk.table("report-numbers-caption", &heads, desk.outline.contexts.iter().map(row))
}

fn whole(desk: &Desk<'_>) -> Block {
    let metrics = &desk.outline.metrics;
    let groups = |groups: &[Vec<_>]| {
        Text::joined(groups.iter().map(|group| desk.parties(group)), "; ").or_nothing().plain()
    };
    let said = Said::new("report-whole")
        .with("modularity", share(metrics.modularity).plain())
        .with("cycles", groups(&metrics.cycles))
        .with("waiting", groups(&metrics.sync_cycles));
    Block::Paragraph(desk.speak(&said).into())
}

fn how(desk: &Desk<'_>) -> Block {
    let told = [
        "report-how-depends",
        "report-how-instability",
        "report-how-cohesion",
        "report-how-conductance",
        "report-how-sync",
        "report-how-surface",
        "report-how-modularity",
        "report-how-belongs",
    ];
    Block::List(told.iter().map(|key| desk.say(key).into()).collect())
}

/// What was set aside, and why; and what somebody took off the wall for good.
pub(super) fn aside<'a>(desk: &Desk<'_>, gone: impl IntoIterator<Item = &'a Note>) -> Block {
    let row = |note: &NoteOutline| {
        let why = note.aside.as_deref()?;
        let why = Some(why.trim()).filter(|why| !why.is_empty());
        Some(vec![desk.note(note.id), desk.kind(note.kind), desk.cell(why), desk.mark(note.id)])
    };
    let heads = ["report-sticky", "report-kind", "report-reason", "report-evidence"];
    let gone = gone.into_iter().map(|note| {
        let (kind, why) = (desk.kind(note.kind), desk.say("report-removed"));
        vec![Text::from(note.text()).or_nothing(), kind, why.into(), NOTHING.into()]
    });
    desk.table("report-aside-caption", &heads, desk.outline.notes.iter().filter_map(row).chain(gone))
}

/// Every step nobody drew that something in the report rests on.
fn inferred(desk: &Desk<'_>) -> Block {
    let outline = desk.outline;
    let contexts = || outline.contexts.iter();
    let messages = outline.messages.iter().map(|message| message.evidence);
    let writes = contexts().flat_map(|context| &context.writes).flat_map(|it| it.evidence.iter().copied());
    let reads = contexts().flat_map(|context| &context.reads).flat_map(|it| it.evidence.iter().copied());
    let policies =
        contexts().flat_map(|context| &context.policies).flat_map(|it| it.evidence.iter().copied());
    let failures = outline.failures.iter().flat_map(|it| it.evidence.iter().copied());
    let all = messages.chain(writes).chain(reads).chain(policies).chain(failures);
    let guesses: BTreeSet<Proof> = all.filter(Proof::is_guess).collect();
    let row = |proof: &Proof| {
        let by = match proof.by {
            By::Drawn => "report-by-drawn",
            By::Stuck => "report-by-stuck",
            By::Touching => "report-by-touching",
            By::Row => "report-by-row",
        };
        let marks = desk.mark(proof.from).and("→").and(desk.mark(proof.to));
        vec![desk.note(proof.from), desk.note(proof.to), Text::from(desk.say(by)), marks]
    };
    let heads = ["report-from", "report-to", "report-because", "report-evidence"];
    desk.table("report-inferred-caption", &heads, guesses.iter().map(row))
}

fn stickies(desk: &Desk<'_>) -> Block {
    let row = |note: &NoteOutline| {
        let mark = desk.mark(note.id);
        let home = note.party.map_or_else(|| desk.say("report-set-aside"), |party| desk.party(party));
        let author = note.author.as_deref().unwrap_or(NOTHING);
        let anchor = mark.plain().to_lowercase();
        let id = format!("{}", note.id);
        let cells =
            vec![mark, desk.note(note.id), desk.kind(note.kind), home.into(), author.into(), id.into()];
        Row { anchor: Some(anchor), cells }
    };
    let heads =
        ["report-mark", "report-sticky", "report-kind", "report-context", "report-author", "report-id"];
    let mut rows: Vec<Row> = desk.outline.notes.iter().map(row).collect();
    let kind = |row: &Row| row.anchor.clone().map(|it| (it[..1].to_owned(), it[1..].parse::<usize>().ok()));
    rows.sort_by_key(kind);
    desk.table("report-stickies-caption", &heads, rows)
}
