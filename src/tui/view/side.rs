//! The panel beside the wall: the names of its tabs, its rows, and all that the chosen row says.

use unicode_width::UnicodeWidthStr;

use super::panel::draw_row;
use super::{finding, more};
use crate::model::text::{SafeText, wrap};
use crate::tui::canvas::Canvas;
use crate::tui::list::Row;
use crate::tui::side::{HEAD_ROWS, Item, TABS, area, first_row, foot_rows, rows};
use crate::tui::state::{Mode, Scene, Side, State};
use crate::words::{Said, say};

/// The columns that may be taken from a row for its key.
const LEFT_COLUMNS_MAX: usize = 11;

/// Draws it.
pub(super) fn draw(side: &Side, state: &State, scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some(record) = scene.record else { return };
    let (area, theme) = (area(state), state.theme);
    let (x, y, w) = (i32::from(area.x), i32::from(area.y), i32::from(area.width));
    let (head, h) = (i32::from(HEAD_ROWS), i32::from(area.height));
    let mut canvas = canvas.part(x, y, (w, h));
    canvas.fill(x, y, (w, h), theme.panel());
    let focused = state.mode == Mode::Side;
    for row in y..y + h {
        canvas.print(x, row, "│", if focused { theme.accent() } else { theme.dim() });
    }
    names(side, state, (x + 2, y, x + w - 1), &mut canvas);
    canvas.print(x + 1, y + 1, &"─".repeat(w as usize - 1), theme.dim());
    let items = record.memo.items(side.tab, scene);
    let first = first_row(area, side.tab, side.row, items.len());
    if let Some(marks) = more(first, rows(area, side.tab), items.len()) {
        canvas.print(x + w - 1 - marks.width() as i32, y + 1, &marks, theme.dim());
    }
    let seen = items.iter().enumerate().skip(first).take(rows(area, side.tab));
    let seen: Vec<(usize, Row)> =
        seen.filter_map(|(at, item)| Some((at, item.row(scene, state.lang)?))).collect();
    let left = seen.iter().map(|(_, row)| row.left.width()).max().unwrap_or(0).min(LEFT_COLUMNS_MAX);
    for (at, row) in &seen {
        let place = (x + 1, y + head + (at - first) as i32, w - 1);
        draw_row(row, place, left as i32, *at == side.row, state, &mut canvas);
    }
    if items.is_empty() {
        let text = say(state.lang, TABS[side.tab].empty);
        for (row, line) in (0..).zip(wrap(text, (w - 4).max(1) as usize)) {
            canvas.print(x + 2, y + head + row, line, theme.dim());
        }
    }
    if rows(area, side.tab) + usize::from(HEAD_ROWS) < usize::from(area.height) {
        let chosen = seen.iter().find(|(at, _)| *at == side.row).map(|(_, row)| row);
        let line = y + h - i32::from(foot_rows(area, side.tab));
        canvas.print(x + 1, line, &"─".repeat(w as usize - 1), theme.dim());
        let figures = format!(" {} / {} ", (side.row + 1).min(items.len()), items.len());
        canvas.print(x + w - 1 - figures.width() as i32, line, &figures, theme.dim());
        let foot = (x + 2, line + 1, (w - 3, y + h - line - 1));
        match items.get(side.row) {
            Some(Item::Finding(found)) => finding::draw(found, state, scene, foot, &mut canvas),
            _ => chosen.into_iter().for_each(|row| whole(row, state, foot, &mut canvas)),
        }
    }
}

/// The names of the tabs, whole, from one that lets the open one be seen; dots stand for those left out at an end.
fn names(side: &Side, state: &State, (x, y, end): (i32, i32, i32), canvas: &mut Canvas<'_>) {
    let name = |at: usize| Said { key: TABS[at].words, args: Vec::new() }.speak(state.lang);
    let width = |at: usize| name(at).width() as i32 + 2;
    let dots = |left_out: bool| if left_out { 2 } else { 0 };
    let fits = |from: usize, to: usize| {
        let names = (from..=to).map(width).sum::<i32>() - 2;
        x + dots(from > 0) + names + dots(to + 1 < TABS.len()) <= end
    };
    let from = (0..=side.tab).find(|from| fits(*from, side.tab)).unwrap_or(side.tab);
    let to = (side.tab..TABS.len()).rev().find(|to| fits(from, *to)).unwrap_or(side.tab);
    let mut x = x;
    if from > 0 {
        x = canvas.print(x, y, "… ", state.theme.dim());
    }
    for at in from..=to {
        let style = if at == side.tab { state.theme.accent() } else { state.theme.dim() };
        x = canvas.print_within(x, y, end - x, &name(at), style) + 2;
    }
    if to + 1 < TABS.len() {
        canvas.print_within(x - 1, y, end - x + 1, "…", state.theme.dim());
    }
}

/// All that a row says, as far as there is room.
fn whole(row: &Row, state: &State, (x, y, (w, h)): (i32, i32, (i32, i32)), canvas: &mut Canvas<'_>) {
    let text = SafeText::line(row.text.trim()).into_string();
    let right = SafeText::line(&row.right).into_string();
    let text = if right.is_empty() { text } else { format!("{text} · {right}") };
    for (nth, line) in (0..h).zip(wrap(&text, w.max(1) as usize)) {
        canvas.print_within(x, y + nth, w, line, state.theme.panel());
    }
}
