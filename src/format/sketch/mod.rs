//! What a board of another tool looks like, shapes, colours and lines, and how that becomes a wall.
//!
//! An importer says what stands where and what is joined; everything else is the same for all of them. What squall drew
//! itself carries its [row](own), and comes back as it was but for what somebody changed there. What is a stranger is
//! told by a legend on the board and by its colour; big shapes around stickies are frames, texts belong to what they
//! lie in, loose ends of arrows to what is near. Whatever is dropped is remarked.

mod area;
mod color;
mod draw;
mod frame;
mod grid;
mod guess;
mod html;
mod join;
mod legend;
mod own;
mod place;
mod rows;
mod stranger;
#[cfg(test)]
mod tests;
mod words;

pub(super) use area::Area;
pub(super) use color::Fill;
pub(super) use draw::{CELL, Drawing, Item, Line, Look};
pub(super) use html::plain;
pub(super) use rows::{Rows, counted, each};

use serde_json::Value;

use super::json::quoted;
use super::{Mapping, Mint, Reading, Remark};
use crate::model::NoteKind;
use crate::model::limit::IMPORT_ROWS_MAX;
use crate::words::Said;

/// A board of another tool.
#[derive(Default)]
pub(super) struct Sketch {
    /// What stands on it; what comes later lies on top.
    pub(super) shapes: Vec<Shape>,
    /// What joins them.
    pub(super) links: Vec<Link>,
    /// What could not be carried so far.
    pub(super) remarks: Vec<Said>,
}

/// Something that stands on a board.
#[derive(Clone, Default)]
pub(super) struct Shape {
    /// The file's own name for it.
    pub(super) key: String,
    /// Where, on the whole board.
    pub(super) area: Area,
    /// What it says.
    pub(super) text: String,
    /// How it is filled.
    pub(super) fill: Fill,
    /// What it is.
    pub(super) sort: Sort,
    /// The file's name for what it is grouped with; empty where it is not.
    pub(super) group: String,
    /// Which page of the file it is on.
    pub(super) page: usize,
    /// What squall wrote with it.
    pub(super) row: Option<Value>,
}

/// What a shape is, as far as its file says so.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) enum Sort {
    /// A coloured box, whatever its form.
    #[default]
    Sticky,
    /// A frame around others; its text is its title.
    Frame,
    /// A text without a box.
    Text,
    /// A note whose kind the file names.
    Kind(NoteKind),
}

/// A line between two shapes.
#[derive(Clone, Default)]
pub(super) struct Link {
    /// The file's own name for it.
    pub(super) key: String,
    /// Where it starts.
    pub(super) from: End,
    /// Where it points.
    pub(super) to: End,
    /// What stands on it.
    pub(super) text: String,
    /// Whether it is dashed: nobody waits.
    pub(super) is_dashed: bool,
    /// What squall wrote with it.
    pub(super) row: Option<Value>,
}

/// An end of a line: the shape it is bound to, or where it lies.
#[derive(Clone, Default)]
pub(super) struct End {
    /// The key of the shape.
    pub(super) key: Option<String>,
    /// The place on the board.
    pub(super) at: Option<(f64, f64)>,
}

impl Sketch {
    /// Remarks that something was not carried.
    pub(super) fn skip(&mut self, what: &str, name: &str) {
        self.remarks.push(Said::new("sketch-skipped").with("what", quoted(what)).with("name", quoted(name)));
    }

    /// The wall this is.
    pub(super) fn read(mut self, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
        if self.shapes.len() + self.links.len() > IMPORT_ROWS_MAX {
            return Err(Said::new("import-too-many").with("max", IMPORT_ROWS_MAX));
        }
        let own = own::gather(&mut self, mapping, mint)?;
        let mut reading = stranger::settle(self, own, mapping, mint)?;
        reading.remarks.dedup();
        Ok(reading)
    }
}

/// Remarks without a line.
fn remarked(said: Vec<Said>) -> impl Iterator<Item = Remark> {
    said.into_iter().map(|said| Remark { line: None, said })
}
