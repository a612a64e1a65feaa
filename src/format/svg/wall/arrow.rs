use std::collections::BTreeMap;

use super::area;
use super::way::{Ground, Way};
use crate::format::ink;
use crate::format::landscape::clipped;
use crate::format::svg::legend::{head, stroke};
use crate::format::svg::measure::width_of;
use crate::format::svg::sheet::{Anchor, Area, Sheet, Type};
use crate::model::{Arrow, Board, Id, Mode};

/// Letters on an arrow, in pixels.
const SIZE: i64 = 11;
/// Columns of what stands on an arrow.
const COLUMNS: usize = 24;

/// The arrows between notes that stand; they run below the notes.
pub(super) fn arrows(sheet: &mut Sheet, board: &Board) {
    let areas: BTreeMap<Id, Area> = board.standing().map(|note| (note.id, area(note.rect()))).collect();
    let ground = Ground::of(areas.values().copied());
    let places: BTreeMap<Id, usize> = areas.keys().enumerate().map(|(at, id)| (*id, at)).collect();
    for arrow in board.arrows.values() {
        if let (Some(from), Some(to)) = (areas.get(&arrow.from), areas.get(&arrow.to)) {
            draw(sheet, arrow, &ground.way(*from, *to, (places[&arrow.from], places[&arrow.to])));
        }
    }
}

fn draw(sheet: &mut Sheet, arrow: &Arrow, way: &Way) {
    let mode = arrow.mode();
    let plain = format!("fill=\"none\" stroke=\"{}\" stroke-width=\"1.4\"", ink::FAINT);
    let looks = mode.map_or(plain, |mode| stroke(mode == Mode::Sync));
    sheet.path(&way.path(), format_args!("{looks}"));
    head(sheet, way.tip(), way.heading(), mode != Some(Mode::Async));
    let label = clipped(arrow.label(), COLUMNS);
    if !label.is_empty() {
        let (x, y) = way.middle();
        let width = width_of(&label, SIZE) + 8;
        sheet.rect(Area::new(x - width / 2, y - 9, width, 18), 4, format_args!("fill=\"{}\"", ink::GROUND));
        let letters = Type { size: SIZE, is_bold: false, ink: ink::INK, anchor: Anchor::Middle };
        sheet.text((x, y), &[label], letters);
    }
}
