//! Arrows: solid where somebody waits or nobody has said, dashed where nobody waits.

use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::Wall;
use crate::model::text::SafeText;
use crate::model::{Arrow, Id, Mode};
use crate::tui::canvas::Canvas;
use crate::tui::route::{Route, route};

/// On a wall smaller than this, in percent, arrows are a thicket and left out.
const PERCENT_MIN: i64 = 33;

/// Draws every arrow in sight, those of the chosen note last.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    if wall.window.percent() < PERCENT_MIN {
        return;
    }
    let board = wall.scene.board;
    let wires = wall.scene.projection.wires.within(wall.window.seen());
    let carried = wall.carried.iter().flat_map(|id| wall.scene.projection.wires.arrows_at(*id)).copied();
    let mut ids: Vec<Id> = wires.iter().map(|wire| wire.id).chain(carried).collect();
    ids.sort_unstable();
    ids.dedup();
    let touches = |arrow: &Arrow| wall.main.is_some_and(|id| [arrow.id, arrow.from, arrow.to].contains(&id));
    let (last, first): (Vec<&Arrow>, Vec<&Arrow>) =
        ids.iter().filter_map(|id| board.arrows.get(id)).partition(|arrow| touches(arrow));
    for (arrows, style) in [(first, wall.theme.arrow()), (last, wall.theme.accent())] {
        for arrow in arrows {
            if let Some(route) = way(wall, arrow) {
                line(canvas, &route, arrow.mode() == Some(Mode::Async), style);
                label(canvas, &route, arrow, style);
            }
        }
    }
}

fn way(wall: &Wall<'_>, arrow: &Arrow) -> Option<Route> {
    let end = |id: Id| {
        let tile = wall.scene.projection.space.tile(id)?;
        Some(wall.window.span(wall.place(id, tile.rect)))
    };
    route(end(arrow.from)?, end(arrow.to)?)
}

/// Draws the line of an arrow and its head.
pub(super) fn line(canvas: &mut Canvas<'_>, route: &Route, dashed: bool, style: Style) {
    let (columns, rows) = canvas.size();
    let (level, upright) = if dashed { ("╌", "╎") } else { ("─", "│") };
    for ends in route.corners.windows(2) {
        let ((x, y), (to_x, to_y)) = (ends[0], ends[1]);
        if y == to_y {
            for x in (x.min(to_x) + 1).max(0)..x.max(to_x).min(columns) {
                canvas.cross(x, y, level, style);
            }
        } else {
            for y in (y.min(to_y) + 1).max(0)..y.max(to_y).min(rows) {
                canvas.cross(x, y, upright, style);
            }
        }
    }
    if let [(x, y), (_, next_y), ..] = route.corners[..] {
        canvas.cross(x, y, if y == next_y { level } else { upright }, style);
    }
    for corner in route.corners.windows(3) {
        canvas.cross(corner[1].0, corner[1].1, bend(corner), style);
    }
    if let Some((x, y)) = route.corners.last() {
        canvas.print(*x, *y, route.head, style);
    }
}

/// The glyph of the corner in the middle of three.
fn bend(corner: &[(i32, i32)]) -> &'static str {
    let [before, at, after] = [corner[0], corner[1], corner[2]];
    let reaches = |dx: i32, dy: i32| {
        let towards = |end: (i32, i32)| ((end.0 - at.0).signum(), (end.1 - at.1).signum()) == (dx, dy);
        towards(before) || towards(after)
    };
    match (reaches(1, 0), reaches(0, 1)) {
        (true, true) => "╭",
        (false, true) => "╮",
        (true, false) => "╰",
        (false, false) => "╯",
    }
}

/// What stands on an arrow, where its longest level piece has room for it.
fn label(canvas: &mut Canvas<'_>, route: &Route, arrow: &Arrow, style: Style) {
    let label = SafeText::line(arrow.label());
    let width = label.width() as i32;
    if let Some((x, y, cells)) = route.longest_level()
        && width > 0
        && cells >= width + 4
    {
        canvas.print(x + (cells - width) / 2 - 1, y, &format!(" {label} "), style);
    }
}
