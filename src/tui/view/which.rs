//! How the keys that were begun may go on, shown to whoever hesitates.

use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::more;
use crate::model::{KINDS, NoteKind};
use crate::tui::actions::places;
use crate::tui::canvas::Canvas;
use crate::tui::keymap::letter;
use crate::tui::state::{Scene, State};
use crate::words::say;

/// Blanks between two columns.
const GAP: i32 = 3;

/// A way to go on: the key, its style, what it does.
type Way = (String, Style, String);

/// Draws it above the line of keys, in as many columns as fit.
pub(super) fn draw(state: &State, scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let ways = ways(state, scene);
    let (w, h) = (i32::from(state.size().0), i32::from(state.size().1));
    let bar = i32::from(state.bars());
    let widest = |width: fn(&Way) -> usize| ways.iter().map(width).max().unwrap_or(0) as i32;
    let (key, column) =
        (widest(|way| way.0.width()), widest(|way| way.0.width()) + 1 + widest(|way| way.2.width()) + GAP);
    let columns = ((w - 2) / column).max(1);
    let rows = (ways.len() as i32 + columns - 1) / columns;
    let shown = rows.min(h - 2 * bar - 1);
    let top = h - bar - shown;
    if shown < 1 {
        return;
    }
    canvas.fill(0, top - 1, (w, shown + 1), state.theme.panel());
    canvas.print(0, top - 1, &"─".repeat(w.max(0) as usize), state.theme.dim());
    canvas.print_within(
        2,
        top - 1,
        w - 4,
        &format!(" {} ", say(state.lang, "which-next")),
        state.theme.accent(),
    );
    if let Some(marks) = more(0, shown as usize, rows as usize) {
        canvas.print(w - 2 - marks.width() as i32, top - 1, &marks, state.theme.dim());
    }
    for (at, (name, style, does)) in ways.iter().enumerate() {
        let (x, y) = (1 + at as i32 / rows * column, at as i32 % rows);
        if y < shown {
            let end = canvas.print(x + key - name.width() as i32, top + y, name, *style);
            canvas.print_within(end + 1, top + y, w - end - 2, does, state.theme.panel());
        }
    }
}

/// Every way to go on; the letter of a kind once for each kind of this wall.
fn ways(state: &State, scene: &Scene<'_>) -> Vec<Way> {
    let (theme, lang) = (state.theme, state.lang);
    let begun = state.keys.continuations(places(&state.mode, state.ground(scene)), &state.prefix);
    let kinds = || KINDS.iter().map(|row| row.kind).filter(|kind| kind.belongs_to(scene.level()));
    let kind =
        |kind: NoteKind| (format!(" {} ", letter(kind)), theme.paper(kind).text, kind.label(lang).to_owned());
    let ways = begun.into_iter().map(|(keys, action)| match keys.as_str() {
        "…" => kinds().map(kind).collect(),
        _ => vec![(keys, theme.panel().patch(theme.accent()), action.told(lang))],
    });
    ways.flat_map(Vec::into_iter).collect()
}
