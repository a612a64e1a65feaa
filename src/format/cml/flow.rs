//! Flows and services: who asks for what, what decides, what happens, and what that starts.

use super::block::Block;
use super::token::Token;
use super::walk::Walk;
use crate::format::graph::{alias_of, spaced};
use crate::model::NoteKind;

/// One step of a flow: `command A [initiated by "b"] delegates to C emits event D X E`.
#[derive(Default)]
struct Told<'a> {
    actor: Option<&'a str>,
    aggregate: Option<&'a str>,
    events: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    pub(super) fn flow(&mut self, flow: &'a Block, frame: usize) {
        for step in &flow.body {
            match (flow.sort(), step.sort()) {
                ("Service", _) => self.operation(step, frame),
                (_, "event") => self.trigger(step, frame),
                (_, "command" | "operation") => {
                    let command = self.find(NoteKind::Command, step.name(), frame);
                    let told = told(step);
                    if let Some(actor) = told.actor {
                        let actor = self.graph.note(Some(frame), NoteKind::Actor, actor);
                        self.graph.step(actor, command);
                    }
                    self.happens(command, told.aggregate, &told.events, frame);
                }
                (_, sort) => self.leave(sort, step),
            }
        }
    }

    /// `event A + B triggers command C X D`; the comment above it is the policy where squall wrote it.
    fn trigger(&mut self, step: &'a Block, frame: usize) {
        let is_joint = |word: &&str| !matches!(*word, "X" | "O" | "event" | "command" | "operation");
        let mut words = step.words();
        let events: Vec<&str> =
            words.by_ref().take_while(|word| *word != "triggers").filter(is_joint).collect();
        let commands: Vec<&str> = words.filter(is_joint).collect();
        let commands: Vec<usize> =
            commands.iter().map(|name| self.find(NoteKind::Command, name, frame)).collect();
        let policy = step.comment.as_ref().filter(|_| self.is_own);
        let policy = policy.map(|it| self.graph.note(Some(frame), NoteKind::Policy, &it.text));
        for command in &commands {
            policy.iter().for_each(|policy| self.graph.step(*policy, *command));
        }
        for name in events {
            let event = self.find(NoteKind::DomainEvent, name, frame);
            let next = policy.as_ref().map_or(&commands[..], std::slice::from_ref);
            next.iter().for_each(|next| self.graph.step(event, *next));
        }
    }

    /// `@Event name(@Command it);` says what a command leads to, `name : read-only;` what can be looked at.
    fn operation(&mut self, step: &'a Block, frame: usize) {
        let names: Vec<&str> =
            step.head.windows(2).filter(|pair| pair[0].is("@")).filter_map(|pair| pair[1].word()).collect();
        let known = |kind: NoteKind, name: &&&str| self.notes.contains_key(&(kind, **name));
        let event = names.first().filter(|name| known(NoteKind::DomainEvent, name)).copied();
        let command = names.iter().find(|name| known(NoteKind::Command, name)).copied();
        if let Some((event, command)) = event.zip(command) {
            let command = self.find(NoteKind::Command, command, frame);
            return self.happens(command, None, &[event], frame);
        }
        let Some(name) = step.words().next().filter(|_| step.words().any(|word| word == "read-only")) else {
            return self.leave("Service", step);
        };
        let name = name.strip_prefix("get").filter(|rest| !rest.is_empty()).unwrap_or(name);
        let comment = step.comment.as_ref().filter(|_| self.is_own);
        let wording = comment.map_or_else(|| spaced(name), |comment| comment.text.clone());
        let note = self.graph.note(Some(frame), NoteKind::ReadModel, &wording);
        let alias = alias_of(name, &wording).map(|alias| ("alias".to_owned(), alias.into()));
        self.graph.notes[note].details.extend(alias);
    }

    /// A command is taken by its aggregate and leads to events.
    fn happens(&mut self, command: usize, aggregate: Option<&str>, events: &[&'a str], frame: usize) {
        let aggregate = aggregate.and_then(|name| self.aggregates.get_mut(name)).map(|aggregate| {
            if !std::mem::replace(&mut aggregate.is_taken, true) {
                return aggregate.note;
            }
            let wording = self.graph.notes[aggregate.note].wording.clone();
            self.graph.note(Some(frame), NoteKind::Aggregate, &wording)
        });
        aggregate.iter().for_each(|aggregate| self.graph.step(command, *aggregate));
        for name in events {
            let event = self.find(NoteKind::DomainEvent, name, frame);
            self.graph.step(aggregate.unwrap_or(command), event);
        }
    }

    /// The sticky a name means: in the same context before any other; a new one where there is none.
    fn find(&mut self, kind: NoteKind, name: &'a str, frame: usize) -> usize {
        let notes = self.notes.entry((kind, name)).or_default();
        let here = notes.iter().find(|note| self.graph.notes[**note].frame == Some(frame));
        if let Some(note) = here.or(notes.first()) {
            return *note;
        }
        let note = self.graph.note(Some(frame), kind, &spaced(name));
        notes.push(note);
        note
    }
}

fn told(step: &Block) -> Told<'_> {
    let mut told = Told::default();
    let mut tokens = step.head.iter().peekable();
    let mut is_event = false;
    while let Some(token) = tokens.next() {
        if token.is("[") && !tokens.peek().is_some_and(|next| next.is("initiated")) {
            tokens.by_ref().find(|token| token.is("]"));
        } else if token.is("delegates") {
            told.aggregate = tokens.by_ref().filter_map(Token::word).find(|word| *word != "to");
        } else if let Token::Text(actor) = token {
            told.actor = Some(actor);
        } else if token.is("emits") {
            is_event = true;
        } else if let Some(name) =
            token.word().filter(|word| is_event && !matches!(*word, "X" | "O" | "event"))
        {
            told.events.push(name);
        }
    }
    told
}
