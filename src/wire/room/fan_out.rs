//! What comes in goes out to everybody as one shared frame: deeds at once and then every few milliseconds, presence
//! somewhat later.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Room;
use crate::model::EntryId;
use crate::wire::frame::{Frame, Item, RelayFrame, Sighting, entries};
use crate::wire::limit::{ENTRIES_BYTES_MAX, MESSAGE_BYTES_MAX, PRESENCE_BYTES_MAX, PRESENCE_MS, WINDOW_MS};

/// Deeds that are gathered into one frame. The first opens the window and does not wait for it.
#[derive(Debug, Default)]
pub(super) struct Window {
    /// Their items, separated by commas.
    items: String,
    ids: Vec<EntryId>,
    /// Until when what comes waits.
    until: u64,
}

impl Window {
    pub(super) fn wakes_at(&self) -> Option<u64> {
        (!self.ids.is_empty()).then_some(self.until)
    }

    fn add(&mut self, id: EntryId, item: &str) {
        if !self.items.is_empty() {
            self.items.push(',');
        }
        self.items.push_str(item);
        self.ids.push(id);
    }
}

/// What changed about people and was not told yet.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    changed: BTreeMap<u32, Sighting>,
    left: Vec<u32>,
    /// Until when what changes waits.
    until: u64,
}

impl Crowd {
    pub(super) fn wakes_at(&self) -> Option<u64> {
        (!self.changed.is_empty() || !self.left.is_empty()).then_some(self.until)
    }

    /// Puts what changed over what had changed before.
    pub(super) fn put(&mut self, sighting: Sighting, now: u64) {
        self.until = self.until.max(now);
        match self.changed.get_mut(&sighting.n) {
            Some(held) => {
                held.person = sighting.person.or(held.person.take());
                held.role = sighting.role.or(held.role);
                held.is = sighting.is.or(held.is.take());
            }
            None => drop(self.changed.insert(sighting.n, sighting)),
        }
    }

    pub(super) fn leave(&mut self, n: u32, now: u64) {
        self.until = self.until.max(now);
        self.changed.remove(&n);
        self.left.push(n);
    }
}

impl Room {
    /// Puts a line into the next frame to everybody.
    pub(super) fn spread(&mut self, item: &Item, now: u64) {
        let encoded = item.encode();
        if self.window.items.len() + encoded.len() > ENTRIES_BYTES_MAX {
            self.flush(now);
        }
        self.window.add(item.id, &encoded);
    }

    /// Sends what is gathered, if the window is over.
    pub(super) fn fan_out(&mut self, now: u64) {
        if now >= self.window.until && !self.window.ids.is_empty() {
            self.flush(now);
            self.window.until = now + WINDOW_MS;
        }
    }

    fn flush(&mut self, now: u64) {
        let ids = std::mem::take(&mut self.window.ids);
        if ids.is_empty() {
            return;
        }
        let text: Arc<str> = entries(&std::mem::take(&mut self.window.items)).into();
        for seated in self.members.values_mut().filter(|seated| seated.hears) {
            self.tally.lines_out += ids.len() as u64;
            if let Some(catching_up) = seated.catching_up.as_mut() {
                for id in &ids {
                    catching_up.had.insert(*id);
                }
            }
        }
        let hear = self.members.iter().filter(|(_, seated)| seated.hears).map(|(n, _)| *n);
        self.send_to(&hear.collect::<Vec<_>>(), &text, now);
    }

    /// Tells what changed about people, if it is time.
    pub(super) fn tell_presence(&mut self, now: u64) {
        if self.crowd.wakes_at().is_none_or(|due| due > now) {
            return;
        }
        self.crowd.until = now + PRESENCE_MS;
        let changed = std::mem::take(&mut self.crowd.changed);
        let left = std::mem::take(&mut self.crowd.left).into_iter().map(RelayFrame::Left);
        for frame in left.chain(presences(changed.into_values().collect())) {
            self.send_all(&frame.encode().into(), now);
        }
    }
}

/// Where people are, in frames that are no longer than one may be.
pub(super) fn presences(seen: Vec<Sighting>) -> impl Iterator<Item = RelayFrame> {
    const AT_ONCE: usize = MESSAGE_BYTES_MAX / (2 * PRESENCE_BYTES_MAX);
    let mut seen = seen.into_iter();
    std::iter::from_fn(move || {
        let some: Vec<Sighting> = seen.by_ref().take(AT_ONCE).collect();
        (!some.is_empty()).then_some(RelayFrame::Presence(some))
    })
}
