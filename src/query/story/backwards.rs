//! From the last event to the first: what had to be there before.

use super::Telling;
use super::forwards::forwards;
use super::ground::Ground;
use crate::model::{Board, Id, NoteKind};
use crate::query::Flow;
use crate::query::outline::Outline;
use crate::words::Said;

/// What each event needs before it can happen: the story from its end.
pub fn backwards(board: &Board, flow: &Flow, outline: &Outline) -> Vec<Telling> {
    let ground = Ground::of(board, flow, outline);
    let mut events: Vec<Id> = Vec::new();
    for step in forwards(board, flow, outline) {
        let happened = step.notes.into_iter().filter(|id| ground.kind(*id) == Some(NoteKind::DomainEvent));
        let new: Vec<Id> = happened.filter(|id| !events.contains(id)).collect();
        events.extend(new);
    }
    (0..events.len()).rev().map(|at| need(&ground, events[at], events[..at].last())).collect()
}

/// What an event needs; `before` is the event that was told before it.
fn need(ground: &Ground<'_>, event: Id, before: Option<&Id>) -> Telling {
    let mut telling = Telling::default();
    let wording = ground.quoted(event);
    let commands: Vec<Id> = ground
        .writes
        .keys()
        .filter(|command| ground.outcome(&[**command]).1.contains(&event))
        .copied()
        .collect();
    let policies: Vec<Id> =
        ground.reactions.values().filter(|row| row.then.contains(&event)).map(|row| row.policy).collect();
    let (systems, times) = ground.triggers(event);
    if !commands.is_empty() {
        let asked = ground.all(&commands);
        let said = Said::new("story-needs-commands").with("event", wording).with_said("commands", asked);
        telling.say(said, &[&[event], commands.as_slice()].concat());
        commands.iter().for_each(|command| need_issuer(ground, *command, &mut telling));
    } else if let Some(causes) = systems.or(times) {
        let names = ground.names(&causes);
        let said = Said::new("story-needs-causes").with("event", wording).with_said("causes", names);
        telling.say(said, &[&[event], causes.as_slice()].concat());
    } else if !policies.is_empty() {
        telling.notes.push(event);
        policies.iter().for_each(|policy| need_trigger(ground, *policy, &mut telling));
    } else if let Some(before) = before.filter(|_| !ground.tells_causes) {
        let said =
            Said::new("story-needs-before").with("event", wording).with("before", ground.quoted(*before));
        telling.say(said, &[event, *before]);
    } else {
        telling.stop(Said::new("story-needs-unknown").with("event", wording), &[event]);
    }
    telling
}

fn need_issuer(ground: &Ground<'_>, command: Id, telling: &mut Telling) {
    let by = &ground.writes[&command].by;
    for policy in ground.of_kind(by, NoteKind::Policy) {
        need_trigger(ground, policy, telling);
    }
    let people: Vec<Id> =
        by.iter().filter(|id| ground.kind(**id) != Some(NoteKind::Policy)).copied().collect();
    if !people.is_empty() {
        let (wording, who) = (ground.quoted(command), ground.names(&people));
        let said = Said::new("story-needs-people").with("command", wording).with_said("who", who);
        telling.say(said, &people);
    } else if by.is_empty() {
        telling.stop(Said::new("story-nobody").with("command", ground.quoted(command)), &[command]);
    }
}

fn need_trigger(ground: &Ground<'_>, policy: Id, telling: &mut Telling) {
    let on = ground.reactions.get(&policy).map_or(&[][..], |row| row.on.as_slice());
    let wording = ground.quoted(policy);
    if on.is_empty() {
        telling.stop(Said::new("story-policy-untriggered").with("policy", wording), &[policy]);
    } else {
        let said =
            Said::new("story-needs-policy").with("policy", wording).with_said("events", ground.all(on));
        telling.say(said, &[&[policy], on].concat());
    }
}
