//! Why a save file cannot be used, told in a sentence.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::words::Said;

/// Why a board could not be found, read, written or locked.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum SaveError {
    /// The name has no letter and no digit, so no file can be called by it.
    NoName(String),
    /// The platform tells no home folder.
    NoHome,
    /// No such board.
    NotThere(PathBuf),
    /// A board of that name is there already.
    Exists(PathBuf),
    /// A link in the saves folder, which is not followed.
    Link(PathBuf),
    /// A folder, a pipe or a device.
    NotAFile(PathBuf),
    /// A file of no bytes.
    Empty(PathBuf),
    /// Not one line of it is a line of a wall.
    NotAWall(PathBuf),
    /// Lines of two different walls stand in it.
    TwoWalls(PathBuf),
    /// Written by a squall that is newer than this one in a way this one cannot read.
    Newer(PathBuf),
    /// Another squall is writing it.
    Busy(PathBuf),
    /// The file that says which room a board is joined to cannot be read.
    BadRoom(PathBuf),
    /// Opened for reading only.
    ReadOnly(ReadOnly),
    /// The operating system said no.
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

/// Why a wall is open for reading only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadOnly {
    /// Somebody asked for that.
    Asked,
    /// A newer squall wrote it; this one would write it wrongly.
    NewerWriter,
    /// Another squall is writing it.
    Busy,
    /// The file may not be written.
    Unwritable,
    /// No header line is whole, so it is not known which wall it is.
    NoHeader,
    /// The link to its room is for looking only.
    Viewer,
    /// A facilitator has closed its room for writing.
    Room,
}

impl ReadOnly {
    /// The sentence people read.
    pub fn said(self) -> Said {
        Said::new(match self {
            ReadOnly::Asked => "save-read-only",
            ReadOnly::NewerWriter => "save-newer-writer",
            ReadOnly::Busy => "save-busy-elsewhere",
            ReadOnly::Unwritable => "save-unwritable",
            ReadOnly::NoHeader => "save-without-header",
            ReadOnly::Viewer => "room-viewer",
            ReadOnly::Room => "room-read-only",
        })
    }
}

impl SaveError {
    /// What the operating system said of a file.
    pub fn io(path: &Path, source: io::Error) -> SaveError {
        match source.kind() {
            ErrorKind::NotFound => SaveError::NotThere(path.into()),
            ErrorKind::AlreadyExists => SaveError::Exists(path.into()),
            ErrorKind::IsADirectory => SaveError::NotAFile(path.into()),
            _ => SaveError::Io { path: path.into(), source },
        }
    }

    /// What the operating system said of a folder that was to be made.
    pub fn folder(path: &Path, source: io::Error) -> SaveError {
        let is_file = source.kind() == ErrorKind::AlreadyExists;
        let source = if is_file { ErrorKind::NotADirectory.into() } else { source };
        SaveError::Io { path: path.into(), source }
    }

    /// The sentence people read.
    pub fn said(&self) -> Said {
        let of = |key, path: &Path| Said::new(key).with("path", path.display());
        match self {
            SaveError::NoName(name) => Said::new("save-no-name").with("name", name),
            SaveError::NoHome => Said::new("save-no-home"),
            SaveError::NotThere(path) => of("save-not-there", path),
            SaveError::Exists(path) => of("save-exists", path),
            SaveError::Link(path) => of("save-link", path),
            SaveError::NotAFile(path) => of("save-no-file", path),
            SaveError::Empty(path) => of("save-empty", path),
            SaveError::NotAWall(path) => of("save-no-wall", path),
            SaveError::TwoWalls(path) => of("save-two-walls", path),
            SaveError::Newer(path) => of("save-newer", path),
            SaveError::Busy(path) => of("save-busy", path),
            SaveError::BadRoom(path) => of("save-bad-room", path),
            SaveError::ReadOnly(why) => why.said(),
            SaveError::Io { path, source } => of("save-io", path).with_said("cause", cause(source)),
        }
    }
}

/// What the operating system said, in a person's words where there are some.
pub fn cause(error: &io::Error) -> Said {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Said::new("cause-full")
        }
        ErrorKind::PermissionDenied => Said::new("cause-denied"),
        ErrorKind::ReadOnlyFilesystem => Said::new("cause-read-only"),
        ErrorKind::NotFound => Said::new("cause-gone"),
        ErrorKind::NotADirectory => Said::new("cause-in-file"),
        _ => Said::new("cause-other").with("text", error),
    }
}
