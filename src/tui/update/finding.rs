//! What lint finds: listed, mended, asked about, dismissed.

use super::Turn;
use crate::command::Command;
use crate::query::lint::{Finding, Fix};
use crate::session::mend::{asking, mending};
use crate::session::term::renaming;
use crate::session::unify::{dismissing, unifying};
use crate::tui::side::{Item, TABS, tab};
use crate::tui::state::{Asked, Mode, Told};
use crate::words::Said;

impl Turn<'_> {
    /// Lists them, from the first one about what is chosen.
    pub(in crate::tui) fn findings(&mut self) {
        let (tab, main) = (tab("findings"), self.state.main);
        let items = self.scene.record.map_or(&[][..], |record| record.memo.items(tab, self.scene));
        let is_about =
            |item: &Item| matches!(item, Item::Finding(it) if it.about.is_some() && it.about == main);
        let row = items.iter().position(is_about).unwrap_or(0);
        self.open_side(tab, row);
    }

    /// Has lint tell all that it finds, at whatever level; or only what it tells unasked.
    pub(in crate::tui) fn ask_lint(&mut self) {
        self.state.asks_lint = !self.state.asks_lint;
        self.open_side(tab("findings"), 0);
    }

    /// Mends the chosen finding: two notes become one, two words one, and everything else what the rule proposes.
    pub(in crate::tui) fn mend_finding(&mut self) {
        let Some(finding) = self.chosen_finding() else { return };
        let board = self.scene.board;
        if let Some([old, new]) = finding.rivals() {
            return self.question(Asked::NewTerm(old.to_owned()), new);
        }
        match finding.twins() {
            Some([kept, gone]) => self.deed_of_finding(unifying(board, kept, gone)),
            None => self.deed_of_finding(mending(&finding, board, self.state.lang)),
        }
    }

    /// Keeps what was found and puts a question on it, for everybody to see.
    pub(in crate::tui) fn ask_about_finding(&mut self) {
        let Some(finding) = self.chosen_finding() else { return };
        let said = match &finding.fix {
            Some(Fix::Ask(said)) => said,
            _ => &finding.said,
        };
        let asked = finding.about.and_then(|note| asking(self.scene.board, note, said, self.state.lang));
        let dismissed = dismissing(self.scene.board, finding.rule.id, finding.about);
        self.deed_of_finding(asked.map(|asked| Command::All(vec![asked, dismissed])));
    }

    /// Wants to hear no more of the rule: of this note, or at all.
    pub(in crate::tui) fn dismiss_finding(&mut self, here: bool) {
        let Some(finding) = self.chosen_finding() else { return };
        let note = finding.about.filter(|_| here);
        if note.is_some_and(|id| !self.scene.board.notes.contains_key(&id)) {
            return self.tell("tell-finding-of-wall");
        }
        self.perform(dismissing(self.scene.board, finding.rule.id, note));
    }

    /// Asks which word is to be another one everywhere.
    pub(in crate::tui) fn rename_term(&mut self) {
        self.question(Asked::OldTerm, "");
    }

    /// Puts one word in the place of another, everywhere.
    pub(super) fn rename(&mut self, old: &str, new: &str) {
        match renaming(self.scene.board, old, new) {
            Some(command) => self.perform(command),
            None => {
                let said = Said::new("cli-term-unknown").with("term", old);
                self.state.told = Some(Told { said, bad: true });
            }
        }
    }

    fn deed_of_finding(&mut self, command: Option<Command>) {
        match command {
            Some(command) => self.perform(command),
            None => self.tell("tell-finding-needs-you"),
        }
    }

    fn chosen_finding(&self) -> Option<Finding> {
        let side = self.state.side.as_ref().filter(|side| TABS[side.tab].name == "findings")?;
        match self.scene.record?.memo.items(side.tab, self.scene).get(side.row)? {
            Item::Finding(finding) => Some((**finding).clone()),
            _ => None,
        }
    }

    /// Keeps a row chosen where those below the last one are gone, and lights what it is about now.
    pub(super) fn keep_finding(&mut self) {
        let is_open = self.state.side.as_ref().is_some_and(|side| TABS[side.tab].name == "findings");
        if is_open && self.state.mode == Mode::Side {
            self.side_by(0);
        }
    }
}
