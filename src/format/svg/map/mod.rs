//! The context map: contexts and systems as boxes, and what they say to each other on lines between.

mod card;
mod label;

use std::collections::BTreeSet;
use std::fmt::Write;

use card::Card;
use label::{Label, kind_of};

use super::legend::{self, Entry, Mark};
use super::measure::{broken, cut, leading};
use super::sheet::{Anchor, Area, Sheet, Type};
use crate::format::ink;
use crate::format::landscape::{Landscape, Talk, class_name};
use crate::model::NoteKind;
use crate::model::field::CLASSES;
use crate::query::Outline;
use crate::query::layers::{Extent, Line, Placed, Sketch, Sketched, Spacing};
use crate::query::outline::Party;
use crate::words::{Lang, Said, say};

/// Pixels around everything, and what the picture is wide at least.
const MARGIN: i64 = 28;
const WIDTH_MIN: i64 = 360;
const TITLE: i64 = 18;
/// Pixels that boxes, labels and lines are kept apart.
pub(super) const SPACING: Spacing =
    Spacing { gap: Extent { along: 46.0, across: 22.0 }, port: 16.0, bend: 14.0 };
/// Boxes and lines that somebody still can read.
const BOXES: usize = 80;
const LINES: usize = 200;
/// What the picture would be wide for each pixel it is high.
const SHAPE: f64 = 1.5;

/// The context map of a wall. A line is solid where its sender waits for an answer and dashed where nobody waits; what
/// is said stands on it, on the paper that it has on the wall. A wall without anybody gives a picture that says so.
pub fn context_map(outline: &Outline, lang: Lang) -> String {
    let landscape = Landscape::of(outline);
    let mut order = landscape.in_order();
    order.truncate(BOXES);
    let cards: Vec<Card> = order.iter().map(|at| Card::of(outline, landscape.parties[*at], lang)).collect();
    let place = |party: usize| order.iter().position(|at| *at == party);
    let known = landscape.talks.iter().filter_map(|talk| Some((talk, place(talk.from)?, place(talk.to)?)));
    let talks: Vec<(&Talk, usize, usize)> = known.take(LINES).collect();
    let labels: Vec<Label> = talks.iter().map(|(talk, ..)| Label::of(outline, talk, lang)).collect();
    let left = landscape.parties.len() - order.len() + landscape.talks.len() - talks.len();
    let laid = Laid::nicest(&cards, &labels, &talks);

    let title = broken(
        if outline.title.trim().is_empty() { say(lang, "picture-map") } else { &outline.title },
        TITLE,
        600,
    );
    let title = cut(title, 2, TITLE, 600);
    let entries = entries(outline, &landscape, &cards, &talks, lang);
    let (width, height) = laid.size();
    let inner = width.max(WIDTH_MIN);
    let top = MARGIN + title.len() as i64 * leading(TITLE) + 20;
    let legend_top = top + height + 24;
    let whole = Area::new(0, 0, inner + 2 * MARGIN, legend_top + legend::height(&entries, inner) + MARGIN);
    let mut sheet = Sheet::new(whole, &heading(outline, lang), &about(&landscape, lang));
    let letters = Type { size: TITLE, is_bold: true, ink: ink::INK, anchor: Anchor::Start };
    sheet.text((MARGIN, MARGIN + title.len() as i64 * leading(TITLE) / 2), &title, letters);
    if left > 0 || cards.is_empty() {
        let note = if cards.is_empty() {
            say(lang, "picture-empty").to_owned()
        } else {
            Said::new("picture-more").with("count", left).speak(lang)
        };
        let letters = Type { size: 12, is_bold: false, ink: ink::FAINT, anchor: Anchor::Start };
        sheet.text((MARGIN, top - 10), &[note], letters);
    }
    laid.draw(&mut sheet, (MARGIN + (inner - width) / 2, top), &cards, &labels, &talks);
    legend::draw(&mut sheet, &entries, (MARGIN, legend_top), inner);
    sheet.done()
}

/// The map laid out with its layers side by side, or one below the other.
struct Laid {
    placed: Placed,
    boxes: Vec<Extent>,
    is_down: bool,
}

impl Laid {
    /// Whichever way gives the better shape.
    fn nicest(cards: &[Card], labels: &[Label], talks: &[(&Talk, usize, usize)]) -> Laid {
        let [across, down] = [false, true].map(|is_down| Laid::of(cards, labels, talks, is_down));
        let cost = |laid: &Laid| {
            let (width, height) = laid.size();
            (width as f64 / SHAPE).max(height as f64)
        };
        if cost(&down) < cost(&across) { down } else { across }
    }

    fn of(cards: &[Card], labels: &[Label], talks: &[(&Talk, usize, usize)], is_down: bool) -> Laid {
        let extent = |(w, h): (i64, i64)| {
            let (along, across) = if is_down { (h, w) } else { (w, h) };
            Extent { along: along as f64, across: across as f64 }
        };
        let boxes: Vec<Extent> = cards.iter().map(|card| extent(card.size())).collect();
        let lines: Vec<Sketched> = talks
            .iter()
            .zip(labels)
            .map(|((_, from, to), label)| Sketched {
                first: *from.min(to),
                last: *from.max(to),
                label: extent(label.size()),
            })
            .collect();
        let sketch = Sketch::new(boxes, lines, SPACING);
        Laid { placed: sketch.placed(), boxes: sketch.boxes, is_down }
    }

    fn point(&self, along: f64, across: f64) -> (i64, i64) {
        let (x, y) = if self.is_down { (across, along) } else { (along, across) };
        (x.round() as i64, y.round() as i64)
    }

    fn size(&self) -> (i64, i64) {
        self.point(self.placed.whole.along, self.placed.whole.across)
    }

    fn draw(
        &self,
        sheet: &mut Sheet,
        corner: (i64, i64),
        cards: &[Card],
        labels: &[Label],
        talks: &[(&Talk, usize, usize)],
    ) {
        let moved = |(x, y): (i64, i64)| (x + corner.0, y + corner.1);
        for (line, (talk, from, to)) in self.placed.lines.iter().zip(talks) {
            self.line(sheet, corner, line, from < to, talk.is_sync);
        }
        for ((card, middle), extent) in cards.iter().zip(&self.placed.boxes).zip(&self.boxes) {
            let (x, y) =
                moved(self.point(middle.along - extent.along / 2.0, middle.across - extent.across / 2.0));
            let (w, h) = self.point(extent.along, extent.across);
            card.draw(sheet, Area::new(x, y, w, h));
        }
        for (label, line) in labels.iter().zip(&self.placed.lines) {
            label.draw(sheet, moved(self.point(line.label.along, line.label.across)));
        }
    }

    fn line(&self, sheet: &mut Sheet, corner: (i64, i64), line: &Line, is_onward: bool, is_sync: bool) {
        let point = |along: f64, across: f64| {
            let (x, y) = self.point(along, across);
            (x + corner.0, y + corner.1)
        };
        // The head covers the end of the line.
        let short = 9.0;
        let count = line.runs.len();
        let mut path = String::new();
        for (at, (start, end, across)) in line.runs.iter().enumerate() {
            let start =
                if at + 1 == count || at > 0 { *start } else { start + if is_onward { 0.0 } else { short } };
            let end = if at + 1 == count && is_onward { end - short } else { *end };
            if let Some((_, before, was)) = at.checked_sub(1).map(|before| line.runs[before]) {
                let bow = (start - before) / 2.0;
                let (a, b, to) =
                    (point(before + bow, was), point(start - bow, *across), point(start, *across));
                write!(path, "C{} {} {} {} {} {}", a.0, a.1, b.0, b.1, to.0, to.1)
                    .expect("a String takes every character");
            } else {
                let (x, y) = point(start, *across);
                write!(path, "M{x} {y}").expect("a String takes every character");
            }
            let (x, y) = point(end, *across);
            write!(path, "L{x} {y}").expect("a String takes every character");
        }
        sheet.path(&path, format_args!("{}", legend::stroke(is_sync)));
        let (Some(first), Some(last)) = (line.runs.first(), line.runs.last()) else { return };
        let (tip, step) = if is_onward { (point(last.1, last.2), 1) } else { (point(first.0, first.2), -1) };
        let way = if self.is_down { (0, step) } else { (step, 0) };
        legend::head(sheet, tip, way, is_sync);
    }
}

fn heading(outline: &Outline, lang: Lang) -> String {
    [outline.title.as_str(), say(lang, "picture-map")]
        .map(str::trim)
        .join(" · ")
        .trim_start_matches(" · ")
        .to_owned()
}

fn about(landscape: &Landscape, lang: Lang) -> String {
    let systems = landscape.parties.iter().filter(|party| matches!(party, Party::System(_))).count();
    Said::new("picture-map-about")
        .with("contexts", landscape.parties.len() - systems)
        .with("systems", systems)
        .with("talks", landscape.talks.len())
        .speak(lang)
}

fn entries(
    outline: &Outline,
    landscape: &Landscape,
    cards: &[Card],
    talks: &[(&Talk, usize, usize)],
    lang: Lang,
) -> Vec<Entry> {
    let arrows: BTreeSet<bool> = talks.iter().map(|(talk, ..)| !talk.is_sync).collect();
    let said = talks.iter().flat_map(|(talk, ..)| &talk.messages).filter_map(|at| kind_of(outline, *at));
    let mut kinds: BTreeSet<NoteKind> = said.chain(cards.iter().flat_map(Card::kinds)).collect();
    if landscape.parties.iter().any(|party| matches!(party, Party::System(_))) {
        kinds.insert(NoteKind::ExternalSystem);
    }
    let classes = CLASSES.iter().filter(|class| cards.iter().any(|card| card.class() == Some(class)));
    let class = |class: &&str| {
        let name = class_name(class, lang).unwrap_or_default().to_owned();
        Entry { mark: Mark::Class((*class).to_owned()), name }
    };
    let arrows = arrows.into_iter().map(|is_async| Entry::arrow(!is_async, lang));
    arrows.chain(classes.map(class)).chain(kinds.into_iter().map(|kind| Entry::kind(kind, lang))).collect()
}
