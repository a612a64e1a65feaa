//! A file made of a wall: a report, or the wall in other people's words.

use std::path::{Path, PathBuf, absolute};

use super::file::{NotPut, free, put, put_all};
use super::place::at_home;
use crate::format::report::{Form, Template, write_watched};
use crate::format::{Choices, Format, Written};
use crate::history::History;
use crate::model::Id;
use crate::query::Watch;
use crate::query::growth::Growth;
use crate::words::Lang;

/// What somebody wants made of a wall, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
    /// The file, or the folder, it is to stand in, as it was typed.
    pub path: PathBuf,
    /// What it is.
    pub what: What,
    /// The language it is told in.
    pub lang: Lang,
    /// Whether what is there may be replaced.
    pub over: bool,
}

/// What is made of a wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A report of these sections, in this form.
    Report(Template, Form),
    /// The wall, or one context of it, in a format.
    Export(&'static Format, Option<Id>),
}

/// The wall at the end of each step on the way to a model.
pub fn growth(history: &History) -> Growth {
    Growth::of(history.readable().map(|line| &line.entry), |entry| history.at(entry))
}

/// Makes it and writes it; the whole path of where it stands. Nothing where the watcher broke off.
pub fn carry_out(history: &History, order: &Order, watch: Watch<'_>) -> Option<Result<PathBuf, NotPut>> {
    let Order { what, lang, over, .. } = order;
    let path = &at_home(&order.path);
    let is_folder = matches!(what, What::Export(format, context) if format.is_folder(*context));
    if let Err(not) = free(path, *over || is_folder) {
        return Some(Err(not));
    }
    let written = match what {
        What::Report(template, form) => {
            let grown = (*template == Template::Bootcamp).then(|| growth(history));
            let text = write_watched(history.board(), grown.as_ref(), *template, *form, *lang, watch)?;
            Written::Text(text)
        }
        What::Export(format, context) => {
            let choices = Choices { context: *context, lang: *lang, ..Choices::default() };
            if watch(0, 2).is_break() {
                return None;
            }
            let written = format.write(history.board(), &choices);
            if watch(1, 2).is_break() {
                return None;
            }
            match written {
                Ok(written) => written,
                Err(why) => return Some(Err(NotPut::Unwritten(path.clone(), why))),
            }
        }
    };
    Some(stood(path, written, *over, is_folder))
}

fn stood(path: &Path, written: Written, over: bool, is_folder: bool) -> Result<PathBuf, NotPut> {
    match written {
        Written::Folder(files) if is_folder || files.len() != 1 => put_all(path, &files, over)?,
        written => put(path, &written.text().unwrap_or_default(), over)?,
    }
    Ok(absolute(path).unwrap_or_else(|_| path.into()))
}
