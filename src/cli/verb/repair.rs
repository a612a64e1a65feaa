use clap::Args;

use super::Verb;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Outcome};
use crate::cli::progress::progress;
use crate::session::upkeep::{Repair as Repaired, UpkeepError, repair};
use crate::words::Said;

/// Turns lines that were edited by hand into new deeds; the file as it was is kept.
#[derive(Args)]
#[command(about = "cli-repair")]
pub(super) struct Repair {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
}

impl Verb for Repair {
    fn run(self, face: &mut Face) -> Outcome {
        let saves = face.saves()?;
        let mut seat = face.seat(&saves);
        match repair(&saves, &saves.path_of(&self.board)?, &mut seat, &mut progress()) {
            Ok(Repaired { deeds, lost, old }) => {
                let old = old.display();
                face.tell(
                    &Said::new("cli-repaired").with("deeds", deeds).with("lost", lost).with("old", old),
                );
                Ok(if lost > 0 { Done::Found } else { Done::Well })
            }
            Err(UpkeepError::NothingToRepair) => {
                face.tell(&UpkeepError::NothingToRepair.said());
                Ok(Done::Well)
            }
            Err(error) => Err(error.into()),
        }
    }
}
