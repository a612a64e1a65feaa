//! Lines as people make them, each marked with when it was sent.

use std::sync::LazyLock;

use squall::model::EntryId;
use squall::store::Record;
use squall::wire::frame::{Item, entries};
use tokio::time::Instant;

/// What stands before the time in a line, and nowhere else in it.
const MARK: u8 = b'@';
const DIGITS: usize = 12;
/// Bytes between one mark and the next at least: they are not looked at.
const APART: usize = 200;

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Microseconds since the program began.
pub(crate) fn now() -> u64 {
    u64::try_from(BEGAN.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// A deed of an author, filled up to so many bytes.
pub(crate) fn item(id: EntryId, sent: u64, bytes: usize) -> Item {
    let (t, at) = (id.counter + 64, id.counter % 500);
    let head = format!(
        r#"{{"id":"{id}","t":{t},"at":"2026-11-22T13:40:02Z","who":"p7k3x9v2p4","by":"민수","do":[{{"note_placed":{{"kind":"event","wording":"주문이 접수되었다 @{sent:012} "#
    );
    let tail = format!(r#"","at":[{at},8],"size":[16,5],"z":0}}}}],"sum":"9f31c2aa"}}"#);
    let fill = bytes.saturating_sub(head.len() + tail.len());
    Item { id, t, seal: 0, line: [head, "x".repeat(fill), tail].concat().into() }
}

pub(crate) fn record(id: EntryId) -> Record {
    let Item { id, t, seal, line } = item(id, 0, 0);
    Record { id, t, seal, line }
}

/// One message of so many deeds, the first of which is `id`.
pub(crate) fn message(id: EntryId, count: u64, sent: u64, bytes: usize) -> String {
    let each = |nth| item(EntryId { counter: id.counter + nth, ..id }, sent, bytes).encode();
    entries(&(0..count).map(each).collect::<Vec<_>>().join(","))
}

/// When each line in a message was sent.
pub(crate) fn sent(text: &[u8]) -> impl Iterator<Item = u64> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = rest.iter().position(|byte| *byte == MARK)? + 1;
        let digits = rest.get(at..at + DIGITS)?;
        rest = rest.get(at + APART..).unwrap_or_default();
        Some(digits.iter().fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')))
    })
}
