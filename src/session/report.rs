//! A report made for a file.

use std::path::{PathBuf, absolute};

use super::file::{NotPut, free, put};
use crate::format::report::{Form, Template, write_watched};
use crate::history::History;
use crate::query::Watch;
use crate::query::growth::Growth;
use crate::words::Lang;

/// Which report somebody wants, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
    /// The file it is to stand in.
    pub path: PathBuf,
    /// Which sections it has.
    pub template: Template,
    /// What it is written in.
    pub form: Form,
    /// The language it is told in.
    pub lang: Lang,
    /// Whether a file that is there may be replaced.
    pub over: bool,
}

/// The wall at the end of each step on the way to a model.
pub fn growth(history: &History) -> Growth {
    Growth::of(history.readable().map(|line| &line.entry), |entry| history.at(entry))
}

/// Makes a report and writes it; the whole path of its file. Nothing where the watcher broke off.
pub fn report(history: &History, order: &Order, watch: Watch<'_>) -> Option<Result<PathBuf, NotPut>> {
    let Order { path, template, form, lang, over } = order;
    if let Err(not) = free(path, *over) {
        return Some(Err(not));
    }
    let grown = (*template == Template::Bootcamp).then(|| growth(history));
    let text = write_watched(history.board(), grown.as_ref(), *template, *form, *lang, watch)?;
    Some(put(path, &text, *over).map(|()| absolute(path).unwrap_or_else(|_| path.clone())))
}
