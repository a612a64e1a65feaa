//! Lines that the relay is not known to keep: those that wait, those that were sent, those it did not take.

use std::collections::{BTreeMap, BTreeSet};

use crate::history::History;
use crate::model::{Author, EntryId};
use crate::wire::bucket::Allowance;
use crate::wire::close::Refusal;
use crate::wire::frame::{Item, entries};
use crate::wire::limit::{AHEAD_BYTES_MAX, APPEND_RETRY_MS, ENTRIES_BYTES_MAX};

/// Why a line is not wanted.
#[derive(Clone, Copy, Debug)]
struct Unwanted {
    t: u64,
    why: Refusal,
    /// Whether that was said on this connection: on another it is tried again.
    is_final: bool,
}

/// The lines are in the history; here are their places. What it needs to survive is the board's file.
#[derive(Clone, Debug, Default)]
pub(super) struct Outbox {
    waiting: BTreeSet<(u64, EntryId)>,
    /// On this connection, with their times and their bytes in a frame.
    sent: BTreeMap<EntryId, (u64, usize)>,
    /// On this connection, and have not come back as all lines do.
    unheard: BTreeSet<EntryId>,
    /// Not taken yet, with their times and when they may come again.
    later: BTreeMap<EntryId, (u64, u64)>,
    /// Not wanted when they were last sent, until they are kept or gone from here.
    refused: BTreeMap<EntryId, Unwanted>,
    /// Bytes that were sent and are not called kept.
    ahead: usize,
    /// Until when nothing is sent.
    held_until: u64,
}

impl Outbox {
    /// Lines here that are not kept there, and how many of those it does not take.
    pub(super) fn counts(&self) -> (usize, usize) {
        let tried_again = self.refused.iter().filter(|(id, it)| self.holds(**id, it.t)).count();
        let waiting = self.waiting.len() + self.sent.len() + self.later.len();
        (waiting - tried_again, self.refused.len())
    }

    pub(super) fn refusal(&self, id: EntryId) -> Option<Refusal> {
        self.refused.get(&id).map(|it| it.why)
    }

    pub(super) fn refused(&self) -> impl Iterator<Item = (EntryId, Refusal)> {
        self.refused.iter().map(|(id, it)| (*id, it.why))
    }

    /// Nobody is to send what waits: which of it was wanted before.
    pub(super) fn hold_back(&mut self) -> Vec<EntryId> {
        let mut unwanted = Vec::new();
        for (t, id) in std::mem::take(&mut self.waiting) {
            let before = self.refused.insert(id, Unwanted { t, why: Refusal::Role, is_final: false });
            unwanted.extend(before.is_none().then_some(id));
        }
        unwanted
    }

    /// What was held back waits again.
    pub(super) fn let_go(&mut self) {
        let refused: Vec<(EntryId, u64)> = self.refused.iter().map(|(id, it)| (*id, it.t)).collect();
        refused.into_iter().for_each(|(id, t)| self.add(id, t));
    }

    pub(super) fn holds(&self, id: EntryId, t: u64) -> bool {
        self.waiting.contains(&(t, id)) || self.sent.contains_key(&id) || self.later.contains_key(&id)
    }

    /// Puts in everything the relay lacks, in the place of what was here.
    pub(super) fn refill(&mut self, lacking: impl Iterator<Item = (u64, EntryId)>) {
        self.waiting.clear();
        lacking.for_each(|(t, id)| self.add(id, t));
    }

    pub(super) fn add(&mut self, id: EntryId, t: u64) {
        let is_final = self.refused.get(&id).is_some_and(|it| it.is_final);
        if !is_final && !self.sent.contains_key(&id) && !self.later.contains_key(&id) {
            self.waiting.insert((t, id));
        }
    }

    /// The next frame, by ascending time, if there is any to send and both ends may have more now.
    pub(super) fn next_frame(
        &mut self,
        history: &History,
        allowance: &mut Allowance,
        now: u64,
    ) -> Option<String> {
        let waiting = &mut self.waiting;
        self.later.retain(|id, (t, at)| {
            let is_due = *at <= now;
            waiting.extend(is_due.then_some((*t, *id)));
            !is_due
        });
        if now < self.held_until || self.ahead >= AHEAD_BYTES_MAX {
            return None;
        }
        let mut items = String::new();
        let mut places = Vec::new();
        let mut gone = Vec::new();
        for &(t, id) in &self.waiting {
            let Some(line) = history.lines_of(id).find(|line| line.entry.t == t) else {
                gone.push((t, id));
                continue;
            };
            let item = Item { id, t, seal: 0, line: line.text.clone() }.encode();
            if !items.is_empty() && items.len() + item.len() > ENTRIES_BYTES_MAX {
                break;
            }
            if !items.is_empty() {
                items.push(',');
            }
            items.push_str(&item);
            places.push((t, id, item.len()));
        }
        for place in gone {
            self.waiting.remove(&place);
        }
        if places.is_empty() {
            return None;
        }
        let frame = entries(&items);
        if let Err(wait) = allowance.take(frame.len(), now) {
            self.held_until = now + wait;
            return None;
        }
        for (t, id, bytes) in places {
            self.waiting.remove(&(t, id));
            self.ahead += bytes;
            self.sent.insert(id, (t, bytes));
            self.unheard.insert(id);
        }
        Some(frame)
    }

    /// When something can be sent that could not before.
    pub(super) fn wakes_at(&self) -> Option<u64> {
        let can = !self.waiting.is_empty() && self.ahead < AHEAD_BYTES_MAX;
        let later = self.later.values().map(|(_, at)| *at).min();
        can.then_some(self.held_until).into_iter().chain(later).min()
    }

    /// Whether it went up and has not come back.
    pub(super) fn awaits(&self, id: EntryId) -> bool {
        self.unheard.contains(&id)
    }

    /// It came back as it went.
    pub(super) fn came_back(&mut self, id: EntryId) {
        self.unheard.remove(&id);
    }

    /// The relay has these for good.
    pub(super) fn kept(&mut self, is_kept: impl Fn((u64, EntryId)) -> bool) {
        let ahead = &mut self.ahead;
        self.sent.retain(|id, (t, bytes)| {
            let stays = !is_kept((*t, *id));
            *ahead -= if stays { 0 } else { *bytes };
            stays
        });
        self.waiting.retain(|place| !is_kept(*place));
        self.later.retain(|id, (t, _)| !is_kept((*t, *id)));
        self.refused.retain(|id, it| !is_kept((it.t, *id)));
    }

    /// The relay does not take these, or not yet; those that are not wanted and were not so before.
    pub(super) fn refuse(
        &mut self,
        ids: &[EntryId],
        why: Refusal,
        retry: Option<u64>,
        now: u64,
    ) -> Vec<EntryId> {
        let mut unwanted = Vec::new();
        let retry = retry.or((why == Refusal::Rate).then_some(APPEND_RETRY_MS));
        let again_at = retry.map(|retry| now.saturating_add(retry));
        for id in ids {
            let Some((t, bytes)) = self.sent.remove(id) else { continue };
            self.ahead -= bytes;
            if let Some(at) = again_at {
                self.later.insert(*id, (t, at));
            } else {
                let before = self.refused.insert(*id, Unwanted { t, why, is_final: true });
                unwanted.extend(before.is_none().then_some(*id));
            }
        }
        if why == Refusal::Rate {
            self.held_until = self.held_until.max(again_at.unwrap_or(now));
        }
        unwanted
    }

    /// Takes out the lines of a voice that was lost, by ascending counter.
    pub(super) fn take_voice(&mut self, author: Author) -> Vec<EntryId> {
        let is_its = |id: &EntryId| id.author == author;
        let held = self.refused.iter().filter(|(_, it)| !it.is_final).map(|(id, _)| id);
        let ids = self.waiting.iter().map(|(_, id)| id).chain(self.sent.keys()).chain(self.later.keys());
        let ids = ids.chain(held);
        let taken: BTreeSet<EntryId> = ids.filter(|id| is_its(id)).copied().collect();
        self.waiting.retain(|(_, id)| !is_its(id));
        self.sent.retain(|id, _| !is_its(id));
        self.later.retain(|id, _| !is_its(id));
        self.refused.retain(|id, _| !taken.contains(id));
        self.ahead = self.sent.values().map(|(_, bytes)| bytes).sum();
        taken.into_iter().collect()
    }

    /// Lines have gone from here; which of them are on their way all the same.
    pub(super) fn forget(&mut self, is_gone: impl Fn(EntryId) -> bool) -> Vec<EntryId> {
        self.refused.retain(|id, _| !is_gone(*id));
        let gone: Vec<EntryId> = self.sent.keys().copied().filter(|id| is_gone(*id)).collect();
        self.sent.retain(|id, _| !is_gone(*id));
        self.ahead = self.sent.values().map(|(_, bytes)| bytes).sum();
        gone
    }

    /// The connection has ended: what was sent and not kept has to be sent again, what was refused may be.
    pub(super) fn disconnect(&mut self) {
        self.refused.values_mut().for_each(|it| it.is_final = false);
        let refused = self.refused.iter().map(|(id, it)| (it.t, *id));
        let sent = std::mem::take(&mut self.sent).into_iter().map(|(id, (t, _))| (t, id));
        let later = std::mem::take(&mut self.later).into_iter().map(|(id, (t, _))| (t, id));
        self.waiting.extend(sent.chain(later).chain(refused));
        self.unheard.clear();
        self.ahead = 0;
        self.held_until = 0;
    }
}
