//! The reference: a journal that keeps its contract as plainly as it can be written down, and is gone with the process.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::CHUNK_BYTES_MAX;
use super::answer::Answer;
use super::card::RoomCard;
use super::error::StoreError;
use super::journal::{Holdings, Journal, Pulse, Record, Stored};
use super::replay::Replay;
use super::tail::{Tail, Tails};
use crate::model::{EntryId, Heads, RoomName};

/// Rooms in memory; durable here means taken in.
#[derive(Default)]
pub(super) struct Memory {
    state: Arc<Mutex<State>>,
    tails: Tails,
}

#[derive(Default)]
struct State {
    rooms: BTreeMap<RoomName, Room>,
    rooms_made: u64,
    pulse: Pulse,
    failed: Option<StoreError>,
}

#[derive(Default)]
struct Room {
    /// Tells it from another of its name, made after this one was removed.
    number: u64,
    card: RoomCard,
    lines: BTreeMap<(u64, EntryId), Record>,
    holdings: Holdings,
}

impl Room {
    fn keep(&mut self, record: &Record) -> Stored {
        if self.holdings.heads.insert(record.id) {
            self.lines.insert((record.t, record.id), record.clone());
            self.holdings.lines += 1;
            self.holdings.bytes += record.line.len() as u64;
            return Stored::New;
        }
        match self.lines.get(&(record.t, record.id)) {
            Some(kept) if kept == record => Stored::Known,
            _ => Stored::Taken,
        }
    }

    fn chunk(&self, after: Option<(u64, EntryId)>, had: &Heads) -> Vec<Record> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let beyond = self.lines.range((from, Bound::Unbounded)).map(|(_, record)| record);
        let mut bytes = 0;
        let fits = |record: &&Record| {
            bytes += record.line.len();
            bytes <= CHUNK_BYTES_MAX || bytes == record.line.len()
        };
        beyond.filter(|record| !had.contains(record.id)).take_while(fits).cloned().collect()
    }
}

impl State {
    fn room(&mut self, name: &RoomName) -> Result<&mut Room, StoreError> {
        self.rooms.get_mut(name).ok_or_else(|| StoreError::NoRoom(name.clone()))
    }

    fn check(&self) -> Result<(), StoreError> {
        self.failed.clone().map_or(Ok(()), Err)
    }
}

impl Memory {
    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Does one thing where nothing has failed yet.
    fn write<T>(&self, work: impl FnOnce(&mut State) -> Result<T, StoreError>) -> Answer<T> {
        let mut state = self.lock();
        let result = state.check().and_then(|()| work(&mut state));
        Answer::known(result)
    }

    /// Has every write fail from now on, or go well again.
    #[cfg(test)]
    pub(super) fn fail(&self, why: Option<StoreError>) {
        self.lock().failed = why;
        self.tails.end_all();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Journal for Memory {
    fn append(&self, room: &RoomName, records: Vec<Record>) -> Answer<Vec<Stored>> {
        self.write(|state| {
            let kept = state.room(room)?;
            let stored: Vec<Stored> = records.iter().map(|record| kept.keep(record)).collect();
            let new: Vec<Record> = records
                .into_iter()
                .zip(&stored)
                .filter(|(_, stored)| **stored == Stored::New)
                .map(|(record, _)| record)
                .collect();
            state.pulse.syncs += 1;
            state.pulse.lines += new.len() as u64;
            state.pulse.bytes += new.iter().map(|record| record.line.len() as u64).sum::<u64>();
            self.tails.tell(room, new);
            Ok(stored)
        })
    }

    fn replay(&self, room: &RoomName, had: Heads) -> Replay {
        let (state, name, mut after) = (self.state.clone(), room.clone(), None);
        let number = lock(&state).room(&name).map(|room| room.number).ok();
        Replay::of(move || {
            let mut state = lock(&state);
            let same = state.room(&name).and_then(|room| {
                if Some(room.number) == number { Ok(room) } else { Err(StoreError::NoRoom(name.clone())) }
            });
            let chunk = same.map(|room| room.chunk(after, &had));
            after = chunk.as_ref().ok().and_then(|it| it.last()).map(|last| (last.t, last.id)).or(after);
            Answer::known(chunk)
        })
    }

    fn read(&self, room: &RoomName, places: Vec<(u64, EntryId)>) -> Answer<Vec<Record>> {
        let read =
            |room: &mut Room| places.iter().filter_map(|place| room.lines.get(place)).cloned().collect();
        Answer::known(self.lock().room(room).map(read))
    }

    fn tail(&self, room: &RoomName) -> Tail {
        self.tails.take(room)
    }

    fn holdings(&self, room: &RoomName) -> Answer<Holdings> {
        Answer::known(self.lock().room(room).map(|room| room.holdings.clone()))
    }

    fn create(&self, room: &RoomName, card: RoomCard) -> Answer<()> {
        self.write(|state| {
            if state.rooms.contains_key(room) {
                return Err(StoreError::RoomExists(room.clone()));
            }
            state.rooms_made += 1;
            let number = state.rooms_made;
            state.rooms.insert(room.clone(), Room { number, card, ..Room::default() });
            Ok(())
        })
    }

    fn replace_card(&self, room: &RoomName, card: RoomCard) -> Answer<()> {
        self.write(|state| {
            state.room(room)?.card = card;
            Ok(())
        })
    }

    fn remove(&self, room: &RoomName) -> Answer<()> {
        self.write(|state| {
            state.rooms.remove(room).ok_or_else(|| StoreError::NoRoom(room.clone()))?;
            self.tails.end(room);
            Ok(())
        })
    }

    fn card(&self, room: &RoomName) -> Answer<Option<RoomCard>> {
        Answer::known(Ok(self.lock().rooms.get(room).map(|room| room.card.clone())))
    }

    fn rooms(&self) -> Answer<Vec<(RoomName, RoomCard)>> {
        let rooms = self.lock().rooms.iter().map(|(name, room)| (name.clone(), room.card.clone())).collect();
        Answer::known(Ok(rooms))
    }

    fn health(&self) -> Result<(), StoreError> {
        self.lock().check()
    }

    fn pulse(&self) -> Pulse {
        self.lock().pulse
    }
}
