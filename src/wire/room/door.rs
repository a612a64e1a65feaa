//! Who comes and who goes.

use std::sync::Arc;

use super::council::Standing;
use super::fan_out::presences;
use super::member::{Seated, Sort};
use super::{Conn, Joining, Output, Room, Rules};
use crate::model::limit::NAME_CHARS_MAX;
use crate::wire::close::Close;
use crate::wire::frame::{Frame, Member, RelayFrame, Role, Sighting, Told, Welcome};
use crate::wire::limit::{EDITORS_MAX, HEADS_BYTES_MAX, VERSION, VIEWERS_MAX};

/// Characters of the number that tells two names apart, ` (264)`, at most.
const NUMBER_CHARS: usize = 6;

impl Room {
    /// Somebody comes in.
    pub fn join(&mut self, joining: Joining, now: u64) {
        let known = self.standings.get(&joining.person.id).copied();
        let mut seated = Seated::new(joining, now);
        if let Some(Standing::As(role)) = known {
            seated.role = role.min(seated.role);
        }
        seated.role = self.seats.get(&seated.client).copied().unwrap_or(seated.role);
        let conn = seated.conn;
        let n = self.members.iter().find(|(_, old)| old.client == seated.client).map(|(n, _)| *n);
        if self.is_over {
            return self.out.push(Output::Close(conn, Close::GoingDown));
        }
        let was = n.and_then(|n| Some(self.members.get(&n)?.role));
        let is_new = was.is_none();
        let is_stranger = self.rules.are_links_locked && is_new && known.is_none();
        if (is_stranger || known == Some(Standing::Out)) && seated.role < Role::Facilitate {
            return self.out.push(Output::Close(conn, Close::NotAllowed));
        }
        let is_alike = was.is_some_and(|was| was.writes() == seated.role.writes());
        if !is_alike && !self.has_place_for(seated.role) {
            return self.out.push(Output::Close(conn, Close::Full));
        }
        let n = n.unwrap_or(self.last_member + 1);
        self.last_member = self.last_member.max(n);
        seated.person.name = self.name_for(&seated.person.name, n);
        if let Some(old) = self.members.remove(&n) {
            self.conns.remove(&old.conn);
            self.out.push(Output::Close(old.conn, Close::Replaced));
            seated.replaces(old);
        }
        let (person, role) = (seated.person.clone(), seated.role);
        self.conns.insert(conn, n);
        self.members.insert(n, seated);
        self.crowd.put(Sighting { n, person: Some(person), role: Some(role), is: None }, now);
        self.greet(n, now);
    }

    pub(super) fn has_place_for(&self, role: Role) -> bool {
        let alike = self.members.values().filter(|seated| seated.role.writes() == role.writes());
        alike.count() < if role.writes() { EDITORS_MAX } else { VIEWERS_MAX }
    }

    /// The name, or the name and the first number that nobody else has.
    fn name_for(&self, name: &str, n: u32) -> String {
        let others = || self.members.iter().filter(|(other, _)| **other != n);
        let is_free = |name: &String| others().all(|(_, seated)| seated.person.name != *name);
        let short: String = name.chars().take(NAME_CHARS_MAX - NUMBER_CHARS).collect();
        let names = (2..).map(|nth: u32| format!("{short} ({nth})"));
        std::iter::once(name.to_owned()).chain(names).find(is_free).expect("numbers do not end")
    }

    fn greet(&mut self, n: u32, now: u64) {
        let people = self.members.iter();
        let people = people.map(|(n, it)| Member { n: *n, person: it.person.clone(), role: it.role });
        let others = self.elsewhere.values();
        let others =
            others.filter_map(|it| Some(Member { n: it.n, person: it.person.clone()?, role: it.role? }));
        let people = people.chain(others).collect();
        let role = self.members.get(&n).map_or(Role::View, |seated| seated.role);
        let board = self.board.clone();
        let mut frames = vec![RelayFrame::Welcome(Welcome { v: VERSION, you: n, role, board, people })];
        let seen = |(n, it): (&u32, &Seated)| {
            let is = it.presence.as_deref().map(ToOwned::to_owned)?;
            Some(Sighting { n: *n, person: None, role: None, is: Some(is) })
        };
        let others = self.elsewhere.values().cloned();
        let seen: Vec<Sighting> = self.members.iter().filter_map(seen).chain(others).collect();
        frames.extend(presences(seen));
        let Rules { is_read_only, are_links_locked } = self.rules;
        frames.extend(is_read_only.then_some(RelayFrame::Control(Told::ReadOnly(true))));
        frames.extend(are_links_locked.then_some(RelayFrame::Control(Told::LockLinks(true))));
        let frames = frames.iter().map(|frame| frame.encode().into());
        for text in frames.chain(self.heads_frames()).collect::<Vec<_>>() {
            self.send_text(n, Sort::Greeting, text, now);
        }
    }

    pub(super) fn heads_frames(&self) -> Vec<Arc<str>> {
        let mut parts = self.index.durable().parts(HEADS_BYTES_MAX);
        let last = parts.pop().unwrap_or_default();
        let frames = parts.into_iter().map(RelayFrame::HeadsPart).chain([RelayFrame::Heads(last)]);
        frames.map(|frame| frame.encode().into()).collect()
    }

    /// Somebody is at the wall who is in another room of it, and has changed: all of them is told. The number is none
    /// of this room's.
    pub fn show(&mut self, sighting: Sighting, now: u64) {
        self.elsewhere.insert(sighting.n, sighting.clone());
        self.crowd.put(sighting, now);
        self.tell_presence(now);
    }

    /// Somebody who was in another room has left it.
    pub fn hide(&mut self, n: u32, now: u64) {
        if self.elsewhere.remove(&n).is_some() {
            self.crowd.leave(n, now);
        }
    }

    /// A connection has ended. Where the seat has a newer one, nothing happens.
    pub fn leave(&mut self, conn: Conn, now: u64) {
        if let Some(n) = self.conns.remove(&conn) {
            self.forget(n, now);
        }
    }

    fn forget(&mut self, n: u32, now: u64) {
        self.members.remove(&n);
        self.voices.retain(|_, (speaker, _)| *speaker != n);
        self.crowd.leave(n, now);
    }

    /// Ends a member's connection from here.
    pub(super) fn drop_member(&mut self, n: u32, why: Close, now: u64) {
        if let Some(seated) = self.members.get(&n) {
            self.conns.remove(&seated.conn);
            self.out.push(Output::Close(seated.conn, why));
            self.forget(n, now);
        }
    }

    /// Ends everything, as when the relay stops.
    pub fn stop(&mut self, why: Close) {
        self.is_over = true;
        for conn in std::mem::take(&mut self.conns).into_keys() {
            self.out.push(Output::Close(conn, why));
        }
        self.members.clear();
    }
}
