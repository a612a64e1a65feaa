//! Requirements: writing them down, and saying which notes meet them.

use serde_json::Value;

use super::Turn;
use crate::command::Command;
use crate::model::Id;
use crate::model::text::tidied;
use crate::tui::side::{Item, TABS};
use crate::tui::state::{Asked, Effect};

impl Turn<'_> {
    /// Asks what a new requirement says.
    pub(in crate::tui) fn require(&mut self) {
        self.question(Asked::Requirement, "");
    }

    /// Writes down a scenario, a sentence a line, as one deed. Bullets and numbers before a sentence are left out.
    pub(super) fn require_all(&mut self, scenario: &str) {
        let bare = |line: &str| {
            let line = line.trim();
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let numbered = rest.strip_prefix(['.', ')']).filter(|_| rest.len() < line.len());
            let text = numbered.or(line.strip_prefix(['-', '*', '\u{2022}'])).unwrap_or(line);
            tidied(text.trim())
        };
        let lines = scenario.lines().map(bare).filter(|text| !text.is_empty());
        let sentences: Vec<Command> = lines.map(|text| Command::Require { text }).collect();
        if !sentences.is_empty() {
            self.ask(Effect::Perform(Command::All(sentences)));
        }
    }

    /// Asks what the chosen requirement is to say.
    pub(in crate::tui) fn reword_requirement(&mut self) {
        if let Some(id) = self.chosen_requirement()
            && let Some(sentence) = self.scene.board.requirements.get(&id)
        {
            self.question(Asked::Sentence(id), sentence.text());
        }
    }

    /// Says that the chosen notes meet the chosen requirement; that they do not where all of them did.
    pub(in crate::tui) fn meet_requirement(&mut self) {
        let Some(requirement) = self.chosen_requirement() else { return };
        let notes = self.chosen_notes();
        let Some(sentence) = self.scene.board.requirements.get(&requirement) else { return };
        let met: Vec<Id> = sentence.met_by().collect();
        if notes.is_empty() {
            return;
        }
        self.ask(Effect::Perform(if notes.iter().all(|note| met.contains(note)) {
            let left: Vec<Value> =
                met.iter().filter(|id| !notes.contains(id)).map(|id| id.to_string().into()).collect();
            let value = if left.is_empty() { Value::Null } else { Value::Array(left) };
            Command::Set { of: Some(requirement), field: "met_by".to_owned(), value }
        } else {
            Command::Meet { requirement, notes }
        }));
    }

    /// Takes the chosen requirement away.
    pub(in crate::tui) fn remove_requirement(&mut self) {
        if let Some(id) = self.chosen_requirement() {
            self.ask(Effect::Perform(Command::Remove { things: vec![id] }));
        }
    }

    /// Chooses the row of a requirement, where they are listed.
    pub(super) fn go_to_requirement(&mut self, id: Id) {
        let side = self.state.side.as_mut().filter(|side| TABS[side.tab].name == "requirements");
        let (Some(side), Some(record)) = (side, self.scene.record) else { return };
        let is_it = |item: &Item| matches!(item, Item::Requirement(of, _) if *of == id);
        let row = record.memo.items(side.tab, self.scene).iter().position(is_it);
        side.row = row.unwrap_or(side.row);
    }

    fn chosen_requirement(&self) -> Option<Id> {
        let side = self.state.side.as_ref().filter(|side| TABS[side.tab].name == "requirements")?;
        match self.scene.record?.memo.items(side.tab, self.scene).get(side.row)? {
            Item::Requirement(id, _) => Some(*id),
            _ => None,
        }
    }
}
