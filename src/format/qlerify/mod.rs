//! Qlerify models: one file is one context.
//!
//! ```json
//! {"boundedContext": "Cart",
//!  "domainEvents": {"CartCreated": {"event": "Cart Created", "role": "Customer", "follows": ["start"],
//!    "command": {"$ref": "#/schemas/commands/CreateCart"}, "aggregateRoot": {"$ref": "#/schemas/entities/Cart"},
//!    "readModels": [{"$ref": "#/schemas/queries/GetCatalog"}], "acceptanceCriteria": ["Given …"]}},
//!  "schemas": {"commands": {"CreateCart": {"fields": [{"name": "currency"}], "required": ["currency"]}}}}
//! ```
//!
//! Every event becomes a row: who looks at what and asks for it, what decides. What an event follows is an arrow from
//! event to event. The fields of a schema are told in the definition of its sticky, the acceptance criteria become
//! requirements met by the event.

mod schema;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::graph::{Graph, GraphSentence, Step, alias_of, spaced};
use super::{Mint, Reading};
use crate::model::limit::IMPORT_ROWS_MAX;
use crate::model::{Details, Frame, NoteKind};
use crate::words::Said;
use schema::Schemas;

type Object = Map<String, Value>;

/// Whether a file looks like a Qlerify model.
pub(super) fn looks_like(text: &str) -> bool {
    text.contains("app.qlerify.com/")
        || text.contains("\"domainEvents\"") && text.contains("\"boundedContext\"")
}

/// Reads a Qlerify model.
pub(super) fn read(text: &str, mint: Mint<'_>) -> Result<Reading, Said> {
    let file: Value = serde_json::from_str(text)
        .map_err(|error| Said::new("import-qlerify-unreadable").with("why", error))?;
    let events = file.get("domainEvents").and_then(Value::as_object);
    let events = events.ok_or_else(|| Said::new("import-qlerify-no-events"))?;
    if events.len() > IMPORT_ROWS_MAX {
        return Err(Said::new("import-too-many").with("max", IMPORT_ROWS_MAX));
    }
    let mut graph = Graph::default();
    let name = file.get("boundedContext").and_then(Value::as_str).unwrap_or("").trim();
    let home = (!name.is_empty()).then(|| graph.frame(Frame::Context, name));
    let schemas = Schemas::of(file.get("schemas"));
    let mut walk = Walk { graph, schemas, home, shared: BTreeMap::new(), used: BTreeSet::new() };
    let told = walk.events(events);
    walk.follow(&told);
    walk.left_out(&file);
    walk.graph.reading(mint)
}

/// One event of the file, as it lies on the wall.
struct Told<'a> {
    object: &'a Object,
    note: usize,
}

/// Reads the events one by one.
struct Walk<'a> {
    graph: Graph,
    schemas: Schemas<'a>,
    home: Option<usize>,
    /// Commands and read models, and who or what stands beside a command: each stands once.
    shared: BTreeMap<(NoteKind, &'a str, usize), usize>,
    /// The schemas and roles that were named.
    used: BTreeSet<(&'static str, &'a str)>,
}

impl<'a> Walk<'a> {
    fn events(&mut self, events: &'a Object) -> BTreeMap<&'a str, Told<'a>> {
        let mut told = BTreeMap::new();
        for (place, (key, event)) in events.iter().enumerate() {
            let Some(object) = event.as_object() else {
                let said =
                    Said::new("remark-no-object").with("list", "domainEvents").with("place", place + 1);
                self.graph.remark(None, said);
                continue;
            };
            told.insert(key.as_str(), Told { object, note: self.row(key, object) });
        }
        told
    }

    /// What leads to an event, and the event.
    fn row(&mut self, key: &str, object: &'a Object) -> usize {
        let text =
            |name: &str| object.get(name).and_then(Value::as_str).map(str::trim).filter(|it| !it.is_empty());
        let wording = text("event").map_or_else(|| spaced(key), str::to_owned);
        let command = self.named(object.get("command"), "commands");
        let aggregate = self.named(object.get("aggregateRoot"), "entities");
        let command = command.map(|it| self.sticky(NoteKind::Command, "commands", it, usize::MAX));
        // Who asks and what decides stand beside every command anew.
        let beside = command.unwrap_or(self.graph.notes.len());
        let role = text("role").map(|role| {
            self.used.insert(("roles", role));
            self.sticky(NoteKind::Actor, "roles", role, beside)
        });
        let aggregate = aggregate.map(|it| self.sticky(NoteKind::Aggregate, "entities", it, beside));
        let event = self.graph.note(self.home, NoteKind::DomainEvent, &wording);
        let details =
            [("alias", alias_of(key, &wording)), ("definition", text("description").map(str::to_owned))];
        let details = details.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into())));
        self.graph.notes[event].details = details.collect();
        let row: Vec<usize> = [role, command, aggregate, Some(event)].into_iter().flatten().collect();
        row.windows(2).for_each(|pair| self.graph.step(pair[0], pair[1]));
        for model in list(object.get("readModels")) {
            let Some(query) = self.named(Some(model), "queries") else { continue };
            let note = self.sticky(NoteKind::ReadModel, "queries", query, usize::MAX);
            let label = model.get("description").and_then(Value::as_str).map(str::trim);
            let label = label.filter(|label| !label.is_empty() && *label != self.graph.notes[note].wording);
            let details = label.map(|label| ("label".to_owned(), label.into()));
            let details: Details = details.into_iter().collect();
            self.graph.steps.push(Step { from: note, to: row[0], details, is_order: false });
        }
        for criterion in list(object.get("acceptanceCriteria")).filter_map(Value::as_str) {
            let met_by = [command, Some(event)].into_iter().flatten().collect();
            self.graph.requirements.push(GraphSentence { text: criterion.to_owned(), met_by });
        }
        event
    }

    /// The sticky of a schema or role, made once for each place it stands beside.
    fn sticky(&mut self, kind: NoteKind, list: &'static str, name: &'a str, beside: usize) -> usize {
        if let Some(note) = self.shared.get(&(kind, name, beside)) {
            return *note;
        }
        let is_role = list == "roles";
        let wording = if is_role { name.to_owned() } else { spaced(name) };
        let note = self.graph.note(self.home, kind, &wording);
        let definition = self.schemas.told(list, name);
        let alias = alias_of(name, &wording).filter(|_| !is_role);
        let details = [("alias", alias), ("definition", definition)];
        let details = details.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into())));
        self.graph.notes[note].details = details.collect();
        self.shared.insert((kind, name, beside), note);
        note
    }

    /// The name a reference into a list of schemas gives.
    fn named(&mut self, reference: Option<&'a Value>, list: &'static str) -> Option<&'a str> {
        let name = target(reference?)?;
        self.used.insert((list, name));
        Some(name)
    }

    /// What each event comes after.
    fn follow(&mut self, told: &BTreeMap<&str, Told<'a>>) {
        for event in told.values() {
            for before in list(event.object.get("follows")) {
                match target(before) {
                    Some("start") => {}
                    Some(name) if told.contains_key(name) => {
                        let (from, to) = (told[name].note, event.note);
                        self.graph.steps.push(Step { from, to, details: Details::new(), is_order: true });
                    }
                    other => {
                        let id = other.map_or_else(|| before.to_string(), str::to_owned);
                        self.graph.remark(None, Said::new("import-arrow-to-nothing").with("id", id));
                    }
                }
            }
        }
    }

    /// Remarks on what no event names.
    fn left_out(&mut self, file: &'a Value) {
        let roles = list(file.get("roles")).filter_map(Value::as_str).map(|role| ("roles", role));
        let mut left: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (list, name) in self.schemas.names().chain(roles).filter(|it| !self.used.contains(it)) {
            left.entry(list).or_default().push(name);
        }
        for (what, names) in left {
            let (count, name) = (names.len(), names[0]);
            let said = Said::new("graph-left-out").with("count", count).with("what", what).with("name", name);
            self.graph.remark(None, said);
        }
    }
}

/// The items of a list; nothing where none is.
fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// The last part of what a reference points to, or the name itself.
fn target(reference: &Value) -> Option<&str> {
    let path = reference.as_str().or_else(|| reference.get("$ref")?.as_str())?;
    let name = path.rsplit('/').next().unwrap_or(path);
    (!name.is_empty()).then_some(name)
}
