//! What a context holds: what people set, who acts, its write side, its query side and its policies.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::aggregate::{Aggregate, Aggregates};
use super::ground::{Ground, Proof, fold};
use super::metric::Metrics;
use super::party::Party;
use crate::model::thing::{text_of, texts_of};
use crate::model::{Context, Id, NoteKind};

/// A bounded context, or what lies in none.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Context")]
pub struct ContextOutline {
    /// Its frame; `null` for what lies in none.
    pub id: Option<Id>,
    /// What people set.
    #[serde(flatten)]
    pub card: Card,
    /// The notes that belong to it.
    pub notes: Vec<Id>,
    /// Who acts in it, each name once.
    pub actors: Vec<Named>,
    /// Its aggregates, each name once.
    pub aggregates: Vec<Aggregate>,
    /// Its write side: what each command leads to.
    pub writes: Vec<Write>,
    /// Its query side: what fills each read model and who reads it.
    pub reads: Vec<Read>,
    /// Its reactions.
    pub policies: Vec<Reaction>,
    /// The events that others hear of, and who.
    pub publishes: Vec<Publication>,
    /// The numbers about it.
    pub metrics: Metrics,
}

/// What people set of a context. What nobody has set is not there.
#[derive(Clone, PartialEq, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Card {
    /// Its name; empty outside and where nobody gave one.
    pub name: String,
    /// Its name in Latin letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The smallest subdomain around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subdomain: Option<Id>,
    /// Core, supporting or generic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// What its name means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Who looks after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// What it is today: a module, tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owns_today: Option<String>,
    /// What the business has of it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub business_model: Vec<String>,
    /// How ripe such a thing is on the market.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evolution: Option<String>,
    /// The parts it plays.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub roles: Vec<String>,
    /// What is taken for granted.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub assumptions: Vec<String>,
    /// By what people will see that it does well.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub measures: Vec<String>,
    /// How hard it is, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complexity: Option<f64>,
    /// How far it sets the business apart, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differentiation: Option<f64>,
}

/// A name and the notes that bear it.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Named {
    /// The name, as the first of them spells it.
    pub name: String,
    /// The notes.
    pub notes: Vec<Id>,
}

/// A row of the write side.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Write {
    /// What is asked for.
    pub command: Id,
    /// The actors, policies, systems, screens and times that ask.
    pub by: Vec<Id>,
    /// The aggregates it is invoked on.
    pub aggregates: Vec<Id>,
    /// The external systems it is invoked on.
    pub systems: Vec<Id>,
    /// What it results in.
    pub events: Vec<Id>,
    /// Why all this is said.
    pub evidence: Vec<Proof>,
}

/// A row of the query side.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Read {
    /// What is looked at.
    pub model: Id,
    /// The events that fill it.
    pub filled_by: Vec<Id>,
    /// The actors, commands, policies and screens that look.
    pub read_by: Vec<Id>,
    /// Why all this is said.
    pub evidence: Vec<Proof>,
}

/// What a policy waits for and what it does then.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Reaction {
    /// The policy.
    pub policy: Id,
    /// The events and times that activate it.
    pub on: Vec<Id>,
    /// The read models it decides by.
    pub reads: Vec<Id>,
    /// The commands it issues, or the events it leads to.
    pub then: Vec<Id>,
    /// Why all this is said.
    pub evidence: Vec<Proof>,
}

/// An event that others hear of.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Publication {
    /// The event.
    pub event: Id,
    /// Who hears of it.
    pub to: Vec<Party>,
}

impl Card {
    fn of(context: &Context, subdomain: Option<Id>) -> Card {
        let details = &context.details;
        let text = |name| Some(text_of(details, name).to_owned()).filter(|text| !text.is_empty());
        let texts = |name| texts_of(details, name).map(str::to_owned).collect();
        let share = |name: &str| details.get(name).and_then(Value::as_f64);
        Card {
            name: context.name().to_owned(),
            alias: text("alias"),
            subdomain,
            class: text("class"),
            purpose: text("purpose"),
            definition: text("definition"),
            team: text("team"),
            owns_today: text("owns_today"),
            business_model: texts("business_model"),
            evolution: text("evolution"),
            roles: texts("roles"),
            assumptions: texts("assumptions"),
            measures: texts("metrics"),
            complexity: share("complexity"),
            differentiation: share("differentiation"),
        }
    }
}

/// Every context from left to right, and what lies in none where something does.
pub(super) fn contexts(
    ground: &Ground<'_>,
    aggregates: &mut Aggregates,
    metrics: Vec<Metrics>,
) -> Vec<ContextOutline> {
    let mut contexts: Vec<ContextOutline> = ground.parties.all[..=ground.parties.contexts]
        .iter()
        .zip(metrics)
        .map(|(party, metrics)| empty(ground, *party, metrics))
        .collect();
    let mut actors: Vec<BTreeMap<String, Named>> = vec![BTreeMap::new(); contexts.len()];
    for note in 0..ground.notes.len() {
        let (home, id) = (ground.home(note), ground.id(note));
        let Some(context) = contexts.get_mut(home) else { continue };
        context.notes.push(id);
        match ground.kind(note) {
            NoteKind::Actor => {
                let name = ground.notes[note].text();
                let named = actors[home].entry(fold(name));
                let named = named.or_insert_with(|| Named { name: name.to_owned(), notes: Vec::new() });
                named.notes.push(id);
            }
            NoteKind::Command => context.writes.push(write(ground, aggregates, note)),
            NoteKind::ReadModel => context.reads.push(read(ground, note)),
            NoteKind::Policy => context.policies.push(reaction(ground, note)),
            NoteKind::DomainEvent => context.publishes.extend(publication(ground, note)),
            _ => {}
        }
    }
    for (home, (context, actors)) in contexts.iter_mut().zip(actors).enumerate() {
        context.actors = actors.into_values().collect();
        context.aggregates = aggregates.take(home);
    }
    contexts.retain(|context| context.id.is_some() || !context.notes.is_empty());
    contexts
}

fn empty(ground: &Ground<'_>, party: Party, metrics: Metrics) -> ContextOutline {
    let id = if let Party::Context(id) = party { id } else { None };
    let card = |id| Card::of(&ground.board.contexts[&id], ground.projection.frames.subdomain_of(id));
    ContextOutline {
        id,
        card: id.map(card).unwrap_or_default(),
        notes: Vec::new(),
        actors: Vec::new(),
        aggregates: Vec::new(),
        writes: Vec::new(),
        reads: Vec::new(),
        policies: Vec::new(),
        publishes: Vec::new(),
        metrics,
    }
}

fn write(ground: &Ground<'_>, aggregates: &Aggregates, command: usize) -> Write {
    let mut row = Write {
        command: ground.id(command),
        by: Vec::new(),
        aggregates: Vec::new(),
        systems: Vec::new(),
        events: Vec::new(),
        evidence: Vec::new(),
    };
    for link in ground.to(command).filter(|link| ground.kind(link.from) != NoteKind::ReadModel) {
        row.by.push(ground.id(link.from));
        row.evidence.push(link.proof);
    }
    for link in ground.from(command) {
        let (list, id) = match ground.kind(link.to) {
            NoteKind::Aggregate => (&mut row.aggregates, aggregates.id_of(ground, link.to)),
            NoteKind::ExternalSystem => (&mut row.systems, ground.id(link.to)),
            NoteKind::DomainEvent => (&mut row.events, ground.id(link.to)),
            _ => continue,
        };
        list.push(id);
        row.evidence.push(link.proof);
    }
    for link in aggregates.produced_by(command) {
        row.events.push(ground.id(link.to));
        row.evidence.push(link.proof);
    }
    for list in [&mut row.by, &mut row.aggregates, &mut row.systems, &mut row.events] {
        tidy(list);
    }
    row
}

fn read(ground: &Ground<'_>, model: usize) -> Read {
    let filled = || ground.to(model).filter(|link| ground.kind(link.from) == NoteKind::DomainEvent);
    Read {
        model: ground.id(model),
        filled_by: filled().map(|link| ground.id(link.from)).collect(),
        read_by: ground.from(model).iter().map(|link| ground.id(link.to)).collect(),
        evidence: filled().chain(ground.from(model)).map(|link| link.proof).collect(),
    }
}

fn reaction(ground: &Ground<'_>, policy: usize) -> Reaction {
    let (reads, on): (Vec<_>, Vec<_>) =
        ground.to(policy).partition(|link| ground.kind(link.from) == NoteKind::ReadModel);
    let from =
        |links: Vec<&super::ground::Link>| links.into_iter().map(|link| ground.id(link.from)).collect();
    Reaction {
        policy: ground.id(policy),
        on: from(on),
        reads: from(reads),
        then: ground.from(policy).iter().map(|link| ground.id(link.to)).collect(),
        evidence: ground.to(policy).chain(ground.from(policy)).map(|link| link.proof).collect(),
    }
}

fn publication(ground: &Ground<'_>, event: usize) -> Option<Publication> {
    let heard = ground.from(event).iter().map(|link| link.to);
    let to: BTreeSet<Party> =
        heard.filter(|to| ground.home(*to) != ground.home(event)).map(|to| ground.party(to)).collect();
    (!to.is_empty()).then(|| Publication { event: ground.id(event), to: to.into_iter().collect() })
}

fn tidy(ids: &mut Vec<Id>) {
    ids.sort_unstable();
    ids.dedup();
}
