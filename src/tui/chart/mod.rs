//! The context map in cells: contexts and systems as boxes, and what they say to each other on the lines between.
//!
//! It is laid out anew from whatever the wall says, for one language and one size of screen, and knows nothing of what
//! is chosen on it. The same wall gives the same map.

mod card;
mod road;

use crate::model::{Id, NoteKind};
use crate::query::Way;
use crate::query::layers::{Extent, Sketch, Sketched, Spacing};
use crate::query::outline::{Landscape, MessageKind, Outline, Party, Talk};
use crate::tui::route::{Route, Span};
use crate::words::Lang;

pub use card::{Card, Looks};

/// Boxes and lines that somebody still can follow.
const BOXES_MAX: usize = 80;
const TALKS_MAX: usize = 200;
/// Messages on one line; what is more is counted.
const SLIPS_MAX: usize = 9;

/// What can be chosen on the map. It stays the same thing while the wall changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Spot {
    /// A context or a system.
    Party(Party),
    /// What one says to another, by the note whose wording it is.
    Message(Party, Party, Id),
}

/// The map.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Chart {
    /// The boxes.
    pub cards: Vec<Card>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Columns and rows.
    pub size: (i32, i32),
    /// How many boxes and lines are not on it because they would be too many.
    pub left_out: usize,
}

/// A line between two boxes.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// Its way.
    pub route: Route,
    /// Whether the sender waits.
    pub is_sync: bool,
    /// What is said on it.
    pub slips: Vec<Slip>,
    /// What stands under that: how many more there are, and the patterns people agreed on.
    pub notes: Vec<(Span, Remark)>,
}

/// What stands on a line beside its messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Remark {
    /// So many more messages.
    More(usize),
    /// Patterns of the relation.
    Patterns(String),
}

/// A message on a line.
#[derive(Clone, PartialEq, Debug)]
pub struct Slip {
    /// Which.
    pub spot: Spot,
    /// The cells it covers.
    pub area: Span,
    /// The paper it is on.
    pub kind: NoteKind,
    /// What it says.
    pub text: String,
    /// Its stickies, the one whose wording it is first.
    pub notes: Vec<Id>,
}

impl Chart {
    /// Of what a wall says, for a screen of this size.
    pub fn of(outline: &Outline, lang: Lang, size: (u16, u16)) -> Chart {
        let landscape = Landscape::of(outline);
        let mut order = landscape.in_order();
        order.truncate(BOXES_MAX);
        let cards: Vec<Card> =
            order.iter().map(|at| Card::of(outline, landscape.parties[*at], lang)).collect();
        let place = |party: usize| order.iter().position(|at| *at == party);
        let talks: Vec<(&Talk, usize, usize)> = landscape
            .talks
            .iter()
            .filter_map(|talk| Some((talk, place(talk.from)?, place(talk.to)?)))
            .take(TALKS_MAX)
            .collect();
        let left_out = landscape.parties.len() - order.len() + landscape.talks.len() - talks.len();
        let said = |(talk, from, to): &(&Talk, usize, usize)| Said {
            from: *from,
            to: *to,
            is_sync: talk.is_sync,
            slips: talk.messages.iter().take(SLIPS_MAX).map(|at| slip(outline, *at)).collect(),
            remarks: remarks(outline, talk),
        };
        let said: Vec<Said> = talks.iter().map(said).collect();
        let [across, down] = [false, true].map(|is_down| laid(&cards, &said, is_down));
        let cost = |chart: &Chart| {
            let over = |cells: i32, room: u16| f64::from(cells) / f64::from(room.max(1));
            over(chart.size.0, size.0).max(over(chart.size.1, size.1))
        };
        let chart = if cost(&down) < cost(&across) { down } else { across };
        Chart { left_out, ..chart }
    }

    /// Everything that can be chosen, in the order of reading, with the cells it covers.
    pub fn spots(&self) -> Vec<(Spot, Span)> {
        let cards = self.cards.iter().map(|card| (Spot::Party(card.party), card.area));
        let slips = self.lines.iter().flat_map(|line| &line.slips).map(|slip| (slip.spot, slip.area));
        let mut spots: Vec<(Spot, Span)> = cards.chain(slips).collect();
        spots.sort_by_key(|(spot, (x, y, ..))| (*y, *x, *spot));
        spots
    }

    /// The cells that something covers.
    pub fn area(&self, spot: Spot) -> Option<Span> {
        self.spots().into_iter().find(|(other, _)| *other == spot).map(|(_, area)| area)
    }

    /// What covers a cell; on a line, its first message.
    pub fn at(&self, (x, y): (i32, i32)) -> Option<Spot> {
        let inside =
            |(left, top, w, h): &Span| (*left..left + w).contains(&x) && (*top..top + h).contains(&y);
        let covered = self.spots().into_iter().find(|(_, area)| inside(area)).map(|(spot, _)| spot);
        let on_line = || {
            let line = self.lines.iter().find(|line| line.route.passes((x, y)))?;
            line.slips.first().map(|slip| slip.spot)
        };
        covered.or_else(on_line)
    }

    /// The nearest that way.
    pub fn beside(&self, spot: Spot, way: Way) -> Option<Spot> {
        // Cells are twice as high as wide.
        let middle = |(x, y, w, h): Span| (x * 2 + w, 2 * (y * 2 + h));
        let from = middle(self.area(spot)?);
        let distance = |area: Span| {
            let to = middle(area);
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let (ahead, aside) = match way {
                Way::Left => (-dx, dy.abs()),
                Way::Right => (dx, dy.abs()),
                Way::Up => (-dy, dx.abs()),
                Way::Down => (dy, dx.abs()),
            };
            (ahead > 0 && aside <= 3 * ahead).then_some(ahead + 2 * aside)
        };
        let others = self.spots().into_iter().filter(|(other, _)| *other != spot);
        let near = others.filter_map(|(other, area)| Some((distance(area)?, other)));
        near.min().map(|(_, other)| other)
    }

    /// Where its first cell lies in a window: in the middle where there is room for all of it.
    pub fn origin(&self, corner: (i32, i32), window: (u16, u16)) -> (i32, i32) {
        let one = |corner: i32, cells: i32, room: u16| match i32::from(room) - cells {
            free if free >= 0 => free / 2,
            _ => -corner,
        };
        let corner = self.within(corner, window);
        (one(corner.0, self.size.0, window.0), one(corner.1, self.size.1, window.1))
    }

    /// The nearest corner at which a window shows as much of it as it can.
    pub fn within(&self, corner: (i32, i32), window: (u16, u16)) -> (i32, i32) {
        let one = |corner: i32, cells: i32, room: u16| corner.clamp(0, (cells - i32::from(room)).max(0));
        (one(corner.0, self.size.0, window.0), one(corner.1, self.size.1, window.1))
    }

    /// The nearest corner at which these cells are seen.
    pub fn revealing(&self, (x, y, w, h): Span, corner: (i32, i32), window: (u16, u16)) -> (i32, i32) {
        let one = |at: i32, cells: i32, corner: i32, room: u16| {
            let room = i32::from(room);
            corner.max(at + cells + 1 - room).min(at - 1)
        };
        self.within((one(x, w, corner.0, window.0), one(y, h, corner.1, window.1)), window)
    }

    /// The stickies of a message, the one whose wording it is first; of a context or a system, itself.
    pub fn things(&self, spot: Spot) -> Vec<Id> {
        match spot {
            Spot::Party(Party::Context(id)) => id.into_iter().collect(),
            Spot::Party(Party::System(id)) => vec![id],
            Spot::Message(..) => {
                let mut slips = self.lines.iter().flat_map(|line| &line.slips);
                slips.find(|slip| slip.spot == spot).map(|slip| slip.notes.clone()).unwrap_or_default()
            }
        }
    }
}

/// What is said on a line, before it has a place.
struct Said {
    from: usize,
    to: usize,
    is_sync: bool,
    slips: Vec<Slip>,
    remarks: Vec<Remark>,
}

/// The note that a message of a kind is.
fn paper_of(kind: MessageKind) -> NoteKind {
    match kind {
        MessageKind::Event => NoteKind::DomainEvent,
        MessageKind::Query => NoteKind::ReadModel,
        MessageKind::Command => NoteKind::Command,
    }
}

/// A message with the stickies of all that say the same on its line.
fn slip(outline: &Outline, at: usize) -> Slip {
    let message = &outline.messages[at];
    let text = outline.wording(message.note);
    let same = outline.messages.iter().filter(|other| {
        (other.from, other.to, other.kind, other.mode)
            == (message.from, message.to, message.kind, message.mode)
            && outline.wording(other.note) == text
    });
    let mut notes: Vec<Id> = Vec::new();
    for id in same.flat_map(|message| [message.note, message.evidence.from, message.evidence.to]) {
        if !notes.contains(&id) {
            notes.push(id);
        }
    }
    Slip {
        spot: Spot::Message(message.from, message.to, message.note),
        area: (0, 0, 0, 0),
        kind: paper_of(message.kind),
        text: card::clipped(text, card::SLIP_COLUMNS),
        notes,
    }
}

fn remarks(outline: &Outline, talk: &Talk) -> Vec<Remark> {
    let more = talk.messages.len().saturating_sub(SLIPS_MAX);
    let of_talk =
        outline.relations.iter().filter(|row| row.messages.iter().any(|at| talk.messages.contains(at)));
    let patterns: Vec<&str> = of_talk.flat_map(|row| &row.accepted).map(String::as_str).collect();
    let patterns = (!patterns.is_empty()).then(|| Remark::Patterns(patterns.join(" ")));
    (more > 0).then_some(Remark::More(more)).into_iter().chain(patterns).collect()
}

/// The map with its layers side by side, or one below the other.
fn laid(cards: &[Card], said: &[Said], is_down: bool) -> Chart {
    let turned = |(x, y): (i32, i32)| if is_down { (y, x) } else { (x, y) };
    let extent = |size: (i32, i32)| {
        let (along, across) = turned(size);
        Extent { along: along.into(), across: across.into() }
    };
    let lines = said.iter().map(|talk| Sketched {
        first: talk.from.min(talk.to),
        last: talk.from.max(talk.to),
        label: extent(card::stack(&talk.slips, &talk.remarks)),
    });
    let (port, across) = if is_down { (4.0, 3.0) } else { (1.0, 1.0) };
    let spacing = Spacing { gap: Extent { along: 2.0, across }, port, bend: 1.0 };
    let boxes = cards.iter().map(|card| extent(card.size())).collect();
    let mut sketch = Sketch::new(boxes, lines.collect(), spacing);
    let size = |extent: &Extent| turned((extent.along as i32, extent.across as i32));
    let sizes: Vec<(i32, i32)> = sketch.boxes.iter().map(size).collect();
    // A line has a cell for its foot and one for its head, across also one between head and bend.
    let spare = if is_down { 2 } else { 3 };
    sketch.spacing.gap.along = f64::from(road::channels(&sketch, &sketch.placed()) + spare);
    let placed = road::tightened(&sketch, sketch.placed(), spare);
    let corner = |middle: Extent, size: (i32, i32)| {
        let (along, across) = turned(size);
        turned((road::begin(middle.along, along), road::begin(middle.across, across)))
    };
    let cards = cards.iter().zip(&placed.boxes).zip(&sizes).map(|((card, middle), size)| {
        let (x, y) = corner(*middle, *size);
        Card { area: (x, y, size.0, size.1), ..card.clone() }
    });
    let routes = road::routes(&sketch, &placed, is_down);
    let lines = said.iter().zip(&placed.lines).zip(routes).map(|((talk, line), route)| {
        let size = card::stack(&talk.slips, &talk.remarks);
        let (x, y) = corner(line.label, size);
        let rows = talk.slips.len() as i32;
        let slips = talk.slips.iter().zip(y..);
        let notes = talk.remarks.iter().zip(y + rows..);
        Line {
            route: if talk.from < talk.to { route } else { road::reversed(route, is_down) },
            is_sync: talk.is_sync,
            slips: slips.map(|(slip, y)| Slip { area: (x, y, size.0, 1), ..slip.clone() }).collect(),
            notes: notes.map(|(remark, y)| ((x, y, size.0, 1), remark.clone())).collect(),
        }
    });
    let whole = turned((placed.whole.along.ceil() as i32, placed.whole.across.ceil() as i32));
    Chart { cards: cards.collect(), lines: lines.collect(), size: whole, left_out: 0 }
}
