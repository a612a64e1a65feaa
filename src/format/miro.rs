//! Miro: the items of its REST API (v2), and what its Web SDK puts onto the clipboard.
//!
//! `{"data": [..], "connectors": [..]}` with everything of an item in groups of its own, or a list of flat items. Places
//! are centres; within a frame they count from its top-left corner. Texts are HTML.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::json::quoted;
use super::sketch::{Area, End, Fill, Link, Rows, Shape, Sketch, Sort, counted, each, plain};
use super::{Mapping, Mint, Reading};
use crate::words::Said;

/// How wide a sticky of Miro is where nothing is said, and how high a wide one is to its width.
const STICKY: (f64, f64) = (199.0, 0.57);
/// Frames do not lie deeper within each other.
const NESTED_MAX: usize = 64;

#[derive(Deserialize, Default)]
#[serde(default)]
struct File<'a> {
    #[serde(borrow)]
    data: Rows<'a>,
    #[serde(borrow)]
    items: Rows<'a>,
    #[serde(borrow)]
    connectors: Rows<'a>,
}

/// An item, in either form.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Item {
    #[serde(deserialize_with = "name")]
    id: Option<String>,
    r#type: String,
    content: Option<String>,
    title: Option<String>,
    shape: Option<String>,
    data: Option<Data>,
    style: Option<Style>,
    x: Option<f64>,
    y: Option<f64>,
    width: Option<f64>,
    height: Option<f64>,
    position: Option<Position>,
    geometry: Option<Geometry>,
    relative_to: Option<String>,
    parent: Option<Named>,
    #[serde(deserialize_with = "name")]
    parent_id: Option<String>,
    start_item: Option<Named>,
    end_item: Option<Named>,
    start: Option<Named>,
    end: Option<Named>,
    captions: Option<Vec<Caption>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Data {
    content: Option<String>,
    title: Option<String>,
    shape: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Style {
    fill_color: Option<String>,
    fill_opacity: Option<Value>,
    stroke_style: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Position {
    x: f64,
    y: f64,
    relative_to: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Geometry {
    width: Option<f64>,
    height: Option<f64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    #[serde(deserialize_with = "name", alias = "item")]
    id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Caption {
    content: Option<String>,
}

/// An id, which is a text or a number.
fn name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// Whether a text looks like items of Miro.
pub(super) fn looks_like(text: &str) -> bool {
    text.contains("\"sticky_note\"") || text.contains("\"startItem\"") && text.contains("\"endItem\"")
}

/// Reads a board.
pub(super) fn read(text: &str, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
    let file = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map(|data| File { data, ..File::default() })
    } else {
        serde_json::from_str(text)
    };
    let file: File<'_> = file.map_err(|why| {
        Said::new("sketch-unreadable").with("format", "Miro").with("why", quoted(&why.to_string()))
    })?;
    counted(&[&file.data, &file.items, &file.connectors])?;
    let mut sketch = Sketch::default();
    let mut items: Vec<(String, Item)> = Vec::new();
    for rows in [&file.data, &file.items, &file.connectors] {
        for (nth, item) in each::<Item>(rows, &mut sketch) {
            items.push((item.id.clone().unwrap_or_else(|| format!("#{}", nth + 1)), item));
        }
    }
    let frames: BTreeMap<String, Box> = items
        .iter()
        .filter(|(_, item)| item.r#type == "frame")
        .map(|(key, item)| (key.clone(), item.place()))
        .collect();
    for (key, item) in items {
        add(key, item, &frames, &mut sketch);
    }
    sketch.read(mapping, mint)
}

/// Where an item stands in what it lies in.
#[derive(Clone)]
struct Box {
    center: (f64, f64),
    size: (f64, f64),
    parent: Option<String>,
}

impl Item {
    fn place(&self) -> Box {
        let inner = self.position.as_ref();
        let center =
            (self.x.or(inner.map(|it| it.x)).unwrap_or(0.0), self.y.or(inner.map(|it| it.y)).unwrap_or(0.0));
        let geometry = self.geometry.as_ref();
        let width = self.width.or(geometry.and_then(|it| it.width));
        let height = self.height.or(geometry.and_then(|it| it.height));
        let shape = self.shape.as_ref().or(self.data.as_ref().and_then(|data| data.shape.as_ref()));
        let flat = if shape.is_some_and(|shape| shape == "rectangle") { STICKY.1 } else { 1.0 };
        let size = match (width, height) {
            (Some(width), Some(height)) => (width, height),
            (Some(width), None) => (width, width * flat),
            (None, Some(height)) => (height / flat, height),
            (None, None) => (STICKY.0, STICKY.0 * flat),
        };
        let to = self.relative_to.as_ref().or(inner.and_then(|it| it.relative_to.as_ref()));
        let parent = self.parent.as_ref().and_then(|it| it.id.clone()).or_else(|| self.parent_id.clone());
        Box { center, size, parent: parent.filter(|_| to.is_none_or(|to| to != "canvas_center")) }
    }
}

/// The place on the board; a loop of frames within each other is cut.
fn area(key: &str, place: &Box, frames: &BTreeMap<String, Box>) -> Area {
    let (mut x, mut y) = place.center;
    let mut seen = BTreeSet::from([key]);
    let mut at = place.parent.as_ref();
    while let Some((key, frame)) = at.and_then(|key| frames.get_key_value(key))
        && seen.len() < NESTED_MAX
        && seen.insert(key.as_str())
    {
        x += frame.center.0 - frame.size.0 / 2.0;
        y += frame.center.1 - frame.size.1 / 2.0;
        at = frame.parent.as_ref();
    }
    Area::around(x, y, place.size.0, place.size.1)
}

fn add(key: String, item: Item, frames: &BTreeMap<String, Box>, sketch: &mut Sketch) {
    let area = area(&key, &item.place(), frames);
    let style = item.style.unwrap_or_default();
    let ends = (item.start_item.or(item.start), item.end_item.or(item.end));
    if item.r#type == "connector" || ends.0.is_some() && ends.1.is_some() {
        let end = |end: Option<Named>| End { key: end.and_then(|end| end.id), at: None };
        let captions = item.captions.unwrap_or_default();
        let text =
            captions.iter().filter_map(|it| it.content.as_deref()).map(plain).collect::<Vec<_>>().join(" ");
        let is_dashed = style.stroke_style.is_some_and(|style| style != "normal");
        let (from, to) = (end(ends.0), end(ends.1));
        return sketch.links.push(Link { key, from, to, text, is_dashed, row: None });
    }
    let sort = match item.r#type.as_str() {
        "sticky_note" | "shape" | "card" | "app_card" => Sort::Sticky,
        "text" => Sort::Text,
        "frame" => Sort::Frame,
        other => return sketch.skip(other, &key),
    };
    let data = item.data.unwrap_or_default();
    let text = item.content.or(data.content).or(item.title).or(data.title).unwrap_or_default();
    let is_clear =
        style.fill_opacity.is_some_and(|it| matches!(it.to_string().trim_matches('"'), "0" | "0.0"));
    let color = style.fill_color.filter(|_| !is_clear && sort == Sort::Sticky);
    sketch.shapes.push(Shape {
        key,
        area,
        text: plain(&text),
        fill: Fill::of(color.as_deref().unwrap_or_default()),
        sort,
        ..Shape::default()
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::format::named;
    use crate::model::{Author, Board, EntryId, Id, NoteKind};

    fn read(file: &Value) -> Board {
        let entry = EntryId { author: Author::from_random(5), counter: 1 };
        let mut next = 0;
        let mut mint = || -> Id {
            next += 1;
            entry.thing(next - 1)
        };
        let reading = named("miro").unwrap().read(&file.to_string(), &mut mint).unwrap();
        assert_eq!(reading.remarks, []);
        reading.board
    }

    fn notes(board: &Board) -> Vec<(&str, NoteKind, i32)> {
        board.notes.values().map(|note| (note.text(), note.kind, note.at.x)).collect()
    }

    #[test]
    fn both_forms_of_a_board_are_read() {
        let flat = |content: &str, color: &str, x: f64| {
            json!({ "type": "sticky_note", "shape": "square", "content": content, "style": { "fillColor": color },
                "x": x, "y": 0.5, "width": 220.0, "relativeTo": "canvas_center", "tagIds": [] })
        };
        let board =
            read(&json!([flat("<p>Order</p><p>Placed</p>", "orange", 0.0), flat("Place", "blue", 660.0)]));
        assert_eq!(
            notes(&board),
            [("Order\nPlaced", NoteKind::DomainEvent, 0), ("Place", NoteKind::Command, 66)]
        );

        let item = |id: u32, color: &str, x: f64| {
            json!({ "id": id.to_string(), "type": "sticky_note", "data": { "content": format!("<b>n{id}</b>"), "shape": "square" },
                "style": { "fillColor": color }, "position": { "x": x, "y": 120.0, "origin": "center", "relativeTo": "parent_top_left" },
                "geometry": { "width": 220.0, "height": 220.0 }, "parent": { "id": "9" } })
        };
        let frame = json!({ "id": 9, "type": "frame", "data": { "title": "주문" }, "position": { "x": 5000.0, "y": 0.0 },
            "geometry": { "width": 2000.0, "height": 600.0 }, "parent": { "id": "9" } });
        let joined = json!({ "id": "7", "startItem": { "id": "1" }, "endItem": { "id": 2 },
            "captions": [{ "content": "<p>then</p>" }], "style": { "strokeStyle": "dashed" } });
        let board = read(
            &json!({ "data": [frame, item(1, "violet", 200.0), item(2, "light_green", 900.0)], "connectors": [joined] }),
        );
        assert_eq!(notes(&board), [("n1", NoteKind::Policy, -4), ("n2", NoteKind::ReadModel, 70)]);
        let frame = board.contexts.values().next().unwrap();
        assert!(
            board.notes.values().all(|note| board.frame_of(note) == Some(frame.id)) && frame.name() == "주문"
        );
        let arrow = board.arrows.values().next().unwrap();
        assert_eq!((arrow.label(), arrow.mode().is_some()), ("then", true));
    }
}
