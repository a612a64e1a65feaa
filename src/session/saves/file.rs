//! Opening a save file: to look, or to write.

use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom};
use std::path::Path;

use super::backup;
use super::disk::{Disk, Sink, folder_of};
use super::error::{ReadOnly, SaveError};
use super::read::{self, Progress, Reading};
use super::saver::Saver;
use super::target::Place;
use crate::words::Said;

/// How often the file is opened again because somebody put another in its place in that instant.
const TRIES_MAX: usize = 10;

/// A save file that was opened.
pub struct Opened {
    /// What it holds.
    pub reading: Reading,
    /// What writes to it, or why nothing does.
    pub saver: Result<Saver, ReadOnly>,
    /// What people should know beside what the reading remarks: what was torn off.
    pub remark: Option<Said>,
}

/// Opens a file that is neither a folder nor a pipe nor a device; never waits for any of them.
pub(super) fn open_plain(path: &Path) -> Result<File, SaveError> {
    let failed = |error| SaveError::io(path, error);
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(SaveError::NotAFile(path.into()));
    }
    File::open(path).map_err(failed)
}

/// Looks into a save file: takes no lock, writes nothing.
pub fn look(path: &Path, progress: Progress<'_>) -> Result<Reading, SaveError> {
    let mut file = open_plain(path)?;
    let size = file.metadata().map_err(|error| SaveError::io(path, error))?.len();
    let reading = read::read(&mut file, size, progress).map_err(|error| SaveError::io(path, error))?;
    judge(path, &reading)?;
    Ok(reading)
}

/// Whether this version may read it.
fn judge(path: &Path, reading: &Reading) -> Result<(), SaveError> {
    let path = path.to_path_buf();
    if reading.header.as_ref().is_some_and(|header| header.access() == Err(None)) {
        Err(SaveError::Newer(path))
    } else if reading.has_two_boards {
        Err(SaveError::TwoWalls(path))
    } else if reading.whole_to + reading.torn == 0 {
        Err(SaveError::Empty(path))
    } else if reading.is_no_wall() {
        Err(SaveError::NotAWall(path))
    } else {
        Ok(())
    }
}

impl Place {
    /// Opens the file for writing: locks it, tears off a last line that was never finished, and starts to save.
    pub(super) fn open(self, progress: Progress<'_>) -> Result<Opened, SaveError> {
        let path = &self.path;
        open_plain(path)?;
        let mut sink = lock(path, self.disk.as_ref())?;
        let reading = look(path, progress)?;
        let Some(header) = &reading.header else {
            return Ok(Opened { saver: Err(ReadOnly::NoHeader), remark: None, reading });
        };
        if let Err(Some(why)) = header.access() {
            return Ok(Opened { saver: Err(why), remark: None, reading });
        }
        self.tidy().map_err(|error| SaveError::io(path, error))?;
        let remark = self.mend(sink.as_mut(), &reading).map_err(|error| SaveError::io(path, error))?;
        let target = self.target(&header.board, sink, reading.texts(&header.board));
        Ok(Opened { saver: Ok(Saver::start(target)), remark, reading })
    }
}

/// Opens and locks a file that is there.
pub(super) fn lock(path: &Path, disk: &dyn Disk) -> Result<Box<dyn Sink>, SaveError> {
    let failed = |error| SaveError::io(path, error);
    for _ in 0..TRIES_MAX {
        let sink = disk.append(path).map_err(failed)?;
        if !sink.lock().map_err(failed)? {
            break;
        }
        if sink.length_at(path).is_some() {
            return Ok(sink);
        }
    }
    Err(SaveError::Busy(path.into()))
}

impl Place {
    /// Copies what follows the last whole line to the backup folder and cuts it off; ends a last line that lacks its
    /// end.
    fn mend(&self, sink: &mut dyn Sink, reading: &Reading) -> io::Result<Option<Said>> {
        let mut remark = None;
        if reading.torn > 0 {
            let copy = backup::place_for(&self.path, "torn", self.clock.now())?;
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(reading.whole_to))?;
            let mut kept = self.disk.create(&copy)?;
            io::copy(&mut file, &mut kept)?;
            kept.sync()?;
            self.disk.sync_folder(folder_of(&copy))?;
            sink.cut(reading.whole_to)?;
            remark = Some(Said::new("save-torn").with("bytes", reading.torn).with("path", copy.display()));
        }
        if reading.is_open_ended {
            sink.write_all(b"\n")?;
        }
        if reading.torn > 0 || reading.is_open_ended {
            sink.sync()?;
        }
        Ok(remark)
    }
}
