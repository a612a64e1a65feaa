//! What a room has done and what waits in it, for those who watch a relay.

use std::collections::BTreeMap;

use super::Room;
use crate::wire::close::Refusal;

/// What a room has done since it was last asked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// New lines that were taken.
    pub lines_in: u64,
    /// Lines that went to members, counted for each.
    pub lines_out: u64,
    /// Lines that were not taken, and what else was refused, by reason.
    pub refused: BTreeMap<Refusal, u64>,
}

impl Room {
    /// What it has done since this was last asked.
    pub fn tally(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
    }

    /// Bytes of live messages that wait for its members.
    pub fn queue_bytes(&self) -> usize {
        self.members.values().map(|seated| seated.live_bytes()).sum()
    }
}
