//! What the shape of contexts and their messages gives to think about.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::context::ContextOutline;
use super::ground::{Ground, Link};
use super::message::{Message, Relation};
use super::metric::WallMetrics;
use super::party::Party;
use crate::model::thing::text_of;
use crate::model::{Frame, Id, NoteKind};
use crate::words::Said;

/// Something worth a thought, found by a rule.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// How loud it is.
    pub severity: Severity,
    /// The sentence: the key of its rule and what fills it.
    #[schemars(with = "BTreeMap<String, Value>")]
    pub said: Said,
    /// Whom it concerns.
    pub parties: Vec<Party>,
    /// The notes to look at.
    pub notes: Vec<Id>,
}

/// How loud a finding is, the loudest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something that cannot be meant so.
    Error,
    /// Something that will hurt.
    Warning,
    /// Something to think about.
    Hint,
}

/// From so many dependencies on, a context depends on many.
const DEPENDENCIES_MANY: usize = 4;
/// Below this share of inner links a context hangs together loosely.
const COHESION_LOW: f64 = 0.4;
/// Above this share of messages it waits for, a context mostly waits.
const SYNC_RATIO_HIGH: f64 = 0.5;
/// With more aggregates than this a context may be two.
pub(super) const AGGREGATES_MANY: usize = 3;
/// From so many contexts on, a team has many.
const TEAM_CONTEXTS_MANY: usize = 3;
/// From so many calls each way on, two contexts may be one.
pub(super) const CALLS_MANY: usize = 2;

/// Collects findings, each with whom and what it concerns.
struct Findings<'a> {
    ground: &'a Ground<'a>,
    found: Vec<Finding>,
}

/// The findings, the loudest first.
pub(super) fn findings(
    ground: &Ground<'_>,
    contexts: &[ContextOutline],
    messages: &[Message],
    relations: &[Relation],
    wall: &WallMetrics,
) -> Vec<Finding> {
    let mut findings = Findings { ground, found: Vec::new() };
    for context in contexts.iter().filter(|context| context.id.is_some()) {
        findings.numbers(context);
        findings.split(context);
    }
    for cycle in &wall.sync_cycles {
        let names: Vec<String> = cycle.iter().map(|party| findings.name(*party)).collect();
        let said = Said::new("flag-sync-cycle").with("contexts", names.join(", "));
        findings.add(Severity::Warning, said, cycle.clone(), Vec::new());
    }
    findings.teams(contexts);
    findings.pairs(messages, relations);
    findings.crossings();
    findings.loose_ends();
    findings.frames(contexts);
    let mut found = findings.found;
    found.sort_by_key(|finding| finding.severity);
    found
}

impl Findings<'_> {
    fn add(&mut self, severity: Severity, said: Said, parties: Vec<Party>, notes: Vec<Id>) {
        self.found.push(Finding { severity, said, parties, notes });
    }

    fn name(&self, party: Party) -> String {
        let text = match party {
            Party::Context(Some(id)) => self.ground.board.contexts.get(&id).map(|context| context.name()),
            Party::System(id) => self.ground.board.notes.get(&id).map(|note| note.text()),
            Party::Context(None) => None,
        };
        text.unwrap_or_default().to_owned()
    }

    fn numbers(&mut self, context: &ContextOutline) {
        let (name, metrics) = (&context.card.name, &context.metrics);
        let percent = |share: f64| (share * 100.0).round();
        let said = [
            (metrics.efferent >= DEPENDENCIES_MANY).then(|| {
                Said::new("flag-depends-on-many").with("context", name).with("count", metrics.efferent)
            }),
            metrics.cohesion.filter(|cohesion| *cohesion < COHESION_LOW).map(|cohesion| {
                Said::new("flag-loose").with("context", name).with("percent", percent(cohesion))
            }),
            metrics
                .sync_ratio
                .filter(|ratio| *ratio > SYNC_RATIO_HIGH)
                .map(|ratio| Said::new("flag-waits").with("context", name).with("percent", percent(ratio))),
            context.aggregates.is_empty().then(|| Said::new("flag-no-aggregate").with("context", name)),
        ];
        for said in said.into_iter().flatten() {
            self.add(
                Severity::Warning,
                said.with("context", name),
                vec![Party::Context(context.id)],
                Vec::new(),
            );
        }
    }

    /// A context of many aggregates that nothing inside joins.
    fn split(&mut self, context: &ContextOutline) {
        if context.aggregates.len() <= AGGREGATES_MANY {
            return;
        }
        let inside: Vec<usize> = context.notes.iter().map(|id| self.ground.place[id]).collect();
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let is_aggregate = |note: &&usize| self.ground.kind(**note) == NoteKind::Aggregate;
        for note in inside.iter().filter(is_aggregate) {
            named.entry(self.ground.notes[*note].text()).or_default().push(*note);
        }
        let mut seen = BTreeSet::new();
        let mut parts = 0;
        for start in context.aggregates.iter().map(|it| self.ground.place[&it.id]) {
            if !seen.contains(&start) {
                self.spread(start, &inside, &mut named, &mut seen);
                parts += 1;
            }
        }
        if parts > 1 {
            let said = Said::new("flag-split").with("context", &context.card.name).with("count", parts);
            let notes = context.aggregates.iter().map(|it| it.id).collect();
            self.add(Severity::Hint, said, vec![Party::Context(context.id)], notes);
        }
    }

    /// Sees all that is joined to a note within its context; aggregates of one name count as joined.
    fn spread<'a>(
        &'a self,
        start: usize,
        inside: &[usize],
        named: &mut BTreeMap<&'a str, Vec<usize>>,
        seen: &mut BTreeSet<usize>,
    ) {
        let ground = self.ground;
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            let near = ground.from(at).iter().map(|link| link.to).chain(ground.to(at).map(|link| link.from));
            open.extend(near.filter(|note| inside.binary_search(note).is_ok() && !seen.contains(note)));
            if ground.kind(at) == NoteKind::Aggregate {
                // Whoever comes by first takes all of the name along.
                open.extend(named.remove(ground.notes[at].text()).into_iter().flatten());
            }
        }
    }

    fn teams(&mut self, contexts: &[ContextOutline]) {
        let mut teams: BTreeMap<&str, Vec<&ContextOutline>> = BTreeMap::new();
        for context in contexts.iter().filter(|context| context.id.is_some()) {
            teams.entry(context.card.team.as_deref().unwrap_or_default()).or_default().push(context);
        }
        for (team, contexts) in teams {
            let parties: Vec<Party> = contexts.iter().map(|context| Party::Context(context.id)).collect();
            if team.is_empty() {
                let names: Vec<&str> = contexts.iter().map(|context| context.card.name.as_str()).collect();
                let said = Said::new("flag-no-team").with("contexts", names.join(", "));
                self.add(Severity::Hint, said, parties, Vec::new());
            } else if contexts.len() >= TEAM_CONTEXTS_MANY {
                let said = Said::new("flag-team-of-many").with("team", team).with("count", contexts.len());
                self.add(Severity::Hint, said, parties, Vec::new());
            }
        }
    }

    fn pairs(&mut self, messages: &[Message], relations: &[Relation]) {
        let mut calls: BTreeMap<(Party, Party), usize> = BTreeMap::new();
        for message in messages.iter().filter(|message| message.is_sync()) {
            *calls.entry((message.from, message.to)).or_default() += 1;
        }
        for ((from, to), count) in &calls {
            let back = calls.get(&(*to, *from)).copied().unwrap_or_default();
            if from < to && (*count).min(back) >= CALLS_MANY {
                let said =
                    Said::new("flag-merge").with("one", self.name(*from)).with("other", self.name(*to));
                self.add(Severity::Hint, said, vec![*from, *to], Vec::new());
            }
        }
        for relation in relations.iter().filter(|it| it.is_mutual && it.upstream < it.downstream) {
            let (one, other) = (relation.upstream, relation.downstream);
            let is_sync = [(one, other), (other, one)].iter().any(|pair| calls.contains_key(pair));
            if !is_sync && matches!((one, other), (Party::Context(Some(_)), Party::Context(Some(_)))) {
                let said =
                    Said::new("flag-mutual").with("one", self.name(one)).with("other", self.name(other));
                self.add(Severity::Hint, said, vec![one, other], Vec::new());
            }
        }
    }

    /// Steps that a boundary should not cut.
    fn crossings(&mut self) {
        use NoteKind::{Aggregate, Command, DomainEvent, Policy};
        let ground = self.ground;
        let is_context = |note: usize| matches!(ground.party(note), Party::Context(Some(_)));
        let is_cut = |link: &&Link| {
            ground.home(link.from) != ground.home(link.to) && is_context(link.from) && is_context(link.to)
        };
        for link in ground.links.iter().filter(is_cut) {
            let (severity, key) = match (ground.kind(link.from), ground.kind(link.to)) {
                (Command, Aggregate) => (Severity::Error, "flag-aggregate-elsewhere"),
                (Aggregate | Command, DomainEvent) => (Severity::Error, "flag-event-elsewhere"),
                (Aggregate, Aggregate) => (Severity::Hint, "flag-shared-aggregate"),
                (Policy, Command) => (Severity::Hint, "flag-policy-orders"),
                _ => continue,
            };
            let (from, to) = (ground.notes[link.from], ground.notes[link.to]);
            let said = Said::new(key)
                .with("from", from.text())
                .with("to", to.text())
                .with("context", self.name(ground.party(link.to)));
            self.add(
                severity,
                said,
                vec![ground.party(link.from), ground.party(link.to)],
                vec![from.id, to.id],
            );
        }
    }

    /// Events nobody hears of, read models nobody fills or looks at.
    fn loose_ends(&mut self) {
        let ground = self.ground;
        for note in 0..ground.notes.len() {
            let is_fed = || ground.to(note).any(|link| ground.kind(link.from) == NoteKind::DomainEvent);
            let keys = match ground.kind(note) {
                NoteKind::DomainEvent => [ground.from(note).is_empty().then_some("flag-event-unheard"), None],
                NoteKind::ReadModel => [
                    (!is_fed()).then_some("flag-model-unfilled"),
                    ground.from(note).is_empty().then_some("flag-model-unread"),
                ],
                _ => continue,
            };
            for key in keys.into_iter().flatten() {
                let said = Said::new(key).with("note", ground.notes[note].text());
                self.add(Severity::Hint, said, vec![ground.party(note)], vec![ground.id(note)]);
            }
        }
    }

    /// Notes that lie in two contexts, or in none although there are some.
    fn frames(&mut self, contexts: &[ContextOutline]) {
        let ground = self.ground;
        let frames: Vec<_> = ground.board.contexts.values().filter(|it| it.frame == Frame::Context).collect();
        let overlaps = |at: usize| frames[at + 1..].iter().map(move |other| (at, *other));
        let pairs = (0..frames.len()).flat_map(overlaps).map(|(at, other)| (frames[at], other));
        let pairs: Vec<_> = pairs.filter(|(one, other)| one.rect.overlaps(other.rect)).collect();
        for (one, other) in pairs {
            let mut both = BTreeSet::new();
            ground.projection.space.visit(one.rect, |tile| {
                let center = tile.rect.center();
                if one.rect.holds(center) && other.rect.holds(center) {
                    both.insert(tile.id);
                }
            });
            if !both.is_empty() {
                let said = Said::new("flag-in-two")
                    .with("one", one.name())
                    .with("other", text_of(&other.details, "name"))
                    .with("count", both.len());
                let parties = [one, other].map(|it| Party::Context(Some(it.id))).to_vec();
                self.add(Severity::Warning, said, parties, both.into_iter().collect());
            }
        }
        let outside = contexts.iter().find(|context| context.id.is_none() && contexts.len() > 1);
        if let Some(outside) = outside {
            let said = Said::new("flag-outside").with("count", outside.notes.len());
            self.add(Severity::Hint, said, vec![Party::Context(None)], outside.notes.clone());
        }
    }
}
