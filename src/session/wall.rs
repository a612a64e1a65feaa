//! A wall as one process holds it: its history, what is kept ready to be read of it, and the file it lies in.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::inspection::Inspection;
use super::net::Net;
use super::saves::{Opened, Progress, ReadOnly, Reading, SaveError, Saved, Saver, Saves, Ticket, look};
use super::socket::Knocker;
use crate::history::History;
use crate::model::limit::{ARROWS_MAX, CONTEXTS_MAX, NOTES_MAX};
use crate::model::{Applied, Board, EntryId, Id, Line};
use crate::query::{Projection, tell};
use crate::words::Said;

/// A wall. It changes by the deeds of a [`Seat`](super::Seat) and by lines that come from elsewhere, and by nothing
/// else.
pub struct Wall {
    /// Where other squalls on this machine knock. It goes before the lock of the file does.
    pub(super) knocker: Option<Knocker>,
    pub(super) history: History,
    pub(super) projection: Projection,
    /// What a colleague would remark on it.
    pub(super) inspection: Mutex<Inspection>,
    pub(super) file: File,
    /// Its ways to others.
    pub(super) net: Net,
    /// How often it has changed.
    pub(super) changes: u64,
    pub(super) remarks: Vec<Said>,
    /// Whether what a squash dropped counts, should the wall be written to another file.
    pub(super) is_dropped_sure: bool,
}

/// Where a wall lies.
pub(super) enum File {
    /// Nowhere: it is gone with the process.
    None,
    /// In a file that is not written to.
    Looked(PathBuf, ReadOnly),
    /// In a file that every deed goes to.
    Kept(PathBuf, Saver),
}

impl Wall {
    /// A wall to which nothing has happened, in no file.
    pub fn new(board_id: &str) -> Wall {
        Wall::of(board_id, [])
    }

    /// A wall from lines, in no file.
    pub fn of(board_id: &str, lines: impl IntoIterator<Item = Line>) -> Wall {
        let mut history = History::new(board_id);
        history.absorb_all(lines);
        Wall::with(history)
    }

    fn with(history: History) -> Wall {
        let projection = Projection::of(history.board());
        Wall {
            knocker: None,
            history,
            projection,
            inspection: Mutex::default(),
            file: File::None,
            net: Net::default(),
            changes: 0,
            remarks: Vec::new(),
            is_dropped_sure: true,
        }
    }

    /// The wall of a file that was read, in no file of its own.
    pub(super) fn of_reading(reading: Reading) -> Wall {
        let board_id = reading.header.as_ref().map_or("", |header| &header.board);
        let mut history = History::new(board_id);
        history.absorb_dropped(&reading.dropped);
        let is_dropped_sure = reading.aside_count == 0;
        if !is_dropped_sure {
            history.void_dropped();
        }
        let remarks = reading.remarks();
        history.absorb_all(reading.lines);
        let mut wall = Wall { remarks, is_dropped_sure, ..Wall::with(history) };
        wall.remark_on_what_it_holds();
        wall
    }

    /// Everything of two walls that are one, in no file.
    pub(super) fn union(&self, other: &Wall) -> Wall {
        let mut history = History::new(&self.board().id);
        history.absorb_dropped(self.history.dropped());
        history.absorb_dropped(other.history.dropped());
        history.absorb_all(self.history.lines().iter().chain(other.history.lines()).cloned());
        let is_dropped_sure = self.is_dropped_sure && other.is_dropped_sure;
        Wall { is_dropped_sure, ..Wall::with(history) }
    }

    fn remark_on_what_it_holds(&mut self) {
        let waiting = self.history.waiting().count();
        if waiting > 0 {
            self.remarks.push(Said::new("wall-waiting").with("count", waiting));
        }
        let board = self.history.board();
        for (things, count, max) in [
            (Said::new("thing-note"), board.notes.len(), NOTES_MAX),
            (Said::new("thing-arrow"), board.arrows.len(), ARROWS_MAX),
            (Said::new("thing-context"), board.contexts.len(), CONTEXTS_MAX),
        ] {
            if count > max {
                self.remarks.push(
                    Said::new("wall-over").with_said("things", things).with("count", count).with("max", max),
                );
            }
        }
        for deed in self.history.unfinished() {
            self.remarks.push(
                Said::new("wall-unfinished")
                    .with("deed", deed.deed)
                    .with("here", deed.parts)
                    .with("parts", deed.of),
            );
        }
    }

    /// Looks at the wall in a file: takes no lock, writes nothing.
    pub fn read(path: &Path, progress: Progress<'_>) -> Result<Wall, SaveError> {
        let file = File::Looked(path.into(), ReadOnly::Asked);
        Ok(Wall { file, ..Wall::of_reading(look(path, progress)?) })
    }

    /// Opens the wall in a file, to write to it where that is possible at all.
    pub fn open(saves: &Saves, path: &Path, progress: Progress<'_>) -> Result<Wall, SaveError> {
        let Opened { reading, saver, remark } = saves.open(path, progress)?;
        let mut wall = Wall::of_reading(reading);
        match saver {
            Ok(saver) => wall.keep_in(path, saver),
            Err(why) => wall.file = File::Looked(path.into(), why),
        }
        wall.remarks.extend(remark);
        Ok(wall)
    }

    /// Opens the wall in a file, or only looks at it where another squall writes it or this one may not.
    pub fn open_or_look(saves: &Saves, path: &Path, progress: Progress<'_>) -> Result<Wall, SaveError> {
        let (why, remark) = match Wall::open(saves, path, progress) {
            Err(error @ SaveError::Busy(_)) => (ReadOnly::Busy, error.said()),
            Err(error @ SaveError::Io { .. }) => (ReadOnly::Unwritable, error.said()),
            opened => return opened,
        };
        let mut wall =
            Wall { file: File::Looked(path.into(), why), ..Wall::of_reading(look(path, progress)?) };
        wall.remarks.insert(0, remark);
        Ok(wall)
    }

    /// Gives a wall a file of its own, where none is yet, with everything that has happened in it.
    pub fn keep_at(&mut self, saves: &Saves, path: &Path) -> Result<(), SaveError> {
        let saver = saves.make(path, &self.board().id, self.texts())?;
        self.keep_in(path, saver);
        Ok(())
    }

    pub(super) fn keep_in(&mut self, path: &Path, saver: Saver) {
        let tellers = self.net.tellers.clone();
        saver.watch(move || tellers.tell());
        self.file = File::Kept(path.into(), saver);
    }

    /// Everything that a file of this wall holds after its header.
    pub(super) fn texts(&self) -> impl Iterator<Item = Arc<str>> {
        let dropped = self.is_dropped_sure.then(|| self.history.dropped().lines());
        dropped
            .into_iter()
            .flatten()
            .map(Arc::from)
            .chain(self.history.lines().iter().map(|line| line.text.clone()))
    }

    /// Everything that happened.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The wall as it is.
    pub fn board(&self) -> &Board {
        self.history.board()
    }

    /// What is kept ready to be read of it.
    pub fn projection(&self) -> &Projection {
        &self.projection
    }

    /// The file it lies in.
    pub fn path(&self) -> Option<&Path> {
        match &self.file {
            File::None => None,
            File::Looked(path, _) | File::Kept(path, _) => Some(path),
        }
    }

    /// Why nothing can be done on it, if nothing can. What another squall has open can be worked on over the net.
    pub fn read_only(&self) -> Option<ReadOnly> {
        match &self.file {
            File::Looked(_, ReadOnly::Busy) if self.is_live() => self.closed_to_me(),
            File::Looked(_, why) => Some(*why),
            File::None | File::Kept(..) => self.closed_to_me(),
        }
    }

    /// How often it has changed since it is in this process: where this is as it was, so is the wall.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// What people should know about its file.
    pub fn remarks(&self) -> &[Said] {
        &self.remarks
    }

    /// Adds something that people should know.
    pub fn remark(&mut self, said: Said) {
        self.remarks.push(said);
    }

    /// Whether everything that was done is on the disk. A wall without a file has nothing to save.
    pub fn saved(&self) -> Saved {
        match &self.file {
            File::Kept(_, saver) => saver.saved(),
            File::None | File::Looked(..) => Saved::Saved,
        }
    }

    /// Calls `watcher`, mostly from another thread, whenever [`saved`](Wall::saved) may have changed, somebody else has
    /// written to the file, or something has come over the net: then it is time for [`refresh`](Wall::refresh).
    pub fn watch(&self, watcher: impl Fn() + Send + 'static) {
        if self.room().is_some() {
            watcher();
        }
        self.net.tellers.add(watcher);
    }

    /// What calls those who watch, from any thread: for who finds something out aside.
    pub fn caller(&self) -> impl Fn() + Send + 'static {
        let tellers = Arc::clone(&self.net.tellers);
        move || tellers.tell()
    }

    /// Waits until everything that was done is on the disk or cannot be brought there, and lets go of the file.
    pub fn close(self) -> Saved {
        let Wall { knocker, file, .. } = self;
        drop(knocker);
        match file {
            File::Kept(_, saver) => saver.close(),
            File::None | File::Looked(..) => Saved::Saved,
        }
    }

    /// Takes in what has come: over the net, and by what somebody else has written to the open file; what that did to
    /// the wall.
    pub fn refresh(&mut self) -> Vec<Applied> {
        let foreign = match &self.file {
            File::Kept(_, saver) => saver.take_foreign(),
            File::None | File::Looked(..) => Vec::new(),
        };
        let mut applied = self.learn(foreign);
        applied.extend(self.hear());
        applied
    }

    /// Takes in lines that lie in a file of this wall already; what they did to the wall.
    pub fn learn(&mut self, lines: Vec<Line>) -> Vec<Applied> {
        let (applied, fresh) = self.absorb_fresh(lines);
        self.net.is_durable(None, fresh);
        applied
    }

    /// Takes in lines; what they did to the wall, and which were not here before.
    pub(super) fn absorb_fresh(&mut self, lines: Vec<Line>) -> (Vec<Applied>, Vec<Line>) {
        let (mut applied, mut fresh) = (Vec::new(), Vec::with_capacity(lines.len()));
        for line in lines {
            let before = self.changes;
            applied.extend(self.absorb(line.clone()));
            if self.changes > before {
                fresh.push(line);
            }
        }
        (applied, fresh)
    }

    /// Takes in lines of one deed and sends them to the file, all or none; what they did to the wall. Once the file has
    /// them they go over the net.
    pub fn add(&mut self, lines: Vec<Line>) -> Result<(Vec<Applied>, Option<Ticket>), ReadOnly> {
        if let Some(why) = self.read_only() {
            return Err(why);
        }
        self.net.speaks(&lines);
        let ticket = match &self.file {
            File::None | File::Looked(..) => None,
            File::Kept(_, saver) => Some(saver.save(texts_of(&lines))),
        };
        self.net.is_durable(ticket.clone(), lines.clone());
        let applied = lines.into_iter().flat_map(|line| self.absorb(line)).collect();
        self.flush();
        Ok((applied, ticket))
    }

    pub(super) fn absorb(&mut self, line: Line) -> Vec<Applied> {
        let before = self.history.lines().len();
        let applied = self.history.absorb(line);
        self.changes += (self.history.lines().len() - before) as u64;
        let turned: Vec<Id> = applied.iter().flat_map(|applied| self.projection.absorb(applied)).collect();
        self.tell_inspection(&applied, &turned);
        applied
    }

    /// What a deed did, in sentences, as the wall stood then.
    pub fn tell_deed(&self, deed: EntryId) -> Vec<Said> {
        let lines = self.history.deed(deed);
        let Some(first) = lines.first() else { return Vec::new() };
        let mut replay = self.history.replay_from(first.entry.id);
        let before = replay.board().clone();
        let mut applied = Vec::new();
        let mut left = lines.len();
        while left > 0
            && let Some(step) = replay.next()
        {
            if step.line.entry.deed_id() == deed {
                applied.extend(step.applied);
                left -= 1;
            }
        }
        tell(&applied, &before, replay.board())
    }
}

/// Lines as files hold them.
pub(super) fn texts_of(lines: &[Line]) -> Vec<Arc<str>> {
    lines.iter().map(|line| line.text.clone()).collect()
}
