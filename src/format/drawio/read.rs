//! A board from the cells of a file's pages, the pages side by side.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use super::cell::Cell;
use super::page::{document, unpacked};
use crate::format::sketch::{Area, End, Fill, Link, Shape, Sketch, Sort};
use crate::format::{Mapping, Mint, Reading};
use crate::model::limit::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, IMPORT_ROWS_MAX};
use crate::words::Said;

/// Pixels between two pages.
const PAGE_GAP: f64 = 400.0;

/// Whether a text looks like a file of draw.io.
pub(in crate::format) fn looks_like(text: &str) -> bool {
    text.trim_start().starts_with('<') && (text.contains("<mxfile") || text.contains("<mxGraphModel"))
}

/// Reads a board.
pub(in crate::format) fn read(text: &str, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
    let file = document(text)?;
    let mut sketch = Sketch::default();
    let mut room = IMPORT_BYTES_MAX;
    let mut pages = 0;
    let is_page = |node: &Node<'_, '_>| node.has_tag_name("diagram");
    if file.descendants().any(|node| is_page(&node)) {
        for diagram in file.descendants().filter(is_page) {
            if diagram.children().any(|node| node.is_element()) {
                page(diagram, pages, &mut sketch)?;
            } else if let Some(packed) = diagram.text().map(str::trim).filter(|it| !it.is_empty()) {
                let text = unpacked(packed, &mut room)?;
                let inner: Document<'_> = document(&text)?;
                page(inner.root_element(), pages, &mut sketch)?;
            }
            pages += 1;
        }
    } else {
        page(file.root_element(), pages, &mut sketch)?;
    }
    sketch.read(mapping, mint)
}

/// Adds the cells of a page, right of what is there.
fn page(model: Node<'_, '_>, nth: usize, sketch: &mut Sketch) -> Result<(), Said> {
    let root = model.descendants().find(|node| node.has_tag_name("root"));
    let Some(root) = root else { return Ok(()) };
    let cells: Vec<Cell<'_>> = root.children().filter(Node::is_element).filter_map(Cell::of).collect();
    if cells.len() + sketch.shapes.len() + sketch.links.len() > IMPORT_ROWS_MAX {
        return Err(Said::new("import-too-many").with("max", IMPORT_ROWS_MAX));
    }
    let page = Page::of(&cells, nth);
    let before = sketch.shapes.len();
    let mut captions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for cell in &cells {
        match cell.parent.filter(|parent| page.edges.contains(parent)) {
            Some(edge) => captions.entry(edge).or_default().push(&cell.text),
            None if cell.is_vertex => page.shape(cell, sketch),
            None => {}
        }
    }
    let extent = |shapes: &[Shape]| shapes.iter().map(|shape| shape.area).reduce(Area::union);
    let shift = match (extent(&sketch.shapes[..before]), extent(&sketch.shapes[before..])) {
        (Some(there), Some(here)) => there.x + there.w + PAGE_GAP - here.x,
        _ => 0.0,
    };
    for shape in &mut sketch.shapes[before..] {
        shape.area.x += shift;
    }
    for cell in cells.iter().filter(|cell| cell.is_edge) {
        let more = captions.remove(cell.id).unwrap_or_default();
        let text: Vec<&str> =
            [cell.text.as_str()].into_iter().chain(more).filter(|it| !it.is_empty()).collect();
        sketch.links.push(page.link(cell, &text.join(" "), shift));
    }
    Ok(())
}

/// The cells of a page by their ids; of two with one id the first counts.
struct Page<'a> {
    nth: usize,
    cells: BTreeMap<&'a str, &'a Cell<'a>>,
    edges: BTreeSet<&'a str>,
    parents: BTreeSet<&'a str>,
}

impl<'a> Page<'a> {
    fn of(cells: &'a [Cell<'a>], nth: usize) -> Page<'a> {
        let mut by_id = BTreeMap::new();
        for cell in cells {
            by_id.entry(cell.id).or_insert(cell);
        }
        let edges = cells.iter().filter(|cell| cell.is_edge).map(|cell| cell.id).collect();
        let parents = cells.iter().filter(|cell| cell.is_vertex).filter_map(|cell| cell.parent).collect();
        Page { nth, cells: by_id, edges, parents }
    }

    fn key(&self, id: &str) -> String {
        format!("{}:{id}", self.nth)
    }

    /// The place of what a cell lies in; a loop of cells within each other is cut.
    fn origin(&self, cell: &Cell<'_>) -> (f64, f64) {
        let (mut x, mut y) = (0.0, 0.0);
        let mut at = cell.parent;
        for _ in 0..IMPORT_DEPTH_MAX {
            let Some(parent) = at.and_then(|id| self.cells.get(id)).filter(|it| it.is_vertex) else { break };
            x += parent.area[0];
            y += parent.area[1];
            at = parent.parent.filter(|id| *id != cell.id);
        }
        (x, y)
    }

    fn shape(&self, cell: &Cell<'_>, sketch: &mut Sketch) {
        let style = &cell.style;
        if cell.text.trim().is_empty() && (style.is("group") || style.is("image")) {
            if style.is("image") {
                sketch.skip("image", cell.id);
            }
            return;
        }
        let is_frame = cell.is_context || style.is("swimlane") && self.parents.contains(cell.id);
        let sort = match cell.kind {
            Some(kind) => Sort::Kind(kind),
            None if is_frame => Sort::Frame,
            None if style.is("text") => Sort::Text,
            None => Sort::Sticky,
        };
        // Nobody chose the white that a box is filled with where nothing is said.
        let fill = style.get("fillColor").filter(|color| *color != "default").unwrap_or_default();
        let ((x, y), [left, top, width, height]) = (self.origin(cell), cell.area);
        let group = cell.parent.filter(|id| self.cells.get(id).is_some_and(|it| it.style.is("group")));
        sketch.shapes.push(Shape {
            key: self.key(cell.id),
            area: Area::new(x + left, y + top, width, height),
            text: cell.text.clone(),
            fill: Fill::of(fill),
            sort,
            group: group.map_or_else(String::new, |id| self.key(id)),
            page: self.nth,
            row: cell.row.and_then(|row| serde_json::from_str(row).ok()),
        });
    }

    fn link(&self, cell: &Cell<'_>, text: &str, shift: f64) -> Link {
        let (x, y) = self.origin(cell);
        let end = |nth: usize| End {
            key: cell.ends[nth].map(|id| self.key(id)),
            at: cell.points[nth].map(|(left, top)| (x + left + shift, y + top)),
        };
        let none = |name: &str| cell.style.get(name) == Some("none");
        let starts = cell.style.get("startArrow").is_some_and(|it| it != "none") && none("endArrow");
        let (from, to) = if starts { (end(1), end(0)) } else { (end(0), end(1)) };
        Link {
            key: self.key(cell.id),
            from,
            to,
            text: text.to_owned(),
            is_dashed: cell.style.get("dashed") == Some("1"),
            row: cell.row.and_then(|row| serde_json::from_str(row).ok()),
        }
    }
}
