//! A way by what decides it: its two ends, and where it crosses from one to the other.

use super::{HEADS, Route, Span};

/// The directions of a line, in the order of [`HEADS`].
const STEPS: [(i32, i32); 4] = [(1, 0), (-1, 0), (0, 1), (0, -1)];

/// Where a way begins or ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct End {
    /// The cell beside the note.
    pub(super) at: (i32, i32),
    /// Where the line goes there: away from the first note, towards the last.
    pub(super) step: (i32, i32),
}

impl End {
    /// The ends of a way.
    pub(super) fn both(route: &Route) -> Option<(End, End)> {
        let (first, last) = (*route.corners.first()?, *route.corners.last()?);
        let head = HEADS.iter().position(|head| *head == route.head)?;
        let step = (first.0 - route.foot.0, first.1 - route.foot.1);
        Some((End { at: first, step }, End { at: last, step: STEPS[head] }))
    }

    /// The middles of a note's sides, for lines that leave it or that come in.
    pub(super) fn middles((x, y, w, h): Span, leaving: bool) -> [End; 4] {
        STEPS.map(|step| {
            let side = |start: i32, length: i32, step: i32| match if leaving { step } else { -step } {
                0 => start + (length - 1) / 2,
                1 => start + length,
                _ => start - 1,
            };
            End { at: (side(x, w, step.0), side(y, h, step.1)), step }
        })
    }

    /// Whether the line is level there.
    pub(super) fn is_level(self) -> bool {
        self.step.1 == 0
    }

    /// This end at every cell of its note's side that lies no more than `most` away, and how far.
    pub(super) fn slid(self, (x, y, w, h): Span, most: i32) -> impl Iterator<Item = (i32, End)> {
        let (line, first, cells) = if self.is_level() { (self.at.1, y, h) } else { (self.at.0, x, w) };
        (first.max(line - most)..(first + cells).min(line + most + 1)).map(move |to| {
            let at = if self.is_level() { (self.at.0, to) } else { (to, self.at.1) };
            ((to - line).abs(), End { at, ..self })
        })
    }
}

/// The way from one end to another that crosses over in this column or row, if it needs to; nothing where it would turn
/// back on itself.
pub(super) fn joined(start: End, end: End, middle: i32) -> Option<Route> {
    let turned = |(x, y): (i32, i32)| if start.is_level() { (x, y) } else { (y, x) };
    let goes = |from: i32, to: i32, step: i32| (to - from) * step >= 0;
    let ((x, y), (to_x, to_y)) = (turned(start.at), turned(end.at));
    let ((leaves, _), (comes, across)) = (turned(start.step), turned(end.step));
    let corners = if across != 0 {
        (goes(x, to_x, leaves) && goes(y, to_y, across)).then(|| vec![(x, y), (to_x, y)])
    } else if y == to_y {
        (leaves == comes && goes(x, to_x, leaves)).then(|| vec![(x, y)])
    } else {
        (goes(x, middle, leaves) && goes(middle, to_x, comes))
            .then(|| vec![(x, y), (middle, y), (middle, to_y)])
    }?;
    let head = STEPS.iter().position(|step| *step == end.step)?;
    let foot = (start.at.0 - start.step.0, start.at.1 - start.step.1);
    let corners = super::to(corners.into_iter().map(turned).collect(), end.at);
    Some(Route { foot, corners, head: HEADS[head] })
}
