//! A deed in words becomes the fields of its JSON form.

use serde_json::{Map, Value, json};

use super::{AskRow, Shape, Slot};
use crate::model::Mode;
use crate::words::Said;

/// The fields that these words, without the verb, stand for.
pub(super) fn fields(row: &AskRow, words: &[String]) -> Result<Map<String, Value>, Said> {
    let mut fields = Map::new();
    let mut rest = words;
    for (place, slot) in row.slots.iter().enumerate() {
        let after = &row.slots[place + 1..];
        match *slot {
            Slot::One(field, shape) => {
                let (word, behind) = rest.split_first().ok_or_else(|| row.misread())?;
                let value = shape.read(word).ok_or_else(|| misread(row, word))?;
                fields.insert(field.to_owned(), value);
                rest = behind;
            }
            Slot::Many(field) => rest = names(row, field, rest, after, &mut fields)?,
            Slot::May(..) | Slot::After(..) | Slot::ManyAfter(..) => {}
        }
    }
    while let Some(word) = rest.first() {
        rest = one_more(row, rest, &mut fields)?.ok_or_else(|| misread(row, word))?;
    }
    Ok(fields)
}

fn misread(row: &AskRow, word: &str) -> Said {
    Said::new("do-word-misread").with("word", word).with_said("form", row.form())
}

/// Reads the words of an optional slot, wherever among the others it stands; nothing where no slot wants them.
fn one_more<'a>(
    row: &AskRow,
    words: &'a [String],
    fields: &mut Map<String, Value>,
) -> Result<Option<&'a [String]>, Said> {
    let Some((word, behind)) = words.split_first() else { return Ok(None) };
    for slot in row.slots {
        match *slot {
            Slot::May(field, shape) if !fields.contains_key(field) => {
                if let Some(value) = shape.read(word) {
                    fields.insert(field.to_owned(), value);
                    return Ok(Some(behind));
                }
            }
            Slot::After(keyword, field, shape) if word == keyword => {
                let (word, behind) = behind.split_first().ok_or_else(|| row.misread())?;
                fields.insert(field.to_owned(), shape.read(word).ok_or_else(|| misread(row, word))?);
                return Ok(Some(behind));
            }
            Slot::ManyAfter(keyword, field) if word == keyword => {
                return names(row, field, behind, &[], fields).map(Some);
            }
            _ => {}
        }
    }
    Ok(None)
}

/// Reads as many names as there are, but leaves a word for each slot that must follow.
fn names<'a>(
    row: &AskRow,
    field: &'static str,
    words: &'a [String],
    after: &[Slot],
    fields: &mut Map<String, Value>,
) -> Result<&'a [String], Said> {
    let must_follow = after.iter().filter(|slot| matches!(slot, Slot::One(..))).count();
    let is_keyword =
        |word: &String| after.iter().any(|slot| matches!(*slot, Slot::After(keyword, ..) if word == keyword));
    let most = words.len().saturating_sub(must_follow);
    let count = words[..most].iter().position(is_keyword).unwrap_or(most);
    if count == 0 {
        return Err(row.misread());
    }
    let (names, behind) = words.split_at(count);
    fields.insert(field.to_owned(), json!(names));
    Ok(behind)
}

impl Shape {
    /// The JSON value a word stands for, where it has this shape.
    fn read(self, word: &str) -> Option<Value> {
        match self {
            Shape::Text | Shape::Name => Some(word.into()),
            Shape::Point => pair(word, ','),
            Shape::Size => pair(word, 'x'),
            Shape::Count => word.parse::<u32>().ok().map(Value::from),
            Shape::Row => word.parse::<i32>().ok().map(Value::from),
            Shape::Mode => {
                [Mode::Sync, Mode::Async].iter().any(|mode| mode.id() == word).then(|| word.into())
            }
        }
    }
}

fn pair(word: &str, between: char) -> Option<Value> {
    let (first, second) = word.split_once(between)?;
    Some(json!([first.trim().parse::<i32>().ok()?, second.trim().parse::<i32>().ok()?]))
}
