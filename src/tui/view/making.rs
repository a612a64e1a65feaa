//! What is just being made: the note being worded and the ghost of the next, the box around notes, letters to pick by.

use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

use super::{Wall, arrow, note, propose};
use crate::model::Mode::Async;
use crate::model::text::wrap;
use crate::model::{Id, NoteKind, Point, Rect};
use crate::session::order::{Order, What};
use crate::tui::actions::ACTIONS;
use crate::tui::canvas::Canvas;
use crate::tui::route::route;
use crate::tui::state::{Draft, Job, Join, Joint, Line, Mode, Pick, State, Target, Writing};
use crate::words::{Said, say};

/// Draws it; gives the cell of the screen where typed text appears.
pub(super) fn draw(state: &State, wall: &Wall<'_>, canvas: &mut Canvas<'_>) -> Option<(i32, i32)> {
    match &state.mode {
        Mode::Write(writing) => Some(write(state, writing, wall, canvas)),
        Mode::Line(line) => {
            row(line, wall, canvas);
            None
        }
        Mode::Pick(pick) => {
            letters(pick, wall, canvas);
            None
        }
        Mode::Pull { from, to } => {
            pull(*from, *to, wall, canvas);
            None
        }
        Mode::Sweep { from, to, .. } => {
            sweep(*from, *to, wall, canvas);
            None
        }
        Mode::Wall if wall.scene.board.is_empty() && state.then.is_none() => {
            welcome(state, wall, canvas);
            None
        }
        Mode::Wall
        | Mode::Carry(_)
        | Mode::Shape(_)
        | Mode::Pan { .. }
        | Mode::List(_)
        | Mode::Ask(_)
        | Mode::Side
        | Mode::Map(_)
        | Mode::Tell(_) => None,
        Mode::Propose(proposing) => {
            propose::draw(proposing, state, wall, canvas);
            None
        }
        Mode::Making(making) => {
            let keys = match &making.job {
                Job::Order(Order { what: What::Report(..), .. }) => ["handout-begins", "handout-progress"],
                Job::Order(Order { what: What::Export(..), .. }) => ["export-begins", "export-progress"],
                Job::Fetch(_) => ["intake-begins", "intake-begins"],
            };
            progress(keys, making.progress, state, canvas);
            None
        }
    }
}

/// How far something has come that takes long: a sentence and a bar in the last row of the wall.
pub(super) fn progress(
    [begins, goes_on]: [&'static str; 2],
    (done, all): (usize, usize),
    state: &State,
    canvas: &mut Canvas<'_>,
) {
    let (theme, (w, h)) = (state.theme, canvas.size());
    let text = match all {
        0 => say(state.lang, begins).to_owned(),
        _ => Said::new(goes_on).with("done", done).with("all", all).speak(state.lang),
    };
    canvas.fill(0, h - 1, (w, 1), theme.panel());
    let end = canvas.print(1, h - 1, &text, theme.panel().patch(theme.accent())) + 2;
    let room = (w - end - 1).max(0) as usize;
    let full = (room * done).checked_div(all).unwrap_or(0);
    canvas.print(end, h - 1, &("█".repeat(full) + &"░".repeat(room - full)), theme.panel());
}

/// The note being worded, in its full size at any zoom, the arrow it will have, and the ghost of the one Tab opens.
fn write(state: &State, writing: &Writing, wall: &Wall<'_>, canvas: &mut Canvas<'_>) -> (i32, i32) {
    let (scene, kind, rect) = (wall.scene, writing.kind(wall.scene), writing.rect(wall.scene));
    let least = kind.row().size;
    let (w, h) = (rect.size.w.max(least.w), rect.size.h.max(least.h));
    let typed = writing.field.text();
    let hint = match &writing.target {
        Target::New(_) => say(state.lang, "hint-empty-note"),
        Target::Old(_) => "",
    };
    let (card, first) = note::worded(wall, kind, (w, h), typed, hint);
    let (_, h) = card.size();
    let (left, top) = wall.window.to_screen(rect.at);
    let body = note::body(wall.theme, w, h);
    let (row, column) = writing.field.place(body.columns.max(1) as usize);
    let (column, row) = (body.x + column as i32, first + row as i32);
    // All of it stays on the screen, or its beginning, but before all else the cursor.
    let keep = |start: i32, length: i32, cells: i32, cursor: i32| {
        start.min(cells - length - 1).max(0).min(cells - 1 - cursor)
    };
    let area = canvas.size();
    let (left, top) = (keep(left, w, area.0, column), keep(top, h, area.1, row));
    if let Target::New(draft) = &writing.target {
        if let Some(join) = &draft.join {
            joint(join, (left, top, w, h), wall, canvas);
        }
        if !typed.trim().is_empty() {
            ghost(&draft.next(scene), wall, canvas);
        }
    }
    canvas.blit(&card, left, top);
    note::ring(canvas, (left, top, w, h), wall.theme.accent());
    (left + column, top + row + i32::from(state.bars()))
}

/// The notes and arrows that a typed row would put on the wall.
fn row(line: &Line, wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let board = wall.scene.board;
    let rect = |id: Id| {
        let note = line.row.notes.get(&id).or_else(|| board.notes.get(&id))?;
        Some(wall.window.span(note.rect()))
    };
    for drawn in line.row.arrows.values() {
        if let Some(route) = rect(drawn.from).zip(rect(drawn.to)).and_then(|(from, to)| route(from, to)) {
            arrow::making(canvas, &route, drawn.mode() == Some(Async), wall.theme.accent());
        }
    }
    for note in line.row.notes.values() {
        let (left, top, w, h) = wall.window.span(note.rect());
        let ink = wall.theme.paper(note.kind).ink;
        note::outline(canvas, (left, top, w, h), ink);
        let text = format!("{} {}", note.kind.row().tag, note.text());
        for (line, y) in wrap(&text, (w - 4).max(1) as usize).into_iter().zip(top + 1..top + h - 1) {
            canvas.print_within(left + 2, y, w - 4, line, ink);
        }
    }
}

/// The arrow that a draft will have.
fn joint(join: &Join, span: (i32, i32, i32, i32), wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let Some(tile) = wall.scene.projection.space.tile(join.other) else { return };
    let other = wall.window.span(tile.rect);
    let route = match join.how {
        Joint::After => route(other, span),
        Joint::Before => route(span, other),
        Joint::On => None,
    };
    if let Some(route) = route {
        arrow::making(canvas, &route, false, wall.theme.accent());
    }
}

/// The outline of the note that Tab would open.
fn ghost(next: &Draft, wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let rect = next.rect(wall.scene);
    let (left, top) = wall.window.to_screen(rect.at);
    let ink = wall.theme.paper(next.kind).ink;
    note::outline(canvas, (left, top, rect.size.w, rect.size.h), ink);
    let words = format!("Tab  {} {}", next.kind.row().tag, next.kind.label(wall.lang));
    canvas.print_within(left + 2, top + (rect.size.h - 1) / 2, rect.size.w - 4, &words, ink);
}

fn letters(pick: &Pick, wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    for (label, id) in pick.labels.iter().filter(|(label, _)| label.starts_with(&pick.typed)) {
        if let Some((x, y)) = lettered(*id, wall) {
            let label = label.to_uppercase();
            canvas.print(x, y, &format!(" {label} "), wall.theme.chosen());
        }
    }
}

/// Where the letter of a thing stands: in the first corner of a note or a frame, in the middle of an arrow.
fn lettered(id: Id, wall: &Wall<'_>) -> Option<(i32, i32)> {
    let projection = wall.scene.projection;
    let tile = |id| projection.space.tile(id).map(|tile| tile.rect);
    if let Some(rect) = tile(id) {
        return Some(wall.window.to_screen(rect.at));
    }
    if let Some(rect) = projection.frames.rect(id) {
        let (x, y) = wall.window.to_screen(rect.at);
        return Some((x.max(0), y.max(0)));
    }
    let arrow = wall.scene.board.arrows.get(&id)?;
    let [from, to] =
        [arrow.from, arrow.to].map(|end| tile(end).map(|rect| wall.window.to_screen(rect.center())));
    let ((x, y), (to_x, to_y)) = (from?, to?);
    Some(((x + to_x) / 2 - 1, (y + to_y) / 2))
}

fn pull(from: Id, to: (i32, i32), wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    if let Some(tile) = wall.scene.projection.space.tile(from)
        && let Some(route) = route(wall.window.span(tile.rect), (to.0 + 1, to.1, 1, 1))
    {
        arrow::making(canvas, &route, false, wall.theme.accent());
    }
}

fn sweep(from: Point, to: Point, wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let least = Point::new(from.x.min(to.x), from.y.min(to.y));
    let most = Point::new(from.x.max(to.x) + 1, from.y.max(to.y) + 1);
    note::outline(canvas, wall.window.span(Rect::between(least, most)), wall.theme.accent());
}

/// The keys to begin with.
fn welcome_keys(state: &State) -> String {
    let key = |name: &str| {
        let row = ACTIONS.iter().find(|row| row.name == name);
        row.map_or_else(String::new, |row| state.keys.first(row, None))
    };
    let said = match state.keys.letters_type() {
        true => Said::new("welcome-type").with("help", key("help-here")),
        false => Said::new("welcome-keys").with("new", key("new-after")).with("help", key("help")),
    };
    said.speak(state.lang)
}

/// What to do with an empty wall.
fn welcome(state: &State, wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let event = wall.theme.paper(NoteKind::DomainEvent);
    let area = canvas.size();
    let words = [
        (Said::new("welcome-ask").speak(state.lang), wall.theme.wall().add_modifier(Modifier::BOLD)),
        (Said::new("welcome-example").speak(state.lang), event.ink),
        (String::new(), wall.theme.dim()),
        (welcome_keys(state), wall.theme.dim()),
    ];
    let top = (area.1 - words.len() as i32) / 2;
    for (row, (text, style)) in words.iter().enumerate() {
        let x = (area.0 - text.width() as i32) / 2;
        canvas.print(x.max(0), top + row as i32, text, *style);
    }
}
