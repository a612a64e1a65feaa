//! What a member lacks, from the journal as its socket drains: one frame at a time, beside what comes in live.

use super::index::Rest;
use super::member::Sort;
use super::{Conn, Output, Room};
use crate::wire::close::Close;
use crate::wire::frame::{Frame, Item, RelayFrame, entries};

impl Room {
    /// Goes on with what a member lacks, if nothing of it is on its way.
    pub(super) fn pump(&mut self, n: u32, now: u64) {
        let Some(seated) = self.members.get_mut(&n) else { return };
        let Some(catching_up) = seated.catching_up.as_mut().filter(|it| it.asked == 0) else { return };
        if catching_up.reached.is_some() || !self.index.is_within(&catching_up.had) {
            let lacking = self.index.lacking(&catching_up.had, catching_up.reached);
            catching_up.reached = lacking.reached;
            catching_up.asked = lacking.places.len();
            if catching_up.asked > 0 {
                return self.out.push(Output::Read(seated.conn, lacking.places));
            }
            if lacking.rest != Rest::None {
                self.looks_on |= lacking.rest == Rest::More;
                return;
            }
        }
        seated.catching_up = None;
        self.send_text(n, Sort::Live, RelayFrame::Live {}.encode().into(), now);
    }

    /// Whether a member lacks lines, so that what is sent to it decides when the next ones are.
    pub fn is_catching_up(&self, conn: Conn) -> bool {
        let seated = self.conns.get(&conn).and_then(|n| self.members.get(n));
        seated.is_some_and(|seated| seated.catching_up.is_some())
    }

    pub(super) fn pump_all(&mut self, now: u64) {
        self.looks_on = false;
        for n in self.members.keys().copied().collect::<Vec<_>>() {
            self.pump(n, now);
        }
    }

    /// The journal's answer to an [`Output::Read`]. Where it lacks a line the room ends: nobody may be told that they
    /// have everything.
    pub fn read(&mut self, conn: Conn, lines: &[Item], now: u64) {
        let Some(n) = self.conns.get(&conn).copied() else { return };
        let asked = self.members.get(&n).and_then(|seated| seated.catching_up.as_ref()).map(|it| it.asked);
        if asked != Some(lines.len()) {
            return self.stop(Close::GoingDown);
        }
        self.tally.lines_out += lines.len() as u64;
        let items: Vec<String> = lines.iter().map(Item::encode).collect();
        self.send_text(n, Sort::CatchUp, entries(&items.join(",")).into(), now);
    }
}
