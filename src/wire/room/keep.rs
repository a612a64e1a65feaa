//! What is durable: lines go to the journal in one append after the other, and who sent them hears when they are there.

use std::collections::BTreeMap;

use super::{Output, Room};
use crate::model::EntryId;
use crate::wire::close::Close;
use crate::wire::limit::HEADS_MS;

impl Room {
    /// The journal has the lines of the last [`Output::Append`] for good, or it has failed.
    pub fn appended(&mut self, is_durable: bool, now: u64) {
        if !is_durable {
            self.stop(Close::GoingDown);
        }
        if self.is_over {
            return;
        }
        let mut kept: BTreeMap<u32, Vec<EntryId>> = BTreeMap::new();
        for id in std::mem::take(&mut self.appending) {
            self.index.settle(id);
            for conn in self.owed.remove(&id).into_iter().flatten() {
                if let Some(n) = self.conns.get(&conn) {
                    kept.entry(*n).or_default().push(id);
                }
            }
        }
        self.heads_due.get_or_insert(now + HEADS_MS);
        for (n, ids) in kept {
            self.tell_kept(n, ids, now);
        }
        self.append();
        self.pump_all(now);
    }

    /// Hands the lines that wait to the journal, once it has answered for those before.
    pub(super) fn append(&mut self) {
        if self.appending.is_empty() && !self.next.is_empty() {
            self.appending = self.next.iter().map(|item| item.id).collect();
            self.next_bytes = 0;
            self.out.push(Output::Append(std::mem::take(&mut self.next)));
        }
    }
}
