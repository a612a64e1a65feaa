//! What the schemas say of commands, queries and entities, as a sentence for people.

use serde_json::Value;

use super::{Object, list};

/// The lists of schemas.
const LISTS: [&str; 4] = ["commands", "queries", "entities", "valueObjects"];
/// Fields are told to this depth.
const DEPTH_MAX: usize = 4;

/// The schemas of a file.
pub(super) struct Schemas<'a>(Vec<(&'static str, &'a Object)>);

impl<'a> Schemas<'a> {
    pub(super) fn of(schemas: Option<&'a Value>) -> Schemas<'a> {
        let found = LISTS.iter().filter_map(|list| Some((*list, schemas?.get(list)?.as_object()?)));
        Schemas(found.collect())
    }

    /// Every schema, by its list.
    pub(super) fn names(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.0.iter().flat_map(|(list, schemas)| schemas.keys().map(|name| (*list, name.as_str())))
    }

    /// What one says: its description, and its fields, those required with a star.
    pub(super) fn told(&self, list: &str, name: &str) -> Option<String> {
        let schema = self.0.iter().find(|(it, _)| *it == list)?.1.get(name)?;
        let description = schema.get("description").and_then(Value::as_str).map(str::trim);
        let fields = fields(schema, 0);
        let lines = description.into_iter().chain([fields.as_str()]).filter(|line| !line.is_empty());
        let told = lines.collect::<Vec<_>>().join("\n");
        (!told.is_empty()).then_some(told)
    }
}

/// `id*, items[] (title, quantity)`
fn fields(schema: &Value, depth: usize) -> String {
    let required: Vec<&str> = list(schema.get("required")).filter_map(Value::as_str).collect();
    let told = list(schema.get("fields")).filter_map(|field| {
        let name = field.get("name").and_then(Value::as_str)?;
        let star = if required.contains(&name) { "*" } else { "" };
        let many = if field.get("array").and_then(Value::as_bool) == Some(true) { "[]" } else { "" };
        let inner = if depth < DEPTH_MAX { fields(field, depth + 1) } else { String::new() };
        let inner = if inner.is_empty() { inner } else { format!(" ({inner})") };
        Some(format!("{name}{many}{star}{inner}"))
    });
    told.collect::<Vec<_>>().join(", ")
}
