//! A room alone, and a journal that answers when it is told to.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use squall::model::{Author, EntryId, PersonId};
use squall::wire::close::Close;
use squall::wire::frame::{Control, Item, Role, Somebody};
use squall::wire::room::{Conn, Found, Joining, Loading, Output, Place, Room, Rules};

/// A room whose journal answers when it is told to.
pub(super) struct Hall {
    pub(super) room: Room,
    pub(super) now: u64,
    pub(super) conns: u64,
    pub(super) journal: BTreeMap<Place, Item>,
    /// Whether everything that is sent leaves at once.
    pub(super) drains: bool,
    /// Whether the journal has lost a line.
    pub(super) loses: bool,
}

/// What came out: what each connection was sent, and what else was asked for.
#[derive(Default)]
pub(super) struct Came {
    pub(super) sent: Vec<(Conn, Arc<str>)>,
    pub(super) closed: Vec<(Conn, Close)>,
    pub(super) pinged: Vec<Conn>,
    pub(super) appends: Vec<Vec<Item>>,
    pub(super) controls: Vec<Control>,
    pub(super) reads: usize,
}

impl Came {
    /// The frames a connection was sent, by name.
    pub(super) fn names(&self, conn: Conn) -> Vec<String> {
        let frames = self.frames(conn).into_iter();
        frames
            .map(|frame| frame.as_object().expect("an object").keys().next().expect("a key").clone())
            .collect()
    }

    pub(super) fn frames(&self, conn: Conn) -> Vec<Value> {
        let sent = self.sent.iter().filter(|(to, _)| *to == conn);
        sent.map(|(_, text)| serde_json::from_str(text).expect("a frame is JSON")).collect()
    }

    pub(super) fn frame(&self, conn: Conn, name: &str) -> Option<Value> {
        self.frames(conn).into_iter().find_map(|frame| frame.get(name).cloned())
    }
}

pub(super) fn id(author: u64, counter: u64) -> EntryId {
    EntryId { author: Author::from_random(author), counter }
}

pub(super) fn item(author: u64, counter: u64) -> Item {
    Item { id: id(author, counter), t: counter, seal: 0, line: format!("line {author} {counter}").into() }
}

pub(super) fn entries(items: &[Item]) -> String {
    json!({ "entries": items }).to_string()
}

impl Hall {
    pub(super) fn new(lines: Vec<Item>) -> Hall {
        let mut loading = Loading::new("b", 5, Rules::default());
        loading.add(&lines);
        let room = loading.done();
        let journal = lines.into_iter().map(|item| ((item.t, item.id), item)).collect();
        Hall { room, now: 1_000, conns: 0, journal, drains: true, loses: false }
    }

    /// Somebody comes in and says what they have.
    pub(super) fn enter(&mut self, name: &str, role: Role) -> Conn {
        let conn = self.knock(name, role, &format!("c{}", self.conns + 1));
        self.say(conn, r#"{"heads":{}}"#);
        self.pass(60);
        conn
    }

    pub(super) fn knock(&mut self, name: &str, role: Role, client: &str) -> Conn {
        self.conns += 1;
        let conn = Conn(self.conns);
        let person = Somebody { id: PersonId(name.into()), name: name.into(), color: String::new() };
        self.room.join(Joining { conn, client: client.into(), person, role }, self.now);
        conn
    }

    pub(super) fn say(&mut self, conn: Conn, text: &str) -> Came {
        self.room.receive(conn, text, self.now);
        self.come()
    }

    pub(super) fn pass(&mut self, ms: u64) -> Came {
        self.now += ms;
        self.room.tick(self.now);
        self.come()
    }

    pub(super) fn append(&mut self, is_durable: bool) -> Came {
        self.room.appended(is_durable, self.now);
        self.come()
    }

    pub(super) fn come(&mut self) -> Came {
        let mut came = Came::default();
        loop {
            let outputs = self.room.take();
            if outputs.is_empty() {
                return came;
            }
            for output in outputs {
                match output {
                    Output::Send(conn, text) => {
                        came.sent.push((conn, text));
                        if self.drains {
                            self.room.written(conn, 1, self.now);
                        }
                    }
                    Output::Close(conn, close) => came.closed.push((conn, close)),
                    Output::Ping(conn) => came.pinged.push(conn),
                    Output::Append(items) => {
                        self.journal.extend(items.iter().map(|item| ((item.t, item.id), item.clone())));
                        came.appends.push(items);
                    }
                    Output::Read(conn, places) => {
                        came.reads += 1;
                        let has = places.iter().skip(usize::from(self.loses));
                        let lines: Vec<Item> = has.map(|place| self.journal[place].clone()).collect();
                        self.room.read(conn, &Found::of(&lines), self.now);
                    }
                    Output::Control(_, control) => came.controls.push(control),
                }
            }
        }
    }
}
