//! Some people, a relay, and a net that does what nets do.

use std::collections::BTreeSet;

use squall::model::{Board, EntryId, Line};
use squall::wire::close::Close;
use squall::wire::frame::{Frame, Item, RelayFrame, entries};
use squall::wire::peer::{Net, Output};
use squall::wire::room::Conn;

use super::client::{Client, Link};
use super::relay::{Act, Relay};
use crate::history::deeds::Names;
use crate::history::desk::Desk;
use crate::history::dice::Dice;
use crate::history::slow;

pub(super) struct World {
    pub(super) dice: Dice,
    pub(super) names: Names,
    pub(super) now: u64,
    pub(super) clients: Vec<Client>,
    pub(super) relay: Relay,
    /// What was called kept, to whoever looked.
    pub(super) kept: BTreeSet<EntryId>,
    /// Lines that went up and down.
    pub(super) carried: usize,
    voices: u64,
    conns: u64,
}

impl World {
    pub(super) fn new(seed: u64, people: usize) -> World {
        let name = |at: usize| ["Ana", "Bo", "Chae", "Ana", "Dan"][at % 5];
        let client = |at: usize| Client::new(name(at), "edit", at as u64, at as u64);
        World {
            dice: Dice::new(seed),
            names: Names::default(),
            now: 1_000,
            clients: (0..people).map(client).collect(),
            relay: Relay::new(Default::default(), seed),
            kept: BTreeSet::new(),
            carried: 0,
            voices: 100,
            conns: 0,
        }
    }

    pub(super) fn voice(&mut self) -> u64 {
        self.voices += 1;
        self.voices
    }

    /// What time a client has: no two clocks agree.
    pub(super) fn clock(&self, at: usize) -> u64 {
        self.now + 86_400_000 * (at as u64 % 3)
    }

    pub(super) fn act(&mut self, at: usize, fair: bool) -> Line {
        let changes = self.names.deed(&self.clients[at].desk, &mut self.dice, fair);
        let line = self.clients[at].desk.act(changes);
        self.clients[at].wrote(line.clone());
        line
    }

    /// A person takes their last deed back.
    pub(super) fn undo(&mut self, at: usize) -> Option<Line> {
        let (line, _) = self.clients[at].desk.undo()?;
        self.clients[at].wrote(line.clone());
        Some(line)
    }

    pub(super) fn save(&mut self, at: usize) {
        let now = self.clock(at);
        self.clients[at].save(now);
        self.heed(at);
    }

    /// Has a client do what its peer says.
    pub(super) fn heed(&mut self, at: usize) {
        for output in self.clients[at].heed() {
            match (output, &mut self.clients[at].link) {
                (Output::Send(text), Some(link)) => link.up.push_back(text),
                (Output::Hangup, _) => self.cut(at, None),
                (Output::Ping, Some(link)) if !link.is_cut => {
                    let now = self.clock(at);
                    self.clients[at].peer.pong(now);
                }
                _ => {}
            }
        }
        let lost = std::mem::take(&mut self.clients[at].lost);
        for (author, again) in lost {
            let (voice, now) = (self.voice(), self.clock(at));
            self.clients[at].speak_anew(author, &again, voice, now);
            self.heed(at);
        }
    }

    /// A client is connected, if it wants to be.
    pub(super) fn connect(&mut self, at: usize) {
        if std::mem::take(&mut self.clients[at].wants_link) {
            self.conns += 1;
            let conn = Conn(self.conns);
            let link = Link { conn, up: Default::default(), down: Default::default(), is_cut: false };
            self.clients[at].link = Some(link);
            let now = self.clock(at);
            self.clients[at].peer.connected(now);
            self.heed(at);
        }
    }

    /// A client's connection ends on its side; the relay may learn of it late or never.
    pub(super) fn cut(&mut self, at: usize, close: Option<Close>) {
        let (chance, now) = (self.dice.bits(), self.clock(at));
        let client = &mut self.clients[at];
        if client.link.take().is_some() {
            client.peer.disconnected(close, chance, now);
            self.heed(at);
        }
    }

    /// The same, and the relay knows.
    pub(super) fn hang_up(&mut self, at: usize) {
        if let Some(link) = &self.clients[at].link {
            self.relay.left(link.conn, self.now);
        }
        self.cut(at, None);
        self.relay_acts();
    }

    pub(super) fn relay_acts(&mut self) {
        for act in std::mem::take(&mut self.relay.acts) {
            match act {
                Act::Send(conn, text) => {
                    if let Some(link) = self.link_of(conn).and_then(|at| self.clients[at].link.as_mut()) {
                        link.down.push_back(text);
                    }
                }
                Act::Ping(conn) => {
                    let link = self.link_of(conn).and_then(|at| self.clients[at].link.as_ref());
                    if link.is_some_and(|link| !link.is_cut) {
                        self.relay.room.heard(conn, self.now);
                    }
                }
                Act::Close(conn, close) => {
                    if let Some(at) = self.link_of(conn) {
                        self.cut(at, Some(close));
                    }
                }
            }
        }
    }

    fn link_of(&self, conn: Conn) -> Option<usize> {
        self.clients.iter().position(|client| client.link.as_ref().is_some_and(|link| link.conn == conn))
    }

    /// One message of a client reaches the relay, if there is one.
    pub(super) fn carry_up(&mut self, at: usize) -> bool {
        let Some(link) = self.clients[at].link.as_mut().filter(|link| !link.is_cut) else { return false };
        let Some(text) = link.up.pop_front() else { return false };
        let conn = link.conn;
        self.count(&text);
        self.relay.receive(conn, &text, self.now);
        self.relay_acts();
        true
    }

    /// One message of the relay reaches a client, if there is one.
    pub(super) fn carry_down(&mut self, at: usize) -> bool {
        let Some(link) = self.clients[at].link.as_mut().filter(|link| !link.is_cut) else { return false };
        let Some(text) = link.down.pop_front() else { return false };
        let conn = link.conn;
        self.count(&text);
        self.relay.written(conn, self.now);
        if let Ok(RelayFrame::Kept(kept)) = RelayFrame::decode(&text) {
            for (author, ranges) in &kept.0 {
                let counters = ranges.iter().flat_map(|(first, last)| first..=last);
                self.kept.extend(counters.map(|counter| EntryId { author: *author, counter }));
            }
        }
        let now = self.clock(at);
        let client = &mut self.clients[at];
        client.peer.receive(&text, &client.desk.history, now);
        self.heed(at);
        self.relay_acts();
        true
    }

    fn count(&mut self, text: &str) {
        if let Ok(RelayFrame::Entries(items)) = RelayFrame::decode(text) {
            self.carried += items.len();
        }
    }

    /// Time passes, and everybody whose time has come does something.
    pub(super) fn pass(&mut self, ms: u64) {
        self.now += ms;
        for at in 0..self.clients.len() {
            let now = self.clock(at);
            let client = &mut self.clients[at];
            client.peer.tick(&client.desk.history, now);
            self.heed(at);
        }
        self.relay.tick(self.now);
        self.relay_acts();
    }

    /// Nothing gets through to a client or from it, and nobody notices yet.
    pub(super) fn partition(&mut self, at: usize) {
        if let Some(link) = &mut self.clients[at].link {
            link.is_cut = true;
        }
    }

    /// A machine is cloned while it runs: two processes have one voice and one seat.
    pub(super) fn clone_machine(&mut self, from: usize, to: usize) {
        self.hang_up(to);
        let copy = self.clients[from].cloned();
        self.clients[to] = copy;
    }

    /// A hostile program sends a line over a client's connection.
    pub(super) fn forge(&mut self, at: usize, item: &Item) {
        if let Some(link) = &mut self.clients[at].link
            && link.up.is_empty()
        {
            link.up.push_back(entries(&item.encode()));
        }
    }

    /// The relay is gone at once; its clients notice when they like.
    pub(super) fn relay_gone(&mut self) {
        for client in &mut self.clients {
            if let Some(link) = &mut client.link {
                link.is_cut = true;
            }
        }
    }

    /// So many seconds pass in which the net works.
    pub(super) fn idle(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.pass(1_000);
            self.settle_apart();
        }
    }

    /// Everything that can move moves, without a fault, until nothing does.
    pub(super) fn settle(&mut self) {
        for _ in 0..100_000 {
            let mut moved = false;
            for at in 0..self.clients.len() {
                self.connect(at);
                moved |= self.carry_up(at) | self.carry_down(at);
                if !self.clients[at].unsaved.is_empty() {
                    self.save(at);
                    moved = true;
                }
            }
            moved |= !self.relay.is_quiet();
            self.relay.journal(self.now);
            self.relay_acts();
            if !moved {
                let before = (self.relay.disk.len(), self.carried);
                self.pass(50);
                let is_waiting = self.clients.iter().any(|client| {
                    let status = client.peer.status();
                    status.net != Net::Live || status.waiting > 0
                });
                let has_frames = self.clients.iter().any(|client| {
                    client.link.as_ref().is_some_and(|link| !link.up.is_empty() || !link.down.is_empty())
                });
                let moved = before != (self.relay.disk.len(), self.carried) || has_frames;
                if !is_waiting && !moved && self.relay.is_quiet() {
                    return;
                }
            }
        }
        let how: Vec<_> = self.clients.iter().map(|client| client.peer.status()).collect();
        panic!("the net does not come to rest: {how:?}");
    }

    /// The same for those who are connected, while others stay away.
    pub(super) fn settle_apart(&mut self) {
        for _ in 0..50 {
            for at in 0..self.clients.len() {
                while self.carry_up(at) | self.carry_down(at) {}
            }
            self.relay.journal(self.now);
            self.relay_acts();
        }
    }

    /// A new process takes a client's place, with another link.
    pub(super) fn seat(&mut self, at: usize, token: &str) {
        self.hang_up(at);
        let voice = self.voice();
        self.clients[at] = Client::new("Fay", token, at as u64, voice);
        self.clients[at].peer.start();
        self.heed(at);
        self.settle();
    }

    /// Everybody comes back, and all is well.
    pub(super) fn heal(&mut self) {
        for at in 0..self.clients.len() {
            self.hang_up(at);
            self.save(at);
            self.clients[at].peer.start();
            self.heed(at);
        }
        self.settle();
    }

    /// Everybody takes back what the relay does not take; whether there was any.
    pub(super) fn take_back(&mut self) -> bool {
        let mut has_any = false;
        for at in 0..self.clients.len() {
            let now = self.clock(at);
            has_any |= self.clients[at].take_back(now);
            self.heed(at);
        }
        self.settle();
        has_any
    }

    /// The lines the relay gives that can be read.
    pub(super) fn relay_lines(&self) -> Vec<Line> {
        let read = |item: &Item| {
            let line = Line::read(&item.line).ok();
            line.filter(|line| (line.entry.id, line.entry.t) == (item.id, item.t))
        };
        self.relay.disk.values().filter_map(read).collect()
    }

    /// What must hold once everything has healed.
    pub(super) fn check(&mut self) {
        let lines = self.relay_lines();
        let wall = slow::wall(&lines);
        for (at, client) in self.clients.iter().enumerate() {
            let history = &client.desk.history;
            let is_had = |line: &&Line| history.lines_of(line.entry.id).any(|had| had.text == line.text);
            let lacks: Vec<&Line> = lines.iter().filter(|line| !is_had(line)).collect();
            let more: Vec<&Line> = history.lines().iter().filter(|line| !lines.contains(line)).collect();
            let is_equal = client.desk.board() == &wall;
            let how = client.peer.status();
            assert!(
                is_equal,
                "client {at} sees another wall ({how:?}): lacks {lacks:#?}, has more {more:#?}"
            );
        }
        let newcomer = self.newcomer();
        assert_eq!(newcomer, wall, "a newcomer fed by the relay alone sees the same");
        let before = self.carried;
        self.heal();
        assert_eq!(self.carried, before, "a second reconnect sends nothing");
    }

    fn newcomer(&mut self) -> Board {
        let voice = self.voice();
        self.clients.push(Client::new("Eve", "view", 9, voice));
        let at = self.clients.len() - 1;
        self.clients[at].peer.start();
        self.heed(at);
        self.settle();
        self.hang_up(at);
        let client = self.clients.pop().expect("she came just now");
        let Desk { history, .. } = client.desk;
        history.board().clone()
    }
}
