//! Where a new note goes: beside what it belongs to, on the first spot where nothing lies.

use crate::model::{Point, Rect, Size};
use crate::query::Space;

/// Columns between a note and the next one of its row: room for an arrow.
pub(super) const GAP: i32 = 6;
/// Rows between a note and what stacks below it.
const ROW_GAP: i32 = 2;

/// What a new note stands beside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// It goes on a row.
    RightOf(Rect),
    /// It comes before.
    LeftOf(Rect),
    /// It is an alternative.
    Below(Rect),
    /// It is stuck on this.
    On(Rect),
    /// Its middle is here.
    At(Point),
}

impl Anchor {
    /// Where a note of this size goes.
    pub fn spot(self, size: Size, space: &Space) -> Rect {
        let at = match self {
            Anchor::RightOf(rect) => Point::new(rect.right() + GAP, rect.center().y - size.h / 2),
            Anchor::LeftOf(rect) => Point::new(rect.at.x - GAP - size.w, rect.center().y - size.h / 2),
            Anchor::Below(rect) => Point::new(rect.at.x, rect.bottom() + ROW_GAP),
            Anchor::On(host) => return on(host, size, space),
            Anchor::At(middle) => Point::new(middle.x - size.w / 2, middle.y - size.h / 2),
        };
        let mut rect = Rect { at, size };
        while let Some(below) = blocked(rect, space, None) {
            rect.at.y = below + ROW_GAP;
        }
        rect
    }
}

/// A corner of the host, so that its wording stays readable: an upper one, else a lower one, else further down.
fn on(host: Rect, size: Size, space: &Space) -> Rect {
    let (right, left) = (host.right() - size.w / 3, host.at.x - size.w + size.w / 3);
    let (above, below) = (host.at.y - size.h + 1, host.bottom() - 1);
    let corners = [(right, above), (left, above), (right, below), (left, below)];
    let mut corners = corners.map(|(x, y)| Rect { at: Point::new(x, y), size }).into_iter();
    if let Some(free) = corners.find(|rect| blocked(*rect, space, Some(host)).is_none()) {
        return free;
    }
    let mut rect = Rect { at: Point::new(right, below), size };
    while let Some(below) = blocked(rect, space, Some(host)) {
        rect.at.y = below;
    }
    rect
}

/// The first row below everything that lies in the way.
fn blocked(rect: Rect, space: &Space, except: Option<Rect>) -> Option<i32> {
    let mut below = None;
    space.visit(rect, |tile| {
        if Some(tile.rect) != except {
            below = below.max(Some(tile.rect.bottom()));
        }
    });
    below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NoteKind::DomainEvent;
    use crate::model::tests::{board, note};
    use crate::query::Projection;

    #[test]
    fn a_new_note_stands_beside_the_old_one_and_below_what_is_there_already() {
        let wall = board([note(0, DomainEvent, "a", 0, 0), note(1, DomainEvent, "b", 28, 0)]);
        let space = Projection::of(&wall).space;
        let (first, second) = (Rect::new(0, 0, 22, 5), Rect::new(28, 0, 22, 5));
        for (anchor, size, at) in [
            (Anchor::RightOf(second), Size::new(22, 5), [56, 0]),
            (Anchor::RightOf(second), Size::new(14, 3), [56, 1]),
            (Anchor::RightOf(first), Size::new(22, 5), [28, 7]),
            (Anchor::LeftOf(first), Size::new(30, 5), [-36, 0]),
            (Anchor::Below(first), Size::new(22, 5), [0, 7]),
            (Anchor::On(first), Size::new(22, 5), [-15, -4]),
            (Anchor::At(Point::new(60, 20)), Size::new(22, 5), [49, 18]),
            (Anchor::At(Point::new(11, 2)), Size::new(22, 5), [0, 7]),
        ] {
            assert_eq!(anchor.spot(size, &space).at, Point::from(at), "{anchor:?}");
        }
    }
}
