//! D2: contexts as containers, notes as boxes in the colour of their kind, dashed where nobody waits.

use std::fmt::{Arguments, Write};

use super::Boxes;
use crate::format::ident::{Idents, Style};
use crate::format::{Choices, ink};
use crate::model::text::SafeText;
use crate::model::{Board, KINDS};

/// Words that mean something to D2 where a name may stand.
const RESERVED: [&str; 17] = [
    "class",
    "classes",
    "constraint",
    "direction",
    "height",
    "icon",
    "label",
    "layers",
    "left",
    "link",
    "near",
    "null",
    "scenarios",
    "shape",
    "steps",
    "top",
    "width",
];

/// Writes the wall.
pub(in crate::format) fn write(board: &Board, _: &Choices) -> String {
    let boxes = Boxes::of(board);
    let paths = boxes.paths(Idents::new(Style::Kebab, &RESERVED));
    let mut out = "direction: right\nclasses: {\n".to_owned();
    for row in KINDS.iter().filter(|row| boxes.notes.iter().any(|(note, _)| note.kind == row.kind)) {
        let (id, paper, ink) = (row.id, ink::paper(row.kind), ink::NOTE);
        line(&mut out, format_args!("  {id}.style: {{ fill: '{paper}'; font-color: '{ink}' }}"));
    }
    out.push_str("}\n");
    for (context, _) in &boxes.frames {
        line(&mut out, format_args!("{}: {}", paths[&context.id], quoted(context.name())));
    }
    for (note, _) in &boxes.notes {
        let (path, class) = (&paths[&note.id], note.kind.id());
        line(&mut out, format_args!("{path}: {} {{ class: {class} }}", quoted(note.text())));
    }
    for it in &boxes.lines {
        let (from, to) = (&paths[&it.from], &paths[&it.to]);
        let label = if it.label.is_empty() { String::new() } else { format!(": {}", quoted(it.label)) };
        let style = if it.is_async { " { style.stroke-dash: 4 }" } else { "" };
        let colon = if label.is_empty() && it.is_async { ":" } else { "" };
        line(&mut out, format_args!("{from} -> {to}{label}{colon}{style}"));
    }
    out
}

/// A wording in which nothing means anything to D2.
fn quoted(text: &str) -> String {
    format!("'{}'", SafeText::line(text.trim()).replace('\'', "''"))
}

fn line(out: &mut String, text: Arguments<'_>) {
    writeln!(out, "{text}").expect("a String takes every character");
}
