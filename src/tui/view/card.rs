//! The card that walks with somebody round the screen: what to do, and how.

use ratatui::style::Style;

use crate::model::text::wrap;
use crate::tui::canvas::Canvas;
use crate::tui::state::State;
use crate::tui::tour::{STEPS, Tour};
use crate::words::Said;

/// Columns of the card, its border included.
const COLUMNS: i32 = 46;
/// A screen lower than this has no room for it.
const ROWS_LEAST: u16 = 12;

/// Draws it in the upper right corner of the wall.
pub(super) fn draw(tour: &Tour, state: &State, canvas: &mut Canvas<'_>) {
    let (w, h) = state.size();
    let (theme, columns) = (state.theme, COLUMNS.min(i32::from(w)));
    if h < ROWS_LEAST {
        return;
    }
    let [says, hint] = tour.said(&state.keys).map(|said| said.speak(state.lang));
    let room = (columns - 4).max(1) as usize;
    let told = |text: &str, style: Style| -> Vec<(String, Style)> {
        wrap(text, room).into_iter().map(|line| (line.to_owned(), style)).collect()
    };
    let rows = [told(&says, theme.panel()), told(&hint, theme.panel().patch(theme.accent()))].concat();
    let (left, top, height) = (i32::from(w) - columns, i32::from(state.bars()), rows.len() as i32 + 2);
    let edge = theme.panel().patch(theme.accent());
    canvas.fill(left, top, (columns, height), theme.panel());
    canvas.print(left, top, &format!("╭{}╮", "─".repeat((columns - 2).max(0) as usize)), edge);
    canvas.print(left, top + height - 1, &format!("╰{}╯", "─".repeat((columns - 2).max(0) as usize)), edge);
    let head = Said::new("tour-head").with("at", tour.at + 1).with("of", STEPS.len()).speak(state.lang);
    canvas.print_within(left + 2, top, columns - 4, &format!(" {head} "), edge);
    for (y, (line, style)) in (top + 1..).zip(&rows) {
        canvas.print(left, y, "│", edge);
        canvas.print_within(left + 2, y, columns - 4, line, *style);
        canvas.print(left + columns - 1, y, "│", edge);
    }
}
