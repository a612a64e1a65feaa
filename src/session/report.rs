//! A report made for a file.

use std::path::{PathBuf, absolute};

use super::file::{NotPut, free, put};
use crate::format::report::{Form, Template, write_watched};
use crate::model::Board;
use crate::query::Watch;
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

/// Makes a report and writes it; the whole path of its file. Nothing where the watcher broke off.
pub fn report(board: &Board, order: &Order, watch: Watch<'_>) -> Option<Result<PathBuf, NotPut>> {
    let Order { path, template, form, lang, over } = order;
    if let Err(not) = free(path, *over) {
        return Some(Err(not));
    }
    let text = write_watched(board, *template, *form, *lang, watch)?;
    Some(put(path, &text, *over).map(|()| absolute(path).unwrap_or_else(|_| path.clone())))
}
