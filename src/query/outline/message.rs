//! What contexts and systems say to each other, and what follows from that for their relations.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::ground::{Ground, Link, Proof};
use super::party::Party;
use crate::model::thing::{text_of, texts_of};
use crate::model::{Id, Mode, NoteKind};

/// A message from one party to another.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Message {
    /// Whether it tells, asks or orders.
    pub kind: MessageKind,
    /// Whether somebody waits for the answer.
    pub mode: Waiting,
    /// Whether nobody has said so, and the kind of message speaks.
    pub is_mode_guessed: bool,
    /// Who sends it: who tells, asks or orders.
    pub from: Party,
    /// Who receives it.
    pub to: Party,
    /// The note whose wording it is: the event, the read model or the command.
    pub note: Id,
    /// What stands on the arrow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Why it has to be waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// By what an answer is matched with its question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The step of the flow that crosses from one party to the other.
    pub evidence: Proof,
}

/// What a message does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// It tells what happened.
    Event,
    /// It asks for what is known.
    Query,
    /// It orders something done.
    Command,
}

/// Whether somebody waits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Waiting {
    /// The sender waits for the answer.
    Sync,
    /// Nobody waits.
    Async,
}

/// How two parties depend on each other, all their messages folded into one row.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Relation {
    /// Who can change without asking.
    pub upstream: Party,
    /// Who has to follow.
    pub downstream: Party,
    /// Their messages, by place in the outline's list.
    pub messages: Vec<usize>,
    /// The patterns the messages suggest for the upstream side. Nobody has agreed to them.
    pub proposed_upstream: BTreeSet<&'static str>,
    /// The patterns the messages suggest for the downstream side. Nobody has agreed to them.
    pub proposed_downstream: BTreeSet<&'static str>,
    /// The patterns people put on the arrows.
    pub accepted: BTreeSet<String>,
    /// Whether each of the two also depends on the other.
    pub is_mutual: bool,
}

/// How a step between two parties is read: what it is, and whether the end that is told, asked or ordered stands first.
fn reading(from: NoteKind, to: NoteKind) -> Option<(MessageKind, bool)> {
    use NoteKind::{
        Actor, Aggregate, Command, DomainEvent, ExternalSystem, Policy, ReadModel, UserInterface,
    };
    match (from, to) {
        (DomainEvent, Policy | ReadModel | DomainEvent | Command | ExternalSystem)
        | (ExternalSystem, DomainEvent | Policy | ReadModel) => Some((MessageKind::Event, false)),
        (ReadModel, Actor | Command | Policy | UserInterface) => Some((MessageKind::Query, true)),
        (Policy | Command | UserInterface, Command | Aggregate | ExternalSystem)
        | (ExternalSystem, Command) => Some((MessageKind::Command, false)),
        _ => None,
    }
}

impl Message {
    /// Whose change the other side has to follow.
    pub fn upstream(&self) -> Party {
        if self.kind == MessageKind::Event { self.from } else { self.to }
    }

    /// Who has to follow.
    pub fn downstream(&self) -> Party {
        if self.kind == MessageKind::Event { self.to } else { self.from }
    }

    /// Whether the sender waits.
    pub fn is_sync(&self) -> bool {
        self.mode == Waiting::Sync
    }

    fn of(ground: &Ground<'_>, link: &Link) -> Option<Message> {
        let (kinds, ends) = ((ground.kind(link.from), ground.kind(link.to)), (link.from, link.to));
        let (kind, is_answered) = reading(kinds.0, kinds.1)?;
        let (from, to) = if is_answered { (ends.1, ends.0) } else { ends };
        let note = match kind {
            MessageKind::Event if kinds.0 != NoteKind::DomainEvent => ends.1,
            MessageKind::Command if kinds.1 == NoteKind::Command => ends.1,
            MessageKind::Event | MessageKind::Query | MessageKind::Command => ends.0,
        };
        let arrow = link.proof.arrow.and_then(|arrow| ground.board.arrows.get(&arrow));
        let said =
            |name| arrow.map(|it| text_of(&it.details, name).to_owned()).filter(|text| !text.is_empty());
        let default = if kind == MessageKind::Event { Waiting::Async } else { Waiting::Sync };
        let mode = arrow.and_then(|arrow| arrow.mode()).map(|mode| match mode {
            Mode::Sync => Waiting::Sync,
            Mode::Async => Waiting::Async,
        });
        Some(Message {
            kind,
            mode: mode.unwrap_or(default),
            is_mode_guessed: mode.is_none(),
            from: ground.party(from),
            to: ground.party(to),
            note: ground.id(note),
            label: said("label"),
            why: said("why"),
            key: said("key"),
            evidence: link.proof,
        })
    }
}

/// Every message between two parties, by who talks to whom.
pub(super) fn messages(ground: &Ground<'_>) -> Vec<Message> {
    let across = ground.links.iter().filter(|link| ground.home(link.from) != ground.home(link.to));
    let mut messages: Vec<Message> = across.filter_map(|link| Message::of(ground, link)).collect();
    messages.sort_by_key(|message| (message.from, message.to, message.kind, message.evidence));
    messages
}

/// One row for each two parties one of which depends on the other.
pub(super) fn relations(ground: &Ground<'_>, messages: &[Message]) -> Vec<Relation> {
    let mut pairs: BTreeMap<(Party, Party), Vec<usize>> = BTreeMap::new();
    let mut consumers: BTreeMap<Party, BTreeSet<Party>> = BTreeMap::new();
    for (at, message) in messages.iter().enumerate() {
        pairs.entry((message.upstream(), message.downstream())).or_default().push(at);
        if message.kind == MessageKind::Event {
            consumers.entry(message.from).or_default().insert(message.to);
        }
    }
    let is_mutual = |up, down| pairs.contains_key(&(down, up));
    let relation = |(&(upstream, downstream), of): (&(Party, Party), &Vec<usize>)| {
        let mut row = Relation {
            upstream,
            downstream,
            messages: of.clone(),
            proposed_upstream: BTreeSet::new(),
            proposed_downstream: BTreeSet::new(),
            accepted: BTreeSet::new(),
            is_mutual: is_mutual(upstream, downstream),
        };
        for message in of.iter().map(|at| &messages[*at]) {
            let (up, down) = proposed(ground, message);
            row.proposed_upstream.extend(up);
            row.proposed_downstream.extend(down);
            if message.kind == MessageKind::Event && consumers[&message.from].len() > 1 && !up.is_empty() {
                row.proposed_upstream.insert("OHS");
            }
            let arrow = message.evidence.arrow.and_then(|arrow| ground.board.arrows.get(&arrow));
            let patterns = arrow.into_iter().flat_map(|arrow| texts_of(&arrow.details, "pattern"));
            row.accepted.extend(patterns.map(str::to_owned));
        }
        row
    };
    pairs.iter().map(relation).collect()
}

/// The patterns a message suggests: upstream, then downstream.
fn proposed(ground: &Ground<'_>, message: &Message) -> (&'static [&'static str], &'static [&'static str]) {
    if let (Party::System(_), _) | (_, Party::System(_)) = (message.from, message.to) {
        let is_upstream = matches!(message.upstream(), Party::System(_));
        return if is_upstream { (&[], &["ACL"]) } else { (&[], &[]) };
    }
    let receiver = ground.place.get(&message.evidence.to).map(|at| ground.kind(*at));
    match (message.kind, receiver) {
        (MessageKind::Event, Some(NoteKind::Policy)) if class(ground, message.to) == "generic" => {
            (&["PL"], &["CF"])
        }
        (MessageKind::Event, Some(NoteKind::Policy)) => (&["PL"], &["ACL"]),
        (MessageKind::Event, Some(NoteKind::ReadModel)) => (&["PL"], &["CF"]),
        (MessageKind::Query, _) => (&["OHS"], &["CF"]),
        (MessageKind::Command, Some(NoteKind::Command)) => (&["CS"], &["CS"]),
        _ => (&[], &[]),
    }
}

fn class<'a>(ground: &Ground<'a>, party: Party) -> &'a str {
    let Party::Context(Some(id)) = party else { return "" };
    ground.board.contexts.get(&id).map_or("", |context| context.class())
}
