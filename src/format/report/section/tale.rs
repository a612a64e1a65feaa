//! What one command sets off, message by message, wherever that leads.

use crate::format::mermaid;
use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Picture, Section, Text};
use crate::query::outline::{ContextOutline, FlowStep, MessageFlow, Party, Speaker};

/// The flows that begin in a context.
pub(super) fn flows(desk: &Desk<'_>, context: &ContextOutline) -> Section {
    let home = Some(Party::Context(context.id));
    let begins = |flow: &&MessageFlow| {
        desk.outline.note(flow.command).is_some_and(|note| note.party == home) && flow.steps.len() > 1
    };
    Section {
        heading: desk.say("report-flows"),
        blocks: Vec::new(),
        parts: desk.flows.iter().filter(begins).map(|flow| one(desk, flow)).collect(),
    }
}

fn one(desk: &Desk<'_>, flow: &MessageFlow) -> Section {
    let heading = desk.note(flow.command).and(" ").and(desk.mark(flow.command)).plain();
    let mut steps: Vec<Text> = flow.steps.iter().map(|it| step(desk, it)).collect();
    if flow.goes_on {
        steps.push(desk.say("report-goes-on").into());
    }
    let drawn = Picture {
        caption: desk.say("report-flow-caption"),
        mermaid: Some(mermaid::sequence(desk.outline, flow, desk.lang)),
        svg: None,
    };
    Section::of(heading, vec![Block::Steps(steps), Block::Picture(drawn)])
}

fn step(desk: &Desk<'_>, step: &FlowStep) -> Text {
    let name = |speaker| match speaker {
        Speaker::Note(note) => desk.note(note),
        Speaker::Party(party) => desk.party(party).into(),
    };
    let ends =
        if step.from == step.to { name(step.from) } else { name(step.from).and(" → ").and(name(step.to)) };
    let manner = desk.manner_of(step.mode, step.kind);
    ends.and(": ").and(desk.note(step.note)).and(format!(" ({manner}) ")).and(desk.mark(step.note))
}
