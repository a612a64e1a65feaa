//! What somebody has of a log: per author the counters, as ranges.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
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

    /// Takes a counter out.
    pub fn remove(&mut self, counter: u64) {
        let at = self.0.partition_point(|(_, last)| *last < counter);
        let Some((first, last)) = self.0.get(at).copied().filter(|(first, _)| *first <= counter) else {
            return;
        };
        let left =
            [(first, counter - 1), (counter + 1, last)].into_iter().filter(|(first, last)| first <= last);
        self.0.splice(at..=at, left);
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

    /// Whether all of `other` is in it.
    pub fn covers(&self, other: &Ranges) -> bool {
        other.iter().all(|(first, last)| {
            let at = self.0.partition_point(|(_, end)| *end < first);
            self.0.get(at).is_some_and(|(start, end)| *start <= first && last <= *end)
        })
    }

    /// What is in both.
    pub fn within(&self, other: &Ranges) -> Ranges {
        let (mut both, mut theirs) = (Vec::new(), other.0.iter().peekable());
        for (first, last) in &self.0 {
            while let Some((from, to)) = theirs.peek().filter(|(from, _)| from <= last) {
                if to >= first {
                    both.push((*first.max(from), *last.min(to)));
                }
                if to > last {
                    break;
                }
                theirs.next();
            }
        }
        Ranges(both)
    }

    /// How many ranges it takes.
    pub fn count(&self) -> usize {
        self.0.len()
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

    /// Takes an entry out.
    pub fn remove(&mut self, id: EntryId) {
        if let Some(ranges) = self.0.get_mut(&id.author) {
            ranges.remove(id.counter);
            if ranges.0.is_empty() {
                self.0.remove(&id.author);
            }
        }
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

    /// What is in both.
    pub fn within(&self, other: &Heads) -> Heads {
        let both = self.0.iter().filter_map(|(author, ranges)| {
            Some((*author, ranges.within(other.0.get(author)?))).filter(|(_, both)| !both.0.is_empty())
        });
        Heads(both.collect())
    }

    /// Whether all of `other` is in it.
    pub fn covers(&self, other: &Heads) -> bool {
        other.0.iter().all(|(author, ranges)| self.0.get(author).is_some_and(|had| had.covers(ranges)))
    }

    /// The same in parts whose JSON takes so many bytes at most. Together they are the whole; there is always one.
    pub fn parts(&self, bytes_max: usize) -> Vec<Heads> {
        let (mut parts, mut open, mut bytes) = (Vec::new(), Heads::default(), BRACES_BYTES);
        for (author, ranges) in &self.0 {
            for range in ranges.iter() {
                let name = author.to_string().len() + KEY_BYTES;
                let mut more = range_bytes(range) + if open.0.contains_key(author) { 0 } else { name };
                if bytes + more > bytes_max && !open.0.is_empty() {
                    parts.push(std::mem::take(&mut open));
                    bytes = BRACES_BYTES;
                    more = range_bytes(range) + name;
                }
                bytes += more;
                open.0.entry(*author).or_default().0.push(range);
            }
        }
        parts.push(open);
        parts
    }
}

const BRACES_BYTES: usize = 2;
/// What stands around an author and the ranges, `"":"",`.
const KEY_BYTES: usize = 6;

/// Bytes of `5-17,`, or `5,` where it is one counter.
fn range_bytes((first, last): (u64, u64)) -> usize {
    let digits = |number: u64| number.checked_ilog10().map_or(1, |log| log as usize + 1);
    if first == last { digits(first) + 1 } else { digits(first) + digits(last) + 2 }
}

impl Ranges {
    fn merge(&mut self, other: &Ranges) {
        let mut added = other.0.clone();
        if self.0.last() > other.0.first() {
            added.append(&mut self.0);
            added.sort_unstable();
        }
        for (first, last) in added {
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

impl JsonSchema for Heads {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Heads".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let ranges =
            json_schema!({ "type": "string", "pattern": "^([0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*)?$" });
        json_schema!({
            "type": "object",
            "patternProperties": { "^[0-9a-z]{10}$": ranges },
            "additionalProperties": false
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_both_is_what_each_holds_of_the_other() {
        let ranges = |text: &str| text.parse::<Ranges>().unwrap();
        let check = |one: &str, other: &str, both: &str| {
            assert_eq!(ranges(one).within(&ranges(other)).to_string(), both);
            assert_eq!(ranges(other).within(&ranges(one)).to_string(), both);
        };
        check("1-9", "3-4,6,8-12", "3-4,6,8-9");
        check("1-3,5-7", "2-6", "2-3,5-6");
        check("1-3", "4-6", "");
    }

    #[test]
    fn parts_are_small_and_together_the_whole() {
        let heads: Heads =
            serde_json::from_str(r#"{"aaaaaaaaaa":"1-17,19,22-40","bbbbbbbbbb":"5","cccccccccc":"1-9,11"}"#)
                .unwrap();
        let check = |bytes_max: usize, count: usize| {
            let parts = heads.parts(bytes_max);
            let mut whole = Heads::default();
            parts.iter().for_each(|part| whole.extend(part));
            assert_eq!((parts.len(), &whole), (count, &heads));
            let sizes = parts.iter().map(|part| serde_json::to_string(part).unwrap().len());
            assert!(sizes.max() <= Some(bytes_max), "{parts:?}");
            assert!(parts.iter().all(|part| heads.covers(part) && (count == 1 || !part.covers(&heads))));
        };
        check(1_000, 1);
        check(50, 2);
        check(28, 4);
        assert_eq!(Heads::default().parts(9), [Heads::default()]);
    }

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
        let covers = |other: &str| ranges.covers(&other.parse().unwrap());
        assert!(covers("2-5,9") && !covers("4-6") && !covers("5-9") && covers(""));
        assert!("9,1".parse::<Ranges>().is_err() && "0-3".parse::<Ranges>().is_err());
    }

    #[test]
    fn what_is_taken_out_leaves_the_rest() {
        let mut heads: Heads = serde_json::from_str(r#"{"k3x9v2p4qd":"1-5,9","a000000000":"2"}"#).unwrap();
        for id in
            ["k3x9v2p4qd.3", "k3x9v2p4qd.7", "k3x9v2p4qd.1", "k3x9v2p4qd.9", "a000000000.2", "b000000000.1"]
        {
            heads.remove(id.parse().unwrap());
        }
        assert_eq!(serde_json::to_string(&heads).unwrap(), r#"{"k3x9v2p4qd":"2,4-5"}"#);
    }

    #[test]
    fn ranges_merge_whichever_comes_first() {
        let merged = |one: &str, other: &str| {
            let mut ranges: Ranges = one.parse().unwrap();
            ranges.merge(&other.parse().unwrap());
            ranges.to_string()
        };
        for (one, other, both) in [
            ("1-5", "6-9", "1-9"),
            ("1-5,8", "3-6,10", "1-6,8,10"),
            ("1-9", "3-4", "1-9"),
            ("1,5", "5,7", "1,5,7"),
            ("", "2-3", "2-3"),
        ] {
            assert_eq!((merged(one, other), merged(other, one)), (both.to_owned(), both.to_owned()));
        }
    }
}
