//! How records are written and found again: big-endian keys, so that the order of bytes is the order that is told.
//!
//! | shelf | key | value |
//! |---|---|---|
//! | rooms | `r` name | number and card, JSON |
//! | rooms | `g` number | nothing: this room was removed, and lines of it may still lie about |
//! | rooms | `n` | the number of the next room |
//! | blocks | number, author, counter / 1,024 | a [`Block`](super::block::Block) |
//! | lines | number, time, author, counter | the seal, one byte, and the line |

use crate::model::{Author, EntryId};
use crate::store::Record;

/// What a room is called in keys: given once and never again.
pub(super) type Number = u64;

/// Counters of one author that share a block.
const BLOCK_COUNTERS: u64 = 1_024;

/// The key of a line.
pub(super) type LineKey = [u8; 34];
/// The key of a block.
pub(super) type BlockKey = [u8; 26];

/// Where the number of the next room stands.
pub(super) const NEXT: &[u8] = b"n";
/// What the keys of rooms begin with.
pub(super) const ROOM: u8 = b'r';
/// What the keys of removed rooms begin with.
pub(super) const GONE: u8 = b'g';

/// The key of a room.
pub(super) fn room(name: &str) -> Vec<u8> {
    [&[ROOM], name.as_bytes()].concat()
}

/// The key of a removed room.
pub(super) fn gone(number: Number) -> Vec<u8> {
    [&[GONE], number.to_be_bytes().as_slice()].concat()
}

/// The number in the first eight bytes.
pub(super) fn number(bytes: &[u8]) -> Option<u64> {
    bytes.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}

/// The key of a line.
pub(super) fn line(number: Number, t: u64, id: EntryId) -> LineKey {
    joined([&number.to_be_bytes(), &t.to_be_bytes(), author(id).as_bytes(), &id.counter.to_be_bytes()])
}

/// What comes before (0) or after (255) every line of a time.
pub(super) fn edge(number: Number, t: u64, rest: u8) -> LineKey {
    joined([&number.to_be_bytes(), &t.to_be_bytes(), &[rest; 18]])
}

/// The key of the block a counter falls into.
pub(super) fn block(number: Number, id: EntryId) -> BlockKey {
    let block = id.counter / BLOCK_COUNTERS;
    joined([&number.to_be_bytes(), author(id).as_bytes(), &block.to_be_bytes()])
}

/// The time and the id in the key of a line.
pub(super) fn line_parts(key: &[u8]) -> Option<(u64, EntryId)> {
    let author = author_in(key.get(16..26)?)?;
    Some((number(key.get(8..)?)?, EntryId { author, counter: number(key.get(26..)?)? }))
}

/// A line as it is kept.
pub(super) fn value(record: &Record) -> Vec<u8> {
    [&[record.seal], record.line.as_bytes()].concat()
}

/// The record of a line as it is kept.
pub(super) fn record(t: u64, id: EntryId, value: &[u8]) -> Option<Record> {
    let (seal, line) = value.split_first()?;
    Some(Record { id, t, seal: *seal, line: std::str::from_utf8(line).ok()?.into() })
}

/// The author in the key of a block.
pub(super) fn block_author(key: &[u8]) -> Option<Author> {
    author_in(key.get(8..18)?)
}

fn author_in(bytes: &[u8]) -> Option<Author> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

fn author(id: EntryId) -> String {
    id.author.to_string()
}

fn joined<const LEN: usize, const PARTS: usize>(parts: [&[u8]; PARTS]) -> [u8; LEN] {
    let mut key = [0; LEN];
    let mut rest = key.as_mut_slice();
    for part in parts {
        let (here, after) = rest.split_at_mut(part.len());
        here.copy_from_slice(part);
        rest = after;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_what_it_was_made_of() {
        let id: EntryId = "k3x9v2p4qd.70000".parse().unwrap();
        assert_eq!(line_parts(&line(7, 812, id)), Some((812, id)));
        assert_eq!(block_author(&block(7, id)), Some(id.author));
        assert!(line(7, 812, id) < line(7, 813, id) && line(7, u64::MAX, id) < line(8, 0, id));
        assert_eq!(line_parts(b"short"), None);
        let kept = Record { id, t: 812, seal: 1, line: "주문".into() };
        assert_eq!(record(812, id, &value(&kept)), Some(kept));
        assert_eq!(record(812, id, b""), None);
    }
}
