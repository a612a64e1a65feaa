//! The steps in which courses come to a model, each with the wall as it stands then.

use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Picture, Section, Text};
use crate::format::svg;
use crate::model::{Board, NoteKind};
use crate::query::outline::{NoteOutline, Requirement};

/// The kinds in the order in which they come onto a wall.
const ORDER: [NoteKind; 11] = [
    NoteKind::DomainEvent,
    NoteKind::Actor,
    NoteKind::Command,
    NoteKind::ReadModel,
    NoteKind::UserInterface,
    NoteKind::Time,
    NoteKind::ExternalSystem,
    NoteKind::Aggregate,
    NoteKind::Policy,
    NoteKind::Hotspot,
    NoteKind::Note,
];
const EVENTS: usize = 1;
const COMMANDS: usize = 7;
const AGGREGATES: usize = 8;
const POLICIES: usize = 9;

/// The scenario, sentence by sentence.
pub(crate) fn scenario(desk: &Desk<'_>) -> Section {
    let row = |it: &Requirement| {
        let sort =
            it.sort.as_deref().map(|sort| desk.choice(crate::model::field::Thing::Requirement, "sort", sort));
        vec![Text::from(it.number.to_string()), it.text.as_str().into(), desk.cell(sort.as_deref())]
    };
    let heads = ["report-number", "report-requirement", "report-sort"];
    let table = desk.table("report-scenario-caption", &heads, desk.outline.requirements.iter().map(row));
    Section::of(desk.say("report-scenario"), vec![table])
}

/// The wall with events only.
pub(crate) fn events(desk: &Desk<'_>) -> Section {
    step(desk, desk.say("report-step-events"), 0, EVENTS, false)
}

/// What was set aside.
pub(crate) fn dropped(desk: &Desk<'_>) -> Section {
    Section::of(desk.say("report-step-dropped"), vec![super::appendix::aside(desk)])
}

/// With those who act and what they ask for.
pub(crate) fn commands(desk: &Desk<'_>) -> Section {
    step(desk, desk.say("report-step-commands"), EVENTS, COMMANDS, false)
}

/// With aggregates.
pub(crate) fn aggregates(desk: &Desk<'_>) -> Section {
    step(desk, desk.say("report-step-aggregates"), COMMANDS, AGGREGATES, false)
}

/// With contexts around it all.
pub(crate) fn frames(desk: &Desk<'_>) -> Section {
    let mut section = step(desk, desk.say("report-step-contexts"), AGGREGATES, AGGREGATES, true);
    section.blocks.push(super::map::strategy(desk));
    section
}

/// With policies.
pub(crate) fn policies(desk: &Desk<'_>) -> Section {
    step(desk, desk.say("report-step-policies"), AGGREGATES, POLICIES, true)
}

/// All that stands on the wall.
pub(crate) fn model(desk: &Desk<'_>) -> Section {
    let heading = desk.say("report-step-model");
    let svg = Some(svg::wall(desk.board, desk.lang));
    Section::of(heading.clone(), vec![Block::Picture(Picture { caption: heading, mermaid: None, svg })])
}

/// The wall up to a step, and the stickies that are new in it; both by place in [`ORDER`].
fn step(desk: &Desk<'_>, heading: String, old: usize, new: usize, has_contexts: bool) -> Section {
    let mut wall: Board = desk.board.clone();
    wall.notes.retain(|_, note| ORDER[..new].contains(&note.kind));
    let notes = &wall.notes;
    wall.arrows.retain(|_, arrow| notes.contains_key(&arrow.from) && notes.contains_key(&arrow.to));
    if !has_contexts {
        wall.contexts.clear();
    }
    let svg = Some(svg::wall(&wall, desk.lang));
    let mut blocks = vec![Block::Picture(Picture { caption: heading.clone(), mermaid: None, svg })];
    if new > old {
        let fresh = &ORDER[old..new];
        let is_new = |note: &&NoteOutline| note.aside.is_none() && fresh.contains(&note.kind);
        let row = |note: &NoteOutline| vec![desk.note(note.id), desk.kind(note.kind), desk.mark(note.id)];
        let heads = ["report-sticky", "report-kind", "report-evidence"];
        let rows = desk.outline.notes.iter().filter(is_new).map(row);
        blocks.push(desk.table("report-step-caption", &heads, rows));
    }
    Section::of(heading, blocks)
}
