use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Verb;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::hall::{Data, runtime};
use crate::session::saves::error::cause;
use crate::store::restore;
use crate::words::Said;

/// Brings a room back from its plain lines.
#[derive(Args)]
#[command(about = "cli-restore")]
pub(super) struct Restore {
    #[arg(value_name = "value-file", help = "arg-dump-file")]
    file: PathBuf,
    #[arg(long, value_name = "value-folder", help = "arg-data")]
    data: Option<PathBuf>,
}

impl Verb for Restore {
    fn run(self, face: &mut Face) -> Outcome {
        let mut input: Box<dyn BufRead + Send> = match self.file == Path::new("-") {
            true => Box::new(BufReader::new(io::stdin())),
            false => Box::new(BufReader::new(File::open(&self.file).map_err(|error| {
                let said = Said::new("cli-file-unread").with("path", self.file.display());
                Failure::trouble(said).because(cause(&error))
            })?)),
        };
        let data = Data::find(self.data)?;
        let (runtime, journal) = (runtime()?, data.open()?);
        let room = runtime.block_on(restore(&*journal, &mut *input))?;
        face.tell(&Said::new("restore-done").with("room", room));
        Ok(Done::Well)
    }
}
