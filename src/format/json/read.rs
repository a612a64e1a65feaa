//! A board from JSON, squall's own or written by hand: what can be understood is carried, the rest is remarked.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{FORMAT, VERSION};
use crate::format::{Mint, Reading, Remark};
use crate::model::limit::{ARROWS_MAX, CONTEXTS_MAX, NAME_CHARS_MAX, NOTES_MAX, ROWS_MAX};
use crate::model::text::SafeText;
use crate::model::{Frame, Id, Sentence, Thing};
use crate::words::Said;

pub(in crate::format) type Object = Map<String, Value>;

/// Whether a text looks like a board of squall's own, or one written by hand after it.
pub(in crate::format) fn looks_like(text: &str) -> bool {
    let has = |name| text.contains(name);
    text.trim_start().starts_with('{') && (has("\"squall-board\"") || has("\"notes\"") && has("\"wording\""))
}

/// Reads a board. Ids that are none of squall's are names within the file: `mint` gives an id for each.
pub(in crate::format) fn read(text: &str, mint: Mint<'_>) -> Result<Reading, Said> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        Said::new("import-json-unreadable").with("line", error.line()).with("column", error.column())
    })?;
    let Value::Object(file) = value else { return Err(Said::new("import-json-no-board")) };
    read_object(file, mint)
}

/// Reads a board whose file is an object already.
pub(in crate::format) fn read_object(mut file: Object, mint: Mint<'_>) -> Result<Reading, Said> {
    let mut walk = Walk::new(mint);
    walk.head(&file)?;
    let [notes, arrows, contexts, subdomains, lanes, requirements, decisions] = [
        ("notes", NOTES_MAX),
        ("arrows", ARROWS_MAX),
        ("contexts", CONTEXTS_MAX),
        ("subdomains", CONTEXTS_MAX),
        ("lanes", ROWS_MAX),
        ("requirements", ROWS_MAX),
        ("decisions", ROWS_MAX),
    ]
    .map(|(name, max)| walk.list(&mut file, name, max).map(|objects| walk.named(objects)));
    let votes = walk.list(&mut file, "votes", NOTES_MAX)?;
    // By now everything has its id, so that whatever is read may name it.
    walk.notes(notes?);
    arrows?.into_iter().for_each(|(id, object)| walk.arrow(id, object));
    contexts?.into_iter().for_each(|(id, object)| walk.context(id, Frame::Context, object));
    subdomains?.into_iter().for_each(|(id, object)| walk.context(id, Frame::Subdomain, object));
    lanes?.into_iter().for_each(|(id, object)| walk.lane(id, object));
    for (id, object) in requirements? {
        let details = walk.details(Thing::Requirement, &walk.called(id), object);
        walk.reading.board.requirements.insert(id, Sentence { id, details });
    }
    for (id, object) in decisions? {
        let details = walk.details(Thing::Decision, &walk.called(id), object);
        walk.reading.board.decisions.insert(id, Sentence { id, details });
    }
    votes.into_iter().zip(1..).for_each(|(vote, place)| walk.vote(&vote, place));
    walk.reading.board.details = walk.details(Thing::Board, FORMAT, file);
    if walk.reading.board.contexts.len() > CONTEXTS_MAX {
        return Err(Said::new("import-too-many").with("max", CONTEXTS_MAX));
    }
    Ok(walk.reading)
}

/// Foreign words on their way into a remark.
pub(in crate::format) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(NAME_CHARS_MAX).collect();
    SafeText::line(&short).into_string()
}

pub(super) struct Walk<'a> {
    mint: Mint<'a>,
    pub(super) reading: Reading,
    /// What the file calls things by names that are no ids.
    names: BTreeMap<String, Id>,
    /// The same the other way round, for remarks.
    called: BTreeMap<Id, String>,
    seen: BTreeSet<Id>,
    /// The ends of the arrows so far.
    pub(super) joined: BTreeSet<(Id, Id)>,
}

impl<'a> Walk<'a> {
    fn new(mint: Mint<'a>) -> Walk<'a> {
        Walk {
            mint,
            reading: Reading::default(),
            names: BTreeMap::new(),
            called: BTreeMap::new(),
            seen: BTreeSet::new(),
            joined: BTreeSet::new(),
        }
    }

    pub(super) fn remark(&mut self, said: Said) {
        self.reading.remarks.push(Remark { line: None, said });
    }

    fn head(&mut self, file: &Object) -> Result<(), Said> {
        match file.get("format") {
            None => {}
            Some(format) if format == FORMAT => {}
            Some(other) => {
                let other = other.as_str().map_or_else(|| other.to_string(), str::to_owned);
                return Err(Said::new("import-json-other-format").with("format", quoted(&other)));
            }
        }
        if !file.contains_key("notes") {
            return Err(Said::new("import-json-no-board"));
        }
        if let Some(version) = file.get("version").and_then(Value::as_u64).filter(|it| *it > VERSION.into()) {
            self.remark(Said::new("remark-newer-file").with("version", version));
        }
        let id = file.get("id").and_then(Value::as_str).unwrap_or("");
        if id.len() <= NAME_CHARS_MAX && id.chars().all(|c| c.is_ascii_alphanumeric()) {
            id.clone_into(&mut self.reading.board.id);
        }
        Ok(())
    }

    /// Takes a list of things out of the file.
    fn list(&mut self, file: &mut Object, name: &'static str, max: usize) -> Result<Vec<Object>, Said> {
        let items = match file.remove(name) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.remark(Said::new("remark-no-list").with("name", name));
                return Ok(Vec::new());
            }
        };
        if items.len() > max {
            return Err(Said::new("import-too-many").with("max", max));
        }
        let mut objects = Vec::with_capacity(items.len());
        for (item, place) in items.into_iter().zip(1..) {
            match item {
                Value::Object(object) => objects.push(object),
                _ => self.remark(Said::new("remark-no-object").with("list", name).with("place", place)),
            }
        }
        Ok(objects)
    }

    /// The id of every thing of a list. A second thing under one id is left out.
    fn named(&mut self, objects: Vec<Object>) -> Vec<(Id, Object)> {
        let mut named = Vec::with_capacity(objects.len());
        for mut object in objects {
            match self.name(object.remove("id").filter(|id| !id.is_null())) {
                Ok(id) => named.push((id, object)),
                Err(id) => self.remark(Said::new("remark-id-twice").with("id", quoted(&id))),
            }
        }
        named
    }

    /// The id for a name that has not been seen in this file; the name itself where it has.
    fn name(&mut self, name: Option<Value>) -> Result<Id, String> {
        let Some(name) = name else { return Ok((self.mint)()) };
        let name = text_of(&name);
        let id = match name.parse() {
            Ok(id) => id,
            Err(_) if self.names.contains_key(&name) => return Err(name),
            Err(_) => {
                self.remark(Said::new("remark-id-new").with("id", quoted(&name)));
                let id = (self.mint)();
                self.names.insert(name.clone(), id);
                self.called.insert(id, quoted(&name));
                id
            }
        };
        if self.seen.insert(id) { Ok(id) } else { Err(name) }
    }

    /// What the file calls a thing, so that whoever wrote it finds it.
    pub(super) fn called(&self, id: Id) -> String {
        self.called.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// The id that a name in this file stands for.
    pub(super) fn known(&self, name: &Value) -> Option<Id> {
        let name = text_of(name);
        name.parse().ok().or_else(|| self.names.get(&name).copied())
    }
}

/// A text, or whatever else stands in its place, as it is written.
pub(super) fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
