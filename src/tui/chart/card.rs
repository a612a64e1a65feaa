use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Remark, Slip};
use crate::model::NoteKind;
use crate::model::text::{SafeText, wrap};
use crate::query::outline::{Outline, Party};
use crate::tui::route::Span;
use crate::words::{Lang, find, say};

/// Columns of a name, of what stands below it, and of a message.
const NAME_COLUMNS: usize = 20;
const ABOUT_COLUMNS: usize = 24;
pub(super) const SLIP_COLUMNS: usize = 20;
/// Lines of a name.
const NAME_ROWS: usize = 2;
/// Columns beside a message: how it is sent, the letter of its kind, blanks.
const SLIP_MARGIN: i32 = 6;

/// The kinds whose notes are counted.
const COUNTED: [NoteKind; 5] = {
    use NoteKind::{Aggregate, Command, DomainEvent, Policy, ReadModel};
    [Command, Aggregate, DomainEvent, Policy, ReadModel]
};

/// A context or a system as a box.
#[derive(Clone, PartialEq, Debug)]
pub struct Card {
    /// Who it is.
    pub party: Party,
    /// The cells it covers.
    pub area: Span,
    /// Its name, line by line.
    pub name: Vec<String>,
    /// Its class and its team; empty where it has neither.
    pub about: String,
    /// How many notes of each kind it has.
    pub counts: Vec<(NoteKind, usize)>,
    /// How it is drawn.
    pub looks: Looks,
}

/// How a box is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Looks {
    /// A context of this class.
    Context(String),
    /// What lies in no context.
    Outside,
    /// An external system.
    System,
}

impl Card {
    pub(super) fn of(outline: &Outline, party: Party, lang: Lang) -> Card {
        let context = outline.contexts.iter().find(|context| Party::Context(context.id) == party);
        let name = match outline.name(party) {
            None => say(lang, "side-no-context"),
            Some(name) if name.trim().is_empty() => say(lang, "picture-unnamed"),
            Some(name) => name,
        };
        let class = context.and_then(|context| context.card.class.clone()).unwrap_or_default();
        let about = [
            find(lang, &format!("class-{class}")).unwrap_or_default().to_owned(),
            context.and_then(|context| context.card.team.clone()).unwrap_or_default(),
        ];
        let about: Vec<&str> = about.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let notes = context.map_or(&[][..], |context| &context.notes);
        let kinds = || notes.iter().filter_map(|note| outline.note(*note)).map(|note| note.kind);
        let count = |kind: NoteKind| (kind, kinds().filter(|other| *other == kind).count());
        Card {
            party,
            area: (0, 0, 0, 0),
            name: named(name),
            about: clipped(&about.join(" · "), ABOUT_COLUMNS),
            counts: COUNTED.map(count).into_iter().filter(|(_, count)| *count > 0).collect(),
            looks: match party {
                Party::System(_) => Looks::System,
                Party::Context(None) => Looks::Outside,
                Party::Context(Some(_)) => Looks::Context(class),
            },
        }
    }

    /// Columns and rows it takes at least.
    pub(super) fn size(&self) -> (i32, i32) {
        let lines =
            self.name.iter().map(|line| line.width()).chain([self.about.width(), self.counts_width()]);
        let rows =
            self.name.len() + usize::from(!self.about.is_empty()) + usize::from(!self.counts.is_empty());
        (lines.max().unwrap_or(0).max(8) as i32 + 4, rows as i32 + 2)
    }

    /// The columns of its counts.
    pub fn counts_width(&self) -> usize {
        let figures = self.counts.iter().map(|(_, count)| count.to_string().len() + 3);
        (figures.sum::<usize>() + self.counts.len()).saturating_sub(1)
    }
}

/// A name on a few lines.
fn named(name: &str) -> Vec<String> {
    let name = SafeText::line(name.trim()).into_string();
    let mut lines: Vec<String> = wrap(&name, NAME_COLUMNS).into_iter().map(str::to_owned).collect();
    if lines.len() > NAME_ROWS {
        lines.truncate(NAME_ROWS);
        let last = lines.pop().unwrap_or_default();
        lines.push(clipped(&format!("{last} …"), NAME_COLUMNS));
    }
    lines
}

/// The columns and rows of what stands on a line.
pub(super) fn stack(slips: &[Slip], remarks: &[Remark]) -> (i32, i32) {
    let widths = slips.iter().map(|slip| slip.text.width() as i32 + SLIP_MARGIN);
    let others = remarks.iter().map(|remark| match remark {
        Remark::More(_) => SLIP_MARGIN,
        Remark::Patterns(text) => text.width() as i32 + 2,
    });
    (widths.chain(others).max().unwrap_or(0), (slips.len() + remarks.len()) as i32)
}

/// A text on one line, cut to so many columns.
pub(super) fn clipped(text: &str, columns: usize) -> String {
    let line = SafeText::line(text.trim());
    if line.width() <= columns {
        return line.into_string();
    }
    let mut used = 1;
    let fits = |glyph: &&str| {
        used += glyph.width();
        used <= columns
    };
    let kept: String = line.graphemes(true).take_while(fits).collect();
    format!("{}…", kept.trim_end())
}
