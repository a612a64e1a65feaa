//! How a wall stands with the net, as people and screens ask for it.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::News;
use crate::model::{Author, EntryId};
use crate::session::bell::Bell;
use crate::session::porch::Porch;
use crate::session::saves::ReadOnly;
use crate::session::uplink::{JoinedRoom, Trouble, Uplink};
use crate::session::wall::{File, Wall};
use crate::wire::close::Refusal;
use crate::wire::frame::Role;
use crate::wire::peer::{self, Peer, Status};
use crate::wire::presence::Teammate;
use crate::words::Said;

impl Wall {
    /// The room it is joined to, with what is known of that by now.
    pub fn room(&self) -> Option<JoinedRoom> {
        self.net.uplink.as_ref().and_then(Uplink::room)
    }

    /// How it stands with the room on a relay, else with the other squalls on this machine; nothing where there are
    /// neither.
    pub fn net(&self) -> Option<Status> {
        let uplink = self.net.uplink.as_ref().map(|uplink| uplink.peer.status());
        uplink.or_else(|| self.net.porch.as_ref().and_then(Porch::peer).map(Peer::status))
    }

    /// Why the relay was not reached the last time it was tried.
    pub fn trouble(&self) -> Option<Said> {
        let uplink = self.net.uplink.as_ref()?;
        match (uplink.peer.status().net, &uplink.trouble) {
            (peer::Net::Offline { why: Some(why), .. }, _) => Some(Said::new(why.key())),
            (peer::Net::Offline { .. }, trouble) => trouble.as_ref().map(Trouble::said),
            _ => None,
        }
    }

    /// In how many seconds the next try to connect is made; nothing while it is connected, or where none is made.
    pub fn retry_in(&self) -> Option<u64> {
        self.net.uplink.as_ref().and_then(Uplink::retry_in)
    }

    /// Everybody else at the wall.
    pub fn people(&self) -> impl Iterator<Item = &Teammate> {
        let out = self.net.uplink.iter().flat_map(|uplink| uplink.peer.people());
        out.chain(self.net.porch.iter().flat_map(Porch::guests))
    }

    /// Which member of the room this is, and what they may do; nothing while it is not connected.
    pub fn you(&self) -> Option<(u32, Role)> {
        self.net.uplink.as_ref()?.peer.you()
    }

    /// What the person may do in the room, as far as is known.
    pub fn role(&self) -> Option<Role> {
        self.net.uplink.as_ref().and_then(Uplink::role)
    }

    /// The deeds that the relay does not take, each with its reason.
    pub fn not_accepted(&self) -> Vec<(EntryId, Refusal)> {
        let refused = self.net.uplink.iter().flat_map(|uplink| uplink.peer.not_accepted());
        let deed = |id: EntryId| self.history.lines_of(id).next().map(|line| line.entry.deed_id());
        let deeds: BTreeMap<EntryId, Refusal> =
            refused.filter_map(|(id, why)| Some((deed(id)?, why))).collect();
        deeds.into_iter().collect()
    }

    /// How many lines the relay is not known to keep, those included that are on their way to the file. What nobody may
    /// send does not count.
    pub fn unsent(&self) -> usize {
        let writer = self.net.uplink.as_ref().filter(|uplink| uplink.role() != Some(Role::View));
        let here =
            self.net.unsaved.iter().map(|(_, lines)| lines.len()).sum::<usize>() + self.net.durable.len();
        writer.map_or(0, |uplink| here + uplink.peer.status().waiting)
    }

    /// Whether deeds go over the net alone, because another squall has the file.
    pub fn is_guest(&self) -> bool {
        matches!(self.file, File::Looked(_, ReadOnly::Busy)) && self.net.uplink.is_some()
    }

    /// Whether it waits for the file that another squall on this machine has.
    pub fn is_heir(&self) -> bool {
        self.net.heir.is_some()
    }

    /// Whether what others do comes as they do it.
    pub fn is_live(&self) -> bool {
        self.net().is_some_and(|status| status.net == peer::Net::Live)
    }

    /// Whether this voice belongs to somebody else now.
    pub(in crate::session) fn has_lost(&self, author: Author) -> bool {
        self.net.lost.contains(&author)
    }

    /// Why nobody here may do anything in the room, if so.
    pub(in crate::session) fn closed_to_me(&self) -> Option<ReadOnly> {
        let uplink = self.net.uplink.as_ref()?;
        match uplink.role() {
            Some(Role::View) => Some(ReadOnly::Viewer),
            _ => uplink.is_read_only.then_some(ReadOnly::Room),
        }
    }

    /// What the net told since this was last asked.
    pub fn news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.net.news)
    }

    /// A bell that rings whenever it is time to [refresh](Wall::refresh) the wall.
    pub fn bell(&mut self) -> Bell {
        let tellers = &self.net.tellers;
        let hang = || {
            let bell = Bell::default();
            let ring = bell.clone();
            tellers.add(move || ring.ring());
            bell
        };
        self.net.bell.get_or_insert_with(hang).clone()
    }

    /// Refreshes the wall until it is so, but no longer than this; whether it is so.
    pub fn wait_until(&mut self, most: Duration, mut is_so: impl FnMut(&Wall) -> bool) -> bool {
        self.wait_for(most, |wall| is_so(wall).then_some(())).is_some()
    }

    /// Refreshes the wall until this comes, but no longer than this.
    pub fn wait_for<T>(&mut self, most: Duration, mut come: impl FnMut(&mut Wall) -> Option<T>) -> Option<T> {
        let (bell, until) = (self.bell(), Instant::now() + most);
        loop {
            self.refresh();
            if let Some(came) = come(self) {
                return Some(came);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            bell.wait(left);
        }
    }
}
