//! Board files: where they lie, how they are read and written, and what becomes of damage.
//!
//! [`Saves`] is the folder. A board in it is one file, `<slug>.storm`: a header line, then deeds, one a line, only ever
//! appended to. [`look`] reads one; [`Saves::open`] locks it and gives the [`Saver`] that appends.

pub mod backup;
pub mod disk;
pub mod error;
mod file;
pub mod name;
pub mod read;
pub mod record;
mod room;
pub mod saver;
mod target;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy as _;
use jiff::Timestamp;

use super::clock::{Clock, MachineClock};
pub use disk::{Disk, MachineDisk, Sink};
pub use error::{ReadOnly, SaveError};
pub use file::{Opened, look};
pub use read::{Progress, Reading};
use record::Header;
pub(super) use room::keep_room;
pub use saver::{Saved, Saver, Ticket};
use target::{Place, write_lines};

/// The folder of board files.
#[derive(Clone)]
pub struct Saves {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    clock: Arc<dyn Clock>,
}

/// A board file in the folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedBoard {
    /// What to call it by.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: u64,
    /// When it was last written.
    pub changed: Timestamp,
}

impl Saves {
    /// A folder of board files, which need not be there yet.
    pub fn at(folder: impl Into<PathBuf>) -> Saves {
        Saves { folder: folder.into(), disk: Arc::new(MachineDisk), clock: Arc::new(MachineClock) }
    }

    /// The folder that was asked for, else that of the variable `SQUALL_SAVES`, else the platform's.
    pub fn find(asked: Option<PathBuf>, variable: Option<OsString>) -> Result<Saves, SaveError> {
        let named = asked.or(variable.filter(|folder| !folder.is_empty()).map(PathBuf::from));
        if let Some(folder) = named {
            return Ok(Saves::at(folder));
        }
        let platform = etcetera::choose_base_strategy().map_err(|_| SaveError::NoHome)?;
        Ok(Saves::at(platform.data_dir().join("squall")))
    }

    /// The same folder on another disk, for tests.
    #[must_use]
    pub fn on(self, disk: Arc<dyn Disk>) -> Saves {
        Saves { disk, ..self }
    }

    /// The same folder by another clock, for tests.
    #[must_use]
    pub fn by(self, clock: Arc<dyn Clock>) -> Saves {
        Saves { clock, ..self }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What tells the time here.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// The file of a board, whether it is there or not: a path as it is, a name as its slug in the folder.
    pub fn path_of(&self, board: &str) -> Result<PathBuf, SaveError> {
        let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink());
        if name::is_path(board) {
            let given = PathBuf::from(board);
            let given = match given.exists() || board.ends_with(name::ENDING) {
                true => given,
                false => PathBuf::from(format!("{board}{}", name::ENDING)),
            };
            return match is_link(&given) {
                true => fs::canonicalize(&given).map_err(|error| SaveError::io(&given, error)),
                false => Ok(given),
            };
        }
        let slug = name::slug(board).ok_or_else(|| SaveError::NoName(board.to_owned()))?;
        let path = self.folder.join(slug + name::ENDING);
        if is_link(&path) { Err(SaveError::Link(path)) } else { Ok(path) }
    }

    /// The boards in the folder, by name. Links are left out.
    pub fn list(&self) -> Result<Vec<SavedBoard>, SaveError> {
        let failed = |error| SaveError::io(&self.folder, error);
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed)?,
        };
        let mut boards = Vec::new();
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let file_name = entry.file_name();
            let Some(stem) = file_name.to_str().and_then(|name| name.strip_suffix(name::ENDING)) else {
                continue;
            };
            let (path, data) = (entry.path(), entry.metadata().map_err(failed)?);
            if !data.is_file() || stem.starts_with('.') {
                continue;
            }
            let name = match name::slug(stem).is_some_and(|slug| slug == stem) {
                true => stem.to_owned(),
                false => path.display().to_string(),
            };
            let changed =
                data.modified().ok().and_then(|time| Timestamp::try_from(time).ok()).unwrap_or_default();
            boards.push(SavedBoard { name, path, bytes: data.len(), changed });
        }
        boards.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(boards)
    }

    /// Opens a board file for writing. It is an error where another squall does already.
    pub fn open(&self, path: &Path, progress: Progress<'_>) -> Result<Opened, SaveError> {
        self.place(path).open(progress)
    }

    /// Makes the file of a wall that has none, with these deeds in it.
    pub fn make(
        &self,
        path: &Path,
        board: &str,
        lines: impl Iterator<Item = Arc<str>>,
    ) -> Result<Saver, SaveError> {
        let header = Header::of(board);
        if !header.names_a_wall() {
            return Err(SaveError::NotAWall(path.into()));
        }
        self.make_folder_of(path)?;
        let log: Vec<Arc<str>> = std::iter::once(Arc::from(header.line())).chain(lines).collect();
        let place = self.place(path);
        let sink =
            place.make(&mut |out| write_lines(out, &log)).map_err(|error| SaveError::io(path, error))?;
        Ok(Saver::start(place.target(board, sink, log)))
    }

    /// Gives a board file another place, where none is yet.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), SaveError> {
        look(from, &mut |_, _| ())?;
        let _lock = file::lock(from, self.disk.as_ref())?;
        self.make_folder_of(to)?;
        self.disk.publish(from, to).map_err(|error| SaveError::io(to, error))?;
        self.move_room(from, to)?;
        self.sync_folders(from, to)
    }

    /// Copies the whole lines of a board file to a place where none is yet.
    pub fn copy(&self, from: &Path, to: &Path) -> Result<(), SaveError> {
        let reading = look(from, &mut |_, _| ())?;
        self.make_folder_of(to)?;
        let copied = self.place(to).make(&mut |out| {
            let mut whole = File::open(from)?.take(reading.whole_to);
            io::copy(&mut whole, out)?;
            if reading.is_open_ended { out.write_all(b"\n") } else { Ok(()) }
        });
        copied.map(drop).map_err(|error| SaveError::io(to, error))
    }

    /// Takes a board file away, and what it was joined to; gives back where in `backup/` it lies for a while.
    pub fn remove(&self, path: &Path) -> Result<PathBuf, SaveError> {
        let failed = |error| SaveError::io(path, error);
        let data = fs::symlink_metadata(path).map_err(failed)?;
        if !data.is_file() {
            return Err(SaveError::NotAFile(path.into()));
        }
        let _lock = file::lock(path, self.disk.as_ref())?;
        let kept = self.backup_of(path)?;
        self.disk.publish(path, &kept).map_err(failed)?;
        self.sync_folders(path, &kept)?;
        self.forget_room(path)?;
        Ok(kept)
    }

    /// Has other lines take the place of a board file that nobody has open; the old file is kept as `old`.
    ///
    /// `work` makes the lines of what was read, or refuses; then nothing is changed.
    pub fn rework<E: From<SaveError>>(
        &self,
        path: &Path,
        progress: Progress<'_>,
        work: impl FnOnce(Reading) -> Result<(Vec<Arc<str>>, PathBuf), E>,
    ) -> Result<(), E> {
        let _lock = file::lock(path, self.disk.as_ref())?;
        let reading = look(path, progress)?;
        if let Some(Err(Some(why))) = reading.header.as_ref().map(Header::access) {
            return Err(SaveError::ReadOnly(why).into());
        }
        let (lines, old) = work(reading)?;
        let remade = self.place(path).remake(&lines, &old);
        remade.map(drop).map_err(|error| SaveError::io(path, error).into())
    }

    /// A free place in the backup folder for what a file was before.
    pub fn backup_of(&self, path: &Path) -> Result<PathBuf, SaveError> {
        backup::place_for(path, "storm", self.clock.now()).map_err(|error| SaveError::io(path, error))
    }

    fn place(&self, path: &Path) -> Place {
        Place { path: path.into(), disk: self.disk.clone(), clock: self.clock.clone() }
    }

    fn make_folder_of(&self, path: &Path) -> Result<(), SaveError> {
        let folder = disk::folder_of(path);
        disk::make_folder(folder).map_err(|error| SaveError::folder(folder, error))
    }

    fn sync_folders(&self, from: &Path, to: &Path) -> Result<(), SaveError> {
        for folder in [disk::folder_of(to), disk::folder_of(from)] {
            self.disk.sync_folder(folder).map_err(|error| SaveError::io(folder, error))?;
        }
        Ok(())
    }
}
