//! What the shapes of a picture mean, in rows below it.

use super::measure::width_of;
use super::sheet::{Anchor, Area, Sheet, Type};
use super::wall::crossed;
use crate::format::ink;
use crate::model::NoteKind;
use crate::words::{Lang, say};

/// Something the legend explains: how it looks and what it is called.
pub(super) struct Entry {
    pub(super) mark: Mark,
    pub(super) name: String,
}

/// How something looks.
#[derive(Clone, PartialEq)]
pub(super) enum Mark {
    /// The paper of a kind.
    Paper(NoteKind),
    /// A frame of a class.
    Class(String),
    /// An arrow whose sender waits, or one whose sender does not.
    Arrow(bool),
    /// A sticky that was dropped.
    Crossed,
}

/// Pixels of a row, and of letters.
const ROW: i64 = 24;
const SIZE: i64 = 12;

impl Entry {
    pub(super) fn kind(kind: NoteKind, lang: Lang) -> Entry {
        Entry { mark: Mark::Paper(kind), name: kind.label(lang).to_owned() }
    }

    pub(super) fn arrow(is_sync: bool, lang: Lang) -> Entry {
        let name = if is_sync { say(lang, "picture-sync") } else { say(lang, "picture-async") };
        Entry { mark: Mark::Arrow(is_sync), name: name.to_owned() }
    }

    fn width(&self) -> i64 {
        self.mark.width() + 8 + width_of(&self.name, SIZE) + 18
    }
}

impl Mark {
    fn width(&self) -> i64 {
        if let Mark::Arrow(_) = self { 34 } else { 18 }
    }
}

/// How high a legend is that is so many pixels wide.
pub(super) fn height(entries: &[Entry], width: i64) -> i64 {
    places(entries, width).last().map_or(0, |(_, y)| y + ROW)
}

/// Draws a legend whose corner is at a place.
pub(super) fn draw(sheet: &mut Sheet, entries: &[Entry], at: (i64, i64), width: i64) {
    let letters = Type { size: SIZE, is_bold: false, ink: ink::FAINT, anchor: Anchor::Start };
    for (entry, (x, y)) in entries.iter().zip(places(entries, width)) {
        let (x, middle) = (at.0 + x, at.1 + y + ROW / 2);
        mark(sheet, &entry.mark, x, middle);
        sheet.text((x + entry.mark.width() + 8, middle), std::slice::from_ref(&entry.name), letters);
    }
}

fn places(entries: &[Entry], width: i64) -> Vec<(i64, i64)> {
    let (mut x, mut y) = (0, 0);
    let place = |entry: &Entry| {
        if x > 0 && x + entry.width() > width {
            (x, y) = (0, y + ROW);
        }
        x += entry.width();
        (x - entry.width(), y)
    };
    entries.iter().map(place).collect()
}

fn mark(sheet: &mut Sheet, mark: &Mark, x: i64, middle: i64) {
    let area = Area::new(x, middle - 7, 18, 14);
    match mark {
        Mark::Paper(kind) => {
            sheet.rect(area, 0, format_args!("fill=\"{}\" stroke=\"{}\"", ink::paper(*kind), ink::LINE));
            let letters = Type { size: 10, is_bold: true, ink: ink::NOTE, anchor: Anchor::Middle };
            sheet.text((x + 9, middle), &[kind.row().tag.to_string()], letters);
        }
        Mark::Class(class) => {
            let (fill, border) = ink::class(class);
            sheet.rect(area, 4, format_args!("fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"2\""));
        }
        Mark::Crossed => crossed(sheet, area),
        Mark::Arrow(is_sync) => {
            sheet.path(&format!("M{x} {middle}h28"), format_args!("{}", stroke(*is_sync)));
            head(sheet, (x + 34, middle), (1, 0), *is_sync);
        }
    }
}

/// How the line of a message is drawn.
pub(super) fn stroke(is_sync: bool) -> String {
    let look = if is_sync { "stroke-width=\"2.4\"" } else { "stroke-width=\"1.8\" stroke-dasharray=\"7 5\"" };
    format!("fill=\"none\" stroke=\"{}\" {look}", ink::INK)
}

/// The head of an arrow whose tip is at a place and that points to the right, left, down or up: full where somebody
/// waits, open where nobody does.
pub(super) fn head(sheet: &mut Sheet, tip: (i64, i64), way: (i64, i64), is_sync: bool) {
    let at =
        |back: i64, side: i64| (tip.0 - way.0 * back - way.1 * side, tip.1 - way.1 * back + way.0 * side);
    let ((ax, ay), (bx, by)) = (at(10, 6), at(10, -6));
    let path = format!("M{ax} {ay}L{} {}L{bx} {by}", tip.0, tip.1);
    if is_sync {
        sheet.path(&format!("{path}z"), format_args!("fill=\"{}\"", ink::INK));
    } else {
        let looks = format_args!("fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\"", ink::INK).to_string();
        sheet.path(&path, format_args!("{looks}"));
    }
}
