//! A relay: a room, a journal that may lose what it has not acknowledged, and connections.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use squall::model::EntryId;
use squall::wire::close::Close;
use squall::wire::frame::{Hello, Item, Role};
use squall::wire::room::{Conn, Found, Joining, Loading, Output, Place, Room, Rules};

/// What the relay has a connection do.
pub(super) enum Act {
    Send(Conn, Arc<str>),
    Close(Conn, Close),
    Ping(Conn),
}

pub(super) struct Relay {
    pub(super) room: Room,
    /// What is durable.
    pub(super) disk: BTreeMap<Place, Item>,
    /// What the journal is at.
    pub(super) appending: Vec<Item>,
    /// Reads the journal has not answered.
    reads: Vec<(Conn, Vec<Place>)>,
    /// Connections whose hello was read.
    joined: BTreeSet<Conn>,
    pub(super) acts: Vec<Act>,
    secret: u64,
}

impl Relay {
    pub(super) fn new(disk: BTreeMap<Place, Item>, secret: u64) -> Relay {
        let mut loading = Loading::new("b", secret, Rules::default());
        loading.add(disk.values());
        let room = loading.done();
        Relay {
            room,
            disk,
            appending: Vec::new(),
            reads: Vec::new(),
            joined: BTreeSet::new(),
            acts: Vec::new(),
            secret,
        }
    }

    pub(super) fn receive(&mut self, conn: Conn, text: &str, now: u64) {
        if self.joined.contains(&conn) {
            self.room.receive(conn, text, now);
        } else {
            match Hello::decode(text) {
                Ok(hello) => {
                    let role = match hello.token.0.as_str() {
                        "view" => Role::View,
                        "facilitate" => Role::Facilitate,
                        _ => Role::Edit,
                    };
                    self.joined.insert(conn);
                    self.room.join(Joining { conn, client: hello.client, person: hello.person, role }, now);
                }
                Err(close) => self.acts.push(Act::Close(conn, close)),
            }
        }
        self.heed();
    }

    pub(super) fn written(&mut self, conn: Conn, now: u64) {
        self.room.written(conn, 1, now);
        self.heed();
    }

    pub(super) fn left(&mut self, conn: Conn, now: u64) {
        self.room.leave(conn, now);
        self.heed();
    }

    pub(super) fn tick(&mut self, now: u64) {
        self.room.tick(now);
        self.heed();
    }

    pub(super) fn heed(&mut self) {
        for output in self.room.take() {
            match output {
                Output::Send(conn, text) => self.acts.push(Act::Send(conn, text)),
                Output::Close(conn, close) => self.acts.push(Act::Close(conn, close)),
                Output::Append(items) => {
                    assert!(self.appending.is_empty(), "one append at a time");
                    self.appending = items;
                }
                Output::Read(conn, places) => self.reads.push((conn, places)),
                Output::Ping(conn) => self.acts.push(Act::Ping(conn)),
                Output::Control(..) => {}
            }
        }
    }

    /// The journal answers what it was asked.
    pub(super) fn journal(&mut self, now: u64) {
        for (conn, places) in std::mem::take(&mut self.reads) {
            let items: Vec<Item> = places.iter().map(|place| self.disk[place].clone()).collect();
            self.room.read(conn, &Found::of(&items), now);
        }
        if !self.appending.is_empty() {
            for item in std::mem::take(&mut self.appending) {
                self.disk.insert((item.t, item.id), item);
            }
            self.room.appended(true, now);
        }
        self.heed();
    }

    /// Nothing has to be done any more.
    pub(super) fn is_quiet(&self) -> bool {
        self.appending.is_empty() && self.reads.is_empty() && self.acts.is_empty()
    }

    /// The process ends, and of what was being appended only so much is on the disk.
    pub(super) fn crash(&mut self, written: usize) {
        let mut disk = std::mem::take(&mut self.disk);
        for item in std::mem::take(&mut self.appending).into_iter().take(written) {
            disk.insert((item.t, item.id), item);
        }
        *self = Relay::new(disk, self.secret + 1);
    }

    /// An append fails: what the disk has of it is not known until it is read again.
    pub(super) fn fail(&mut self, written: usize, now: u64) -> bool {
        if self.appending.is_empty() {
            return false;
        }
        self.room.appended(false, now);
        self.heed();
        assert!(self.room.is_over());
        let acts = std::mem::take(&mut self.acts);
        self.crash(written);
        self.acts = acts;
        true
    }

    pub(super) fn has(&self, id: EntryId) -> bool {
        self.disk.keys().any(|(_, known)| *known == id)
    }
}
