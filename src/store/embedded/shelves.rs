//! The engine and what is read from it: one log-structured tree for rooms, one for blocks, one for lines.

use std::ops::Bound;
use std::path::Path;
use std::time::Duration;

use fjall::{Database, Guard, Keyspace, KeyspaceCreateOptions, OwnedWriteBatch, PersistMode, UserValue};
use serde::{Deserialize, Serialize};

use super::block::Block;
use super::keys::{self, LineKey, Number};
use crate::model::{Author, EntryId, Heads, RoomName};
use crate::store::error::Cause;
use crate::store::{CHUNK_BYTES_MAX, Holdings, Record, RoomCard};

/// Bytes of lines held in memory before they become a table, and of tables held in memory: a relay is to be small.
const MEMTABLE_BYTES: u64 = 8 * 1024 * 1024;
const CACHE_BYTES: u64 = 8 * 1024 * 1024;
/// The other trees hold little, but hold the engine's journals back while they hold it: they become tables sooner.
const SMALL_MEMTABLE_BYTES: u64 = 1024 * 1024;
/// Bytes of the engine's own journals, all of which are read when the folder is opened. The least it takes.
const JOURNALS_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Threads that make tables and merge them.
const WORKERS: usize = 2;
/// Full memtables and unmerged tables from which on the engine would stop whoever writes, for good if it cannot write.
const SEALED_MAX: usize = 2;
const UNMERGED_MAX: usize = 16;
/// How long to wait before looking again.
const SETTLE: Duration = Duration::from_millis(1);

/// Lines that are passed over sooner than another is looked for from the top.
const CLOSE_BY: usize = 8;

/// The trees.
pub(super) struct Shelves {
    db: Database,
    pub(super) rooms: Keyspace,
    pub(super) blocks: Keyspace,
    pub(super) lines: Keyspace,
    #[cfg(test)]
    is_broken: std::sync::atomic::AtomicBool,
}

/// A room as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Room {
    pub(super) number: Number,
    pub(super) card: RoomCard,
}

/// What is left of a replay.
#[derive(Clone, Debug)]
pub(super) struct Span {
    number: Number,
    from: Bound<LineKey>,
    to: LineKey,
}

fn damaged(what: &str) -> Cause {
    Cause::Other(what.to_owned())
}

impl Shelves {
    /// Opens the engine in a folder of its own, which is made if it is not there.
    pub(super) fn open(folder: &Path) -> Result<Shelves, fjall::Error> {
        let db = Database::builder(folder)
            .cache_size(CACHE_BYTES)
            .max_journaling_size(JOURNALS_BYTES_MAX)
            .worker_threads(WORKERS)
            .open()?;
        let shelf =
            |name, bytes| db.keyspace(name, || KeyspaceCreateOptions::default().max_memtable_size(bytes));
        let (rooms, blocks) = (shelf("rooms", SMALL_MEMTABLE_BYTES)?, shelf("blocks", SMALL_MEMTABLE_BYTES)?);
        let lines = shelf("lines", MEMTABLE_BYTES)?;
        Ok(Shelves {
            db,
            rooms,
            blocks,
            lines,
            #[cfg(test)]
            is_broken: Default::default(),
        })
    }

    /// Has every commit fail from now on as it does on a full disk.
    #[cfg(test)]
    pub(super) fn break_disk(&self) {
        self.is_broken.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    /// A change of several trees at once, durable when it is committed.
    pub(super) fn batch(&self) -> OwnedWriteBatch {
        self.db.batch().durability(Some(PersistMode::SyncData))
    }

    /// Commits a change once the engine has room for it. Waits here and not inside the engine, which would go on
    /// waiting after its own workers have given up.
    pub(super) fn commit(&self, batch: OwnedWriteBatch) -> Result<(), fjall::Error> {
        #[cfg(test)]
        if self.is_broken.load(std::sync::atomic::Ordering::Relaxed) {
            return Err(std::io::Error::from(std::io::ErrorKind::StorageFull).into());
        }
        let is_behind = |shelf: &Keyspace| {
            shelf.sealed_memtable_count() > SEALED_MAX || shelf.l0_table_count() > UNMERGED_MAX
        };
        while [&self.rooms, &self.blocks, &self.lines].into_iter().any(is_behind) {
            self.db.persist(PersistMode::Buffer)?;
            std::thread::sleep(SETTLE);
        }
        batch.commit()
    }

    /// Puts everything another engine holds into this one, durably.
    pub(super) fn copy_of(&self, other: &Shelves) -> Result<(), fjall::Error> {
        const AT_ONCE: usize = 4_096;
        let pairs = [(&other.rooms, &self.rooms), (&other.blocks, &self.blocks), (&other.lines, &self.lines)];
        for (from, to) in pairs {
            let mut batch = self.batch();
            for pair in from.iter() {
                let (key, value) = pair.into_inner()?;
                batch.insert(to, key, value);
                if batch.len() == AT_ONCE {
                    self.commit(std::mem::replace(&mut batch, self.batch()))?;
                }
            }
            self.commit(batch)?;
        }
        Ok(())
    }

    /// A room, where there is one.
    pub(super) fn room(&self, name: &RoomName) -> Result<Option<Room>, Cause> {
        let value = self.rooms.get(keys::room(name.as_str()))?;
        value.map(|value| read_room(&value)).transpose()
    }

    /// Every room, by name.
    pub(super) fn all_rooms(&self) -> Result<Vec<(RoomName, Room)>, Cause> {
        let read = |pair: Guard| {
            let (key, value) = pair.into_inner()?;
            let name = std::str::from_utf8(&key[1..]).ok().and_then(|name| name.parse().ok());
            Ok((name.ok_or_else(|| damaged("room name"))?, read_room(&value)?))
        };
        self.rooms.prefix([keys::ROOM]).map(read).collect()
    }

    /// The rooms that were removed and whose lines may still lie about.
    pub(super) fn gone(&self) -> Result<Vec<Number>, Cause> {
        let read = |pair: Guard| keys::number(&pair.key()?[1..]).ok_or_else(|| damaged("room number"));
        self.rooms.prefix([keys::GONE]).map(read).collect()
    }

    /// The number for the next room.
    pub(super) fn next_number(&self) -> Result<Number, Cause> {
        let next = self.rooms.get(keys::NEXT)?;
        next.map_or(Some(1), |next| keys::number(&next)).ok_or_else(|| damaged("next room"))
    }

    /// What a room has.
    pub(super) fn holdings(&self, number: Number) -> Result<Holdings, Cause> {
        let mut holdings = Holdings::default();
        for block in self.blocks_of(number) {
            let (author, block) = block?;
            holdings.bytes += block.bytes;
            holdings.lines += block.lines();
            holdings.heads.extend(&Heads([(author, block.counters)].into()));
        }
        Ok(holdings)
    }

    /// Where the lines lie that are not among those had.
    pub(super) fn span(&self, number: Number, had: &Heads) -> Result<Option<Span>, Cause> {
        let mut times = None;
        for block in self.blocks_of(number) {
            let (author, block) = block?;
            if block.has_beyond(had.0.get(&author)) {
                let (first, last) = times.unwrap_or((u64::MAX, 0));
                times = Some((block.first.min(first), block.last.max(last)));
            }
        }
        Ok(times.map(|(first, last)| {
            let from = Bound::Included(keys::edge(number, first, 0));
            Span { number, from, to: keys::edge(number, last, u8::MAX) }
        }))
    }

    /// The next lines of a span, and what is left of it.
    pub(super) fn chunk(&self, mut span: Span, had: &Heads) -> Result<(Vec<Record>, Span), Cause> {
        let (mut records, mut bytes) = (Vec::new(), 0);
        for pair in self.lines.range((span.from, Bound::Included(span.to))) {
            let (key, value) = pair.into_inner()?;
            let (t, id) = keys::line_parts(&key).ok_or_else(|| damaged("line key"))?;
            let record = (!had.contains(id))
                .then(|| keys::record(t, id, &value).ok_or_else(|| damaged("line")))
                .transpose()?;
            bytes += record.as_ref().map_or(0, |record| record.line.len());
            if bytes > CHUNK_BYTES_MAX && !records.is_empty() {
                break;
            }
            span.from = Bound::Excluded(keys::line(span.number, t, id));
            records.extend(record);
        }
        Ok((records, span))
    }

    /// The lines at these places. One that follows closely on the one before is come to on the way.
    pub(super) fn read(&self, number: Number, places: &[(u64, EntryId)]) -> Result<Vec<Record>, Cause> {
        let from = |key: LineKey| self.lines.range(key..=keys::edge(number, u64::MAX, u8::MAX));
        let find = |way: &mut fjall::Iter, key: LineKey| -> Result<Option<UserValue>, Cause> {
            for pair in way.take(CLOSE_BY) {
                let (here, value) = pair.into_inner()?;
                if *here >= key[..] {
                    return Ok((*here == key).then_some(value));
                }
            }
            Ok(None)
        };
        let mut records = Vec::with_capacity(places.len());
        let mut way = from(keys::edge(number, u64::MAX, u8::MAX));
        for (t, id) in places {
            let key = keys::line(number, *t, *id);
            let mut value = find(&mut way, key)?;
            if value.is_none() {
                way = from(key);
                value = find(&mut way, key)?;
            }
            let read = |value: UserValue| keys::record(*t, *id, &value).ok_or_else(|| damaged("line"));
            records.extend(value.map(read).transpose()?);
        }
        Ok(records)
    }

    fn blocks_of(&self, number: Number) -> impl Iterator<Item = Result<(Author, Block), Cause>> {
        self.blocks.prefix(number.to_be_bytes()).map(|pair| {
            let (key, value) = pair.into_inner()?;
            let author = keys::block_author(&key).ok_or_else(|| damaged("block key"))?;
            Ok((author, read_block(&value)?))
        })
    }
}

/// Reads a block.
pub(super) fn read_block(value: &[u8]) -> Result<Block, Cause> {
    let text = std::str::from_utf8(value).ok();
    text.and_then(|text| text.parse().ok()).ok_or_else(|| damaged("block"))
}

fn read_room(value: &[u8]) -> Result<Room, Cause> {
    serde_json::from_slice(value).map_err(|_| damaged("room card"))
}
