//! Copying and pasting: within the wall as it is, to and from other programs as text.

use std::sync::Arc;

use super::Turn;
use crate::command::{extent_of, piece_of, put_piece, put_row};
use crate::format::text::line;
use crate::format::{self, Choices};
use crate::model::{Board, Id, Point, Rect};
use crate::tui::place::Anchor;
use crate::tui::state::{Again, Copied, Effect, Told};
use crate::words::Said;

/// Lines taken from one paste: a workshop's afternoon, and still one deed that is drawn at once.
const PASTE_LINES_MAX: usize = 200;
/// Characters taken from them: five hundred a line.
const PASTE_CHARS_MAX: usize = 100_000;

impl Turn<'_> {
    /// The chosen things once more, below themselves, with the arrows between them.
    pub(in crate::tui) fn duplicate(&mut self) {
        if let Some(piece) = self.chosen_piece() {
            self.put(&piece, extent_of(&piece));
        }
    }

    pub(in crate::tui) fn copy(&mut self) {
        if let Some(piece) = self.chosen_piece() {
            self.keep(piece);
        }
    }

    pub(in crate::tui) fn cut(&mut self) {
        if let Some(piece) = self.chosen_piece() {
            let gone = piece.notes.keys().chain(piece.contexts.keys());
            let gone: Vec<Id> = gone.copied().collect();
            self.keep(piece);
            self.take_away(gone);
        }
    }

    /// Puts what was copied below what is chosen, or into the middle of the screen.
    pub(in crate::tui) fn put_copied(&mut self) {
        let Some(copied) = &self.state.copied else { return self.tell("tell-nothing-copied") };
        let copied = copied.0.clone();
        let chosen = Rect::around(self.state.things().iter().filter_map(|id| self.rect(*id)));
        self.put(&copied.0, chosen);
    }

    /// A text from another program. What was copied here comes back as it was; the lines of anything else are read as
    /// the line reads its rows.
    pub(super) fn place_pasted(&mut self, text: &str) {
        if let Some(copied) = self.state.copied.as_ref().filter(|it| it.0.1.trim() == text.trim()) {
            let copied = copied.0.clone();
            self.put(&copied.0, None);
            self.state.again = Some(Again::Row("paste", None));
            return;
        }
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let taken = lines.len().min(PASTE_LINES_MAX);
        let mut text = lines[..taken].join("\n");
        let cut = text.char_indices().nth(PASTE_CHARS_MAX).map(|(at, _)| at);
        text.truncate(cut.unwrap_or(text.len()));
        let at = self.state.window.to_board((3, 2));
        let row = line(self.scene.board, &text, self.scene.level(), None, Some(at)).board;
        if !row.notes.is_empty() || !row.arrows.is_empty() {
            let new = row.notes.values().filter(|note| note.id.as_made().is_some());
            Rect::around(new.map(|note| note.rect()))
                .into_iter()
                .for_each(|all| self.state.window.reveal(all));
            self.perform(put_row(self.scene.board, &row));
        } else if taken > 0 {
            self.tell("tell-paste-there");
        }
        if lines.len() > taken {
            let said = Said::new("tell-paste-cut").with("max", taken).with("more", lines.len() - taken);
            self.state.told = Some(Told { said, bad: true });
        } else if cut.is_some() {
            self.tell("tell-paste-long");
        }
    }

    /// The piece of the wall that is chosen; says what to do where none is.
    fn chosen_piece(&mut self) -> Option<Board> {
        let piece = piece_of(self.scene.board, &self.standing());
        if extent_of(&piece).is_none() {
            self.tell("tell-choose-first");
            return None;
        }
        Some(piece)
    }

    fn keep(&mut self, piece: Board) {
        let rows = Board { contexts: Default::default(), ..piece.clone() };
        let text = format::named("text").and_then(|text| text.text(&rows, &Choices::default()));
        let text = text.unwrap_or_default();
        let count = piece.notes.len() + piece.contexts.len();
        self.state.told = Some(Told { said: Said::new("tell-copied").with("count", count), bad: false });
        self.state.copied = Some(Copied(Arc::new((piece, text.clone()))));
        self.effects.push(Effect::Copy(text));
    }

    /// Puts a piece on the first free spot below something, or below the middle of the screen.
    fn put(&mut self, piece: &Board, below: Option<Rect>) {
        let Some(extent) = extent_of(piece) else { return };
        let anchor = below.map_or_else(|| self.middle(), Anchor::Below);
        let spot = anchor.spot(extent.size, &self.scene.projection.space);
        self.state.window.reveal(spot);
        let by: Point = spot.at.minus(extent.at);
        self.perform(put_piece(piece, by));
    }
}
