//! From the first event to the last: who does what, what happens, what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use super::Telling;
use super::ground::Ground;
use crate::model::{Board, Id, NoteKind};
use crate::query::Flow;
use crate::query::outline::{Outline, Reaction};
use crate::words::Said;

/// The story from what nothing comes before: what follows from a step is told next, and the longest story first.
pub fn forwards(board: &Board, flow: &Flow, outline: &Outline) -> Vec<Telling> {
    let ground = Ground::of(board, flow, outline);
    let mut teller = Teller { ground: &ground, commanded: BTreeSet::new(), chapter: None };
    order(&units(&ground), &ground).into_iter().map(|unit| teller.tell(unit)).collect()
}

/// Something that is told in one breath.
struct Unit {
    kind: UnitKind,
    /// The note it is told at.
    head: Id,
    /// The events it follows from.
    after: Vec<Id>,
    /// The events behind what is looked at before it.
    seen: Vec<Id>,
    /// The events that come of it.
    events: Vec<Id>,
}

#[derive(Clone, Copy)]
enum UnitKind {
    Deed,
    Reaction,
    Happening,
}

fn units(ground: &Ground<'_>) -> Vec<Unit> {
    let is_of_policies =
        |by: &[Id]| !by.is_empty() && by.iter().all(|id| ground.kind(*id) == Some(NoteKind::Policy));
    let caused = |by: &[Id]| ground.of_kind(by, NoteKind::DomainEvent);
    let deeds = ground.writes.values().filter(|row| !is_of_policies(&row.by)).map(|row| {
        let (_, events) = ground.outcome(&[row.command]);
        let seen = ground.known_before(&ground.of_kind(&row.by, NoteKind::Actor), row.command);
        Unit { kind: UnitKind::Deed, head: row.command, after: caused(&row.by), seen, events }
    });
    let reactions = ground.reactions.values().map(|row| {
        let (_, mut events) = ground.outcome(&ground.of_kind(&row.then, NoteKind::Command));
        events.extend(ground.of_kind(&row.then, NoteKind::DomainEvent));
        Unit { kind: UnitKind::Reaction, head: row.policy, after: caused(&row.on), seen: Vec::new(), events }
    });
    let mut units: Vec<Unit> = deeds.chain(reactions).collect();
    let produced: BTreeSet<Id> = units.iter().flat_map(|unit| &unit.events).copied().collect();
    let alone = ground.events.iter().filter(|event| !produced.contains(event));
    units.extend(alone.map(|event| Unit {
        kind: UnitKind::Happening,
        head: *event,
        after: Vec::new(),
        seen: Vec::new(),
        events: vec![*event],
    }));
    units.sort_by_key(|unit| ground.place(unit.head));
    units
}

/// The order in which units are told: strand by strand, the longest first, each to its end.
fn order<'a>(units: &'a [Unit], ground: &Ground<'_>) -> Vec<&'a Unit> {
    let heard_in = |events: fn(&Unit) -> &Vec<Id>| {
        let mut heard: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
        for (at, unit) in units.iter().enumerate() {
            events(unit).iter().for_each(|event| heard.entry(*event).or_default().push(at));
        }
        heard
    };
    let (caused, informed) = (heard_in(|unit| &unit.after), heard_in(|unit| &unit.seen));
    let follow = |heard: &BTreeMap<Id, Vec<usize>>| -> Vec<Vec<usize>> {
        let of = |event| heard.get(event).into_iter().flatten().copied();
        units.iter().map(|unit| unit.events.iter().flat_map(of).collect()).collect()
    };
    let (next, later) = (follow(&caused), follow(&informed));
    let mut starts: Vec<usize> = (0..units.len()).collect();
    starts.sort_by_key(|at| {
        let unit = &units[*at];
        (!unit.after.is_empty(), std::cmp::Reverse(reach(&next, *at)), ground.place(unit.head))
    });
    let (mut told, mut order) = (BTreeSet::new(), Vec::new());
    for start in starts {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if told.insert(at) {
                order.push(&units[at]);
                // What is told first is put on the pile last.
                open.extend(later[at].iter().rev().chain(next[at].iter().rev()));
            }
        }
    }
    order
}

/// How many units follow from one, itself included.
fn reach(next: &[Vec<usize>], from: usize) -> usize {
    let (mut seen, mut open) = (BTreeSet::from([from]), vec![from]);
    while let Some(at) = open.pop() {
        open.extend(next[at].iter().filter(|after| seen.insert(**after)));
    }
    seen.len()
}

/// Who tells, and what was told.
struct Teller<'a> {
    ground: &'a Ground<'a>,
    /// The commands whose outcome was told.
    commanded: BTreeSet<Id>,
    /// The last pivotal event that happened.
    chapter: Option<Id>,
}

impl Teller<'_> {
    fn tell(&mut self, unit: &Unit) -> Telling {
        let mut telling = Telling { chapter: self.chapter, ..Telling::default() };
        match unit.kind {
            UnitKind::Deed => {
                issue(self.ground, unit.head, &mut telling);
                self.outcome(&[unit.head], &mut telling);
            }
            UnitKind::Reaction => self.react(unit.head, &mut telling),
            UnitKind::Happening => {
                happen(self.ground, unit.head, &mut telling);
                show(self.ground, &[unit.head], &mut telling);
            }
        }
        let is_pivotal =
            |event: &&Id| self.ground.board.notes.get(event).is_some_and(|note| note.is_pivotal());
        self.chapter = unit.events.iter().rev().find(is_pivotal).copied().or(self.chapter);
        telling
    }

    fn react(&mut self, policy: Id, telling: &mut Telling) {
        let ground = self.ground;
        let row = ground.reactions[&policy];
        trigger(ground, row, telling);
        let commands = ground.of_kind(&row.then, NoteKind::Command);
        let events = ground.of_kind(&row.then, NoteKind::DomainEvent);
        if !commands.is_empty() {
            let said = Said::new("story-policy-orders").with_said("commands", ground.all(&commands));
            telling.say(said, &commands);
            self.outcome(&commands, telling);
        } else if !events.is_empty() {
            let said = Said::new("story-then").with_said("events", ground.outcomes(&events));
            telling.say(said, &events);
        } else {
            telling.stop(Said::new("story-policy-idle"), &[]);
        }
    }

    /// What comes of commands, where it was not told before.
    fn outcome(&mut self, commands: &[Id], telling: &mut Telling) {
        let new: Vec<Id> =
            commands.iter().filter(|command| self.commanded.insert(**command)).copied().collect();
        if new.is_empty() {
            return;
        }
        let (systems, events) = self.ground.outcome(&new);
        if !systems.is_empty() {
            let said = Said::new("story-by-system").with_said("systems", self.ground.names(&systems));
            telling.say(said, &systems);
        }
        if events.is_empty() {
            telling.stop(Said::new("story-nothing"), &[]);
        } else {
            let said = Said::new("story-then").with_said("events", self.ground.outcomes(&events));
            telling.say(said, &events);
            show(self.ground, &events, telling);
        }
    }
}

/// What sets a policy off.
fn trigger(ground: &Ground<'_>, row: &Reaction, telling: &mut Telling) {
    let policy = ground.quoted(row.policy);
    let of = |kind| ground.of_kind(&row.on, kind);
    let (times, systems) = (of(NoteKind::Time), of(NoteKind::ExternalSystem));
    let notes: Vec<Id> = row.on.iter().chain([&row.policy]).copied().collect();
    if row.on.is_empty() {
        telling.stop(Said::new("story-policy-untriggered").with("policy", policy), &notes);
    } else if !times.is_empty() {
        let said =
            Said::new("story-policy-time").with_said("who", ground.names(&times)).with("policy", policy);
        telling.say(said, &notes);
    } else if !systems.is_empty() {
        let said =
            Said::new("story-policy-system").with_said("who", ground.names(&systems)).with("policy", policy);
        telling.say(said, &notes);
    } else {
        let said = Said::new("story-policy").with_said("events", ground.all(&row.on)).with("policy", policy);
        telling.say(said, &notes);
    }
}

/// Who gives a command, and what they look at.
fn issue(ground: &Ground<'_>, command: Id, telling: &mut Telling) {
    const ISSUERS: [NoteKind; 4] =
        [NoteKind::Actor, NoteKind::ExternalSystem, NoteKind::Time, NoteKind::DomainEvent];
    let by = &ground.writes[&command].by;
    let issuers = ISSUERS.into_iter().map(|kind| (kind, ground.of_kind(by, kind)));
    let wording = ground.quoted(command);
    let Some((kind, issuers)) = issuers.into_iter().find(|(_, issuers)| !issuers.is_empty()) else {
        telling.stop(Said::new("story-nobody").with("command", wording), &[command]);
        return;
    };
    let (who, seen) = (ground.names(&issuers), ground.seen_before(&issuers, command));
    let views = ground.all(&seen);
    let said = match kind {
        NoteKind::Actor if seen.is_empty() => {
            Said::new("story-actor").with_said("who", who).with("command", wording)
        }
        NoteKind::Actor => Said::new("story-actor-seeing")
            .with_said("who", who)
            .with_said("views", views)
            .with("command", wording),
        NoteKind::ExternalSystem => Said::new("story-system").with_said("who", who).with("command", wording),
        NoteKind::Time => Said::new("story-time").with_said("who", who).with("command", wording),
        _ => Said::new("story-cause").with_said("events", ground.all(&issuers)).with("command", wording),
    };
    let seen = if kind == NoteKind::Actor { seen } else { Vec::new() };
    telling.say(said, &issuers.into_iter().chain(seen).chain([command]).collect::<Vec<_>>());
}

/// What can be seen of events afterwards.
fn show(ground: &Ground<'_>, events: &[Id], telling: &mut Telling) {
    let views = ground.shown_after(events);
    if !views.is_empty() {
        let said = Said::new("story-shown").with_said("views", ground.all(&views));
        telling.say(said, &views);
    }
}

/// An event that no command of this wall leads to.
fn happen(ground: &Ground<'_>, event: Id, telling: &mut Telling) {
    let (systems, times) = ground.triggers(event);
    let wording = ground.quoted(event);
    if let Some(systems) = systems {
        let said =
            Said::new("story-event-system").with_said("who", ground.names(&systems)).with("event", wording);
        telling.say(said, &systems.into_iter().chain([event]).collect::<Vec<_>>());
    } else if let Some(times) = times {
        let said =
            Said::new("story-event-time").with_said("who", ground.names(&times)).with("event", wording);
        telling.say(said, &times.into_iter().chain([event]).collect::<Vec<_>>());
    } else if ground.tells_causes {
        telling.stop(Said::new("story-event-uncaused").with("event", wording), &[event]);
    } else {
        let said = Said::new("story-event").with("event", wording);
        telling.say(said, &[event]);
    }
}
