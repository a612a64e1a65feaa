//! EventCatalog: the wall as a domain, each context as a subdomain with its service, messages, aggregates and words.
//!
//! Not carried: places, hotspots and what stands beside the story; a policy is a step of a flow.

mod flow;
mod page;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::desk::{Desk, line, yaml};
use super::{asyncapi, events, openapi};
use crate::format::ident::{Idents, Style};
use crate::format::landscape::class_name;
use crate::format::{Choices, Folder};
use crate::model::thing::text_of;
use crate::model::{Board, Id, NoteKind};
use crate::query::outline::{Aggregate, ContextOutline, Message, MessageFlow, MessageKind, Party, Term};
use crate::words::{Said, say};
use page::{Page, document, escaped, filled, pointers};

/// Writes the wall, or one context with what it sends and receives.
pub(in crate::format) fn write(board: &Board, choices: &Choices) -> Folder {
    let desk = Desk::of(board, choices);
    Catalog::of(&desk).written()
}

/// What the pages are written from.
struct Catalog<'a> {
    desk: &'a Desk<'a>,
    contexts: Vec<&'a ContextOutline>,
    /// What each of those who are told of sends and receives.
    talk: BTreeMap<Party, Talk>,
    /// The folder of the domain, and its name.
    domain: String,
    /// The services of the contexts.
    services: BTreeMap<Party, String>,
    /// The teams by what people call them, and what each looks after; nobody's team where none is named.
    teams: BTreeMap<Option<String>, Team>,
}

#[derive(Default)]
struct Talk {
    sends: BTreeSet<Id>,
    receives: BTreeSet<Id>,
}

struct Team {
    id: String,
    contexts: Vec<String>,
}

impl<'a> Catalog<'a> {
    fn of(desk: &'a Desk<'a>) -> Catalog<'a> {
        let outline = &desk.outline;
        let contexts = desk.contexts();
        let mut talk: BTreeMap<Party, Talk> = BTreeMap::new();
        for context in &contexts {
            let own = talk.entry(Party::Context(context.id)).or_default();
            own.sends.extend(events(outline, context));
            own.receives.extend(context.writes.iter().map(|row| row.command));
            own.receives.extend(context.reads.iter().map(|row| row.model));
        }
        let is_told = |message: &&Message, talk: &BTreeMap<Party, Talk>| {
            [message.from, message.to].iter().any(|end| talk.contains_key(end))
        };
        let told: Vec<&Message> = outline.messages.iter().filter(|it| is_told(it, &talk)).collect();
        let everybody = desk.choices.context.is_none();
        let systems = outline.systems.iter().map(|it| Party::System(it.id));
        let systems = systems
            .filter(|it| everybody || told.iter().any(|message| [message.from, message.to].contains(it)));
        systems.for_each(|system| drop(talk.insert(system, Talk::default())));
        for message in told {
            talk.entry(message.from).and_modify(|it| it.sends.extend([message.note]));
            talk.entry(message.to).and_modify(|it| it.receives.extend([message.note]));
        }
        let mut names = desk.kebab.beside_parties.clone();
        let alias = text_of(&desk.board.details, "alias");
        let domain = names.free(Some(alias), &outline.title, "domain");
        let services = outline.contexts.iter().map(|context| {
            let party = Party::Context(context.id);
            (party, names.free(None, &format!("{} service", desk.kebab.parties[&party]), "service"))
        });
        let services = services.collect();
        let mut teams = BTreeMap::new();
        for context in &outline.contexts {
            let team = &context.card.team;
            let new = || Team {
                id: names.free(None, team.as_deref().unwrap_or("nobody"), "team"),
                contexts: Vec::new(),
            };
            let told = teams.entry(team.clone()).or_insert_with(new);
            told.contexts.push(desk.title(Party::Context(context.id)));
        }
        let nobody = || Team { id: names.free(None, "nobody", "team"), contexts: Vec::new() };
        teams.entry(None).or_insert_with(nobody);
        Catalog { desk, contexts, talk, domain, services, teams }
    }

    fn written(&self) -> Folder {
        let mut files = Folder::new();
        let root = format!("domains/{}", self.domain);
        let flows = self.flows();
        files.insert(format!("{root}/index.mdx"), self.wall(&flows));
        for context in &self.contexts {
            let name = &self.desk.kebab.parties[&Party::Context(context.id)];
            self.context(&mut files, &format!("{root}/subdomains/{name}"), context);
        }
        let systems = self.desk.outline.systems.iter().map(|it| Party::System(it.id));
        for system in systems.filter(|it| self.talk.contains_key(it)) {
            let path = format!("{root}/services/{}/index.mdx", self.desk.kebab.parties[&system]);
            files.insert(path, self.system(system));
        }
        let spoken: BTreeSet<Id> =
            self.talk.values().flat_map(|it| it.sends.union(&it.receives)).copied().collect();
        spoken.into_iter().for_each(|note| self.message(&mut files, &root, note));
        for (id, text) in flows {
            files.insert(format!("{root}/flows/{id}/index.mdx"), text);
        }
        for (team, Team { id, contexts }) in &self.teams {
            let name = line(team.as_deref().unwrap_or(say(self.desk.lang(), "report-missing")));
            let told = Said::new("catalog-team").with("contexts", contexts.join(", "));
            let told = if contexts.is_empty() { self.desk.source() } else { told.speak(self.desk.lang()) };
            let known = json!({ "id": id, "name": name, "summary": told, "members": [] });
            files.insert(format!("teams/{id}.mdx"), document(&known, &format!("{}\n", escaped(&told))));
        }
        files
    }

    /// The page of the whole wall.
    fn wall(&self, flows: &[(String, String)]) -> String {
        let desk = self.desk;
        let parties = self.contexts.iter().map(|it| desk.kebab.parties[&Party::Context(it.id)].as_str());
        let systems = desk.outline.systems.iter().map(|it| Party::System(it.id));
        let systems =
            systems.filter(|it| self.talk.contains_key(it)).map(|it| desk.kebab.parties[&it].as_str());
        let more = filled([
            ("domains", pointers(parties)),
            ("services", pointers(systems)),
            ("flows", pointers(flows.iter().map(|(id, _)| id.as_str()))),
        ]);
        let scope = line(&desk.outline.scope);
        let summary = if scope.is_empty() { desk.source() } else { scope };
        Page {
            id: &self.domain,
            name: &line(&desk.outline.title),
            summary: &summary,
            owner: self.owner(None),
            more,
        }
        .written()
    }

    /// The pages of a context: itself, its words, its service with its contracts, its aggregates.
    fn context(&self, files: &mut Folder, folder: &str, context: &ContextOutline) {
        let (desk, party) = (self.desk, Party::Context(context.id));
        let (service, title) = (&self.services[&party], desk.title(party));
        let entities = || pointers(context.aggregates.iter().map(|it| desk.kebab.notes[&it.id].as_str()));
        let class = context.card.class.as_deref().and_then(|class| class_name(class, desk.lang()));
        let badge = |class| json!({ "content": class, "backgroundColor": "blue", "textColor": "blue" });
        let page = |id: &str, more| {
            let summary = desk.told(context);
            Page { id, name: &title, summary: &summary, owner: self.owner(Some(context)), more }.written()
        };
        let badges: Value = class.into_iter().map(badge).collect();
        let services = pointers([service.as_str()]);
        let more = filled([("services", services), ("entities", entities()), ("badges", badges)]);
        files.insert(format!("{folder}/index.mdx"), page(&desk.kebab.parties[&party], more));
        files.insert(format!("{folder}/ubiquitous-language.mdx"), self.words(party));
        let inner = format!("{folder}/services/{service}");
        let talk = &self.talk[&party];
        let contracts = [("openapi", "openapi.yaml"), ("asyncapi", "asyncapi.yaml")];
        let more = filled([
            ("sends", self.messages(&talk.sends)),
            ("receives", self.messages(&talk.receives)),
            ("entities", entities()),
            (
                "specifications",
                contracts.iter().map(|(sort, path)| json!({ "type": sort, "path": path })).collect(),
            ),
        ]);
        files.insert(format!("{inner}/index.mdx"), page(service, more));
        files.insert(format!("{inner}/openapi.yaml"), yaml(&openapi::document(desk, context)));
        files.insert(format!("{inner}/asyncapi.yaml"), yaml(&asyncapi::document(desk, context)));
        for Aggregate { id: note, name, .. } in &context.aggregates {
            let (id, more) = (&desk.kebab.notes[note], json!({ "aggregateRoot": true }));
            let (name, summary) = (line(name), self.meaning(*note));
            let page = Page { id, name: &name, summary: &summary, owner: self.owner(Some(context)), more };
            files.insert(format!("{folder}/entities/{id}/index.mdx"), page.written());
        }
    }

    /// The words of a context.
    fn words(&self, party: Party) -> String {
        let mut names = Idents::new(Style::Kebab, &[]);
        let terms = self.desk.outline.terms.iter().filter(|term| term.party == party);
        let term = |term: &Term| {
            let meaning = term.meaning.as_deref().unwrap_or(say(self.desk.lang(), "report-missing"));
            let id = names.free(term.alias.as_deref(), &term.term, "term");
            json!({ "id": id, "name": line(&term.term), "summary": line(meaning) })
        };
        document(&json!({ "dictionary": terms.map(term).collect::<Value>() }), "")
    }

    fn system(&self, party: Party) -> String {
        let (desk, talk) = (self.desk, &self.talk[&party]);
        let mut more =
            filled([("sends", self.messages(&talk.sends)), ("receives", self.messages(&talk.receives))]);
        more["externalSystem"] = true.into();
        let (id, name, summary) = (&desk.kebab.parties[&party], desk.title(party), desk.source());
        Page { id, name: &name, summary: &summary, owner: self.owner(None), more }.written()
    }

    /// The page of a message, in the service of whoever has it, and what is in it.
    fn message(&self, files: &mut Folder, root: &str, note: Id) {
        let desk = self.desk;
        let home = desk.outline.note(note).and_then(|note| note.party).unwrap_or(Party::Context(None));
        let context = desk.outline.contexts.iter().find(|it| Party::Context(it.id) == home);
        let Some(service) = self.services.get(&home) else { return };
        let (id, home) = (&desk.kebab.notes[&note], &desk.kebab.parties[&home]);
        let folder = format!("{root}/subdomains/{home}/services/{service}/{}/{id}", self.sort(note));
        let (name, summary) = (desk.wording(note), self.meaning(note));
        let more = json!({ "schemaPath": "schema.json" });
        let page = Page { id, name: &name, summary: &summary, owner: self.owner(context), more };
        files.insert(format!("{folder}/index.mdx"), page.written());
        let mut schema = desk.schema(note);
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        files.insert(format!("{folder}/schema.json"), format!("{schema:#}\n"));
    }

    /// What sort of message a note is: by its kind, else by how it is spoken.
    fn sort(&self, note: Id) -> &'static str {
        let spoken = || self.desk.outline.messages.iter().find(|it| it.note == note).map(|it| it.kind);
        match self.desk.outline.note(note).map(|note| note.kind) {
            Some(NoteKind::DomainEvent) => "events",
            Some(NoteKind::Command) => "commands",
            Some(NoteKind::ReadModel) => "queries",
            _ => match spoken() {
                Some(MessageKind::Event) | None => "events",
                Some(MessageKind::Command) => "commands",
                Some(MessageKind::Query) => "queries",
            },
        }
    }

    /// The flows that begin in a context that is told of, with the names of their commands.
    fn flows(&self) -> Vec<(String, String)> {
        let desk = self.desk;
        let spoken =
            |note: Id| self.talk.values().any(|it| it.sends.contains(&note) || it.receives.contains(&note));
        let begins = |flow: &&MessageFlow| {
            let party = desk.outline.note(flow.command).and_then(|note| note.party);
            party.is_some_and(|party| self.talk.contains_key(&party))
        };
        let flows = desk.outline.flows();
        let flow = |flow: &MessageFlow| {
            let (id, name) = (&desk.kebab.notes[&flow.command], desk.wording(flow.command));
            let home = desk.outline.note(flow.command).and_then(|note| note.party);
            let context = desk.outline.contexts.iter().find(|it| Some(Party::Context(it.id)) == home);
            let more = json!({ "steps": flow::steps(desk, flow, &spoken) });
            let (summary, owner) = (self.meaning(flow.command), self.owner(context));
            (id.clone(), Page { id, name: &name, summary: &summary, owner, more }.written())
        };
        flows.iter().filter(begins).map(flow).collect()
    }

    fn messages(&self, notes: &BTreeSet<Id>) -> Value {
        pointers(notes.iter().map(|note| self.desk.kebab.notes[note].as_str()))
    }

    /// What a note means, else where it comes from.
    fn meaning(&self, note: Id) -> String {
        let definition = self.desk.outline.note(note).and_then(|note| note.definition.as_deref());
        definition.map_or_else(|| self.desk.source(), line)
    }

    /// The team of a context, else nobody's.
    fn owner(&self, context: Option<&ContextOutline>) -> &str {
        &self.teams[&context.and_then(|it| it.card.team.clone())].id
    }
}
