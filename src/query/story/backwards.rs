//! From the last event to the first: what had to be there before.

use std::collections::{BTreeMap, BTreeSet};

use super::Telling;
use super::forwards::forwards;
use super::ground::{Ground, NAMES_MAX};
use crate::model::{Board, Id, NoteKind};
use crate::query::Flow;
use crate::query::outline::Outline;
use crate::words::Said;

/// What each event needs before it can happen: the story from its end.
pub fn backwards(board: &Board, flow: &Flow, outline: &Outline) -> Vec<Telling> {
    let ground = Ground::of(board, flow, outline);
    let told = forwards(board, flow, outline).into_iter().flat_map(|step| step.notes);
    let mut seen = BTreeSet::new();
    let is_new = |id: &Id| ground.kind(*id) == Some(NoteKind::DomainEvent) && seen.insert(*id);
    let events: Vec<Id> = told.filter(is_new).collect();
    let past = Past::of(&ground);
    (0..events.len()).rev().map(|at| past.need(events[at], events[..at].last())).collect()
}

/// What comes before what.
struct Past<'a> {
    ground: &'a Ground<'a>,
    /// The commands that each event comes of.
    producers: BTreeMap<Id, Vec<Id>>,
    /// The policies that each event comes straight of.
    straight: BTreeMap<Id, Vec<Id>>,
    /// The policies that give each command, and who else does.
    issuers: BTreeMap<Id, (Vec<Id>, Vec<Id>)>,
}

impl<'a> Past<'a> {
    fn of(ground: &'a Ground<'a>) -> Past<'a> {
        let mut straight: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for row in ground.reactions.values() {
            row.then.iter().for_each(|then| straight.entry(*then).or_default().push(row.policy));
        }
        let issuers = ground.writes.values().map(|row| {
            let policies = ground.of_kind(&row.by, NoteKind::Policy);
            let others = row.by.iter().filter(|id| ground.kind(**id) != Some(NoteKind::Policy));
            (row.command, (policies, others.copied().collect()))
        });
        Past { producers: ground.producers(), straight, issuers: issuers.collect(), ground }
    }

    /// What an event needs; `before` is the event that was told before it.
    fn need(&self, event: Id, before: Option<&Id>) -> Telling {
        let (ground, mut telling) = (self.ground, Telling::default());
        let [commands, policies] =
            [&self.producers, &self.straight].map(|by| by.get(&event).map_or(&[][..], Vec::as_slice));
        let wording = ground.quoted(event);
        let (systems, times) = ground.triggers(event);
        if !commands.is_empty() {
            let asked = ground.all(commands);
            let said = Said::new("story-needs-commands").with("event", wording).with_said("commands", asked);
            telling.say(said, &[&[event], commands].concat());
            commands.iter().take(NAMES_MAX).for_each(|command| self.need_issuer(*command, &mut telling));
        } else if let Some(causes) = systems.or(times) {
            let names = ground.names(&causes);
            let said = Said::new("story-needs-causes").with("event", wording).with_said("causes", names);
            telling.say(said, &[&[event], causes.as_slice()].concat());
        } else if !policies.is_empty() {
            telling.notes.push(event);
            need_triggers(ground, policies, &mut telling);
        } else if let Some(before) = before.filter(|_| !ground.tells_causes) {
            let said =
                Said::new("story-needs-before").with("event", wording).with("before", ground.quoted(*before));
            telling.say(said, &[event, *before]);
        } else {
            telling.stop(Said::new("story-needs-unknown").with("event", wording), &[event]);
        }
        telling
    }

    fn need_issuer(&self, command: Id, telling: &mut Telling) {
        let (ground, wording) = (self.ground, self.ground.quoted(command));
        let (policies, others) = &self.issuers[&command];
        need_triggers(ground, policies, telling);
        if !others.is_empty() {
            let who = ground.names(others);
            let said = Said::new("story-needs-people").with("command", wording).with_said("who", who);
            telling.say(said, others);
        } else if policies.is_empty() {
            telling.stop(Said::new("story-nobody").with("command", wording), &[command]);
        }
    }
}

/// What sets off the first of these policies, and how many more there are.
fn need_triggers(ground: &Ground<'_>, policies: &[Id], telling: &mut Telling) {
    policies.iter().take(NAMES_MAX).for_each(|policy| need_trigger(ground, *policy, telling));
    if let Some(count) = policies.len().checked_sub(NAMES_MAX).filter(|count| *count > 0) {
        let said = Said::new("story-needs-more").with("count", count);
        telling.say(said, &[]);
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
