//! Lists of what lies on the wall: fields, notes and frames, contexts, what was set aside, wordings.

use serde_json::Value;

use super::{Choice, Row};
use crate::command::Command;
use crate::model::field::{FIELDS, FieldRow, FieldType, field};
use crate::model::thing::{text_of, texts_of};
use crate::model::{Frame, Id, Thing};
use crate::tui::state::{Effect, Scene};
use crate::words::{Lang, say};

/// What a thing, or the board, may carry beside its wording and place, and what it carries.
pub(super) fn fields(of: Option<Id>, scene: &Scene<'_>, lang: Lang) -> Vec<Row> {
    let sort = of.and_then(|id| scene.board.thing(id)).unwrap_or(Thing::Board);
    let details = of.and_then(|id| scene.board.details_of(id)).unwrap_or(&scene.board.details);
    rows_of(sort)
        .map(|row| {
            let value = details.get(row.name);
            Row {
                left: if value.is_some() { "●" } else { "○" }.to_owned(),
                text: row.label(lang == Lang::Ko).to_owned(),
                right: value.map(|value| told_value(row, value, lang)).unwrap_or_default(),
                choice: Choice::Field(of, row),
                ..Row::telling()
            }
        })
        .collect()
}

/// The fields that people set in a form, in its order.
pub fn rows_of(sort: Thing) -> impl Iterator<Item = &'static FieldRow> {
    // Other things are named on the wall, and what is set aside has its reason asked for.
    let is_typed =
        |row: &&FieldRow| !matches!(row.holds, FieldType::Id | FieldType::Ids) && row.name != "aside";
    FIELDS.iter().filter(is_typed).filter(move |row| row.of.contains(&sort))
}

/// What a field may be, and what it is.
pub(super) fn choices(of: Option<Id>, name: &str, scene: &Scene<'_>, lang: Lang) -> Vec<Row> {
    let sort = of.and_then(|id| scene.board.thing(id)).unwrap_or(Thing::Board);
    let details = of.and_then(|id| scene.board.details_of(id)).unwrap_or(&scene.board.details);
    let Some(row) = field(sort, name) else { return Vec::new() };
    let (FieldType::Choice(words) | FieldType::Choices(words)) = row.holds else { return Vec::new() };
    let is_set =
        |word: &str| text_of(details, name) == word || texts_of(details, name).any(|other| other == word);
    let value = |word: &str| match row.holds {
        FieldType::Choices(_) => {
            let turned = words.iter().filter(|other| is_set(other) != (**other == word));
            let turned: Vec<Value> = turned.map(|word| Value::from(*word)).collect();
            if turned.is_empty() { Value::Null } else { Value::Array(turned) }
        }
        _ if is_set(word) => Value::Null,
        _ => Value::from(word),
    };
    let told = |word: &str| row.holds.told(word)[usize::from(lang == Lang::Ko)].to_owned();
    words
        .iter()
        .map(|word| Row {
            left: if is_set(word) { "●" } else { "○" }.to_owned(),
            text: told(word),
            choice: Choice::Give(of, row, value(word)),
            also: row.holds.told(word).join("\n"),
            ..Row::telling()
        })
        .collect()
}

/// The value of a field as people read and type it.
pub fn told_value(row: &FieldRow, value: &Value, lang: Lang) -> String {
    let word = |word: &str| row.holds.told(word)[usize::from(lang == Lang::Ko)].to_owned();
    match value {
        Value::String(text) => word(text).replace('\n', " "),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).map(word).collect::<Vec<_>>().join(", ")
        }
        Value::Bool(_) => say(lang, "word-set").to_owned(),
        other => other.to_string(),
    }
}

/// A note or a frame, with the context it stands in.
pub(in crate::tui) fn thing(id: Id, scene: &Scene<'_>, lang: Lang) -> Option<Row> {
    let board = scene.board;
    if let Some(note) = board.notes.get(&id) {
        let context = scene.projection.frames.context_at(note.rect().center());
        let name = context.and_then(|id| board.contexts.get(&id)).map_or("", |context| context.name());
        return Some(Row {
            left: note.kind.row().tag.to_string(),
            text: note.text().replace('\n', " "),
            right: name.to_owned(),
            kind: Some(note.kind),
            choice: Choice::Go(id),
            ..Row::telling()
        });
    }
    let (name, word) = match (board.contexts.get(&id), board.lanes.get(&id)) {
        (Some(context), _) if context.frame == Frame::Subdomain => (context.name(), "word-subdomain"),
        (Some(context), _) => (context.name(), "word-context"),
        (None, lane) => (lane?.name(), "word-lane"),
    };
    let right = say(lang, word).to_owned();
    Some(Row { text: name.to_owned(), right, choice: Choice::Go(id), ..Row::telling() })
}

/// The contexts from left to right, and the lanes.
pub(super) fn contexts(scene: &Scene<'_>) -> Vec<Id> {
    let mut contexts: Vec<_> = scene.projection.frames.iter().map(|(id, rect)| (rect.at, id)).collect();
    contexts.sort_unstable();
    let lanes = scene.projection.timeline.lanes().map(|(_, id)| id);
    contexts.into_iter().map(|(_, id)| id).chain(lanes).collect()
}

pub(super) fn shelf(scene: &Scene<'_>) -> Vec<Row> {
    let aside = scene.board.notes.values().filter(|note| note.aside().is_some());
    aside
        .map(|note| Row {
            left: note.kind.row().tag.to_string(),
            text: note.text().replace('\n', " "),
            right: text_of(&note.details, "aside").to_owned(),
            kind: Some(note.kind),
            choice: Choice::Ask(Effect::Perform(Command::SetAside { notes: vec![note.id], reason: None })),
            ..Row::telling()
        })
        .collect()
}

pub(super) fn wordings(note: Id, scene: &Scene<'_>) -> Vec<Row> {
    let wordings = scene.board.notes.get(&note).map(|note| note.wording.alternatives()).unwrap_or_default();
    let row = |(choice, text): (usize, &str)| Row {
        text: text.replace('\n', " "),
        choice: Choice::Ask(Effect::Perform(Command::Settle { note, choice })),
        ..Row::telling()
    };
    wordings.into_iter().enumerate().map(row).collect()
}
