//! A list over the wall.

use ratatui::layout::Rect as Area;
use unicode_width::UnicodeWidthStr;

use super::more;
use crate::model::text::SafeText;
use crate::query::unknown_qualifier;
use crate::tui::canvas::Canvas;
use crate::tui::list::Row;
use crate::tui::state::{List, Listed, Scene, State};
use crate::words::{Said, say};

/// No wider than people read with ease.
const COLUMNS_MAX: u16 = 76;
/// How wide a list is that the mouse opened.
const MENU_COLUMNS: u16 = 44;
/// No higher than can be looked through.
const ROWS_MAX: u16 = 24;
/// Lines that are not rows: border, heading, what is typed, border.
const LINES_AROUND: u16 = 4;

/// Draws it; gives the cell where what narrows it is typed.
pub(super) fn draw(list: &List, state: &State, scene: &Scene<'_>, canvas: &mut Canvas<'_>) -> (i32, i32) {
    let theme = state.theme;
    let rows = list.rows(state, scene);
    let (area, shown, first) = layout(list, rows.len(), state.size());
    let (x, y, w) = (i32::from(area.x), i32::from(area.y), i32::from(area.width));
    let mut canvas = canvas.part(x, y, (w, area.height.into()));
    canvas.fill(x, y, (w, area.height.into()), theme.panel());
    border(&mut canvas, area, state);
    canvas.print_within(x + 2, y, w - 4, &format!(" {} ", say(state.lang, list.heading())), theme.accent());
    let end = canvas.print(x + 2, y + 1, "› ", theme.accent());
    canvas.print(end, y + 1, list.field.text(), theme.panel());
    figures(list, rows.len(), area, state, &mut canvas);
    if let Some(marks) = more(first as usize, shown as usize, rows.len()) {
        canvas.print(x + w - 2 - marks.width() as i32, y + 2, &marks, theme.dim());
    }
    misread(list, (x + 2, i32::from(area.bottom()) - 1, w - 4), state, &mut canvas);
    offers(list, (end + list.field.text().width() as i32 + 3, y + 1, x + w - 2), state, &mut canvas);
    let left = rows.left_width().min(20) as i32;
    for line in (first..rows.len() as i32).take(shown as usize) {
        if let Some(row) = rows.get(line as usize) {
            let at = (x + 1, y + 3 + line - first, w - 2);
            draw_row(&row, at, left, line as usize == list.row, state, &mut canvas);
        }
    }
    if rows.is_empty() && !(list.what == Listed::Find && list.field.text().is_empty()) {
        canvas.print(x + 2, y + 3, say(state.lang, "list-nothing"), theme.dim());
    }
    (end + list.field.text()[..list.field.cursor()].width() as i32, y + 1)
}

/// Which of the rows that are left is chosen, at the right end of the upper line.
fn figures(list: &List, rows: usize, area: Area, state: &State, canvas: &mut Canvas<'_>) {
    if !list.field.text().is_empty() && rows > 0 {
        let figures = format!(" {} / {rows} ", list.row + 1);
        let x = i32::from(area.right()) - 2 - figures.width() as i32;
        canvas.print(x, i32::from(area.y), &figures, state.theme.dim());
    }
}

/// A qualifier that there is not, in the lower line.
fn misread(list: &List, (x, y, w): (i32, i32, i32), state: &State, canvas: &mut Canvas<'_>) {
    let unknown = || unknown_qualifier(list.field.text(), state.lang);
    if let Some((name, nearest)) = (list.what == Listed::Find).then(unknown).flatten() {
        let said = Said::new("list-unknown").with("name", name).with("nearest", nearest).speak(state.lang);
        canvas.print_within(x, y, w, &format!(" {} ", SafeText::line(&said)), state.theme.dim());
    }
}

/// What Tab makes of what is typed, behind it.
fn offers(list: &List, (x, y, end): (i32, i32, i32), state: &State, canvas: &mut Canvas<'_>) {
    if !list.offers.texts.is_empty() {
        let x = canvas.print_within(x, y, end - x, "Tab ", state.theme.panel().patch(state.theme.accent()));
        let offers = SafeText::line(&list.offers.texts.join("  ")).into_string();
        canvas.print_within(x, y, end - x, &offers, state.theme.dim());
    }
}

/// Where on the screen a list lies, how many rows it shows, and which is the first of them.
fn layout(list: &List, rows: usize, size: (u16, u16)) -> (Area, i32, i32) {
    let area = place(list, rows, size);
    let shown = i32::from(area.height.saturating_sub(LINES_AROUND)).max(1);
    (area, shown, (list.row as i32 - shown / 2).clamp(0, (rows as i32 - shown).max(0)))
}

/// How wide a list is on a screen of so many columns.
pub fn columns(w: u16) -> u16 {
    w.saturating_sub(2).min(COLUMNS_MAX)
}

/// Whether a cell of the screen lies on a list, and on which of its rows.
pub fn row_at(list: &List, rows: usize, size: (u16, u16), cell: (u16, u16)) -> Option<Option<usize>> {
    let (area, shown, first) = layout(list, rows, size);
    let line = i32::from(cell.1) - i32::from(area.y) - 3;
    let inside = (area.x + 1..area.right().saturating_sub(1)).contains(&cell.0) && (0..shown).contains(&line);
    let row = usize::try_from(line + first).ok().filter(|row| inside && *row < rows);
    area.contains(cell.into()).then_some(row)
}

/// Where the mouse opened it; else in the middle; lists that show things on the wall leave the middle free and stand at the bottom.
fn place(list: &List, rows: usize, (w, h): (u16, u16)) -> Area {
    let width = if list.at.is_some() { columns(w).min(MENU_COLUMNS) } else { columns(w) };
    let wanted = (rows.max(1).min(ROWS_MAX.into()) as u16) + LINES_AROUND;
    let looks_around = list.before.is_some();
    let most = if looks_around { (h / 2).saturating_sub(3) } else { h.saturating_sub(2) };
    let height = wanted.min(most).max(LINES_AROUND + 1).min(h);
    let y = if looks_around { h - height - u16::from(h > height) } else { (h - height) / 2 };
    match list.at {
        Some((x, y)) => Area::new(x.min(w - width), y.min(h - height), width, height),
        None => Area::new((w - width) / 2, y, width, height),
    }
}

fn border(canvas: &mut Canvas<'_>, area: Area, state: &State) {
    let (left, top) = (i32::from(area.x), i32::from(area.y));
    let (right, bottom) = (i32::from(area.right()) - 1, i32::from(area.bottom()) - 1);
    let style = state.theme.frame("");
    for x in left..=right {
        canvas.print(x, top, "─", style);
        canvas.print(x, top + 2, "─", style);
        canvas.print(x, bottom, "─", style);
    }
    for y in top..=bottom {
        canvas.print(left, y, "│", style);
        canvas.print(right, y, "│", style);
    }
    for (x, y, corner) in [(left, top, "╭"), (right, top, "╮"), (left, bottom, "╰"), (right, bottom, "╯")]
    {
        canvas.print(x, y, corner, style);
    }
    canvas.print(left, top + 2, "├", style);
    canvas.print(right, top + 2, "┤", style);
}

pub(super) fn draw_row(
    row: &Row,
    (x, y, w): (i32, i32, i32),
    left: i32,
    chosen: bool,
    state: &State,
    canvas: &mut Canvas<'_>,
) {
    let theme = state.theme;
    let style = if chosen { theme.chosen() } else { theme.panel() };
    let over = |accent: ratatui::style::Style| if chosen { style } else { style.patch(accent) };
    canvas.fill(x, y, (w, 1), style);
    if row.is_heading() {
        canvas.print_within(x + 1, y, w - 2, &row.text, over(theme.accent()));
        return;
    }
    let mut text_x = x + 1;
    if left > 0 {
        let own = || row.hue.map_or(over(theme.accent()), |hue| theme.hue(hue).chip);
        let worn = row.kind.map_or_else(own, |kind| theme.paper(kind).text);
        let pad = if row.kind.is_some() { 0 } else { left - row.left.width().min(left as usize) as i32 };
        if !row.left.is_empty() {
            canvas.print_within(x + 1 + pad, y, left, &row.left, worn);
        }
        text_x += left + 2;
    }
    let right = SafeText::line(&row.right);
    let right_width = (right.width() as i32).min(w / 2);
    let room = x + w - 2 - right_width - text_x;
    canvas.print_within(text_x, y, room, &SafeText::line(&row.text), style);
    canvas.print_within(x + w - 1 - right_width, y, right_width, &right, over(theme.dim()));
}
