use clap::Args;

use super::Verb;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::session::saves::SaveError;
use crate::words::Said;

/// Joins a board to nothing any more; the wall stays.
#[derive(Args)]
#[command(about = "cli-leave")]
pub(super) struct Leave {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
}

impl Verb for Leave {
    fn run(self, face: &mut Face) -> Outcome {
        let saves = face.saves()?;
        let path = saves.path_of(&self.board)?;
        if !path.exists() {
            return Err(SaveError::NotThere(path).into());
        }
        if !saves.forget_room(&path)? {
            return Err(Failure::refusal(Said::new("leave-not-joined").with("name", &self.board)));
        }
        face.tell(&Said::new("leave-done").with("name", &self.board));
        Ok(Done::Well)
    }
}
