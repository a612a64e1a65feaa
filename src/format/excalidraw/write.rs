//! A wall as Excalidraw's elements, one a line.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::format::sketch::{Drawing, Item, Line, Look};
use crate::format::svg::measure::{broken, fitted, leading};
use crate::format::{Choices, ink};
use crate::model::{Board, Frame};

/// The largest and the smallest letters of a note, in pixels.
const LETTERS: (i64, i64) = (20, 9);
/// Pixels kept free around the words in a box.
const AIR: i64 = 6;
/// Pixels between an arrow's end and its note.
const GAP: i64 = 4;

/// Writes a board.
pub(in crate::format) fn write(board: &Board, _: &Choices) -> String {
    let drawing = Drawing::of(board);
    let mut bound: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for line in &drawing.lines {
        for end in [line.ends.0, line.ends.1] {
            let arrows = bound.entry(&drawing.items[end].key).or_default();
            arrows.push(json!({ "id": line.key, "type": "arrow" }));
        }
    }
    let items = |notes: bool| {
        let these = drawing.items.iter().filter(move |item| matches!(item.look, Look::Note(_)) == notes);
        these.flat_map(|item| self::item(item, bound.get(item.key.as_str()).cloned().unwrap_or_default()))
    };
    // Arrows run behind the notes.
    let lines = drawing.lines.iter().flat_map(|line| self::line(line, &drawing.items));
    let elements = items(false).chain(lines).chain(items(true));
    let elements: Vec<String> = elements.map(|element| format!("    {element}")).collect();
    format!(
        "{{\n  \"type\": \"excalidraw\",\n  \"version\": 2,\n  \"source\": \"squall\",\n  \"elements\": [\n{}\n  ],\n  \
         \"appState\": {{\"viewBackgroundColor\": \"{}\"}},\n  \"files\": {{}}\n}}\n",
        elements.join(",\n"),
        ink::GROUND
    )
}

/// Puts what every element has around what one has of its own.
fn element(id: &str, kind: &str, [x, y, w, h]: [i64; 4], own: Value) -> Value {
    let mut element = json!({
        "id": id, "type": kind, "x": x, "y": y, "width": w, "height": h, "angle": 0, "strokeColor": ink::INK,
        "backgroundColor": "transparent", "fillStyle": "solid", "strokeWidth": 1, "strokeStyle": "solid",
        "roughness": 0, "opacity": 100, "groupIds": [], "frameId": null, "roundness": null, "seed": 1, "version": 1,
        "versionNonce": 1, "isDeleted": false, "boundElements": [], "updated": 1, "link": null, "locked": false,
    });
    if let (Some(element), Value::Object(own)) = (element.as_object_mut(), own) {
        element.extend(own);
    }
    element
}

/// A text, within another element where one is named.
fn text(id: &str, words: &str, [x, y, w, h]: [i64; 4], home: Option<&str>, largest: i64, top: bool) -> Value {
    let size = fitted(words, (w - 2 * AIR, h - 2 * AIR), largest, LETTERS.1).size;
    let lines = broken(words, size, (w - 2 * AIR).max(1));
    let height = (lines.len() as i64 * leading(size)).max(1);
    let at = if top { y + AIR } else { y + (h - height) / 2 };
    element(
        id,
        "text",
        [x + AIR, at, (w - 2 * AIR).max(1), height],
        json!({
            "text": lines.join("\n"), "originalText": words, "fontSize": size, "fontFamily": 2,
            "textAlign": if home.is_some() { "center" } else { "left" },
            "verticalAlign": if top { "top" } else { "middle" },
            "containerId": home, "lineHeight": 1.25, "autoResize": home.is_some(),
        }),
    )
}

fn item(item: &Item, mut bound: Vec<Value>) -> Vec<Value> {
    let Item { key, look, area, text: words, inside, row } = item;
    let own = json!({ "squall": row });
    let (kind, style) = match look {
        Look::Title => {
            let mut title = text(key, words, *area, None, 2 * LETTERS.0, false);
            title["customData"] = own;
            return vec![title];
        }
        Look::Frame(Frame::Context) => {
            return vec![element(key, "frame", *area, json!({ "name": words, "customData": own }))];
        }
        Look::Frame(Frame::Subdomain) => ("rectangle", "dashed"),
        Look::Lane => ("rectangle", "dotted"),
        Look::Note(_) => ("rectangle", "solid"),
    };
    let label = format!("{key}/text");
    let has_words = !words.trim().is_empty();
    if has_words {
        bound.push(json!({ "id": label, "type": "text" }));
    }
    let fill = Some(item.fill()).filter(|fill| !fill.is_empty()).unwrap_or_else(|| "transparent".to_owned());
    let drawn = element(
        key,
        kind,
        *area,
        json!({
            "backgroundColor": fill, "strokeStyle": style, "boundElements": bound, "frameId": inside, "customData": own,
        }),
    );
    let top = matches!(look, Look::Frame(_));
    let mut words = has_words.then(|| text(&label, words, *area, Some(key), LETTERS.0, top));
    if let Some(words) = &mut words {
        words["frameId"] = json!(inside);
    }
    [Some(drawn), words].into_iter().flatten().collect()
}

/// Where the straight way from the middle of a box to a place leaves the box.
fn leaves([x, y, w, h]: [i64; 4], to: (i64, i64)) -> (i64, i64) {
    let (cx, cy) = (x + w / 2, y + h / 2);
    let (dx, dy) = ((to.0 - cx) as f64, (to.1 - cy) as f64);
    let room = |half: i64, way: f64| if way == 0.0 { f64::INFINITY } else { (half + GAP) as f64 / way.abs() };
    let share = room(w / 2, dx).min(room(h / 2, dy)).min(1.0);
    (cx + (dx * share) as i64, cy + (dy * share) as i64)
}

fn line(line: &Line, items: &[Item]) -> Vec<Value> {
    let (from, to) = (&items[line.ends.0], &items[line.ends.1]);
    let middle = |[x, y, w, h]: [i64; 4]| (x + w / 2, y + h / 2);
    let (start, mut end) = (leaves(from.area, middle(to.area)), leaves(to.area, middle(from.area)));
    if start == end {
        // An arrow without a length is thrown away when the file is opened.
        end.0 += 1;
    }
    let binding = |item: &Item| json!({ "elementId": item.key, "focus": 0, "gap": GAP });
    let has_words = !line.text.trim().is_empty();
    let label = format!("{}/text", line.key);
    let (w, h) = (end.0 - start.0, end.1 - start.1);
    let words = has_words.then(|| {
        let room = [(start.0 + end.0) / 2 - 80, (start.1 + end.1) / 2 - 15, 160, 30];
        text(&label, &line.text, room, Some(&line.key), 14, false)
    });
    let bound: Vec<Value> = words.iter().map(|_| json!({ "id": label, "type": "text" })).collect();
    let arrow = element(
        &line.key,
        "arrow",
        [start.0, start.1, w.abs(), h.abs()],
        json!({
            "points": [[0, 0], [w, h]], "startBinding": binding(from), "endBinding": binding(to),
            "startArrowhead": null, "endArrowhead": "arrow", "lastCommittedPoint": null, "elbowed": false,
            "strokeStyle": if line.is_dashed { "dashed" } else { "solid" }, "boundElements": bound,
            "customData": { "squall": line.row },
        }),
    );
    [Some(arrow), words].into_iter().flatten().collect()
}
