use super::{CELL, area};
use crate::format::ink;
use crate::format::svg::measure::{broken, cut, width_of};
use crate::format::svg::sheet::{Anchor, Area, Sheet, Type};
use crate::model::thing::text_of;
use crate::model::{Board, Frame, Note};

/// Letters of names, in pixels.
const SIZE: i64 = 14;

/// Contexts and subdomains, the largest first.
pub(super) fn frames(sheet: &mut Sheet, board: &Board) {
    let mut frames: Vec<_> = board.contexts.values().collect();
    frames.sort_by_key(|frame| (-frame.rect.area(), frame.id));
    for frame in frames {
        let it = area(frame.rect);
        let (fill, border) = ink::class(frame.class());
        match frame.frame {
            Frame::Context => {
                let looks =
                    format_args!("fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"2\"").to_string();
                sheet.rect(it, 10, format_args!("{looks}"));
            }
            Frame::Subdomain => {
                let looks = format!("stroke=\"{border}\" stroke-width=\"1.5\" stroke-dasharray=\"8 5\"");
                sheet.rect(it, 16, format_args!("fill=\"none\" {looks}"));
            }
        }
    }
}

/// The name of each frame in its upper corner, above the arrows that pass there.
pub(super) fn names(sheet: &mut Sheet, board: &Board) {
    for frame in board.contexts.values().filter(|frame| !frame.name().trim().is_empty()) {
        let it = area(frame.rect);
        let width = it.w - 24;
        let lines = cut(broken(frame.name(), SIZE, width.max(40)), 1, SIZE, width);
        let plate =
            Area::new(it.x + 8, it.y + 5, lines.first().map_or(0, |line| width_of(line, SIZE)) + 4, 20);
        sheet.rect(plate, 4, format_args!("fill=\"{}\"", ink::class(frame.class()).0));
        name(sheet, frame.name(), (it.x + 12, it.y + 15), width);
    }
}

/// The upper edge of each lane, across the whole wall.
pub(super) fn lanes(sheet: &mut Sheet, board: &Board, wall: Area) {
    for lane in board.lanes.values() {
        let y = i64::from(lane.y) * CELL.1;
        if (wall.y..=wall.y + wall.h).contains(&y) {
            sheet.path(&format!("M{} {y}h{}", wall.x, wall.w), format_args!("stroke=\"{}\"", ink::LINE));
            name(sheet, lane.name(), (wall.x, y + 12), wall.w);
        }
    }
}

/// The line behind each pivotal event, and the name of the chapter that follows.
pub(super) fn pivots(sheet: &mut Sheet, notes: &[&Note], wall: Area) {
    for note in notes.iter().filter(|note| note.is_pivotal()) {
        let x = i64::from(note.rect().right()) * CELL.0 + CELL.0;
        let looks = format!("stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"2 5\"", ink::INK);
        let line = format!("M{x} {}v{}", wall.y - 22, wall.h + 30);
        sheet.path(&line, format_args!("{looks} stroke-linecap=\"round\""));
        name(sheet, text_of(&note.details, "chapter"), (x + 8, wall.y - 16), (wall.x + wall.w - x).max(160));
    }
}

fn name(sheet: &mut Sheet, name: &str, at: (i64, i64), width: i64) {
    let letters = Type { size: SIZE, is_bold: true, ink: ink::INK, anchor: Anchor::Start };
    sheet.text(at, &cut(broken(name, SIZE, width.max(40)), 1, SIZE, width), letters);
}
