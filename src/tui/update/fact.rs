//! What is known of a thing beside its wording and place: its fields, votes; and the last deed once more.

use serde_json::Value;

use super::Turn;
use crate::command::Command;
use crate::model::field::{FieldRow, FieldType};
use crate::model::{Id, Thing};
use crate::tui::actions::ACTIONS;
use crate::tui::list::{rows_of, told_value};
use crate::tui::state::{Again, Ask, Asked, List, Listed, Mode};

impl Turn<'_> {
    /// Lists the fields of the chosen thing; with nothing chosen, of the board.
    pub(in crate::tui) fn fields(&mut self) {
        let there = |id: &Id| self.scene.board.thing(*id).is_some();
        self.open(Listed::Fields(self.state.main.filter(there)));
    }

    /// The form of a thing, or of the board, with one of its fields chosen.
    pub(super) fn form_at(&mut self, of: Option<Id>, name: &str) {
        let row = self.form(of).position(|row| row.name == name).unwrap_or(0);
        self.state.mode = Mode::List(List { row, ..List::new(Listed::Fields(of)) });
    }

    fn form(&self, of: Option<Id>) -> impl Iterator<Item = &'static FieldRow> + use<> {
        rows_of(of.and_then(|id| self.scene.board.thing(id)).unwrap_or(Thing::Board))
    }

    /// What a field may be, as a list in front of the form.
    pub(super) fn choices(&mut self, of: Option<Id>, field: &'static FieldRow, row: usize) {
        self.form_at(of, field.name);
        let form = std::mem::replace(&mut self.state.mode, Mode::Wall);
        let list = List { row, behind: Some(Box::new(form)), ..List::new(Listed::Choices(of, field.name)) };
        self.state.mode = Mode::List(list);
    }

    /// Takes the answer for a field, and goes on with the next one of the form, or the one before.
    pub(in crate::tui) fn answer_and(&mut self, forward: bool) {
        let Mode::Ask(Ask { what: Asked::Field(of, name), .. }) = self.state.mode else { return };
        let form: Vec<&FieldRow> = self.form(of).collect();
        let at = form.iter().position(|row| row.name == name).unwrap_or(0);
        let next = if forward { at + 1 } else { at + form.len() - 1 } % form.len().max(1);
        self.answer();
        if let Some(row) = form.get(next) {
            match row.holds {
                FieldType::Flag => self.form_at(of, row.name),
                _ => self.set_field(of, row),
            }
        }
    }

    /// Turns a flag, or asks what a field is to be; of all chosen things of the same sort.
    pub(super) fn set_field(&mut self, of: Option<Id>, row: &'static FieldRow) {
        let board = self.scene.board;
        let details = of.and_then(|id| board.details_of(id)).unwrap_or(&board.details);
        let value = details.get(row.name);
        match row.holds {
            FieldType::Flag => {
                let turned = if value.is_some() { Value::Null } else { Value::Bool(true) };
                self.give(of, row.name, &turned);
                self.form_at(of, row.name);
            }
            FieldType::Choice(words) | FieldType::Choices(words) => {
                let is_set = |word: &&str| value.and_then(Value::as_str) == Some(*word);
                let at = words.iter().position(is_set).unwrap_or(0);
                self.choices(of, row, at);
            }
            _ => {
                let told = value.map_or_else(String::new, |value| told_value(row, value, self.state.lang));
                self.question(Asked::Field(of, row.name), &told);
            }
        }
    }

    /// Gives a field a value, on every chosen thing of the sort of this one.
    pub(super) fn give(&mut self, of: Option<Id>, field: &str, value: &Value) {
        let set = |of| Command::Set { of, field: field.to_owned(), value: value.clone() };
        let Some(of) = of else { return self.perform(set(None)) };
        let sort = self.scene.board.thing(of);
        let mut things = self.standing();
        things.retain(|id| self.scene.board.thing(*id) == sort);
        if !things.contains(&of) {
            things = vec![of];
        }
        self.perform(Command::All(things.into_iter().map(|id| set(Some(id))).collect()));
    }

    /// Puts one vote more on the chosen notes, or takes one back.
    pub(in crate::tui) fn vote(&mut self, more: bool) {
        let notes = self.chosen_notes();
        let mine = |note: Id| {
            let me = self.state.me.clone()?;
            self.scene.board.votes.get(&(note, me)).map(|vote| vote.votes)
        };
        let cast = |note: Id| {
            let votes = mine(note).unwrap_or(0);
            let votes = if more { votes.checked_add(1) } else { votes.checked_sub(1) };
            votes.map(|votes| Command::CastVote { note, votes })
        };
        let casts: Vec<Command> = notes.iter().copied().filter_map(cast).collect();
        match casts.is_empty() {
            true if !notes.is_empty() => self.tell("tell-no-votes"),
            true => {}
            false => self.perform(Command::All(casts)),
        }
    }

    /// Does the last deed once more, to what is chosen now.
    pub(in crate::tui) fn repeat(&mut self) {
        let again = self.state.again.clone();
        match again.clone() {
            Some(Again::Row(name, kind)) => {
                let row = ACTIONS.iter().find(|row| row.name == name);
                row.into_iter().for_each(|row| row.run(self, kind));
            }
            Some(Again::Command(command)) => {
                let things = self.standing();
                match command.aimed_at(&things).filter(|_| !things.is_empty()) {
                    Some(command) => self.perform(command),
                    None => self.tell("tell-choose-first"),
                }
            }
            Some(Again::Arrow(aim, note)) => {
                if self.state.main != Some(note) && self.scene.board.notes.contains_key(&note) {
                    self.picked(note, aim);
                } else {
                    self.tell("tell-choose-first");
                }
            }
            None => self.tell("tell-nothing-to-repeat"),
        }
        self.state.again = again;
    }
}
