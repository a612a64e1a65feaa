//! A board from Excalidraw's elements.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::format::json::quoted;
use crate::format::sketch::{Area, End, Fill, Link, Rows, Shape, Sketch, Sort, counted, each};
use crate::format::{Mapping, Mint, Reading};
use crate::words::Said;

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    elements: Rows<'a>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Element {
    id: Option<String>,
    r#type: String,
    x: f64,
    y: f64,
    width: Option<f64>,
    height: Option<f64>,
    background_color: Option<String>,
    stroke_style: Option<String>,
    text: Option<String>,
    original_text: Option<String>,
    name: Option<String>,
    container_id: Option<String>,
    group_ids: Option<Vec<String>>,
    is_deleted: Option<bool>,
    start_binding: Option<Binding>,
    end_binding: Option<Binding>,
    start_arrowhead: Option<String>,
    end_arrowhead: Option<String>,
    points: Option<Vec<(f64, f64)>>,
    custom_data: Option<BTreeMap<String, Value>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Binding {
    element_id: Option<String>,
}

/// Whether a text looks like a file of Excalidraw, or what it puts onto the clipboard.
pub(in crate::format) fn looks_like(text: &str) -> bool {
    text.contains("\"elements\"") && text.contains("\"excalidraw")
}

/// Reads a board.
pub(in crate::format) fn read(text: &str, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
    let file: File<'_> = serde_json::from_str(text).map_err(|why| {
        Said::new("sketch-unreadable").with("format", "Excalidraw").with("why", quoted(&why.to_string()))
    })?;
    counted(&[&file.elements])?;
    let mut sketch = Sketch::default();
    let mut elements: Vec<Element> =
        each(&file.elements, &mut sketch).into_iter().map(|(_, element): (usize, Element)| element).collect();
    elements.retain(|element| !element.is_deleted.unwrap_or(false));
    let mut bound = bind(&mut elements);
    for element in elements {
        add(element, &mut bound, &mut sketch);
    }
    sketch.read(mapping, mint)
}

/// Texts that are bound to another element.
struct Bound {
    /// What each element says, by its id.
    words: BTreeMap<String, String>,
    /// The element each text is bound to, by the text's id: older files bind arrows to the text of a box.
    homes: BTreeMap<String, String>,
}

/// Takes the texts that are bound to another element out of the list.
fn bind(elements: &mut Vec<Element>) -> Bound {
    let is_home = |it: &&Element| it.r#type != "text";
    let homes: std::collections::BTreeSet<String> =
        elements.iter().filter(is_home).filter_map(|it| it.id.clone()).collect();
    let mut bound = Bound { words: BTreeMap::new(), homes: BTreeMap::new() };
    elements.retain(|element| {
        let home = element.container_id.as_ref().filter(|home| homes.contains(*home));
        let Some(home) = home.filter(|_| element.r#type == "text") else { return true };
        let words = element.original_text.as_ref().or(element.text.as_ref()).cloned().unwrap_or_default();
        bound.words.entry(home.clone()).or_insert(words);
        bound.homes.extend(element.id.clone().map(|id| (id, home.clone())));
        false
    });
    bound
}

fn add(element: Element, bound: &mut Bound, sketch: &mut Sketch) {
    let key = element.id.unwrap_or_default();
    let row = element.custom_data.and_then(|mut data| data.remove("squall"));
    let words = bound.words.remove(&key);
    let area = Area::new(element.x, element.y, element.width.unwrap_or(0.0), element.height.unwrap_or(0.0));
    let sort = match element.r#type.as_str() {
        "rectangle" | "diamond" | "ellipse" => Sort::Sticky,
        "text" => Sort::Text,
        "frame" | "magicframe" => Sort::Frame,
        "arrow" => {
            let points = element.points.unwrap_or_default();
            let at = |point: Option<&(f64, f64)>| point.map(|(x, y)| (element.x + x, element.y + y));
            let end = |binding: Option<Binding>, at: Option<(f64, f64)>| {
                let key = binding.and_then(|binding| binding.element_id);
                End { key: key.map(|key| bound.homes.get(&key).cloned().unwrap_or(key)), at }
            };
            let mut from = end(element.start_binding, at(points.first()));
            let mut to = end(element.end_binding, at(points.last()));
            if element.start_arrowhead.is_some() && element.end_arrowhead.is_none() {
                std::mem::swap(&mut from, &mut to);
            }
            let is_dashed = element.stroke_style.is_some_and(|style| style != "solid");
            return sketch.links.push(Link {
                key,
                from,
                to,
                text: words.unwrap_or_default(),
                is_dashed,
                row,
            });
        }
        other => return sketch.skip(other, &key),
    };
    let text = match sort {
        Sort::Frame => element.name,
        Sort::Text => element.original_text.or(element.text),
        Sort::Sticky | Sort::Kind(_) => words,
    };
    sketch.shapes.push(Shape {
        key,
        area,
        text: text.unwrap_or_default(),
        fill: Fill::of(element.background_color.as_deref().unwrap_or_default()),
        sort,
        group: element.group_ids.and_then(|groups| groups.into_iter().next()).unwrap_or_default(),
        page: 0,
        row,
    });
}
