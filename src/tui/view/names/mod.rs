//! Names over the wall: of frames, pivotal events, chapters, lanes, and of what lies out of sight.
//!
//! They are written over everything else, so that one always knows where one is, in this order: what comes first has the
//! better place. What finds no room, not even cut, leaves a mark.

mod room;

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::{Wall, frame};
use crate::model::arrange::MARGIN;
use crate::model::text::{SafeText, wrap};
use crate::model::{Context, Frame, NoteKind, Point, Rect};
use crate::tui::canvas::Canvas;
use crate::words::say;
pub(super) use room::Room;
use room::Wish;

/// At this percentage and below, pivotal events whose notes have no room for their wording are named beside them.
const PERCENT_WITH_PIVOTS: i64 = 33;
/// No wording of a note is wider.
const WORDING_COLUMNS_MAX: i32 = 28;
/// So many arrows of the chosen note are followed out of sight.
const FAR_ENDS_MAX: usize = 40;
/// A name cut to fewer columns than this says nothing.
const COLUMNS_MIN: i32 = 4;
/// The columns of names that are cut.
const CUTS: [i32; 5] = [WORDING_COLUMNS_MAX, 18, 12, 7, COLUMNS_MIN];
/// What it costs to cut a name, and each of the first columns cut off.
const CUT: (i32, i32) = (20, 2);
const CUT_COLUMNS_MAX: i32 = 30;
/// What it costs to leave out what follows a name.
const BARE: i32 = 1;
/// No way to stand there.
const NEVER: i32 = 1_000;

/// A name and where it would stand.
struct Name<'a> {
    /// Where what is named lies, if not here.
    before: &'static str,
    text: &'a str,
    /// What follows it where there is room.
    rest: [&'a str; 2],
    wish: Wish,
    style: Style,
    /// What stands for it where it finds no room, at its place.
    mark: &'static str,
}

/// Writes every name in sight.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>, room: &mut Room) {
    for context in frame::shown(wall) {
        of_frame(wall, context, canvas, room);
    }
    if wall.window.percent() <= PERCENT_WITH_PIVOTS {
        of_pivots(wall, canvas, room);
    }
    of_chapters(wall, canvas, room);
    of_lanes(wall, canvas, room);
    of_far_ends(wall, canvas, room);
}

/// A frame's name stands in its upper line and stays in sight while any of the frame is. Where a frame is too narrow
/// for its own name, the name goes on to the right of it, or stands to the left.
fn of_frame(wall: &Wall<'_>, context: &Context, canvas: &mut Canvas<'_>, room: &mut Room) {
    let rect = wall.place(context.id, context.rect);
    let (left, top, w, h) = wall.window.span(rect);
    let (columns, rows) = canvas.size();
    if left >= columns || left + w <= 0 || top >= rows || top + h <= 0 {
        return;
    }
    let (_, inside) = wall.window.to_screen(rect.at.shifted(Point::new(0, MARGIN)));
    let row = if inside > top || wall.window.is_far() { top } else { top - 1 };
    let text = SafeText::line(context.name());
    let (from, to) = (left.max(0), (left + w).min(columns));
    let margin = if w > 2 * COLUMNS_MIN { 2 } else { 0 };
    let fits = |wide: usize| wide as i32 + 2 * margin + 2 <= w;
    let class = class(wall, context);
    let rest = if fits(text.width() + class[0].width() + class[1].width()) { class } else { ["", ""] };
    let style = match context.frame {
        Frame::Context => wall.theme.context(),
        Frame::Subdomain => wall.theme.wall(),
    };
    let name = Name {
        before: "",
        text: &text,
        rest,
        wish: Wish {
            from: Some(from + margin),
            to: Some(if fits(text.width()) { to - margin } else { from }),
            row,
            home: from..to,
            by_row: 5,
            by_column: 1,
        },
        style: style.patch(frame::ink(wall, context)),
        mark: "◇",
    };
    name.write(canvas, room, (from, row.max(0)));
}

fn class(wall: &Wall<'_>, context: &Context) -> [&'static str; 2] {
    match context.class() {
        _ if context.is_locked() => [" · ", say(wall.lang, "frame-locked")],
        "core" => [" · ", say(wall.lang, "class-core")],
        "supporting" => [" · ", say(wall.lang, "class-supporting")],
        "generic" => [" · ", say(wall.lang, "class-generic")],
        _ => ["", ""],
    }
}

fn of_lanes(wall: &Wall<'_>, canvas: &mut Canvas<'_>, room: &mut Room) {
    let (columns, rows) = canvas.size();
    for (y, id) in wall.scene.projection.timeline.lanes() {
        let text = SafeText::line(wall.scene.board.lanes.get(&id).map_or("", |lane| lane.name()));
        let (_, row) = wall.window.to_screen(wall.place(id, Rect::new(0, y, 1, 1)).at);
        let ink = if wall.has_chosen(id) { wall.theme.accent() } else { wall.theme.dim() };
        if (0..rows).contains(&row) {
            let wish = Wish { from: Some(1), to: None, row, home: 0..columns, by_row: 30, by_column: 1 };
            let style = wall.theme.wall().patch(ink);
            let name = Name { before: "", text: &text, rest: ["", ""], wish, style, mark: "" };
            name.write(canvas, room, (0, row));
        }
    }
}

/// A chapter's name stands at the top, beside the line it begins at.
fn of_chapters(wall: &Wall<'_>, canvas: &mut Canvas<'_>, room: &mut Room) {
    let (columns, _) = canvas.size();
    let style = wall.theme.wall().patch(wall.theme.paper(NoteKind::DomainEvent).ink);
    for pivot in wall.scene.projection.timeline.pivots() {
        let (x, _) = wall.window.to_screen(Point::new(pivot.x, 0));
        if (0..columns).contains(&x) {
            let text = SafeText::line(&pivot.chapter);
            let wish =
                Wish { from: Some(x + 1), to: None, row: 0, home: x..columns, by_row: 3, by_column: 5 };
            let name = Name { before: "", text: &text, rest: ["", ""], wish, style, mark: "" };
            name.write(canvas, room, (x, 0));
        }
    }
}

/// What a pivotal event says stands beside its line, in the row of its note or in another.
fn of_pivots(wall: &Wall<'_>, canvas: &mut Canvas<'_>, room: &mut Room) {
    let (columns, rows) = canvas.size();
    let style = wall.theme.wall().patch(wall.theme.paper(NoteKind::DomainEvent).ink);
    for pivot in wall.scene.projection.timeline.pivots() {
        let Some(note) = wall.scene.board.notes.get(&pivot.note) else { continue };
        let (left, top, w, h) = wall.window.span(wall.place(note.id, note.rect()));
        let text = SafeText::line(note.text());
        let is_seen = left < columns && left + w > 0 && top < rows && top + h > 0;
        let columns_of_note = if wall.theme.fills() { w } else { w - 2 };
        let fits = || {
            let lines = wrap(&text, (columns_of_note - 1).max(1) as usize);
            columns_of_note > COLUMNS_MIN && lines.len() <= h as usize
        };
        if !is_seen || fits() {
            continue;
        }
        let (x, row) = (left + w, top + (h - 1) / 2);
        let wish = Wish { from: Some(x + 1), to: Some(x), row, home: 0..columns, by_row: 3, by_column: 4 };
        let name = Name { before: "", text: &text, rest: ["", ""], wish, style, mark: "◆" };
        name.write(canvas, room, (left.max(0), row));
    }
}

/// Notes out of sight that an arrow joins with the chosen one are named at the edge where they are.
fn of_far_ends(wall: &Wall<'_>, canvas: &mut Canvas<'_>, room: &mut Room) {
    let (columns, rows) = canvas.size();
    let (space, board) = (&wall.scene.projection.space, wall.scene.board);
    // While it is carried they would jump out of its way.
    let at_rest = wall.main.filter(|id| !wall.carried.contains(id));
    let Some(main) = at_rest.and_then(|id| space.tile(id)) else { return };
    // Not over the chosen note itself, nor over the line around it.
    let (left, top, w, h) = wall.window.span(wall.place(main.id, main.rect));
    room.bar((left - 1, top - 1, w + 2, h + 2));
    let arrows = wall.scene.projection.wires.arrows_at(main.id).iter().take(FAR_ENDS_MAX);
    for arrow in arrows.filter_map(|id| board.arrows.get(id)) {
        let other = if main.id == arrow.from { arrow.to } else { arrow.from };
        let (Some(tile), Some(note)) = (space.tile(other), board.notes.get(&other)) else { continue };
        let (left, top, w, h) = wall.window.span(wall.place(other, tile.rect));
        let (before, rest, mark) = match () {
            () if left >= columns => ("", [" ", "▸"], "▸"),
            () if left + w <= 0 => ("◂", ["", ""], "◂"),
            () if top >= rows => ("▾", ["", ""], "▾"),
            () if top + h <= 0 => ("▴", ["", ""], "▴"),
            () => continue,
        };
        let text = SafeText::line(note.text());
        let beside = left >= columns || left + w <= 0;
        let (x, row) = (left + (w - text.width() as i32) / 2, top + h / 2);
        let wish = Wish {
            from: (left < columns).then_some(x),
            to: (left >= columns).then_some(columns),
            row,
            home: 0..columns,
            by_row: if beside { 2 } else { NEVER },
            by_column: if beside { NEVER } else { 1 },
        };
        let name = Name { before, text: &text, rest, wish, style: wall.theme.chosen(), mark };
        name.write(canvas, room, (x.clamp(0, (columns - 1).max(0)), row.clamp(0, (rows - 1).max(0))));
    }
}

impl Name<'_> {
    /// Writes it with a blank on either side where it has the best room, or its mark at a place where it has none.
    fn write(&self, canvas: &mut Canvas<'_>, room: &mut Room, at: (i32, i32)) {
        let whole = self.text.width() as i32;
        if whole == 0 {
            return;
        }
        let before = if self.before.is_empty() { 0 } else { 2 };
        let rest = self.rest.iter().map(|part| part.width() as i32).sum::<i32>();
        let mut lengths = vec![(2 + before + whole + rest, 0), (2 + before + whole, BARE)];
        for columns in CUTS.into_iter().filter(|columns| *columns < whole) {
            lengths.push((2 + before + columns, CUT.0 + CUT.1 * (whole - columns).min(CUT_COLUMNS_MAX)));
        }
        let Some(stand) = room.place(&self.wish, &lengths) else {
            if let Some((x, row)) = room.mark(at) {
                canvas.print(x, row, self.mark, self.style);
            }
            return;
        };
        let (wide, _) = lengths[stand.length];
        canvas.fill(stand.x, stand.row, (wide, 1), self.style);
        let start = canvas.print(stand.x + 1, stand.row, self.before, self.style) + i32::from(before > 0);
        let columns = stand.x + wide - 1 - start;
        let bold = self.style.add_modifier(Modifier::BOLD);
        let end = canvas.print_within(start, stand.row, columns, self.text, bold);
        if stand.length == 0 {
            self.rest.iter().fold(end, |end, part| canvas.print(end, stand.row, part, self.style));
        }
    }
}
