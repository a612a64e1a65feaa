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
/// No wording of a note is wider.
const WORDING_COLUMNS_MAX: i32 = 28;
/// So many arrows of the chosen note are followed out of sight.
const FAR_ENDS_MAX: usize = 40;
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
    /// Where what is named lies, if not here.
    before: &'static str,
    text: &'a str,
    /// What follows it where there is room.
    rest: [&'a str; 2],
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
    of_far_ends(wall, canvas, names);
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
            before: "",
            x: x + margin,
            row,
            room: end - x - margin,
            style: style.patch(frame::ink(wall, context)),
        },
    );
}

fn class(wall: &Wall<'_>, context: &Context) -> [&'static str; 2] {
    match context.class() {
        "core" => [" · ", say(wall.lang, "class-core")],
        "supporting" => [" · ", say(wall.lang, "class-supporting")],
        "generic" => [" · ", say(wall.lang, "class-generic")],
        _ => ["", ""],
    }
}

fn of_lanes(wall: &Wall<'_>, canvas: &mut Canvas<'_>, names: &mut Names) {
    for (y, id) in wall.scene.projection.timeline.lanes() {
        let text = SafeText::line(wall.scene.board.lanes.get(&id).map_or("", |lane| lane.name()));
        let (_, row) = wall.window.to_screen(wall.place(id, Rect::new(0, y, 1, 1)).at);
        let ink = if wall.has_chosen(id) { wall.theme.accent() } else { wall.theme.dim() };
        let style = wall.theme.wall().patch(ink);
        names.write(
            canvas,
            &Name { text: &text, before: "", rest: ["", ""], x: 1, row, room: names.columns, style },
        );
    }
}

/// A chapter's name stands at the top, right of the line it begins at.
fn of_chapters(wall: &Wall<'_>, canvas: &mut Canvas<'_>, names: &mut Names) {
    let style = wall.theme.wall().patch(wall.theme.paper(NoteKind::DomainEvent).ink);
    for pivot in wall.scene.projection.timeline.pivots() {
        let (x, _) = wall.window.to_screen(Point::new(pivot.x, 0));
        let text = SafeText::line(&pivot.chapter);
        if (0..names.columns).contains(&x) {
            names.write(
                canvas,
                &Name {
                    text: &text,
                    before: "",
                    rest: ["", ""],
                    x: x + 1,
                    row: 0,
                    room: names.columns,
                    style,
                },
            );
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
            let name = Name {
                text: &text,
                before: "",
                rest: ["", ""],
                x: x + 1,
                row,
                room: WORDING_COLUMNS_MAX,
                style,
            };
            names.write(canvas, &name);
        }
    }
}

/// Notes out of sight that an arrow joins with the chosen one are named at the edge where they are.
fn of_far_ends(wall: &Wall<'_>, canvas: &mut Canvas<'_>, names: &mut Names) {
    let (columns, rows) = canvas.size();
    let (space, board) = (&wall.scene.projection.space, wall.scene.board);
    let Some(main) = wall.main.and_then(|id| space.tile(id)) else { return };
    let (main_left, main_top, main_w, main_h) = wall.window.span(wall.place(main.id, main.rect));
    let arrows = wall.scene.projection.wires.arrows_at(main.id).iter().take(FAR_ENDS_MAX);
    for arrow in arrows.filter_map(|id| board.arrows.get(id)) {
        let other = if main.id == arrow.from { arrow.to } else { arrow.from };
        let (Some(tile), Some(note)) = (space.tile(other), board.notes.get(&other)) else { continue };
        let (left, top, w, h) = wall.window.span(wall.place(other, tile.rect));
        let (before, rest) = match () {
            () if left >= columns => ("", [" ", "▸"]),
            () if left + w <= 0 => ("◂", ["", ""]),
            () if top >= rows => ("▾", ["", ""]),
            () if top + h <= 0 => ("▴", ["", ""]),
            () => continue,
        };
        let text = SafeText::line(note.text());
        let room = WORDING_COLUMNS_MAX.min(columns);
        let wide = (text.width() as i32 + 4).min(room);
        let x = (left + (w - wide) / 2).clamp(0, (columns - wide).max(0));
        let row = (top + h / 2).clamp(0, (rows - 1).max(0));
        // Not over the chosen note itself, nor over the line around it.
        let beside = x > main_left + main_w || x + wide < main_left;
        let row = match row {
            row if beside || row < main_top - 1 || row > main_top + main_h => row,
            _ if main_top + main_h + 1 < rows => main_top + main_h + 1,
            _ => main_top - 2,
        };
        names.write(canvas, &Name { before, text: &text, rest, x, row, room, style: wall.theme.chosen() });
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
        let wide = (name.before.width() + name.text.width()) as i32;
        let free = |row: i32| Some((row, self.free(row, name.x)?.min(name.room) - 2));
        let rows = [0, 1, -1, 2, -2].into_iter().filter_map(|by| free(name.row + by));
        let best = rows.clone().find(|(_, room)| *room >= wide);
        let best = best.or_else(|| rows.rev().max_by_key(|(_, room)| *room));
        let Some((row, mut room)) = best.filter(|(_, room)| *room >= wide.min(COLUMNS_MIN) && wide > 0)
        else {
            return;
        };
        let mut start = canvas.print(name.x, row, " ", name.style);
        if !name.before.is_empty() {
            start = canvas.print(start, row, name.before, name.style);
            start = canvas.print(start, row, " ", name.style);
            room -= 2;
        }
        let mut end =
            canvas.print_within(start, row, room, name.text, name.style.add_modifier(Modifier::BOLD));
        let rest: usize = name.rest.iter().map(|part| part.width()).sum();
        if end + rest as i32 <= start + room {
            end = name.rest.iter().fold(end, |end, part| canvas.print(end, row, part, name.style));
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
            names.write(
                &mut canvas,
                &Name { text, before: "", rest: ["", ""], x, row, room, style: Style::new() },
            );
        }
        let rows: Vec<String> =
            (0..3).map(|y| (0..20).map(|x| buffer[(x, y)].symbol()).collect::<String>()).collect();
        assert_eq!(rows, [" ordering    shop   ", "     payment        ", "     stock  sending "]);
    }
}
