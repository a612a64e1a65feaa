//! Which arrows join the notes, and where those run.

use std::collections::BTreeMap;

use rstar::{AABB, RTree, RTreeObject};

use super::space::{Space, add_to, envelope, mark, remove_from};
use crate::model::{Arrow, Board, ByName, Id, Rect, Turn};

/// An arrow whose two ends stand on the wall.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Wire {
    /// Which arrow.
    pub id: Id,
    /// The note it starts at.
    pub from: Id,
    /// The note it points to.
    pub to: Id,
    /// What encloses both ends, and so all of it.
    pub rect: Rect,
}

/// The arrows of a wall by their ends and by place.
#[derive(Clone, Debug, Default)]
pub struct Wires {
    tree: RTree<Wire>,
    ends: ByName<Id, Ends>,
    by_note: BTreeMap<Id, Vec<Id>>,
    /// The sum of the marks of all wires.
    mark: u64,
}

/// An arrow, and where it runs while both its ends stand.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Ends {
    from: Id,
    to: Id,
    rect: Option<Rect>,
}

impl RTreeObject for Wire {
    type Envelope = AABB<[i64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        envelope(self.rect)
    }
}

impl Ends {
    fn of(from: Id, to: Id, space: &Space) -> Ends {
        let rect = || Some(space.tile(from)?.rect.union(space.tile(to)?.rect));
        Ends { from, to, rect: rect() }
    }

    fn wire(self, id: Id) -> Option<Wire> {
        self.rect.map(|rect| Wire { id, from: self.from, to: self.to, rect })
    }
}

impl Wires {
    pub(super) fn of(board: &Board, space: &Space) -> Wires {
        let mut wires = Wires::default();
        let mut standing = Vec::new();
        for arrow in board.arrows.values() {
            let ends = Ends::of(arrow.from, arrow.to, space);
            standing.extend(ends.wire(arrow.id));
            wires.ends.insert(arrow.id, ends);
            add_to(&mut wires.by_note, arrow.from, arrow.id);
            add_to(&mut wires.by_note, arrow.to, arrow.id);
        }
        wires.mark = standing.iter().fold(0, |sum, wire| sum.wrapping_add(mark(wire)));
        wires.tree = RTree::bulk_load(standing);
        wires
    }

    pub(super) fn absorb(&mut self, turn: &Turn<Arrow>, space: &Space) {
        if let Some(arrow) = &turn.before {
            self.lay(arrow.id, None);
            remove_from(&mut self.by_note, arrow.from, arrow.id);
            remove_from(&mut self.by_note, arrow.to, arrow.id);
        }
        if let Some(arrow) = &turn.after {
            self.lay(arrow.id, Some(Ends::of(arrow.from, arrow.to, space)));
            add_to(&mut self.by_note, arrow.from, arrow.id);
            add_to(&mut self.by_note, arrow.to, arrow.id);
        }
    }

    /// A note came, went or moved: its arrows run anew.
    pub(super) fn rewire(&mut self, note: Id, space: &Space) {
        for arrow in self.arrows_at(note).to_vec() {
            if let Some(Ends { from, to, .. }) = self.ends.get(&arrow).copied() {
                self.lay(arrow, Some(Ends::of(from, to, space)));
            }
        }
    }

    /// Puts an arrow's ends in the place of those it had.
    fn lay(&mut self, arrow: Id, ends: Option<Ends>) {
        let before = match ends {
            Some(ends) => self.ends.insert(arrow, ends),
            None => self.ends.remove(&arrow),
        };
        if before == ends {
            return;
        }
        if let Some(wire) = before.and_then(|ends| ends.wire(arrow)) {
            self.tree.remove(&wire);
            self.mark = self.mark.wrapping_sub(mark(wire));
        }
        if let Some(wire) = ends.and_then(|ends| ends.wire(arrow)) {
            self.tree.insert(wire);
            self.mark = self.mark.wrapping_add(mark(wire));
        }
    }

    /// A number that walls whose arrows run differently hardly ever share.
    pub fn mark(&self) -> u64 {
        self.mark
    }

    /// The arrows that start at a note or point to it, by id.
    pub fn arrows_at(&self, note: Id) -> &[Id] {
        self.by_note.get(&note).map_or(&[], Vec::as_slice)
    }

    /// Where an arrow starts and where it points to.
    pub fn ends(&self, arrow: Id) -> Option<(Id, Id)> {
        self.ends.get(&arrow).map(|ends| (ends.from, ends.to))
    }

    /// The arrows that may run through `rect`, by id.
    pub fn within(&self, rect: Rect) -> Vec<Wire> {
        let mut wires: Vec<Wire> =
            self.tree.locate_in_envelope_intersecting(envelope(rect)).copied().collect();
        wires.sort_unstable_by_key(|wire| wire.id);
        wires
    }
}

/// Equal when the same arrows run the same way, in whatever order they came.
impl PartialEq for Wires {
    fn eq(&self, other: &Wires) -> bool {
        let drawn = |wires: &Wires| {
            let mut drawn: Vec<Wire> = wires.tree.iter().copied().collect();
            drawn.sort_unstable_by_key(|wire| wire.id);
            drawn
        };
        self.ends == other.ends
            && self.by_note == other.by_note
            && self.mark == other.mark
            && drawn(self) == drawn(other)
    }
}
