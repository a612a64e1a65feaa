//! What a member lacks, from the journal as its socket drains: a few frames at a time, beside what comes in live.

use std::sync::Arc;

use super::index::{Place, Rest};
use super::member::Sort;
use super::{Conn, Output, Room};
use crate::wire::close::Close;
use crate::wire::frame::{Frame, Item, RelayFrame, entries_of};
use crate::wire::limit::CATCH_UP_FRAMES_MAX;

/// Lines that a journal has found, as the frame they leave in. Making it takes a while: it is made beside the room.
#[derive(Clone, Debug)]
pub struct Found {
    first: Option<Place>,
    count: usize,
    text: Arc<str>,
}

impl Found {
    /// The lines of one [`Output::Read`].
    pub fn of(lines: &[Item]) -> Found {
        let first = lines.first().map(|item| (item.t, item.id));
        Found { first, count: lines.len(), text: entries_of(lines).into() }
    }
}

impl Room {
    /// Goes on with what a member lacks, where not too much of it is on its way.
    pub(super) fn pump(&mut self, n: u32, now: u64) {
        let Some(seated) = self.members.get_mut(&n) else { return };
        let on_way = seated.frames_on_way();
        let Some(catching_up) = seated.catching_up.as_mut() else { return };
        while catching_up.reached.is_some() || !self.index.is_within(&catching_up.had) {
            if catching_up.asked.len() + on_way >= CATCH_UP_FRAMES_MAX {
                return;
            }
            let lacking = self.index.lacking(&catching_up.had, catching_up.reached);
            catching_up.reached = lacking.reached;
            if let Some(first) = lacking.places.first() {
                catching_up.asked.push((*first, lacking.places.len()));
                self.out.push(Output::Read(seated.conn, lacking.places));
            } else if lacking.rest == Rest::None {
                break;
            } else {
                self.looks_on |= lacking.rest == Rest::More;
                return;
            }
        }
        if catching_up.asked.is_empty() {
            seated.catching_up = None;
            self.send_text(n, Sort::Live, RelayFrame::Live {}.encode().into(), now);
        }
    }

    /// Whether something that goes to a connection is awaited: when it has left, lines may follow.
    pub fn awaits(&self, conn: Conn) -> bool {
        let seated = self.conns.get(&conn).and_then(|n| self.members.get(n));
        seated.is_some_and(|seated| seated.frames_on_way() > 0)
    }

    pub(super) fn pump_all(&mut self, now: u64) {
        self.looks_on = false;
        for n in self.members.keys().copied().collect::<Vec<_>>() {
            self.pump(n, now);
        }
    }

    /// The journal's answer to an [`Output::Read`]. Where it lacks a line the room ends: nobody may be told that they
    /// have everything.
    pub fn read(&mut self, conn: Conn, found: &Found, now: u64) {
        let Some(n) = self.conns.get(&conn).copied() else { return };
        let catching_up = self.members.get_mut(&n).and_then(|seated| seated.catching_up.as_mut());
        let is_it = |asked: &(Place, usize)| found.first == Some(asked.0) && found.count == asked.1;
        let asked = catching_up.and_then(|it| Some(it.asked.swap_remove(it.asked.iter().position(is_it)?)));
        if asked.is_none() {
            return self.stop(Close::GoingDown);
        }
        self.tally.lines_out += found.count as u64;
        self.send_text(n, Sort::CatchUp, found.text.clone(), now);
        self.pump(n, now);
    }
}
