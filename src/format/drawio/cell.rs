//! One cell of a page, and what its style says.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::format::sketch::plain;
use crate::model::NoteKind;

/// A cell, and what wraps it to carry a label and attributes of its own.
pub(super) struct Cell<'a> {
    pub(super) id: &'a str,
    pub(super) parent: Option<&'a str>,
    /// What it says; markup is gone.
    pub(super) text: String,
    pub(super) style: Style<'a>,
    pub(super) is_edge: bool,
    pub(super) is_vertex: bool,
    /// The places of its two ends.
    pub(super) ends: [Option<&'a str>; 2],
    /// Left, top, width and height within its parent.
    pub(super) area: [f64; 4],
    /// Where its ends lie when they are bound to nothing.
    pub(super) points: [Option<(f64, f64)>; 2],
    /// What squall wrote with it.
    pub(super) row: Option<&'a str>,
    /// The kind that the name of its wrapper says, and whether that is a context.
    pub(super) kind: Option<NoteKind>,
    pub(super) is_context: bool,
}

/// `name;key=value;key=value`.
pub(super) struct Style<'a> {
    names: Vec<&'a str>,
    values: BTreeMap<&'a str, &'a str>,
}

impl<'a> Style<'a> {
    fn of(style: &'a str) -> Style<'a> {
        let parts = || style.split(';').map(str::trim).filter(|part| !part.is_empty());
        Style {
            names: parts().filter(|part| !part.contains('=')).collect(),
            values: parts().filter_map(|part| part.split_once('=')).collect(),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        self.values.get(key).copied()
    }

    /// Whether its shape goes by a name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.names.contains(&name) || self.get("shape") == Some(name)
    }
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(0.0)
}

/// What prooph board and others call the elements that wrap a cell.
fn kind_of(wrapper: &str) -> Option<NoteKind> {
    match wrapper {
        "UserObject" | "object" => None,
        "role" => Some(NoteKind::Actor),
        "document" => Some(NoteKind::ReadModel),
        "ui" => Some(NoteKind::UserInterface),
        "hotSpot" => Some(NoteKind::Hotspot),
        name => name.parse().ok(),
    }
}

impl<'a> Cell<'a> {
    /// The cell of an element below `root`, where it is one.
    pub(super) fn of(element: Node<'a, '_>) -> Option<Cell<'a>> {
        let is_bare = element.has_tag_name("mxCell");
        let cell = if is_bare { element } else { element.children().find(|it| it.has_tag_name("mxCell"))? };
        let wrapper = element.tag_name().name();
        let own = |name: &str| element.attribute(name).or_else(|| cell.attribute(name));
        let style = Style::of(cell.attribute("style").unwrap_or_default());
        let label = if is_bare { cell.attribute("value") } else { own("label").or_else(|| own("value")) };
        let label = label.unwrap_or_default();
        let is_html = style.get("html") == Some("1");
        let geometry = cell.children().find(|it| it.has_tag_name("mxGeometry"));
        let at = |name: &str| geometry.map_or(0.0, |it| number(it, name));
        let is_relative = geometry.is_some_and(|it| it.attribute("relative") == Some("1"));
        let point = |name: &str| {
            let point = geometry?.children().find(|it| it.attribute("as") == Some(name))?;
            Some((number(point, "x"), number(point, "y")))
        };
        Some(Cell {
            id: own("id").unwrap_or_default(),
            parent: cell.attribute("parent"),
            text: if is_html { plain(label) } else { label.to_owned() },
            is_edge: cell.attribute("edge") == Some("1"),
            is_vertex: cell.attribute("vertex") == Some("1"),
            ends: [cell.attribute("source"), cell.attribute("target")],
            // A relative place is a share of the edge or box it belongs to.
            area: [
                if is_relative { 0.0 } else { at("x") },
                if is_relative { 0.0 } else { at("y") },
                at("width"),
                at("height"),
            ],
            points: [point("sourcePoint"), point("targetPoint")],
            row: own("squall"),
            kind: if is_bare { None } else { kind_of(wrapper) },
            is_context: wrapper == "boundedContext" || wrapper == "feature",
            style,
        })
    }
}
