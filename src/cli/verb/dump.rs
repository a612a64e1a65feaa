use std::fs::OpenOptions;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Verb;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::hall::{Data, runtime};
use crate::model::RoomName;
use crate::session::saves::disk::owner_only;
use crate::session::saves::error::cause;
use crate::store::dump;
use crate::words::Said;

/// Writes a room of a relay that rests out as plain lines.
#[derive(Args)]
#[command(about = "cli-dump")]
pub(super) struct Dump {
    #[arg(value_name = "value-room", help = "arg-room")]
    room: RoomName,
    #[arg(short, value_name = "value-file", help = "arg-out-file")]
    out: Option<PathBuf>,
    #[arg(long, value_name = "value-folder", help = "arg-data")]
    data: Option<PathBuf>,
}

impl Verb for Dump {
    fn run(self, face: &mut Face) -> Outcome {
        let path = self.out.filter(|path| path != Path::new("-"));
        if path.is_none() && io::stdout().is_terminal() {
            return Err(Failure::usage(Said::new("dump-terminal")).hint(Said::new("dump-out")));
        }
        let data = Data::find(self.data)?;
        let (runtime, journal) = (runtime()?, data.reopen()?);
        let mut out: Box<dyn Write + Send> = match &path {
            Some(path) => Box::new(BufWriter::new(create(path)?)),
            None => Box::new(BufWriter::new(io::stdout())),
        };
        let lines = runtime.block_on(dump(&*journal, &self.room, &mut *out))?;
        face.tell(&Said::new("dump-done").with("room", &self.room).with("lines", lines));
        Ok(Done::Well)
    }
}

/// A file that was not there, and that only its owner may read.
fn create(path: &Path) -> Outcome<std::fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    owner_only(&mut options);
    options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::trouble(Said::new("file-there").with("path", path.display()))
        }
        _ => {
            Failure::trouble(Said::new("file-unwritten").with("path", path.display())).because(cause(&error))
        }
    })
}
