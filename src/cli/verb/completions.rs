use clap::Args;
use clap_complete::{Shell, generate};

use super::Verb;
use crate::cli::face::{Face, paint};
use crate::cli::failure::{Done, Outcome};
use crate::cli::tree::tree;

/// Prints what a shell needs to complete squall's arguments.
#[derive(Args)]
#[command(about = "cli-completions")]
pub(super) struct Completions {
    #[arg(value_name = "value-shell", help = "arg-shell")]
    shell: Shell,
}

impl Verb for Completions {
    fn run(self, face: &mut Face) -> Outcome {
        let mut script = Vec::new();
        generate(self.shell, &mut tree(face.lang), "squall", &mut script);
        paint(script)?;
        Ok(Done::Well)
    }
}
