//! What position says of a note that nobody drew a step from.

use super::{Edge, Evidence, Flow, Sight};
use crate::model::grammar::may_follow;
use crate::model::{Id, Level, NoteKind, Rect};
use crate::query::Tile;

/// How far apart two notes of one row may stand and still be read as one step: two wide notes' width.
const ROW_REACH: i32 = 60;
/// Notes with at most this many cells between them touch.
const TOUCH: i32 = 1;

/// All from where a note at this place is seen.
fn reach(place: Rect) -> Rect {
    let (x, y) = (place.at.x.saturating_sub(ROW_REACH), place.at.y.saturating_sub(TOUCH));
    let (w, h) = (place.size.w.saturating_add(2 * ROW_REACH), place.size.h.saturating_add(2 * TOUCH));
    Rect::new(x, y, w, h)
}

/// On which side of a note another one lies, in the order in which they are asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Right,
    Left,
    Across,
}

/// Another note in reach: what makes it nearer than others, in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    /// Whether it lies in another context; asked of actors and read models alone.
    is_foreign: bool,
    is_apart: bool,
    side: Side,
    gap: i32,
    drop: i32,
    id: Id,
}

/// Shows the notes that a note of such a kind at one of these places may mean something to.
pub(super) fn witnesses(
    places: &[(Rect, NoteKind)],
    level: Level,
    sight: &Sight<'_>,
    mut show: impl FnMut(Id),
) {
    let heeds = |tile: &Tile, (place, kind): (Rect, NoteKind)| {
        see(tile, place).is_some() && (tile.kind == kind || roles(tile.kind, kind, level).is_some())
    };
    let mut look = |rect: Rect| {
        sight.space.visit(rect, |tile| {
            if places.iter().any(|place| heeds(tile, *place)) {
                show(tile.id);
            }
        });
    };
    match *places {
        // What hardly moved is looked round for once.
        [(one, _), (other, _)] if reach(one).overlaps(other) => look(reach(one).union(reach(other))),
        _ => places.iter().for_each(|(place, _)| look(reach(*place))),
    }
}

/// Shows the notes to which it matters which frames lie here.
pub(super) fn neighbours(frame: Rect, sight: &Sight<'_>, mut show: impl FnMut(Id)) {
    sight.space.visit(reach(frame), |tile| {
        if looks_round(tile.kind) {
            show(tile.id);
        }
    });
}

impl Flow {
    /// The step a note guesses. It depends on what is drawn and what lies in reach, never on what others guess.
    pub(super) fn guess(&self, note: Id, sight: &Sight<'_>) -> Option<Edge> {
        let me = sight.space.tile(note).filter(|it| self.joins(it.id) && leads_somewhere(it.kind))?;
        let is_told = self.from(note).any(|edge| matches!(edge.evidence, Evidence::Drawn(_)));
        if is_told {
            return None;
        }
        let stuck = || {
            let host = sight.space.tile(*self.host.get(&note)?).filter(|host| self.joins(host.id))?;
            self.step((note, me.kind), (host.id, host.kind), Evidence::Stuck, sight)
        };
        stuck().or_else(|| self.nearest(me, sight))
    }

    fn joins(&self, note: Id) -> bool {
        !self.unjoined.contains(&note)
    }

    /// The step to, or from, the nearest note that fits. A note of the same kind hides what lies behind it, which is its
    /// own to lead to; but several actors may issue one command.
    fn nearest(&self, me: &Tile, sight: &Sight<'_>) -> Option<Edge> {
        let looks_round = looks_round(me.kind);
        let context = |tile: &Tile| sight.frames.context_at(tile.rect.center());
        let home = looks_round.then(|| context(me));
        let (mut best, mut hider): (Option<(Seen, Edge)>, Option<Seen>) = (None, None);
        sight.space.visit(reach(me.rect), |tile| {
            let Some((side, gap)) = see(me, tile.rect).filter(|_| tile.id != me.id && self.joins(tile.id))
            else {
                return;
            };
            let is_foreign = home.is_some_and(|home| context(tile) != home);
            let drop = (tile.rect.at.y - me.rect.at.y).abs();
            let seen = Seen { is_foreign, is_apart: gap > TOUCH, side, gap, drop, id: tile.id };
            if hider.is_some_and(|it| it < seen) || best.is_some_and(|(it, _)| it < seen) {
                return;
            }
            if tile.kind == me.kind && !looks_round {
                hider = Some(seen);
            } else {
                let evidence = if seen.is_apart { Evidence::SameRow } else { Evidence::Touching };
                let step = self.step((me.id, me.kind), (tile.id, tile.kind), evidence, sight);
                best = step.map(|edge| (seen, edge)).or(best);
            }
        });
        best.filter(|(seen, _)| hider.is_none_or(|hider| *seen < hider)).map(|(_, edge)| edge)
    }

    /// The step between two notes that the grammar knows and nothing drawn gainsays.
    fn step(
        &self,
        me: (Id, NoteKind),
        other: (Id, NoteKind),
        evidence: Evidence,
        sight: &Sight<'_>,
    ) -> Option<Edge> {
        let (from, to) = match roles(me.1, other.1, self.level())? {
            Role::Source => (me, other),
            Role::Target => (other, me),
        };
        let edge = Edge { from: from.0, to: to.0, evidence };
        (!self.is_gainsaid(from, to, sight)).then_some(edge)
    }

    /// Whether people drew otherwise: the same two are joined already, or what `to` needs of this sort it has.
    fn is_gainsaid(&self, from: (Id, NoteKind), to: (Id, NoteKind), sight: &Sight<'_>) -> bool {
        let is_drawn = |edge: &&Edge| matches!(edge.evidence, Evidence::Drawn(_));
        let is_back = self.from(to.0).filter(is_drawn).any(|edge| edge.to == from.0);
        let kind = |note: Id| sight.space.tile(note).map(|tile| tile.kind);
        let is_alike = |other: NoteKind| {
            other == from.1 || to.1 == NoteKind::DomainEvent && produces(other) && produces(from.1)
        };
        is_back
            || self
                .to(to.0)
                .filter(is_drawn)
                .any(|edge| edge.from == from.0 || kind(edge.from).is_some_and(is_alike))
    }
}

/// Whether a kind stands in any step at all.
fn leads_somewhere(kind: NoteKind) -> bool {
    !matches!(kind, NoteKind::Hotspot | NoteKind::Opportunity | NoteKind::Value | NoteKind::Note)
}

/// Whether notes of a kind stand on any side of what they lead to.
fn looks_round(kind: NoteKind) -> bool {
    matches!(kind, NoteKind::Actor | NoteKind::ReadModel)
}

/// Whether notes of a kind let events happen.
fn produces(kind: NoteKind) -> bool {
    use NoteKind::{Aggregate, Command, ExternalSystem, Time};
    matches!(kind, Aggregate | Command | ExternalSystem | Time)
}

/// What a note is in the step it guesses.
enum Role {
    Source,
    Target,
}

/// What a note is in a step with another that the grammar knows: where it starts, or for an actor where a read model
/// leads.
fn roles(me: NoteKind, other: NoteKind, level: Level) -> Option<Role> {
    let is_known = |from: NoteKind, to: NoteKind| may_follow(from, to, level).is_some();
    if is_known(me, other) {
        Some(Role::Source)
    } else {
        let is_read = looks_round(me) && other == NoteKind::ReadModel && is_known(other, me);
        is_read.then_some(Role::Target)
    }
}

/// On which side of a note a place lies and how far off, if the note looks there.
fn see(me: &Tile, place: Rect) -> Option<(Side, i32)> {
    let rect = me.rect;
    let is_beside = on_one_row(rect, place);
    let (side, gap) = if is_beside && place.at.x >= rect.center().x {
        (Side::Right, (place.at.x - rect.right()).max(0))
    } else if !looks_round(me.kind) {
        return None;
    } else if is_beside && place.right() <= rect.center().x {
        (Side::Left, (rect.at.x - place.right()).max(0))
    } else if rect.grown(TOUCH).overlaps(place) {
        (Side::Across, 0)
    } else {
        return None;
    };
    (gap <= ROW_REACH).then_some((side, gap))
}

/// Whether two notes share at least half of the lower one's height.
fn on_one_row(one: Rect, other: Rect) -> bool {
    let shared = one.bottom().min(other.bottom()) - one.at.y.max(other.at.y);
    shared * 2 >= one.size.h.min(other.size.h)
}
