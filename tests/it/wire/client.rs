//! One process at a wall: its history, its save file, and its end of the wire.

use std::collections::VecDeque;
use std::sync::Arc;

use squall::history::{Dropped, History};
use squall::model::{Author, EntryId, Heads, Line, PersonId};
use squall::wire::frame::{Hello, Somebody, Token};
use squall::wire::limit::VERSION;
use squall::wire::peer::{Again, Output, Peer};
use squall::wire::room::Conn;

use crate::history::desk::Desk;

/// A connection as its client sees it, with what is on its way in both directions.
pub(super) struct Link {
    pub(super) conn: Conn,
    pub(super) up: VecDeque<String>,
    pub(super) down: VecDeque<Arc<str>>,
    /// Nothing gets through, and nobody has noticed.
    pub(super) is_cut: bool,
}

pub(super) struct Client {
    pub(super) desk: Desk,
    pub(super) peer: Peer,
    /// The lines of its file in the order they were appended.
    pub(super) file: Vec<String>,
    /// So many of them are on disk for certain.
    pub(super) durable: usize,
    /// The others, where they are deeds.
    pub(super) unsaved: Vec<Line>,
    pub(super) link: Option<Link>,
    pub(super) wants_link: bool,
    /// What it was told it has to draw a fresh voice for.
    pub(super) lost: Vec<(Author, Vec<EntryId>)>,
    /// What it was told and the tests look at.
    pub(super) heard: Vec<Output>,
    token: String,
    name: String,
    seat: u64,
}

pub(super) fn hello(name: &str, token: &str, client: u64) -> Hello {
    Hello {
        v: VERSION,
        token: Token(token.into()),
        person: Somebody { id: PersonId(format!("p-{name}")), name: name.into(), color: String::new() },
        client: format!("c{client}"),
    }
}

impl Client {
    pub(super) fn new(name: &str, token: &str, person: u64, voice: u64) -> Client {
        let desk = Desk::new(person, voice);
        let peer = Peer::new(hello(name, token, voice), Some("b".into()), &desk.history, Heads::default());
        let mut client = Client {
            desk,
            peer,
            file: Vec::new(),
            durable: 0,
            unsaved: Vec::new(),
            link: None,
            wants_link: false,
            lost: Vec::new(),
            heard: Vec::new(),
            token: token.into(),
            name: name.into(),
            seat: voice,
        };
        client.peer.speaks(client.desk.author, 1);
        client
    }

    /// The same process once more, memory and disk, without a connection.
    pub(super) fn cloned(&self) -> Client {
        let mut clone = Client::new(&self.name, &self.token, 0, self.seat);
        clone.desk = self.desk.clone();
        clone.peer = self.peer.clone();
        clone.file = self.file.clone();
        clone.durable = self.durable;
        clone.unsaved = self.unsaved.clone();
        clone.peer.disconnected(None, 0, 0);
        clone
    }

    /// A deed of its person, which is in the file and not yet durable.
    pub(super) fn wrote(&mut self, line: Line) {
        self.file.push(line.text.to_string());
        self.unsaved.push(line);
    }

    /// The disk has everything.
    pub(super) fn save(&mut self, now: u64) {
        self.durable = self.file.len();
        let saved = std::mem::take(&mut self.unsaved);
        self.peer.saved(&saved, &self.desk.history, now);
    }

    /// Does what its peer says, but for what the net has to do.
    pub(super) fn heed(&mut self) -> Vec<Output> {
        let mut net = Vec::new();
        for output in self.peer.take() {
            match output {
                Output::Absorb(lines) => {
                    for line in lines {
                        let before = self.desk.history.lines().len();
                        self.desk.history.absorb(line.clone());
                        if self.desk.history.lines().len() > before {
                            self.wrote(line);
                        }
                    }
                }
                Output::FreshVoice(author, again) => self.lost.push((author, again)),
                Output::Dial => self.wants_link = true,
                Output::Send(_) | Output::Ping | Output::Hangup => net.push(output),
                told => self.heard.push(told),
            }
        }
        net
    }

    /// Opens a file in a new process.
    pub(super) fn open(&mut self, file: Vec<String>, voice: u64) {
        let there = self.peer.there().clone();
        self.read(file);
        self.desk.restart(voice);
        self.seat = voice;
        let hello = hello(&self.name, &self.token, voice);
        self.peer = Peer::new(hello, Some("b".into()), &self.desk.history, there);
        self.peer.speaks(self.desk.author, 1);
        self.link = None;
        self.lost.clear();
        self.wants_link = false;
    }

    fn read(&mut self, file: Vec<String>) {
        let mut history = History::new("b");
        let (mut lines, mut has_bad) = (Vec::new(), false);
        self.file.clear();
        for text in file {
            if Dropped::is_line(&text) {
                match Dropped::read(&text) {
                    Ok(dropped) => history.absorb_dropped(&dropped),
                    Err(_) => has_bad = true,
                }
            } else {
                match Line::read(&text) {
                    Ok(line) => lines.push(line),
                    Err(_) => has_bad = true,
                }
            }
            self.file.push(text);
        }
        history.absorb_all(lines);
        if has_bad {
            history.void_dropped();
        }
        self.durable = self.file.len();
        self.unsaved.clear();
        self.desk.history = history;
    }

    /// The same file without what no longer matters.
    pub(super) fn squashed(&self) -> Vec<String> {
        let squashed = self.desk.history.squash();
        let kept = squashed.kept.iter().map(|line| line.text.to_string());
        kept.chain(squashed.dropped.lines()).collect()
    }

    /// Its person takes back what the relay does not take; whether there was any.
    pub(super) fn take_back(&mut self, now: u64) -> bool {
        let refused: Vec<EntryId> = self.peer.not_accepted().map(|(id, _)| id).collect();
        if refused.is_empty() {
            return false;
        }
        let gone = refused.iter().flat_map(|id| self.desk.history.lines_of(*id));
        let gone: Vec<String> = gone.map(|line| line.text.to_string()).collect();
        let mut file = std::mem::take(&mut self.file);
        file.retain(|text| !gone.contains(text));
        self.read(file);
        self.peer.forgot(&self.desk.history, now);
        true
    }

    /// Takes a fresh voice and does the deeds again that the lost one cannot have.
    pub(super) fn speak_anew(&mut self, author: Author, again: &[EntryId], voice: u64, now: u64) {
        let is_lost = |line: &Line| {
            let id = line.entry.id;
            let is_unsaved = self.unsaved.iter().any(|unsaved| unsaved.text == line.text);
            id.author == author && (again.contains(&id) || is_unsaved)
        };
        let mut lost: Vec<Line> =
            self.desk.history.lines().iter().filter(|line| is_lost(line)).cloned().collect();
        lost.sort_by_key(|line| line.entry.id.counter);
        let mut file = std::mem::take(&mut self.file);
        file.retain(|text| lost.iter().all(|line| *line.text != **text));
        self.read(file);
        self.peer.forgot(&self.desk.history, now);
        if author == self.desk.author {
            self.desk.restart(voice);
            self.peer.speaks(self.desk.author, 1);
        }
        let mut again = Again::default();
        for line in lost {
            let (id, t) = self.desk.next();
            let line = again.tell(&line, id, t).expect("it fits into a line as before");
            self.desk.take(line.clone());
            self.wrote(line);
        }
    }
}
