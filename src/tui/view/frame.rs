//! What lies behind the notes: contexts, lanes, and the lines where chapters end.

use ratatui::style::Style;

use super::Wall;
use crate::model::{Context, Frame, Point, Rect};
use crate::query::outage::Outage;
use crate::query::outline::Party;

use crate::tui::canvas::Canvas;

/// A corner of the chosen frame, by which the mouse makes it larger or smaller.
const HANDLE: &str = "■";

/// Draws frames, the largest first, with lanes and chapters between their ground and their border.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let shown: Vec<&Context> = shown(wall).collect();
    for context in shown.iter().filter(|context| context.frame == Frame::Context) {
        let (left, top, w, h) = wall.window.span(wall.place(context.id, context.rect));
        canvas.fill(left, top, (w, h), wall.theme.context());
    }
    lanes(wall, canvas);
    chapters(wall, canvas);
    for context in shown {
        border(wall, context, canvas);
    }
}

/// The frames in sight, the largest first.
pub(super) fn shown<'a>(wall: &'a Wall<'_>) -> impl Iterator<Item = &'a Context> {
    let drawn = wall.scene.projection.frames.drawn(wall.window.seen());
    drawn.into_iter().filter_map(|id| wall.scene.board.contexts.get(&id))
}

fn lanes(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let (w, h) = canvas.size();
    for (y, id) in wall.scene.projection.timeline.lanes() {
        let (_, row) = wall.window.to_screen(wall.place(id, Rect::new(0, y, 1, 1)).at);
        let ink = if wall.has_chosen(id) { wall.theme.accent() } else { wall.theme.arrow() };
        if (0..h).contains(&row) {
            (0..w).for_each(|x| canvas.cross(x, row, "╌", ink));
        }
    }
}

/// The line at which a chapter begins.
fn chapters(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let (w, h) = canvas.size();
    for pivot in wall.scene.projection.timeline.pivots() {
        let (x, _) = wall.window.to_screen(Point::new(pivot.x, 0));
        if (0..w).contains(&x) {
            (0..h).for_each(|y| canvas.cross(x, y, "╎", wall.theme.chapter()));
        }
    }
}

/// How a frame's line and its name are drawn: by its class, or because it is chosen.
pub(super) fn ink(wall: &Wall<'_>, context: &Context) -> Style {
    if wall.has_chosen(context.id) { wall.theme.accent() } else { wall.theme.frame(context.class()) }
}

fn border(wall: &Wall<'_>, context: &Context, canvas: &mut Canvas<'_>) {
    let (left, top, w, h) = wall.window.span(wall.place(context.id, context.rect));
    let line = ink(wall, context);
    let is_down = |outage: &Outage| outage.down.contains(&Party::Context(Some(context.id)));
    let (level, upright) = match context.frame {
        _ if wall.outage.as_deref().is_some_and(is_down) => ("×", "×"),
        Frame::Context => ("─", "│"),
        Frame::Subdomain => ("╌", "╎"),
    };
    let (right, bottom) = (left + w - 1, top + h - 1);
    let area = canvas.size();
    for x in left.max(0)..=right.min(area.0) {
        canvas.print(x, top, level, line);
        canvas.print(x, bottom, level, line);
    }
    for y in top.max(0)..=bottom.min(area.1) {
        canvas.print(left, y, upright, line);
        canvas.print(right, y, upright, line);
    }
    for (x, y, corner) in [(left, top, "╭"), (right, top, "╮"), (left, bottom, "╰"), (right, bottom, "╯")]
    {
        let is_held = wall.main == Some(context.id);
        canvas.print(x, y, if is_held { HANDLE } else { corner }, line);
    }
}
