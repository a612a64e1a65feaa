//! What waits for the writer.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::super::answer::Promise;
use crate::model::RoomName;
use crate::store::{Record, RoomCard, StoreError, Stored};

/// Bytes of lines that may wait before more is turned away.
const WAITING_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Bytes of lines that share one sync at most.
const SYNC_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How long after a sync began few lines wait for others that share the next. Who comes after a rest does not wait; of
/// what many small rooms at work take of the processor, a quarter was syncs of two or three lines (measured).
const SYNC_EVERY: Duration = Duration::from_millis(3);
/// Bytes of lines that are not few.
const SYNC_BYTES_ENOUGH: usize = 6 * 1024;
/// What a record takes beside its line.
const RECORD_BYTES: usize = size_of::<Record>();

/// Lines to be kept, and whom to tell.
pub(super) struct Append {
    pub(super) room: RoomName,
    pub(super) records: Vec<Record>,
    pub(super) promise: Promise<Vec<Stored>>,
}

/// What may be done with a room.
pub(super) enum Change {
    Create(RoomCard),
    Replace(RoomCard),
    Remove,
}

/// One thing to do.
pub(super) enum Job {
    Append(Append),
    Change(RoomName, Change, Promise<()>),
}

/// Jobs in the order they came.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    bytes: usize,
    is_closed: bool,
    /// When jobs were taken last.
    taken: Option<Instant>,
}

impl Waiting {
    /// How long more may come that shares the next sync.
    fn rest(&self) -> Option<Duration> {
        let due = self.taken.filter(|_| self.bytes < SYNC_BYTES_ENOUGH && !self.is_closed)? + SYNC_EVERY;
        Some(due.saturating_duration_since(Instant::now())).filter(|rest| !rest.is_zero())
    }
}

impl Job {
    fn bytes(&self) -> usize {
        match self {
            Job::Append(append) => append.records.iter().map(|it| it.line.len() + RECORD_BYTES).sum(),
            Job::Change(..) => RECORD_BYTES,
        }
    }
}

impl Queue {
    /// Has a job wait, where not too much waits already.
    pub(super) fn put(&self, job: Job) -> Result<(), StoreError> {
        let mut waiting = self.lock();
        if waiting.is_closed {
            return Err(StoreError::Closed);
        }
        if waiting.bytes > WAITING_BYTES_MAX {
            return Err(StoreError::Busy);
        }
        waiting.bytes += job.bytes();
        waiting.jobs.push_back(job);
        if waiting.jobs.len() == 1 || waiting.bytes >= SYNC_BYTES_ENOUGH {
            self.changed.notify_one();
        }
        Ok(())
    }

    /// What has come, as much as shares one sync. Where it `may_wait` it waits for the first, and for more that may share
    /// its sync where the last was just now; nothing once the queue is closed and empty.
    pub(super) fn take(&self, may_wait: bool) -> Option<Vec<Job>> {
        let mut waiting = self.lock();
        while waiting.jobs.is_empty() && !waiting.is_closed && may_wait {
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        while may_wait && let Some(rest) = waiting.rest() {
            waiting = self.changed.wait_timeout(waiting, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
        waiting.taken = Some(Instant::now());
        if waiting.jobs.is_empty() && waiting.is_closed {
            return None;
        }
        let (mut taken, mut bytes) = (Vec::new(), 0);
        while bytes < SYNC_BYTES_MAX
            && let Some(job) = waiting.jobs.pop_front()
        {
            bytes += job.bytes();
            taken.push(job);
        }
        waiting.bytes -= bytes;
        Some(taken)
    }

    /// Has the writer end once nothing waits any more.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_one();
    }

    /// Lets go of whatever waits, since nobody will do it.
    pub(super) fn abandon(&self) {
        self.close();
        self.lock().jobs.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
