use std::collections::{BTreeMap, BTreeSet};

use super::label;
use super::map::{line, more};
use crate::format::ink;
use crate::model::{Board, Frame, Id, Mode, Note, NoteKind};
use crate::query::Projection;
use crate::words::Lang;

/// Stickies in one picture, and lines between them.
const STICKIES: usize = 120;
const LINES: usize = 240;

/// The wall as a flowchart: stickies in frames, rows as they stand, arrows as people drew them; some crossed out.
pub fn wall(board: &Board, crossed: &BTreeSet<Id>, lang: Lang) -> Option<String> {
    let projection = Projection::of(board);
    let rows = projection.timeline.rows(&projection.space);
    let told: Vec<&Note> =
        rows.iter().flatten().take(STICKIES).filter_map(|id| board.notes.get(id)).collect();
    let places: BTreeMap<Id, usize> = told.iter().zip(0..).map(|(note, at)| (note.id, at)).collect();
    let mut out = "flowchart LR\n".to_owned();
    let mut homes: BTreeMap<Option<Id>, Vec<&Note>> = BTreeMap::new();
    for note in &told {
        let home = board.frame_of(note).filter(|id| board.contexts[id].frame == Frame::Context);
        homes.entry(home).or_default().push(note);
    }
    let mut frames: Vec<_> = homes.into_iter().collect();
    frames.sort_by_key(|(home, notes)| (home.is_some(), places[&notes[0].id]));
    for (at, (home, notes)) in frames.iter().enumerate() {
        if let Some(home) = home {
            line(&mut out, format_args!("subgraph f{at}[\"{}\"]", label(board.contexts[home].name())));
        }
        for note in notes {
            sticky(&mut out, places[&note.id], note, crossed.contains(&note.id));
        }
        if home.is_some() {
            line(&mut out, format_args!("end"));
        }
    }
    let arrows = board.arrows.values().filter_map(|arrow| {
        Some((*places.get(&arrow.from)?, *places.get(&arrow.to)?, arrow.mode(), arrow.label()))
    });
    let arrows: Vec<_> = arrows.collect();
    for (from, to, mode, said) in arrows.iter().take(LINES) {
        let way = match mode {
            None => "-->",
            Some(Mode::Sync) => "==>",
            Some(Mode::Async) => "-.->",
        };
        let said = if said.trim().is_empty() { String::new() } else { format!("|\"{}\"|", label(said)) };
        line(&mut out, format_args!("n{from} {way}{said} n{to}"));
    }
    let joined: BTreeSet<(usize, usize)> = arrows.iter().map(|it| (it.0.min(it.1), it.0.max(it.1))).collect();
    let beside = rows.iter().flat_map(|row| row.windows(2));
    let beside = beside.filter_map(|pair| Some((*places.get(&pair[0])?, *places.get(&pair[1])?)));
    for (left, right) in beside.filter(|pair| !joined.contains(pair)).take(LINES) {
        line(&mut out, format_args!("n{left} ~~~ n{right}"));
    }
    let left = rows.iter().flatten().count() - told.len() + arrows.len().saturating_sub(LINES);
    if left > 0 {
        line(&mut out, format_args!("more[\"{}\"]", more(left, lang)));
    }
    classes(&mut out, &told, crossed);
    (!told.is_empty()).then_some(out)
}

/// One sticky, by the tag of its kind and its wording.
fn sticky(out: &mut String, at: usize, note: &Note, is_crossed: bool) {
    let (tag, text) = (label(&note.kind.row().tag.to_string()), label(note.text()));
    if is_crossed {
        line(out, format_args!("n{at}[\"✕ {text}\"]:::dropped"));
    } else {
        line(out, format_args!("n{at}[\"{tag} · {text}\"]:::{}", class(note.kind)));
    }
}

fn classes(out: &mut String, told: &[&Note], crossed: &BTreeSet<Id>) {
    let kinds: BTreeSet<NoteKind> = told.iter().map(|note| note.kind).collect();
    for kind in kinds {
        let (name, paper) = (class(kind), ink::paper(kind));
        line(out, format_args!("classDef {name} fill:{paper},stroke:{},color:{}", ink::LINE, ink::NOTE));
    }
    if !crossed.is_empty() {
        let (fill, stroke, color) = (ink::GROUND, ink::LINE, ink::FAINT);
        line(
            out,
            format_args!("classDef dropped fill:{fill},stroke:{stroke},stroke-dasharray:5 4,color:{color}"),
        );
    }
}

/// The name of a kind as a class.
fn class(kind: NoteKind) -> String {
    kind.row().id.replace('-', "_")
}
