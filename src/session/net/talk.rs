//! What goes between a wall and its peer: whatever the one has, the other is told.

use std::sync::Mutex;

use super::News;
use crate::history::History;
use crate::model::{Applied, Line};
use crate::query::Projection;
use crate::session::saves::keep_room;
use crate::session::uplink::{JoinedRoom, Trouble, Uplink};
use crate::session::wall::{File, Wall, texts_of};
use crate::wire::frame::{Control, Somebody, Told};
use crate::wire::peer::Output;
use crate::wire::presence::Presence;

impl Wall {
    /// Begins to connect to a room, as this person. A wall without an id becomes the one that the room holds.
    pub fn connect(&mut self, room: JoinedRoom, person: Somebody) -> Result<(), Trouble> {
        let board = Some(self.board().id.clone()).filter(|id| !id.is_empty());
        // A peer begins with what is on the disk. Where that takes nothing, people hear of it elsewhere.
        self.net.unsaved.iter().filter_map(|(ticket, _)| ticket.as_ref()).for_each(|it| drop(it.wait()));
        let mut uplink = Uplink::out(room, person, board, &self.history, self.net.tellers.clone())?;
        for (author, from) in &self.net.voices {
            uplink.peer.speaks(*author, *from);
        }
        let voices = &self.net.voices;
        let is_own = |line: &&Line| voices.contains_key(&line.entry.id.author);
        let mut own: Vec<Line> = self.history.lines().iter().filter(is_own).cloned().collect();
        own.sort_by_key(|line| line.entry.id);
        uplink.peer.saved(&own, &self.history, uplink.now());
        self.net.uplink = Some(uplink);
        self.flush();
        Ok(())
    }

    /// Goes by another name or colour in its room: that is entered again.
    pub fn introduce(&mut self, person: &Somebody) {
        if let Some(uplink) = &mut self.net.uplink {
            uplink.peer.introduce(person.clone());
        }
        if let Some(porch) = &mut self.net.porch {
            porch.introduce(person.clone());
        }
        if let Some(heir) = &mut self.net.heir {
            heir.introduce(person.clone());
        }
        self.flush();
    }

    /// Says where the person is.
    pub fn set_presence(&mut self, presence: &Presence) {
        self.net.peers().for_each(|(peer, now)| peer.presence(presence.clone(), now));
        self.flush();
    }

    /// Asks something of the room, as a facilitator. What is not done in the end is told in the [news](Wall::news).
    pub fn control(&mut self, control: &Control) {
        if let Some(uplink) = &mut self.net.uplink {
            uplink.peer.control(control.clone());
        }
        self.flush();
    }

    /// Takes in what has come over the net.
    pub(in crate::session) fn hear(&mut self) -> Vec<Applied> {
        let mut applied = Vec::new();
        while self.net.uplink.as_mut().is_some_and(|uplink| uplink.hear(&self.history)) {
            applied.extend(self.flush());
        }
        if let Some(uplink) = &mut self.net.uplink {
            let now = uplink.now();
            uplink.peer.tick(&self.history, now);
        }
        while self.on_porch(|porch, house| porch.hear(house)) {
            applied.extend(self.flush());
        }
        self.on_porch(|porch, house| porch.tick(house));
        applied.extend(self.flush());
        applied.extend(self.inherit());
        applied
    }

    /// Does what the peer says, until it says nothing more; what that did to the wall.
    pub(in crate::session) fn flush(&mut self) -> Vec<Applied> {
        let mut applied = Vec::new();
        loop {
            let outputs = self.net.uplink.as_mut().map(Uplink::heed).unwrap_or_default();
            outputs.into_iter().for_each(|output| applied.extend(self.heed(output)));
            let heard = self.on_porch(|porch, house| porch.heed(house));
            heard.into_iter().for_each(|output| applied.extend(self.heed(output)));
            let losing = std::mem::take(&mut self.net.losing);
            let is_told = self.net.tell_saved(&self.history);
            if losing.is_empty() && !is_told {
                break;
            }
            losing.into_iter().for_each(|(author, again)| self.speak_anew(author, &again));
        }
        if let Some(uplink) = &self.net.uplink {
            uplink.set_alarm();
        }
        if let Some(porch) = &self.net.porch {
            porch.set_alarm();
        }
        applied
    }

    fn heed(&mut self, output: Output) -> Vec<Applied> {
        let news = match output {
            Output::Absorb(lines) => return self.take_in(lines),
            Output::Board(id) => {
                self.history = History::new(&id);
                self.projection = Projection::of(self.history.board());
                self.inspection = Mutex::default();
                self.changes += 1;
                return Vec::new();
            }
            Output::FreshVoice(author, again) => {
                self.net.losing.push((author, again));
                return Vec::new();
            }
            Output::OtherBoard(id) => News::OtherBoard(id),
            Output::Aside(lines) => News::Aside(lines.len()),
            Output::NotAccepted(ids, why) => News::NotAccepted(ids, why),
            Output::NotDone(why) => News::NotDone(why),
            Output::Told(told) => {
                if let (Told::Renewed { .. }, Some(path), Some(room)) = (&told, self.path(), self.room()) {
                    // Whoever cannot write it is shown the link all the same.
                    drop(keep_room(path, &room));
                }
                News::Told(told)
            }
            Output::Pinged(n, at) => News::Pinged(n, at),
            Output::Dial | Output::Send(_) | Output::Ping | Output::Hangup => return Vec::new(),
            Output::People | Output::Status => return Vec::new(),
        };
        self.net.news.push(news);
        Vec::new()
    }

    /// Takes lines of others in and sends them to the file.
    fn take_in(&mut self, lines: Vec<Line>) -> Vec<Applied> {
        let (applied, fresh) = self.absorb_fresh(lines);
        let ticket = match &self.file {
            File::Kept(_, saver) if !fresh.is_empty() => Some(saver.save_each(texts_of(&fresh))),
            File::None | File::Looked(..) | File::Kept(..) => None,
        };
        self.net.is_durable(ticket, fresh);
        applied
    }
}
