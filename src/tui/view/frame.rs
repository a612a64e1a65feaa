//! What lies behind the notes: contexts, lanes, and the lines where chapters end.

use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

use super::Wall;
use crate::model::text::SafeText;
use crate::model::{Context, Frame, NoteKind};
use crate::tui::canvas::Canvas;
use crate::words::say;

/// A frame with fewer columns than this has no room for its name.
const COLUMNS_WITH_NAME: i32 = 5;

/// Draws frames, the largest first, then lanes and chapters.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let projection = wall.scene.projection;
    for id in projection.frames.drawn(wall.window.seen()) {
        if let Some(context) = wall.scene.board.contexts.get(&id) {
            frame(wall, context, canvas);
        }
    }
    let area = canvas.size();
    for (y, id) in projection.timeline.lanes() {
        let name = wall.scene.board.lanes.get(&id).map_or("", |lane| lane.name());
        let (_, row) = wall.window.to_screen(crate::model::Point::new(0, y));
        if (0..area.1).contains(&row) {
            canvas.print(0, row, &"╌".repeat(area.0 as usize), wall.theme.arrow());
            canvas.print(1, row, &format!(" {} ", SafeText::line(name)), wall.theme.dim());
        }
    }
    for pivot in projection.timeline.pivots() {
        let (x, _) = wall.window.to_screen(crate::model::Point::new(pivot.x, 0));
        if (0..area.0).contains(&x) {
            let ink = wall.theme.paper(NoteKind::DomainEvent).ink;
            for y in 0..area.1 {
                canvas.print(x, y, "╎", ink);
            }
            let chapter = SafeText::line(&pivot.chapter);
            canvas.print(x + 2, 0, &chapter, ink.add_modifier(Modifier::BOLD));
        }
    }
}

fn frame(wall: &Wall<'_>, context: &Context, canvas: &mut Canvas<'_>) {
    let (left, top, w, h) = wall.window.span(wall.place(context.id, context.rect));
    let chosen = wall.has_chosen(context.id);
    let line = if chosen { wall.theme.accent() } else { wall.theme.frame() };
    if context.frame == Frame::Context {
        canvas.fill(left, top, (w, h), wall.theme.context());
    }
    let (level, upright) = match context.frame {
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
        canvas.print(x, y, corner, line);
    }
    if w >= COLUMNS_WITH_NAME {
        name(wall, context, (left, top, w), canvas);
    }
}

/// The name on the upper line; it stays in sight while any of that line is.
fn name(wall: &Wall<'_>, context: &Context, (left, top, w): (i32, i32, i32), canvas: &mut Canvas<'_>) {
    let class = match context.class() {
        "core" => say(wall.lang, "class-core"),
        "supporting" => say(wall.lang, "class-supporting"),
        "generic" => say(wall.lang, "class-generic"),
        _ => "",
    };
    let name = SafeText::line(context.name());
    let name: &str = &name;
    let x = left.max(0) + 2;
    let room = left + w - 3 - x;
    let style = if wall.has_chosen(context.id) { wall.theme.accent() } else { wall.theme.frame() };
    if name.is_empty() || room < 2 {
        return;
    }
    let end = canvas.print_within(x + 1, top, room - 1, name, style.add_modifier(Modifier::BOLD));
    let end = if !class.is_empty() && end + 3 + class.width() as i32 <= x + room {
        canvas.print(end, top, &format!(" · {class}"), style)
    } else {
        end
    };
    canvas.print(x, top, " ", style);
    canvas.print(end, top, " ", style);
}
