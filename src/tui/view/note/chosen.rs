//! What is chosen, joined with it, carried away or about to be: lines around notes.

use ratatui::style::{Modifier, Style};

use super::CARD;
use crate::model::{NoteKind, Rect};
use crate::tui::canvas::Canvas;
use crate::tui::route::HEADS;
use crate::tui::view::{Wall, handle};

/// Shows what is chosen.
pub(crate) fn draw_chosen(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let (wires, arrows) = (&wall.scene.projection.wires, &wall.scene.board.arrows);
    let joined = wall.main.iter().flat_map(|main| wires.arrows_at(*main)).chain(&wall.main);
    for arrow in joined.filter_map(|id| arrows.get(id)) {
        for id in [arrow.from, arrow.to].iter().filter(|id| !wall.has_chosen(**id)) {
            if let Some(tile) = wall.scene.projection.space.tile(*id) {
                corners(wall, canvas, wall.place(*id, tile.rect));
            }
        }
    }
    for id in wall.marked.iter().chain(&wall.main).filter(|id| wall.worded != Some(**id)) {
        if let Some(tile) = wall.scene.projection.space.tile(*id) {
            let rect = wall.place(*id, tile.rect);
            if wall.carried.contains(id) {
                lift(wall, canvas, tile.kind, rect);
            } else {
                choose(wall, canvas, rect, wall.main == Some(*id));
            }
        }
    }
}

/// Where something was before it was carried away: the corners of it.
pub(super) fn origin(wall: &Wall<'_>, canvas: &mut Canvas<'_>, kind: NoteKind, rect: Rect) {
    let ((left, top, w, h), style) = (wall.window.span(rect), wall.theme.paper(kind).ink);
    let (right, bottom) = (left + w - 1, top + h - 1);
    if w < CARD.0 || h < CARD.1 {
        return outline(canvas, (left, top, w, h), style);
    }
    for (y, [start, end]) in [(top, ["╭╌╌", "╌╌╮"]), (bottom, ["╰╌╌", "╌╌╯"])] {
        canvas.print(left, y, start, style);
        canvas.print(right - 2, y, end, style);
    }
}

/// Puts a line of the bare wall around what is carried, so that it lies above everything else, and its corners on that.
/// Its edge lies in no shadow meanwhile.
fn lift(wall: &Wall<'_>, canvas: &mut Canvas<'_>, kind: NoteKind, rect: Rect) {
    let (left, top, w, h) = wall.window.span(rect);
    if w < CARD.0 || h < CARD.1 {
        return canvas.restyle(left, top, (w, h), wall.theme.chosen());
    }
    let (right, bottom, bare) = (left + w, top + h, wall.theme.wall());
    let style = bare.patch(wall.theme.accent());
    for (y, [start, end]) in [(top - 1, ["▗▄▄▄▄", "▄▄▄▄▖"]), (bottom, ["▝▀▀▀▀", "▀▀▀▀▘"])]
    {
        canvas.fill(left - 1, y, (w + 2, 1), bare);
        canvas.print(left - 1, y, start, style);
        canvas.print(right - 4, y, end, style);
    }
    for y in top..bottom {
        canvas.print(left - 1, y, "▐", style);
        canvas.print(right, y, "▌", style);
    }
    if wall.theme.fills() {
        canvas.fill(left, top, (1, h), wall.theme.paper(kind).text);
    }
}

/// A dashed box: something that is not there, or not there yet.
pub(crate) fn outline(canvas: &mut Canvas<'_>, (left, top, w, h): (i32, i32, i32, i32), style: Style) {
    let (right, bottom) = (left + w - 1, top + h - 1);
    for x in left + 1..right {
        canvas.print(x, top, "╌", style);
        canvas.print(x, bottom, "╌", style);
    }
    for y in top + 1..bottom {
        canvas.print(left, y, "╎", style);
        canvas.print(right, y, "╎", style);
    }
    for (x, y, corner) in [(left, top, "╭"), (right, top, "╮"), (left, bottom, "╰"), (right, bottom, "╯")]
    {
        canvas.print(x, y, corner, style);
    }
}

/// Puts a line of half cells close around what is chosen; small notes are painted in the accent instead.
fn choose(wall: &Wall<'_>, canvas: &mut Canvas<'_>, rect: Rect, is_main: bool) {
    let (left, top, w, h) = wall.window.span(rect);
    if w < CARD.0 || h < CARD.1 {
        return canvas.restyle(left, top, (w, h), wall.theme.chosen());
    }
    ring(canvas, (left, top, w, h), wall.theme.accent());
    if is_main && let Some((x, y)) = handle(wall.window, rect) {
        canvas.print(x, y, "▸", wall.theme.accent());
    }
}

/// Puts corners around a note that an arrow joins with what is chosen; of small notes the letter is underlined.
fn corners(wall: &Wall<'_>, canvas: &mut Canvas<'_>, rect: Rect) {
    let (left, top, w, h) = wall.window.span(rect);
    if w < CARD.0 || h < CARD.1 {
        return canvas.restyle(left, top, (w, 1), Style::new().add_modifier(Modifier::UNDERLINED));
    }
    let (right, bottom) = (left + w, top + h);
    for (x, y, corner) in
        [(left - 1, top - 1, "▗"), (right, top - 1, "▖"), (left - 1, bottom, "▝"), (right, bottom, "▘")]
    {
        if !HEADS.contains(&canvas.glyph(x, y)) {
            canvas.print(x, y, corner, wall.theme.accent());
        }
    }
}

/// A line of half cells around a rectangle, which leaves the heads of arrows free.
pub(crate) fn ring(canvas: &mut Canvas<'_>, (left, top, w, h): (i32, i32, i32, i32), style: Style) {
    let (right, bottom) = (left + w, top + h);
    let sides = (left..right).flat_map(|x| [(x, top - 1, "▄"), (x, bottom, "▀")]);
    let sides = sides.chain((top..bottom).flat_map(|y| [(left - 1, y, "▐"), (right, y, "▌")]));
    let corners =
        [(left - 1, top - 1, "▗"), (right, top - 1, "▖"), (left - 1, bottom, "▝"), (right, bottom, "▘")];
    for (x, y, side) in sides.chain(corners) {
        if !HEADS.contains(&canvas.glyph(x, y)) {
            canvas.print(x, y, side, style);
        }
    }
}
