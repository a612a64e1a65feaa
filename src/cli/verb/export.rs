use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::file::read;
use crate::format::{Choices, FORMATS, Format, Written, named, text_in};
use crate::model::{Board, Id};
use crate::session::file::{put, put_all};
use crate::words::{Lang, Said};

/// Writes a board in another form.
#[derive(Args)]
#[command(about = "cli-export")]
pub(super) struct Export {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, value_name = "value-form", help = "arg-to", value_parser = written)]
    to: Option<&'static Format>,
    #[arg(short, long, value_name = "value-file", help = "arg-out-file")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "value-name", help = "arg-context")]
    context: Option<String>,
    #[arg(long, help = "arg-exact")]
    exact: bool,
    #[arg(long, help = "arg-force-file")]
    force: bool,
}

fn written(name: &str) -> Result<&'static Format, Said> {
    let names = FORMATS.iter().filter(|format| format.write.is_some()).map(|format| format.name);
    let unknown = || Said::new("cli-values").with("values", names.collect::<Vec<_>>().join(" "));
    named(name).filter(|format| format.write.is_some()).ok_or_else(unknown)
}

impl Verb for Export {
    fn run(self, face: &mut Face) -> Outcome {
        let output = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let format = self.to.or_else(|| output.and_then(told_by_ending));
        let format =
            format.ok_or_else(|| Failure::usage(Said::new("cli-no-format")).try_next(&["formats"]))?;
        let wall = face.look(&self.board)?;
        let board = wall.board();
        let context = self.context.as_deref().map(|name| context(board, name)).transpose()?;
        let choices = Choices { context, exact: self.exact, lang: face.lang };
        let written = format.write(board, &choices).map_err(Failure::usage)?;
        match (output, written) {
            (Some(path), Written::Folder(files)) if !is_file_of(path, format) => {
                put_all(path, &files, self.force)?
            }
            (Some(path), written) => {
                let text = written.text().ok_or_else(|| {
                    let (format, path) = (format.name, path.display());
                    Failure::usage(
                        Said::new("cli-folder-is-no-file").with("format", format).with("path", path),
                    )
                })?;
                let may_replace = context.is_none() && is_ours(path, format, board, face.lang);
                put(path, &text, self.force || may_replace)?;
            }
            (None, written) => print(written.text().ok_or_else(|| {
                Failure::usage(Said::new("cli-folder-wants-a-place").with("format", format.name))
            })?)?,
        }
        Ok(Done::Well)
    }
}

/// The format whose files end as this one does; the longest ending counts.
fn told_by_ending(path: &Path) -> Option<&'static Format> {
    let name = path.file_name()?.to_str()?;
    let ends = |format: &&Format| name.strip_suffix(format.ending).is_some_and(|rest| rest.ends_with('.'));
    let written = FORMATS.iter().filter(|format| format.write.is_some() && !format.ending.is_empty());
    written.filter(ends).max_by_key(|format| format.ending.len())
}

/// Whether the path is that of one file of a format.
fn is_file_of(path: &Path, format: &Format) -> bool {
    let last = format.ending.rsplit('.').next().filter(|last| !last.is_empty());
    last.is_some() && path.extension().and_then(|it| it.to_str()) == last
}

fn context(board: &Board, name: &str) -> Outcome<Id> {
    let mut named = board.contexts.values().filter(|context| context.name() == name);
    let unknown = || Failure::refusal(Said::new("cli-no-context").with("name", name));
    named.next().map(|context| context.id).ok_or_else(unknown)
}

/// Whether the file that is there is what squall wrote of this very wall before, byte by byte.
fn is_ours(path: &Path, format: &Format, board: &Board, lang: Lang) -> bool {
    if !fs::symlink_metadata(path).is_ok_and(|data| data.is_file()) {
        return false;
    }
    let Ok(bytes) = read(path) else { return false };
    let mut mint = || Id::HERE;
    let reading = text_in(&bytes).ok().and_then(|text| format.read(text, &mut mint).ok());
    let is_written = |there: &Board| {
        let choices = [false, true].map(|exact| Choices { context: None, exact, lang });
        let mut texts = choices.iter().filter_map(|choices| format.text(there, choices));
        texts.any(|text| text.as_bytes() == bytes)
    };
    format.keeps_ids()
        && !board.id.is_empty()
        && reading.is_some_and(|reading| reading.board.id == board.id && is_written(&reading.board))
}
