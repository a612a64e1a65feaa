//! The line: a row of the wall typed as text, seen as ghosts while it is typed.

use super::Turn;
use crate::command::put_row;
use crate::format::text::{completions, line};
use crate::model::{Id, Rect};
use crate::tui::state::{Line, Mode, Told};

impl Turn<'_> {
    /// Opens the line. A row that begins with an arrow goes on from the chosen note.
    pub(in crate::tui) fn line(&mut self) {
        let after = self.state.main.filter(|id| self.scene.board.notes.contains_key(id));
        let at = self.scene.board.is_empty().then(|| self.state.window.to_board((3, 2)));
        self.state.mode = Mode::Line(Line { after, at, ..Line::default() });
    }

    /// Puts the row on the wall; the line stays open for the next one.
    pub(in crate::tui) fn drop_line(&mut self) {
        let Mode::Line(typed) = &self.state.mode else { return };
        let (after, at) = (typed.after, typed.at);
        let reading = line(self.scene.board, typed.field.text(), self.scene.level(), after, at);
        let (row, remark) = (reading.board, reading.remarks.into_iter().next());
        if row.notes.is_empty() && row.arrows.is_empty() {
            return self.tell("tell-row-empty");
        }
        self.state.mode = Mode::Line(Line { after, ..Line::default() });
        self.state.told = remark.map(|remark| Told { said: remark.said, bad: false });
        self.perform(put_row(self.scene.board, &row));
    }

    /// Takes the likeliest wording that is on the wall and goes on as what is being typed.
    pub(in crate::tui) fn complete(&mut self) {
        let Mode::Line(line) = &mut self.state.mode else { return };
        let offers = completions(self.scene.board, line.field.text(), line.field.cursor());
        if let Some(wording) = offers.wordings.first() {
            line.field.replace_from(offers.from, wording);
            self.draw_line();
        }
    }

    /// Draws what the line would put on the wall, where all of it can be seen.
    pub(super) fn draw_line(&mut self) {
        let Mode::Line(typed) = &mut self.state.mode else { return };
        let level = self.scene.level();
        typed.row = line(self.scene.board, typed.field.text(), level, typed.after, typed.at).board;
        let new = || typed.row.notes.values().filter(|note| note.id.as_made().is_some());
        let last = new().next_back().map(|note| note.rect());
        let all = Rect::around(new().map(|note| note.rect()));
        for rect in all.into_iter().chain(last) {
            self.state.window.reveal(rect);
        }
    }

    /// The next row goes on from the last note that was made.
    pub(super) fn go_on_after(&mut self, made: &[Id]) {
        if let Mode::Line(line) = &mut self.state.mode {
            let last = made.iter().rfind(|id| self.scene.board.notes.contains_key(id));
            line.after = last.copied().or(line.after);
        }
    }
}
