//! Files that are no boards, written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::saves::error::cause;
use crate::format::Folder;
use crate::model::limit::IMPORT_BYTES_MAX;
use crate::words::Said;

/// Why a file was not written.
#[derive(Clone, PartialEq, Debug)]
pub enum NotPut {
    /// One is there already, and nobody said that it may be replaced.
    There(PathBuf),
    /// The operating system said no.
    Unwritten(PathBuf, Said),
}

impl NotPut {
    /// The sentence people read, without what lies behind it.
    pub fn said(&self) -> Said {
        match self {
            NotPut::There(path) => Said::new("file-there").with("path", path.display()),
            NotPut::Unwritten(path, _) => Said::new("file-unwritten").with("path", path.display()),
        }
    }
}

/// The bytes of a file that is to be imported, one more than may be at most; else why it cannot be read.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>, Said> {
    File::open(path).and_then(|mut file| bytes_from(&mut file)).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Said::new("cause-none"),
        ErrorKind::IsADirectory => Said::new("cause-folder"),
        _ => cause(&error),
    })
}

/// The same of what is open.
pub fn bytes_from(open: &mut dyn io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open.take(IMPORT_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Refuses a place where something is already, but where `over` says that it may be replaced.
pub fn free(path: &Path, over: bool) -> Result<(), NotPut> {
    let is_there = !over && fs::symlink_metadata(path).is_ok();
    if is_there { Err(NotPut::There(path.into())) } else { Ok(()) }
}

/// Writes a file; one that is there only where `over` says so.
pub fn put(path: &Path, text: &str, over: bool) -> Result<(), NotPut> {
    free(path, over)?;
    replace(path, text).map_err(|error| {
        let why = match error.kind() {
            ErrorKind::NotFound => Said::new("cause-no-folder"),
            ErrorKind::IsADirectory => Said::new("cause-folder"),
            _ => cause(&error),
        };
        NotPut::Unwritten(path.into(), why)
    })
}

/// Writes the files of a folder, which is made where it is not there. What is there and holds something else is
/// replaced only where `over` says so; where one may not be, none is written.
pub fn put_all(folder: &Path, files: &Folder, over: bool) -> Result<(), NotPut> {
    let places = files.iter().map(|(name, text)| (folder.join(name), text));
    let is_new =
        |(path, text): &(PathBuf, &String)| fs::read(path).map_or(true, |there| there != text.as_bytes());
    let places: Vec<_> = places.filter(is_new).collect();
    places.iter().try_for_each(|(path, _)| free(path, over))?;
    for (path, text) in places {
        let above = path.parent().unwrap_or(folder);
        fs::create_dir_all(above).map_err(|error| NotPut::Unwritten(above.into(), cause(&error)))?;
        put(&path, text, over)?;
    }
    Ok(())
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
