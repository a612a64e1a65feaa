//! A page: what is known of a thing in YAML, and a text of Markdown and JSX below.

use serde_json::{Map, Value, json};

use super::super::desk::{VERSION, yaml};

/// A page of a thing that has an owner.
pub(super) struct Page<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) summary: &'a str,
    pub(super) owner: &'a str,
    /// What only things of its sort have.
    pub(super) more: Value,
}

impl Page<'_> {
    pub(super) fn written(&self) -> String {
        let mut known = json!({
            "id": self.id,
            "name": self.name,
            "version": VERSION,
            "summary": self.summary,
            "owners": [self.owner],
        });
        if let (Some(known), Value::Object(more)) = (known.as_object_mut(), &self.more) {
            known.extend(more.clone());
        }
        let text = format!("## {}\n\n{}\n\n<NodeGraph />\n", escaped(self.name), escaped(self.summary));
        document(&known, &text)
    }
}

/// A page of any sort.
pub(super) fn document(known: &Value, text: &str) -> String {
    format!("---\n{}---\n\n{text}", yaml(known))
}

/// Things by their ids, in the only version there is.
pub(super) fn pointers<'a>(ids: impl IntoIterator<Item = &'a str>) -> Value {
    ids.into_iter().map(|id| json!({ "id": id, "version": VERSION })).collect()
}

/// Only the fields that hold something.
pub(super) fn filled<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    let fields = fields.into_iter().filter(|(_, value)| !is_empty(value));
    Value::Object(fields.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

/// A text in which nothing means anything to Markdown or JSX: its marks are written by their numbers.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' | ' ' | ',' | '.' => out.push(c),
            c if c.is_ascii_punctuation() => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
