//! The others on the wall: their cursors, what they chose, type in and drag, and where they ask to look.

use unicode_width::UnicodeWidthStr;

use super::{Wall, note};
use crate::model::{Id, Point, Rect};
use crate::session::company::{Company, Mate};
use crate::tui::canvas::Canvas;
use crate::tui::theme::Hue;
use crate::tui::together::{Pulse, Together};
use crate::words::say;

/// No name on the wall is wider.
const NAME_COLUMNS_MAX: i32 = 14;

/// Draws everybody.
pub(super) fn draw(company: &Company, wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    for mate in &company.mates {
        let hue = wall.theme.hue(mate.hue);
        let held = [choice(mate, wall, hue, canvas), drag(mate, wall, hue, canvas)];
        name(mate, held, wall, hue, canvas);
    }
}

/// The ghosts of what they drag; the first of them.
fn drag(mate: &Mate, wall: &Wall<'_>, hue: Hue, canvas: &mut Canvas<'_>) -> Option<Rect> {
    let ghosts = mate.presence.drag.iter().filter_map(|(id, at)| Some(Rect { at: *at, ..rect(*id, wall)? }));
    let mut first = None;
    for ghost in ghosts.filter(|ghost| wall.window.seen().overlaps(*ghost)) {
        note::outline(canvas, wall.window.span(ghost), hue.ink);
        first = first.or(Some(ghost));
    }
    first
}

/// Corners around what they chose; what they type in, or else the first of it.
fn choice(mate: &Mate, wall: &Wall<'_>, hue: Hue, canvas: &mut Canvas<'_>) -> Option<Rect> {
    let presence = &mate.presence;
    let mut chosen = None;
    for id in presence.typing.iter().chain(&presence.selection) {
        let rect = rect(*id, wall).map(|rect| wall.place(*id, rect));
        if let Some(rect) = rect.filter(|rect| wall.window.seen().overlaps(*rect)) {
            if !wall.window.is_far() {
                corners(wall.window.span(rect), hue, canvas);
            }
            chosen = chosen.or(Some(rect));
        }
    }
    chosen
}

/// Their name: over what they are at, or at their cursor.
fn name(mate: &Mate, held: [Option<Rect>; 2], wall: &Wall<'_>, hue: Hue, canvas: &mut Canvas<'_>) {
    let signs = [if mate.presence.typing.is_some() { "…" } else { "" }, ""];
    for (rect, sign) in held.iter().zip(signs) {
        if let Some((left, top, ..)) = rect.map(|rect| wall.window.span(rect)) {
            chip((left, top - 1), &mate.name, sign, hue, canvas);
        }
    }
    let is_held = |at: Point| held.iter().flatten().any(|rect| rect.grown(1).holds(at));
    if let Some(at) = mate.presence.cursor.filter(|at| !is_held(*at)) {
        let (x, y) = wall.window.to_screen(at);
        let [columns, rows] = canvas.places();
        if columns.contains(&x) && rows.contains(&y) {
            canvas.print(x, y, "◆", hue.ink);
            chip((x + 1, y), &mate.name, "", hue, canvas);
        }
    }
}

/// A name on its colour, kept on the screen.
fn chip((x, y): (i32, i32), name: &str, sign: &str, hue: Hue, canvas: &mut Canvas<'_>) {
    let width = (name.width() as i32).min(NAME_COLUMNS_MAX) + sign.width() as i32;
    let [columns, rows] = canvas.places();
    if rows.end <= rows.start
        || !(rows.start - 1..=rows.end).contains(&y)
        || x + width < columns.start
        || x > columns.end
    {
        return;
    }
    let (x, y) = (x.min(columns.end - width).max(columns.start), y.clamp(rows.start, rows.end - 1));
    let end = canvas.print_within(x, y, NAME_COLUMNS_MAX, name, hue.chip);
    canvas.print(end, y, sign, hue.chip);
}

/// Corners in somebody's colour; of small things the first row wears it.
fn corners((left, top, w, h): (i32, i32, i32, i32), hue: Hue, canvas: &mut Canvas<'_>) {
    if w < note::CARD.0 || h < note::CARD.1 {
        return canvas.restyle(left, top, (w, 1), hue.chip);
    }
    let (right, bottom) = (left + w, top + h);
    for (x, y, sign) in
        [(left - 1, top - 1, "▗"), (right, top - 1, "▖"), (left - 1, bottom, "▝"), (right, bottom, "▘")]
    {
        canvas.print(x, y, sign, hue.ink);
    }
    for y in top..bottom {
        canvas.print(left - 1, y, "▐", hue.ink);
    }
}

fn rect(id: Id, wall: &Wall<'_>) -> Option<Rect> {
    let projection = wall.scene.projection;
    projection.space.tile(id).map(|tile| tile.rect).or_else(|| projection.frames.rect(id))
}

/// Where somebody asks to look: waves on the wall, or an arrow at the edge that it lies beyond.
pub(super) fn pulses(together: &Together, wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    for pulse in &together.pulses {
        let hue = pulse.hue.map_or_else(
            || Hue { ink: wall.theme.accent(), chip: wall.theme.chosen() },
            |hue| wall.theme.hue(hue),
        );
        let at = wall.window.to_screen(pulse.at);
        match beyond(at, canvas) {
            None => wave(pulse, at, hue, canvas),
            Some((edge, sign)) => {
                let text = format!("{sign} {}", named(pulse, wall));
                chip(edge, &text, "", hue, canvas);
            }
        }
    }
}

fn wave(pulse: &Pulse, (x, y): (i32, i32), hue: Hue, canvas: &mut Canvas<'_>) {
    let reach = 1 + i32::from(pulse.left % 3);
    note::ring(canvas, (x - 2 * reach, y - reach, 4 * reach + 1, 2 * reach + 1), hue.ink);
    canvas.print(x, y, "◆", hue.ink);
    chip((x - 2 * reach, y + reach + 1), &pulse.name, "", hue, canvas);
}

fn named<'a>(pulse: &'a Pulse, wall: &Wall<'_>) -> &'a str {
    if pulse.name.is_empty() { say(wall.lang, "word-here") } else { &pulse.name }
}

/// The cell of the edge that a place lies beyond, and which way it is.
fn beyond((x, y): (i32, i32), canvas: &Canvas<'_>) -> Option<((i32, i32), &'static str)> {
    let [columns, rows] = canvas.places();
    let at = (
        x.clamp(columns.start, (columns.end - 1).max(columns.start)),
        y.clamp(rows.start, (rows.end - 1).max(rows.start)),
    );
    let sign = match (x, y) {
        _ if x < columns.start => "◀",
        _ if x >= columns.end => "▶",
        _ if y < rows.start => "▲",
        _ if y >= rows.end => "▼",
        _ => return None,
    };
    Some((at, sign))
}
