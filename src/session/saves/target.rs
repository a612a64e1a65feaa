//! A save file that is open for writing: lines go to its end, or a full new file takes its place.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::backup;
use super::disk::{Disk, Sink, folder_of};
use super::error::{SaveError, cause};
use super::file::open_plain;
use super::read::{self, Reading};
use crate::model::Line;
use crate::session::clock::Clock;
use crate::session::person::new_author;
use crate::words::Said;

/// Where and by what a file is written.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) disk: Arc<dyn Disk>,
    pub(super) clock: Arc<dyn Clock>,
}

/// A save file, locked.
pub(super) struct Target {
    place: Place,
    board: String,
    sink: Box<dyn Sink>,
    /// How long the file is.
    length: u64,
    /// Whether a write or a sync has failed: then nothing in it is believed.
    is_dead: bool,
    /// Every line the file has or should have, the header first.
    log: Vec<Arc<str>>,
    /// Lines that went from the log: where the file still holds them, they are not taken in again.
    gone: HashSet<Arc<str>>,
}

/// A full file that lies beside its place, locked and synced.
struct Prepared {
    temp: PathBuf,
    sink: Box<dyn Sink>,
}

impl Place {
    /// How the names of files that are being prepared for this place begin and end.
    fn temp_frame(&self) -> (String, &'static str) {
        (format!(".{}.", self.path.file_name().unwrap_or_default().to_string_lossy()), ".new")
    }

    /// Removes what an earlier process prepared and did not live to put in the place.
    pub(super) fn tidy(&self) -> io::Result<()> {
        let (begin, end) = self.temp_frame();
        for entry in fs::read_dir(folder_of(&self.path))? {
            let entry = entry?;
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| name.starts_with(&begin) && name.ends_with(end)) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn prepare(&self, write: &mut dyn FnMut(&mut dyn io::Write) -> io::Result<()>) -> io::Result<Prepared> {
        let (begin, end) = self.temp_frame();
        let temp = folder_of(&self.path).join(format!("{begin}{}{end}", new_author()));
        let mut sink = self.disk.create(&temp)?;
        let written = (|| {
            sink.lock()?;
            let mut buffer = BufWriter::with_capacity(256 * 1024, &mut sink);
            write(&mut buffer)?;
            buffer.flush()?;
            drop(buffer);
            sink.sync()
        })();
        match written {
            Ok(()) => Ok(Prepared { temp, sink }),
            Err(error) => {
                drop(fs::remove_file(&temp));
                Err(error)
            }
        }
    }

    /// Puts what was prepared in the place: over what is there, or only where nothing is.
    fn put(&self, prepared: Prepared, over: bool) -> io::Result<Box<dyn Sink>> {
        let Prepared { temp, sink } = prepared;
        let put = match over {
            true => self.disk.replace(&temp, &self.path),
            false => self.disk.publish(&temp, &self.path),
        };
        if put.is_err() {
            drop(fs::remove_file(&temp));
        }
        put.and_then(|()| self.disk.sync_folder(folder_of(&self.path)))?;
        Ok(sink)
    }

    /// Makes a file where none is, out of what `write` writes.
    pub(super) fn make(
        &self,
        write: &mut dyn FnMut(&mut dyn io::Write) -> io::Result<()>,
    ) -> io::Result<Box<dyn Sink>> {
        self.put(self.prepare(write)?, false)
    }

    /// Has these lines take the place of the file, which is kept as `old`.
    pub(super) fn remake(&self, log: &[Arc<str>], old: &Path) -> io::Result<Box<dyn Sink>> {
        let prepared = self.prepare(&mut |out| write_lines(out, log))?;
        match self.disk.keep(&self.path, old) {
            Ok(()) => self.put(prepared, true),
            Err(error) => {
                drop(fs::remove_file(&prepared.temp));
                Err(error)
            }
        }
    }

    /// The open file of this place, whose lines are `log`.
    pub(super) fn target(&self, board: &str, sink: Box<dyn Sink>, log: Vec<Arc<str>>) -> Target {
        let length = sink.length_at(&self.path).unwrap_or(0);
        Target {
            place: self.clone(),
            board: board.to_owned(),
            sink,
            length,
            is_dead: false,
            log,
            gone: HashSet::new(),
        }
    }
}

pub(super) fn write_lines(out: &mut dyn io::Write, lines: &[Arc<str>]) -> io::Result<()> {
    for line in lines {
        out.write_all(line.as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

impl Target {
    /// Whether only a new file can help.
    pub(super) fn is_dead(&self) -> bool {
        self.is_dead
    }

    /// Saves deeds, each whole or not at all; gives back what somebody else has written meanwhile.
    pub(super) fn save(&mut self, deeds: &[Vec<Arc<str>>]) -> Result<Vec<Line>, Said> {
        let from = self.log.len();
        self.log.extend(deeds.iter().flatten().cloned());
        let is_untouched = !self.is_dead && self.sink.length_at(&self.place.path) == Some(self.length);
        let saved = if !is_untouched {
            Err(io::ErrorKind::Other.into())
        } else if deeds.iter().all(|lines| lines.len() == 1) {
            self.append(from)
        } else {
            self.append_at_once(from)
        };
        match saved {
            Ok(()) => Ok(Vec::new()),
            Err(_) => {
                self.is_dead = true;
                self.write_anew()
            }
        }
    }

    /// Has lines go and others come in one step; gives back what somebody else has written meanwhile.
    pub(super) fn replace(&mut self, gone: Vec<Arc<str>>, come: Vec<Arc<str>>) -> Result<Vec<Line>, Said> {
        self.gone.extend(gone);
        self.log.retain(|line| !self.gone.contains(line));
        self.log.extend(come);
        self.is_dead = true;
        self.write_anew()
    }

    fn append(&mut self, from: usize) -> io::Result<()> {
        let mut bytes = Vec::new();
        write_lines(&mut bytes, &self.log[from..])?;
        self.sink.write_all(&bytes)?;
        self.sink.sync()?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Appends lines that belong together by way of a copy, so that no crash can fall between them.
    fn append_at_once(&mut self, from: usize) -> io::Result<()> {
        let (path, lines) = (self.place.path.clone(), &self.log[from..]);
        let prepared = self.place.prepare(&mut |out| {
            io::copy(&mut File::open(&path)?, out)?;
            write_lines(out, lines)
        })?;
        self.sink = self.place.put(prepared, true)?;
        self.length = self.sink.length_at(&self.place.path).unwrap_or(0);
        Ok(())
    }

    /// Puts a full new file in the place of one that is dead or that somebody else has changed.
    fn write_anew(&mut self) -> Result<Vec<Line>, Said> {
        let foreign = self.take_in_what_lies_there()?;
        let old = || backup::place_for(&self.place.path, "storm", self.place.clock.now());
        let remade = match self.place.path.exists() {
            true => old().and_then(|old| self.place.remake(&self.log, &old)),
            false => self.place.make(&mut |out| write_lines(out, &self.log)),
        };
        self.sink = remade.map_err(|error| cause(&error))?;
        self.length = self.sink.length_at(&self.place.path).unwrap_or(0);
        self.is_dead = false;
        Ok(foreign)
    }

    /// Adds to the log what stands in the file and is not in it.
    fn take_in_what_lies_there(&mut self) -> Result<Vec<Line>, Said> {
        let Some(reading) = self.read_what_lies_there()? else { return Ok(Vec::new()) };
        if let Some(header) = &reading.header
            && (header.board != self.board || reading.has_two_boards || header.access() != Ok(()))
        {
            return Err(Said::new("cause-other-wall"));
        }
        let had: HashSet<&str> = self.log.iter().chain(&self.gone).map(|line| &**line).collect();
        let dropped = reading.dropped_lines().into_iter().filter(|line| !had.contains(line.as_str()));
        let dropped: Vec<Arc<str>> = dropped.map(Arc::from).collect();
        let foreign = reading.lines.into_iter().filter(|line| !had.contains(&*line.text));
        let foreign: Vec<Line> = foreign.collect();
        self.log.extend(dropped);
        self.log.extend(foreign.iter().map(|line| line.text.clone()));
        Ok(foreign)
    }

    fn read_what_lies_there(&self) -> Result<Option<Reading>, Said> {
        let path = &self.place.path;
        let is_ours = self.sink.length_at(path).is_some();
        let mut file = match open_plain(path) {
            Ok(file) => file,
            Err(SaveError::NotThere(_)) => return Ok(None),
            Err(error) => return Err(error.said()),
        };
        let is_free = || self.place.disk.append(path).and_then(|there| there.lock());
        if !is_ours && !is_free().map_err(|error| cause(&error))? {
            return Err(SaveError::Busy(path.clone()).said());
        }
        match read::read(&mut file, 0, &mut |_, _| ()) {
            Ok(reading) => Ok(Some(reading)),
            Err(_) if is_ours => Ok(None),
            Err(error) => Err(cause(&error)),
        }
    }
}
