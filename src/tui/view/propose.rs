//! Proposed contexts as ghost frames on the wall, and the reasons of the one that keys are about below it.

use unicode_width::UnicodeWidthStr;

use super::Wall;
use super::making::progress;
use crate::model::text::{SafeText, wrap};
use crate::model::{Id, Rect};
use crate::query::suggest::{GRANULARITIES, Method, Telling, group_line, short_head};
use crate::tui::canvas::Canvas;
use crate::tui::state::{Proposing, State};

/// Of a window a third is for reasons, and no more rows than these.
const ROWS_MAX: i32 = 12;

/// Draws them.
pub(super) fn draw(proposing: &Proposing, state: &State, wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let (theme, (w, h)) = (state.theme, canvas.size());
    let Some(cut) = proposing.cut() else {
        return progress(["suggest-begins", "suggest-progress"], proposing.progress, state, canvas);
    };
    for (at, group) in cut.groups.iter().enumerate().filter(|(at, _)| *at != proposing.group) {
        ghost(at + 1, &group.name, &group.notes, false, wall, canvas);
    }
    let Some(group) = cut.groups.get(proposing.group) else { return };
    ghost(proposing.group + 1, &group.name, &group.notes, true, wall, canvas);

    let telling = Telling { board: wall.scene.board, granularity: proposing.granularity };
    let mut rows = vec![(group_line(proposing.group + 1, group).speak(state.lang), theme.panel())];
    for said in telling.group(cut, group) {
        let text = SafeText::line(&said.speak(state.lang)).into_string();
        let lines = wrap(&text, (w - 6).max(1) as usize);
        rows.extend(lines.into_iter().map(|line| (format!("  {line}"), theme.dim())));
    }
    let shown = (h / 3).clamp(2, ROWS_MAX).min(rows.len() as i32);
    let top = h - shown - 1;
    canvas.fill(0, top, (w, shown + 1), theme.panel());
    let slider = slider(proposing);
    let head = SafeText::line(&short_head(cut).speak(state.lang)).into_string();
    let accent = theme.panel().patch(theme.accent());
    let end = canvas.print_within(1, top, w - 4 - slider.width() as i32, &head, accent);
    canvas.print((w - 1 - slider.width() as i32).max(end + 1), top, &slider, accent);
    for (y, (text, style)) in (top + 1..h).zip(&rows) {
        canvas.print_within(1, y, w - 2, text, *style);
    }
    let more = rows.len() as i32 - shown;
    if more > 0 {
        let text = format!(" +{more} ");
        canvas.print(w - 1 - text.width() as i32, h - 1, &text, theme.dim());
    }
}

/// How fine the cut is; nothing where that makes no difference.
fn slider(proposing: &Proposing) -> String {
    let mark = |at: usize| if at == proposing.granularity { '●' } else { '─' };
    match proposing.method {
        Method::Aggregates => String::new(),
        Method::Communities | Method::Islands => {
            format!("- {} +", (0..GRANULARITIES.len()).map(mark).collect::<String>())
        }
    }
}

/// A frame that is not there, around where its notes are by now.
fn ghost(number: usize, name: &str, notes: &[Id], is_chosen: bool, wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let tiles = notes.iter().filter_map(|id| wall.scene.projection.space.tile(*id));
    let Some(rect) = Rect::around(tiles.map(|tile| tile.rect)) else { return };
    let (left, top, w, h) = wall.window.span(rect);
    let (left, top, right, bottom) = (left - 2, top - 1, left + w + 1, top + h);
    let (columns, rows) = canvas.size();
    let style = if is_chosen { wall.theme.accent() } else { wall.theme.arrow() };
    for x in (left + 1).max(0)..right.min(columns) {
        canvas.print(x, top, "╌", style);
        canvas.print(x, bottom, "╌", style);
    }
    for y in (top + 1).max(0)..bottom.min(rows) {
        canvas.print(left, y, "╎", style);
        canvas.print(right, y, "╎", style);
    }
    for (x, y, corner) in [(left, top, "╭"), (right, top, "╮"), (left, bottom, "╰"), (right, bottom, "╯")]
    {
        canvas.print(x, y, corner, style);
    }
    let mark = if is_chosen { "›" } else { "" };
    let name = SafeText::line(name).into_string();
    let (x, y) = ((left + 2).max(0), top.max(0));
    canvas.print_within(x, y, (right - 1 - x).max(6), &format!(" {mark}{number} {name} "), style);
}
