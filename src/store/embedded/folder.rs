//! The folder of a journal, and whether what lies in it may be believed.
//!
//! ```text
//! format    {"squall":"store","version":1}
//! lock      held while the folder is open
//! trusted   gone after a write or a sync that failed
//! journal/  the engine's own
//! ```
//! After a sync that failed nobody knows which bytes the disk has: what is read back may come from memory and be gone
//! with the next power cut. So a journal without its mark of trust is copied line by line into a new one, which takes
//! its place once it is durable.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::shelves::Shelves;
use crate::store::StoreError;

/// The format this version reads and writes.
const VERSION: u32 = 1;
/// Bytes of the file that names the format, many times over.
const FORMAT_BYTES_MAX: u64 = 4_096;

const FORMAT: &str = "format";
const LOCK: &str = "lock";
/// A small file that is being written.
const UNFINISHED: &str = "lock.tmp";
const TRUSTED: &str = "trusted";
const JOURNAL: &str = "journal";
/// A journal that is being made.
const NEW: &str = "journal.new";
/// A journal whose place another takes.
const OLD: &str = "journal.old";

#[derive(Serialize, Deserialize)]
struct Format {
    squall: String,
    version: u32,
}

/// The mark of trust, and the lock.
pub(super) struct Trust {
    folder: PathBuf,
    lock: File,
}

impl Trust {
    /// Has whoever opens the folder next believe nothing that lies in it. Takes no room on a full disk.
    pub(super) fn lose(&self) {
        drop(fs::remove_file(self.folder.join(TRUSTED)));
        drop(sync_folder(&self.folder));
    }
}

impl Drop for Trust {
    fn drop(&mut self) {
        // Without a word it would last as long as the copy that a program has of it which is just being started.
        drop(self.lock.unlock());
    }
}

/// Opens the folder of a journal, or begins one.
pub(super) fn open(folder: &Path) -> Result<(Shelves, Trust), StoreError> {
    let failed = |error: io::Error| StoreError::unusable(folder, error);
    make_folder(folder).map_err(failed)?;
    let is_begun = check_format(folder)?;
    let trust = Trust { folder: folder.into(), lock: lock(folder)? };
    if !is_begun {
        let format = Format { squall: "store".to_owned(), version: VERSION };
        let text = serde_json::to_string(&format).expect("a format is plain data") + "\n";
        put(folder, FORMAT, &text).map_err(failed)?;
        sync_folder(&folder.join("..")).map_err(failed)?;
    }
    let engine = |error: fjall::Error| StoreError::unusable(folder, error);
    clear_away(folder).map_err(failed)?;
    if !folder.join(JOURNAL).exists() {
        Shelves::open(&folder.join(NEW)).map_err(engine)?;
        fs::rename(folder.join(NEW), folder.join(JOURNAL)).map_err(failed)?;
        put(folder, TRUSTED, "").map_err(failed)?;
    } else if !folder.join(TRUSTED).exists() {
        write_anew(folder).map_err(engine)?;
    }
    let shelves = Shelves::open(&folder.join(JOURNAL)).map_err(engine)?;
    Ok((shelves, trust))
}

/// Whether a journal was begun here, in a format this version knows.
fn check_format(folder: &Path) -> Result<bool, StoreError> {
    let failed = |error: io::Error| StoreError::unusable(folder, error);
    let path = folder.join(FORMAT);
    let size = match fs::metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let is_other = |name: &OsStr| name != LOCK && name != UNFINISHED;
            let others =
                fs::read_dir(folder).map_err(failed)?.flatten().filter(|it| is_other(&it.file_name()));
            return match others.count() {
                0 => Ok(false),
                _ => Err(StoreError::NotAStore(folder.into())),
            };
        }
        data => data.map_err(failed)?.len(),
    };
    let text = if size > FORMAT_BYTES_MAX { Vec::new() } else { fs::read(&path).map_err(failed)? };
    match serde_json::from_slice::<Format>(&text) {
        Ok(format) if format.squall == "store" && format.version <= VERSION => Ok(true),
        Ok(format) if format.squall == "store" => Err(StoreError::Newer(folder.into())),
        _ => Err(StoreError::NotAStore(folder.into())),
    }
}

/// Ends what was begun and not finished: a journal that was put aside is put back, a half-made one taken away.
fn clear_away(folder: &Path) -> io::Result<()> {
    let (journal, old) = (folder.join(JOURNAL), folder.join(OLD));
    if !journal.exists() && old.exists() {
        fs::rename(&old, &journal)?;
    }
    [old, folder.join(NEW)].iter().filter(|path| path.exists()).try_for_each(fs::remove_dir_all)?;
    sync_folder(folder)
}

fn write_anew(folder: &Path) -> Result<(), fjall::Error> {
    let [journal, new, old] = [JOURNAL, NEW, OLD].map(|name| folder.join(name));
    {
        let (doubted, written) = (Shelves::open(&journal)?, Shelves::open(&new)?);
        written.copy_of(&doubted)?;
    }
    fs::rename(&journal, &old)?;
    fs::rename(&new, &journal)?;
    put(folder, TRUSTED, "")?;
    Ok(fs::remove_dir_all(&old)?)
}

fn lock(folder: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    let file = options.open(folder.join(LOCK)).map_err(|error| StoreError::unusable(folder, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(folder.into())),
        Err(TryLockError::Error(error)) => Err(StoreError::unusable(folder, error)),
    }
}

/// Puts a small file into the folder, whole or not at all, durably.
fn put(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let unfinished = folder.join(UNFINISHED);
    let mut file = File::create(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, folder.join(name))?;
    sync_folder(folder)
}

/// Makes a folder that only its owner may enter.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
