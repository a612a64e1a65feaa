//! Durable journals of rooms: opaque lines in, the same bytes out, and nothing is called kept before it is.
//!
//! [`Journal`] is the one contract, numbered `[J1]` to `[J12]`; whoever keeps a room talks to it and never learns which
//! engine answers. [`open`] gives one: in memory, which is the reference, or in a folder. A line is known here by the
//! [`Record`] around it, its id and its time; what it says is never looked at.

mod answer;
mod backup;
mod card;
mod embedded;
mod error;
mod journal;
mod memory;
mod replay;
mod tail;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

pub use answer::Answer;
pub use backup::{dump, restore};
pub use card::RoomCard;
pub use error::StoreError;
pub use journal::{Holdings, Journal, Pulse, Record, Stored};
pub use replay::Replay;
pub use tail::Tail;

/// Bytes of lines one chunk of a replay holds at most, unless a single line is longer.
pub const CHUNK_BYTES_MAX: usize = 256 * 1024;

/// Where a journal is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// Nowhere: it is gone with the process.
    Memory,
    /// In a folder, which is made if it is not there.
    Folder(PathBuf),
}

/// Opens a journal, or begins one. A folder is read through first, so this may take a while: call it before serving.
pub fn open(place: Place) -> Result<Arc<dyn Journal>, StoreError> {
    Ok(match place {
        Place::Memory => Arc::new(memory::Memory::default()),
        Place::Folder(folder) => Arc::new(embedded::Embedded::open(&folder)?),
    })
}
