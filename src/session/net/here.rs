//! Several squalls on one machine before one wall: the first has the file, the others come in on its porch, and when it
//! leaves one of them has the file.

use std::collections::HashSet;

use crate::model::{Applied, Line};
use crate::session::porch::{House, Porch};
use crate::session::saves::{Opened, ReadOnly, Saves};
use crate::session::socket::{Knocker, is_answered, place};
use crate::session::uplink::Uplink;
use crate::session::wall::{File, Wall, texts_of};
use crate::wire::frame::Somebody;
use crate::wire::peer::Net;

/// Who waits for the file.
pub(in crate::session) struct Heir {
    saves: Saves,
    person: Somebody,
    /// Whether a joined wall is to be connected once the file is here.
    goes_out: bool,
}

impl Heir {
    pub(super) fn introduce(&mut self, person: Somebody) {
        self.person = person;
    }
}

impl Wall {
    /// Meets the other squalls on this machine, as this person: lets them in where the file is here, comes in where
    /// another one has it and is to be met. A wall that is joined to a room and may be connected to it, `goes_out`,
    /// rather goes there than wait for one who does not hear. Whether others are met elsewhere.
    pub fn meet_here(&mut self, saves: &Saves, person: Somebody, goes_out: bool) -> bool {
        match &self.file {
            File::Kept(path, _) => {
                // Where a machine has no such sockets, or the path is too long for one, others only look.
                self.knocker = Knocker::at(place(saves, path)).ok();
                let tellers = self.net.tellers.clone();
                let porch = self.knocker.as_ref().map(|knocker| Porch::open(person, knocker, tellers));
                self.net.porch = porch.and_then(Result::ok);
                false
            }
            File::Looked(path, ReadOnly::Busy) => {
                let place = place(saves, path);
                let is_joined = || saves.room_of(path).is_ok_and(|room| room.is_some());
                if !is_answered(&place) && goes_out && is_joined() {
                    return false;
                }
                let tellers = self.net.tellers.clone();
                self.net.uplink = Some(Uplink::here(place, person.clone(), &self.history, tellers));
                self.net.heir = Some(Heir { saves: saves.clone(), person, goes_out });
                // They are not in each other's way any more.
                self.remarks.retain(|said| said.key.0 != "save-busy");
                self.flush();
                true
            }
            File::None | File::Looked(..) => false,
        }
    }

    /// Has the file from now on, where the one who had it is gone: what came to this wall and not to the file is saved,
    /// and the other way round.
    pub(super) fn inherit(&mut self) -> Vec<Applied> {
        let is_alone = self.net().is_some_and(|status| matches!(status.net, Net::Offline { .. }));
        let Some(heir) = self.net.heir.take_if(|_| is_alone) else { return Vec::new() };
        let path = self.path().expect("there is a file to wait for").to_path_buf();
        let Ok(Opened { reading, saver: Ok(saver), remark }) = heir.saves.open(&path, &mut |_, _| ()) else {
            self.net.heir = Some(heir);
            return Vec::new();
        };
        self.net.uplink = None;
        let had: HashSet<&str> = reading.lines.iter().map(|line| &*line.text).collect();
        let lacking = self.history.lines().iter().filter(|line| !had.contains(&*line.text));
        let lacking: Vec<Line> = lacking.cloned().collect();
        let (applied, _) = self.absorb_fresh(reading.lines);
        let ticket = saver.save_each(texts_of(&lacking));
        self.net.unsaved.clear();
        self.net.is_durable(Some(ticket), lacking);
        self.keep_in(&path, saver);
        remark.into_iter().for_each(|said| self.remark(said));
        let Heir { saves, person, goes_out } = heir;
        self.meet_here(&saves, person.clone(), goes_out);
        if let Some(room) = saves.room_of(&path).ok().flatten().filter(|_| goes_out) {
            // A way that may not be gone is told of when the wall is opened the next time.
            drop(self.connect(room, person));
        }
        applied
    }

    /// Does something with the porch that has to do with the wall around it.
    pub(super) fn on_porch<T: Default>(&mut self, work: impl FnOnce(&mut Porch, &House<'_>) -> T) -> T {
        let is_closed = self.closed_to_me().is_some();
        let porch = self.net.porch.as_mut().filter(|porch| !porch.is_empty());
        let Some(porch) = porch else { return T::default() };
        let unsaved =
            self.net.unsaved.iter().flat_map(|(_, lines)| lines).map(|line| line.entry.id).collect();
        let out = self.net.uplink.as_ref().map(|uplink| &uplink.peer);
        let house = House { history: &self.history, unsaved, voices: &self.net.voices, is_closed, out };
        work(porch, &house)
    }
}
