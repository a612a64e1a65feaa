//! What is down and what stops with it: a pattern on notes, so that no colour is needed to tell, and a line that counts.

use std::sync::Arc;

use super::Wall;
use crate::model::text::SafeText;
use crate::query::Tile;
use crate::query::outage::{Fate, Outage};
use crate::tui::canvas::Canvas;
use crate::tui::state::{Scene, State};
use crate::words::{Said, say};

/// How the wall fares while something is down.
pub(super) fn of(state: &State, scene: &Scene<'_>) -> Option<Arc<Outage>> {
    scene.record?.memo.outage(&state.down, scene)
}

/// The sign of a fate, and on which cells of a note it stands: on every so many of a diagonal.
fn pattern(fate: Fate) -> Option<(&'static str, i32)> {
    match fate {
        Fate::Down => Some(("×", 2)),
        Fate::Dark => Some(("▒", 1)),
        Fate::Striped => Some(("/", 4)),
        Fate::Alive => None,
    }
}

/// Puts the pattern of its fate on the empty cells of a note; where it has none, on its last one.
pub(super) fn shade(wall: &Wall<'_>, tile: &Tile, canvas: &mut Canvas<'_>) {
    let Some((sign, every)) = pattern(wall.fate(tile.id)) else { return };
    let (left, top, w, h) = wall.window.span(wall.place(tile.id, tile.rect));
    let style = wall.theme.faded(tile.kind).text;
    let is_bare = |canvas: &Canvas<'_>, x, y| canvas.glyph(x, y).trim().is_empty();
    let mut cells = Vec::new();
    for y in top..top + h {
        for x in left..left + w {
            // A cell right of a glyph may be half of it.
            let is_free = (x - 2..=x + 1).all(|x| is_bare(canvas, x, y));
            if is_free && (x - left + y - top) % every == 0 {
                cells.push((x, y));
            }
        }
    }
    if cells.is_empty() {
        cells.push((left + w - 1, top));
    }
    for (x, y) in cells {
        canvas.print(x, y, sign, style);
    }
}

/// The line above the keys: what is down, how many notes stop, how many wait; of the chosen note, what for.
pub(super) fn draw(state: &State, scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some((record, outage)) = scene.record.zip(of(state, scene)) else { return };
    let (outline, lang) = (record.memo.outline(scene), state.lang);
    let name = |party| outline.name(party).unwrap_or(say(lang, "outage-outside"));
    let names = outage.down.iter().map(|party| name(*party)).collect::<Vec<_>>().join(", ");
    let counts =
        Said::new("outage-counts").with("dark", outage.dark.len()).with("striped", outage.striped.len());
    let why = state.main.and_then(|note| {
        let (key, other) = match (outage.dark.get(&note), outage.striped.get(&note)) {
            (Some(other), _) => ("outage-dark-note", other),
            (None, other) => ("outage-striped-note", other?),
        };
        Some(Said::new(key).with("note", outline.wording(note)).with("other", outline.wording(*other)))
    });
    let told = [Some(Said::new("outage-down").with("names", names)), Some(counts), why];
    let told: Vec<String> = told.into_iter().flatten().map(|said| said.speak(lang)).collect();
    let (theme, (w, h)) = (state.theme, state.size());
    let (w, y) = (i32::from(w), i32::from(h) - 2);
    canvas.fill(0, y, (w, 1), theme.panel());
    let style = theme.panel().patch(theme.warn());
    canvas.print_within(1, y, w - 2, &SafeText::line(&told.join(" · ")), style);
}
