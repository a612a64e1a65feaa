//! Tables for spreadsheets: `id,kind,text,alias,context,x,y,links`, a sticky on each row.
//!
//! `links` are the rows an arrow leads to, by their numbers or ids: `3 5`, behind `=` where the sender waits and `~`
//! where nobody does, a label in brackets: `~3 (paid)`. Excel knows the letters by the mark at the beginning. What a
//! spreadsheet would run begins with an apostrophe, which is taken off again.
//!
//! Reading takes commas, semicolons and tabs, and headings in English and Korean, whatever their order; without any
//! heading the longest column are the wordings. A kind is told by any of its names, or guessed from the wording.
//!
//! A wall that is written and read has the same stickies, kinds, wordings, aliases, contexts by name and arrows with
//! their modes and labels, but for what a table does not say: sizes, layers, what sticks on what, lanes, subdomains,
//! what else is said of a sticky, an arrow or a context, a context without a sticky, which of two contexts of one name
//! it is, what was set aside, and votes. Places are told for other programs; a wall that is read is laid out anew.

mod cell;
mod head;
#[cfg(test)]
mod tests;
mod write;

pub(super) use write::write;

use std::collections::{BTreeMap, HashMap};

use super::graph::{Graph, Step};
use super::mapping::Mapping;
use super::{Mint, Reading};
use crate::model::grammar::guess_kind;
use crate::model::limit::{IMPORT_ROWS_MAX, ITEMS_MAX};
use crate::model::{Details, Frame, Level};
use crate::words::Said;
use cell::{Link, links, shown};
use head::{Column, Head};

/// Whether a text looks like a table that squall wrote.
pub(super) fn looks_like(text: &str) -> bool {
    let line = text.trim_start_matches('\u{feff}').lines().next().unwrap_or("");
    Head::of(line).columns.len() > 2
}

/// Reads a table.
pub(super) fn read(text: &str, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
    let text = text.trim_start_matches('\u{feff}');
    let head = Head::of(text.lines().find(|line| !line.trim().is_empty()).unwrap_or(""));
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(head.separator).flexible(true).has_headers(!head.columns.is_empty());
    let mut rows = Vec::new();
    for row in reader.from_reader(text.as_bytes()).records() {
        let row = row.map_err(|error| Said::new("import-table-unreadable").with("why", error))?;
        if rows.len() == IMPORT_ROWS_MAX {
            return Err(Said::new("import-too-many").with("max", IMPORT_ROWS_MAX));
        }
        rows.push(row);
    }
    let columns = if head.columns.is_empty() { longest(&rows) } else { head.columns };
    let mut table = Table { columns, ..Table::default() };
    let mut links = Vec::new();
    for (row, place) in rows.iter().zip(1..) {
        if let Some(note) = table.note(row, place) {
            links.push((note, place, table.cell(row, Column::Links)));
        }
    }
    for (from, place, said) in links {
        table.join(from, place, &said);
    }
    let unclear = table.graph.settle(table.labels, mapping);
    Ok(Reading { unclear, ..table.graph.reading(mint)? })
}

/// The column with the most letters is what stickies say.
fn longest(rows: &[csv::StringRecord]) -> BTreeMap<Column, usize> {
    let mut letters: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        row.iter().enumerate().for_each(|(at, cell)| *letters.entry(at).or_default() += cell.len());
    }
    let longest = letters.into_iter().max_by_key(|(at, count)| (*count, usize::MAX - at));
    longest.map(|(at, _)| (Column::Text, at)).into_iter().collect()
}

/// Rows becoming stickies.
#[derive(Default)]
struct Table {
    graph: Graph,
    columns: BTreeMap<Column, usize>,
    /// Stickies by the id of their row.
    by_name: HashMap<String, usize>,
    frames: BTreeMap<String, usize>,
    /// Stickies by what their row says of their kind.
    labels: BTreeMap<String, Vec<usize>>,
}

impl Table {
    /// What stands in a column, as people wrote it.
    fn cell(&self, row: &csv::StringRecord, column: Column) -> String {
        let cell = self.columns.get(&column).and_then(|at| row.get(*at)).unwrap_or("");
        shown(cell).trim().to_owned()
    }

    fn note(&mut self, row: &csv::StringRecord, place: usize) -> Option<usize> {
        let text = self.cell(row, Column::Text);
        let label = self.cell(row, Column::Kind);
        if text.is_empty() && label.is_empty() {
            return None;
        }
        let kind = guess_kind(&text, Level::Design).kind;
        let context = self.cell(row, Column::Context);
        let frame = (!context.is_empty()).then(|| match self.frames.get(&context) {
            Some(frame) => *frame,
            None => {
                let frame = self.graph.frame(Frame::Context, &context);
                self.frames.insert(context, frame);
                frame
            }
        });
        let note = self.graph.note(frame, kind, &text);
        if !label.is_empty() {
            self.labels.entry(label).or_default().push(note);
        }
        let alias = self.cell(row, Column::Alias);
        self.graph.notes[note].details = Details::from([("alias".to_owned(), alias.into())]);
        let id = self.cell(row, Column::Id);
        let name = if id.is_empty() { place.to_string() } else { id };
        if self.by_name.insert(name.clone(), note).is_some() {
            self.graph.remark(Some(place), Said::new("import-table-id-twice").with("id", name));
        }
        Some(note)
    }

    fn join(&mut self, from: usize, place: usize, said: &str) {
        for Link { to, mode, label } in links(said).into_iter().take(ITEMS_MAX) {
            let Some(to) = self.by_name.get(to).copied() else {
                self.graph.remark(Some(place), Said::new("import-arrow-to-nothing").with("id", to));
                continue;
            };
            let details = [("mode", mode.map_or("", |mode| mode.id())), ("label", label)];
            let details = details.into_iter().map(|(name, text)| (name.to_owned(), text.into()));
            self.graph.steps.push(Step { from, to, details: details.collect(), is_order: false });
        }
    }
}
