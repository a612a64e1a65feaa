//! What lies behind the notes: contexts, lanes, and the lines where chapters end.

use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

use super::Wall;
use crate::model::arrange::MARGIN;
use crate::model::text::SafeText;
use crate::model::{Context, Frame, NoteKind, Point};
use crate::tui::canvas::Canvas;
use crate::words::say;

/// A frame with fewer columns than this has no room for its name.
const COLUMNS_WITH_NAME: i32 = 5;

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

/// Draws the names of frames over everything else: whatever is cut short, one always knows where one is.
pub(super) fn draw_names(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    for context in shown(wall) {
        let rect = wall.place(context.id, context.rect);
        let (left, top, w, _) = wall.window.span(rect);
        if w >= COLUMNS_WITH_NAME {
            let (_, inside) = wall.window.to_screen(rect.at.shifted(Point::new(0, MARGIN)));
            let row = if inside > top { top } else { top - 1 };
            name(wall, context, (left, row, w), canvas);
        }
    }
}

fn shown<'a>(wall: &'a Wall<'_>) -> impl Iterator<Item = &'a Context> {
    let drawn = wall.scene.projection.frames.drawn(wall.window.seen());
    drawn.into_iter().filter_map(|id| wall.scene.board.contexts.get(&id))
}

fn lanes(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let area = canvas.size();
    for (y, id) in wall.scene.projection.timeline.lanes() {
        let name = wall.scene.board.lanes.get(&id).map_or("", |lane| lane.name());
        let (_, row) = wall.window.to_screen(Point::new(0, y));
        if (0..area.1).contains(&row) {
            canvas.print(0, row, &"╌".repeat(area.0 as usize), wall.theme.arrow());
            canvas.print(1, row, &format!(" {} ", SafeText::line(name)), wall.theme.dim());
        }
    }
}

/// The line at which a chapter begins, and as much of its name as there is room for before the next.
fn chapters(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let (w, h) = canvas.size();
    let ink = wall.theme.paper(NoteKind::DomainEvent).ink;
    let column = |x| wall.window.to_screen(Point::new(x, 0)).0;
    let mut pivots: Vec<(i32, &str)> = wall
        .scene
        .projection
        .timeline
        .pivots()
        .map(|pivot| (column(pivot.x), pivot.chapter.as_str()))
        .collect();
    pivots.sort_unstable();
    let ends = pivots.iter().skip(1).map(|(x, _)| *x).chain([w]);
    for ((x, chapter), end) in pivots.iter().zip(ends).filter(|((x, _), _)| (0..w).contains(x)) {
        for y in 0..h {
            canvas.print(*x, y, "╎", wall.theme.chapter());
        }
        let style = ink.add_modifier(Modifier::BOLD);
        canvas.print_within(x + 2, 0, end - x - 3, &SafeText::line(chapter), style);
    }
}

fn border(wall: &Wall<'_>, context: &Context, canvas: &mut Canvas<'_>) {
    let (left, top, w, h) = wall.window.span(wall.place(context.id, context.rect));
    let chosen = wall.has_chosen(context.id);
    let line = if chosen { wall.theme.accent() } else { wall.theme.frame() };
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
