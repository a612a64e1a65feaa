//! Walls by their names: looked at, or opened to be worked on; a joined one is connected first.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use super::face::Face;
use super::failure::{Failure, Outcome};
use super::progress::progress;
use crate::session::saves::{ReadOnly, SaveError, Saved};
use crate::session::{News, Wall};
use crate::wire::peer::Net;
use crate::words::Said;

/// How long a verb waits for what is missing here before it does without.
const REACH: Duration = Duration::from_secs(3);
/// How long it waits for another squall on this machine that has the board open and may not hear.
const NEAR: Duration = Duration::from_secs(1);
/// How long it waits before it says that it does.
const PATIENCE: Duration = Duration::from_millis(700);
/// How long it waits until the relay keeps what it has done.
const HAND_OVER: Duration = Duration::from_secs(5);

impl Face {
    /// Looks at a wall: takes no lock, writes nothing, tells what is wrong with its file. What a room has more of it is
    /// seen too.
    pub(crate) fn look(&mut self, board: &str) -> Outcome<Wall> {
        let mut wall = self.look_at_file(board)?;
        self.connect(&mut wall).iter().for_each(|said| self.tell(said));
        self.reach(&mut wall);
        Ok(wall)
    }

    /// The same without the net.
    pub(crate) fn look_at_file(&self, board: &str) -> Outcome<Wall> {
        let wall = Wall::read(&self.saves()?.path_of(board)?, &mut progress())?;
        wall.remarks().iter().for_each(|remark| self.tell(remark));
        Ok(wall)
    }

    /// Opens a wall to be worked on. One that another squall has open is worked on together with that, or over the net
    /// where it is joined.
    pub(crate) fn open(&mut self, board: &str) -> Outcome<Wall> {
        let saves = self.saves()?;
        let path = saves.path_of(board)?;
        let mut wall = match Wall::open(&saves, &path, &mut progress()) {
            Err(SaveError::Busy(_)) => Wall::open_or_look(&saves, &path, &mut progress())?,
            opened => opened?,
        };
        let is_busy = wall.read_only() == Some(ReadOnly::Busy);
        wall.remarks().iter().filter(|_| !is_busy).for_each(|remark| self.tell(remark));
        self.connect(&mut wall).iter().for_each(|said| self.tell(said));
        self.reach(&mut wall);
        match wall.read_only() {
            None => Ok(wall),
            Some(ReadOnly::Busy) => Err(SaveError::Busy(path).into()),
            Some(ReadOnly::NoHeader) => {
                Err(Failure::trouble(ReadOnly::NoHeader.said()).try_next(&["repair", board]))
            }
            Some(why @ (ReadOnly::Viewer | ReadOnly::Room)) => Err(Failure::refusal(why.said())),
            Some(why) => Err(Failure::trouble(why.said())),
        }
    }

    /// Begins to connect a wall to the room it is joined to, if it is to any; why that is not possible at all.
    pub(crate) fn connect(&mut self, wall: &mut Wall) -> Option<Said> {
        let saves = self.saves().ok()?;
        if wall.read_only() != Some(ReadOnly::Asked) {
            let person = self.somebody();
            if wall.meet_here(&saves, person, !self.is_offline) {
                return None;
            }
        }
        let path = wall.path().filter(|_| !self.is_offline)?;
        match saves.room_of(path) {
            Ok(room) => wall.connect(room?, self.somebody()).err().map(|trouble| trouble.said()),
            Err(error) => Some(error.said()),
        }
    }

    /// Waits a while until a joined wall has what its room has; tells where it does without.
    fn reach(&self, wall: &mut Wall) {
        let is_heir = wall.is_heir();
        if wall.net().is_none() || reached(wall, if is_heir { NEAR } else { REACH }) || is_heir {
            return;
        }
        self.tell(&Said::new("join-without").with_said("why", why_not(wall)));
    }

    /// Lets go of a wall when all that was done on it is on the disk, and in its room where that can be reached.
    pub(crate) fn close(&self, mut wall: Wall) -> Outcome<()> {
        let handed_over = self.hand_over(&mut wall);
        if let (Some(path), Some(room)) = (wall.path(), wall.room()) {
            let saves = self.saves()?;
            // Whoever has left the room meanwhile, or has another link, has that from elsewhere.
            if saves.room_of(path)?.is_some_and(|known| known.link == room.link) {
                saves.keep_room(path, &room)?;
            }
        }
        match wall.close() {
            Saved::Saved | Saved::Saving(_) => handed_over,
            Saved::NotSaved(why) => Err(not_saved(why)),
        }
    }

    fn hand_over(&self, wall: &mut Wall) -> Outcome<()> {
        let is_over = |wall: &Wall| match wall.saved() {
            Saved::Saved => wall.unsent() == 0 || is_off(wall),
            Saved::Saving(_) => false,
            Saved::NotSaved(_) => true,
        };
        wall.wait_until(HAND_OVER, is_over);
        if let Some((_, why)) = wall.not_accepted().into_iter().next() {
            let count = wall.not_accepted().len();
            return Err(Failure::refusal(News::not_accepted(count, why)));
        }
        match wall.unsent() {
            0 => Ok(()),
            _ if wall.is_guest() => Err(Failure::trouble(Said::new("join-not-handed-over"))),
            count => {
                self.tell(&Said::new("join-waits").with("count", count));
                Ok(())
            }
        }
    }
}

/// Waits until the wall has what its room has, or it is clear that it will not come now; whether it has.
pub(super) fn reached(wall: &mut Wall, most: Duration) -> bool {
    let mut settled = |wall: &Wall| wall.is_live() || is_off(wall);
    let patience = PATIENCE.min(most);
    if !wall.wait_until(patience, &mut settled) {
        let is_told = io::stderr().is_terminal();
        if is_told {
            drop(write!(io::stderr(), "…"));
        }
        wall.wait_until(most - patience, &mut settled);
        if is_told {
            drop(write!(io::stderr(), "\r \r"));
        }
    }
    wall.is_live()
}

/// Whether the last try to reach the relay has failed. Where another squall on this machine is not reached, its file is
/// about to be free.
pub(super) fn is_off(wall: &Wall) -> bool {
    !wall.is_heir() && wall.net().is_none_or(|status| matches!(status.net, Net::Offline { .. }))
}

/// Why the relay is not reached.
pub(super) fn why_not(wall: &Wall) -> Said {
    wall.trouble().unwrap_or_else(|| Said::new("net-silent"))
}

/// What was done could not be brought to the disk.
pub(crate) fn not_saved(why: Said) -> Failure {
    Failure::trouble(Said::new("cli-not-saved")).because(why)
}
