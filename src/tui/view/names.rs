//! Names over the wall: of frames, lanes, chapters, and from far away of pivotal events.
//!
//! They are written over everything else, so that one always knows where one is, and none over another: a name that
//! finds its row taken moves to the next, and one that finds no room at all is left out.

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::{Wall, frame};
use crate::model::arrange::MARGIN;
use crate::model::text::SafeText;
use crate::model::{Context, Frame, NoteKind, Point, Rect};
use crate::tui::canvas::Canvas;
use crate::words::say;

/// At this percentage and below, notes show so little of their wording that pivotal events are named beside them.
const PERCENT_WITH_PIVOTS: i64 = 20;
/// No name of a pivotal event is wider.
const PIVOT_COLUMNS_MAX: i32 = 28;
/// A name cut to fewer columns than this says nothing.
const COLUMNS_MIN: i32 = 4;

/// The columns of each row that names were written in.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: Vec<Vec<(i32, i32)>>,
    columns: i32,
}

/// A name and where it would stand.
struct Name<'a> {
    text: &'a str,
    /// What follows it where there is room.
    rest: &'a str,
    x: i32,
    row: i32,
    /// As many columns as it may have.
    room: i32,
    style: Style,
}

/// Writes every name in sight.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>, names: &mut Names) {
    names.clear(canvas.size());
    for context in frame::shown(wall) {
        of_frame(wall, context, canvas, names);
    }
    of_lanes(wall, canvas, names);
    of_chapters(wall, canvas, names);
    if wall.window.percent() <= PERCENT_WITH_PIVOTS {
        of_pivots(wall, canvas, names);
    }
}

/// A frame's name stands in its upper line and stays in sight while any of the frame is. Where a frame is too narrow
/// for its own name, the name goes on to the right of it.
fn of_frame(wall: &Wall<'_>, context: &Context, canvas: &mut Canvas<'_>, names: &mut Names) {
    let rect = wall.place(context.id, context.rect);
    let (left, top, w, h) = wall.window.span(rect);
    let (_, inside) = wall.window.to_screen(rect.at.shifted(Point::new(0, MARGIN)));
    let line = if inside > top || wall.window.is_far() { top } else { top - 1 };
    let row = if line < 0 && top + h > 2 { 0 } else { line };
    let text = SafeText::line(context.name());
    let (x, margin) = (left.max(0), if w > 2 * COLUMNS_MIN { 2 } else { 0 });
    let wide_enough = text.width() as i32 + 2 * margin + 2 <= w;
    let end = if wide_enough { left + w - margin } else { names.columns };
    let style = match context.frame {
        Frame::Context => wall.theme.context(),
        Frame::Subdomain => wall.theme.wall(),
    };
    names.write(
        canvas,
        &Name {
            text: &text,
            rest: class(wall, context),
            x: x + margin,
            row,
            room: end - x - margin,
            style: style.patch(frame::ink(wall, context)),
        },
    );
}

fn class(wall: &Wall<'_>, context: &Context) -> &'static str {
    match context.class() {
        "core" => say(wall.lang, "class-core"),
        "supporting" => say(wall.lang, "class-supporting"),
        "generic" => say(wall.lang, "class-generic"),
        _ => "",
    }
}

fn of_lanes(wall: &Wall<'_>, canvas: &mut Canvas<'_>, names: &mut Names) {
    for (y, id) in wall.scene.projection.timeline.lanes() {
        let text = SafeText::line(wall.scene.board.lanes.get(&id).map_or("", |lane| lane.name()));
        let (_, row) = wall.window.to_screen(wall.place(id, Rect::new(0, y, 1, 1)).at);
        let ink = if wall.has_chosen(id) { wall.theme.accent() } else { wall.theme.dim() };
        let style = wall.theme.wall().patch(ink);
        names.write(canvas, &Name { text: &text, rest: "", x: 1, row, room: names.columns, style });
    }
}

/// A chapter's name stands at the top, right of the line it begins at.
fn of_chapters(wall: &Wall<'_>, canvas: &mut Canvas<'_>, names: &mut Names) {
    let style = wall.theme.wall().patch(wall.theme.paper(NoteKind::DomainEvent).ink);
    for pivot in wall.scene.projection.timeline.pivots() {
        let (x, _) = wall.window.to_screen(Point::new(pivot.x, 0));
        let text = SafeText::line(&pivot.chapter);
        if (0..names.columns).contains(&x) {
            names
                .write(canvas, &Name { text: &text, rest: "", x: x + 1, row: 0, room: names.columns, style });
        }
    }
}

/// What a pivotal event says stands beside its line.
fn of_pivots(wall: &Wall<'_>, canvas: &mut Canvas<'_>, names: &mut Names) {
    let style = wall.theme.wall().patch(wall.theme.paper(NoteKind::DomainEvent).ink);
    for pivot in wall.scene.projection.timeline.pivots() {
        let Some(note) = wall.scene.board.notes.get(&pivot.note) else { continue };
        let (x, row) = wall.window.to_screen(Point::new(pivot.x, note.rect().center().y));
        let text = SafeText::line(note.text());
        if (0..names.columns).contains(&x) {
            let name = Name { text: &text, rest: "", x: x + 1, row, room: PIVOT_COLUMNS_MAX, style };
            names.write(canvas, &name);
        }
    }
}

impl Names {
    fn clear(&mut self, (columns, rows): (i32, i32)) {
        self.taken.resize_with(rows.max(0) as usize, Vec::new);
        self.taken.iter_mut().for_each(Vec::clear);
        self.columns = columns;
    }

    /// Writes a name with a blank on either side, in its own row or in the nearest that has room for it.
    fn write(&mut self, canvas: &mut Canvas<'_>, name: &Name<'_>) {
        let wide = name.text.width() as i32;
        let free = |row: i32| Some((row, self.free(row, name.x)?.min(name.room) - 2));
        let rows = [0, 1, -1, 2, -2].into_iter().filter_map(|by| free(name.row + by));
        let best = rows.clone().find(|(_, room)| *room >= wide);
        let best = best.or_else(|| rows.rev().max_by_key(|(_, room)| *room));
        let Some((row, room)) = best.filter(|(_, room)| *room >= wide.min(COLUMNS_MIN) && wide > 0) else {
            return;
        };
        let start = canvas.print(name.x, row, " ", name.style);
        let mut end =
            canvas.print_within(start, row, room, name.text, name.style.add_modifier(Modifier::BOLD));
        if !name.rest.is_empty() && end + 3 + name.rest.width() as i32 <= start + room {
            end = canvas.print(end, row, " · ", name.style);
            end = canvas.print(end, row, name.rest, name.style);
        }
        canvas.print(end, row, " ", name.style);
        self.taken[row as usize].push((name.x, end + 1));
    }

    /// How many columns of a row are free from `x` on; nothing where it is taken or out of sight.
    fn free(&self, row: i32, x: i32) -> Option<i32> {
        let taken = self.taken.get(usize::try_from(row).ok()?)?;
        let blocked = taken.iter().any(|(from, to)| (*from..*to).contains(&x));
        let next = taken.iter().map(|(from, _)| *from).filter(|from| *from > x).min();
        (!blocked && x >= 0).then(|| next.unwrap_or(self.columns) - x)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect as Area;

    use super::*;

    #[test]
    fn names_stand_beside_and_below_each_other_and_are_cut_only_where_nothing_is_free() {
        let mut buffer = Buffer::empty(Area::new(0, 0, 20, 3));
        let mut canvas = Canvas::new(&mut buffer);
        let mut names = Names::default();
        names.clear(canvas.size());
        for (text, x, row, room) in [
            ("ordering", 0, 0, 20),
            ("payment", 4, 0, 20),
            ("shop", 12, 0, 20),
            ("stock", 4, 0, 20),
            ("sending", 11, 1, 20),
            ("nowhere", 5, 9, 20),
            ("narrow", 14, 2, 3),
            ("", 14, 2, 9),
        ] {
            names.write(&mut canvas, &Name { text, rest: "", x, row, room, style: Style::new() });
        }
        let rows: Vec<String> =
            (0..3).map(|y| (0..20).map(|x| buffer[(x, y)].symbol()).collect::<String>()).collect();
        assert_eq!(rows, [" ordering    shop   ", "     payment        ", "     stock  sending "]);
    }
}
