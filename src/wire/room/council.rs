//! What facilitators may ask of a room.

use std::collections::BTreeMap;

use super::{Conn, Output, Room};
use crate::model::PersonId;
use crate::wire::close::{Close, Refusal};
use crate::wire::frame::{Control, Frame, Refused, RelayFrame, Role, Sighting, Token, Told};
use crate::wire::limit::SEATS_MAX;

/// What a room remembers of a person. It is their word who they are, and others know their id: so it never lets anybody
/// do more than their link does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// They were here when the links were locked.
    Here,
    /// A facilitator said they may do this, and no more.
    As(Role),
    /// They were shown out, until a link is renewed.
    Out,
}

impl Standing {
    const ALL: [Standing; 5] = [
        Standing::Here,
        Standing::Out,
        Standing::As(Role::View),
        Standing::As(Role::Edit),
        Standing::As(Role::Facilitate),
    ];

    fn word(self) -> &'static str {
        match self {
            Standing::Here => "here",
            Standing::Out => "out",
            Standing::As(Role::View) => "view",
            Standing::As(Role::Edit) => "edit",
            Standing::As(Role::Facilitate) => "facilitate",
        }
    }

    pub(super) fn of(word: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.word() == word)
    }
}

/// A link is renewed: whoever was shown out may come by the new one. What is remembered of people, each in a word.
pub fn let_back_in(standings: &mut BTreeMap<String, String>) {
    standings.retain(|_, word| *word != Standing::Out.word());
}

impl Room {
    pub(super) fn heed(&mut self, n: u32, control: Control, now: u64) {
        let Some(seated) = self.members.get(&n) else { return };
        if seated.role < Role::Facilitate {
            return self.refuse(n, Refused::new(Refusal::Role, Vec::new(), None), now);
        }
        let conn = seated.conn;
        match control {
            Control::Bring(to) => self.tell_all(Told::Bring { by: n, to }, now),
            Control::ReadOnly(is_so) => {
                self.rules.is_read_only = is_so;
                self.out.push(Output::Control(conn, control));
                self.tell_all(Told::ReadOnly(is_so), now);
            }
            Control::LockLinks(is_so) => {
                self.rules.are_links_locked = is_so;
                let here = self.members.values().filter(|_| is_so).map(|it| it.person.id.clone());
                for person in here.collect::<Vec<_>>() {
                    self.remember(person, Standing::Here);
                }
                self.out.push(Output::Control(conn, control));
                self.tell_all(Told::LockLinks(is_so), now);
            }
            Control::Role { of, role } => {
                self.grant(n, of, role, now);
                self.out.push(Output::Control(conn, control));
            }
            Control::Kick(of) => {
                if let Some(kicked) = self.members.get(&of) {
                    self.seats.remove(&kicked.client);
                    self.remember(kicked.person.id.clone(), Standing::Out);
                }
                self.drop_member(of, Close::NotAllowed, now);
                self.out.push(Output::Control(conn, control));
            }
            Control::Renew(_) => {
                self.standings.retain(|_, standing| *standing != Standing::Out);
                self.out.push(Output::Control(conn, control));
            }
            Control::Close {} => {
                self.out.push(Output::Control(conn, control));
                self.stop(Close::NotAllowed);
            }
        }
    }

    fn grant(&mut self, by: u32, of: u32, role: Role, now: u64) {
        let Some(was) = self.members.get(&of).map(|seated| seated.role) else { return };
        if role.writes() && !was.writes() && !self.has_place_for(role) {
            return self.refuse(by, Refused::new(Refusal::Full, Vec::new(), None), now);
        }
        let Some(seated) = self.members.get_mut(&of) else { return };
        seated.role = role;
        let (client, person) = (seated.client.clone(), seated.person.id.clone());
        if self.seats.len() < SEATS_MAX || self.seats.contains_key(&client) {
            self.seats.insert(client, role);
        }
        self.remember(person, Standing::As(role));
        self.crowd.put(Sighting { n: of, person: None, role: Some(role), is: None }, now);
        self.tell_presence(now);
    }

    /// Remembers a person, by whatever seat they come again.
    fn remember(&mut self, person: PersonId, what: Standing) {
        let known = self.standings.get(&person);
        let says_more = known.is_none() || what != Standing::Here;
        if says_more && (known.is_some() || self.standings.len() < SEATS_MAX) {
            self.standings.insert(person, what);
        }
    }

    /// What is remembered of people, each in a word, to be kept beside the lines.
    pub fn standings(&self) -> BTreeMap<String, String> {
        let words = self.standings.iter();
        words.map(|(person, standing)| (person.0.clone(), standing.word().to_owned())).collect()
    }

    fn tell_all(&mut self, told: Told, now: u64) {
        self.send_all(&RelayFrame::Control(told).encode().into(), now);
    }

    /// Tells the facilitator who asked for it the new token of a link. Everybody else who came by the old one has to go.
    pub fn renewed(&mut self, conn: Conn, role: Role, token: Token, now: u64) {
        if let Some(n) = self.conns.get(&conn).copied() {
            self.answer(n, &RelayFrame::Control(Told::Renewed { role, token }), now);
        }
        let by_the_old = self.members.iter().filter(|(_, it)| it.link == role && it.conn != conn);
        for n in by_the_old.map(|(n, _)| *n).collect::<Vec<_>>() {
            self.drop_member(n, Close::Token, now);
        }
    }
}
