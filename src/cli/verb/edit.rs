use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use clap::Args;

use super::Verb;
use super::import::{NOTHING_CHANGES, command_onto, perform};
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::wall::{close, not_saved};
use crate::format::{Choices, Format, named};
use crate::session::Wall;
use crate::session::person::new_author;
use crate::session::saves::disk::owner_only;
use crate::session::saves::error::cause;
use crate::words::Said;

/// Opens the wall as text in an editor; what was changed comes back as one deed.
#[derive(Args)]
#[command(about = "cli-edit")]
pub(super) struct Edit {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
}

impl Verb for Edit {
    fn run(self, face: &mut Face) -> Outcome {
        let editor = editor().ok_or_else(|| Failure::usage(Said::new("cli-no-editor")))?;
        let mut wall = face.open(&self.board)?;
        let format = named("text").expect("the table of formats has the text form");
        let before = format.write(wall.board(), &Choices { lang: face.lang, ..Choices::default() });
        let before = before.map_err(Failure::trouble)?;
        let draft = Draft::write(&before)?;
        let after = draft.edited(&editor)?;
        if after == before {
            face.tell(&Said::new(NOTHING_CHANGES));
            draft.throw_away();
        } else {
            let done = take_in(&after, format, &mut wall, face).map_err(|failure| draft.kept(failure));
            close(wall).map_err(|failure| draft.kept(failure)).and(done)?;
            draft.throw_away();
        }
        Ok(Done::Well)
    }
}

/// What `VISUAL` or `EDITOR` says.
fn editor() -> Option<String> {
    let told = ["VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok());
    told.into_iter().find(|editor| !editor.trim().is_empty())
}

/// Makes of the wall what the text says, as one deed.
fn take_in(text: &str, format: &Format, wall: &mut Wall, face: &mut Face) -> Outcome<()> {
    let command = command_onto(wall, format, text, true, face).map_err(Failure::trouble)?;
    let mut seat = face.seat(&face.saves()?);
    match perform(&mut seat, wall, &command, face)? {
        Some(performed) => performed.wait().map_err(not_saved),
        None => {
            face.tell(&Said::new(NOTHING_CHANGES));
            Ok(())
        }
    }
}

/// The text while somebody edits it: a file that only its owner may read.
struct Draft(PathBuf);

impl Draft {
    fn write(text: &str) -> Outcome<Draft> {
        let path = std::env::temp_dir().join(format!("squall-{}.txt", new_author()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        owner_only(&mut options);
        let written = options.open(&path).and_then(|mut file| file.write_all(text.as_bytes()));
        let failed = |error| {
            Failure::trouble(Said::new("cli-file-unwritten").with("path", path.display()))
                .because(cause(&error))
        };
        written.map_err(failed)?;
        Ok(Draft(path))
    }

    /// The text as the editor left it.
    fn edited(&self, editor: &str) -> Outcome<String> {
        let failed = |why| {
            self.kept(Failure::trouble(Said::new("cli-editor-failed").with("editor", editor)).because(why))
        };
        let status = run(editor, &self.0).map_err(|error| failed(cause(&error)))?;
        if !status {
            return Err(failed(Said::new("cli-editor-status")));
        }
        fs::read_to_string(&self.0).map_err(|error| failed(cause(&error)))
    }

    /// The same failure, and where the text is, so that nothing is lost.
    fn kept(&self, failure: Failure) -> Failure {
        failure.hint(Said::new("cli-text-kept").with("path", self.0.display()))
    }

    fn throw_away(self) {
        drop(fs::remove_file(self.0));
    }
}

/// Runs an editor as the shell would, since its variable may hold options too; whether it ended well.
fn run(editor: &str, path: &Path) -> std::io::Result<bool> {
    let mut process = if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut process = Process::new(words.next().unwrap_or(editor));
        process.args(words);
        process
    } else {
        let mut process = Process::new("sh");
        process.args(["-c", &format!("{editor} \"$@\""), editor]);
        process
    };
    Ok(process.arg(path).status()?.success())
}
