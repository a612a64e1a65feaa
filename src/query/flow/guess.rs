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
pub(super) fn reach(place: Rect) -> Rect {
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
    kind: NoteKind,
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
        let mut seen: Vec<Seen> = Vec::new();
        sight.space.visit(reach(me.rect), |tile| {
            if tile.id != me.id && self.joins(tile.id) {
                seen.extend(see(me, tile).filter(|it| it.side == Side::Right || looks_round));
            }
        });
        if looks_round {
            let context = |tile: Option<&Tile>| sight.frames.context_at(tile?.rect.center());
            let home = context(Some(me));
            for other in &mut seen {
                other.is_foreign = context(sight.space.tile(other.id)) != home;
            }
        }
        seen.sort_unstable();
        let hides = |other: &&Seen| looks_round || other.kind != me.kind;
        seen.iter().take_while(hides).find_map(|other| {
            let evidence = if other.is_apart { Evidence::SameRow(other.gap) } else { Evidence::Touching };
            self.step((me.id, me.kind), (other.id, other.kind), evidence, sight)
        })
    }

    /// The step between two notes that the grammar knows and nothing drawn gainsays: from the first to the second, or
    /// from a read model back to the first where that is an actor.
    fn step(
        &self,
        me: (Id, NoteKind),
        other: (Id, NoteKind),
        evidence: Evidence,
        sight: &Sight<'_>,
    ) -> Option<Edge> {
        let level = self.level.unwrap_or(Level::Design);
        let is_known = |from: NoteKind, to: NoteKind| may_follow(from, to, level).is_some();
        let (from, to) = if is_known(me.1, other.1) {
            (me, other)
        } else if looks_round(me.1) && other.1 == NoteKind::ReadModel && is_known(other.1, me.1) {
            (other, me)
        } else {
            return None;
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

/// Where a note lies, seen from another one, if it is in reach.
fn see(me: &Tile, other: &Tile) -> Option<Seen> {
    let (rect, theirs) = (me.rect, other.rect);
    let is_beside = on_one_row(rect, theirs);
    let (side, gap) = if is_beside && theirs.at.x >= rect.center().x {
        (Side::Right, (theirs.at.x - rect.right()).max(0))
    } else if is_beside && theirs.right() <= rect.center().x {
        (Side::Left, (rect.at.x - theirs.right()).max(0))
    } else if rect.grown(TOUCH).overlaps(theirs) {
        (Side::Across, 0)
    } else {
        return None;
    };
    let drop = (theirs.at.y - rect.at.y).abs();
    let seen =
        Seen { is_foreign: false, is_apart: gap > TOUCH, side, gap, drop, id: other.id, kind: other.kind };
    (gap <= ROW_REACH).then_some(seen)
}

/// Whether two notes share at least half of the lower one's height.
fn on_one_row(one: Rect, other: Rect) -> bool {
    let shared = one.bottom().min(other.bottom()) - one.at.y.max(other.at.y);
    shared * 2 >= one.size.h.min(other.size.h)
}
