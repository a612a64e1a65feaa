//! A word of the ubiquitous language changed everywhere, as one deed.

use crate::command::Command;
use crate::model::grammar::with_term;
use crate::model::{Board, Details, Id};

/// The details that hold words of the domain; owners, tags and the like do not.
const WORDED: [&str; 13] = [
    "alias",
    "definition",
    "chapter",
    "next",
    "label",
    "why",
    "name",
    "purpose",
    "owns_today",
    "text",
    "title",
    "scope",
    "aside",
];

/// What puts a new word in the place of an old one; nothing where the old one stands nowhere.
pub fn renaming(board: &Board, old: &str, new: &str) -> Option<Command> {
    let commands = Term { old: old.trim(), new: new.trim() }.renamed(board);
    (!commands.is_empty()).then_some(Command::All(commands))
}

struct Term<'a> {
    old: &'a str,
    new: &'a str,
}

impl Term<'_> {
    fn renamed(&self, board: &Board) -> Vec<Command> {
        let mut commands = Vec::new();
        for note in board.notes.values() {
            if let Some(wording) = with_term(note.text(), self.old, self.new) {
                commands.push(Command::Reword { note: note.id, wording });
            }
            self.in_details(Some(note.id), &note.details, &mut commands);
        }
        let arrows = board.arrows.values().map(|arrow| (arrow.id, &arrow.details));
        let contexts = board.contexts.values().map(|context| (context.id, &context.details));
        let lanes = board.lanes.values().map(|lane| (lane.id, &lane.details));
        let sentences = board.requirements.values().chain(board.decisions.values());
        let sentences = sentences.map(|sentence| (sentence.id, &sentence.details));
        for (id, details) in arrows.chain(contexts).chain(lanes).chain(sentences) {
            self.in_details(Some(id), details, &mut commands);
        }
        self.in_details(None, &board.details, &mut commands);
        commands
    }

    fn in_details(&self, of: Option<Id>, details: &Details, commands: &mut Vec<Command>) {
        for (field, value) in details.iter().filter(|(field, _)| WORDED.contains(&field.as_str())) {
            if let Some(text) = value.as_str().and_then(|text| with_term(text, self.old, self.new)) {
                commands.push(Command::Set { of, field: field.clone(), value: text.into() });
            }
        }
    }
}
