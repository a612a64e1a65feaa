//! The default engine: all rooms in one folder of this machine, one write-ahead log for all of them.

mod block;
mod draft;
mod folder;
mod keys;
mod queue;
mod shelves;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use super::answer::{Answer, Promise};
use super::{Holdings, Journal, Pulse, Record, Replay, RoomCard, StoreError, Stored, Tail};
use crate::model::{EntryId, Heads, RoomName};
use queue::{Append, Change, Job};
use shelves::{Shelves, Span};
use writer::{Shared, Writer};

/// A journal in a folder. What was asked before it is dropped is still done.
pub(super) struct Embedded {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
}

impl Embedded {
    /// Opens the journal in a folder, or begins one.
    pub(super) fn open(folder: &Path) -> Result<Embedded, StoreError> {
        let (shelves, trust) = folder::open(folder)?;
        let shared = Arc::new(Shared::of(shelves));
        let writer =
            Writer::of(shared.clone(), trust).map_err(|cause| StoreError::unusable(folder, cause))?;
        let thread = thread::Builder::new().name("store".to_owned()).spawn(move || writer.run());
        let writer = Some(thread.map_err(|error| StoreError::unusable(folder, error))?);
        Ok(Embedded { shared, writer })
    }

    fn ask<T>(&self, job: impl FnOnce(Promise<T>) -> Job) -> Answer<T> {
        let (promise, answer) = Answer::promised();
        match self.shared.queue.put(job(promise)) {
            Ok(()) => answer,
            Err(refused) => Answer::known(Err(refused)),
        }
    }

    fn look_up<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Shelves) -> Result<T, StoreError> + Send + 'static,
    ) -> Answer<T> {
        let shelves = self.shared.shelves.clone();
        Answer::looked_up(move || look(&shelves))
    }

    /// Has every write fail from now on.
    #[cfg(test)]
    pub(super) fn break_disk(&self) {
        self.shared.shelves.break_disk();
    }

    /// How many lines there are of whichever room, removed ones too.
    #[cfg(test)]
    pub(super) fn lines_of_all(&self) -> usize {
        self.shared.shelves.lines.iter().count()
    }

    fn change(&self, room: &RoomName, change: Change) -> Answer<()> {
        self.ask(|promise| Job::Change(room.clone(), change, promise))
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.shared.queue.close();
        if let Some(writer) = self.writer.take() {
            drop(writer.join());
        }
    }
}

/// The number of a room that has to be there.
fn number(shelves: &Shelves, name: &RoomName) -> Result<u64, StoreError> {
    let room = shelves.room(name).map_err(StoreError::Unreadable)?;
    room.map(|room| room.number).ok_or_else(|| StoreError::NoRoom(name.clone()))
}

/// How far a replay has come.
enum Course {
    Begin,
    In(u64, Span),
    End,
}

impl Course {
    fn next(&mut self, shelves: &Shelves, name: &RoomName, had: &Heads) -> Result<Vec<Record>, StoreError> {
        let now = number(shelves, name)?;
        let span = match std::mem::replace(self, Course::End) {
            Course::Begin => shelves.span(now, had).map_err(StoreError::Unreadable)?,
            Course::In(number, span) if number == now => Some(span),
            Course::In(..) => return Err(StoreError::NoRoom(name.clone())),
            Course::End => None,
        };
        let Some(span) = span else { return Ok(Vec::new()) };
        let (records, rest) = shelves.chunk(span, had).map_err(StoreError::Unreadable)?;
        *self = Course::In(now, rest);
        Ok(records)
    }
}

impl Journal for Embedded {
    fn append(&self, room: &RoomName, records: Vec<Record>) -> Answer<Vec<Stored>> {
        self.ask(|promise| Job::Append(Append { room: room.clone(), records, promise }))
    }

    fn replay(&self, room: &RoomName, had: Heads) -> Replay {
        let (shelves, room) = (self.shared.shelves.clone(), room.clone());
        let reading = Arc::new(Mutex::new((Course::Begin, had)));
        Replay::of(move || {
            let (shelves, room, reading) = (shelves.clone(), room.clone(), reading.clone());
            Answer::looked_up(move || {
                let mut reading = reading.lock().unwrap_or_else(PoisonError::into_inner);
                let (course, had) = &mut *reading;
                course.next(&shelves, &room, had)
            })
        })
    }

    fn read(&self, room: &RoomName, places: Vec<(u64, EntryId)>) -> Answer<Vec<Record>> {
        let room = room.clone();
        self.look_up(move |shelves| {
            shelves.read(number(shelves, &room)?, &places).map_err(StoreError::Unreadable)
        })
    }

    fn tail(&self, room: &RoomName) -> Tail {
        self.shared.tails.take(room)
    }

    fn holdings(&self, room: &RoomName) -> Answer<Holdings> {
        let room = room.clone();
        self.look_up(move |shelves| shelves.holdings(number(shelves, &room)?).map_err(StoreError::Unreadable))
    }

    fn create(&self, room: &RoomName, card: RoomCard) -> Answer<()> {
        self.change(room, Change::Create(card))
    }

    fn replace_card(&self, room: &RoomName, card: RoomCard) -> Answer<()> {
        self.change(room, Change::Replace(card))
    }

    fn remove(&self, room: &RoomName) -> Answer<()> {
        self.change(room, Change::Remove)
    }

    fn card(&self, room: &RoomName) -> Answer<Option<RoomCard>> {
        let room = room.clone();
        self.look_up(move |shelves| {
            let kept = shelves.room(&room).map_err(StoreError::Unreadable)?;
            Ok(kept.map(|room| room.card))
        })
    }

    fn rooms(&self) -> Answer<Vec<(RoomName, RoomCard)>> {
        self.look_up(|shelves| {
            let rooms = shelves.all_rooms().map_err(StoreError::Unreadable)?;
            Ok(rooms.into_iter().map(|(name, room)| (name, room.card)).collect())
        })
    }

    fn health(&self) -> Result<(), StoreError> {
        self.shared.check()?;
        let is_alive = self.writer.as_ref().is_some_and(|writer| !writer.is_finished());
        if is_alive { Ok(()) } else { Err(StoreError::Closed) }
    }

    fn pulse(&self) -> Pulse {
        *self.shared.pulse()
    }
}
