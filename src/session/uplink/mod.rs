//! The way from a wall to a room on a relay.
//!
//! An uplink is a [`Peer`], which thinks, and a thread, which carries. The peer lives with the wall and is only
//! touched when the wall is refreshed; the thread tells the wall's watchers when there is something to refresh for.

mod carrier;
mod dial;
mod found;
mod tls;
mod trouble;

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::runtime::Builder;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{Notify, watch};

use super::alarm::Time;
use super::bell::Tellers;
use super::person::{draw, new_author};
use crate::history::History;
use crate::model::Heads;
use crate::wire::frame::{Hello, Role, Somebody, Token, Told};
use crate::wire::limit::VERSION;
use crate::wire::link::Link;
use crate::wire::peer::{Net, Output, Peer};
use carrier::{Carrier, Event, Order};
use dial::Way;

pub use found::{NotFounded, found};
pub use trouble::Trouble;

/// Messages that may wait to be taken in. The relay waits with the rest, and lets go of who makes it wait too long.
const EVENTS_MAX: usize = 64;
/// Messages that may wait to be sent: what a peer says in the time in which a silent relay counts as dead.
const ORDERS_MAX: usize = 4_096;

/// A room as one process knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JoinedRoom {
    /// Where it is and what lets somebody in.
    pub link: Link,
    /// Whether the way there may be open to everybody.
    pub may_be_open: bool,
    /// What the link lets its bearer do, once the relay has said so.
    pub role: Option<Role>,
    /// What the relay was last known to have.
    pub there: Heads,
}

impl JoinedRoom {
    /// A room nothing is known of but its link.
    pub fn new(link: Link, may_be_open: bool) -> JoinedRoom {
        JoinedRoom { link, may_be_open, role: None, there: Heads::default() }
    }
}

/// A wall's end of a conversation with a relay.
pub(super) struct Uplink {
    pub(super) peer: Peer,
    /// Nothing where it leads to another squall on this machine.
    room: Option<JoinedRoom>,
    role: Option<Role>,
    orders: Sender<Order>,
    events: Receiver<Event>,
    /// Dropped first, which ends the thread.
    alarm: Option<watch::Sender<Option<u64>>>,
    time: Time,
    thread: Option<JoinHandle<()>>,
    /// Why the relay was not reached the last time.
    pub(super) trouble: Option<Trouble>,
    /// Whether nobody may write in the room.
    pub(super) is_read_only: bool,
    cut: Arc<Notify>,
}

impl Uplink {
    /// Begins to connect to a room on a relay. `board` is the wall's id, where it has one.
    pub(super) fn out(
        room: JoinedRoom,
        person: Somebody,
        board: Option<String>,
        history: &History,
        tellers: Arc<Tellers>,
    ) -> Result<Uplink, Trouble> {
        let way = Way::new(&room.link, room.may_be_open)?;
        let peer = Peer::new(hello(person, room.link.token.clone()), board, history, room.there.clone());
        Ok(Uplink::new(way, peer, Some(room), tellers))
    }

    /// Begins to connect to the squall on this machine that has the file and is reached there.
    pub(super) fn here(place: PathBuf, person: Somebody, history: &History, tellers: Arc<Tellers>) -> Uplink {
        let board = Some(history.board().id.clone());
        let hello = hello(person, Token(String::new()));
        // What is known here was read in its file.
        let peer = Peer::new(hello, board, history, history.heads().clone());
        Uplink::new(Way::Here(place), peer, None, tellers)
    }

    fn new(way: Way, mut peer: Peer, room: Option<JoinedRoom>, tellers: Arc<Tellers>) -> Uplink {
        peer.start();
        let (orders, inbox) = channel(ORDERS_MAX);
        let (outbox, events) = channel(EVENTS_MAX);
        let (alarm, wakes) = watch::channel(None);
        let time = Time::start();
        let cut = Arc::new(Notify::new());
        let ends = cut.clone();
        let carrier = Carrier { way, orders: inbox, events: outbox, alarm: wakes, cut: ends, time, tellers };
        let thread = thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build();
            let runtime = runtime.expect("a machine that runs threads runs one that waits for the net");
            runtime.block_on(carrier.run());
            // A name that is still being looked up is not waited for.
            runtime.shutdown_background();
        });
        let (alarm, thread) = (Some(alarm), Some(thread));
        Uplink {
            peer,
            role: room.as_ref().and_then(|room| room.role),
            room,
            orders,
            events,
            alarm,
            time,
            thread,
            trouble: None,
            is_read_only: false,
            cut,
        }
    }

    /// What time it is for the peer.
    pub(super) fn now(&self) -> u64 {
        self.time.now()
    }

    /// What the person may do in the room, as far as is known.
    pub(super) fn role(&self) -> Option<Role> {
        self.role
    }

    /// The room on a relay, with what is known of it by now.
    pub(super) fn room(&self) -> Option<JoinedRoom> {
        let room = self.room.clone()?;
        Some(JoinedRoom { role: self.role, there: self.peer.there().clone(), ..room })
    }

    /// Tells the peer the next thing that has happened on the net, if anything has.
    pub(super) fn hear(&mut self, history: &History) -> bool {
        let Ok(event) = self.events.try_recv() else { return false };
        let now = self.now();
        match event {
            Event::Connected => {
                self.trouble = None;
                self.peer.connected(now);
            }
            Event::Text(text) => self.peer.receive(&text, history, now),
            Event::Pong => self.peer.pong(now),
            Event::Gone(close, trouble) => {
                (self.trouble, self.is_read_only) = (trouble, false);
                self.peer.disconnected(close, draw(), now);
            }
        }
        true
    }

    /// What the peer wants done that is not the net's; what is, is done.
    pub(super) fn heed(&mut self) -> Vec<Output> {
        let mut inward = Vec::new();
        for output in self.peer.take() {
            let order = match output {
                Output::Dial => Order::Dial,
                Output::Send(text) => Order::Send(text),
                Output::Ping => Order::Ping,
                Output::Hangup => Order::Hangup,
                output => {
                    match &output {
                        Output::Told(Told::ReadOnly(is)) => self.is_read_only = *is,
                        Output::Told(Told::Renewed { role, token }) if self.role == Some(*role) => {
                            self.take_link(token.clone());
                        }
                        _ => {}
                    }
                    inward.push(output);
                    continue;
                }
            };
            if self.orders.try_send(order).is_err() {
                self.cut.notify_one();
            }
        }
        self.role = self.peer.you().map(|(_, role)| role).or(self.role);
        inward
    }

    /// The link by which this came has ended, and there is another.
    fn take_link(&mut self, token: Token) {
        if let Some(room) = &mut self.room {
            room.link.token = token.clone();
        }
        self.peer.take_link(token);
    }

    /// In how many seconds it is tried to connect again, and when that is a second less.
    fn retry(&self) -> Option<(u64, u64)> {
        let Net::Offline { retry_at: Some(at), .. } = self.peer.status().net else { return None };
        let seconds = at.saturating_sub(self.now()).div_ceil(1_000);
        Some((seconds, at.saturating_sub(seconds.saturating_sub(1) * 1_000)))
    }

    /// In how many seconds it is tried to connect again, while it is not connected and that is going to be tried.
    pub(super) fn retry_in(&self) -> Option<u64> {
        self.retry().map(|(seconds, _)| seconds)
    }

    /// Has the thread tell when the peer next has to know the time, and with every second that somebody counts.
    pub(super) fn set_alarm(&self) {
        if let Some(alarm) = &self.alarm {
            alarm.send_replace(self.retry().map(|(_, at)| at).or(self.peer.wakes_at()));
        }
    }
}

fn hello(person: Somebody, token: Token) -> Hello {
    Hello { v: VERSION, token, person, client: new_author().to_string() }
}

impl Drop for Uplink {
    fn drop(&mut self) {
        self.alarm = None;
        self.events.close();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
