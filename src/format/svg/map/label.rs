//! What one party says to another: a stack of little stickies on the line between the two.

use crate::format::ink;
use crate::format::landscape::Talk;
use crate::format::svg::measure::{broken, cut, leading, width_of};
use crate::format::svg::sheet::{Anchor, Area, Sheet, Type};
use crate::model::NoteKind;
use crate::query::Outline;
use crate::words::{Lang, Said};

/// The stack.
pub(super) struct Label(Vec<Slip>);

struct Slip {
    lines: Vec<String>,
    /// Whose paper it is; none for a remark.
    paper: Option<NoteKind>,
}

/// Pixels, and how many stickies a stack has.
const WIDTH: i64 = 144;
const SIZE: i64 = 12;
const PAD: i64 = 8;
const GAP: i64 = 3;
const SLIPS: usize = 5;

/// The kind of note whose wording a message is.
pub(super) fn kind_of(outline: &Outline, message: usize) -> Option<NoteKind> {
    outline.note(outline.messages[message].note).map(|note| note.kind)
}

impl Label {
    pub(super) fn of(outline: &Outline, talk: &Talk, lang: Lang) -> Label {
        let slip = |at: &usize| Slip::new(outline.wording(outline.messages[*at].note), kind_of(outline, *at));
        let mut slips: Vec<Slip> = talk.messages.iter().take(SLIPS).map(slip).collect();
        if talk.messages.len() > SLIPS {
            let more = Said::new("picture-more").with("count", talk.messages.len() - SLIPS).speak(lang);
            slips.push(Slip::new(&more, None));
        }
        let of_talk =
            outline.relations.iter().filter(|row| row.messages.iter().any(|at| talk.messages.contains(at)));
        let patterns: Vec<&str> = of_talk.flat_map(|row| &row.accepted).map(String::as_str).collect();
        if !patterns.is_empty() {
            slips.push(Slip::new(&patterns.join(" · "), None));
        }
        Label(slips)
    }

    /// Pixels: width, height.
    pub(super) fn size(&self) -> (i64, i64) {
        let width = self.0.iter().map(Slip::width).max().unwrap_or(0);
        let height: i64 = self.0.iter().map(|slip| slip.height() + GAP).sum();
        (width, height - GAP)
    }

    /// Draws it around a place.
    pub(super) fn draw(&self, sheet: &mut Sheet, middle: (i64, i64)) {
        let (width, height) = self.size();
        let mut y = middle.1 - height / 2;
        for slip in &self.0 {
            let area = Area::new(middle.0 - width / 2, y, width, slip.height());
            let (round, fill) = slip.paper.map_or((6, ink::GROUND.to_owned()), |kind| (1, ink::paper(kind)));
            sheet.rect(area, round, format_args!("fill=\"{fill}\" stroke=\"{}\"", ink::LINE));
            let letters = Type { size: SIZE, is_bold: false, ink: ink::NOTE, anchor: Anchor::Middle };
            sheet.text(area.center(), &slip.lines, letters);
            y += slip.height() + GAP;
        }
    }
}

impl Slip {
    fn new(text: &str, paper: Option<NoteKind>) -> Slip {
        let text = if text.trim().is_empty() { "…" } else { text };
        Slip { lines: cut(broken(text, SIZE, WIDTH), 3, SIZE, WIDTH), paper }
    }

    fn width(&self) -> i64 {
        self.lines.iter().map(|line| width_of(line, SIZE)).max().unwrap_or(0) + 2 * PAD
    }

    fn height(&self) -> i64 {
        self.lines.len() as i64 * leading(SIZE) + 8
    }
}
