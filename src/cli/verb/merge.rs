use clap::Args;

use super::Verb;
use super::new::keep;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Outcome};
use crate::session::upkeep::merge;
use crate::words::Said;

/// Brings two copies of one wall together.
#[derive(Args)]
#[command(about = "cli-merge")]
pub(super) struct Merge {
    #[arg(value_name = "value-board", help = "arg-board")]
    a: String,
    #[arg(value_name = "value-other", help = "arg-other")]
    b: String,
    #[arg(short, long, value_name = "value-new", help = "arg-new-name")]
    output: String,
    #[arg(long, help = "arg-force")]
    force: bool,
}

impl Verb for Merge {
    fn run(self, face: &mut Face) -> Outcome {
        let saves = face.saves()?;
        let (a, b) = (face.look(&self.a)?, face.look(&self.b)?);
        let merged = merge(&a, &b)?;
        let count = merged.history().lines().len();
        let [only_a, only_b] = [&b, &a].map(|other| count - other.history().lines().len());
        keep(merged, &saves, &saves.path_of(&self.output)?, self.force, face)?;
        face.tell(&Said::new("cli-merged").with("count", count).with("a", only_a).with("b", only_b));
        Ok(Done::Well)
    }
}
