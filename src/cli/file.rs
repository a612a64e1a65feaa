//! Files that are no boards: read within bounds, written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
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
    taken.map_err(|error| trouble("cli-file-unread", path, "cause-none", &error))?;
    Ok(bytes)
}

/// Writes a file; one that is there only where `over` says so.
pub(crate) fn put(path: &Path, text: &str, over: bool) -> Outcome<()> {
    if !over && fs::symlink_metadata(path).is_ok() {
        let said = Said::new("cli-file-there").with("path", path.display());
        return Err(Failure::trouble(said).hint(Said::new("cli-hint-force-file")));
    }
    replace(path, text).map_err(|error| trouble("cli-file-unwritten", path, "cause-no-folder", &error))
}

/// Writes beside the place first, so that no crash and no full disk leaves half a file in it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|data| !data.is_file()) {
        return fs::write(path, text);
    }
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
    let temp = path.with_file_name(format!(".{}.new", name.to_string_lossy()));
    drop(fs::remove_file(&temp));
    let written = OpenOptions::new().write(true).create_new(true).open(&temp).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&temp, path)
    });
    if written.is_err() {
        drop(fs::remove_file(&temp));
    }
    written
}

fn trouble(key: &'static str, path: &Path, not_found: &'static str, error: &io::Error) -> Failure {
    let failure = Failure::trouble(Said::new(key).with("path", path.display()));
    failure.because(match error.kind() {
        ErrorKind::NotFound => Said::new(not_found),
        ErrorKind::IsADirectory => Said::new("cause-folder"),
        _ => cause(error),
    })
}
