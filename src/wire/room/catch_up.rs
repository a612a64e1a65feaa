//! What a member lacks, from the journal as its socket drains: one frame at a time, beside what comes in live.

use super::index::Place;
use super::member::Sort;
use super::{Conn, Output, Room};
use crate::wire::frame::{Frame, Item, RelayFrame, entries};
use crate::wire::limit::ENTRIES_BYTES_MAX;

impl Room {
    /// Goes on with what a member lacks, if nothing of it is on its way.
    pub(super) fn pump(&mut self, n: u32) {
        let Some(seated) = self.members.get_mut(&n) else { return };
        let Some(catching_up) = seated.catching_up.as_mut().filter(|it| !it.is_busy) else { return };
        if !self.index.is_within(&catching_up.had) {
            let from: Option<Place> = catching_up.reached;
            let lacking = self.index.lacking(&catching_up.had, from, ENTRIES_BYTES_MAX);
            catching_up.reached = lacking.reached;
            if !lacking.places.is_empty() {
                catching_up.is_busy = true;
                return self.out.push(Output::Read(seated.conn, lacking.places));
            }
            if !lacking.is_end {
                return;
            }
        }
        seated.catching_up = None;
        self.send_text(n, Sort::Frame, RelayFrame::Live {}.encode().into());
    }

    /// The journal's answer to an [`Output::Read`].
    pub fn read(&mut self, conn: Conn, lines: &[Item]) {
        let Some(n) = self.conns.get(&conn).copied() else { return };
        let items: Vec<String> = lines.iter().map(Item::encode).collect();
        self.send_text(n, Sort::CatchUp, entries(&items.join(",")).into());
    }
}
