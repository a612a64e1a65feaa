//! What a client says.

use super::{Output, Peer};
use crate::history::History;
use crate::wire::close::Refusal;
use crate::wire::frame::{ClientFrame, Frame};
use crate::wire::limit::HEADS_BYTES_MAX;
use crate::wire::presence::digest;

impl Peer {
    pub(super) fn send(&mut self, frame: &ClientFrame) {
        let text = frame.encode();
        self.allowance.spend(text.len());
        self.out.push(Output::Send(text));
    }

    pub(super) fn say_heads(&mut self, now: u64) {
        self.heads_sent = (self.changes, now);
        let mut heads = self.had.clone();
        heads.extend(&self.aside);
        self.doubted.iter().for_each(|id| heads.remove(*id));
        let mut parts = heads.parts(HEADS_BYTES_MAX);
        let last = parts.pop().unwrap_or_default();
        parts.into_iter().for_each(|part| self.send(&ClientFrame::HeadsPart(part)));
        self.send(&ClientFrame::Heads(last));
    }

    pub(super) fn digest(&mut self, now: u64) {
        self.digested = (self.changes, now);
        let digest = digest(&self.had);
        self.people.remember(&digest, self.done);
        self.throttle.has(digest, now);
    }

    pub(super) fn tell_presence(&mut self, now: u64) {
        if self.is_greeted()
            && let Some(presence) = self.throttle.take(now)
        {
            let raw = serde_json::value::to_raw_value(&presence).expect("a presence is plain data");
            self.send(&ClientFrame::Presence(raw));
        }
    }

    /// Sends what the relay lacks, as much as it may have now. Who may only look sends nothing.
    pub(super) fn pump(&mut self, history: &History, now: u64) {
        if !self.knows_there {
            return;
        }
        if !self.may_write() {
            let unwanted = self.outbox.hold_back();
            if !unwanted.is_empty() {
                self.out.push(Output::NotAccepted(unwanted, Refusal::Role));
            }
            return;
        }
        while let Some(frame) = self.outbox.next_frame(history, &mut self.allowance, now) {
            self.out.push(Output::Send(frame));
        }
    }
}
