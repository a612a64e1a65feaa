use clap::Args;

use super::Verb;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Outcome};
use crate::cli::progress::progress;
use crate::session::upkeep::{Squash as Squashed, UpkeepError, squash};
use crate::words::Said;

/// Leaves out the deeds that do not matter any more; the full log is kept.
#[derive(Args)]
#[command(about = "cli-squash")]
pub(super) struct Squash {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
}

impl Verb for Squash {
    fn run(self, face: &mut Face) -> Outcome {
        let saves = face.saves()?;
        match squash(&saves, &saves.path_of(&self.board)?, &mut progress()) {
            Ok(Squashed { kept, dropped, full }) => face.tell(
                &Said::new("cli-squashed")
                    .with("kept", kept)
                    .with("dropped", dropped)
                    .with("full", full.display()),
            ),
            Err(UpkeepError::NothingToDrop) => face.tell(&UpkeepError::NothingToDrop.said()),
            Err(error) => return Err(error.into()),
        }
        Ok(Done::Well)
    }
}
