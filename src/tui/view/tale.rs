//! The story of the wall, above the line of keys: where it has come to, and its sentences.

use unicode_width::UnicodeWidthStr;

use crate::model::text::{SafeText, wrap};
use crate::query::story::chapter_name;
use crate::tui::canvas::Canvas;
use crate::tui::state::{Scene, State, Tale};
use crate::words::{Said, say};

/// Draws it over the lowest rows of the wall, and over more of them where its sentences are long.
pub(super) fn draw(tale: &Tale, state: &State, scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some((at, story)) = tale.step(scene) else { return };
    let (step, theme, (w, h)) = (&story[at], state.theme, state.size());
    let (w, end) = (i32::from(w), i32::from(h - state.bars()));
    let spoken = SafeText::line(&step.speak(state.lang)).into_string();
    let lines = wrap(&spoken, (w - 4).max(1) as usize);
    let rows = (lines.len() as i32 + 1).max(state.tale_rows().into()).min(end / 2);
    let y = end - rows;
    canvas.fill(0, y, (w, rows), theme.panel());
    let figures = format!(" {}/{} ", at + 1, story.len());
    let accent = theme.panel().patch(theme.accent());
    canvas.print(0, y, &"─".repeat(w.max(0) as usize), accent);
    let mut x = canvas.print(1, y, &figures, accent);
    if tale.from_end {
        x = canvas.print(x, y, &format!(" {} ", say(state.lang, "tell-from-end")), accent);
    } else if step.chapter.is_some() {
        let chapter = chapter_name(scene.board, step.chapter);
        let chapter = Said::new("tell-chapter").with("chapter", chapter).speak(state.lang);
        let chapter = format!(" {} ", SafeText::line(&chapter));
        x = canvas.print_within(x, y, w / 2 - x, &chapter, accent);
    }
    if step.gap.is_some() {
        let gap = format!(" ! {} ", say(state.lang, "tell-gap"));
        let start = (w - 1 - gap.width() as i32).max(x);
        canvas.print_within(start, y, w - start, &gap, theme.panel().patch(theme.warn()));
    }
    for (row, line) in (y + 1..end).zip(&lines) {
        canvas.print_within(2, row, w - 4, line, theme.panel());
    }
}
