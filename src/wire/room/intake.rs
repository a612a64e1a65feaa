//! What a member says: each message is read within its limits, and each line is taken, known, or refused.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::index::Known;
use super::{Conn, Room};
use crate::model::entry::nesting;
use crate::model::limit::{COUNTER_MAX, JSON_DEPTH_MAX, LINE_BYTES_MAX, TIME_MAX};
use crate::model::{EntryId, Heads};
use crate::wire::close::{Close, Refusal};
use crate::wire::frame::{ClientFrame, Frame, Item, Refused, RelayFrame, Sighting, Voice};
use crate::wire::limit::{
    APPEND_BYTES_MAX, APPEND_RETRY_MS, DEAD_MS, HEADS_BYTES_MAX, PRESENCE_BYTES_MAX, VOICES_MAX,
};

/// Why a line is not taken, and after how many milliseconds it may come again, if it may.
type No = (Refusal, Option<u64>);

impl Room {
    /// A text message came over a connection. Its `hello` was read before it joined.
    pub fn receive(&mut self, conn: Conn, text: &str, now: u64) {
        let Some(n) = self.conns.get(&conn).copied() else { return };
        let Some(wait) = self.weigh(n, text.len(), now) else { return };
        let frame = match ClientFrame::decode(text) {
            Ok(frame) => frame,
            Err(close) => return self.drop_member(n, close, now),
        };
        match (frame, wait) {
            (ClientFrame::Hello(_) | ClientFrame::Create(_), _) => self.drop_member(n, Close::BadFrame, now),
            (ClientFrame::Entries(items), Some(wait)) => {
                let ids = items.iter().map(|item| item.id).collect();
                self.refuse(n, Refused::new(Refusal::Rate, ids, Some(wait)), now);
            }
            (ClientFrame::Entries(items), None) => self.take_in(n, items, now),
            (ClientFrame::Presence(_), Some(_)) => {}
            (ClientFrame::Presence(is), None) => self.see(n, &is, now),
            (ClientFrame::Voice(voice), _) => self.give_voice(n, voice, now),
            (ClientFrame::Control(control), _) => self.heed(n, control, now),
            (ClientFrame::HeadsPart(part), _) => self.hear_heads(n, &part, false, (text.len(), now)),
            (ClientFrame::Heads(part), _) => self.hear_heads(n, &part, true, (text.len(), now)),
        }
    }

    /// A member has said so many bytes: how long it should have waited, if at all; nothing where it has to go.
    pub(super) fn weigh(&mut self, n: u32, bytes: usize, now: u64) -> Option<Option<u64>> {
        let seated = self.members.get_mut(&n)?;
        seated.heard = now;
        let wait = seated.allowance.take(bytes, now).err();
        if wait.is_some() && seated.strikes.strike(now) {
            self.drop_member(n, Close::Rate, now);
            return None;
        }
        Some(wait)
    }

    fn hear_heads(&mut self, n: u32, part: &Heads, is_last: bool, (bytes, now): (usize, u64)) {
        let Some(seated) = self.members.get_mut(&n) else { return };
        // What the room lacks need not be remembered: it comes as lines.
        let part = part.within(self.index.durable());
        if let Err(close) = seated.add_heads(&part, bytes) {
            return self.drop_member(n, close, now);
        }
        if is_last {
            seated.begin_to_catch_up();
            self.pump(n, now);
        }
    }

    fn see(&mut self, n: u32, is: &RawValue, now: u64) {
        if is.get().len() > PRESENCE_BYTES_MAX || nesting(is.get()) > JSON_DEPTH_MAX {
            return self.refuse(n, Refused::new(Refusal::TooLarge, Vec::new(), None), now);
        }
        if let Some(seated) = self.members.get_mut(&n) {
            seated.presence = Some(is.to_owned().into());
            self.crowd.put(Sighting { n, person: None, role: None, is: Some(is.to_owned()) }, now);
            self.tell_presence(now);
        }
    }

    /// An author speaks through this member alone, unless it speaks through another already. Who may only look has no
    /// voice.
    fn give_voice(&mut self, n: u32, voice: Voice, now: u64) {
        if !(1..=COUNTER_MAX).contains(&voice.from) {
            return self.drop_member(n, Close::BadFrame, now);
        }
        if !self.members.get(&n).is_some_and(|seated| seated.role.writes()) {
            return self.refuse(n, Refused::new(Refusal::Role, Vec::new(), None), now);
        }
        let count = self.voices.values().filter(|(speaker, _)| *speaker == n).count();
        match self.voices.get(&voice.author) {
            Some((speaker, _)) if *speaker != n => {
                let id = EntryId { author: voice.author, counter: voice.from };
                self.refuse(n, Refused::new(Refusal::Voice, vec![id], None), now);
            }
            None if count >= VOICES_MAX => {
                self.refuse(n, Refused::new(Refusal::Full, Vec::new(), None), now);
            }
            _ => drop(self.voices.insert(voice.author, (n, voice.from))),
        }
    }

    fn take_in(&mut self, n: u32, items: Vec<Item>, now: u64) {
        let Some(seated) = self.members.get(&n) else { return };
        let (conn, may) = (seated.conn, seated.role.writes() && !self.rules.is_read_only);
        let mut refused: BTreeMap<No, Vec<EntryId>> = BTreeMap::new();
        let mut kept = Vec::new();
        for item in items {
            let verdict = if may { self.judge(n, &item) } else { Err((Refusal::Role, None)) };
            match verdict {
                Err(why) => refused.entry(why).or_default().push(item.id),
                Ok(Known::Same { durable: true }) => kept.push(item.id),
                Ok(Known::Same { .. }) => drop(self.owed.entry(item.id).or_default().insert(conn)),
                Ok(_) => {
                    self.index.add(&item);
                    self.tally.lines_in += 1;
                    self.owed.entry(item.id).or_default().insert(conn);
                    self.spread(&item, now);
                    self.next_bytes += item.bytes();
                    self.next.push(item);
                }
            }
        }
        self.append();
        self.fan_out(now);
        if !kept.is_empty() {
            self.tell_kept(n, kept, now);
        }
        for ((why, retry), ids) in refused {
            self.refuse(n, Refused::new(why, ids, retry), now);
        }
    }

    /// How a line stands to those that are here, or why it is not taken.
    fn judge(&self, n: u32, item: &Item) -> Result<Known, No> {
        if item.line.len() > LINE_BYTES_MAX || item.t > TIME_MAX {
            return Err((Refusal::TooLarge, None));
        }
        let known = self.index.judge(item);
        let voice = self.voices.get(&item.id.author);
        let speaks_elsewhere = voice.is_some_and(|(speaker, from)| *speaker != n && item.id.counter >= *from);
        match known {
            Known::Other => Err((Refusal::Voice, None)),
            Known::Same { .. } => Ok(known),
            Known::New if speaks_elsewhere => Err((Refusal::Voice, Some(DEAD_MS))),
            Known::New if self.next_bytes > APPEND_BYTES_MAX => Err((Refusal::Rate, Some(APPEND_RETRY_MS))),
            Known::New => self.index.refuses(item).map_or(Ok(known), |why| Err((why, None))),
        }
    }

    pub(super) fn tell_kept(&mut self, n: u32, ids: Vec<EntryId>, now: u64) {
        let mut kept = Heads::default();
        for id in ids {
            kept.insert(id);
        }
        for part in kept.parts(HEADS_BYTES_MAX) {
            self.answer(n, &RelayFrame::Kept(part), now);
        }
    }

    /// Says what is not taken. Whoever goes on sending what is too large has to go.
    pub(super) fn refuse(&mut self, n: u32, refused: Refused, now: u64) {
        *self.tally.refused.entry(refused.code).or_default() += refused.ids.len().max(1) as u64;
        let Some(seated) = self.members.get_mut(&n) else { return };
        if refused.code == Refusal::TooLarge && seated.strikes.strike(now) {
            return self.drop_member(n, Close::Rate, now);
        }
        self.answer(n, &RelayFrame::Refused(refused), now);
    }
}
