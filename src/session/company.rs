//! Who else is at a wall and how it stands with their room, as one plain value that a screen is drawn from.

use super::config::Setting;
use super::wall::Wall;
use crate::model::text::SafeText;
use crate::model::{EntryId, Point, Rect};
use crate::wire::presence::{Teammate, to_tens};
use crate::words::Said;

pub use crate::wire::close::Refusal as Reason;
pub use crate::wire::frame::{Control, Role, Somebody, Told};
pub use crate::wire::peer::{Net, Status};
pub use crate::wire::presence::{Ping, Presence};

/// Who else is at a wall, and how it stands with their room.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Company {
    /// What this person may do in the room, as far as is known.
    pub role: Option<Role>,
    /// Whether all of them are on this machine, and no relay is asked.
    pub is_here: bool,
    /// The connection, and what waits for it.
    pub status: Status,
    /// In how many seconds the next try to reach it is made.
    pub retry_in: Option<u64>,
    /// Why the relay was not reached.
    pub why: Option<Said>,
    /// Everybody else, by their number.
    pub mates: Vec<Mate>,
    /// The deeds that the relay does not take, each with its reason.
    pub not_accepted: Vec<(EntryId, Reason)>,
}

/// Somebody else at the wall.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mate {
    /// Their number in the room.
    pub n: u32,
    /// Their name, safe to be shown.
    pub name: String,
    /// Which of the colours of the setting `color` they have here: the one they chose unless somebody has it already.
    pub hue: usize,
    /// What they may do.
    pub role: Role,
    /// Where they are. Its time there and back is told in tens, and its digest not at all, so that people at rest are
    /// a picture at rest.
    pub presence: Presence,
}

impl Company {
    /// The company at a wall; nothing where it is in no room.
    pub fn of(wall: &Wall) -> Option<Company> {
        Some(Company {
            role: wall.role(),
            is_here: wall.room().is_none(),
            status: wall.net()?,
            retry_in: wall.retry_in(),
            why: wall.trouble(),
            mates: Mate::all(wall.people()),
            not_accepted: wall.not_accepted(),
        })
    }

    /// Somebody by their number.
    pub fn mate(&self, n: u32) -> Option<&Mate> {
        self.mates.iter().find(|mate| mate.n == n)
    }

    /// Whether this person says who may do what.
    pub fn facilitates(&self) -> bool {
        self.role == Some(Role::Facilitate)
    }

    /// Whether the room is out of reach and is not tried again.
    pub fn is_over(&self) -> bool {
        matches!(self.status.net, Net::Offline { why: Some(why), .. } if !why.tries_again())
    }

    /// Whether lists of it read as those of another: the same people, the same deeds that are not taken.
    pub fn lists_like(&self, other: &Company) -> bool {
        self.not_accepted == other.not_accepted
            && self.mates.iter().map(|mate| mate.n).eq(other.mates.iter().map(|mate| mate.n))
    }
}

impl Mate {
    /// Everybody, no two in one colour while there are enough.
    pub fn all<'a>(people: impl Iterator<Item = &'a Teammate>) -> Vec<Mate> {
        let colors = Setting::named("color").map_or(&[][..], |setting| setting.choices);
        let mut taken = vec![0_usize; colors.len().max(1)];
        people
            .map(|Teammate { member, presence, .. }| {
                let wanted = colors.iter().position(|color| color.0 == member.person.color).unwrap_or(0);
                let round = (wanted..taken.len()).chain(0..wanted);
                let hue = round.min_by_key(|hue| taken[*hue]).unwrap_or(wanted);
                taken[hue] += 1;
                Mate {
                    n: member.n,
                    name: SafeText::line(&member.person.name).into_string(),
                    hue,
                    role: member.role,
                    presence: Presence { digest: None, rtt: presence.rtt.map(to_tens), ..presence.clone() },
                }
            })
            .collect()
    }

    /// The place they are at, as far as they say.
    pub fn place(&self) -> Option<Point> {
        self.presence.cursor.or(self.presence.view.map(Rect::center))
    }
}
