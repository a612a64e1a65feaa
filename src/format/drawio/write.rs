//! A wall as one page of cells, one a line.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::format::sketch::{Drawing, Item, Line, Look};
use crate::format::{Choices, ink};
use crate::model::{Board, Frame};

/// Writes a board.
pub(in crate::format) fn write(board: &Board, _: &Choices) -> String {
    let drawing = Drawing::of(board);
    let frames: BTreeMap<&str, [i64; 4]> = drawing
        .items
        .iter()
        .filter(|item| matches!(item.look, Look::Frame(_)))
        .map(|item| (item.key.as_str(), item.area))
        .collect();
    let mut cells = String::new();
    for it in &drawing.items {
        item(&mut cells, it, &frames);
    }
    for it in &drawing.lines {
        line(&mut cells, it, &drawing.items);
    }
    format!(
        "<mxfile host=\"squall\">\n  <diagram id=\"wall\" name=\"{}\">\n    <mxGraphModel grid=\"1\" page=\"0\">\n      <root>\n        \
         <mxCell id=\"0\"/>\n        <mxCell id=\"1\" parent=\"0\"/>\n{cells}      </root>\n    </mxGraphModel>\n  </diagram>\n</mxfile>\n",
        escaped(&drawing.items.first().map_or("", |title| &title.text).replace('\n', " "))
    )
}

/// A text within an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A row of JSON within an attribute; what XML cannot hold stands as its number.
fn row(row: &Value) -> String {
    escaped(&row.to_string().replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff"))
}

fn add(cells: &mut String, id: &str, label: &str, of: &Value, cell: &str) {
    writeln!(
        cells,
        "        <UserObject id=\"{}\" label=\"{}\" squall=\"{}\">{cell}</UserObject>",
        escaped(id),
        escaped(label),
        row(of)
    )
    .expect("a String takes every character");
}

fn item(cells: &mut String, item: &Item, frames: &BTreeMap<&str, [i64; 4]>) {
    let style = match item.look {
        Look::Title => {
            "text;align=left;verticalAlign=middle;fontSize=32;fillColor=none;strokeColor=none;".to_owned()
        }
        Look::Frame(Frame::Context) => {
            "swimlane;startSize=30;rounded=1;container=1;collapsible=0;fillColor=none;".to_owned()
        }
        Look::Frame(Frame::Subdomain) => {
            "swimlane;startSize=20;dashed=1;container=1;collapsible=0;fillColor=none;".to_owned()
        }
        Look::Lane => {
            "text;align=left;verticalAlign=top;fillColor=none;strokeColor=none;dashed=1;".to_owned()
        }
        Look::Note(_) => {
            format!("whiteSpace=wrap;fillColor={};strokeColor=#7a8292;fontColor={};", item.fill(), ink::NOTE)
        }
    };
    let inside = item.inside.as_deref().and_then(|key| Some((key, frames.get(key)?)));
    let (parent, [left, top, ..]) = inside.map_or(("1", [0; 4]), |(key, area)| (key, *area));
    let [x, y, w, h] = item.area;
    let cell = format!(
        "<mxCell style=\"{style}\" vertex=\"1\" parent=\"{}\"><mxGeometry x=\"{}\" y=\"{}\" width=\"{w}\" height=\"{h}\" \
         as=\"geometry\"/></mxCell>",
        escaped(parent),
        x - left,
        y - top
    );
    add(cells, &item.key, &item.text, &item.row, &cell);
}

fn line(cells: &mut String, line: &Line, items: &[Item]) {
    let dashed = if line.is_dashed { "dashed=1;" } else { "" };
    let cell = format!(
        "<mxCell style=\"endArrow=block;rounded=1;{dashed}\" edge=\"1\" parent=\"1\" source=\"{}\" target=\"{}\">\
         <mxGeometry relative=\"1\" as=\"geometry\"/></mxCell>",
        escaped(&items[line.ends.0].key),
        escaped(&items[line.ends.1].key)
    );
    add(cells, &line.key, &line.text, &line.row, &cell);
}
