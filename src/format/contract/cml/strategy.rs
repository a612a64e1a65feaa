//! Teams and subdomains.

use std::collections::BTreeMap;

use super::Names;
use super::out::Out;
use super::scope::Scope;
use crate::model::thing::text_of;
use crate::model::{Board, Id};
use crate::query::Outline;
use crate::query::outline::{ContextOutline, Party};

/// Who looks after the contexts, and what part of the business each belongs to.
pub(super) struct Strategy<'a> {
    /// What the whole wall is called.
    pub(super) domain: String,
    /// Name, wording and class of each subdomain, by the frame it is known by.
    subdomains: BTreeMap<Id, Subdomain<'a>>,
    /// Name and contexts of each team.
    teams: BTreeMap<&'a str, (String, Vec<String>)>,
}

struct Subdomain<'a> {
    name: String,
    wording: &'a str,
    class: &'a str,
}

impl<'a> Strategy<'a> {
    pub(super) fn of(
        board: &'a Board,
        outline: &'a Outline,
        scope: &Scope,
        names: &mut Names,
    ) -> Strategy<'a> {
        let mut subdomains: BTreeMap<Id, Subdomain<'a>> = BTreeMap::new();
        let mut teams: BTreeMap<&str, (String, Vec<String>)> = BTreeMap::new();
        let is_wanted = |it: &&ContextOutline| scope.wanted.contains(&Party::Context(it.id));
        for context in outline.contexts.iter().filter(is_wanted) {
            let (card, name) = (&context.card, names.parties[&Party::Context(context.id)].clone());
            if let Some(team) = &card.team {
                let named = || (names.beside_parties.free(None, team, "team"), Vec::new());
                let (_, realizes) = teams.entry(team).or_insert_with(named);
                realizes.push(name.clone());
            }
            let class = card.class.as_deref().unwrap_or_default();
            if let Some(frame) = card.subdomain.and_then(|id| board.contexts.get(&id)) {
                let drawn = subdomains.entry(frame.id).or_insert_with(|| {
                    let alias = text_of(&frame.details, "alias");
                    let name = names.beside_parties.free(Some(alias), frame.name(), "subdomain");
                    Subdomain { name, wording: frame.name(), class: frame.class() }
                });
                drawn.class = if drawn.class.is_empty() { class } else { drawn.class };
            } else if let Some(id) = context.id.filter(|_| !class.is_empty()) {
                let name = names.beside_parties.free(None, &format!("{name} Subdomain"), "subdomain");
                subdomains.insert(id, Subdomain { name, wording: &card.name, class });
            }
        }
        let alias = text_of(&board.details, "alias");
        let domain = names.beside_parties.free(Some(alias), &outline.title, "domain");
        Strategy { domain, subdomains, teams }
    }

    /// The subdomain a context implements.
    pub(super) fn of_context(&self, context: &ContextOutline) -> Option<&str> {
        let frame = context.card.subdomain.or(context.id)?;
        self.subdomains.get(&frame).map(|it| it.name.as_str())
    }

    /// The team of a context.
    pub(super) fn team(&self, context: &ContextOutline) -> Option<&str> {
        self.teams.get(context.card.team.as_deref()?).map(|(name, _)| name.as_str())
    }

    pub(super) fn write(&self, out: &mut Out) {
        for (wording, (name, realizes)) in &self.teams {
            out.line("");
            out.comment(wording);
            let head = format!("BoundedContext {name} realizes {}", realizes.join(", "));
            out.block(&head, |out| out.line("type = TEAM"));
        }
        if self.subdomains.is_empty() {
            return;
        }
        out.line("");
        out.block(&format!("Domain {}", self.domain), |out| {
            for it in self.subdomains.values() {
                out.comment(it.wording);
                out.block(&format!("Subdomain {}", it.name), |out| match it.class {
                    "core" => out.line("type = CORE_DOMAIN"),
                    "supporting" => out.line("type = SUPPORTING_DOMAIN"),
                    "generic" => out.line("type = GENERIC_SUBDOMAIN"),
                    _ => {}
                });
            }
        });
    }
}
