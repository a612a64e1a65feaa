//! Keeping only what still matters: whole lines, never parts of one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::History;
use crate::model::entry::{BadLine, check_sum, sealed};
use crate::model::limit::{LINE_BYTES_MAX, TIME_MAX, TIME_STEP_MAX};
use crate::model::{EntryId, Heads, Line};

/// What a squashed file held once and holds no more. It counts as had when asking for lines, never when giving them.
///
/// In a file it is a line of its own, `{"dropped":{"k3x9v2p4qd":"1-16,18"},"t":812,"sum":"…"}`; several add up.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dropped {
    /// The ids of the lines that were dropped.
    pub ids: Heads,
    /// The highest time when they were. What a deed up to then replaced may be among them.
    pub until: u64,
}

/// What is left of a history and what is not.
#[derive(Clone, PartialEq, Debug)]
pub struct Squashed<'a> {
    /// The lines to keep, by ascending time.
    pub kept: Vec<&'a Line>,
    /// The others, those of earlier squashes included.
    pub dropped: Dropped,
}

#[derive(Serialize, Deserialize)]
struct Body {
    dropped: Heads,
    #[serde(default = "unknown_time")]
    t: u64,
}

fn unknown_time() -> u64 {
    TIME_MAX
}

/// What a dropped line takes beside its ids, at most.
const FRAME_BYTES: usize = 128;

impl Dropped {
    /// Whether a line of a file is one of these.
    pub fn is_line(text: &str) -> bool {
        text.starts_with("{\"dropped\":")
    }

    /// Reads a line, without its line end.
    pub fn read(text: &str) -> Result<Dropped, BadLine> {
        check_sum(text)?;
        let body: Body = serde_json::from_str(text).map_err(|_| BadLine::NoEnvelope)?;
        Ok(Dropped { ids: body.dropped, until: body.t })
    }

    /// The lines that say so: none where nothing was dropped, several where one would be longer than a line may be.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut open = Heads::default();
        let mut bytes = FRAME_BYTES;
        let close = |open: &mut Heads| {
            let body = Body { dropped: std::mem::take(open), t: self.until };
            sealed(&serde_json::to_string(&body).expect("heads are plain data"))
        };
        for (author, ranges) in &self.ids.0 {
            let more = author.to_string().len() + ranges.to_string().len() + 6;
            if bytes + more > LINE_BYTES_MAX && !open.0.is_empty() {
                lines.push(close(&mut open));
                bytes = FRAME_BYTES;
            }
            bytes += more;
            open.0.insert(*author, ranges.clone());
        }
        if !open.0.is_empty() {
            lines.push(close(&mut open));
        }
        lines
    }

    /// Adds what another such line says.
    pub fn extend(&mut self, other: &Dropped) {
        self.ids.extend(&other.ids);
        self.until = self.until.max(other.until);
    }
}

impl History {
    /// The lines that still matter: those that win a field, word a note, hold anything this version cannot read, wait,
    /// have the highest time, are a stepping stone of time, or say last whether a kept deed is taken back.
    pub fn squash(&self) -> Squashed<'_> {
        let order: Vec<u32> = self.log.in_order().collect();
        let mut keep: BTreeSet<u32> = self.log.waiting().collect();
        keep.extend(self.fold.slots().iter().flat_map(|slot| slot.writes()).map(|write| write.line));
        keep.extend(order.iter().filter(|at| self.log.line(**at).entry.has_unread));
        keep.extend(order.last());
        self.keep_last_words(&order, &mut keep);
        self.keep_stepping_stones(&order, &mut keep);

        let ids = if self.dropped_counts { self.dropped.ids.clone() } else { Heads::default() };
        let mut dropped = Dropped { ids, until: self.dropped.until };
        let kept_ids: BTreeSet<EntryId> = keep.iter().map(|at| self.log.line(*at).entry.id).collect();
        let gone = order.iter().map(|at| self.log.line(*at).entry.id).filter(|id| !kept_ids.contains(id));
        for id in gone {
            dropped.ids.insert(id);
            dropped.until = self.clock();
        }
        let readable = order.into_iter().filter(|at| keep.contains(at));
        let kept = readable.chain(self.log.waiting()).map(|at| self.log.line(at)).collect();
        Squashed { kept, dropped }
    }

    fn keep_last_words(&self, order: &[u32], keep: &mut BTreeSet<u32>) {
        let mut last: BTreeMap<EntryId, u32> = BTreeMap::new();
        for &at in order {
            let entry = &self.log.line(at).entry;
            if let Some(deed) = entry.undo.or(entry.redo) {
                last.insert(deed, at);
            }
        }
        let kept: BTreeSet<EntryId> = keep.iter().map(|at| self.log.line(*at).entry.deed_id()).collect();
        keep.extend(last.into_iter().filter(|(deed, _)| kept.contains(deed)).map(|(_, at)| at));
    }

    fn keep_stepping_stones(&self, order: &[u32], keep: &mut BTreeSet<u32>) {
        let (mut reached, mut stone) = (0, None);
        for &at in order {
            let t = self.log.line(at).entry.t;
            if t > reached + TIME_STEP_MAX
                && let Some(stone) = stone.take()
            {
                keep.insert(stone);
                reached = self.log.line(stone).entry.t;
            }
            if keep.contains(&at) {
                reached = t;
                stone = None;
            } else {
                stone = Some(at);
            }
        }
    }
}
