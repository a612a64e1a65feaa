use clap::Args;

use super::Verb;
use super::mv::Pair;
use crate::cli::face::Face;
use crate::cli::failure::Outcome;
use crate::session::saves::Saves;

/// Copies a board.
#[derive(Args)]
#[command(about = "cli-cp")]
pub(super) struct Cp {
    #[command(flatten)]
    pair: Pair,
}

impl Verb for Cp {
    fn run(self, face: &mut Face) -> Outcome {
        self.pair.apply(face, Saves::copy)
    }
}
