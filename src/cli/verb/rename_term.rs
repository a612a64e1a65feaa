use clap::Args;

use super::Verb;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::wall::not_saved;
use crate::query::tell;
use crate::session::term::renaming;
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
        let unknown = || Failure::refusal(Said::new("cli-term-unknown").with("term", &self.old));
        let command = renaming(wall.board(), &self.old, &self.new).ok_or_else(unknown)?;
        let mut seat = face.seat(&face.saves()?);
        let performed = seat.perform(&mut wall, &command)?;
        performed.wait().map_err(not_saved)?;
        for said in tell(&performed.applied, wall.board(), wall.board()) {
            face.tell(&said);
        }
        face.close(wall)?;
        Ok(Done::Well)
    }
}
