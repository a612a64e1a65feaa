//! The contract every engine keeps.

use std::sync::Arc;
use std::time::Duration;

use super::answer::Answer;
use super::card::RoomCard;
use super::error::StoreError;
use super::replay::Replay;
use super::tail::Tail;
use crate::model::{EntryId, Heads, RoomName};

/// A line and what is beside it on the wire; the line itself is opaque.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The entry's name.
    pub id: EntryId,
    /// Lamport time.
    pub t: u64,
    /// How the line is to be read: 0 plain, 1 sealed.
    pub seal: u8,
    /// The bytes, as they came, without a line end.
    pub line: Arc<str>,
}

/// What became of a record that was handed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stored {
    /// It is kept now.
    New,
    /// It was kept before, the same bytes under the same seal at the same time.
    Known,
    /// Its id stands for another line, which stays; this one is not kept.
    Taken,
}

/// What a room has on the disk.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Holdings {
    /// Which entries.
    pub heads: Heads,
    /// How many lines.
    pub lines: u64,
    /// Their bytes, without line ends.
    pub bytes: u64,
}

/// How a journal has fared since it was opened, for those who watch it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pulse {
    /// Syncs, each for all that waited for it.
    pub syncs: u64,
    /// The time they took together.
    pub sync_time: Duration,
    /// New lines kept.
    pub lines: u64,
    /// Bytes of them.
    pub bytes: u64,
}

/// Durable journals, one per room, of opaque lines.
///
/// Everything is asked from within a tokio runtime and answered later; what is asked is done in the order it was asked.
/// How an engine numbers its lines is nobody else's business.
///
/// - **\[J1\]** What [`append`](Journal::append) answers is durable: it is there after a kill and after a power cut.
/// - **\[J2\]** An append is kept whole or not at all, and answered record by record, in the order given.
/// - **\[J3\]** It is idempotent by id: the same record again is [`Stored::Known`] and kept once. Where the first is
///   still in flight, the answer waits until that one is durable.
/// - **\[J4\]** An id belongs to the first line that had it: another line, seal or time under it is [`Stored::Taken`].
/// - **\[J5\]** A line comes back byte for byte; [`read`](Journal::read) gives those asked for, in the order asked for, and
///   passes over what is not there.
/// - **\[J6\]** [`replay`](Journal::replay) gives each line of the room that was durable when it was asked for and is
///   not among those had, once, by ascending time, author and counter; none of another room. A chunk holds at most
///   [`CHUNK_BYTES_MAX`](super::CHUNK_BYTES_MAX) of lines or a single one. What is appended meanwhile may be in it.
/// - **\[J7\]** [`tail`](Journal::tail) gives every line that becomes durable after it was taken, once. Taken before a
///   replay is asked for, the two miss nothing. One that falls behind is told so and never slows anybody.
/// - **\[J8\]** [`holdings`](Journal::holdings) is what is durable, never what is in flight.
/// - **\[J9\]** A room is there once [`create`](Journal::create) has answered, with its card, and gone once
///   [`remove`](Journal::remove) has; made anew under the same name it is empty. A card is replaced whole.
/// - **\[J10\]** After a write or a sync that failed, nothing is kept any more in any room, every append and change of a
///   room answers why, and nothing of what failed is ever given out. What is durable can still be read.
/// - **\[J11\]** Rooms share syncs and nothing else: the same ids in two rooms are two lines.
/// - **\[J12\]** Opened anew, a journal holds what it held: after a failure too, and then nothing of what was in doubt is
///   believed before it has been written again.
pub trait Journal: Send + Sync {
    /// Keeps lines of a room: `[J1]` to `[J5]`.
    fn append(&self, room: &RoomName, records: Vec<Record>) -> Answer<Vec<Stored>>;

    /// The lines of a room that are not among those `had`: `[J5]`, `[J6]`.
    fn replay(&self, room: &RoomName, had: Heads) -> Replay;

    /// The lines of a room by their times and ids: `[J5]`. Fastest where they are asked for in the order of a replay.
    fn read(&self, room: &RoomName, places: Vec<(u64, EntryId)>) -> Answer<Vec<Record>>;

    /// The lines of a room from now on: `[J7]`.
    fn tail(&self, room: &RoomName) -> Tail;

    /// What a room has: `[J8]`.
    fn holdings(&self, room: &RoomName) -> Answer<Holdings>;

    /// Makes a room: `[J9]`.
    fn create(&self, room: &RoomName, card: RoomCard) -> Answer<()>;

    /// Gives a room another card: `[J9]`.
    fn replace_card(&self, room: &RoomName, card: RoomCard) -> Answer<()>;

    /// Takes a room away with all its lines: `[J9]`.
    fn remove(&self, room: &RoomName) -> Answer<()>;

    /// The card of a room, where there is one.
    fn card(&self, room: &RoomName) -> Answer<Option<RoomCard>>;

    /// Every room with its card, by name.
    fn rooms(&self) -> Answer<Vec<(RoomName, RoomCard)>>;

    /// Whether lines can be kept, or why they cannot: `[J10]`.
    fn health(&self) -> Result<(), StoreError>;

    /// How it has fared.
    fn pulse(&self) -> Pulse;
}
