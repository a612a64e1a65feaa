//! Files that are no boards, read within bounds.

use std::io;
use std::path::Path;

use super::failure::{Failure, Outcome};
use crate::session::file::{bytes_from, bytes_of};
use crate::session::saves::error::cause;
use crate::words::Said;

/// The bytes of a file, or of standard input where it is `-`; one more than may be imported at most.
pub(crate) fn read(path: &Path) -> Outcome<Vec<u8>> {
    let taken = match path == Path::new("-") {
        true => bytes_from(&mut io::stdin().lock()).map_err(|error| cause(&error)),
        false => bytes_of(path),
    };
    let unread = || Failure::trouble(Said::new("cli-file-unread").with("path", path.display()));
    taken.map_err(|why| unread().because(why))
}
