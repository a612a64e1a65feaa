//! JSON Canvas, the boards of Obsidian: `{"nodes": [..], "edges": [..]}`.
//!
//! A note is a text node in the colour of its paper, a context a group, an arrow an edge. Every one carries its row of
//! squall's own JSON under the key `squall`, the text above the wall carries what belongs to the whole board: so a
//! file that was written here is the same board when it comes back, but for what was changed there.

use serde::Deserialize;
use serde_json::{Value, json};

use super::json::quoted;
use super::sketch::{
    Area, Drawing, End, Fill, Item, Line, Link, Look, Rows, Shape, Sketch, Sort, counted, each,
};
use super::{Choices, Mapping, Mint, Reading};
use crate::model::Board;
use crate::words::Said;

/// The colours that go by a number from 1, as Obsidian shows them.
const PRESETS: [&str; 6] = ["#fb464c", "#e9973f", "#e0de71", "#44cf6e", "#53dfdd", "#a882ff"];

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, default)]
    nodes: Rows<'a>,
    #[serde(borrow, default)]
    edges: Rows<'a>,
}

#[derive(Deserialize)]
struct Node {
    id: Option<String>,
    r#type: String,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    color: Option<String>,
    text: Option<String>,
    file: Option<String>,
    url: Option<String>,
    label: Option<String>,
    squall: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Edge {
    id: Option<String>,
    from_node: String,
    to_node: String,
    from_end: Option<String>,
    to_end: Option<String>,
    label: Option<String>,
    squall: Option<Value>,
}

/// Whether a text looks like a canvas.
pub(super) fn looks_like(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("\"nodes\"") && text.contains("\"edges\"")
}

/// Reads a board.
pub(super) fn read(text: &str, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
    let file: File<'_> = serde_json::from_str(text).map_err(|why| {
        Said::new("sketch-unreadable").with("format", "JSON Canvas").with("why", quoted(&why.to_string()))
    })?;
    counted(&[&file.nodes, &file.edges])?;
    let mut sketch = Sketch::default();
    for (_, node) in each::<Node>(&file.nodes, &mut sketch) {
        let (sort, text) = match node.r#type.as_str() {
            "text" => (Sort::Sticky, node.text),
            "group" => (Sort::Frame, node.label),
            "file" => (Sort::Sticky, node.file),
            "link" => (Sort::Sticky, node.url),
            other => {
                sketch.skip(other, node.id.as_deref().unwrap_or_default());
                continue;
            }
        };
        sketch.shapes.push(Shape {
            key: node.id.unwrap_or_default(),
            area: Area::new(node.x, node.y, node.width, node.height),
            text: text.unwrap_or_default(),
            fill: fill(node.color.as_deref().unwrap_or_default()),
            sort,
            row: node.squall,
            ..Shape::default()
        });
    }
    for (_, edge) in each::<Edge>(&file.edges, &mut sketch) {
        let end = |key: String| End { key: Some(key), at: None };
        let (mut from, mut to) = (end(edge.from_node), end(edge.to_node));
        let is_arrow = |end: &Option<String>, usual: bool| end.as_ref().map_or(usual, |end| end == "arrow");
        if is_arrow(&edge.from_end, false) && !is_arrow(&edge.to_end, true) {
            std::mem::swap(&mut from, &mut to);
        }
        let (key, text) = (edge.id.unwrap_or_default(), edge.label.unwrap_or_default());
        sketch.links.push(Link { key, from, to, text, is_dashed: false, row: edge.squall });
    }
    sketch.read(mapping, mint)
}

fn fill(color: &str) -> Fill {
    let preset = color.parse::<usize>().ok().and_then(|number| PRESETS.get(number.checked_sub(1)?));
    Fill::of(preset.unwrap_or(&color))
}

/// Writes a board, one node or edge a line.
pub(super) fn write(board: &Board, _: &Choices) -> String {
    let drawing = Drawing::of(board);
    let lines = |values: Vec<Value>| {
        let lines: Vec<String> = values.iter().map(|value| format!("    {value}")).collect();
        if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) }
    };
    let nodes = lines(drawing.items.iter().map(node).collect());
    let edges = lines(drawing.lines.iter().map(|line| edge(line, &drawing.items)).collect());
    format!("{{\n  \"nodes\": {nodes},\n  \"edges\": {edges}\n}}\n")
}

fn node(item: &Item) -> Value {
    let [x, y, w, h] = item.area;
    let is_group = matches!(item.look, Look::Frame(_));
    let (sort, words) = if is_group { ("group", "label") } else { ("text", "text") };
    let mut node = json!({ "id": item.key, "type": sort, "x": x, "y": y, "width": w, "height": h });
    node[words] = item.text.as_str().into();
    if !item.fill().is_empty() {
        node["color"] = item.fill().into();
    }
    node["squall"] = item.row.clone();
    node
}

/// The side of a box that another is at.
fn side([x, y, w, h]: [i64; 4], [u, v, s, t]: [i64; 4]) -> &'static str {
    let (right, down) = (u + s / 2 - x - w / 2, v + t / 2 - y - h / 2);
    match (right.abs() > down.abs(), right > 0, down > 0) {
        (true, true, _) => "right",
        (true, false, _) => "left",
        (false, _, true) => "bottom",
        (false, _, false) => "top",
    }
}

fn edge(line: &Line, items: &[Item]) -> Value {
    let (from, to) = (&items[line.ends.0], &items[line.ends.1]);
    let mut edge = json!({
        "id": line.key, "fromNode": from.key, "fromSide": side(from.area, to.area),
        "toNode": to.key, "toSide": side(to.area, from.area),
    });
    if !line.text.is_empty() {
        edge["label"] = line.text.as_str().into();
    }
    edge["squall"] = line.row.clone();
    edge
}
