use clap::Args;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::tui::keymap::{Keymap, remarks};

/// Prints the settings, each with its comment, and where they lie.
#[derive(Args)]
#[command(about = "cli-config")]
pub(super) struct Settings {
    #[arg(long, help = "arg-config-path")]
    path: bool,
    #[arg(long, help = "arg-config-keys", conflicts_with = "path")]
    keys: bool,
}

impl Verb for Settings {
    fn run(self, face: &mut Face) -> Outcome {
        remarks(&face.config).iter().for_each(|remark| face.tell(remark));
        if self.keys {
            print(Keymap::of(face.config.settings()).0.table(face.lang))?;
            return Ok(Done::Well);
        }
        let path = face.config.path().display();
        print(if self.path { format!("{path}\n") } else { format!("# {path}\n{}", face.config.text()) })?;
        Ok(Done::Well)
    }
}
