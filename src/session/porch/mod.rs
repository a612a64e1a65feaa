//! The porch of a wall, where other squalls on this machine come in.
//!
//! The squall that has a board's file is to them what a relay is: they speak the same conversation with it, and what it
//! calls kept is in the file. The [`Room`] lives with the wall, and only while somebody is there; the person at the
//! wall is a member like any other, by a [`Peer`] of their own. A thread carries.

mod lodging;
mod porter;

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::runtime::Builder;
use tokio::sync::mpsc::{Receiver, channel};
use tokio::sync::watch;

use super::alarm::Time;
use super::bell::Tellers;
use super::socket::Knocker;
use crate::history::History;
use crate::model::{Author, EntryId, Line};
use crate::wire::frame::Somebody;
use crate::wire::peer::{Output, Peer};
use crate::wire::presence::Teammate;
use lodging::Lodging;
use porter::{Event, Out, Porter};

/// Messages that may wait to be taken in; guests wait with the rest.
const EVENTS_MAX: usize = 64;

/// Where others come in.
pub(super) struct Porch {
    person: Somebody,
    events: Receiver<Event>,
    /// Dropped first, which ends the thread.
    alarm: Option<watch::Sender<Option<u64>>>,
    time: Time,
    thread: Option<JoinHandle<()>>,
    /// While somebody is here.
    lodging: Option<Lodging>,
}

/// What a porch has to know of its wall.
pub(super) struct House<'a> {
    pub(super) history: &'a History,
    /// Lines that are on their way to the file.
    pub(super) unsaved: HashSet<EntryId>,
    /// The voices of this process, and where each began.
    pub(super) voices: &'a BTreeMap<Author, u64>,
    /// Whether nobody here may write.
    pub(super) is_closed: bool,
    /// The end of its conversation with a relay.
    pub(super) out: Option<&'a Peer>,
}

impl House<'_> {
    fn has_in_file(&self, line: &Line) -> bool {
        !self.unsaved.contains(&line.entry.id)
    }
}

impl Porch {
    /// Lets others in, at the wall of this person, whoever knocks there.
    pub(super) fn open(person: Somebody, knocker: &Knocker, tellers: Arc<Tellers>) -> io::Result<Porch> {
        let (sender, events) = channel(EVENTS_MAX);
        let (alarm, wakes) = watch::channel(None);
        let time = Time::start();
        let out = Out { events: sender, tellers };
        let porter = Porter { ear: knocker.ear()?, out, alarm: wakes, time };
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let thread = Some(thread::spawn(move || runtime.block_on(porter.run())));
        Ok(Porch { person, events, alarm: Some(alarm), time, thread, lodging: None })
    }

    /// The end of the person at the wall, while somebody else is there.
    pub(super) fn peer(&self) -> Option<&Peer> {
        self.lodging.as_ref().map(|lodging| &lodging.own)
    }

    /// Everybody else on the porch.
    pub(super) fn guests(&self) -> impl Iterator<Item = &Teammate> {
        self.lodging.iter().flat_map(Lodging::guests)
    }

    /// The end of the person at the wall, and what time it is for it.
    pub(super) fn peer_mut(&mut self) -> Option<(&mut Peer, u64)> {
        let now = self.time.now();
        self.lodging.as_mut().map(|lodging| (&mut lodging.own, now))
    }

    /// Whether nobody is there and nobody comes.
    pub(super) fn is_empty(&self) -> bool {
        self.lodging.is_none() && self.events.is_empty()
    }

    /// Goes by another name or colour: everybody comes in anew.
    pub(super) fn introduce(&mut self, person: Somebody) {
        self.person = person;
        self.lodging = None;
    }

    /// Takes in the next thing that has happened, if anything has.
    pub(super) fn hear(&mut self, house: &House<'_>) -> bool {
        let Ok(event) = self.events.try_recv() else { return false };
        let now = self.time.now();
        if self.lodging.is_none() && matches!(event, Event::Came(..)) {
            self.lodging = Some(Lodging::new(house, self.person.clone(), now));
        }
        if let Some(lodging) = &mut self.lodging {
            lodging.hear(event, house, now);
        }
        true
    }

    /// Time has passed.
    pub(super) fn tick(&mut self, house: &House<'_>) {
        if let Some(lodging) = &mut self.lodging {
            lodging.tick(house, self.time.now());
        }
    }

    /// Does what those on the porch say; what of it is the wall's.
    pub(super) fn heed(&mut self, house: &House<'_>) -> Vec<Output> {
        let Some(lodging) = &mut self.lodging else { return Vec::new() };
        let now = self.time.now();
        let mut inward = lodging.heed(house.history, now);
        while lodging.settle(house, now) {
            inward.extend(lodging.heed(house.history, now));
        }
        if lodging.is_over() {
            self.lodging = None;
        }
        inward
    }

    /// Lines have gone from the wall: everybody comes in anew.
    pub(super) fn forget(&mut self) {
        self.lodging = None;
    }

    /// Has the thread tell when the next thing is due.
    pub(super) fn set_alarm(&self) {
        if let Some(alarm) = &self.alarm {
            alarm.send_replace(self.lodging.as_ref().and_then(Lodging::wakes_at));
        }
    }
}

impl Drop for Porch {
    fn drop(&mut self) {
        self.alarm = None;
        self.events.close();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
