//! What a room has of one author, a thousand counters at a time.

use std::fmt;
use std::str::FromStr;

use crate::model::heads::Ranges;
use crate::store::Record;

/// Which counters are kept, how many bytes their lines have, and between which times they lie: enough to tell a room's
/// heads, and where to begin to read for somebody who lacks the newest only, without a look at the lines.
///
/// Written as `bytes first-time last-time ranges`, such as `812 5 9 1-3,7`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Block {
    pub(super) bytes: u64,
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) counters: Ranges,
}

impl Default for Block {
    fn default() -> Block {
        Block { bytes: 0, first: u64::MAX, last: 0, counters: Ranges::default() }
    }
}

impl Block {
    /// Takes a record in; whether its id was free.
    pub(super) fn insert(&mut self, record: &Record) -> bool {
        let is_new = self.counters.insert(record.id.counter);
        if is_new {
            self.bytes += record.line.len() as u64;
            self.first = self.first.min(record.t);
            self.last = self.last.max(record.t);
        }
        is_new
    }

    /// How many lines it stands for.
    pub(super) fn lines(&self) -> u64 {
        self.counters.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// Whether it has anything that is not among those had of its author.
    pub(super) fn has_beyond(&self, had: Option<&Ranges>) -> bool {
        !had.is_some_and(|had| had.covers(&self.counters))
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.bytes, self.first, self.last, self.counters)
    }
}

impl FromStr for Block {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split(' ');
        let mut number = || parts.next()?.parse().ok();
        let (bytes, first, last) = (number().ok_or(())?, number().ok_or(())?, number().ok_or(())?);
        let counters = parts.next().and_then(|ranges| ranges.parse().ok()).ok_or(())?;
        Ok(Block { bytes, first, last, counters })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_read_as_it_was_written() {
        let mut block = Block::default();
        for (id, t) in [("k3x9v2p4qd.7", 9), ("k3x9v2p4qd.1", 5), ("k3x9v2p4qd.2", 6)] {
            let record = Record { id: id.parse().unwrap(), t, seal: 0, line: "1234".into() };
            assert!(block.insert(&record) && !block.insert(&record));
        }
        assert_eq!((block.to_string().as_str(), block.lines()), ("12 5 9 1-2,7", 3));
        assert!(block.has_beyond(None) && block.has_beyond(Some(&"1-2,8".parse().unwrap())));
        assert!(!block.has_beyond(Some(&"1-7".parse().unwrap())));
        assert_eq!(block.to_string().parse(), Ok(block));
        assert_eq!("12 5".parse::<Block>(), Err(()));
    }
}
