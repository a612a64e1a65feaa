//! Which lines a room has, and which of them are durable. It holds no line.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Bound;

use crate::model::{EntryId, Heads};
use crate::wire::close::Refusal;
use crate::wire::frame::Item;
use crate::wire::limit::{
    AUTHORS_MAX, ENTRIES_BYTES_MAX, LOOKED_AT_MAX, RANGES_MAX, ROOM_BYTES_MAX, ROOM_LINES_MAX,
};

/// A line's place: by time, then by id.
pub type Place = (u64, EntryId);

/// What is remembered of a line.
#[derive(Clone, Copy, Debug)]
struct Print {
    /// Of its seal and its bytes, under a secret.
    hash: u64,
    /// Bytes of its item in a frame, at most.
    bytes: u32,
}

/// How a line that comes in stands to those that are here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Known {
    /// It is not here.
    New,
    /// It is here, and durable or not.
    Same { durable: bool },
    /// Another is here under its id.
    Other,
}

/// The lines of a room by place, and the heads they make.
#[derive(Debug)]
pub(super) struct Index {
    secret: u64,
    lines: BTreeMap<Place, Print>,
    known: Heads,
    durable: Heads,
    bytes: u64,
    ranges: usize,
    /// What was looked for last, and what was lacking: many come at the same time and lack the same.
    looked: Option<(Heads, Option<Place>, Lacking)>,
}

impl Index {
    /// An index without lines. The secret is random: who knew it could make two lines of one hash.
    pub(super) fn new(secret: u64) -> Index {
        let (known, durable) = (Heads::default(), Heads::default());
        Index { secret, lines: BTreeMap::new(), known, durable, bytes: 0, ranges: 0, looked: None }
    }

    fn hash(&self, item: &Item) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.secret, item.seal, &item.line).hash(&mut hasher);
        hasher.finish()
    }

    pub(super) fn judge(&self, item: &Item) -> Known {
        if !self.known.contains(item.id) {
            return Known::New;
        }
        match self.lines.get(&(item.t, item.id)) {
            Some(print) if print.hash == self.hash(item) => {
                Known::Same { durable: self.durable.contains(item.id) }
            }
            _ => Known::Other,
        }
    }

    /// Why there is no room for one more line.
    pub(super) fn refuses(&self, item: &Item) -> Option<Refusal> {
        let had = self.known.0.get(&item.id.author);
        let is_full = self.lines.len() >= ROOM_LINES_MAX
            || self.bytes + item.line.len() as u64 > ROOM_BYTES_MAX
            || had.is_none() && self.known.0.len() >= AUTHORS_MAX
            || self.ranges >= RANGES_MAX && !had.is_some_and(|had| had.contains(item.id.counter - 1));
        is_full.then_some(Refusal::Full)
    }

    /// Takes in a line that is new.
    pub(super) fn add(&mut self, item: &Item) {
        let count = |heads: &Heads| heads.0.get(&item.id.author).map_or(0, |ranges| ranges.count());
        let before = count(&self.known);
        self.known.insert(item.id);
        self.ranges = self.ranges + count(&self.known) - before;
        self.bytes += item.line.len() as u64;
        let print = Print { hash: self.hash(item), bytes: u32::try_from(item.bytes()).unwrap_or(u32::MAX) };
        self.lines.insert((item.t, item.id), print);
        self.looked = None;
    }

    /// A line lies in the journal for good.
    pub(super) fn settle(&mut self, id: EntryId) {
        self.durable.insert(id);
        self.looked = None;
    }

    pub(super) fn durable(&self) -> &Heads {
        &self.durable
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing is here that these lack.
    pub(super) fn is_within(&self, heads: &Heads) -> bool {
        heads.covers(&self.known)
    }

    /// What these heads lack from a place on: the lines for one frame, and where to go on.
    pub(super) fn lacking(&mut self, had: &Heads, from: Option<Place>) -> Lacking {
        match &self.looked {
            Some((before, place, lacking)) if *place == from && before == had => lacking.clone(),
            _ => {
                let lacking = self.look(had, from);
                self.looked = Some((had.clone(), from, lacking.clone()));
                lacking
            }
        }
    }

    fn look(&self, had: &Heads, from: Option<Place>) -> Lacking {
        let mut lacking = Lacking { places: Vec::new(), reached: from, rest: Rest::None };
        let mut bytes = 0;
        let after = from.map_or(Bound::Unbounded, Bound::Excluded);
        for (nth, (place, print)) in self.lines.range((after, Bound::Unbounded)).enumerate() {
            if nth == LOOKED_AT_MAX {
                lacking.rest = Rest::More;
                break;
            }
            if !had.contains(place.1) {
                if !self.durable.contains(place.1) {
                    lacking.rest = Rest::InFlight;
                    break;
                }
                bytes += print.bytes as usize + 1;
                if bytes > ENTRIES_BYTES_MAX && !lacking.places.is_empty() {
                    lacking.rest = Rest::More;
                    break;
                }
                lacking.places.push(*place);
            }
            lacking.reached = Some(*place);
        }
        lacking
    }
}

/// What somebody lacks, as far as it goes.
#[derive(Clone, Debug)]
pub(super) struct Lacking {
    /// The lines, by ascending time.
    pub(super) places: Vec<Place>,
    /// The last place that was looked at.
    pub(super) reached: Option<Place>,
    /// What lies beyond it.
    pub(super) rest: Rest,
}

/// What lies beyond the last place that was looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rest {
    /// Nothing.
    None,
    /// Places to look at.
    More,
    /// A line that has to be durable first.
    InFlight,
}
