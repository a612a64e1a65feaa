//! All that a finding says: the sentence, or two notes side by side that say the same; why it matters, what to do.

use crate::model::Id;
use crate::model::text::{SafeText, wrap};
use crate::query::lint::Finding;
use crate::tui::canvas::Canvas;
use crate::tui::list::thing;
use crate::tui::state::{Scene, State};

/// Rows of two notes side by side.
const TWIN_ROWS: i32 = 3;

/// Draws it, as far as there is room.
pub(super) fn draw(
    finding: &Finding,
    state: &State,
    scene: &Scene<'_>,
    (x, y, (w, h)): (i32, i32, (i32, i32)),
    canvas: &mut Canvas<'_>,
) {
    let (theme, lang) = (state.theme, state.lang);
    let mut row = match finding.twins() {
        Some(twins) => {
            beside(twins, state, scene, (x, y, w), canvas);
            y + TWIN_ROWS
        }
        None => y,
    };
    let said = if row == y { finding.said.speak(lang) } else { String::new() };
    let accent = theme.panel().patch(theme.accent());
    let told = [
        (said, theme.panel()),
        (finding.rule.why.say(lang).to_owned(), theme.dim()),
        (finding.rule.todo.say(lang).to_owned(), accent),
    ];
    for (text, style) in told.iter().filter(|(text, _)| !text.is_empty()) {
        for line in wrap(&SafeText::line(text), w.max(1) as usize) {
            if row < y + h {
                canvas.print_within(x, row, w, line, *style);
                row += 1;
            }
        }
    }
}

/// Two notes side by side, the one that would stay at the left.
fn beside(
    twins: [Id; 2],
    state: &State,
    scene: &Scene<'_>,
    (x, y, w): (i32, i32, i32),
    canvas: &mut Canvas<'_>,
) {
    let half = (w - 3) / 2;
    for (left, id) in [x, x + half + 3].into_iter().zip(twins) {
        let Some(row) = thing(id, scene, state.lang) else { continue };
        let author = scene.board.notes.get(&id).map_or("", |note| &*note.author);
        let from = if author.is_empty() { row.right } else { format!("@{author} {}", row.right) };
        let text = SafeText::line(&row.text).into_string();
        for (line, text) in (y..y + TWIN_ROWS - 1).zip(wrap(&text, half.max(1) as usize)) {
            canvas.print_within(left, line, half, text, state.theme.panel());
        }
        canvas.print_within(left, y + TWIN_ROWS - 1, half, &SafeText::line(&from), state.theme.dim());
    }
    for line in y..y + TWIN_ROWS {
        canvas.print(x + half + 1, line, "┆", state.theme.dim());
    }
}
