//! Files that are no boards, read within bounds.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use super::failure::{Failure, Outcome};
use crate::model::limit::IMPORT_BYTES_MAX;
use crate::session::saves::error::cause;
use crate::words::Said;

/// The bytes of a file, or of standard input where it is `-`; one more than may be imported at most.
pub(crate) fn read(path: &Path) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut take = |from: &mut dyn io::Read| from.take(IMPORT_BYTES_MAX + 1).read_to_end(&mut bytes);
    let taken = if path == Path::new("-") {
        take(&mut io::stdin().lock())
    } else {
        File::open(path).and_then(|mut file| take(&mut file))
    };
    taken.map_err(|error| {
        let failure = Failure::trouble(Said::new("cli-file-unread").with("path", path.display()));
        failure.because(match error.kind() {
            ErrorKind::NotFound => Said::new("cause-none"),
            ErrorKind::IsADirectory => Said::new("cause-folder"),
            _ => cause(&error),
        })
    })?;
    Ok(bytes)
}
