use std::path::Path;

use clap::Args;

use super::Verb;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Outcome};
use crate::session::saves::{SaveError, Saves};
use crate::words::Said;

/// Gives a board another name.
#[derive(Args)]
#[command(about = "cli-mv")]
pub(super) struct Mv {
    #[command(flatten)]
    pair: Pair,
}

/// A board and the name another one is to have.
#[derive(Args)]
pub(super) struct Pair {
    #[arg(value_name = "value-board", help = "arg-board")]
    from: String,
    #[arg(value_name = "value-new", help = "arg-new-name")]
    to: String,
    #[arg(long, help = "arg-force")]
    force: bool,
}

impl Pair {
    /// Does something with the two files; what the new name had before goes to `backup/` where that was asked for.
    pub(super) fn apply(
        &self,
        face: &Face,
        act: impl FnOnce(&Saves, &Path, &Path) -> Result<(), SaveError>,
    ) -> Outcome {
        let saves = face.saves()?;
        let (from, to) = (saves.path_of(&self.from)?, saves.path_of(&self.to)?);
        if self.force && from != to {
            make_room(&saves, &to, face)?;
        }
        act(&saves, &from, &to)?;
        Ok(Done::Well)
    }
}

/// Takes the board away that has this name, where there is one, and tells where it is kept.
pub(super) fn make_room(saves: &Saves, path: &Path, face: &Face) -> Outcome<()> {
    match saves.remove(path) {
        Ok(kept) => face.tell(&Said::new("cli-kept").with("path", kept.display())),
        Err(SaveError::NotThere(_)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

impl Verb for Mv {
    fn run(self, face: &mut Face) -> Outcome {
        self.pair.apply(face, Saves::rename)
    }
}
