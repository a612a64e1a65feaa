//! A wall and the net: what goes to others, what comes from them, and what people see of it.
//!
//! A deed goes out once its line is in the file. What comes is taken in when the wall is
//! [refreshed](Wall::refresh), and saved like any other line. Offline nothing changes but that deeds wait.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::bell::{Bell, Tellers};
use super::person::new_author;
use super::saves::{ReadOnly, Ticket};
use super::uplink::{JoinedRoom, Trouble, Uplink};
use super::wall::{File, Wall, texts_of};
use crate::history::History;
use crate::model::limit::TIME_HEAD_START;
use crate::model::{Applied, Author, EntryId, Line, Point};
use crate::query::Projection;
use crate::wire::close::Refusal;
use crate::wire::frame::{Control, Role, Somebody, Told};
use crate::wire::peer::{self, Again, Fate, Output, Status};
use crate::wire::presence::{Presence, Teammate};
use crate::words::Said;

/// What the net told, beside deeds: each is given out once, by [`Wall::news`].
#[derive(Clone, PartialEq, Debug)]
pub enum News {
    /// This member asks everybody to look here.
    Pinged(u32, Point),
    /// What a facilitator did.
    Told(Told),
    /// The relay does not take these deeds: see [`Wall::not_accepted`].
    NotAccepted(Vec<EntryId>, Refusal),
    /// So many lines came that cannot be used.
    Aside(usize),
    /// Somebody else spoke with this process's voice; so many deeds of it were told again with a fresh one.
    FreshVoice(usize),
    /// The room holds another wall than this one, of this id. Nothing was sent or taken.
    OtherBoard(String),
}

impl News {
    /// The sentence people read, where there is one for everybody.
    pub fn said(&self) -> Option<Said> {
        match self {
            News::Pinged(..) | News::Told(Told::Bring { .. } | Told::Renewed { .. }) => None,
            News::Told(Told::ReadOnly(is)) => {
                Some(Said::new(if *is { "room-read-only" } else { "room-writable" }))
            }
            News::Told(Told::LockLinks(is)) => {
                Some(Said::new(if *is { "room-locked" } else { "room-unlocked" }))
            }
            News::NotAccepted(ids, why) => Some(News::not_accepted(ids.len(), *why)),
            News::Aside(count) => Some(Said::new("net-aside").with("count", count)),
            News::FreshVoice(count) => Some(Said::new("net-fresh-voice").with("count", count)),
            News::OtherBoard(_) => Some(Said::new("close-other-board")),
        }
    }

    /// The sentence about deeds that a relay does not take.
    pub fn not_accepted(count: usize, why: Refusal) -> Said {
        Said::new("net-not-accepted").with("count", count).with_said("why", Said::new(why.key()))
    }
}

/// Lines, and the promise to save them.
type Unsaved = (Option<Ticket>, Vec<Line>);

fn is_waiting((ticket, _): &Unsaved) -> bool {
    ticket.as_ref().is_some_and(|ticket| !ticket.is_saved())
}

/// A wall's ways to others.
#[derive(Default)]
pub(super) struct Net {
    uplinks: Vec<Uplink>,
    /// Lines that are on their way to the file, the oldest first; without a ticket they need not go there.
    unsaved: VecDeque<Unsaved>,
    /// Lines that are in the file, of which no peer was told.
    durable: Vec<Line>,
    /// Whether lines have gone, of which no peer was told.
    forgets: bool,
    /// The voices of this process, and where each began.
    voices: BTreeMap<Author, u64>,
    /// Voices that belong to somebody else now, and what has to be told again.
    losing: Vec<(Author, Vec<EntryId>)>,
    lost: BTreeSet<Author>,
    news: Vec<News>,
    bell: Option<Bell>,
    /// Those to be told that it is time to refresh the wall.
    pub(super) tellers: Arc<Tellers>,
}

impl Net {
    /// These lines are in the file once the ticket says so.
    pub(super) fn is_durable(&mut self, ticket: Option<Ticket>, lines: Vec<Line>) {
        if self.uplinks.is_empty() {
            self.unsaved.retain(is_waiting);
        }
        if !lines.is_empty() {
            self.unsaved.push_back((ticket, lines));
        }
    }

    /// Somebody here does a deed of these lines.
    pub(super) fn speaks(&mut self, lines: &[Line]) {
        for id in lines.iter().map(|line| line.entry.id) {
            if let Entry::Vacant(new) = self.voices.entry(id.author) {
                new.insert(id.counter);
                self.uplinks.iter_mut().for_each(|uplink| uplink.peer.speaks(id.author, id.counter));
            }
        }
    }

    /// Tells the peers which lines are in the file by now; whether there are any.
    fn tell_saved(&mut self, history: &History) -> bool {
        let saved = self.unsaved.iter().position(is_waiting).unwrap_or(self.unsaved.len());
        self.durable.extend(self.unsaved.drain(..saved).flat_map(|(_, lines)| lines));
        // A peer is told of a loss when all that is left is in the file.
        if self.durable.is_empty() && !self.forgets || self.forgets && !self.unsaved.is_empty() {
            return false;
        }
        let lines = std::mem::take(&mut self.durable);
        let forgets = std::mem::take(&mut self.forgets);
        for uplink in &mut self.uplinks {
            let now = uplink.now();
            if forgets {
                uplink.peer.forgot(history, now);
            }
            uplink.peer.saved(&lines, history, now);
        }
        true
    }
}

impl Wall {
    /// Begins to connect to a room, as this person. A wall without an id becomes the one that the room holds.
    pub fn connect(&mut self, room: JoinedRoom, person: Somebody) -> Result<(), Trouble> {
        let board = Some(self.board().id.clone()).filter(|id| !id.is_empty());
        // A peer begins with what is on the disk. Where that takes nothing, people hear of it elsewhere.
        self.net.unsaved.iter().filter_map(|(ticket, _)| ticket.as_ref()).for_each(|it| drop(it.wait()));
        let mut uplink = Uplink::new(room, person, board, &self.history, self.net.tellers.clone())?;
        for (author, from) in &self.net.voices {
            uplink.peer.speaks(*author, *from);
        }
        let voices = &self.net.voices;
        let is_own = |line: &&Line| voices.contains_key(&line.entry.id.author);
        let mut own: Vec<Line> = self.history.lines().iter().filter(is_own).cloned().collect();
        own.sort_by_key(|line| line.entry.id);
        uplink.peer.saved(&own, &self.history, uplink.now());
        self.net.uplinks.push(uplink);
        self.flush();
        Ok(())
    }

    /// Goes by another name or colour in its room: that is entered again.
    pub fn introduce(&mut self, person: &Somebody) {
        self.net.uplinks.iter_mut().for_each(|uplink| uplink.peer.introduce(person.clone()));
        self.flush();
    }

    /// The room it is joined to, with what is known of that by now.
    pub fn room(&self) -> Option<JoinedRoom> {
        self.net.uplinks.first().map(Uplink::room)
    }

    /// How it stands with the net; nothing where the wall is in no room.
    pub fn net(&self) -> Option<Status> {
        self.net.uplinks.first().map(|uplink| uplink.peer.status())
    }

    /// Why the relay was not reached the last time it was tried.
    pub fn trouble(&self) -> Option<Said> {
        let uplink = self.net.uplinks.first()?;
        match (uplink.peer.status().net, &uplink.trouble) {
            (peer::Net::Offline { why: Some(why), .. }, _) => Some(Said::new(why.key())),
            (peer::Net::Offline { .. }, trouble) => trouble.as_ref().map(Trouble::said),
            _ => None,
        }
    }

    /// Everybody else at the wall.
    pub fn people(&self) -> impl Iterator<Item = &Teammate> {
        self.net.uplinks.iter().flat_map(|uplink| uplink.peer.people())
    }

    /// Which member of the room this is, and what they may do; nothing while it is not connected.
    pub fn you(&self) -> Option<(u32, Role)> {
        self.net.uplinks.first()?.peer.you()
    }

    /// How far a line has come; nothing where the wall is in no room.
    pub fn fate(&self, line: &Line) -> Option<Fate> {
        self.net.uplinks.first().map(|uplink| uplink.peer.fate(line))
    }

    /// The deeds that the relay does not take, each with its reason.
    pub fn not_accepted(&self) -> Vec<(EntryId, Refusal)> {
        let refused = self.net.uplinks.iter().flat_map(|uplink| uplink.peer.not_accepted());
        let deed = |id: EntryId| self.history.lines_of(id).next().map(|line| line.entry.deed_id());
        let deeds: BTreeMap<EntryId, Refusal> =
            refused.filter_map(|(id, why)| Some((deed(id)?, why))).collect();
        deeds.into_iter().collect()
    }

    /// Takes a deed away that the relay does not take, as if it had never been done: nobody else has it. The file as it
    /// was goes to `backup/`. What it had done, in sentences; nothing where the relay does take it.
    pub fn withdraw(&mut self, deed: EntryId) -> Option<Vec<Said>> {
        self.not_accepted().iter().find(|(refused, _)| *refused == deed)?;
        let told = self.tell_deed(deed);
        let lines: Vec<Line> = self.history.deed(deed).into_iter().cloned().collect();
        self.forget(&lines, |_| Vec::new());
        self.flush();
        Some(told)
    }

    /// Says where the person is.
    pub fn set_presence(&mut self, presence: &Presence) {
        for uplink in &mut self.net.uplinks {
            let now = uplink.now();
            uplink.peer.presence(presence.clone(), now);
        }
        self.flush();
    }

    /// Asks something of the room, as a facilitator.
    pub fn control(&mut self, control: &Control) {
        self.net.uplinks.iter_mut().for_each(|uplink| uplink.peer.control(control.clone()));
        self.flush();
    }

    /// What the net told since this was last asked.
    pub fn news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.net.news)
    }

    /// A bell that rings whenever it is time to [refresh](Wall::refresh) the wall.
    pub fn bell(&mut self) -> Bell {
        let tellers = &self.net.tellers;
        let hang = || {
            let bell = Bell::default();
            let ring = bell.clone();
            tellers.add(move || ring.ring());
            bell
        };
        self.net.bell.get_or_insert_with(hang).clone()
    }

    /// Refreshes the wall until it is so, but no longer than this; whether it is so.
    pub fn wait_until(&mut self, most: Duration, mut is_so: impl FnMut(&Wall) -> bool) -> bool {
        let (bell, until) = (self.bell(), Instant::now() + most);
        loop {
            self.refresh();
            if is_so(self) {
                return true;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            bell.wait(left);
        }
    }

    /// How many lines the relay is not known to keep, those included that are on their way to the file. What nobody may
    /// send does not count.
    pub fn unsent(&self) -> usize {
        let here =
            self.net.unsaved.iter().map(|(_, lines)| lines.len()).sum::<usize>() + self.net.durable.len();
        let writers = self.net.uplinks.iter().filter(|uplink| uplink.role() != Some(Role::View));
        writers.map(|uplink| here + uplink.peer.status().waiting).max().unwrap_or(0)
    }

    /// Whether deeds go over the net alone, because another squall has the file.
    pub fn is_guest(&self) -> bool {
        matches!(self.file, File::Looked(_, ReadOnly::Busy)) && !self.net.uplinks.is_empty()
    }

    /// Whether what others do comes as they do it.
    pub fn is_live(&self) -> bool {
        self.net.uplinks.iter().any(Uplink::is_live)
    }

    /// Whether this voice belongs to somebody else now.
    pub(super) fn has_lost(&self, author: Author) -> bool {
        self.net.lost.contains(&author)
    }

    /// Why nobody here may do anything in the room, if so.
    pub(super) fn closed_to_me(&self) -> Option<ReadOnly> {
        let rooms = self.net.uplinks.iter().map(|uplink| (uplink.role(), uplink.is_read_only));
        rooms
            .filter_map(|(role, is_read_only)| match role {
                Some(Role::View) => Some(ReadOnly::Viewer),
                _ => is_read_only.then_some(ReadOnly::Room),
            })
            .next()
    }

    /// Takes in what has come over the net.
    pub(super) fn hear(&mut self) -> Vec<Applied> {
        let mut applied = Vec::new();
        for at in 0..self.net.uplinks.len() {
            while self.net.uplinks[at].hear(&self.history) {
                applied.extend(self.flush());
            }
            let uplink = &mut self.net.uplinks[at];
            let now = uplink.now();
            uplink.peer.tick(&self.history, now);
        }
        applied.extend(self.flush());
        applied
    }

    /// Does what the peers say, until they say nothing more; what that did to the wall.
    pub(super) fn flush(&mut self) -> Vec<Applied> {
        let mut applied = Vec::new();
        loop {
            for at in 0..self.net.uplinks.len() {
                for output in self.net.uplinks[at].heed() {
                    applied.extend(self.heed(output));
                }
            }
            let losing = std::mem::take(&mut self.net.losing);
            let is_told = self.net.tell_saved(&self.history);
            if losing.is_empty() && !is_told {
                break;
            }
            losing.into_iter().for_each(|(author, again)| self.speak_anew(author, &again));
        }
        self.net.uplinks.iter().for_each(Uplink::set_alarm);
        applied
    }

    fn heed(&mut self, output: Output) -> Vec<Applied> {
        let news = match output {
            Output::Absorb(lines) => return self.take_in(lines),
            Output::Board(id) => {
                self.history = History::new(&id);
                self.projection = Projection::of(self.history.board());
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
            Output::Told(told) => News::Told(told),
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

    /// Somebody else speaks as this author: what of it the relay cannot have is told again with a fresh voice.
    fn speak_anew(&mut self, author: Author, again: &[EntryId]) {
        self.net.voices.remove(&author);
        self.net.lost.insert(author);
        let unsaved = self.net.unsaved.iter().flat_map(|(_, lines)| lines).chain(&self.net.durable);
        let unsaved: HashSet<&str> = unsaved.map(|line| &*line.text).collect();
        let is_lost = |line: &&Line| {
            let id = line.entry.id;
            id.author == author && (again.contains(&id) || unsaved.contains(&*line.text))
        };
        let mut lost: Vec<Line> = self.history.lines().iter().filter(is_lost).cloned().collect();
        drop(unsaved);
        lost.sort_by_key(|line| line.entry.id.counter);
        let told_again = |clock: u64| {
            let (author, mut again) = (new_author(), Again::default());
            let places =
                (1..).map(|counter| (EntryId { author, counter }, clock + TIME_HEAD_START - 1 + counter));
            lost.iter().zip(places).filter_map(|(line, (id, t))| again.tell(line, id, t)).collect()
        };
        self.forget(&lost, told_again);
        self.net.news.push(News::FreshVoice(lost.len()));
    }

    /// Has lines go, here and from the file, and others come in their place, which are made for what the clock says
    /// then.
    fn forget(&mut self, gone: &[Line], come: impl FnOnce(u64) -> Vec<Line>) {
        let texts: HashSet<&str> = gone.iter().map(|line| &*line.text).collect();
        let stays = |line: &Line| !texts.contains(&*line.text);
        let mut history = History::new(&self.board().id);
        history.absorb_dropped(self.history.dropped());
        if !self.is_dropped_sure {
            history.void_dropped();
        }
        history.absorb_all(self.history.lines().iter().filter(|line| stays(line)).cloned());
        let come = come(history.clock());
        history.absorb_all(come.iter().cloned());
        self.history = history;
        self.projection = Projection::of(self.history.board());
        self.changes += 1;
        let ticket = match &self.file {
            File::Kept(_, saver) => Some(saver.replace(texts_of(gone), texts_of(&come))),
            File::None | File::Looked(..) => None,
        };
        self.net.unsaved.iter_mut().for_each(|(_, lines)| lines.retain(stays));
        self.net.durable.retain(stays);
        self.net.forgets = true;
        self.net.speaks(&come);
        self.net.unsaved.push_back((ticket, come));
    }
}
