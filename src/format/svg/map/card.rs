//! A context or a system as a box.

use crate::format::ink;
use crate::format::landscape::{class_name, context_of, name_of};
use crate::format::svg::measure::{broken, cut, leading, width_of};
use crate::format::svg::sheet::{Anchor, Area, Sheet, Type};
use crate::model::NoteKind;
use crate::query::Outline;
use crate::query::outline::Party;
use crate::words::Lang;

/// A box and what stands in it.
pub(super) struct Card {
    name: Vec<String>,
    /// Its class and its team.
    about: Vec<String>,
    /// How many notes of each kind it has.
    counts: Vec<(NoteKind, usize)>,
    looks: Looks,
}

enum Looks {
    Context(String),
    Outside,
    System,
}

/// Pixels: what a name may take, letters, and what stands around them.
const NAME_WIDTH: i64 = 168;
const NAME_SIZE: i64 = 15;
const ABOUT_SIZE: i64 = 12;
const COUNTS: i64 = 20;
const COUNT: i64 = 34;
const PAD: i64 = 14;

/// The kinds whose notes are counted.
const COUNTED: [NoteKind; 5] = {
    use NoteKind::{Aggregate, Command, DomainEvent, Policy, ReadModel};
    [Command, Aggregate, DomainEvent, Policy, ReadModel]
};

impl Card {
    pub(super) fn of(outline: &Outline, party: Party, lang: Lang) -> Card {
        let context = context_of(outline, party);
        let class = context.and_then(|context| context.card.class.clone()).unwrap_or_default();
        let team = context.and_then(|context| context.card.team.clone());
        let about = class_name(&class, lang).map(str::to_owned).into_iter().chain(team);
        let about: Vec<String> = about.filter(|text| !text.trim().is_empty()).collect();
        let name = broken(&name_of(outline, party, lang), NAME_SIZE, NAME_WIDTH);
        Card {
            name: cut(name, 3, NAME_SIZE, NAME_WIDTH),
            about: cut(broken(&about.join(" · "), ABOUT_SIZE, NAME_WIDTH), 2, ABOUT_SIZE, NAME_WIDTH),
            counts: counts(outline, party),
            looks: match party {
                Party::System(_) => Looks::System,
                Party::Context(None) => Looks::Outside,
                Party::Context(Some(_)) => Looks::Context(class),
            },
        }
    }

    /// Its class, where it is a context that has one.
    pub(super) fn class(&self) -> Option<&str> {
        if let Looks::Context(class) = &self.looks { Some(class) } else { None }
    }

    /// The kinds it counts.
    pub(super) fn kinds(&self) -> impl Iterator<Item = NoteKind> {
        self.counts.iter().map(|(kind, _)| *kind)
    }

    /// Pixels it takes at least: width, height.
    pub(super) fn size(&self) -> (i64, i64) {
        let widest =
            |lines: &[String], size| lines.iter().map(|line| width_of(line, size)).max().unwrap_or(0);
        let letters = widest(&self.name, NAME_SIZE).max(widest(&self.about, ABOUT_SIZE));
        let width = letters.max(self.counts.len() as i64 * COUNT).max(80);
        let text = self.name.len() as i64 * leading(NAME_SIZE) + self.about_height();
        (width + 2 * PAD, text + 2 * PAD + if self.counts.is_empty() { 0 } else { COUNTS })
    }

    fn about_height(&self) -> i64 {
        if self.about.iter().all(String::is_empty) {
            0
        } else {
            self.about.len() as i64 * leading(ABOUT_SIZE)
        }
    }

    pub(super) fn draw(&self, sheet: &mut Sheet, area: Area) {
        self.ground(sheet, area);
        let (name, about) = (self.name.len() as i64 * leading(NAME_SIZE), self.about_height());
        let counts = if self.counts.is_empty() { 0 } else { COUNTS };
        let (x, mut y) = (area.center().0, area.y + (area.h - name - about - counts) / 2);
        let ink = if let Looks::System = self.looks { ink::NOTE } else { ink::INK };
        let letters = Type { size: NAME_SIZE, is_bold: true, ink, anchor: Anchor::Middle };
        sheet.text((x, y + name / 2), &self.name, letters);
        y += name;
        let letters = Type { size: ABOUT_SIZE, is_bold: false, ink: ink::FAINT, anchor: Anchor::Middle };
        sheet.text((x, y + about / 2), &self.about, letters);
        y += about;
        let mut left = x - self.counts.len() as i64 * COUNT / 2;
        for (kind, count) in &self.counts {
            let paper = Area::new(left, y + 5, 12, 12);
            sheet.rect(paper, 0, format_args!("fill=\"{}\" stroke=\"{}\"", ink::paper(*kind), ink::LINE));
            let letters = Type { size: 11, is_bold: false, ink: ink::FAINT, anchor: Anchor::Start };
            sheet.text((left + 15, y + 11), &[count.to_string()], letters);
            left += COUNT;
        }
    }

    fn ground(&self, sheet: &mut Sheet, area: Area) {
        match &self.looks {
            Looks::Context(class) => {
                let (fill, border) = ink::class(class);
                sheet.rect(area, 12, format_args!("fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"2\""));
            }
            Looks::Outside => {
                let (fill, border) = (ink::GROUND, ink::FAINT);
                sheet.rect(
                    area,
                    12,
                    format_args!("fill=\"{fill}\" stroke=\"{border}\" stroke-dasharray=\"3 4\""),
                );
            }
            Looks::System => {
                let paper = ink::paper(NoteKind::ExternalSystem);
                sheet.rect(area, 0, format_args!("fill=\"{paper}\" stroke=\"{}\"", ink::INK));
                let (top, right) = (area.y, area.x + area.w - 6);
                let sides = format!("M{} {top}v{h}M{right} {top}v{h}", area.x + 6, h = area.h);
                sheet.path(&sides, format_args!("stroke=\"{}\"", ink::INK));
            }
        }
    }
}

fn counts(outline: &Outline, party: Party) -> Vec<(NoteKind, usize)> {
    let Party::Context(id) = party else { return Vec::new() };
    let Some(context) = outline.contexts.iter().find(|context| context.id == id) else { return Vec::new() };
    let kinds = || context.notes.iter().filter_map(|note| outline.note(*note)).map(|note| note.kind);
    let count = |kind: NoteKind| (kind, kinds().filter(|other| *other == kind).count());
    COUNTED.map(count).into_iter().filter(|(_, count)| *count > 0).collect()
}
