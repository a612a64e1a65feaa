//! What facilitators may ask of a room.

use super::member::Sort;
use super::{Conn, Output, Room};
use crate::wire::close::{Close, Refusal};
use crate::wire::frame::{Control, Frame, Refused, RelayFrame, Role, Sighting, Token, Told};

/// Seats whose role was changed that are remembered.
const GRANTED_MAX: usize = 1_024;

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
                self.is_read_only = is_so;
                self.tell_all(Told::ReadOnly(is_so), now);
            }
            Control::LockLinks(is_so) => {
                self.out.push(Output::Control(conn, control));
                self.tell_all(Told::LockLinks(is_so), now);
            }
            Control::Role { of, role } => self.grant(of, role, now),
            Control::Kick(of) => self.drop_member(of, Close::NotAllowed, now),
            Control::Renew(_) => self.out.push(Output::Control(conn, control)),
            Control::Close {} => {
                self.out.push(Output::Control(conn, control));
                self.stop(Close::NotAllowed);
            }
        }
    }

    fn grant(&mut self, of: u32, role: Role, now: u64) {
        let Some(seated) = self.members.get_mut(&of) else { return };
        seated.role = role;
        if self.granted.len() < GRANTED_MAX {
            self.granted.insert(seated.client.clone(), role);
        }
        self.crowd.put(Sighting { n: of, person: None, role: Some(role), is: None }, now);
        self.tell_presence(now);
    }

    fn tell_all(&mut self, told: Told, now: u64) {
        self.send_all(Sort::Live, &RelayFrame::Control(told).encode().into(), now);
    }

    /// Tells the facilitator who asked for it the new token of a link.
    pub fn renewed(&mut self, conn: Conn, role: Role, token: Token, now: u64) {
        if let Some(n) = self.conns.get(&conn).copied() {
            self.answer(n, &RelayFrame::Control(Told::Renewed { role, token }), now);
        }
    }
}
