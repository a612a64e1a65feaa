//! The life of a connection, and what time does to it.

use super::{Output, Peer, Stage};
use crate::history::History;
use crate::model::{Author, Heads};
use crate::wire::bucket::Allowance;
use crate::wire::close::Close;
use crate::wire::frame::{ClientFrame, Somebody, Token};
use crate::wire::limit::{DEAD_MS, DIGEST_MS, HEADS_MS, PING_MS, STEADY_MS};

impl Peer {
    /// Wants to be connected from now on.
    pub fn start(&mut self) {
        if let Stage::Offline { .. } = self.stage {
            self.stage = Stage::Dialing;
            self.out.push(Output::Dial);
        }
    }

    /// Goes by another name or colour: the room is entered again.
    pub fn introduce(&mut self, person: Somebody) {
        self.hello.person = person;
        match self.stage {
            Stage::Greeting(_) | Stage::CatchingUp | Stage::Live(_) => {
                self.stage = Stage::Renewing;
                self.out.push(Output::Hangup);
            }
            Stage::Offline { .. } => self.start(),
            Stage::Dialing | Stage::Ending(_) | Stage::Renewing => {}
        }
    }

    /// Comes by another link from the next connection on.
    pub fn take_link(&mut self, token: Token) {
        self.hello.token = token;
    }

    /// The connection is there.
    pub fn connected(&mut self, now: u64) {
        self.stage = Stage::Greeting(now);
        (self.heard, self.asked) = (now, now.saturating_sub(PING_MS));
        self.allowance = Allowance::giving(now);
        self.send(&ClientFrame::Hello(self.hello.clone()));
    }

    /// The connection is gone, or could not be made; `close` is what the relay gave as its reason, `chance` 64 random
    /// bits.
    pub fn disconnected(&mut self, close: Option<Close>, chance: u64, now: u64) {
        if let Stage::Live(since) = self.stage
            && now.saturating_sub(since) >= STEADY_MS
        {
            self.backoff.calm();
        }
        let why = if let Stage::Ending(Some(own)) = self.stage { Some(own) } else { close };
        if why == Some(Close::Replaced) {
            self.hello.client = Author::from_random(chance).to_string();
        }
        if self.stage == Stage::Renewing {
            self.stage = Stage::Dialing;
            self.out.push(Output::Dial);
        } else {
            self.ask_no_more(why);
            let retry_at = why.is_none_or(Close::tries_again).then(|| {
                let late = why.is_some_and(Close::tries_late);
                now + self.backoff.wait(chance, late)
            });
            self.stage = Stage::Offline { why, retry_at };
        }
        self.knows_there = false;
        self.parts = (Heads::default(), 0);
        self.outbox.disconnect();
        self.people.clear();
        self.you = None;
        self.out.push(Output::People);
    }

    /// The relay has answered a ping.
    pub fn pong(&mut self, now: u64) {
        self.heard = now;
        self.throttle.takes(now.saturating_sub(self.asked), now);
    }

    /// Time has passed.
    pub fn tick(&mut self, history: &History, now: u64) {
        match self.stage {
            Stage::Offline { retry_at: Some(at), .. } if at <= now => self.start(),
            Stage::Greeting(since) if now >= since + DEAD_MS => self.end(None),
            Stage::CatchingUp | Stage::Live(_) => self.keep_up(history, now),
            _ => {}
        }
    }

    fn keep_up(&mut self, history: &History, now: u64) {
        if now >= self.heard + DEAD_MS {
            return self.end(Some(Close::TooSlow));
        }
        if now >= self.asked + PING_MS {
            self.asked = now;
            self.out.push(Output::Ping);
        }
        let (said, at) = self.heads_sent;
        if said != self.changes && now >= at + HEADS_MS {
            self.say_heads(now);
        }
        if self.digested.0 != self.changes && now >= self.digested.1 + DIGEST_MS {
            self.digest(now);
        }
        self.tell_presence(now);
        self.pump(history, now);
    }

    /// When [`Peer::tick`] is next to be called; never where it waits for nothing but the net or a person.
    pub fn wakes_at(&self) -> Option<u64> {
        let (said, at) = self.heads_sent;
        match self.stage {
            Stage::Offline { retry_at, .. } => retry_at,
            Stage::Dialing | Stage::Ending(_) | Stage::Renewing => None,
            Stage::Greeting(since) => Some(since + DEAD_MS),
            Stage::CatchingUp | Stage::Live(_) => [
                Some((self.asked + PING_MS).min(self.heard + DEAD_MS)),
                (said != self.changes).then_some(at + HEADS_MS),
                (self.digested.0 != self.changes).then_some(self.digested.1 + DIGEST_MS),
                self.throttle.wakes_at(),
                self.outbox.wakes_at().filter(|_| self.knows_there && self.may_write()),
            ]
            .into_iter()
            .flatten()
            .min(),
        }
    }

    /// Has the connection end from here.
    pub(super) fn end(&mut self, why: Option<Close>) {
        self.stage = Stage::Ending(why);
        self.out.push(Output::Hangup);
    }
}
