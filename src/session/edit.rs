//! A wall as text, changed by a person in their editor: what they changed is one deed.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use super::person::new_author;
use super::saves::disk::owner_only;
use super::saves::error::cause;
use super::{Performed, Refusal, Seat, Wall};
use crate::command::{Command, changes_between};
use crate::format::{Choices, Format, Reading, Remark, named};
use crate::model::{EntryId, Id};
use crate::words::{Lang, Said};

/// What the wall says to a command that asks for what is there already.
pub const NOTHING_CHANGES: &str = "reject-nothing-changes";

/// Why a wall is not what somebody made of it in an editor.
#[derive(Debug)]
pub struct NotEdited {
    /// Why.
    pub why: Why,
    /// Where their text is, so that nothing is lost.
    pub kept: Option<PathBuf>,
}

/// Why a text does not come back from an editor, or does not become the wall.
#[derive(Debug)]
pub enum Why {
    /// None is named.
    NoEditor,
    /// There is no text form of it, or nobody can read what came back.
    Unreadable(Said),
    /// The text could not be written there.
    Unwritten(PathBuf, Said),
    /// The editor could not be run, or did not end well.
    Editor(String, Said),
    /// The wall says no.
    Refused(Refusal),
    /// It was done, and is not on the disk.
    NotSaved(Said),
}

impl Why {
    /// The sentence people read.
    pub fn said(&self) -> Said {
        match self {
            Why::NoEditor => Said::new("edit-no-editor"),
            Why::Unreadable(why) => why.clone(),
            Why::Unwritten(path, _) => Said::new("edit-unwritten").with("path", path.display()),
            Why::Editor(editor, _) => Said::new("edit-failed").with("editor", editor),
            Why::Refused(refusal) => refusal.said(),
            Why::NotSaved(_) => Said::new("edit-not-saved"),
        }
    }

    /// What lies behind it.
    pub fn cause(&self) -> Option<Said> {
        match self {
            Why::Unwritten(_, cause) | Why::Editor(_, cause) | Why::NotSaved(cause) => Some(cause.clone()),
            Why::NoEditor | Why::Unreadable(_) | Why::Refused(_) => None,
        }
    }
}

/// Has the editor that `VISUAL` or `EDITOR` names change the text of a wall, and does what was changed; nothing where
/// nothing was. Also what of the text was not taken as it stands.
pub fn edit(
    wall: &mut Wall,
    seat: &mut Seat,
    lang: Lang,
) -> Result<Option<(Performed, Vec<Remark>)>, NotEdited> {
    let without = |why| NotEdited { why, kept: None };
    let editor = editor().ok_or_else(|| without(Why::NoEditor))?;
    let format = named("text").expect("the table of formats has the text form");
    let before = format.text(wall.board(), &Choices { lang, ..Choices::default() });
    let before = before.expect("the text form is one text");
    let path = std::env::temp_dir().join(format!("squall-{}.txt", new_author()));
    write(&path, &before).map_err(|error| without(Why::Unwritten(path.clone(), cause(&error))))?;
    let done = edited(&editor, &path)
        .and_then(|after| if after == before { Ok(None) } else { take_in(&after, format, wall, seat) })
        .map_err(|why| NotEdited { why, kept: Some(path.clone()) })?;
    drop(fs::remove_file(path));
    Ok(done)
}

/// The command that makes of a wall what a text says; without `prune` what the text does not tell stays.
pub fn command_onto(
    wall: &Wall,
    format: &Format,
    text: &str,
    prune: bool,
) -> Result<(Command, Vec<Remark>), Said> {
    let Reading { board, remarks, .. } = format.read_onto(wall.board(), text, !prune, &mut mint())?;
    Ok((changes_between(wall.board(), &board, prune), remarks))
}

/// Ids under an author whom nobody else is.
pub fn mint() -> impl FnMut() -> Id {
    let entry = EntryId { author: new_author(), counter: 1 };
    let mut next = 0;
    move || {
        next += 1;
        entry.thing(next - 1)
    }
}

/// What `VISUAL` or `EDITOR` says.
fn editor() -> Option<String> {
    let told = ["VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok());
    told.into_iter().find(|editor| !editor.trim().is_empty())
}

/// Makes of the wall what the text says, as one deed that is on the disk.
fn take_in(
    text: &str,
    format: &Format,
    wall: &mut Wall,
    seat: &mut Seat,
) -> Result<Option<(Performed, Vec<Remark>)>, Why> {
    let (command, remarks) = command_onto(wall, format, text, true).map_err(Why::Unreadable)?;
    match seat.perform(wall, &command) {
        Err(refusal) if refusal.said().key.0 == NOTHING_CHANGES => Ok(None),
        Err(refusal) => Err(Why::Refused(refusal)),
        Ok(performed) => {
            performed.wait().map_err(Why::NotSaved)?;
            Ok(Some((performed, remarks)))
        }
    }
}

/// Writes a file that only its owner may read.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    owner_only(&mut options);
    options.open(path)?.write_all(text.as_bytes())
}

/// The text as the editor left it.
fn edited(editor: &str, path: &Path) -> Result<String, Why> {
    let failed = |why| Why::Editor(editor.to_owned(), why);
    let is_well = run(editor, path).map_err(|error| failed(cause(&error)))?;
    if !is_well {
        return Err(failed(Said::new("edit-status")));
    }
    fs::read_to_string(path).map_err(|error| failed(cause(&error)))
}

/// Runs an editor as the shell would, since its variable may hold options too; whether it ended well.
fn run(editor: &str, path: &Path) -> io::Result<bool> {
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
