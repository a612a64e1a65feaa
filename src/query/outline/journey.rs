//! Message flows: what each command that people or systems begin with sets off, message by message.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use schemars::JsonSchema;
use serde::Serialize;

use super::context::{Reaction, Write};
use super::message::{MessageKind, Waiting};
use super::{Outline, Party};
use crate::model::{Id, NoteKind};

/// What one command sets off, in the order it goes.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct MessageFlow {
    /// The command it begins with.
    pub command: Id,
    /// Who says what to whom, [`STEPS_MAX`] at most.
    pub steps: Vec<FlowStep>,
    /// Whether it goes on behind the last of them.
    pub goes_on: bool,
}

/// One message of a flow.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FlowStep {
    /// Who says it.
    pub from: Speaker,
    /// Who hears it; the same where a context goes on by itself.
    pub to: Speaker,
    /// The note whose wording it is: the event, the read model or the command.
    pub note: Id,
    /// Whether it tells, asks or orders.
    pub kind: MessageKind,
    /// Whether the sender waits.
    pub mode: Waiting,
}

/// Who takes part in a flow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// An actor, a screen or a moment.
    Note(Id),
    /// A context or a system.
    Party(Party),
}

/// More messages than this nobody follows in one picture.
pub const STEPS_MAX: usize = 9;

impl Outline {
    /// The flow of every command that no policy and no event leads to, in the order of time.
    pub fn flows(&self) -> Vec<MessageFlow> {
        let map = Map::of(self);
        let mut entries: Vec<&Write> = map.writes.values().copied().filter(|row| map.begins(row)).collect();
        entries.sort_by_key(|row| (map.moment(&row.events), row.command));
        entries.into_iter().map(|row| Walk::new(&map, row.command).walked()).collect()
    }
}

/// The outline by what leads on from where.
struct Map<'a> {
    outline: &'a Outline,
    writes: BTreeMap<Id, &'a Write>,
    /// The policies that wait for a note.
    reactions: BTreeMap<Id, Vec<&'a Reaction>>,
    /// The commands that follow an event without a policy.
    straight: BTreeMap<Id, Vec<Id>>,
    /// The read models a note looks at, and those an event fills.
    reads: BTreeMap<Id, Vec<Id>>,
    fills: BTreeMap<Id, Vec<Id>>,
    /// The messages by the notes between which they cross.
    modes: BTreeMap<(Id, Id), Waiting>,
    /// The events a system tells of, and the systems an event is told to.
    told: BTreeMap<Id, Vec<Id>>,
    moments: BTreeMap<Id, usize>,
}

impl<'a> Map<'a> {
    fn of(outline: &'a Outline) -> Map<'a> {
        let mut map = Map {
            outline,
            writes: BTreeMap::new(),
            reactions: BTreeMap::new(),
            straight: BTreeMap::new(),
            reads: BTreeMap::new(),
            fills: BTreeMap::new(),
            modes: BTreeMap::new(),
            told: BTreeMap::new(),
            moments: BTreeMap::new(),
        };
        for context in &outline.contexts {
            for row in &context.writes {
                map.writes.insert(row.command, row);
                for by in &row.by {
                    if map.is(*by, NoteKind::DomainEvent) {
                        map.straight.entry(*by).or_default().push(row.command);
                    }
                }
            }
            for row in &context.policies {
                row.on.iter().for_each(|on| map.reactions.entry(*on).or_default().push(row));
            }
            for row in &context.reads {
                row.read_by.iter().for_each(|by| map.reads.entry(*by).or_default().push(row.model));
                row.filled_by.iter().for_each(|by| map.fills.entry(*by).or_default().push(row.model));
            }
        }
        for message in &outline.messages {
            let (from, to) = (message.evidence.from, message.evidence.to);
            map.modes.insert((from, to), message.mode);
            let of_system = map.is(from, NoteKind::ExternalSystem) && map.is(to, NoteKind::DomainEvent);
            if of_system || map.is(from, NoteKind::DomainEvent) && map.is(to, NoteKind::ExternalSystem) {
                map.told.entry(from).or_default().push(to);
            }
        }
        let events = outline.chapters.iter().flat_map(|chapter| &chapter.events);
        map.moments = events.enumerate().map(|(at, event)| (*event, at)).collect();
        map
    }

    fn is(&self, note: Id, kind: NoteKind) -> bool {
        self.outline.note(note).is_some_and(|note| note.kind == kind)
    }

    fn begins(&self, row: &Write) -> bool {
        !row.by.iter().any(|by| self.is(*by, NoteKind::Policy) || self.is(*by, NoteKind::DomainEvent))
    }

    /// When the first of some events happens.
    fn moment(&self, events: &[Id]) -> usize {
        events.iter().filter_map(|event| self.moments.get(event)).copied().min().unwrap_or(usize::MAX)
    }

    fn party(&self, note: Id) -> Speaker {
        let party = self.outline.note(note).and_then(|note| note.party);
        Speaker::Party(party.unwrap_or(Party::Context(None)))
    }

    /// Who asks when this note does: the note itself where a person does, else its context or system.
    fn speaker(&self, note: Id) -> Speaker {
        let is_own = [NoteKind::Actor, NoteKind::UserInterface, NoteKind::Time];
        if is_own.iter().any(|kind| self.is(note, *kind)) { Speaker::Note(note) } else { self.party(note) }
    }
}

fn list<T>(map: &BTreeMap<Id, Vec<T>>, id: Id) -> &[T] {
    map.get(&id).map_or(&[], Vec::as_slice)
}

/// One flow on its way.
struct Walk<'m, 'a> {
    map: &'m Map<'a>,
    flow: MessageFlow,
    /// The commands that come next, each with what asks for it.
    open: VecDeque<(Id, Vec<Id>)>,
    seen: BTreeSet<Id>,
}

impl<'m, 'a> Walk<'m, 'a> {
    fn new(map: &'m Map<'a>, command: Id) -> Walk<'m, 'a> {
        let flow = MessageFlow { command, steps: Vec::new(), goes_on: false };
        let by = map.writes[&command].by.clone();
        Walk { map, flow, open: VecDeque::from([(command, by)]), seen: BTreeSet::new() }
    }

    fn walked(mut self) -> MessageFlow {
        while let Some((command, by)) = self.open.pop_front()
            && !self.flow.goes_on
        {
            self.command(command, &by);
        }
        self.flow
    }

    fn command(&mut self, command: Id, by: &[Id]) {
        let (map, here) = (self.map, self.map.party(command));
        for asker in by.iter().chain([&command]) {
            for model in list(&map.reads, *asker) {
                let (from, to) = (map.speaker(*asker), map.party(*model));
                if from != to {
                    self.step(from, to, *model, MessageKind::Query, (*model, *asker));
                }
            }
        }
        for asker in by {
            self.step(map.speaker(*asker), here, command, MessageKind::Command, (*asker, command));
        }
        if by.is_empty() {
            self.step(here, here, command, MessageKind::Command, (command, command));
        }
        if !self.seen.insert(command) {
            return;
        }
        let Some(row) = map.writes.get(&command) else { return };
        let mut events = row.events.clone();
        for system in &row.systems {
            self.step(here, map.party(*system), command, MessageKind::Command, (command, *system));
            for event in list(&map.told, *system) {
                let (from, to) = (map.party(*system), map.party(*event));
                self.step(from, to, *event, MessageKind::Event, (*system, *event));
                events.push(*event);
            }
        }
        events.sort_by_key(|event| (map.moment(&[*event]), *event));
        events.dedup();
        events.into_iter().for_each(|event| self.event(event));
    }

    fn event(&mut self, event: Id) {
        if self.flow.goes_on || !self.seen.insert(event) {
            return;
        }
        let (map, here) = (self.map, self.map.party(event));
        let policies = || list(&map.reactions, event).iter();
        let heard = policies().map(|row| row.policy).chain(list(&map.straight, event).iter().copied());
        let kept = list(&map.fills, event).iter().chain(list(&map.told, event)).copied();
        let kept = kept.filter(|by| map.party(*by) != here);
        let mut told = BTreeSet::new();
        for by in heard.chain(kept) {
            if told.insert(map.party(by)) {
                self.step(here, map.party(by), event, MessageKind::Event, (event, by));
            }
        }
        if told.is_empty() {
            self.step(here, here, event, MessageKind::Event, (event, event));
        }
        let follow = list(&map.straight, event).iter().map(|command| (*command, Vec::new()));
        self.open.extend(follow);
        for row in policies() {
            for next in &row.then {
                match map.is(*next, NoteKind::DomainEvent) {
                    true => self.event(*next),
                    false => self.open.push_back((*next, vec![row.policy])),
                }
            }
        }
    }

    fn step(&mut self, from: Speaker, to: Speaker, note: Id, kind: MessageKind, across: (Id, Id)) {
        if self.flow.steps.len() == STEPS_MAX {
            self.flow.goes_on = true;
            return;
        }
        let usual = if kind == MessageKind::Event { Waiting::Async } else { Waiting::Sync };
        let mode = self.map.modes.get(&across).copied().unwrap_or(usual);
        self.flow.steps.push(FlowStep { from, to, note, kind, mode });
    }
}
