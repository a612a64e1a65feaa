//! Arrows: solid where somebody waits or nobody has said, dashed where nobody waits.

use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::Wall;
use crate::model::text::SafeText;
use crate::model::{Arrow, Id, Mode};
use crate::tui::canvas::Canvas;
use crate::tui::route::{ARROWS_MAX, Route, Ways, in_sight, route};

/// On a wall smaller than this, in percent, arrows are a thicket and left out.
const PERCENT_MIN: i64 = 33;

/// Draws every arrow in sight; those of the chosen note, and those that are lit, last. Arrows of what is carried wait
/// where it was taken from: what follows the hand is to be the note and nothing that it would wait for.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>, ways: &mut Ways) {
    if wall.window.percent() < PERCENT_MIN {
        return;
    }
    let board = wall.scene.board;
    let wires = in_sight(&wall.scene.projection.wires, wall.window);
    let mut ids: Vec<Id> = wires.iter().map(|wire| wire.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let touches = |arrow: &Arrow| {
        let lit = wall.has_lit(arrow.id) || (wall.has_lit(arrow.from) && wall.has_lit(arrow.to));
        lit || wall.main.is_some_and(|id| [arrow.id, arrow.from, arrow.to].contains(&id))
    };
    let projection = wall.scene.projection;
    let (base, by) = wall.window.base();
    let ways = ways.of(projection, &base);
    // Of too many arrows nobody follows one: they run straight.
    let runs_straight = wires.len() > ARROWS_MAX;
    let arrows: Vec<(&Arrow, Option<Route>)> = ids
        .iter()
        .filter_map(|id| board.arrows.get(id))
        .map(|arrow| (arrow, runs_straight.then(|| straight(wall, arrow)).flatten()))
        .collect();
    for wire in wires.iter().filter(|_| !runs_straight) {
        ways.find(projection, &base, wire);
    }
    let drawn = arrows.iter().filter_map(|(arrow, own)| match own {
        Some(route) => Some((touches(arrow), *arrow, route, (0, 0))),
        None if runs_straight => None,
        None => Some((touches(arrow), *arrow, ways.get(arrow.id)?, by)),
    });
    let mut drawn: Vec<(bool, &Arrow, &Route, (i32, i32))> = drawn.collect();
    drawn.sort_by_key(|(last, ..)| *last);
    // No line runs over a head or a label.
    for part in [Part::Line, Part::End] {
        for (last, arrow, route, by) in &drawn {
            let style = if *last { wall.theme.accent() } else { wall.theme.arrow() };
            part.draw(&mut canvas.moved(*by), route, arrow, style);
        }
    }
}

/// What is drawn of all arrows before the rest of any.
#[derive(Clone, Copy)]
enum Part {
    Line,
    /// Head and label.
    End,
}

impl Part {
    fn draw(self, canvas: &mut Canvas<'_>, route: &Route, arrow: &Arrow, style: Style) {
        match self {
            Part::Line => line(canvas, route, arrow.mode() == Some(Mode::Async), style),
            Part::End => {
                head(canvas, route, style);
                label(canvas, route, arrow, style);
            }
        }
    }
}

/// The way of an arrow that nothing but its ends decides.
fn straight(wall: &Wall<'_>, arrow: &Arrow) -> Option<Route> {
    let end = |id: Id| {
        let tile = wall.scene.projection.space.tile(id)?;
        Some(wall.window.span(tile.rect))
    };
    route(end(arrow.from)?, end(arrow.to)?)
}

/// Draws an arrow that is just being made.
pub(super) fn making(canvas: &mut Canvas<'_>, route: &Route, dashed: bool, style: Style) {
    line(canvas, route, dashed, style);
    head(canvas, route, style);
}

/// Draws the line of an arrow.
fn line(canvas: &mut Canvas<'_>, route: &Route, dashed: bool, style: Style) {
    let [columns, rows] = canvas.places();
    let (level, upright) = if dashed { ("╌", "╎") } else { ("─", "│") };
    for ((x, y), (to_x, to_y)) in route.legs() {
        if y == to_y {
            for x in (x.min(to_x) + 1).max(columns.start)..x.max(to_x).min(columns.end) {
                canvas.cross(x, y, level, style);
            }
        } else {
            for y in (y.min(to_y) + 1).max(rows.start)..y.max(to_y).min(rows.end) {
                canvas.cross(x, y, upright, style);
            }
        }
    }
    let before = std::iter::once(&route.foot).chain(&route.corners);
    for ((before, at), after) in before.zip(&route.corners).zip(route.corners.iter().skip(1)) {
        let glyph = if before.1 == after.1 {
            level
        } else if before.0 == after.0 {
            upright
        } else {
            bend(*before, *at, *after)
        };
        canvas.cross(at.0, at.1, glyph, style);
    }
}

fn head(canvas: &mut Canvas<'_>, route: &Route, style: Style) {
    if let Some((x, y)) = route.corners.last() {
        canvas.print(*x, *y, route.head, style);
    }
}

/// The glyph of a corner between two others.
fn bend(before: (i32, i32), at: (i32, i32), after: (i32, i32)) -> &'static str {
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
