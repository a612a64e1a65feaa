use clap::Args;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};

/// Prints the settings, each with its comment, and where they lie.
#[derive(Args)]
#[command(about = "cli-config")]
pub(super) struct Settings {
    #[arg(long, help = "arg-config-path")]
    path: bool,
}

impl Verb for Settings {
    fn run(self, face: &mut Face) -> Outcome {
        face.config.remarks().iter().for_each(|remark| face.tell(remark));
        let path = face.config.path().display();
        print(if self.path { format!("{path}\n") } else { format!("# {path}\n{}", face.config.text()) })?;
        Ok(Done::Well)
    }
}
