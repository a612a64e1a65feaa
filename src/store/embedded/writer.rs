//! The one thread that writes.
//!
//! What is asked first is written and synced at once; everything that comes meanwhile, of whichever rooms, shares the
//! next sync. Since nobody else writes, a record whose id is in flight is weighed after the first is durable. A write or
//! a sync that fails is the last one: the folder loses its mark of trust, and every promise from then on is answered
//! with why.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::time::Instant;

use super::super::answer::{Promise, keep};
use super::draft::{Draft, Weighed};
use super::folder::Trust;
use super::keys::{self, Number};
use super::queue::{Append, Change, Job, Queue};
use super::shelves::{Room, Shelves};
use crate::model::RoomName;
use crate::store::error::Cause;
use crate::store::tail::Tails;
use crate::store::{Pulse, StoreError};

/// Keys of a removed room that are swept away at a time, so that nobody waits long for it.
const SWEPT_AT_ONCE: usize = 2_048;

/// What the writer and those who ask share.
pub(super) struct Shared {
    pub(super) shelves: Arc<Shelves>,
    pub(super) queue: Queue,
    pub(super) tails: Tails,
    failed: OnceLock<Cause>,
    pulse: Mutex<Pulse>,
}

impl Shared {
    pub(super) fn of(shelves: Shelves) -> Shared {
        Shared {
            shelves: Arc::new(shelves),
            queue: Queue::default(),
            tails: Tails::default(),
            failed: OnceLock::new(),
            pulse: Mutex::default(),
        }
    }

    pub(super) fn check(&self) -> Result<(), StoreError> {
        self.failed.get().map_or(Ok(()), |cause| Err(StoreError::Failed(cause.clone())))
    }

    pub(super) fn pulse(&self) -> MutexGuard<'_, Pulse> {
        self.pulse.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writer, on its thread.
pub(super) struct Writer {
    shared: Arc<Shared>,
    trust: Trust,
    /// Removed rooms whose lines still lie about.
    gone: Vec<Number>,
}

/// However it ends, nobody waits for it in vain.
impl Drop for Writer {
    fn drop(&mut self) {
        self.shared.queue.abandon();
        self.shared.tails.end_all();
    }
}

impl Writer {
    pub(super) fn of(shared: Arc<Shared>, trust: Trust) -> Result<Writer, Cause> {
        let gone = shared.shelves.gone()?;
        Ok(Writer { shared, trust, gone })
    }

    pub(super) fn run(mut self) {
        while let Some(jobs) = self.shared.queue.take(self.gone.is_empty()) {
            if jobs.is_empty() {
                let swept = self.sweep();
                drop(self.note(swept));
            }
            let mut appends = Vec::new();
            for job in jobs {
                match job {
                    Job::Append(append) => appends.push(append),
                    Job::Change(room, change, promise) => {
                        self.append(std::mem::take(&mut appends));
                        self.change(&room, change, promise);
                    }
                }
            }
            self.append(appends);
        }
    }

    fn append(&mut self, appends: Vec<Append>) {
        let result = match self.shared.check() {
            Ok(()) if appends.is_empty() => return,
            Ok(()) => {
                let weighed = self.write(&appends);
                self.note(weighed)
            }
            Err(failed) => Err(failed),
        };
        match result {
            Ok(all) => {
                for (append, weighed) in appends.into_iter().zip(all) {
                    let told = weighed.map(|(stored, new)| {
                        self.shared.tails.tell(&append.room, new);
                        stored
                    });
                    keep(append.promise, told);
                }
            }
            Err(failed) => appends.into_iter().for_each(|it| keep(it.promise, Err(failed.clone()))),
        }
    }

    fn write(&self, appends: &[Append]) -> Result<Vec<Weighed>, Cause> {
        let mut draft = Draft::on(&self.shared.shelves);
        let weighed = appends.iter().map(|append| draft.weigh(append)).collect::<Result<Vec<_>, _>>()?;
        let batch = draft.batch();
        if !batch.is_empty() {
            let begun = Instant::now();
            self.shared.shelves.commit(batch)?;
            let mut pulse = self.shared.pulse();
            pulse.syncs += 1;
            pulse.sync_time += begun.elapsed();
            for (_, new) in weighed.iter().flatten() {
                pulse.lines += new.len() as u64;
                pulse.bytes += new.iter().map(|record| record.line.len() as u64).sum::<u64>();
            }
        }
        Ok(weighed)
    }

    fn change(&mut self, room: &RoomName, change: Change, promise: Promise<()>) {
        let result = self.shared.check().and_then(|()| {
            let changed = self.write_change(room, change);
            self.note(changed)?
        });
        keep(promise, result);
    }

    fn write_change(&mut self, name: &RoomName, change: Change) -> Result<Result<(), StoreError>, Cause> {
        let shelves = &self.shared.shelves;
        let (kept, key) = (shelves.room(name)?, keys::room(name.as_str()));
        let mut batch = shelves.batch();
        let json = |room: &Room| serde_json::to_vec(room).expect("a card is plain data");
        match (change, kept) {
            (Change::Create(_), Some(_)) => return Ok(Err(StoreError::RoomExists(name.clone()))),
            (Change::Replace(_) | Change::Remove, None) => return Ok(Err(StoreError::NoRoom(name.clone()))),
            (Change::Create(card), None) => {
                let number = shelves.next_number()?;
                batch.insert(&shelves.rooms, keys::NEXT, (number + 1).to_be_bytes());
                batch.insert(&shelves.rooms, key, json(&Room { number, card }));
            }
            (Change::Replace(card), Some(room)) => {
                batch.insert(&shelves.rooms, key, json(&Room { card, ..room }));
            }
            (Change::Remove, Some(room)) => {
                batch.remove(&shelves.rooms, key);
                batch.insert(&shelves.rooms, keys::gone(room.number), []);
                self.gone.push(room.number);
                self.shared.tails.end(name);
            }
        }
        shelves.commit(batch)?;
        Ok(Ok(()))
    }

    /// Takes some of what a removed room has left behind.
    fn sweep(&mut self) -> Result<(), Cause> {
        let Some(number) = self.gone.last().copied() else { return Ok(()) };
        let shelves = &self.shared.shelves;
        let mut batch = shelves.batch();
        for shelf in [&shelves.lines, &shelves.blocks] {
            for pair in shelf.prefix(number.to_be_bytes()).take(SWEPT_AT_ONCE - batch.len()) {
                batch.remove(shelf, pair.key()?);
            }
        }
        if batch.is_empty() {
            batch.remove(&shelves.rooms, keys::gone(number));
            self.gone.pop();
        }
        Ok(shelves.commit(batch)?)
    }

    /// Has the first failure be the end of it.
    fn note<T>(&mut self, result: Result<T, Cause>) -> Result<T, StoreError> {
        result.map_err(|cause| {
            self.trust.lose();
            self.gone.clear();
            let first = self.shared.failed.get_or_init(|| cause);
            self.shared.tails.end_all();
            StoreError::Failed(first.clone())
        })
    }
}
