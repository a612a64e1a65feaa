//! The line of time, while the wall is shown as it was: where one is, when that was, who did what.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::model::text::SafeText;
use crate::tui::canvas::Canvas;
use crate::tui::state::{PACES, Scene, State, Then};
use crate::words::{Said, say};

/// The columns of the line itself.
const COLUMNS: u16 = 40;

/// The columns of the screen that stand for the deeds, from before the first to after the last.
pub fn track(state: &State) -> Range<u16> {
    let columns = (state.size().0 / 4).min(COLUMNS);
    3..3 + columns.max(2)
}

/// Draws it in the row above the keys.
pub(super) fn draw(then: &Then, state: &State, scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (theme, (w, h)) = (state.theme, state.size());
    let (w, y) = (i32::from(w), i32::from(h) - 2);
    canvas.fill(0, y, (w, 1), theme.panel());
    canvas.print(1, y, if then.plays { "▸" } else { "▪" }, theme.accent());
    let track = track(state);
    let cells = track.len() - 1;
    let at = then.shown * cells / then.count.max(1);
    for (cell, x) in track.clone().enumerate() {
        let (line, style) = match cell.cmp(&at) {
            std::cmp::Ordering::Less => ("═", theme.accent()),
            std::cmp::Ordering::Equal => ("┃", theme.accent()),
            std::cmp::Ordering::Greater => ("─", theme.dim()),
        };
        canvas.print(x.into(), y, line, style);
    }
    let pace = if then.plays { format!(" ×{}", PACES[then.pace]) } else { String::new() };
    let figures = format!("{}/{}{pace}", then.shown, then.count);
    let mut x = canvas.print(i32::from(track.end) + 1, y, &figures, theme.dim()) + 2;
    let past = scene.record.and_then(|record| record.past);
    let Some((past, head)) = past.and_then(|past| Some((past, past.head()?))) else {
        canvas.print_within(x, y, w - x - 1, say(state.lang, "then-beginning"), theme.panel());
        return;
    };
    let by = if head.by.is_empty() { say(state.lang, "side-somebody") } else { &head.by };
    for (text, style) in [(head.when(), theme.dim()), (by.to_owned(), theme.panel().patch(theme.accent()))] {
        let text = SafeText::line(&text).into_string();
        if x + (text.width() as i32) < w {
            x = canvas.print(x, y, &text, style) + 2;
        }
    }
    let told: Vec<String> = past.told().iter().map(|said: &Said| said.speak(state.lang)).collect();
    canvas.print_within(x, y, w - x - 1, &SafeText::line(&told.join(" · ")), theme.panel());
}
