//! A room on the porch while somebody is in it: the person at the wall, and the guests.

use std::collections::BTreeMap;

use serde_json::value::to_raw_value;
use tokio::sync::mpsc::UnboundedSender;
use tokio_tungstenite::tungstenite::Message;

use super::House;
use super::porter::{Event, goodbye};
use crate::history::History;
use crate::model::{Heads, Line};
use crate::session::person::{draw, new_author};
use crate::wire::frame::{Control, Hello, Item, Member, Role, Sighting, Somebody, Token};
use crate::wire::limit::VERSION;
use crate::wire::peer::{self, Peer};
use crate::wire::presence::{Presence, Teammate};
use crate::wire::room::{Conn, Found, Joining, Loading, Output, Room, Rules};

/// The connection of the person at the wall, which is none.
const OWN: Conn = Conn(0);
/// Members are numbered from here on: a wall may be in a room on a relay too, and no two have one number.
const NUMBERED_FROM: u32 = 1 << 30;

pub(super) struct Lodging {
    room: Room,
    pub(super) own: Peer,
    guests: BTreeMap<Conn, UnboundedSender<Message>>,
    /// Lines that the room wants to know in the file.
    owed: Vec<Item>,
    /// Who is in the room on a relay, and where, as the guests were told.
    shown: BTreeMap<u32, (Member, Presence)>,
}

impl Lodging {
    /// A room that has what the file has, and the person at the wall in it.
    pub(super) fn new(house: &House<'_>, person: Somebody, now: u64) -> Lodging {
        let board = &house.history.board().id;
        let mut loading = Loading::new(board, draw(), Rules::default()).numbered_from(NUMBERED_FROM);
        let durable = house.history.lines().iter().filter(|line| house.has_in_file(line));
        durable.for_each(|line| loading.add([&item(line)]));
        let mut room = loading.done();
        let client = new_author().to_string();
        let hello =
            Hello { v: VERSION, token: Token(String::new()), person: person.clone(), client: client.clone() };
        let mut own = Peer::new(hello, Some(board.clone()), house.history, Heads::default());
        house.voices.iter().for_each(|(author, from)| own.speaks(*author, *from));
        own.start();
        own.connected(now);
        // Who it is and that it comes is said here.
        drop(own.take());
        room.join(Joining { conn: OWN, client, person, role: Role::Facilitate }, now);
        Lodging { room, own, guests: BTreeMap::new(), owed: Vec::new(), shown: BTreeMap::new() }
    }

    /// Whether nobody is left in it, or it has to be made anew.
    pub(super) fn is_over(&self) -> bool {
        self.guests.is_empty() || self.room.is_over()
    }

    /// Something has happened on the porch.
    pub(super) fn hear(&mut self, event: Event, house: &House<'_>, now: u64) {
        match event {
            Event::Came(conn, hello, way) => {
                self.guests.insert(conn, way);
                let Hello { client, person, .. } = *hello;
                let role = role_of_guests(house);
                self.room.join(Joining { conn, client, person, role }, now);
            }
            Event::Text(conn, text) => self.room.receive(conn, &text, now),
            Event::Heard(conn) => self.room.heard(conn, now),
            Event::Written(conn) => self.room.written(conn, 1, now),
            Event::Gone(conn) => {
                self.guests.remove(&conn);
                self.room.leave(conn, now);
            }
        }
    }

    /// Time has passed.
    pub(super) fn tick(&mut self, house: &House<'_>, now: u64) {
        let role = role_of_guests(house);
        let others = self.guests().filter(|mate| mate.member.role != role).map(|mate| mate.member.n);
        for of in others.collect::<Vec<_>>() {
            self.own.control(Control::Role { of, role });
        }
        self.show_others(house, now);
        self.own.tick(house.history, now);
        self.room.tick(now);
    }

    /// Everybody who has come in here.
    pub(super) fn guests(&self) -> impl Iterator<Item = &Teammate> {
        self.own.people().filter(|mate| mate.member.n > NUMBERED_FROM)
    }

    /// Tells the guests who is in the room on a relay, as far as that has changed.
    fn show_others(&mut self, house: &House<'_>, now: u64) {
        let others = house.out.into_iter().flat_map(Peer::people);
        let others: BTreeMap<u32, (Member, Presence)> =
            others.map(|mate| (mate.member.n, (mate.member.clone(), mate.presence.clone()))).collect();
        for n in self.shown.keys().filter(|n| !others.contains_key(n)) {
            self.room.hide(*n, now);
        }
        for (n, other) in others.iter().filter(|(n, other)| self.shown.get(n) != Some(other)) {
            let (Member { person, role, .. }, presence) = other.clone();
            let is = to_raw_value(&presence).expect("a presence is plain data");
            self.room.show(Sighting { n: *n, person: Some(person), role: Some(role), is: Some(is) }, now);
        }
        self.shown = others;
    }

    pub(super) fn wakes_at(&self) -> Option<u64> {
        self.room.wakes_at().into_iter().chain(self.own.wakes_at()).min()
    }

    /// Does what both ends say; what of it is the wall's.
    pub(super) fn heed(&mut self, history: &History, now: u64) -> Vec<peer::Output> {
        let mut inward = Vec::new();
        loop {
            let (said, asked) = (self.own.take(), self.room.take());
            if said.is_empty() && asked.is_empty() {
                return inward;
            }
            for output in said {
                match output {
                    peer::Output::Send(text) => self.room.receive(OWN, &text, now),
                    peer::Output::Ping => self.own.pong(now),
                    peer::Output::Hangup => self.room.leave(OWN, now),
                    // What else is told of the room was decided here, or is asked for.
                    peer::Output::Absorb(_)
                    | peer::Output::Aside(_)
                    | peer::Output::FreshVoice(..)
                    | peer::Output::Pinged(..) => inward.push(output),
                    _ => {}
                }
            }
            asked.into_iter().for_each(|output| self.perform(output, history, now));
        }
    }

    fn perform(&mut self, output: Output, history: &History, now: u64) {
        match output {
            Output::Send(OWN, text) => {
                self.own.receive(&text, history, now);
                self.room.written(OWN, 1, now);
            }
            Output::Send(conn, text) => self.tell(conn, Message::text(&*text)),
            Output::Ping(OWN) => self.room.heard(OWN, now),
            Output::Ping(conn) => self.tell(conn, Message::Ping(Default::default())),
            // The person at the wall is not shown out; where they were too slow, everybody begins anew.
            Output::Close(OWN, _) => self.guests.clear(),
            Output::Close(conn, why) => {
                self.tell(conn, goodbye(why));
                self.guests.remove(&conn);
            }
            Output::Append(items) if items.iter().all(is_whole) => self.owed = items,
            Output::Append(_) => self.room.appended(false, now),
            Output::Read(conn, places) => {
                let line = |(t, id)| history.lines_of(id).find(|line| line.entry.t == t);
                let items: Vec<Item> = places.into_iter().filter_map(line).map(item).collect();
                self.room.read(conn, &Found::of(&items), now);
            }
            Output::Control(..) => {}
        }
    }

    fn tell(&self, conn: Conn, message: Message) {
        if let Some(way) = self.guests.get(&conn) {
            // A way that is closed is told of as such.
            drop(way.send(message));
        }
    }

    /// Tells the room once all it wants in the file is there; whether it was.
    pub(super) fn settle(&mut self, house: &House<'_>, now: u64) -> bool {
        let is_there = |item: &Item| {
            let mut here = house.history.lines_of(item.id);
            here.any(|line| line.text == item.line && house.has_in_file(line))
        };
        let is_settled = !self.owed.is_empty() && self.owed.iter().all(is_there);
        if is_settled {
            self.owed.clear();
            self.room.appended(true, now);
        }
        is_settled
    }
}

/// Guests may do what may be done here.
fn role_of_guests(house: &House<'_>) -> Role {
    if house.is_closed { Role::View } else { Role::Edit }
}

fn item(line: &Line) -> Item {
    Item { id: line.entry.id, t: line.entry.t, seal: 0, line: line.text.clone() }
}

/// Whether the file can hold it: what cannot be read has come broken.
fn is_whole(it: &Item) -> bool {
    it.seal == 0 && Line::read(&it.line).is_ok_and(|line| item(&line) == *it)
}
