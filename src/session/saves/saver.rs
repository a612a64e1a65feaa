//! The thread that makes deeds last.
//!
//! Lines are handed over and come back as *saved* once they are on the disk and synced. The first is written at once;
//! what comes while it is being synced goes with the next sync, so a deed waits for two syncs at most. A write or a
//! sync that fails makes the file dead: it is never written again and nothing in it is believed. A full new file takes
//! its place, and until that has worked everything waits in memory and is called *not saved*. The same happens where
//! somebody else changed the file or put another in its place: then what they wrote is taken along.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::target::Target;
use crate::model::Line;
use crate::session::bell::Tellers;
use crate::words::Said;

/// Deeds that may wait for the disk before whoever makes more is held up.
const WAITING_MAX: usize = 1_024;
/// How long after a failure the next try is made without a new deed.
const RETRY: Duration = Duration::from_secs(5);

/// Whether everything that was done is on the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saved {
    /// Everything is.
    Saved,
    /// So many deeds are on their way.
    Saving(u64),
    /// The disk does not take it, for this reason; it waits in memory.
    NotSaved(Said),
}

/// Hands lines to the thread that saves them. When it is dropped, everything has been tried.
pub struct Saver {
    jobs: Option<SyncSender<Job>>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What is to become of the file.
enum Job {
    /// The lines of one deed come to it.
    Save(Vec<Arc<str>>),
    /// Lines come to it that have nothing to do with each other.
    SaveEach(Vec<Arc<str>>),
    /// Lines go from it, and others come, at once.
    Replace(Vec<Arc<str>>, Vec<Arc<str>>),
}

/// The promise of one deed to be saved.
#[derive(Clone)]
pub struct Ticket {
    nth: u64,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    watchers: Tellers,
}

#[derive(Default)]
struct State {
    asked: u64,
    durable: u64,
    failed: Option<Said>,
    /// Lines that somebody else wrote to the file while it was open.
    foreign: Vec<Line>,
}

impl Saver {
    pub(super) fn start(target: Target) -> Saver {
        let (jobs, inbox) = sync_channel(WAITING_MAX);
        let shared = Arc::<Shared>::default();
        let worker = Worker { target, shared: shared.clone(), taken: 0 };
        let thread = thread::spawn(move || worker.run(&inbox));
        Saver { jobs: Some(jobs), shared, thread: Some(thread) }
    }

    /// Saves the lines of one deed, all of them or none.
    pub fn save(&self, lines: Vec<Arc<str>>) -> Ticket {
        self.hand_over(Job::Save(lines))
    }

    /// Saves lines of others, each for itself: some of them may be there after a crash.
    pub fn save_each(&self, lines: Vec<Arc<str>>) -> Ticket {
        self.hand_over(Job::SaveEach(lines))
    }

    /// Has lines go from the file and others come in their place, in one step; the file as it was goes to `backup/`.
    pub fn replace(&self, gone: Vec<Arc<str>>, come: Vec<Arc<str>>) -> Ticket {
        self.hand_over(Job::Replace(gone, come))
    }

    fn hand_over(&self, job: Job) -> Ticket {
        let nth = {
            let mut state = self.shared.lock();
            state.asked += 1;
            state.asked
        };
        self.shared.tell();
        let is_sent = self.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        if !is_sent {
            self.shared.lock().failed = Some(Said::new("cause-stopped"));
        }
        Ticket { nth, shared: self.shared.clone() }
    }

    /// How it stands.
    pub fn saved(&self) -> Saved {
        let state = self.shared.lock();
        match &state.failed {
            Some(reason) => Saved::NotSaved(reason.clone()),
            None if state.durable < state.asked => Saved::Saving(state.asked - state.durable),
            None => Saved::Saved,
        }
    }

    /// Calls `watcher`, mostly from the saving thread, whenever [`saved`](Saver::saved) may have changed.
    pub fn watch(&self, watcher: impl Fn() + Send + 'static) {
        self.shared.watchers.add(watcher);
    }

    /// The lines that somebody else has written to the file since this was last asked.
    pub fn take_foreign(&self) -> Vec<Line> {
        std::mem::take(&mut self.shared.lock().foreign)
    }

    /// Waits until everything was tried, and says how it went.
    pub fn close(mut self) -> Saved {
        self.stop();
        self.saved()
    }

    fn stop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let is_well = thread.join().is_ok();
            if !is_well {
                self.shared.lock().failed = Some(Said::new("cause-stopped"));
            }
        }
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Ticket {
    /// Whether the deed is saved.
    pub fn is_saved(&self) -> bool {
        self.shared.lock().durable >= self.nth
    }

    /// Waits until the deed is saved, or until it is known why it is not.
    pub fn wait(&self) -> Result<(), Said> {
        let mut state = self.shared.lock();
        loop {
            if state.durable >= self.nth {
                return Ok(());
            }
            if let Some(reason) = &state.failed {
                return Err(reason.clone());
            }
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.changed.notify_all();
        self.watchers.tell();
    }
}

struct Worker {
    target: Target,
    shared: Arc<Shared>,
    /// Jobs taken over so far.
    taken: u64,
}

impl Worker {
    fn run(mut self, inbox: &Receiver<Job>) {
        loop {
            let first = if self.target.is_dead() {
                inbox.recv_timeout(RETRY)
            } else {
                inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            if matches!(first, Err(RecvTimeoutError::Disconnected)) {
                break;
            }
            self.work(first.into_iter().chain(inbox.try_iter()).collect());
        }
        if self.target.is_dead() {
            self.work(Vec::new());
        }
    }

    fn work(&mut self, jobs: Vec<Job>) {
        let (mut deeds, mut taken) = (Vec::new(), 0);
        for job in jobs {
            match job {
                Job::Save(lines) => deeds.push(lines),
                Job::SaveEach(lines) => deeds.extend(lines.into_iter().map(|line| vec![line])),
                Job::Replace(gone, come) => {
                    self.save(&std::mem::take(&mut deeds), std::mem::take(&mut taken));
                    let replaced = self.target.replace(gone, come);
                    self.tell(replaced, 1);
                    continue;
                }
            }
            taken += 1;
        }
        self.save(&deeds, taken);
    }

    /// Saves the deeds of so many jobs.
    fn save(&mut self, deeds: &[Vec<Arc<str>>], taken: u64) {
        if taken > 0 || self.target.is_dead() {
            let saved = self.target.save(deeds);
            self.tell(saved, taken);
        }
    }

    fn tell(&mut self, result: Result<Vec<Line>, Said>, taken: u64) {
        self.taken += taken;
        let mut state = self.shared.lock();
        match result {
            Ok(foreign) => {
                state.durable = self.taken;
                state.failed = None;
                state.foreign.extend(foreign);
            }
            Err(reason) => state.failed = Some(reason),
        }
        drop(state);
        self.shared.tell();
    }
}
