//! The wall: stickies on their papers, frames, arrows, lanes and pivotal lines, where they stand.

mod arrow;
mod frame;
mod note;
mod way;

pub(super) use note::crossed;

use std::collections::BTreeSet;

use super::legend::{self, Entry, Mark};
use super::measure::{broken, cut, leading};
use super::sheet::{Anchor, Area, Sheet, Type};
use crate::format::ink;
use crate::format::landscape::class_name;
use crate::model::field::CLASSES;
use crate::model::{Board, Id, Mode, Note, NoteKind, Rect};
use crate::words::{Lang, Said, say};

/// Pixels of a cell.
const CELL: (i64, i64) = (8, 16);
/// Pixels around everything, and what the picture is wide at least.
const MARGIN: i64 = 32;
const WIDTH_MIN: i64 = 480;
const TITLE: i64 = 20;
/// Pixels above the wall where the names of chapters stand.
const CHAPTERS: i64 = 26;

/// The picture of a wall: all that stands on it, and what its papers and lines mean. What was set aside is not on it.
pub fn wall(board: &Board, lang: Lang) -> String {
    wall_crossed(board, &BTreeSet::new(), lang)
}

/// The same with some stickies crossed out, as what was dropped.
pub fn wall_crossed(board: &Board, crossed: &BTreeSet<Id>, lang: Lang) -> String {
    let notes: Vec<&Note> = board.standing().collect();
    let rects = notes.iter().map(|note| note.rect()).chain(board.contexts.values().map(|frame| frame.rect));
    let wall = Rect::around(rects).map_or(Area::default(), area);
    let mut entries = entries(board, &notes, lang);
    if !crossed.is_empty() {
        entries.push(Entry { mark: Mark::Crossed, name: say(lang, "picture-dropped").to_owned() });
    }
    let inner = wall.w.max(WIDTH_MIN);
    let title = if board.title().trim().is_empty() { say(lang, "picture-wall") } else { board.title() };
    let title = cut(broken(title, TITLE, inner), 2, TITLE, inner);
    let has_chapters = notes.iter().any(|note| note.is_pivotal());
    let head = title.len() as i64 * leading(TITLE) + 20 + if has_chapters { CHAPTERS } else { 0 };
    let legend_top = wall.y + wall.h + 28;
    let top = wall.y - head - MARGIN;
    let bottom = legend_top + legend::height(&entries, inner) + MARGIN;
    let whole = Area::new(wall.x - MARGIN, top, inner + 2 * MARGIN, bottom - top);

    let about = Said::new("picture-wall-about")
        .with("notes", notes.len())
        .with("contexts", board.contexts.len())
        .with("arrows", board.arrows.len())
        .speak(lang);
    let heading = if board.title().trim().is_empty() { say(lang, "picture-wall") } else { board.title() };
    let mut sheet = Sheet::new(whole, heading, &about);
    let letters = Type { size: TITLE, is_bold: true, ink: ink::INK, anchor: Anchor::Start };
    sheet.text((wall.x, top + MARGIN + title.len() as i64 * leading(TITLE) / 2), &title, letters);
    if notes.is_empty() && board.contexts.is_empty() {
        let letters = Type { size: 14, is_bold: false, ink: ink::FAINT, anchor: Anchor::Start };
        sheet.text((wall.x, wall.y), &[say(lang, "picture-empty").to_owned()], letters);
    }
    frame::lanes(&mut sheet, board, wall);
    frame::frames(&mut sheet, board);
    frame::pivots(&mut sheet, &notes, wall);
    arrow::arrows(&mut sheet, board);
    frame::names(&mut sheet, board);
    note::notes(&mut sheet, board, &notes, crossed);
    legend::draw(&mut sheet, &entries, (wall.x, legend_top), inner);
    sheet.done()
}

/// Cells as pixels.
fn area(rect: Rect) -> Area {
    let scaled = |cells: i32, pixels: i64| i64::from(cells) * pixels;
    let (x, y) = (scaled(rect.at.x, CELL.0), scaled(rect.at.y, CELL.1));
    Area::new(x, y, scaled(rect.size.w, CELL.0), scaled(rect.size.h, CELL.1))
}

fn entries(board: &Board, notes: &[&Note], lang: Lang) -> Vec<Entry> {
    let kinds: BTreeSet<NoteKind> = notes.iter().map(|note| note.kind).collect();
    let modes = [Mode::Sync, Mode::Async];
    let drawn =
        modes.into_iter().filter(|mode| board.arrows.values().any(|arrow| arrow.mode() == Some(*mode)));
    let class = |class: &&str| {
        let name = class_name(class, lang).unwrap_or_default().to_owned();
        Entry { mark: Mark::Class((*class).to_owned()), name }
    };
    let classes =
        CLASSES.iter().filter(|class| board.contexts.values().any(|frame| frame.class() == **class));
    let kinds = kinds.into_iter().map(|kind| Entry::kind(kind, lang));
    kinds.chain(classes.map(class)).chain(drawn.map(|mode| Entry::arrow(mode == Mode::Sync, lang))).collect()
}
