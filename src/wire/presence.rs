//! Who is here, where, and holding what. Nothing of it is ever in the log.

use std::collections::{BTreeMap, VecDeque};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::frame::{Member, Sighting, Somebody};
use super::limit::{DIGEST_MS, EDITORS_MAX, PRESENCE_BYTES_MAX, PRESENCE_MS, VIEWERS_MAX};
use crate::model::{Heads, Id, Point, Rect};

/// Where a person is, as they say themselves. What is left out is not so.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Presence {
    /// Their cursor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Point>,
    /// What they have selected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub selection: Vec<Id>,
    /// The note they are typing in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typing: Option<Id>,
    /// Notes they are dragging, and where those are now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub drag: Vec<(Id, Point)>,
    /// What they see of the wall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<Rect>,
    /// Where they asked others to look last. It stays, so that none is lost where only the latest presence comes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ping: Option<Ping>,
    /// The [`digest`] of the heads they have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Milliseconds from them to the relay and back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rtt: Option<u64>,
}

/// "Look here."
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Ping {
    /// Which one it is: another number is another one.
    pub nth: u32,
    /// Where.
    pub at: Point,
}

impl Presence {
    /// Reads what somebody sent; nothing where it is none or too long.
    pub fn decode(text: &str) -> Option<Presence> {
        if text.len() > PRESENCE_BYTES_MAX { None } else { serde_json::from_str(text).ok() }
    }
}

/// Milliseconds to the nearest ten, and never nothing: what people read, and what is worth saying anew.
pub fn to_tens(ms: u64) -> u64 {
    (ms.saturating_add(5) / 10).max(1) * 10
}

/// Two ends have the same lines where their digests are equal: FNV-1a, 64 bits, of the JSON of the heads with authors
/// in ascending order, as 16 hexadecimal digits.
pub fn digest(heads: &Heads) -> String {
    struct Fnv(u64);
    impl std::io::Write for Fnv {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            self.0 = bytes.iter().fold(self.0, step);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    serde_json::to_writer(&mut hash, heads).expect("heads are plain data");
    format!("{:016x}", hash.0)
}

/// The latest presence of one seat, on its way at most once in [`PRESENCE_MS`].
#[derive(Clone, Debug, Default)]
pub(super) struct Throttle {
    latest: Presence,
    /// When what changed may go out.
    due: Option<u64>,
    sent: Option<u64>,
}

impl Throttle {
    /// Puts a later presence in the place of what has not gone out. What the digest and the time there and back are
    /// stays as it is known here.
    pub(super) fn put(&mut self, presence: Presence, now: u64) {
        let (digest, rtt) = (self.latest.digest.take(), self.latest.rtt);
        let presence = Presence { digest, rtt, ..presence };
        if presence != self.latest {
            self.hurry(now, PRESENCE_MS);
        }
        self.latest = presence;
    }

    /// Puts the digest of what is had here.
    pub(super) fn has(&mut self, digest: String, now: u64) {
        if self.latest.digest.as_ref() != Some(&digest) {
            self.hurry(now, DIGEST_MS);
            self.latest.digest = Some(digest);
        }
    }

    /// Puts how long it takes to the relay and back, in milliseconds.
    pub(super) fn takes(&mut self, ms: u64, now: u64) {
        let rtt = Some(to_tens(ms));
        if self.latest.rtt != rtt {
            self.hurry(now, DIGEST_MS);
            self.latest.rtt = rtt;
        }
    }

    fn hurry(&mut self, now: u64, rest: u64) {
        let due = self.sent.map_or(now, |sent| (sent + rest).max(now));
        self.due = Some(self.due.map_or(due, |earlier| earlier.min(due)));
    }

    /// What is due, once.
    pub(super) fn take(&mut self, now: u64) -> Option<Presence> {
        self.due.filter(|due| *due <= now)?;
        self.due = None;
        self.sent = Some(now);
        Some(self.latest.clone())
    }

    pub(super) fn wakes_at(&self) -> Option<u64> {
        self.due
    }

    /// Has everything go out anew, on a new connection.
    pub(super) fn again(&mut self, now: u64) {
        self.sent = None;
        self.due = Some(now);
    }
}

/// Somebody else at the same wall.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Teammate {
    /// Their number in the room, who they are, and what they may do.
    pub member: Member,
    /// Where they are.
    pub presence: Presence,
    /// Whether they have said where they are: what they asked before that is over.
    is_known: bool,
    /// How much they have seen of what was done here.
    seen: u64,
}

/// Everybody else at the same wall.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    by_n: BTreeMap<u32, Teammate>,
    /// What was had here of late, as its digest, and how much had been done here by then.
    pasts: VecDeque<(String, u64)>,
}

/// States that are remembered to tell what others have seen.
const PASTS_MAX: usize = 64;

impl People {
    pub(super) fn all(&self) -> impl Iterator<Item = &Teammate> {
        self.by_n.values()
    }

    pub(super) fn person(&self, n: u32) -> Option<&Somebody> {
        Some(&self.by_n.get(&n)?.member.person)
    }

    pub(super) fn clear(&mut self) {
        self.by_n.clear();
    }

    pub(super) fn come(&mut self, member: &Member) {
        let n = member.n;
        if self.by_n.len() >= EDITORS_MAX + VIEWERS_MAX {
            return;
        }
        let fresh =
            || Teammate { member: member.clone(), presence: Presence::default(), is_known: false, seen: 0 };
        self.by_n.entry(n).or_insert_with(fresh).member = member.clone();
    }

    pub(super) fn leave(&mut self, n: u32) -> bool {
        self.by_n.remove(&n).is_some()
    }

    /// Takes in what changed; where they ask to look now.
    pub(super) fn see(&mut self, sighting: &Sighting) -> Option<Point> {
        if let (Some(person), Some(role)) = (&sighting.person, sighting.role) {
            self.come(&Member { n: sighting.n, person: person.clone(), role });
        }
        let mate = self.by_n.get_mut(&sighting.n)?;
        mate.member.role = sighting.role.unwrap_or(mate.member.role);
        let presence = Presence::decode(sighting.is.as_ref()?.get())?;
        let past = self.pasts.iter().rev().find(|(digest, _)| presence.digest.as_ref() == Some(digest));
        mate.seen = mate.seen.max(past.map_or(0, |(_, done)| *done));
        let is_known = std::mem::replace(&mut mate.is_known, true);
        let before = std::mem::replace(&mut mate.presence, presence).ping;
        let ping = mate.presence.ping.filter(|ping| is_known && before != Some(*ping));
        ping.map(|ping| ping.at)
    }

    /// Remembers what is had here.
    pub(super) fn remember(&mut self, digest: &str, done: u64) {
        if self.pasts.back().is_none_or(|(last, _)| last != digest) {
            self.pasts.push_back((digest.to_owned(), done));
            if self.pasts.len() > PASTS_MAX {
                self.pasts.pop_front();
            }
        }
        for mate in self.by_n.values_mut().filter(|mate| mate.presence.digest.as_deref() == Some(digest)) {
            mate.seen = mate.seen.max(done);
        }
    }

    /// How many have seen so much of what was done here.
    pub(super) fn seen_by(&self, done: u64) -> usize {
        self.by_n.values().filter(|mate| mate.seen >= done).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: i32) -> Presence {
        Presence { cursor: Some(Point::new(x, 0)), ..Presence::default() }
    }

    #[test]
    fn the_latest_presence_goes_out_and_not_too_often() {
        let mut throttle = Throttle::default();
        throttle.put(at(1), 1_000);
        assert_eq!(throttle.take(1_000), Some(at(1)));
        throttle.put(at(2), 1_010);
        throttle.put(at(3), 1_020);
        assert_eq!((throttle.take(1_020), throttle.wakes_at()), (None, Some(1_050)));
        assert_eq!(throttle.take(1_050), Some(at(3)));
        throttle.put(at(3), 2_000);
        assert_eq!((throttle.take(2_000), throttle.wakes_at()), (None, None), "nothing changed");
        throttle.has("d".into(), 1_060);
        assert_eq!(throttle.wakes_at(), Some(2_050), "what is had may wait");
        throttle.put(at(4), 1_070);
        assert_eq!(throttle.wakes_at(), Some(1_100));
    }

    #[test]
    fn the_way_there_and_back_is_told_when_it_takes_longer_or_shorter_to_the_nearest_ten() {
        let mut throttle = Throttle::default();
        throttle.takes(42, 1_000);
        assert_eq!(throttle.take(1_000).and_then(|told| told.rtt), Some(40));
        throttle.takes(37, 9_000);
        assert_eq!(throttle.wakes_at(), None);
        throttle.takes(52, 9_000);
        assert_eq!(throttle.take(9_000).and_then(|told| told.rtt), Some(50));
    }

    #[test]
    fn a_digest_is_the_same_for_everybody() {
        let heads: Heads = serde_json::from_str(r#"{"k3x9v2p4qd":"1-17,19"}"#).expect("heads");
        assert_eq!(digest(&heads), "f050fc64ae6afea3");
        assert_ne!(digest(&Heads::default()), digest(&heads));
    }
}
