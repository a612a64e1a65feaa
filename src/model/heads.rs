//! What somebody has of a log: per author the counters, as ranges.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::id::{Author, EntryId, NotAnId};

/// Counters as ranges, `"1-17,19"`: ascending, apart, both ends included.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ranges(Vec<(u64, u64)>);

/// Per author, which entries one has. Nearly always one range each.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Heads(pub BTreeMap<Author, Ranges>);

impl Ranges {
    /// Adds a counter; whether it was new.
    pub fn insert(&mut self, counter: u64) -> bool {
        let at = self.0.partition_point(|(_, last)| *last < counter);
        if self.0.get(at).is_some_and(|(first, _)| *first <= counter) {
            return false;
        }
        let joins_before = at > 0 && self.0[at - 1].1 + 1 == counter;
        let joins_after = self.0.get(at).is_some_and(|(first, _)| counter + 1 == *first);
        match (joins_before, joins_after) {
            (true, true) => {
                self.0[at - 1].1 = self.0[at].1;
                self.0.remove(at);
            }
            (true, false) => self.0[at - 1].1 = counter,
            (false, true) => self.0[at].0 = counter,
            (false, false) => self.0.insert(at, (counter, counter)),
        }
        true
    }

    /// Whether a counter is in it.
    pub fn contains(&self, counter: u64) -> bool {
        let at = self.0.partition_point(|(_, last)| *last < counter);
        self.0.get(at).is_some_and(|(first, _)| *first <= counter)
    }

    /// The highest counter in it.
    pub fn last(&self) -> Option<u64> {
        self.0.last().map(|(_, last)| *last)
    }

    /// The ranges, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> {
        self.0.iter().copied()
    }
}

impl Heads {
    /// Adds an entry; whether it was new.
    pub fn insert(&mut self, id: EntryId) -> bool {
        self.0.entry(id.author).or_default().insert(id.counter)
    }

    /// Whether an entry is in it.
    pub fn contains(&self, id: EntryId) -> bool {
        self.0.get(&id.author).is_some_and(|ranges| ranges.contains(id.counter))
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: &Heads) {
        for (author, ranges) in &other.0 {
            self.0.entry(*author).or_default().merge(ranges);
        }
    }
}

impl Ranges {
    fn merge(&mut self, other: &Ranges) {
        let mut all: Vec<(u64, u64)> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        self.0.clear();
        for (first, last) in all {
            match self.0.last_mut() {
                Some(open) if first <= open.1.saturating_add(1) => open.1 = open.1.max(last),
                _ => self.0.push((first, last)),
            }
        }
    }
}

impl fmt::Display for Ranges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (first, last)) in self.iter().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            if first == last { write!(f, "{first}")? } else { write!(f, "{first}-{last}")? }
        }
        Ok(())
    }
}

impl FromStr for Ranges {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut ranges = Ranges::default();
        let mut floor = 0;
        for range in text.split(',').filter(|range| !range.is_empty()) {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            let first: u64 = first.parse().map_err(|_| NotAnId)?;
            let last: u64 = last.parse().map_err(|_| NotAnId)?;
            if first <= floor
                || first - 1 == floor && floor > 0
                || last < first
                || last > super::limit::COUNTER_MAX
            {
                return Err(NotAnId);
            }
            floor = last;
            ranges.0.push((first, last));
        }
        Ok(ranges)
    }
}

impl Serialize for Ranges {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ranges {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_join_as_they_fill() {
        let mut ranges = Ranges::default();
        for counter in [5, 1, 2, 9, 3, 4] {
            assert!(ranges.insert(counter));
            assert!(!ranges.insert(counter));
        }
        assert_eq!(ranges.to_string(), "1-5,9");
        assert_eq!("1-5,9".parse(), Ok(ranges.clone()));
        assert!(ranges.contains(4) && !ranges.contains(6) && ranges.contains(9));
        assert!("9,1".parse::<Ranges>().is_err() && "0-3".parse::<Ranges>().is_err());
    }
}
