//! MSAEz boards: the JSON that the Korean modelling tool of that name keeps.
//!
//! `{"elements":{uuid: element or null},"relations":{uuid: relation or null}}`. An element's `x` and `y` are its
//! centre in pixels. Relations hold what people drew; that a command is invoked on an aggregate, and that an
//! aggregate produces an event, only stands in the elements' `aggregate.id`, and becomes arrows here. Order on both
//! axes is kept; places are scaled and pushed apart so that nothing overlaps.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::{Mint, Reading, Remark};
use crate::model::arrange::{Room, push_apart};
use crate::model::limit::IMPORT_ROWS_MAX;
use crate::model::{Arrow, Context, Details, Frame, Id, Note, NoteKind, Point, Rect, Size, Wording};
use crate::words::Said;

/// Pixels of the MSAEz canvas per cell, across and down: a sticky there is 100 by 116, a square note here 22 by 5.
const PIXELS_A_CELL: (f64, f64) = (4.0, 18.0);
/// Cells between a context's frame and what lies in it.
const MARGIN: i32 = 2;
/// Cells kept free between two notes, across and down.
const GAP: Size = Size::new(3, 1);
/// Cells around the middle of the wall in which an import may land.
const REACH_CELLS: f64 = 500_000.0;

#[derive(Deserialize)]
struct File {
    elements: BTreeMap<String, Option<Value>>,
    #[serde(default)]
    relations: BTreeMap<String, Option<Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Element {
    #[serde(rename = "_type")]
    class: String,
    name: Option<String>,
    display_name: Option<String>,
    description: Option<String>,
    element_view: Option<View>,
    bounded_context: Option<Named>,
    aggregate: Option<Named>,
}

#[derive(Deserialize)]
struct View {
    x: f64,
    y: f64,
}

#[derive(Deserialize)]
struct Named {
    id: Option<String>,
}

#[derive(Deserialize)]
struct Relation {
    from: Option<String>,
    to: Option<String>,
    name: Option<String>,
}

/// Whether a file looks like an MSAEz board.
pub(super) fn looks_like(text: &str) -> bool {
    text.contains("\"elements\"") && text.contains("org.uengine.modeling.model.")
}

/// Reads an MSAEz board; `mint` gives an id for every thing.
pub(super) fn read(text: &str, mint: Mint<'_>) -> Result<Reading, Said> {
    let file: File = serde_json::from_str(text)
        .map_err(|error| Said::new("import-msaez-unreadable").with("why", error))?;
    let (notes, joined) = (BTreeMap::new(), BTreeSet::new());
    if file.elements.len() + file.relations.len() > IMPORT_ROWS_MAX {
        return Err(Said::new("import-too-many").with("max", IMPORT_ROWS_MAX));
    }
    let mut walk = Walk { mint, reading: Reading::default(), notes, joined };
    let elements = walk.elements(&file.elements);
    let places = places(&elements);
    walk.frames_and_notes(&elements, &places);
    walk.relations(&file.relations);
    walk.aggregates(&elements);
    Ok(walk.reading)
}

/// What an element of a class becomes.
enum Role {
    Frame,
    Note(NoteKind),
}

fn role(class: &str) -> Option<Role> {
    Some(match class.strip_prefix("org.uengine.modeling.model.")? {
        "BoundedContext" => Role::Frame,
        "Event" => Role::Note(NoteKind::DomainEvent),
        "Command" => Role::Note(NoteKind::Command),
        "Policy" => Role::Note(NoteKind::Policy),
        "Aggregate" => Role::Note(NoteKind::Aggregate),
        "View" => Role::Note(NoteKind::ReadModel),
        "Actor" => Role::Note(NoteKind::Actor),
        "External" => Role::Note(NoteKind::ExternalSystem),
        _ => return None,
    })
}

/// Elements by their key in the file.
type Elements<'a> = BTreeMap<&'a str, (Role, Element)>;

impl Element {
    /// What people read: the display name, or the technical one where that is empty.
    fn words(&self) -> String {
        let named = |name: &Option<String>| {
            name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(String::from)
        };
        named(&self.display_name).or_else(|| named(&self.name)).unwrap_or_default()
    }

    /// The technical name, where people read another one.
    fn details(&self) -> Details {
        let mut details = Details::new();
        let words = self.words();
        if let Some(name) =
            self.name.as_deref().filter(|name| !name.is_empty() && *name != words && name.is_ascii())
        {
            details.insert("alias".into(), name.into());
        }
        if let Some(text) = self.prose() {
            details.insert("definition".into(), text.into());
        }
        details
    }

    /// The description, where it is prose: some hold JSON, of which the texts are taken.
    fn prose(&self) -> Option<String> {
        let text = self.description.as_deref()?.trim();
        let told = |value: &Value| value.get("text").and_then(Value::as_str).map(String::from);
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Array(stories)) => Some(stories.iter().filter_map(told).collect::<Vec<_>>().join("\n")),
            Ok(Value::Object(story)) => told(&Value::Object(story)),
            _ => Some(text.into()),
        }
        .filter(|text| !text.is_empty())
    }

    fn center(&self) -> (f64, f64) {
        self.element_view.as_ref().map_or((0.0, 0.0), |view| (view.x, view.y))
    }

    fn context(&self) -> Option<&str> {
        self.bounded_context.as_ref()?.id.as_deref()
    }
}

/// Reads the file's elements into a board.
struct Walk<'a> {
    mint: Mint<'a>,
    reading: Reading,
    /// The notes made, by their element's key in the file.
    notes: BTreeMap<String, Id>,
    /// The pairs of notes that have an arrow.
    joined: BTreeSet<(Id, Id)>,
}

impl Walk<'_> {
    /// The elements that become something. What cannot is remarked on.
    fn elements<'a>(&mut self, raw: &'a BTreeMap<String, Option<Value>>) -> Elements<'a> {
        let mut elements = Elements::new();
        for (key, value) in raw.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            match Element::deserialize(value).map(|element| (role(&element.class), element)) {
                Ok((Some(role), element)) => {
                    elements.insert(key, (role, element));
                }
                Ok((None, element)) => {
                    let class = element.class.rsplit('.').next().unwrap_or("").to_owned();
                    self.remark(
                        Said::new("import-msaez-skipped").with("class", class).with("name", element.words()),
                    );
                }
                Err(error) => {
                    self.remark(Said::new("import-element-unreadable").with("id", key).with("why", error))
                }
            }
        }
        elements
    }

    fn remark(&mut self, said: Said) {
        self.reading.remarks.push(Remark { line: None, said });
    }

    fn frames_and_notes(&mut self, elements: &Elements<'_>, places: &BTreeMap<&str, Rect>) {
        for (key, (role, element)) in elements {
            match role {
                Role::Note(kind) => self.note(key, *kind, element, places[key]),
                Role::Frame => self.frame(key, element, elements, places),
            }
        }
    }

    fn note(&mut self, key: &str, kind: NoteKind, element: &Element, rect: Rect) {
        let id = (self.mint)();
        let wording = Wording { values: vec![(id, element.words())] };
        let (at, size) = (rect.at, rect.size);
        let (author, details) = (String::new(), element.details());
        self.reading
            .board
            .notes
            .insert(id, Note { id, kind, wording, at, size, z: 0, host: None, author, details });
        self.notes.insert(key.to_owned(), id);
    }

    fn frame(
        &mut self,
        key: &str,
        element: &Element,
        elements: &Elements<'_>,
        places: &BTreeMap<&str, Rect>,
    ) {
        let members = elements.iter().filter(|(_, (_, member))| member.context() == Some(key));
        let around = Rect::around(members.filter_map(|(member, _)| places.get(member).copied()));
        let rect = around.map_or(places[key], |around| around.grown(MARGIN));
        let mut details = element.details();
        details.insert("name".into(), element.words().into());
        let id = (self.mint)();
        self.reading.board.contexts.insert(id, Context { id, frame: Frame::Context, rect, details });
    }

    /// The arrows people drew.
    fn relations(&mut self, relations: &BTreeMap<String, Option<Value>>) {
        for (key, value) in relations.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            let relation = Relation::deserialize(value).ok();
            let ends = relation.as_ref().and_then(|relation| {
                let end = |end: &Option<String>| self.notes.get(end.as_deref()?).copied();
                Some((end(&relation.from)?, end(&relation.to)?))
            });
            match ends.filter(|(from, to)| from != to) {
                Some((from, to)) => {
                    let label = relation.and_then(|relation| relation.name).unwrap_or_default();
                    self.arrow(from, to, label.trim());
                }
                None => self.remark(Said::new("import-arrow-to-nothing").with("id", key)),
            }
        }
    }

    fn arrow(&mut self, from: Id, to: Id, label: &str) {
        if self.joined.insert((from, to)) {
            let label = (!label.is_empty()).then(|| ("label".to_owned(), Value::from(label)));
            let id = (self.mint)();
            self.reading
                .board
                .arrows
                .insert(id, Arrow { id, from, to, details: label.into_iter().collect() });
        }
    }

    /// Commands are invoked on their aggregate, and their aggregate produces the events.
    fn aggregates(&mut self, elements: &Elements<'_>) {
        for (key, (role, element)) in elements {
            let aggregate =
                element.aggregate.as_ref().and_then(|aggregate| self.notes.get(aggregate.id.as_deref()?));
            let (Some(&aggregate), Some(&note)) = (aggregate, self.notes.get(*key)) else { continue };
            match role {
                Role::Note(NoteKind::Command) => self.arrow(note, aggregate, ""),
                Role::Note(NoteKind::DomainEvent) => self.arrow(aggregate, note, ""),
                Role::Note(_) | Role::Frame => {}
            }
        }
    }
}

/// Where everything goes.
fn places<'a>(elements: &Elements<'a>) -> BTreeMap<&'a str, Rect> {
    let notes: Vec<(&str, &Element, Rect)> = elements
        .iter()
        .filter_map(|(key, (role, element))| {
            let size = match role {
                Role::Note(kind) => kind.row().size,
                Role::Frame => return None,
            };
            let (x, y) = element.center();
            let cell = |pixels: f64, a_cell: f64| (pixels / a_cell).clamp(-REACH_CELLS, REACH_CELLS) as i32;
            let center = Point::new(cell(x, PIXELS_A_CELL.0), cell(y, PIXELS_A_CELL.1));
            Some((*key, element, Rect::new(center.x - size.w / 2, center.y - size.h / 2, size.w, size.h)))
        })
        .collect();
    let contexts: BTreeSet<&str> = notes.iter().filter_map(|(_, element, _)| element.context()).collect();
    let frames: Vec<Vec<usize>> = contexts
        .into_iter()
        .map(|context| (0..notes.len()).filter(|&at| notes[at].1.context() == Some(context)).collect())
        .collect();
    let wanted: Vec<Rect> = notes.iter().map(|(.., rect)| *rect).collect();
    let room = Room { gap: GAP, margin: MARGIN };
    let placed = push_apart(&wanted, &frames, room).into_iter().zip(&notes);
    let placed = placed.map(|(at, (key, _, rect))| (*key, Rect { at, size: rect.size }));
    let empty =
        elements.iter().filter(|(_, (role, _))| matches!(role, Role::Frame)).map(|(key, (_, element))| {
            let (x, y) = element.center();
            (*key, Rect::new((x / PIXELS_A_CELL.0) as i32, (y / PIXELS_A_CELL.1) as i32, 30, 10))
        });
    empty.chain(placed).collect()
}
