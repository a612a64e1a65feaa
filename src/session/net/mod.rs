//! A wall and the net: what goes to others, what comes from them, and what people see of it.
//!
//! A deed goes out once its line is in the file. What comes is taken in when the wall is
//! [refreshed](Wall::refresh), and saved like any other line. Offline nothing changes but that deeds wait.

mod anew;
mod here;
mod news;
mod standing;
mod talk;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::bell::{Bell, Tellers};
use super::porch::Porch;
use super::saves::Ticket;
use super::uplink::Uplink;
use crate::history::History;
use crate::model::{Author, EntryId, Line};
use crate::wire::peer::Peer;

use here::Heir;
pub use news::News;

/// Lines, and the promise to save them.
type Unsaved = (Option<Ticket>, Vec<Line>);

fn is_waiting((ticket, _): &Unsaved) -> bool {
    ticket.as_ref().is_some_and(|ticket| !ticket.is_saved())
}

/// A wall's ways to others.
#[derive(Default)]
pub(in crate::session) struct Net {
    uplink: Option<Uplink>,
    /// Where other squalls on this machine come in, while this one has the file.
    porch: Option<Porch>,
    /// Who waits for the file, while another squall has it.
    heir: Option<Heir>,
    /// Lines that are on their way to the file, the oldest first; without a ticket they need not go there.
    unsaved: VecDeque<Unsaved>,
    /// Lines that are in the file, of which no peer was told.
    durable: Vec<Line>,
    /// Whether lines have gone, of which no peer was told.
    forgets: bool,
    /// The voices of this process, and where each began.
    voices: BTreeMap<Author, u64>,
    /// Voices that belong to somebody else now, and what has to be told again.
    losing: Vec<(Author, Vec<EntryId>)>,
    lost: BTreeSet<Author>,
    news: Vec<News>,
    bell: Option<Bell>,
    /// Those to be told that it is time to refresh the wall.
    pub(in crate::session) tellers: Arc<Tellers>,
}

impl Net {
    /// These lines are in the file once the ticket says so.
    pub(in crate::session) fn is_durable(&mut self, ticket: Option<Ticket>, lines: Vec<Line>) {
        if self.peers().next().is_none() {
            self.unsaved.retain(is_waiting);
        }
        if !lines.is_empty() {
            self.unsaved.push_back((ticket, lines));
        }
    }

    /// Somebody here does a deed of these lines.
    pub(in crate::session) fn speaks(&mut self, lines: &[Line]) {
        for id in lines.iter().map(|line| line.entry.id) {
            if let Entry::Vacant(new) = self.voices.entry(id.author) {
                new.insert(id.counter);
                self.peers().for_each(|(peer, _)| peer.speaks(id.author, id.counter));
            }
        }
    }

    /// Tells the peers which lines are in the file by now; whether there are any.
    fn tell_saved(&mut self, history: &History) -> bool {
        let saved = self.unsaved.iter().position(is_waiting).unwrap_or(self.unsaved.len());
        self.durable.extend(self.unsaved.drain(..saved).flat_map(|(_, lines)| lines));
        // A peer is told of a loss when all that is left is in the file.
        if self.durable.is_empty() && !self.forgets || self.forgets && !self.unsaved.is_empty() {
            return false;
        }
        let lines = std::mem::take(&mut self.durable);
        let forgets = std::mem::take(&mut self.forgets);
        if let Some(porch) = self.porch.as_mut().filter(|_| forgets) {
            porch.forget();
        }
        for (peer, now) in self.peers() {
            if forgets {
                peer.forgot(history, now);
            }
            peer.saved(&lines, history, now);
        }
        true
    }

    /// The wall's ends of its conversations, and what time it is for each.
    fn peers(&mut self) -> impl Iterator<Item = (&mut Peer, u64)> {
        let out = self.uplink.iter_mut().map(|uplink| {
            let now = uplink.now();
            (&mut uplink.peer, now)
        });
        out.chain(self.porch.as_mut().and_then(Porch::peer_mut))
    }
}
