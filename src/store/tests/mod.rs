//! One suite for every engine: each clause of the contract is a function, run over each of them.

mod alike;
mod contract;
mod folder;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::embedded::Embedded;
use super::memory::Memory;
use super::{Journal, Record, RoomCard, StoreError};
use crate::model::{Heads, RoomName};

/// An engine as the suite sees it.
pub(super) trait Engine: Sized {
    fn new() -> Self;
    fn journal(&self) -> &dyn Journal;
    /// Has every write fail from now on.
    fn break_disk(&self);
    /// Closes it and opens it anew, on a disk that is mended.
    fn reopened(self) -> Self;
}

impl Engine for Arc<Memory> {
    fn new() -> Self {
        Arc::default()
    }

    fn journal(&self) -> &dyn Journal {
        self.as_ref()
    }

    fn break_disk(&self) {
        self.fail(Some(StoreError::Failed(super::error::Cause::Full)));
    }

    fn reopened(self) -> Self {
        self.fail(None);
        self
    }
}

/// The embedded engine in a folder that is gone when it is.
pub(super) struct InFolder {
    engine: Option<Embedded>,
    folder: Scratch,
}

impl Engine for InFolder {
    fn new() -> Self {
        let folder = Scratch::new();
        InFolder { engine: Some(Embedded::open(&folder).unwrap()), folder }
    }

    fn journal(&self) -> &dyn Journal {
        self.engine.as_ref().unwrap()
    }

    fn break_disk(&self) {
        self.engine.as_ref().unwrap().break_disk();
    }

    fn reopened(mut self) -> Self {
        drop(self.engine.take());
        self.engine = Some(Embedded::open(&self.folder).unwrap());
        self
    }
}

impl InFolder {
    fn lines_of_all(&self) -> usize {
        self.engine.as_ref().unwrap().lines_of_all()
    }
}

/// A folder of one test.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> Scratch {
        static NTH: AtomicU32 = AtomicU32::new(0);
        let nth = NTH.fetch_add(1, Ordering::Relaxed);
        Scratch(std::env::temp_dir().join(format!("squall-store-{}-{nth}", std::process::id())))
    }
}

impl std::ops::Deref for Scratch {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

pub(super) fn room(name: &str) -> RoomName {
    name.parse().unwrap()
}

pub(super) fn card(board: &str) -> RoomCard {
    RoomCard { board: board.into(), ..RoomCard::default() }
}

/// The record of an id such as `ana.3`.
pub(super) fn record(id: &str, t: u64, line: &str) -> Record {
    let (author, counter) = id.split_once('.').unwrap();
    Record { id: format!("{author:0<10}.{counter}").parse().unwrap(), t, seal: 0, line: line.into() }
}

/// So many records of one author, each a while after the one before.
pub(super) fn records(author: &str, count: u64) -> Vec<Record> {
    (1..=count).map(|n| record(&format!("{author}.{n}"), n * 3, &format!("{author} says {n}"))).collect()
}

/// Every line of a room that is not among those had, and the bytes of the longest chunk.
pub(super) async fn replayed(
    journal: &dyn Journal,
    room: &RoomName,
    had: Heads,
) -> Result<(Vec<Record>, usize), StoreError> {
    let (mut replay, mut all, mut longest) = (journal.replay(room, had), Vec::new(), 0);
    while let Some(records) = replay.next().await? {
        longest = longest.max(records.iter().map(|it| it.line.len()).sum());
        all.extend(records);
    }
    Ok((all, longest))
}

/// Every line of a room.
pub(super) async fn all(journal: &dyn Journal, room: &RoomName) -> Vec<Record> {
    replayed(journal, room, Heads::default()).await.unwrap().0
}
