//! The wall as it was: its deeds in order, what each of them did, and the wall after it.

use std::ops::Range;

use super::clock::local;
use super::wall::Wall;
use crate::history::RemovedUnseen;
use crate::model::{Applied, EntryId, Id};
use crate::query::tell;
use crate::words::Said;

/// One deed of a wall: when and who, and where it stands among the lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeedHead {
    /// The deed.
    pub deed: EntryId,
    /// The name of the person, or nothing.
    pub by: String,
    /// The deed it takes back.
    pub undo: Option<EntryId>,
    /// The deed it does again.
    pub redo: Option<EntryId>,
    at: String,
    /// The first of its lines.
    first: EntryId,
    /// How many lines there are up to its end.
    lines: usize,
}

/// The wall as it was after so many of its deeds, and what the last of them did.
///
/// It is a wall of its own that takes in the lines of the other one: going on is cheap, going back begins anew.
pub struct Past {
    wall: Wall,
    head: Option<DeedHead>,
    shown: usize,
    lines: usize,
    told: Vec<Said>,
    touched: Vec<Id>,
}

/// More lines than this are folded at once, without telling what each of them did.
const STEPS_MAX: usize = 64;

impl DeedHead {
    /// When it was, in the zone of this machine.
    pub fn when(&self) -> String {
        local(&self.at)
    }
}

impl Wall {
    /// The deeds, oldest first.
    pub fn deeds(&self) -> Vec<DeedHead> {
        let mut deeds: Vec<DeedHead> = Vec::new();
        for (line, count) in self.history().readable().zip(1..) {
            let entry = &line.entry;
            match deeds.last_mut() {
                Some(head) if head.deed == entry.deed_id() => head.lines = count,
                _ => deeds.push(DeedHead {
                    deed: entry.deed_id(),
                    by: entry.by.clone(),
                    undo: entry.undo,
                    redo: entry.redo,
                    at: entry.at.clone(),
                    first: entry.id,
                    lines: count,
                }),
            }
        }
        deeds
    }

    /// What some of the deeds did, in sentences, as the wall stood then.
    pub fn tell_deeds(&self, deeds: &[DeedHead], which: Range<usize>) -> Vec<Vec<Said>> {
        let Some(first) = deeds.get(which.start) else { return Vec::new() };
        let mut from = which.start.checked_sub(1).map_or(0, |before| deeds[before].lines);
        let mut replay = self.history().replay_from(first.first);
        let mut told = Vec::new();
        for head in &deeds[which] {
            let mut applied = Vec::new();
            for step in replay.by_ref().take(head.lines - from) {
                applied.extend(step.applied);
            }
            from = head.lines;
            told.push(tell(&applied, replay.board(), replay.board()));
        }
        told
    }

    /// The removed notes that somebody worded anew without their remover having seen it.
    pub fn removed_while_reworded(&self) -> Vec<RemovedUnseen> {
        self.history().removed_while_reworded()
    }
}

impl Past {
    /// The wall after the first `shown` of its deeds.
    pub fn of(now: &Wall, deeds: &[DeedHead], shown: usize) -> Past {
        let wall = Wall::new(&now.board().id);
        let mut past = Past { wall, head: None, shown: 0, lines: 0, told: Vec::new(), touched: Vec::new() };
        past.go(now, deeds, shown);
        past
    }

    /// Goes on or back to the wall after the first `shown` deeds.
    pub fn go(&mut self, now: &Wall, deeds: &[DeedHead], shown: usize) {
        let end =
            |count: usize| count.checked_sub(1).and_then(|last| deeds.get(last)).map_or(0, |it| it.lines);
        self.shown = shown.min(deeds.len());
        let (before, after) = (end(self.shown.saturating_sub(1)), end(self.shown));
        let lines = || now.history().readable();
        if !(self.lines..self.lines + STEPS_MAX).contains(&before) {
            self.wall = Wall::of(&now.board().id, lines().take(before).cloned());
            self.lines = before;
        }
        for line in lines().take(before).skip(self.lines) {
            self.wall.absorb(line.clone());
        }
        let last = lines().take(after).skip(before).cloned();
        let applied: Vec<Applied> = last.flat_map(|line| self.wall.absorb(line)).collect();
        self.lines = after;
        self.head = self.shown.checked_sub(1).map(|last| deeds[last].clone());
        self.told = tell(&applied, self.wall.board(), self.wall.board());
        self.touched = applied.iter().filter_map(touched).collect();
    }

    /// The wall as it was.
    pub fn wall(&self) -> &Wall {
        &self.wall
    }

    /// After how many deeds.
    pub fn shown(&self) -> usize {
        self.shown
    }

    /// The last of these deeds; nothing before the first.
    pub fn head(&self) -> Option<&DeedHead> {
        self.head.as_ref()
    }

    /// What that deed did.
    pub fn told(&self) -> &[Said] {
        &self.told
    }

    /// The things it did something to.
    pub fn touched(&self) -> &[Id] {
        &self.touched
    }
}

/// The thing that something happened to; the board itself is none.
fn touched(applied: &Applied) -> Option<Id> {
    macro_rules! id {
        ($turn:expr, $field:ident) => {
            $turn.after.as_ref().or($turn.before.as_ref()).map(|thing| thing.$field)
        };
    }
    match applied {
        Applied::Note(turn) => id!(turn, id),
        Applied::Arrow(turn) => id!(turn, id),
        Applied::Context(turn) => id!(turn, id),
        Applied::Lane(turn) => id!(turn, id),
        Applied::Requirement(turn) | Applied::Decision(turn) => id!(turn, id),
        Applied::Vote(turn) => id!(turn, note),
        Applied::Board(_) => None,
    }
}
