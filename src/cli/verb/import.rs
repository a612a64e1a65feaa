use std::path::PathBuf;

use clap::Args;

use super::Verb;
use super::new::{keep, title_of};
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::file::read;
use crate::cli::wall::not_saved;
use crate::command::Command;
use crate::format::{FORMATS, Format, Reading, Remark, Unclear, guessed, mapping, named, text_in};
use crate::model::text::SafeText;
use crate::model::{KINDS, NoteKind};
use crate::query::tell;
use crate::session::edit::{NOTHING_CHANGES, command_onto, mint};
use crate::session::person::new_board_id;
use crate::session::saves::SaveError;
use crate::session::{Performed, Seat, Wall};
use crate::words::{Lang, Said};

/// Reads a board that another program, or squall, has written.
#[derive(Args)]
#[command(about = "cli-import")]
pub(super) struct Import {
    #[arg(value_name = "value-file", help = "arg-in-file")]
    file: PathBuf,
    #[arg(long, value_name = "value-form", help = "arg-from", value_parser = readable)]
    from: Option<&'static Format>,
    #[arg(short, long, value_name = "value-new", help = "arg-import-name", conflicts_with = "into")]
    output: Option<String>,
    #[arg(long, value_name = "value-board", help = "arg-into")]
    into: Option<String>,
    #[arg(long, value_name = "value-mapping", help = "arg-map", value_parser = mapped, conflicts_with = "into")]
    map: Vec<(String, NoteKind)>,
    #[arg(long, requires = "into", help = "arg-prune")]
    prune: bool,
    #[arg(long, help = "arg-dry-run")]
    dry_run: bool,
    #[arg(long, help = "arg-force", conflicts_with = "into")]
    force: bool,
}

fn readable(name: &str) -> Result<&'static Format, Said> {
    let names = FORMATS.iter().filter(|format| format.read.is_some()).map(|format| format.name);
    let unknown = || Said::new("cli-values").with("values", names.collect::<Vec<_>>().join(" "));
    named(name).filter(|format| format.read.is_some()).ok_or_else(unknown)
}

fn mapped(text: &str) -> Result<(String, NoteKind), Said> {
    let kinds = || KINDS.iter().map(|row| row.id).collect::<Vec<_>>().join(" ");
    mapping::pair(text).ok_or_else(|| Said::new("cli-mapping").with("kinds", kinds()))
}

/// What is under a label, what it was taken for, and how to say otherwise.
fn told(unclear: &Unclear, lang: Lang) -> Said {
    let kind = |kind: &NoteKind| kind.label(lang);
    let wordings: Vec<String> =
        unclear.wordings.iter().map(|it| format!("“{}”", SafeText::line(it))).collect();
    Said::new("cli-unclear")
        .with("label", SafeText::line(&unclear.label))
        .with("count", unclear.count)
        .with("kind", kind(&unclear.kind))
        .with("others", unclear.others.iter().map(kind).collect::<Vec<_>>().join(", "))
        .with("wordings", wordings.join(", "))
}

impl Verb for Import {
    fn run(self, face: &mut Face) -> Outcome {
        let bytes = read(&self.file)?;
        let text = text_in(&bytes).map_err(|why| self.unreadable(why))?;
        let name = self.file.to_string_lossy();
        let format = self.from.or_else(|| guessed(text, &name)).ok_or_else(|| {
            Failure::trouble(Said::new("cli-format-unknown").with("path", &name)).try_next(&["formats"])
        })?;
        match &self.into {
            Some(into) => self.edit(into, format, text, face),
            None => self.make(format, text, face),
        }
    }
}

/// Tells what of a file was not carried, or not as it stands there.
pub(super) fn tell_remarks(remarks: Vec<Remark>, face: &Face) {
    for Remark { line, said } in remarks {
        face.tell(&match line {
            Some(line) => Said::new("cli-remark-line").with("line", line).with_said("said", said),
            None => said,
        });
    }
}

/// Does it and tells what it did; nothing, if all is that way already.
fn perform(seat: &mut Seat, wall: &mut Wall, command: &Command, face: &Face) -> Outcome<Option<Performed>> {
    let performed = match seat.perform(wall, command) {
        Err(refusal) if refusal.said().key.0 == NOTHING_CHANGES => return Ok(None),
        performed => performed?,
    };
    tell(&performed.applied, wall.board(), wall.board()).iter().for_each(|said| face.tell(said));
    Ok(Some(performed))
}

impl Import {
    /// A new wall with the board on it.
    fn make(&self, format: &Format, text: &str, face: &mut Face) -> Outcome {
        let mapping = self.map.iter().cloned().collect();
        let Reading { mut board, remarks, unclear } =
            format.read_mapped(text, &mapping, &mut mint()).map_err(|why| self.unreadable(why))?;
        tell_remarks(remarks, face);
        unclear.iter().for_each(|unclear| face.tell(&told(unclear, face.lang)));
        let saves = face.saves()?;
        let stem = self.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let name = self.output.clone().or(stem).unwrap_or_default();
        let path = saves.path_of(&name)?;
        if !self.force && path.exists() {
            return Err(Failure::from(SaveError::Exists(path)));
        }
        let keeps_id = format.keeps_ids() && is_board_id(&board.id);
        let id = if keeps_id { board.id.clone() } else { new_board_id() };
        let is_foreign = !format.keeps_ids() || format.is_mapped() && board.id.is_empty();
        if is_foreign && board.title().is_empty() {
            board.details.insert("title".to_owned(), title_of(&name).into());
        }
        let mut wall = Wall::new(&id);
        self.announce(face);
        perform(&mut face.seat(&saves), &mut wall, &Command::Import(Box::new(board)), face)?;
        if !self.dry_run {
            keep(wall, &saves, &path, self.force, face)?;
        }
        Ok(Done::Well)
    }

    /// An open wall becomes what the file says of it, thing by thing.
    fn edit(&self, into: &str, format: &Format, text: &str, face: &mut Face) -> Outcome {
        if !format.keeps_ids() {
            return Err(Failure::usage(Said::new("import-no-ids").with("format", format.name)));
        }
        let mut wall = if self.dry_run { copy(&face.look(into)?) } else { face.open(into)? };
        let (command, remarks) =
            command_onto(&wall, format, text, self.prune).map_err(|why| self.unreadable(why))?;
        tell_remarks(remarks, face);
        self.announce(face);
        let mut seat = face.seat(&face.saves()?);
        match perform(&mut seat, &mut wall, &command, face)? {
            Some(performed) => performed.wait().map_err(not_saved)?,
            None => face.tell(&Said::new(NOTHING_CHANGES)),
        }
        face.close(wall)?;
        Ok(Done::Well)
    }

    /// Before a dry run tells what it does, it says that it does not.
    fn announce(&self, face: &Face) {
        if self.dry_run {
            face.tell(&Said::new("cli-would"));
        }
    }

    fn unreadable(&self, why: Said) -> Failure {
        Failure::trouble(Said::new("cli-file-unread").with("path", self.file.display())).because(why)
    }
}

/// A wall in no file with all that happened on another.
fn copy(wall: &Wall) -> Wall {
    Wall::of(&wall.board().id, wall.history().lines().iter().cloned())
}

fn is_board_id(id: &str) -> bool {
    (1..=40).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric())
}
