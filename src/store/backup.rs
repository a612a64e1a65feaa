//! A whole room as text, to be put away and brought back through any engine.
//!
//! ```text
//! {"squall":"room","version":1,"room":"shop","card":{"board":"b…","tokens":{…},…}}
//! {"id":"k3x9v2p4qd.17","t":812,"line":"{…}"}
//! {"end":1}
//! ```

use std::io::{BufRead, Read as _, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::error::{Cause, StoreError};
use super::journal::{Journal, Record};
use super::{CHUNK_BYTES_MAX, RoomCard};
use crate::model::limit::LINE_BYTES_MAX;
use crate::model::{EntryId, Heads, RoomName};

/// The format this version reads and writes.
const VERSION: u32 = 1;
/// Bytes of one line of a dump: every byte of an entry's line may be written as six, and there is some more beside it.
const DUMP_LINE_BYTES_MAX: usize = 6 * LINE_BYTES_MAX + 4_096;

#[derive(Serialize, Deserialize)]
struct Head {
    squall: String,
    version: u32,
    room: RoomName,
    card: RoomCard,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Row {
    Line {
        id: EntryId,
        t: u64,
        #[serde(default, skip_serializing_if = "is_plain")]
        seal: u8,
        line: Arc<str>,
    },
    End {
        end: u64,
    },
}

fn is_plain(seal: &u8) -> bool {
    *seal == 0
}

/// Writes a room out, its lines as they are durable; gives back how many.
pub async fn dump(
    journal: &dyn Journal,
    room: &RoomName,
    out: &mut (dyn Write + Send),
) -> Result<u64, StoreError> {
    let card = journal.card(room).await?.ok_or_else(|| StoreError::NoRoom(room.clone()))?;
    put(out, &Head { squall: "room".to_owned(), version: VERSION, room: room.clone(), card })?;
    let (mut replay, mut lines) = (journal.replay(room, Heads::default()), 0);
    while let Some(records) = replay.next().await? {
        lines += records.len() as u64;
        for Record { id, t, seal, line } in records {
            put(out, &Row::Line { id, t, seal, line })?;
        }
    }
    put(out, &Row::End { end: lines })?;
    out.flush().map_err(|error| StoreError::DumpIo(error.into()))?;
    Ok(lines)
}

/// Brings a room back, under its own name; gives back the name. Where the room is there and holds the same wall, what it
/// lacks is added, so that a restore that was cut short is simply begun again. A dump that is torn makes no room.
pub async fn restore(
    journal: &dyn Journal,
    input: &mut (dyn BufRead + Send),
) -> Result<RoomName, StoreError> {
    let mut rows = Rows { input, number: 0 };
    let head: Head = rows.next()?;
    if head.squall != "room" || head.version > VERSION {
        return Err(StoreError::BadDump(rows.number));
    }
    let room = head.room;
    let is_made = match journal.card(&room).await? {
        None => true,
        Some(card) if card.board == head.card.board => false,
        Some(_) => return Err(StoreError::RoomExists(room)),
    };
    if is_made {
        journal.create(&room, head.card).await?;
    }
    match fill(journal, &room, &mut rows).await {
        Err(error @ (StoreError::BadDump(_) | StoreError::DumpIo(_))) if is_made => {
            journal.remove(&room).await?;
            Err(error)
        }
        filled => filled.map(|()| room),
    }
}

async fn fill(journal: &dyn Journal, room: &RoomName, rows: &mut Rows<'_>) -> Result<(), StoreError> {
    let (mut records, mut bytes, mut lines) = (Vec::new(), 0, 0);
    loop {
        match rows.next()? {
            Row::Line { id, t, seal, line } => {
                bytes += line.len();
                lines += 1;
                records.push(Record { id, t, seal, line });
                if bytes >= CHUNK_BYTES_MAX {
                    journal.append(room, std::mem::take(&mut records)).await?;
                    bytes = 0;
                }
            }
            Row::End { end } if end == lines => break,
            Row::End { .. } => return Err(StoreError::BadDump(rows.number)),
        }
    }
    journal.append(room, records).await?;
    Ok(())
}

fn put(out: &mut (dyn Write + Send), row: &impl Serialize) -> Result<(), StoreError> {
    let text = serde_json::to_string(row).expect("a dump is plain data") + "\n";
    out.write_all(text.as_bytes()).map_err(|error| StoreError::DumpIo(error.into()))
}

struct Rows<'a> {
    input: &'a mut (dyn BufRead + Send),
    number: u64,
}

impl Rows<'_> {
    /// The next line; a line that is too long is none, and neither is the end of the file.
    fn next<T: for<'de> Deserialize<'de>>(&mut self) -> Result<T, StoreError> {
        self.number += 1;
        let mut text = Vec::new();
        let mut input = (&mut *self.input).take(DUMP_LINE_BYTES_MAX as u64);
        input.read_until(b'\n', &mut text).map_err(|error| StoreError::DumpIo(Cause::from(error)))?;
        serde_json::from_slice(&text).map_err(|_| StoreError::BadDump(self.number))
    }
}
