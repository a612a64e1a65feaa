//! What contexts say to each other, what goes wrong, and who owns which data.

use std::collections::BTreeMap;

use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Section, Span, Text};
use crate::model::Id;
use crate::query::outline::{Failure, Message, MessageKind, Ownership, Party, Proof, Replica, System};
use crate::words::Said;

/// How everybody talks.
pub(crate) fn talk(desk: &Desk<'_>) -> Section {
    let part = |heading: &'static str, block: Block| Section::of(desk.say(heading), vec![block]);
    Section {
        heading: desk.say("report-talk"),
        blocks: Vec::new(),
        parts: vec![
            part("report-events", events(desk)),
            part("report-calls", calls(desk)),
            part("report-systems", systems(desk)),
            part("report-failures", failures(desk)),
            part("report-data", data(desk)),
        ],
    }
}

fn evidence(messages: &[&Message]) -> Vec<Proof> {
    messages.iter().map(|message| message.evidence).collect()
}

/// What is told without anybody waiting, one row for each thing told.
fn events(desk: &Desk<'_>) -> Block {
    let mut told: BTreeMap<(Party, Id), Vec<&Message>> = BTreeMap::new();
    for message in desk.outline.messages.iter().filter(|message| !message.is_sync()) {
        told.entry((message.from, message.note)).or_default().push(message);
    }
    let row = |((from, note), messages): (&(Party, Id), &Vec<&Message>)| {
        let receiver = |message: &&Message| {
            let receiver = Text::from(desk.party(message.to));
            if message.evidence.to == message.note {
                return receiver;
            }
            receiver.and(": ").and(desk.note(message.evidence.to))
        };
        let label = messages.iter().find_map(|message| message.label.as_deref());
        vec![
            desk.note(*note),
            desk.party(*from).into(),
            Text::joined(messages.iter().map(receiver), "; "),
            desk.cell(label),
            desk.open(),
            desk.proofs(&evidence(messages)),
        ]
    };
    let heads = [
        "report-event",
        "report-publisher",
        "report-subscribers",
        "report-channel",
        "report-payload",
        "report-evidence",
    ];
    desk.table("report-events-caption", &heads, told.iter().map(row))
}

fn calls(desk: &Desk<'_>) -> Block {
    let row = |message: &Message| {
        vec![
            desk.message(message),
            Text::from(desk.manner(message)),
            desk.party(message.from).into(),
            desk.party(message.to).into(),
            desk.cell(message.why.as_deref()),
            alternative(desk, message),
            desk.proofs(&[message.evidence]),
        ]
    };
    let heads = [
        "report-operation",
        "report-manner",
        "report-caller",
        "report-callee",
        "report-why-sync",
        "report-alternative",
        "report-evidence",
    ];
    let calls = desk.outline.messages.iter().filter(|message| message.is_sync());
    desk.table("report-calls-caption", &heads, calls.map(row))
}

/// What could be done so that nobody waits.
fn alternative(desk: &Desk<'_>, message: &Message) -> Text {
    let key = match (message.to, message.kind) {
        (Party::System(_), _) => "report-alternative-system",
        (Party::Context(_), MessageKind::Query) => "report-alternative-query",
        (Party::Context(_), MessageKind::Command) => "report-alternative-command",
        (Party::Context(_), MessageKind::Event) => "report-alternative-event",
    };
    desk.say(key).into()
}

fn systems(desk: &Desk<'_>) -> Block {
    let message = |at: &usize| &desk.outline.messages[*at];
    let row = |system: &System| {
        let to = system.calls_in.iter().map(message).map(|it| {
            Text::from(desk.party(it.from))
                .and(": ")
                .and(desk.message(it))
                .and(format!(" ({})", desk.manner(it)))
        });
        let from = system.calls_out.iter().map(message).map(|it| {
            Text::from(desk.party(it.to))
                .and(": ")
                .and(desk.message(it))
                .and(format!(" ({})", desk.manner(it)))
        });
        let all: Vec<&Message> = system.calls_in.iter().chain(&system.calls_out).map(message).collect();
        vec![
            Text::from(system.name.as_str()).and(" ").and(desk.marks(&system.notes)),
            Text::joined(to, "; ").or_nothing(),
            Text::joined(from, "; ").or_nothing(),
            guard(desk, system),
            desk.proofs(&evidence(&all)),
        ]
    };
    let heads = ["report-system", "report-called-by", "report-tells", "report-guard", "report-evidence"];
    desk.table("report-systems-caption", &heads, desk.outline.systems.iter().map(row))
}

/// What keeps a system's language out of ours.
fn guard(desk: &Desk<'_>, system: &System) -> Text {
    let party = Party::System(system.id);
    let mut relations = desk.outline.relations.iter().filter(|it| it.upstream == party);
    relations.next().map_or_else(Text::default, |relation| super::map::patterns(desk, relation)).or_nothing()
}

fn failures(desk: &Desk<'_>) -> Block {
    let row = |failure: &Failure| {
        let home = desk.outline.note(failure.event).and_then(|note| note.party);
        let home = home.unwrap_or(Party::Context(None));
        let answers = match failure.answered_by.as_slice() {
            [] => Span::Missing(desk.say("report-unanswered")).into(),
            answers => desk.notes_seen_from(home, answers),
        };
        vec![
            desk.note(failure.event).and(" ").and(desk.mark(failure.event)),
            desk.party(home).into(),
            answers,
            if failure.undoes.is_empty() { desk.open() } else { desk.notes(&failure.undoes) },
            desk.cell(failure.key.as_deref()),
            desk.proofs(&failure.evidence),
        ]
    };
    let heads = [
        "report-failure",
        "report-context",
        "report-answer",
        "report-undoes",
        "report-key",
        "report-evidence",
    ];
    desk.table("report-failures-caption", &heads, desk.outline.failures.iter().map(row))
}

fn data(desk: &Desk<'_>) -> Block {
    let copy = |copy: &Replica| {
        let fed = Said::new("report-fed-by").with("events", desk.notes(&copy.fed_by).plain());
        desk.note(copy.model).and(format!(" ({}; {})", desk.party(copy.keeper), desk.speak(&fed)))
    };
    let row = |owned: &Ownership| {
        vec![
            desk.note(owned.aggregate),
            desk.party(owned.owner).into(),
            Text::joined(owned.copies.iter().map(copy), "; ").or_nothing(),
            desk.mark(owned.aggregate),
        ]
    };
    let heads = ["report-aggregate", "report-original", "report-copies", "report-evidence"];
    desk.table("report-data-caption", &heads, desk.outline.data.iter().map(row))
}
