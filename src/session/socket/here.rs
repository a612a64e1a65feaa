//! Sockets between the processes of one person on one machine, where it has such.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::Bytes;
use crate::session::saves::Saves;
use crate::session::saves::disk::{folder_of, make_folder};

/// The folder beside the boards that only its owner may enter, and that holds what only the living need.
const FOLDER: &str = "live";

/// Where the squall that has a board open is reached. The name is short, since the paths of sockets have to be.
pub(in crate::session) fn place(saves: &Saves, board: &Path) -> PathBuf {
    let board = board.canonicalize().unwrap_or_else(|_| board.into());
    let hash = Sha256::digest(board.as_os_str().as_encoded_bytes());
    let name: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    saves.folder().join(FOLDER).join(name)
}

/// A place where others knock. Whoever has the lock of the board has the place: what lies there is stale.
pub(in crate::session) struct Knocker {
    path: PathBuf,
    listener: UnixListener,
}

impl Knocker {
    pub(in crate::session) fn at(path: PathBuf) -> io::Result<Knocker> {
        make_folder(folder_of(&path))?;
        drop(fs::remove_file(&path));
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        listener.set_nonblocking(true)?;
        Ok(Knocker { path, listener })
    }

    /// What hears the knocks, within a runtime. The place is gone with this knocker, not with what hears.
    pub(in crate::session) fn ear(&self) -> io::Result<Ear> {
        self.listener.try_clone()
    }
}

impl Drop for Knocker {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
    }
}

/// Hears knocks.
pub(in crate::session) type Ear = UnixListener;

/// Hands on whoever knocks, for as long as there is somebody to hand them to.
pub(in crate::session) async fn each(ear: Ear, come: impl Fn(Box<dyn Bytes>)) -> io::Result<()> {
    let listener = tokio::net::UnixListener::from_std(ear)?;
    loop {
        come(Box::new(listener.accept().await?.0));
    }
}

/// Knocks.
pub(in crate::session) async fn knock(path: &Path) -> io::Result<Box<dyn Bytes>> {
    Ok(Box::new(tokio::net::UnixStream::connect(path).await?))
}

/// Whether somebody hears.
pub(in crate::session) fn is_answered(path: &Path) -> bool {
    UnixStream::connect(path).is_ok()
}
