//! The context map: who depends on whom, by the patterns people agreed on and no others.

use std::collections::{BTreeMap, BTreeSet};

use super::Names;
use super::out::{Out, quoted};
use super::scope::Scope;
use crate::model::Id;
use crate::query::Outline;
use crate::query::outline::{Aggregate, Message, MessageKind, Party, Relation};
use crate::words::{Lang, Said};

/// How two contexts stand to each other, as CML can say it.
struct Pattern {
    /// The roles of whoever stands left, and right.
    roles: [Vec<&'static str>; 2],
    /// Whether neither depends on the other more.
    is_mutual: bool,
    /// What was agreed on and cannot be said with the rest.
    unsaid: Vec<String>,
}

impl Pattern {
    /// Of what was agreed on. A partnership and a shared kernel have no roles beside them; a customer does not conform,
    /// its supplier is no open host; who translates does not conform.
    fn of(agreed: &BTreeSet<String>) -> Pattern {
        let has = |name: &str| agreed.contains(name);
        let mutual = ["P", "SK"].into_iter().find(|name| has(name));
        let (fixed, up, down): ([&[&str]; 2], &[&str], &[&str]) = match mutual {
            Some("P") => ([&["P"], &["P"]], &[], &[]),
            Some(_) => ([&["SK"], &["SK"]], &[], &[]),
            None if has("CS") => ([&["U", "S"], &["D", "C"]], &["PL"], &["ACL"]),
            None if has("ACL") => ([&["U"], &["D"]], &["OHS", "PL"], &["ACL"]),
            None => ([&["U"], &["D"]], &["OHS", "PL"], &["CF"]),
        };
        let said = |fixed: &[&'static str], may: &[&'static str]| {
            fixed.iter().chain(may.iter().filter(|name| has(name))).copied().collect::<Vec<_>>()
        };
        let roles = [said(fixed[0], up), said(fixed[1], down)];
        let is_said = |name: &str| match name {
            "CS" => mutual.is_none(),
            name => roles.iter().any(|roles| roles.contains(&name)),
        };
        let unsaid = agreed.iter().filter(|name| !is_said(name)).cloned().collect();
        Pattern { roles, is_mutual: mutual.is_some(), unsaid }
    }
}

/// What the map is written from.
pub(super) struct Map<'a> {
    pub(super) outline: &'a Outline,
    pub(super) scope: &'a Scope,
    pub(super) names: &'a Names,
    /// The names of the aggregates.
    pub(super) aggregates: &'a BTreeMap<Id, String>,
    pub(super) lang: Lang,
}

impl Map<'_> {
    pub(super) fn write(&self, out: &mut Out, name: &str) {
        out.block(&format!("ContextMap {name}"), |out| {
            out.line("type = SYSTEM_LANDSCAPE");
            let all: Vec<&str> =
                self.scope.parties.iter().map(|it| self.names.parties[it].as_str()).collect();
            if !all.is_empty() {
                out.line(&format!("contains {}", all.join(", ")));
            }
            let is_wanted = |it: &&Relation| {
                [it.upstream, it.downstream].iter().any(|end| self.scope.wanted.contains(end))
            };
            self.outline.relations.iter().filter(is_wanted).for_each(|row| self.relation(out, row));
        });
    }

    fn relation(&self, out: &mut Out, row: &Relation) {
        let mut rows = vec![row];
        let is_twin = |it: &&Relation| (it.upstream, it.downstream) == (row.downstream, row.upstream);
        let twin = self.outline.relations.iter().find(is_twin);
        let is_mutual = |it: &Relation| Pattern::of(&it.accepted).is_mutual;
        if let Some(twin) = twin.filter(|twin| is_mutual(row) || is_mutual(twin)) {
            if row.downstream < row.upstream {
                return; // Told where the other one stands first.
            }
            rows.push(twin);
        }
        let agreed = rows.iter().flat_map(|row| &row.accepted).cloned().collect();
        let pattern = Pattern::of(&agreed);
        let proposed = row.proposed_upstream.iter().chain(&row.proposed_downstream);
        let proposed: Vec<&str> = proposed.copied().collect();
        if agreed.is_empty() && !proposed.is_empty() {
            let patterns = proposed.join(", ");
            out.comment(&Said::new("cml-proposed").with("patterns", patterns).speak(self.lang));
        }
        if !pattern.unsaid.is_empty() {
            let patterns = pattern.unsaid.join(", ");
            out.comment(&Said::new("cml-unsaid").with("patterns", patterns).speak(self.lang));
        }
        let [up, down] = pattern.roles.map(|roles| roles.join(","));
        let arrow = if pattern.is_mutual { "<->" } else { "->" };
        let [left, right] = [row.upstream, row.downstream].map(|end| &self.names.parties[&end]);
        let messages: Vec<&Message> =
            rows.iter().flat_map(|row| &row.messages).map(|at| &self.outline.messages[*at]).collect();
        out.block(&format!("{left} [{up}]{arrow}[{down}] {right}"), |out| {
            out.line(&format!("implementationTechnology = {}", quoted(&self.told(&messages))));
            let exposed = self.exposed(row.upstream, &messages);
            if !pattern.is_mutual && !exposed.is_empty() {
                out.line(&format!("exposedAggregates = {}", exposed.join(", ")));
            }
        });
    }

    /// What goes between the two, each once.
    fn told(&self, messages: &[&Message]) -> String {
        let mut told: Vec<String> = Vec::new();
        for message in messages {
            let mode = if message.is_sync() { "sync" } else { "async" };
            let kind = match message.kind {
                MessageKind::Event => "event",
                MessageKind::Query => "query",
                MessageKind::Command => "command",
            };
            let text = format!("{mode} {kind}: {}", self.outline.wording(message.note));
            if !told.contains(&text) {
                told.push(text);
            }
        }
        told.join("; ")
    }

    /// The aggregates of the one that the messages of the other are about.
    fn exposed(&self, party: Party, messages: &[&Message]) -> Vec<&str> {
        let context = self.outline.contexts.iter().find(|it| Party::Context(it.id) == party);
        let is_about = |it: &&Aggregate| {
            messages
                .iter()
                .any(|message| it.events.contains(&message.note) || it.commands.contains(&message.note))
        };
        let aggregates = context.into_iter().flat_map(|it| &it.aggregates).filter(is_about);
        let told = aggregates.filter(|it| self.scope.told.contains(&it.id));
        told.map(|it| self.aggregates[&it.id].as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_says_of_what_was_agreed_on_all_that_is_legal_together() {
        let check = |agreed: &[&str], said: &str, unsaid: &[&str]| {
            let pattern = Pattern::of(&agreed.iter().map(|it| (*it).to_owned()).collect());
            let [left, right] = pattern.roles.map(|roles| roles.join(","));
            let arrow = if pattern.is_mutual { "<->" } else { "->" };
            let unsaid: Vec<String> = unsaid.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!((format!("[{left}]{arrow}[{right}]").as_str(), pattern.unsaid), (said, unsaid));
        };
        check(&[], "[U]->[D]", &[]);
        check(&["OHS", "PL", "CF"], "[U,OHS,PL]->[D,CF]", &[]);
        check(&["ACL", "CF"], "[U]->[D,ACL]", &["CF"]);
        check(&["CS"], "[U,S]->[D,C]", &[]);
        check(&["CS", "OHS", "CF", "ACL", "PL"], "[U,S,PL]->[D,C,ACL]", &["CF", "OHS"]);
        check(&["P", "CS", "OHS"], "[P]<->[P]", &["CS", "OHS"]);
        check(&["SK"], "[SK]<->[SK]", &[]);
        check(&["P", "SK"], "[P]<->[P]", &["SK"]);
        check(&["SW", "BBoM"], "[U]->[D]", &["BBoM", "SW"]);
    }
}
