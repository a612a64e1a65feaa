//! A wall as shapes and lines that another tool shows, each with its row of squall's own JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Fill;
use crate::format::{Choices, ink, json};
use crate::model::{Board, Frame, Id, Mode, Note, NoteKind, Rect};

/// Pixels of a cell, across and down: whole numbers, so that what nobody moves comes back to its place.
pub(in crate::format) const CELL: (i64, i64) = (8, 20);
/// Cells from the wall's title down to the wall.
const HEAD: i32 = 5;

/// A wall as it is drawn.
pub(in crate::format) struct Drawing {
    /// What lies deeper comes first.
    pub(in crate::format) items: Vec<Item>,
    /// What joins them.
    pub(in crate::format) lines: Vec<Line>,
}

/// What an item looks like.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::format) enum Look {
    /// The words above the wall.
    Title,
    /// A context or a subdomain.
    Frame(Frame),
    /// The upper edge of a lane.
    Lane,
    /// A sticky.
    Note(NoteKind),
}

/// A box on the wall.
pub(in crate::format) struct Item {
    /// Its name in the file.
    pub(in crate::format) key: String,
    /// What it looks like.
    pub(in crate::format) look: Look,
    /// Left, top, width and height in pixels.
    pub(in crate::format) area: [i64; 4],
    /// What it says.
    pub(in crate::format) text: String,
    /// The key of the context it lies in.
    pub(in crate::format) inside: Option<String>,
    /// What squall reads it back from: the name of its list and what stands there.
    pub(in crate::format) row: Value,
}

/// An arrow.
pub(in crate::format) struct Line {
    pub(in crate::format) key: String,
    /// The places of its two ends among the items.
    pub(in crate::format) ends: (usize, usize),
    pub(in crate::format) text: String,
    pub(in crate::format) is_dashed: bool,
    /// As an item's.
    pub(in crate::format) row: Value,
}

/// A text as every file can hold it: without what XML cannot.
pub(super) fn shown(text: &str) -> String {
    let fits = |c: &char| *c == '\n' || *c == '\t' || !(*c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(fits).collect()
}

/// A list of a board's JSON, by the ids in it.
fn list(file: &mut Map<String, Value>, name: &str) -> BTreeMap<String, Value> {
    let Some(Value::Array(rows)) = file.remove(name) else { return BTreeMap::new() };
    let id = |row: &Value| row.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    rows.into_iter().map(|row| (id(&row), row)).collect()
}

fn pixels(rect: Rect) -> [i64; 4] {
    let [x, y, w, h] = <[i32; 4]>::from(rect).map(i64::from);
    [x * CELL.0, y * CELL.1, w * CELL.0, h * CELL.1]
}

impl Item {
    /// What it is filled with, as `#rrggbb`; empty where one looks through it.
    pub(in crate::format) fn fill(&self) -> String {
        match self.look {
            Look::Note(kind) => ink::paper(kind),
            Look::Title | Look::Frame(_) | Look::Lane => String::new(),
        }
    }
}

impl Drawing {
    /// How a wall is drawn: its title, frames from the largest to the smallest, lanes, notes by their layer.
    pub(in crate::format) fn of(board: &Board) -> Drawing {
        let file = serde_json::from_str(&json::write(board, &Choices::default()));
        let Ok(Value::Object(mut file)) = file else {
            return Drawing { items: Vec::new(), lines: Vec::new() };
        };
        let names = ["notes", "arrows", "contexts", "subdomains", "lanes"];
        let mut rows: BTreeMap<&str, BTreeMap<String, Value>> =
            names.iter().map(|name| (*name, list(&mut file, name))).collect();
        let mut row = |list: &'static str, id: Id| {
            let row = rows.get_mut(list).and_then(|rows| rows.remove(&id.to_string())).unwrap_or_default();
            Value::Object(Map::from_iter([(list.to_owned(), row)]))
        };
        let rects = board.notes.values().map(Note::rect).chain(board.contexts.values().map(|it| it.rect));
        let wall = Rect::around(rects).unwrap_or(Rect::new(0, 0, 60, 10));
        let mut items = vec![Item {
            key: "board".to_owned(),
            look: Look::Title,
            area: pixels(Rect::new(wall.at.x, wall.at.y - HEAD, 60, 2)),
            text: titled(&file),
            inside: None,
            row: Value::Object(Map::from_iter([("board".to_owned(), Value::Object(file))])),
        }];
        let mut frames: Vec<_> = board.contexts.values().collect();
        frames.sort_by_key(|it| (it.frame == Frame::Context, -it.rect.area(), it.id));
        items.extend(frames.into_iter().map(|it| Item {
            key: it.id.to_string(),
            look: Look::Frame(it.frame),
            area: pixels(it.rect),
            text: shown(it.name()),
            inside: None,
            row: row(if it.frame == Frame::Context { "contexts" } else { "subdomains" }, it.id),
        }));
        items.extend(board.lanes.values().map(|lane| Item {
            key: lane.id.to_string(),
            look: Look::Lane,
            area: pixels(Rect::new(wall.at.x, lane.y, wall.size.w.max(20), 1)),
            text: shown(lane.name()),
            inside: None,
            row: row("lanes", lane.id),
        }));
        let mut notes: Vec<&Note> = board.notes.values().collect();
        notes.sort_by_key(|note| (note.z, note.id));
        let places: BTreeMap<Id, usize> =
            notes.iter().zip(items.len()..).map(|(note, at)| (note.id, at)).collect();
        items.extend(notes.into_iter().map(|note| {
            let inside = board.frame_of(note).filter(|id| board.contexts[id].frame == Frame::Context);
            Item {
                key: note.id.to_string(),
                look: Look::Note(note.kind),
                area: pixels(note.rect()),
                text: shown(note.text()),
                inside: inside.map(|id| id.to_string()),
                row: row("notes", note.id),
            }
        }));
        let lines = board.arrows.values().map(|arrow| Line {
            key: arrow.id.to_string(),
            ends: (places[&arrow.from], places[&arrow.to]),
            text: shown(arrow.label()),
            is_dashed: arrow.mode() == Some(Mode::Async),
            row: row("arrows", arrow.id),
        });
        let lines = lines.collect();
        Drawing { items, lines }
    }
}

/// What stands above a wall: its title, and `squall` where it has none, for a text without words is thrown away.
pub(super) fn titled(wall: &Map<String, Value>) -> String {
    let title = shown(wall.get("title").and_then(Value::as_str).unwrap_or_default());
    if title.trim().is_empty() { "squall".to_owned() } else { title }
}

/// Whether a note of a kind would be filled otherwise.
pub(super) fn is_recolored(kind: NoteKind, fill: &Fill) -> bool {
    let paper = ink::paper(kind);
    !fill.hex().is_empty() && fill.hex() != paper
}
