use std::collections::{BTreeMap, BTreeSet};

use super::{CELL, area};
use crate::format::ink;
use crate::format::svg::measure::fitted;
use crate::format::svg::sheet::{Anchor, Area, Sheet, Type, escaped};
use crate::model::text::SafeText;
use crate::model::thing::text_of;
use crate::model::{Board, Id, Note, NoteKind};

/// Letters of a wording, in pixels.
const LARGEST: i64 = 15;
const SMALLEST: i64 = 9;

/// The stickies, the highest last.
pub(super) fn notes(sheet: &mut Sheet, board: &Board, notes: &[&Note], crossed: &BTreeSet<Id>) {
    let mut votes: BTreeMap<Id, u64> = BTreeMap::new();
    for vote in board.votes.values() {
        *votes.entry(vote.note).or_default() += u64::from(vote.votes);
    }
    let mut notes = notes.to_vec();
    notes.sort_by_key(|note| (note.z, note.id));
    for note in notes {
        let votes = votes.get(&note.id).copied().unwrap_or_default();
        draw(sheet, note, votes, crossed.contains(&note.id));
    }
}

fn draw(sheet: &mut Sheet, note: &Note, votes: u64, is_crossed: bool) {
    let whole = area(note.rect());
    let paper = Area::new(whole.x + 1, whole.y + 1, whole.w - 2, whole.h - 3);
    let (x, y) = paper.center();
    let turn = if note.kind == NoteKind::Hotspot {
        format!(" transform=\"rotate(-3 {x} {y})\"")
    } else {
        String::new()
    };
    let small = paper.h < 4 * CELL.1;
    let room = (paper.w - 14, paper.h - if small { 6 } else { 14 });
    let text = fitted(note.text(), room, LARGEST, SMALLEST);
    sheet.add(format_args!("<g{turn}>"));
    if text.is_cut {
        sheet.add(format_args!("<title>{}</title>", escaped(&SafeText::new(note.text()))));
    }
    let shadow = Area::new(paper.x + 2, paper.y + 3, paper.w, paper.h);
    sheet.rect(shadow, 2, format_args!("fill=\"{}\" fill-opacity=\"0.16\"", ink::INK));
    let is_minus = text_of(&note.details, "sign") == "-";
    let fill = ink::paper(if is_minus { NoteKind::Hotspot } else { note.kind });
    let border = match (note.is_pivotal(), note.kind) {
        (true, _) => format!(" stroke=\"{}\" stroke-width=\"2.5\"", ink::INK),
        (false, NoteKind::UserInterface | NoteKind::Aggregate) => format!(" stroke=\"{}\"", ink::LINE),
        (false, _) => String::new(),
    };
    if is_crossed {
        crossed(sheet, paper);
    } else {
        sheet.rect(paper, 1, format_args!("fill=\"{fill}\"{border}"));
    }
    let middle = if small { y } else { y + 3 };
    let letters = Type { size: text.size, is_bold: false, ink: ink::NOTE, anchor: Anchor::Middle };
    sheet.text((x, middle), &text.lines, letters);
    corners(sheet, note, paper, votes);
    sheet.add(format_args!("</g>"));
}

/// Paper without a colour, and a cross on it that spares the wording in the middle.
pub(in crate::format::svg) fn crossed(sheet: &mut Sheet, paper: Area) {
    let Area { x, y, w, h } = paper;
    let looks = format_args!("stroke=\"{}\" stroke-dasharray=\"5 4\"", ink::LINE).to_string();
    sheet.rect(paper, 1, format_args!("fill=\"{}\" {looks}", ink::GROUND));
    let (right, bottom, along, down) = (x + w, y + h, w / 3, h / 3);
    let upper = format!("M{x} {y}l{along} {down}M{right} {y}l-{along} {down}");
    let cross = format!("{upper}M{x} {bottom}l{along} -{down}M{right} {bottom}l-{along} -{down}");
    sheet.path(&cross, format_args!("fill=\"none\" stroke=\"{}\"", ink::LINE));
}

/// What stands in the corners: the kind's letter, votes, and whether a question is answered.
fn corners(sheet: &mut Sheet, note: &Note, paper: Area, votes: u64) {
    let tag = match text_of(&note.details, "sign") {
        "-" => "−".to_owned(),
        "+" => "+".to_owned(),
        _ => note.kind.row().tag.to_string(),
    };
    let letters = Type { size: 9, is_bold: true, ink: ink::NOTE, anchor: Anchor::Start };
    sheet.text((paper.x + 5, paper.y + 9), &[tag], letters);
    let right = paper.x + paper.w;
    if note.is_resolved() {
        let tick = format!("M{} {}l4 4l8 -9", right - 18, paper.y + 10);
        sheet.path(&tick, format_args!("fill=\"none\" stroke=\"{}\" stroke-width=\"2\"", ink::NOTE));
    }
    if votes > 0 {
        let top = paper.y;
        sheet.add(format_args!("<circle cx=\"{right}\" cy=\"{top}\" r=\"11\" fill=\"{}\"/>", ink::INK));
        let letters = Type { size: 11, is_bold: true, ink: ink::GROUND, anchor: Anchor::Middle };
        sheet.text((right, paper.y), &[votes.to_string()], letters);
    }
}
