//! PlantUML: contexts as packages, notes as boxes in the colour of their kind, dashed where nobody waits.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Boxes;
use crate::format::ident::{Idents, Style};
use crate::format::{Choices, ink};
use crate::model::text::SafeText;
use crate::model::{Board, Frame, Id, NoteKind};

/// Writes the wall.
pub(in crate::format) fn write(board: &Board, _: &Choices) -> String {
    let boxes = Boxes::of(board);
    let names = boxes.names(Idents::new(Style::Pascal, &[]));
    let mut out = Out { text: "@startuml\nleft to right direction\n".to_owned(), depth: 0 };
    out.inside(None, &boxes, &names);
    for it in &boxes.lines {
        let (from, to) = (&names[&it.from], &names[&it.to]);
        let label = if it.label.is_empty() { String::new() } else { format!(" : {}", escaped(it.label)) };
        out.line(&format!("{from} {} {to}{label}", if it.is_async { "..>" } else { "-->" }));
    }
    out.text + "@enduml\n"
}

/// A file being written.
struct Out {
    text: String,
    depth: usize,
}

impl Out {
    fn line(&mut self, text: &str) {
        let depth = self.depth * 2;
        writeln!(self.text, "{:depth$}{text}", "").expect("a String takes every character");
    }

    /// What lies in a frame, or in none.
    fn inside(&mut self, outer: Option<usize>, boxes: &Boxes<'_>, names: &BTreeMap<Id, String>) {
        for (at, (context, _)) in boxes.frames.iter().enumerate().filter(|(_, (_, inside))| *inside == outer)
        {
            let sort = if context.frame == Frame::Subdomain { "frame" } else { "package" };
            self.line(&format!("{sort} \"{}\" as {} {{", escaped(context.name()), names[&context.id]));
            self.depth += 1;
            self.inside(Some(at), boxes, names);
            self.depth -= 1;
            self.line("}");
        }
        for (note, _) in boxes.notes.iter().filter(|(_, inside)| *inside == outer) {
            let (text, name) = (escaped(note.text()), &names[&note.id]);
            let sort = if note.kind == NoteKind::Actor { "actor" } else { "rectangle" };
            self.line(&format!("{sort} \"{text}\" as {name} {}", ink::paper(note.kind)));
        }
    }
}

/// A wording in which nothing means anything to PlantUML: its marks are written by their numbers.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in SafeText::line(text.trim()).chars() {
        if c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '.') || !c.is_ascii() {
            out.push(c);
        } else {
            write!(out, "<U+{:04X}>", u32::from(c)).expect("a String takes every character");
        }
    }
    if out.is_empty() { " ".to_owned() } else { out }
}
