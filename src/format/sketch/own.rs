//! What squall drew itself, on its way back: each shape's row, overwritten by what was changed in the other tool.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use super::draw::{is_recolored, shown, titled};
use super::guess::Guess;
use super::join::Ends;
use super::{Area, CELL, Link, Shape, Sketch, Sort};
use crate::format::json::{Object, read_object};
use crate::format::{Mapping, Mint, Reading};
use crate::model::{Id, NoteKind};
use crate::words::Said;

/// What came back.
#[derive(Default)]
pub(super) struct Own {
    /// The wall of it.
    pub(super) reading: Reading,
    /// Its shapes.
    pub(super) ends: Ends,
    /// Whether anything did.
    pub(super) has_rows: bool,
}

/// Takes what squall drew out of a sketch, and reads it. What was copied in the other tool is a stranger.
pub(super) fn gather(sketch: &mut Sketch, mapping: &Mapping, mint: Mint<'_>) -> Result<Own, Said> {
    let mut back = Back { own: Own::default(), seen: BTreeSet::new(), file: Object::new(), has_head: false };
    let mut guess = Guess::new(mapping, BTreeMap::new());
    let shapes = std::mem::take(&mut sketch.shapes);
    sketch.shapes = shapes.into_iter().filter_map(|shape| back.shape(shape, &mut guess)).collect();
    if back.file.is_empty() && !back.has_head {
        return Ok(back.own);
    }
    let links = std::mem::take(&mut sketch.links);
    sketch.links = links.into_iter().filter_map(|link| back.link(link)).collect();
    if !back.has_head {
        sketch.remarks.push(Said::new("sketch-no-head"));
    }
    back.file.entry("notes").or_insert_with(|| json!([]));
    let reading = read_object(back.file, mint)?;
    let mut ends = back.own.ends;
    for note in ends.by_key.values_mut() {
        *note = note.filter(|id| reading.board.notes.contains_key(id));
    }
    ends.areas.retain(|(id, _)| reading.board.notes.contains_key(id));
    Ok(Own { reading, ends, has_rows: true })
}

struct Back {
    own: Own,
    seen: BTreeSet<String>,
    file: Object,
    has_head: bool,
}

/// Splits what was written with a shape into the name of a list and an object.
fn opened(row: Value) -> Option<(String, Object)> {
    let Value::Object(row) = row else { return None };
    let (list, row) = row.into_iter().next()?;
    let Value::Object(row) = row else { return None };
    Some((list, row))
}

fn text_in<'a>(row: &'a Map<String, Value>, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Whether two texts say the same, but for the spaces and marks that tools change on their own.
fn is_same(one: &str, two: &str) -> bool {
    let bare = |text: &str| {
        let letters = text.nfc().filter(|c| !c.is_whitespace() && !c.is_control());
        shown(&letters.collect::<String>())
    };
    one == two || bare(one) == bare(two)
}

/// Where an area lies, in cells.
fn cells(area: Area) -> [i64; 4] {
    let across = |pixels: f64| (pixels / CELL.0 as f64).round() as i64;
    let down = |pixels: f64| (pixels / CELL.1 as f64).round() as i64;
    [across(area.x), down(area.y), across(area.w).max(1), down(area.h).max(1)]
}

impl Back {
    fn list(&mut self, name: &str, row: Object) {
        if let Some(rows) = self.file.entry(name).or_insert_with(|| json!([])).as_array_mut() {
            rows.push(Value::Object(row));
        }
    }

    /// Takes a shape that squall drew; gives back what it did not.
    fn shape(&mut self, mut shape: Shape, guess: &mut Guess<'_>) -> Option<Shape> {
        let Some((list, mut row)) = shape.row.take().and_then(opened) else { return Some(shape) };
        let [x, y, w, h] = cells(shape.area);
        let mut text = shape.text.clone();
        if list == "board" {
            if !is_same(&text, &titled(&row)) {
                row.insert("title".to_owned(), std::mem::take(&mut text).into());
            }
            if !std::mem::replace(&mut self.has_head, true) {
                self.file.extend(row);
            }
            return None;
        }
        if !self.seen.insert(text_in(&row, "id").to_owned()) {
            let kind = text_in(&row, "kind").parse::<NoteKind>();
            shape.sort = kind.map_or(if list == "notes" { Sort::Sticky } else { Sort::Frame }, Sort::Kind);
            return Some(shape);
        }
        let worded = match list.as_str() {
            "notes" => "wording",
            "contexts" | "subdomains" | "lanes" => "name",
            _ => return Some(shape),
        };
        if !is_same(&text, &shown(text_in(&row, worded))) {
            row.remove("alternatives");
            row.insert(worded.to_owned(), text.into());
        }
        match list.as_str() {
            "notes" => {
                row.insert("at".to_owned(), json!([x, y]));
                row.insert("size".to_owned(), json!([w, h]));
                let kind = text_in(&row, "kind").parse::<NoteKind>();
                if kind.is_ok_and(|kind| is_recolored(kind, &shape.fill)) {
                    row.insert("kind".to_owned(), guess.kind_of(&shape.fill, &shape.text).id().into());
                }
                let id = text_in(&row, "id").parse::<Id>().ok();
                self.own.ends.add(&shape.key, id);
                self.own.ends.areas.extend(id.map(|id| (id, shape.area)));
            }
            "lanes" => {
                row.insert("y".to_owned(), json!(y));
                self.own.ends.add(&shape.key, None);
            }
            _ => {
                row.insert("rect".to_owned(), json!([x, y, w, h]));
                self.own.ends.add(&shape.key, None);
            }
        }
        self.list(&list, row);
        None
    }

    /// The same for a line. One that was led to a shape of somebody else's is a stranger.
    fn link(&mut self, mut link: Link) -> Option<Link> {
        let Some((_, mut row)) = link.row.take().and_then(opened) else { return Some(link) };
        let is_copy = !self.seen.insert(text_in(&row, "id").to_owned());
        let foreign =
            |key: &Option<String>| key.as_ref().is_some_and(|key| !self.own.ends.by_key.contains_key(key));
        if is_copy || foreign(&link.from.key) || foreign(&link.to.key) {
            return Some(link);
        }
        for (name, end) in [("from", &link.from), ("to", &link.to)] {
            if let Some(id) = self.own.ends.bound(end) {
                row.insert(name.to_owned(), id.to_string().into());
            }
        }
        if !is_same(&link.text, &shown(text_in(&row, "label"))) {
            row.insert("label".to_owned(), link.text.into());
        }
        self.list("arrows", row);
        None
    }
}
