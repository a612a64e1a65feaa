//! Contexts as services of their own: which to keep, merge or split, what each cut costs, and which to cut out first.

use std::collections::{BTreeMap, BTreeSet};

use super::context::ContextOutline;
use super::message::{Message, MessageKind};
use super::metric::Metrics;
use super::party::Party;
use super::{Outline, finding};
use crate::model::Id;
use crate::words::Said;

/// A context as a service of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate<'a> {
    /// The context.
    pub context: &'a ContextOutline,
    /// What to do with it.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<Said>,
    /// What it costs to cut it out.
    pub cost: Cost,
    /// What to do first.
    pub first_step: Said,
}

/// What to do with a context.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// A service of its own.
    Keep,
    /// One service together with another context.
    Merge(Party),
    /// Several services, each with these aggregates.
    Split(Vec<Vec<Id>>),
}

/// What has to be paid for between a context and the other contexts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cost {
    /// The calls that would go over the net, both ways.
    pub sync: usize,
    /// The messages nobody waits for, both ways.
    pub unawaited: usize,
    /// The words others have too, and may mean something else by.
    pub words: BTreeSet<String>,
}

/// The contexts people drew, in the order in which to cut them out of one program: first those few depend on, that wait
/// for nobody and are not the core of the business.
pub fn candidates(outline: &Outline) -> Vec<Candidate<'_>> {
    let framed = outline.contexts.iter().filter(|context| context.id.is_some());
    let mut all: Vec<Candidate<'_>> = framed.map(|context| candidate(outline, context)).collect();
    all.sort_by_key(|it| {
        let Metrics { afferent, efferent, .. } = it.context.metrics;
        let is_core = it.context.card.class.as_deref() == Some("core");
        (is_core, it.cost.sync > 0, afferent, it.cost.sync, efferent)
    });
    all
}

fn candidate<'a>(outline: &'a Outline, context: &'a ContextOutline) -> Candidate<'a> {
    let party = Party::Context(context.id);
    let is_other = |it: Party| it != party && matches!(it, Party::Context(Some(_)));
    let crossing: Vec<&Message> = outline
        .messages
        .iter()
        .filter(|it| it.from == party && is_other(it.to) || it.to == party && is_other(it.from))
        .collect();
    let sync = crossing.iter().filter(|message| message.is_sync()).count();
    let is_shared = |also: &[Party]| also.iter().any(|party| is_other(*party));
    let words = outline.terms.iter().filter(|term| term.party == party && is_shared(&term.also_in));
    let cost =
        Cost { sync, unawaited: crossing.len() - sync, words: words.map(|term| term.term.clone()).collect() };
    let (verdict, why) = verdict(outline, context, &crossing);
    let mut reasons = vec![why];
    reasons.extend(deployability(outline, party));
    let first_step = first_step(outline, context, &crossing, &verdict);
    Candidate { context, verdict, reasons, cost, first_step }
}

/// What to do with a context, and the reason for that.
fn verdict(outline: &Outline, context: &ContextOutline, crossing: &[&Message]) -> (Verdict, Said) {
    let mut calls: BTreeMap<Party, (usize, usize)> = BTreeMap::new();
    for message in crossing.iter().filter(|message| message.is_sync()) {
        if message.from == Party::Context(context.id) {
            calls.entry(message.to).or_default().0 += 1;
        } else {
            calls.entry(message.from).or_default().1 += 1;
        }
    }
    let both_ways = calls.iter().filter(|(_, (out, back))| *out.min(back) >= finding::CALLS_MANY);
    if let Some((other, (out, back))) = both_ways.max_by_key(|(_, (out, back))| out + back) {
        let name = outline.name(*other).unwrap_or_default();
        let why = Said::new("candidate-merge").with("other", name).with("out", out).with("back", back);
        return (Verdict::Merge(*other), why);
    }
    let parts = parts(context);
    if context.aggregates.len() > finding::AGGREGATES_MANY && parts.len() > 1 {
        return (Verdict::Split(parts.clone()), Said::new("candidate-split").with("count", parts.len()));
    }
    let why = if context.aggregates.is_empty() { "candidate-no-aggregate" } else { "candidate-keep" };
    (Verdict::Keep, Said { key: crate::words::Key(why), args: Vec::new() })
}

/// Whether it can be put out without the others: whom it waits for, and who waits for it in a ring.
fn deployability(outline: &Outline, party: Party) -> Vec<Said> {
    let waited: Vec<&Message> =
        outline.messages.iter().filter(|message| message.from == party && message.is_sync()).collect();
    let names: BTreeSet<&str> = waited.iter().filter_map(|message| outline.name(message.to)).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let waits = match waited.len() {
        0 => Said::new("candidate-waits-for-none"),
        count => Said::new("candidate-waits").with("count", count).with("names", names.join(", ")),
    };
    let is_ring = outline.metrics.sync_cycles.iter().any(|ring| ring.contains(&party));
    [Some(waits), is_ring.then(|| Said::new("candidate-ring"))].into_iter().flatten().collect()
}

fn first_step(outline: &Outline, context: &ContextOutline, crossing: &[&Message], verdict: &Verdict) -> Said {
    let party = Party::Context(context.id);
    let told = |key, message: &&Message| Said::new(key).with("note", outline.wording(message.note));
    if let Verdict::Merge(other) = verdict {
        return Said::new("candidate-first-merge").with("other", outline.name(*other).unwrap_or_default());
    }
    if let Verdict::Split(_) = verdict {
        return Said::new("candidate-first-split");
    }
    let is_told = |message: &&&Message| !message.is_sync() && message.kind == MessageKind::Event;
    let mut messages = crossing.iter();
    let called = messages.clone().find(|it| it.is_sync() && it.from == party);
    let asked = messages.clone().find(|it| it.is_sync() && it.to == party);
    let heard = messages.clone().find(|it| is_told(it) && it.to == party);
    let tells = messages.find(|it| is_told(it) && it.from == party);
    None.or_else(|| called.map(|it| told("candidate-first-called", it)))
        .or_else(|| asked.map(|it| told("candidate-first-asked", it)))
        .or_else(|| heard.map(|it| told("candidate-first-heard", it)))
        .or_else(|| tells.map(|it| told("candidate-first-tells", it)))
        .unwrap_or_else(|| Said::new("candidate-first-alone"))
}

/// The aggregates of a context, those in one group that its rows join.
fn parts(context: &ContextOutline) -> Vec<Vec<Id>> {
    let mut group: BTreeMap<Id, Id> = BTreeMap::new();
    let mut join = |ids: &mut dyn Iterator<Item = Id>| {
        let ids: Vec<Id> = ids.filter(|id| context.notes.binary_search(id).is_ok()).collect();
        let Some(first) = ids.first().map(|id| root(&group, *id)) else { return };
        for id in ids {
            let other = root(&group, id);
            group.insert(other, first);
        }
    };
    for aggregate in &context.aggregates {
        join(&mut aggregate.notes.iter().chain(&aggregate.commands).chain(&aggregate.events).copied());
    }
    for write in &context.writes {
        let all = write.aggregates.iter().chain(&write.events).chain(&write.by);
        join(&mut [write.command].into_iter().chain(all.copied()));
    }
    for policy in &context.policies {
        let all = policy.on.iter().chain(&policy.reads).chain(&policy.then);
        join(&mut [policy.policy].into_iter().chain(all.copied()));
    }
    for read in &context.reads {
        join(&mut [read.model].into_iter().chain(read.filled_by.iter().chain(&read.read_by).copied()));
    }
    let mut parts: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for aggregate in &context.aggregates {
        parts.entry(root(&group, aggregate.id)).or_default().push(aggregate.id);
    }
    parts.into_values().collect()
}

fn root(group: &BTreeMap<Id, Id>, mut id: Id) -> Id {
    while let Some(above) = group.get(&id).filter(|above| **above != id) {
        id = *above;
    }
    id
}
