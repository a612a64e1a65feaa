//! What facilitators may ask of a room.

use super::{Conn, Output, Room};
use crate::wire::close::{Close, Refusal};
use crate::wire::frame::{Control, Frame, Refused, RelayFrame, Role, Sighting, Token, Told};
use crate::wire::limit::SEATS_MAX;

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
                let here = self.members.values().filter(|_| is_so).map(|it| it.client.clone());
                for client in here.collect::<Vec<_>>() {
                    self.remember(client, None);
                }
                self.out.push(Output::Control(conn, control));
                self.tell_all(Told::LockLinks(is_so), now);
            }
            Control::Role { of, role } => self.grant(n, of, role, now),
            Control::Kick(of) => {
                if let Some(kicked) = self.members.get(&of) {
                    self.seats.remove(&kicked.client);
                }
                self.drop_member(of, Close::NotAllowed, now);
            }
            Control::Renew(_) => self.out.push(Output::Control(conn, control)),
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
        let client = seated.client.clone();
        self.remember(client, Some(role));
        self.crowd.put(Sighting { n: of, person: None, role: Some(role), is: None }, now);
        self.tell_presence(now);
    }

    /// Remembers a seat: that it was here, and its role where a facilitator gave it another than its link's.
    fn remember(&mut self, client: String, role: Option<Role>) {
        if self.seats.len() < SEATS_MAX || self.seats.contains_key(&client) {
            let known = self.seats.entry(client).or_default();
            *known = role.or(*known);
        }
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
