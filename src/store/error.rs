//! Why a journal cannot be used, told in a sentence.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::model::RoomName;
use crate::words::Said;

/// Why a journal did not do what it was asked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum StoreError {
    /// No such room.
    NoRoom(RoomName),
    /// A room of that name is there already.
    RoomExists(RoomName),
    /// The folder was written by a squall that is newer than this one.
    Newer(PathBuf),
    /// The folder holds something else.
    NotAStore(PathBuf),
    /// Another process has the folder open.
    InUse(PathBuf),
    /// The folder cannot be opened: the operating system said no, or what it holds is damaged.
    Unusable {
        /// The folder.
        path: PathBuf,
        /// Why.
        cause: Cause,
    },
    /// What is kept cannot be read.
    Unreadable(Cause),
    /// A write or a sync failed, so nothing is kept any more until the folder is opened anew.
    Failed(Cause),
    /// More waits to be kept than may wait; nothing of this was taken.
    Busy,
    /// Closed before it could answer.
    Closed,
    /// A tail was too slow and has missed lines.
    Behind,
    /// This line of a dump cannot be read, by its number from 1.
    BadDump(u64),
    /// A dump could not be written or read.
    DumpIo(Cause),
}

/// What stands behind a failure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cause {
    /// No room on the disk.
    Full,
    /// Not allowed.
    Denied,
    /// The disk did not take what was written behind the back of whoever asked; why is not known here.
    Unwritten,
    /// What the system or the engine said.
    Other(String),
}

impl StoreError {
    pub(super) fn unusable(path: &Path, cause: impl Into<Cause>) -> StoreError {
        StoreError::Unusable { path: path.into(), cause: cause.into() }
    }

    /// The sentence people read.
    pub fn said(&self) -> Said {
        let of = |key, path: &Path| Said::new(key).with("path", path.display());
        match self {
            StoreError::NoRoom(room) => Said::new("store-no-room").with("room", room),
            StoreError::RoomExists(room) => Said::new("store-room-exists").with("room", room),
            StoreError::Newer(path) => of("store-newer", path),
            StoreError::NotAStore(path) => of("store-no-store", path),
            StoreError::InUse(path) => of("store-in-use", path),
            StoreError::Unusable { path, cause } => {
                of("store-unusable", path).with_said("cause", cause.said())
            }
            StoreError::Unreadable(cause) => Said::new("store-unreadable").with_said("cause", cause.said()),
            StoreError::Failed(cause) => Said::new("store-failed").with_said("cause", cause.said()),
            StoreError::Busy => Said::new("store-busy"),
            StoreError::Closed => Said::new("store-closed"),
            StoreError::Behind => Said::new("store-behind"),
            StoreError::BadDump(number) => Said::new("store-bad-dump").with("number", number),
            StoreError::DumpIo(cause) => Said::new("store-dump-io").with_said("cause", cause.said()),
        }
    }
}

impl Cause {
    fn said(&self) -> Said {
        match self {
            Cause::Full => Said::new("cause-full"),
            Cause::Denied => Said::new("cause-denied"),
            Cause::Unwritten => Said::new("cause-unwritten"),
            Cause::Other(text) => Said::new("cause-other").with("text", text),
        }
    }
}

impl From<&io::Error> for Cause {
    fn from(error: &io::Error) -> Cause {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Cause::Full,
            ErrorKind::PermissionDenied => Cause::Denied,
            _ => Cause::Other(error.to_string()),
        }
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Cause {
        (&error).into()
    }
}

impl From<fjall::Error> for Cause {
    fn from(error: fjall::Error) -> Cause {
        match error {
            fjall::Error::Io(error) | fjall::Error::Storage(fjall::LsmError::Io(error)) => error.into(),
            fjall::Error::Poisoned => Cause::Unwritten,
            error => Cause::Other(error.to_string()),
        }
    }
}
