//! A foreign model without places: stickies, the frames they lie in and the steps between them, which become a wall
//! whose rows follow the steps.

mod label;
mod place;
#[cfg(test)]
pub(super) mod tests;
mod words;

pub(super) use words::{alias_of, spaced};

use std::collections::HashSet;

use serde_json::Value;

use super::landscape::clipped;
use super::{Mint, Reading, Remark};
use crate::model::field::{FieldType, allowed, field};
use crate::model::limit::{
    ARROWS_MAX, CONTEXTS_MAX, IMPORT_ROWS_MAX, NOTES_MAX, ROWS_MAX, WORDING_CHARS_MAX,
};
use crate::model::text::tidied;
use crate::model::thing::text_of;
use crate::model::{
    Arrow, Context, Details, Frame, Id, Note, NoteKind, Point, Rect, Sentence, Thing, Wording,
};
use crate::words::Said;

/// Columns of a wording in a remark.
const COLUMNS: usize = 40;

/// All that a file says. Things name each other by their place in these lists.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// What is said of the whole wall.
    pub(super) details: Details,
    pub(super) frames: Vec<GraphFrame>,
    pub(super) notes: Vec<GraphNote>,
    pub(super) steps: Vec<Step>,
    pub(super) requirements: Vec<GraphSentence>,
    pub(super) decisions: Vec<GraphSentence>,
    pub(super) remarks: Vec<Remark>,
}

/// A context, or a subdomain.
#[derive(Debug)]
pub(super) struct GraphFrame {
    pub(super) frame: Frame,
    /// The subdomain it lies in.
    pub(super) inside: Option<usize>,
    pub(super) details: Details,
}

/// A sticky.
#[derive(Debug)]
pub(super) struct GraphNote {
    pub(super) frame: Option<usize>,
    pub(super) kind: NoteKind,
    pub(super) wording: String,
    pub(super) details: Details,
}

/// What leads from one sticky to another.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) details: Details,
    /// Whether one merely comes after the other: then all that leads to the other comes after it as well.
    pub(super) is_order: bool,
}

/// A sentence beside the wall, and the stickies that meet it.
#[derive(Debug)]
pub(super) struct GraphSentence {
    pub(super) text: String,
    pub(super) met_by: Vec<usize>,
}

impl Graph {
    /// Adds a frame that lies in no other.
    pub(super) fn frame(&mut self, frame: Frame, name: &str) -> usize {
        let details = Details::from([("name".to_owned(), name.into())]);
        self.frames.push(GraphFrame { frame, inside: None, details });
        self.frames.len() - 1
    }

    /// Adds a sticky of which nothing else is known.
    pub(super) fn note(&mut self, frame: Option<usize>, kind: NoteKind, wording: &str) -> usize {
        let wording = wording.to_owned();
        self.notes.push(GraphNote { frame, kind, wording, details: Details::new() });
        self.notes.len() - 1
    }

    /// Says that one leads to another.
    pub(super) fn step(&mut self, from: usize, to: usize) {
        self.steps.push(Step { from, to, details: Details::new(), is_order: false });
    }

    /// Remarks on something, on a line where the format has lines.
    pub(super) fn remark(&mut self, line: Option<usize>, said: Said) {
        self.remarks.push(Remark { line, said });
    }

    /// The wall: whatever is too long is cut, whatever does not fit left out, with a remark.
    pub(super) fn reading(mut self, mint: Mint<'_>) -> Result<Reading, Said> {
        self.within_bounds()?;
        let mut ids: Vec<Id> = Vec::with_capacity(self.notes.len());
        let mut frames: Vec<Id> = Vec::with_capacity(self.frames.len());
        let mut reading = Reading { remarks: std::mem::take(&mut self.remarks), ..Reading::default() };
        let mut fit = Fit { remarks: &mut reading.remarks };
        let board = &mut reading.board;
        board.details = fit.details(Thing::Board, "", std::mem::take(&mut self.details));
        for frame in &mut self.frames {
            let name = clipped(text_of(&frame.details, "name"), COLUMNS);
            let details = fit.details(Thing::Context, &name, std::mem::take(&mut frame.details));
            let id = mint();
            frames.push(id);
            board.contexts.insert(id, Context { id, frame: frame.frame, rect: Rect::default(), details });
        }
        for note in &mut self.notes {
            let id = mint();
            ids.push(id);
            let shown = clipped(&note.wording, COLUMNS);
            let text = fit.text(&shown, "wording", &note.wording, WORDING_CHARS_MAX);
            let details = fit.details(Thing::Note, &shown, std::mem::take(&mut note.details));
            let wording = Wording { values: vec![(id, text)] };
            let (kind, size, author) = (note.kind, note.kind.row().size, String::new());
            let note =
                Note { id, kind, wording, at: Point::default(), size, z: 0, host: None, author, details };
            board.notes.insert(id, note);
        }
        let mut joined: HashSet<(usize, usize)> = HashSet::new();
        for step in &mut self.steps {
            let shown = clipped(&self.notes[step.from].wording, COLUMNS);
            if step.from == step.to {
                fit.remark(Said::new("remark-arrow-to-itself").with("id", shown));
            } else if joined.insert((step.from, step.to)) {
                let details = fit.details(Thing::Arrow, &shown, std::mem::take(&mut step.details));
                let (id, from, to) = (mint(), ids[step.from], ids[step.to]);
                board.arrows.insert(id, Arrow { id, from, to, details });
            }
        }
        for sentence in &self.requirements {
            let sentence = fit.sentence(sentence, Thing::Requirement, &ids, mint());
            board.requirements.insert(sentence.id, sentence);
        }
        for sentence in &self.decisions {
            let sentence = fit.sentence(sentence, Thing::Decision, &ids, mint());
            board.decisions.insert(sentence.id, sentence);
        }
        place::lay_out(board, &self, &ids, &frames);
        Ok(reading)
    }

    fn within_bounds(&self) -> Result<(), Said> {
        let counts = [
            (self.notes.len(), NOTES_MAX.min(IMPORT_ROWS_MAX)),
            (self.frames.len(), CONTEXTS_MAX),
            (self.steps.len(), ARROWS_MAX),
            (self.requirements.len(), ROWS_MAX),
            (self.decisions.len(), ROWS_MAX),
        ];
        match counts.iter().find(|(count, max)| count > max) {
            Some((_, max)) => Err(Said::new("import-too-many").with("max", max)),
            None => Ok(()),
        }
    }
}

/// Makes texts and details fit the wall.
struct Fit<'a> {
    remarks: &'a mut Vec<Remark>,
}

impl Fit<'_> {
    fn remark(&mut self, said: Said) {
        self.remarks.push(Remark { line: None, said });
    }

    fn text(&mut self, shown: &str, field: &str, text: &str, max: usize) -> String {
        let text = tidied(text);
        match text.char_indices().nth(max) {
            None => text,
            Some((end, _)) => {
                let said =
                    Said::new("remark-text-cut").with("id", shown).with("field", field).with("max", max);
                self.remark(said);
                text[..end].to_owned()
            }
        }
    }

    fn details(&mut self, of: Thing, shown: &str, details: Details) -> Details {
        let mut fitted = Details::new();
        for (name, value) in details {
            let value = match (field(of, &name).map(|row| row.holds), value) {
                (Some(FieldType::Text(max)), Value::String(text)) => {
                    self.text(shown, &name, &text, max).into()
                }
                (_, value) => value,
            };
            if value.is_null() || value.as_str().is_some_and(str::is_empty) {
                continue;
            }
            if allowed(of, &name, &value) {
                fitted.insert(name, value);
            } else {
                self.remark(Said::new("remark-no-detail").with("id", shown).with("field", name));
            }
        }
        fitted
    }

    fn sentence(&mut self, sentence: &GraphSentence, of: Thing, ids: &[Id], id: Id) -> Sentence {
        let mut details = Details::from([("text".to_owned(), sentence.text.as_str().into())]);
        if !sentence.met_by.is_empty() {
            let met_by: Value = sentence.met_by.iter().map(|note| ids[*note].to_string()).collect();
            details.insert("met_by".to_owned(), met_by);
        }
        let shown = clipped(&sentence.text, COLUMNS);
        Sentence { id, details: self.details(of, &shown, details) }
    }
}
