//! One thing after the other, out of its object.

use std::collections::BTreeSet;

use serde_json::Value;

use super::read::{Object, Walk, quoted, text_of};
use super::shape::taken;
use crate::model::entry::nesting;
use crate::model::field::{FieldType, allowed, field, fits};
use crate::model::geometry::REACH;
use crate::model::limit::{DETAIL_DEPTH_MAX, DETAILS_MAX, NAME_CHARS_MAX, VOTES_MAX, WORDING_CHARS_MAX};
use crate::model::{
    Arrow, Context, Details, Frame, Id, Lane, Note, NoteKind, PersonId, Point, Rect, Size, Thing, Vote,
    Wording,
};
use crate::words::Said;

/// Cells between the notes that have no place in the file.
const GAP: i32 = 2;

/// So many whole numbers; fractions are rounded, what is too large for any wall is none.
fn numbers<const N: usize>(value: Option<&Value>) -> Option<[i32; N]> {
    let list = value?.as_array().filter(|list| list.len() == N)?;
    let mut numbers = [0; N];
    for (number, item) in numbers.iter_mut().zip(list) {
        *number = whole(item)?;
    }
    Some(numbers)
}

fn whole(value: &Value) -> Option<i32> {
    let number = value.as_f64().filter(|number| number.abs() <= f64::from(REACH) + 0.5)?;
    Some(number.round() as i32)
}

/// Whether a list holds numbers, whatever they are.
fn is_numbers(items: &[Value]) -> bool {
    !items.is_empty() && items.iter().all(Value::is_number)
}

impl Walk<'_> {
    /// All notes, and then what they are stuck on.
    pub(super) fn notes(&mut self, objects: Vec<(Id, Object)>) {
        let mut homeless = Vec::new();
        for (id, mut object) in objects {
            let at = numbers(object.get("at")).map(Point::from).filter(|at| at.on_wall());
            if at.is_none() {
                let is_far = object
                    .get("at")
                    .and_then(Value::as_array)
                    .is_some_and(|at| at.len() == 2 && is_numbers(at));
                homeless.push((id, if is_far { "remark-place-off-wall" } else { "remark-no-place" }));
            }
            let note = self.note(id, at.unwrap_or_default(), &mut object);
            self.reading.board.notes.insert(id, note);
        }
        let lost: BTreeSet<Id> = homeless.iter().map(|(id, _)| *id).collect();
        let placed = self.reading.board.notes.values().filter(|note| !lost.contains(&note.id));
        let mut x = placed.map(|note| note.rect().right() + GAP).max().unwrap_or(0);
        for (id, key) in homeless {
            self.remark(Said::new(key).with("id", self.called(id)));
            if let Some(note) = self.reading.board.notes.get_mut(&id) {
                note.at.x = x.min(REACH);
                x = note.rect().right() + GAP;
            }
        }
        self.hosts();
    }

    /// Remarks that numbers of a thing were rounded, where they were.
    fn rounded(&mut self, id: Id, object: &Object) {
        let is_fraction = |number: &Value| number.as_f64().is_some_and(|number| number.fract() != 0.0);
        let has_fractions = |value: &Value| match value {
            Value::Array(items) => is_numbers(items) && items.iter().any(is_fraction),
            number => is_fraction(number),
        };
        if ["at", "size", "rect", "y"].iter().filter_map(|name| object.get(*name)).any(has_fractions) {
            self.remark(Said::new("remark-rounded").with("id", self.called(id)));
        }
    }

    fn note(&mut self, id: Id, at: Point, object: &mut Object) -> Note {
        self.rounded(id, object);
        let kind = object.get("kind").map_or_else(String::new, text_of);
        let kind = kind.parse().unwrap_or_else(|()| {
            self.remark(Said::new("remark-no-kind").with("id", self.called(id)).with("kind", quoted(&kind)));
            NoteKind::Note
        });
        let size = match object.get("size") {
            None | Some(Value::Null) => kind.row().size,
            given => numbers(given).map(Size::from).filter(|size| size.on_wall()).unwrap_or_else(|| {
                self.remark(Said::new("remark-no-size").with("id", self.called(id)));
                kind.row().size
            }),
        };
        let shown = object.get("wording").cloned().unwrap_or_default();
        let others = object.get("alternatives").and_then(Value::as_array).cloned().unwrap_or_default();
        let texts = std::iter::once(shown).chain(others);
        let values = texts.map(|text| (id, self.text(id, "wording", &text, WORDING_CHARS_MAX))).collect();
        let author = object.get("author").cloned().unwrap_or_default();
        Note {
            id,
            kind,
            wording: Wording { values },
            at,
            size,
            z: object.get("z").and_then(Value::as_i64).unwrap_or(0),
            host: object.get("host").filter(|host| !host.is_null()).map(|host| self.host(id, host)),
            author: self.text(id, "author", &author, NAME_CHARS_MAX),
            details: self.details(Thing::Note, &self.called(id), std::mem::take(object)),
        }
    }

    /// A text of at most so many characters; what is more is cut off.
    fn text(&mut self, id: Id, field: &'static str, value: &Value, max: usize) -> String {
        let text = if value.is_null() { String::new() } else { text_of(value) };
        if text.chars().count() <= max {
            return text;
        }
        self.remark(
            Said::new("remark-text-cut").with("id", self.called(id)).with("field", field).with("max", max),
        );
        text.chars().take(max).collect()
    }

    /// The host a note names; the note itself where the name says nothing, which is then seen to.
    fn host(&self, id: Id, host: &Value) -> Id {
        self.known(host).unwrap_or(id)
    }

    /// Takes notes off hosts that are not there, off themselves, and out of loops.
    fn hosts(&mut self) {
        let board = &self.reading.board;
        let is_lost = |note: &&Note| note.host.is_some_and(|host| !board.notes.contains_key(&host));
        let mut loose: Vec<Id> = board.notes.values().filter(is_lost).map(|note| note.id).collect();
        loose.extend(board.loops());
        for id in loose {
            self.remark(Said::new("remark-no-host").with("id", self.called(id)));
            self.reading.board.notes.entry(id).and_modify(|note| note.host = None);
        }
    }

    pub(super) fn arrow(&mut self, id: Id, object: Object) {
        let end = |name| object.get(name).and_then(|end| self.known(end));
        let ends = end("from").zip(end("to"));
        let is_note = |id: &Id| self.reading.board.notes.contains_key(id);
        let Some((from, to)) = ends.filter(|(from, to)| is_note(from) && is_note(to)) else {
            return self.remark(Said::new("import-arrow-to-nothing").with("id", self.called(id)));
        };
        if from == to {
            return self.remark(Said::new("remark-arrow-to-itself").with("id", self.called(id)));
        }
        if !self.joined.insert((from, to)) {
            return self.remark(Said::new("remark-arrow-twice").with("id", self.called(id)));
        }
        let details = self.details(Thing::Arrow, &self.called(id), object);
        self.reading.board.arrows.insert(id, Arrow { id, from, to, details });
    }

    pub(super) fn context(&mut self, id: Id, frame: Frame, object: Object) {
        let Some(rect) = numbers(object.get("rect")).map(Rect::from).filter(|rect| rect.on_wall()) else {
            return self.remark(Said::new("remark-no-rect").with("id", self.called(id)));
        };
        self.rounded(id, &object);
        let details = self.details(Thing::Context, &id.to_string(), object);
        self.reading.board.contexts.insert(id, Context { id, frame, rect, details });
    }

    pub(super) fn lane(&mut self, id: Id, object: Object) {
        let Some(y) = object.get("y").and_then(whole).filter(|y| Point::new(0, *y).on_wall()) else {
            return self.remark(Said::new("remark-no-row").with("id", self.called(id)));
        };
        self.rounded(id, &object);
        let details = self.details(Thing::Lane, &id.to_string(), object);
        self.reading.board.lanes.insert(id, Lane { id, y, details });
    }

    pub(super) fn vote(&mut self, object: &Object, place: usize) {
        let text = |name| object.get(name).and_then(Value::as_str).filter(|it| fits(it, NAME_CHARS_MAX));
        let note = object.get("note").and_then(|note| self.known(note));
        let note = note.filter(|note| self.reading.board.notes.contains_key(note));
        let votes = object.get("votes").and_then(Value::as_u64).and_then(|votes| u32::try_from(votes).ok());
        let votes = votes.filter(|votes| (1..=VOTES_MAX).contains(votes));
        let (Some(note), Some(who), Some(votes)) = (note, text("who").filter(|who| !who.is_empty()), votes)
        else {
            return self.remark(Said::new("remark-no-vote").with("place", place));
        };
        let (who, by) = (PersonId(who.to_owned()), text("by").unwrap_or("").to_owned());
        self.reading.board.votes.insert((note, who.clone()), Vote { note, who, by, votes });
    }

    /// What a thing carries beside its place and wording.
    pub(super) fn details(&mut self, of: Thing, shown: &str, mut object: Object) -> Details {
        let nested = match object.remove("details") {
            Some(Value::Object(nested)) => nested,
            _ => Object::new(),
        };
        let flat = object.into_iter().filter(|(name, _)| !taken(of).contains(&name.as_str()));
        let mut details = Details::new();
        for (name, value) in flat.chain(nested).filter(|(_, value)| !value.is_null()) {
            // Written on every board, set or not.
            if of == Thing::Board && (name == "title" || name == "scope") && value == "" {
                continue;
            }
            let value = self.with_ids(of, &name, value);
            let is_deep = nesting(&value.to_string()) > DETAIL_DEPTH_MAX;
            if is_deep || details.len() >= DETAILS_MAX || name.is_empty() || !allowed(of, &name, &value) {
                self.remark(Said::new("remark-no-detail").with("id", shown).with("field", quoted(&name)));
            } else {
                details.insert(name, value);
            }
        }
        details
    }

    /// A value in which the file's own names for things have become ids.
    fn with_ids(&self, of: Thing, name: &str, value: Value) -> Value {
        let id = |name: &Value| self.known(name).map_or_else(|| name.clone(), |id| id.to_string().into());
        match (field(of, name).map(|row| row.holds), value) {
            (Some(FieldType::Id), value) => id(&value),
            (Some(FieldType::Ids), Value::Array(names)) => names.iter().map(id).collect(),
            (_, value) => value,
        }
    }
}
