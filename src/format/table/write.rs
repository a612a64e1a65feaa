use std::collections::BTreeMap;

use super::cell::{bracketed, escaped};
use super::head::COLUMNS;
use crate::format::Choices;
use crate::model::arrange::reading_order;
use crate::model::{Board, Frame, Id, Mode, Note, Rect};

/// Writes the wall in reading order.
pub(in crate::format) fn write(board: &Board, _: &Choices) -> String {
    let notes: Vec<&Note> = board.standing().collect();
    let rects: Vec<Rect> = notes.iter().map(|note| note.rect()).collect();
    let order: Vec<&Note> = reading_order(&rects, true).into_iter().map(|at| notes[at]).collect();
    let places: BTreeMap<Id, usize> = order.iter().map(|note| note.id).zip(1..).collect();
    let mut links: BTreeMap<Id, Vec<String>> = BTreeMap::new();
    for arrow in board.arrows.values() {
        let Some(to) = places.get(&arrow.to) else { continue };
        let mode = match arrow.mode() {
            None => "",
            Some(Mode::Sync) => "=",
            Some(Mode::Async) => "~",
        };
        let label = arrow.label();
        let label = if label.is_empty() { String::new() } else { format!(" {}", bracketed(label)) };
        links.entry(arrow.from).or_default().push(format!("{mode}{to}{label}"));
    }
    let mut out = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let mut write = |row: Vec<String>| out.write_record(row).expect("a Vec takes every byte");
    write(COLUMNS.iter().map(|(_, names)| names[0].to_owned()).collect());
    for note in order {
        let context = board.frame_of(note).map(|id| &board.contexts[&id]);
        let context = context.filter(|it| it.frame == Frame::Context).map_or("", |it| it.name());
        let links = links.get(&note.id).map_or(String::new(), |links| links.join("; "));
        write(vec![
            places[&note.id].to_string(),
            note.kind.id().to_owned(),
            escaped(note.text()),
            escaped(note.alias()),
            escaped(context),
            note.at.x.to_string(),
            note.at.y.to_string(),
            escaped(&links),
        ]);
    }
    let bytes = out.into_inner().expect("a Vec takes every byte");
    String::from_utf8(bytes).expect("every cell is a text")
}
