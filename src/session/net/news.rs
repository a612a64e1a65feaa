//! What the net told, beside deeds.

use crate::model::{EntryId, Point};
use crate::wire::close::Refusal;
use crate::wire::frame::Told;
use crate::words::Said;

/// What the net told, beside deeds: each is given out once, by [`Wall::news`](crate::session::Wall::news).
#[derive(Clone, PartialEq, Debug)]
pub enum News {
    /// This member asks everybody to look here.
    Pinged(u32, Point),
    /// What a facilitator did.
    Told(Told),
    /// The relay does not take these deeds: see [`Wall::not_accepted`](crate::session::Wall::not_accepted).
    NotAccepted(Vec<EntryId>, Refusal),
    /// What this person asked of the room is not known to be done: the room says no, or cannot be asked.
    NotDone(Option<Refusal>),
    /// So many lines came that cannot be used.
    Aside(usize),
    /// Somebody else spoke with this process's voice; so many deeds of it were told again with a fresh one.
    FreshVoice(usize),
    /// The room holds another wall than this one, of this id. Nothing was sent or taken.
    OtherBoard(String),
}

impl News {
    /// The sentence people read, where there is one for everybody.
    pub fn said(&self) -> Option<Said> {
        match self {
            News::Pinged(..) | News::Told(Told::Bring { .. } | Told::Renewed { .. }) => None,
            News::Told(Told::ReadOnly(is)) => {
                Some(Said::new(if *is { "room-read-only" } else { "room-writable" }))
            }
            News::Told(Told::LockLinks(is)) => {
                Some(Said::new(if *is { "room-locked" } else { "room-unlocked" }))
            }
            News::NotAccepted(ids, why) => Some(News::not_accepted(ids.len(), *why)),
            News::NotDone(None) => Some(Said::new("net-not-asked")),
            News::NotDone(Some(why)) => {
                Some(Said::new("net-not-done").with_said("why", Said::new(why.key())))
            }
            News::Aside(count) => Some(Said::new("net-aside").with("count", count)),
            News::FreshVoice(count) => Some(Said::new("net-fresh-voice").with("count", count)),
            News::OtherBoard(_) => Some(Said::new("close-other-board")),
        }
    }

    /// The sentence about deeds that a relay does not take.
    pub fn not_accepted(count: usize, why: Refusal) -> Said {
        Said::new("net-not-accepted").with("count", count).with_said("why", Said::new(why.key()))
    }
}
