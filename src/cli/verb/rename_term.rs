use clap::Args;

use super::Verb;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::wall::not_saved;
use crate::command::Command;
use crate::model::grammar::with_term;
use crate::model::{Board, Details, Id};
use crate::query::tell;
use crate::words::Said;

/// Changes a word of the ubiquitous language everywhere, as one deed.
#[derive(Args)]
#[command(about = "cli-rename-term")]
pub(super) struct RenameTerm {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(value_name = "value-old", help = "arg-old")]
    old: String,
    #[arg(value_name = "value-term", help = "arg-term")]
    new: String,
}

impl Verb for RenameTerm {
    fn run(self, face: &mut Face) -> Outcome {
        if self.old.trim().is_empty() {
            return Err(Failure::usage(Said::new("cli-term-empty")));
        }
        let mut wall = face.open(&self.board)?;
        let commands = Term { old: self.old.trim(), new: self.new.trim() }.renamed(wall.board());
        if commands.is_empty() {
            return Err(Failure::refusal(Said::new("cli-term-unknown").with("term", &self.old)));
        }
        let mut seat = face.seat(&face.saves()?);
        let performed = seat.perform(&mut wall, &Command::All(commands))?;
        performed.wait().map_err(not_saved)?;
        for said in tell(&performed.applied, wall.board(), wall.board()) {
            face.tell(&said);
        }
        face.close(wall)?;
        Ok(Done::Well)
    }
}

struct Term<'a> {
    old: &'a str,
    new: &'a str,
}

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
