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

/// Of the arrows of what is carried so many cells are drawn, those above one another counted thrice, for a hand that
/// moves is not to wait for lines: the rest is back with the drop.
const CARRIED_CELLS_MAX: i32 = 8;

/// Draws every arrow in sight; those of the chosen note, and those that are lit, last.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>, ways: &mut Ways) {
    if wall.window.percent() < PERCENT_MIN {
        return;
    }
    let board = wall.scene.board;
    let wires = in_sight(&wall.scene.projection.wires, wall.window);
    let carried = wall.carried.iter().flat_map(|id| wall.scene.projection.wires.arrows_at(*id)).copied();
    let mut ids: Vec<Id> = wires.iter().map(|wire| wire.id).chain(carried).collect();
    ids.sort_unstable();
    ids.dedup();
    let touches = |arrow: &Arrow| {
        let lit = wall.has_lit(arrow.id) || (wall.has_lit(arrow.from) && wall.has_lit(arrow.to));
        lit || wall.main.is_some_and(|id| [arrow.id, arrow.from, arrow.to].contains(&id))
    };
    let space = &wall.scene.projection.space;
    let (base, by) = wall.window.base();
    let ways = ways.of(space, &base);
    // Arrows of what is carried move with it, and of too many nobody follows one: these run straight.
    let is_carried = |arrow: &Arrow| [arrow.from, arrow.to].iter().any(|id| wall.carried.contains(id));
    let runs_straight = |arrow: &Arrow| wires.len() > ARROWS_MAX || is_carried(arrow);
    let mut left = CARRIED_CELLS_MAX;
    let mut fits = |route: &Route| {
        let cells = route.legs().map(|(a, b)| (a.0 - b.0).abs() + 3 * (a.1 - b.1).abs()).sum::<i32>();
        let fits = cells <= left;
        left -= if fits { cells } else { 0 };
        fits
    };
    let arrows: Vec<(&Arrow, Option<Route>)> = ids
        .iter()
        .filter_map(|id| board.arrows.get(id))
        .map(|arrow| {
            let own = runs_straight(arrow).then(|| straight(wall, arrow)).flatten();
            (arrow, own.filter(|route| !is_carried(arrow) || fits(route)))
        })
        .collect();
    for (arrow, _) in arrows.iter().filter(|(arrow, _)| !runs_straight(arrow)) {
        ways.find(space, &base, arrow.from, arrow.to);
    }
    let drawn = arrows.iter().filter_map(|(arrow, own)| match own {
        Some(route) => Some((touches(arrow), *arrow, route, (0, 0))),
        None if runs_straight(arrow) => None,
        None => Some((touches(arrow), *arrow, ways.get(arrow.from, arrow.to)?, by)),
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
        Some(wall.window.span(wall.place(id, tile.rect)))
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
