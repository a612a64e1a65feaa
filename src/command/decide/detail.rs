//! Details: set, cleared, and brought into the shape their row asks for.

use serde_json::Value;

use super::draft::Draft;
use super::{Rejection, refuse, text};
use crate::model::entry::nesting;
use crate::model::field::{FieldRow, FieldType, field};
use crate::model::limit::{
    DETAIL_DEPTH_MAX, DETAILS_MAX, ITEMS_MAX, NAME_CHARS_MAX, ROWS_MAX, WORDING_CHARS_MAX,
};
use crate::model::{Change, Details, Id, Thing, field as fields};
use crate::words::Said;

pub(super) fn set(draft: &mut Draft<'_>, of: Option<Id>, name: &str, value: &Value) -> Result<(), Rejection> {
    let of = of.map(|of| draft.resolve(of)).transpose()?;
    let thing = match of {
        None => Thing::Board,
        Some(id) => draft.thing(id).ok_or_else(|| refuse::unknown(id))?,
    };
    let value = checked(thing, name, value)?;
    if value.is_null() && is_needed(thing, name) {
        return Err(if name == "name" { refuse::empty_name() } else { refuse::empty_wording() });
    }
    let details = draft.details(of).ok_or_else(refuse::nothing_named)?;
    if details.get(name).unwrap_or(&Value::Null) == &value {
        return Ok(());
    }
    if details.len() >= DETAILS_MAX && !details.contains_key(name) {
        return Err(refuse::too_many_details(DETAILS_MAX));
    }
    draft.happen(Change::DetailSet { of, field: name.to_owned(), value });
    Ok(())
}

/// What a thing is nothing without.
fn is_needed(thing: Thing, name: &str) -> bool {
    matches!(
        (thing, name),
        (Thing::Context | Thing::Lane, "name") | (Thing::Requirement | Thing::Decision, "text")
    )
}

/// The details of a new thing, each as it is kept.
pub(super) fn all(thing: Thing, details: &Details) -> Result<Details, Rejection> {
    let mut kept = Details::new();
    for (name, value) in details {
        let value = checked(thing, name, value)?;
        if !value.is_null() {
            kept.insert(name.clone(), value);
        }
    }
    if kept.len() > DETAILS_MAX { Err(refuse::too_many_details(DETAILS_MAX)) } else { Ok(kept) }
}

/// A value as it is kept; `null` where it says nothing.
fn checked(thing: Thing, name: &str, value: &Value) -> Result<Value, Rejection> {
    let Some(row) = field(thing, name) else { return bounded(thing, name, value) };
    let value = tidied(row, value);
    if value.is_null() {
        return Ok(value);
    }
    if let (FieldType::Text(max), Some(text)) = (row.holds, value.as_str()) {
        let length = text.chars().count();
        if length > max {
            return Err(refuse::text_too_long(name, length, max));
        }
    }
    bounded(thing, name, &value)
}

/// Texts without loose ends; empty texts, empty lists and flags that are off say nothing.
fn tidied(row: &FieldRow, value: &Value) -> Value {
    let text =
        |text: &str| if has_lines(row) { crate::model::text::tidied(text) } else { text::tidied_line(text) };
    match value {
        Value::String(words) => match row.holds.typed(&text(words)) {
            Value::String(text) => Some(text).filter(|text| !text.is_empty()).into(),
            list @ Value::Array(_) => tidied(row, &list),
            typed => typed,
        },
        Value::Array(items) => {
            let item = |item: &Value| item.as_str().map_or_else(|| item.clone(), |item| text(item).into());
            let mut kept: Vec<Value> = Vec::new();
            for item in items.iter().map(item).filter(|item| *item != "") {
                if !kept.contains(&item) {
                    kept.push(item);
                }
            }
            if kept.is_empty() { Value::Null } else { kept.into() }
        }
        Value::Bool(false) => Value::Null,
        other => other.clone(),
    }
}

/// Whether the texts of a field may have several lines.
fn has_lines(row: &FieldRow) -> bool {
    matches!(row.holds, FieldType::Text(max) if max >= WORDING_CHARS_MAX)
}

/// A value with the line breaks folded that its field cannot have.
fn folded(row: &FieldRow, value: &Value) -> Value {
    match value {
        Value::String(text) if !has_lines(row) && text::is_broken(text) => text::tidied_line(text).into(),
        Value::Array(items) => items.iter().map(|item| folded(row, item)).collect(),
        other => other.clone(),
    }
}

/// A value as it came, where the thing may carry it and a line can hold it.
pub(super) fn bounded(thing: Thing, name: &str, value: &Value) -> Result<Value, Rejection> {
    let value = &field(thing, name).map_or_else(|| value.clone(), |row| folded(row, value));
    match field(thing, name) {
        Some(row) if !row.holds.allows(value) => Err(refuse::field_value(name, wanted(row))),
        Some(_) => Ok(value.clone()),
        None => {
            let is_deep = nesting(&value.to_string()) > DETAIL_DEPTH_MAX;
            if name.is_empty() || is_deep || !fields::allowed(thing, name, value) {
                return Err(refuse::detail_too_large(&name.chars().take(NAME_CHARS_MAX).collect::<String>()));
            }
            Ok(value.clone())
        }
    }
}

/// What a field takes, in words.
fn wanted(row: &FieldRow) -> Said {
    let words = |words: &[&str]| words.join(", ");
    match row.holds {
        FieldType::Text(max) => Said::new("wanted-text").with("max", max),
        FieldType::Texts(max) => Said::new("wanted-texts").with("count", ITEMS_MAX).with("max", max),
        FieldType::Flag => Said::new("wanted-flag"),
        FieldType::Share => Said::new("wanted-share"),
        FieldType::Choice(choices) => Said::new("wanted-choice").with("choices", words(choices)),
        FieldType::Choices(choices) => Said::new("wanted-choices").with("choices", words(choices)),
        FieldType::Id => Said::new("wanted-id"),
        FieldType::Ids => Said::new("wanted-ids").with("count", ITEMS_MAX),
    }
}

/// The row of the field people mean by a word.
pub fn field_named(thing: Thing, word: &str) -> Result<&'static FieldRow, Rejection> {
    let names = || fields::FIELDS.iter().filter(|row| row.of.contains(&thing)).map(|row| row.name);
    fields::field_by_word(thing, word)
        .ok_or_else(|| refuse::unknown_field(word, &names().collect::<Vec<_>>().join(", ")))
}

pub(super) fn require(draft: &mut Draft<'_>, words: &str) -> Result<(), Rejection> {
    if draft.requirements.len() >= ROWS_MAX {
        return Err(refuse::too_many(Thing::Requirement));
    }
    let (id, details) = (draft.next_id(), sentence(words)?);
    draft.happen(Change::RequirementWritten { id, details });
    Ok(())
}

pub(super) fn agree(draft: &mut Draft<'_>, words: &str) -> Result<(), Rejection> {
    if draft.decisions.len() >= ROWS_MAX {
        return Err(refuse::too_many(Thing::Decision));
    }
    let (id, details) = (draft.next_id(), sentence(words)?);
    draft.happen(Change::DecisionWritten { id, details });
    Ok(())
}

fn sentence(words: &str) -> Result<Details, Rejection> {
    Ok(Details::from([("text".to_owned(), text::wording(words)?.into())]))
}

pub(super) fn meet(draft: &mut Draft<'_>, requirement: Id, notes: &[Id]) -> Result<(), Rejection> {
    let requirement = draft.find(requirement, Thing::Requirement)?;
    let notes = draft.find_notes(notes)?;
    let Some(sentence) = draft.requirements.get(requirement) else { return Ok(()) };
    let mut met_by: Vec<Id> = sentence.met_by().collect();
    let new: Vec<Id> = notes.into_iter().filter(|note| !met_by.contains(note)).collect();
    if new.is_empty() {
        return Ok(());
    }
    met_by.extend(new);
    if met_by.len() > ITEMS_MAX {
        return Err(refuse::field_value("met_by", Said::new("wanted-ids").with("count", ITEMS_MAX)));
    }
    let value = met_by.iter().map(Id::to_string).collect::<Vec<_>>().into();
    draft.happen(Change::DetailSet { of: Some(requirement), field: "met_by".to_owned(), value });
    Ok(())
}
