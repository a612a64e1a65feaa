use clap::Args;

use super::Verb;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Outcome};
use crate::words::Said;

/// Takes boards away; each is kept in `backup/` for a while.
#[derive(Args)]
#[command(about = "cli-rm")]
pub(super) struct Rm {
    #[arg(value_name = "value-board", help = "arg-boards", required = true)]
    boards: Vec<String>,
}

impl Verb for Rm {
    fn run(self, face: &mut Face) -> Outcome {
        let saves = face.saves()?;
        for board in &self.boards {
            let kept = saves.remove(&saves.path_of(board)?)?;
            face.tell(&Said::new("cli-kept").with("path", kept.display()));
        }
        Ok(Done::Well)
    }
}
