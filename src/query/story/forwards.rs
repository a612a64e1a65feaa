//! From the first event to the last: who does what, what happens, what follows from it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Telling;
use super::ground::Ground;
use crate::model::{Board, Id, NoteKind};
use crate::query::Flow;
use crate::query::outline::{Outline, Reaction};
use crate::words::Said;

/// Stories that are longer than so many units are equally long.
const REACH_MAX: usize = 256;

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
    /// The commands it gives.
    commands: Vec<Id>,
    /// The events that come of it without a command.
    straight: Vec<Id>,
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
        let (head, after) = (row.command, caused(&row.by));
        let seen = ground.known_before(&ground.of_kind(&row.by, NoteKind::Actor), head);
        Unit { kind: UnitKind::Deed, head, after, seen, commands: vec![head], straight: Vec::new() }
    });
    let reactions = ground.reactions.values().map(|row| {
        let (head, after) = (row.policy, caused(&row.on));
        let [commands, straight] =
            [NoteKind::Command, NoteKind::DomainEvent].map(|kind| ground.of_kind(&row.then, kind));
        Unit { kind: UnitKind::Reaction, head, after, seen: Vec::new(), commands, straight }
    });
    let mut units: Vec<Unit> = deeds.chain(reactions).collect();
    let given: BTreeSet<Id> = units.iter().flat_map(|unit| &unit.commands).copied().collect();
    let produced = given.iter().flat_map(|command| ground.results(*command));
    let produced: BTreeSet<Id> =
        produced.chain(units.iter().flat_map(|unit| &unit.straight)).copied().collect();
    let alone = ground.events.iter().filter(|event| !produced.contains(event));
    units.extend(alone.map(|event| Unit {
        kind: UnitKind::Happening,
        head: *event,
        after: Vec::new(),
        seen: Vec::new(),
        commands: Vec::new(),
        straight: vec![*event],
    }));
    units.sort_by_key(|unit| ground.place(unit.head));
    units
}

/// The order in which units are told: strand by strand, the longest first, each to its end.
fn order<'a>(units: &'a [Unit], ground: &Ground<'_>) -> Vec<&'a Unit> {
    let caused = Hearers::of(units, ground, |unit| &unit.after);
    let informed = Hearers::of(units, ground, |unit| &unit.seen);
    let mut starts: Vec<usize> = (0..units.len()).collect();
    starts.sort_by_cached_key(|at| {
        let unit = &units[*at];
        (!unit.after.is_empty(), Reverse(reach(units, &caused, *at)), ground.place(unit.head))
    });
    let (mut told, mut order) = (vec![false; units.len()], Vec::new());
    for start in starts {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut told[at], true) {
                order.push(&units[at]);
                // What is told first is put on the pile last.
                let hearers = informed.of_unit(&units[at]).rev().chain(caused.of_unit(&units[at]).rev());
                open.extend(hearers.filter(|after| !told[*after]));
            }
        }
    }
    order
}

/// Which units follow from what happens, by event and by the command it comes of.
struct Hearers {
    events: BTreeMap<Id, Vec<usize>>,
    commands: BTreeMap<Id, Vec<usize>>,
}

impl Hearers {
    fn of(units: &[Unit], ground: &Ground<'_>, heeds: fn(&Unit) -> &Vec<Id>) -> Hearers {
        let mut events: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
        for (at, unit) in units.iter().enumerate() {
            heeds(unit).iter().for_each(|event| events.entry(*event).or_default().push(at));
        }
        let given: BTreeSet<Id> = units.iter().flat_map(|unit| &unit.commands).copied().collect();
        let heard =
            |command: &Id| ground.results(*command).iter().filter_map(|event| events.get(event)).flatten();
        let commands = given.iter().map(|command| (*command, heard(command).copied().collect())).collect();
        Hearers { events, commands }
    }

    fn of_unit<'a>(&'a self, unit: &'a Unit) -> impl DoubleEndedIterator<Item = usize> + 'a {
        let by_command = unit.commands.iter().filter_map(|command| self.commands.get(command));
        by_command.chain(unit.straight.iter().filter_map(|event| self.events.get(event))).flatten().copied()
    }
}

/// How many units follow from one, itself included.
fn reach(units: &[Unit], hearers: &Hearers, from: usize) -> usize {
    let (mut seen, mut open) = (BTreeSet::from([from]), vec![from]);
    while let Some(at) = open.pop() {
        for after in hearers.of_unit(&units[at]) {
            if seen.len() == REACH_MAX {
                return REACH_MAX;
            }
            if seen.insert(after) {
                open.push(after);
            }
        }
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
                self.pass(&[unit.head], &mut telling);
            }
        }
        telling
    }

    /// These events have happened: what they show, and whether a chapter ends with one.
    fn pass(&mut self, events: &[Id], telling: &mut Telling) {
        show(self.ground, events, telling);
        self.turn(events);
    }

    fn turn(&mut self, events: &[Id]) {
        let is_pivotal =
            |event: &&Id| self.ground.board.notes.get(event).is_some_and(|note| note.is_pivotal());
        self.chapter = events.iter().rev().find(is_pivotal).copied().or(self.chapter);
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
            self.turn(&events);
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
            self.pass(&events, telling);
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
