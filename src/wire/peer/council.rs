//! What a facilitator asks of the room, kept until the room has told that it is so.

use super::{Output, Peer, Stage};
use crate::model::PersonId;
use crate::wire::close::{Close, Refusal};
use crate::wire::frame::{ClientFrame, Control, Role, Told};
use crate::wire::limit::ASKED_MAX;

/// Something that was asked. It may be asked again: what is so already stays so.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    control: Control,
    /// Whom it is about, where it is about one member: a room that is loaded again gives their number to another.
    whom: Option<(u32, PersonId)>,
}

impl Peer {
    /// Asks something of the room, as a facilitator; once the connection is there, where one is being made. What is
    /// not known to be done in the end is told by [`Output::NotDone`].
    pub fn control(&mut self, control: Control) {
        let is_off = matches!(self.stage, Stage::Offline { .. } | Stage::Ending(_));
        if is_off || self.asked_of_room.len() >= ASKED_MAX {
            return self.out.push(Output::NotDone(None));
        }
        let of = match control {
            Control::Role { of, .. } | Control::Kick(of) => Some(of),
            _ => None,
        };
        let whom = of.and_then(|n| Some((n, self.people.person(n)?.id.clone())));
        if self.is_greeted() {
            self.send(&ClientFrame::Control(control.clone()));
        }
        if of.is_none() || whom.is_some() {
            self.asked_of_room.retain(|asked| asked.control != control);
            self.asked_of_room.push(Asked { control, whom });
        }
    }

    /// The room has been entered: it is asked what it may not have heard.
    pub(super) fn ask_again(&mut self) {
        let people = &self.people;
        let is_here = |asked: &Asked| {
            let whom = asked.whom.as_ref();
            whom.is_none_or(|(n, id)| people.person(*n).is_some_and(|person| person.id == *id))
        };
        let before = self.asked_of_room.len();
        self.asked_of_room.retain(is_here);
        if self.asked_of_room.len() < before {
            self.out.push(Output::NotDone(None));
        }
        for asked in self.asked_of_room.clone() {
            self.send(&ClientFrame::Control(asked.control));
        }
    }

    /// The connection has ended for this reason, and is not made anew at once.
    pub(super) fn ask_no_more(&mut self, why: Option<Close>) {
        let is_ended = why == Some(Close::NotAllowed);
        self.settle(|control| is_ended && *control == Control::Close {});
        if !self.asked_of_room.is_empty() {
            self.asked_of_room.clear();
            self.out.push(Output::NotDone(None));
        }
    }

    /// The room refuses something that is no line: what was asked of it, if anything was.
    pub(super) fn not_done(&mut self, why: Refusal) {
        let before = self.asked_of_room.len();
        match why {
            Refusal::Role => self.asked_of_room.clear(),
            Refusal::Full => {
                self.settle(|control| matches!(control, Control::Role { role, .. } if role.writes()))
            }
            _ => {}
        }
        if self.asked_of_room.len() < before {
            self.out.push(Output::NotDone(Some(why)));
        }
    }

    /// A facilitator did this.
    pub(super) fn is_told(&mut self, told: &Told) {
        self.settle(|control| match (control, told) {
            (Control::Bring(asked), Told::Bring { to, .. }) => asked == to,
            (Control::ReadOnly(asked), Told::ReadOnly(is))
            | (Control::LockLinks(asked), Told::LockLinks(is)) => asked == is,
            (Control::Renew(asked), Told::Renewed { role, .. }) => asked == role,
            _ => false,
        });
    }

    /// A member has gone, or may do this from now on.
    pub(super) fn is_so(&mut self, n: u32, now: Option<Role>) {
        self.settle(|control| match control {
            Control::Role { of, role } => *of == n && now.is_none_or(|now| now == *role),
            Control::Kick(of) => *of == n && now.is_none(),
            _ => false,
        });
    }

    fn settle(&mut self, is_settled: impl Fn(&Control) -> bool) {
        self.asked_of_room.retain(|asked| !is_settled(&asked.control));
    }
}
