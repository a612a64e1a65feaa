//! Takes the notes of a wall up row by row.

use std::collections::{HashMap, HashSet};

use super::super::board::Board;
use super::super::id::Id;
use super::super::kind::NoteKind;
use super::{Start, Strand};

/// The rows of every cell, each given as its notes in reading order.
///
/// Whatever is chosen, a first row or the first of several followers, is the first in reading order of what is left.
/// So a wall that shows the rows in this order, left to right and downwards, is taken up in the same order again.
pub(super) fn unwind(board: &Board, cells: &[Vec<Id>]) -> Vec<Vec<Strand>> {
    let mut unwinding = Unwinding::of(board, cells);
    cells.iter().map(|cell| unwinding.cell(cell)).collect()
}

struct Unwinding<'a> {
    board: &'a Board,
    /// What each note leads to within its cell, what leads to it, and what is stuck on it; in reading order.
    next: HashMap<Id, Vec<Id>>,
    before: HashMap<Id, Vec<Id>>,
    stuck: HashMap<Id, Vec<Id>>,
    claimed: HashSet<Id>,
}

impl<'a> Unwinding<'a> {
    fn of(board: &'a Board, cells: &[Vec<Id>]) -> Self {
        let spots: HashMap<Id, (usize, usize)> = cells
            .iter()
            .enumerate()
            .flat_map(|(cell, notes)| notes.iter().enumerate().map(move |(rank, note)| (*note, (cell, rank))))
            .collect();
        let near = |one: Id, two: Id| one != two && spots[&one].0 == spots[&two].0;
        let is_stuck = |note: Id| board.notes[&note].host.is_some_and(|host| near(note, host));
        let leads = |from: Id, to: Id| {
            near(from, to) && !is_stuck(to) && board.notes[&to].kind != NoteKind::ReadModel
        };
        let mut next: HashMap<Id, Vec<Id>> = HashMap::new();
        let mut before: HashMap<Id, Vec<Id>> = HashMap::new();
        for arrow in board.arrows.values().filter(|arrow| leads(arrow.from, arrow.to)) {
            next.entry(arrow.from).or_default().push(arrow.to);
            before.entry(arrow.to).or_default().push(arrow.from);
        }
        let mut stuck: HashMap<Id, Vec<Id>> = HashMap::new();
        for note in cells.iter().flatten().filter(|note| is_stuck(**note)) {
            stuck.entry(board.notes[note].host.unwrap_or(*note)).or_default().push(*note);
        }
        for note in cells.iter().flatten() {
            for notes in [next.get_mut(note), before.get_mut(note)].into_iter().flatten() {
                notes.sort_by_key(|note| spots[note].1);
                notes.dedup();
            }
        }
        Unwinding { board, next, before, stuck, claimed: HashSet::new() }
    }

    /// The rows of one cell: first what nothing leads to, then what goes round in circles.
    fn cell(&mut self, notes: &[Id]) -> Vec<Strand> {
        let mut strands = Vec::new();
        let heads: Vec<Id> = notes.iter().copied().filter(|note| self.is_head(*note)).collect();
        let hosts: Vec<Id> = notes.iter().copied().filter(|note| !self.is_stuck(*note)).collect();
        for note in heads.iter().chain(&hosts) {
            while !self.claimed.contains(note) {
                let head = self.better_head(*note);
                self.tree(head, &mut strands);
            }
        }
        strands
    }

    fn is_head(&self, note: Id) -> bool {
        !self.is_stuck(note) && !self.before.contains_key(&note)
    }

    /// Whether it is stuck on a note of its cell, and therefore taken up with that one.
    fn is_stuck(&self, note: Id) -> bool {
        let host = self.board.notes[&note].host;
        host.and_then(|host| self.stuck.get(&host)).is_some_and(|stuck| stuck.contains(&note))
    }

    /// A read model leaves the row to somebody who acts on the same thing.
    fn better_head(&self, head: Id) -> Id {
        let is_view = |note: Id| self.board.notes[&note].kind == NoteKind::ReadModel;
        let actors = || {
            let follower = self.follower(head)?;
            let sources = self.before.get(&follower)?.iter().copied();
            sources
                .into_iter()
                .find(|note| !is_view(*note) && !self.claimed.contains(note) && self.is_head(*note))
        };
        is_view(head).then(actors).flatten().unwrap_or(head)
    }

    /// The first follower that is left.
    fn follower(&self, note: Id) -> Option<Id> {
        self.next.get(&note)?.iter().copied().find(|next| !self.claimed.contains(next))
    }

    /// Takes up a row and all that hangs on it.
    fn tree(&mut self, head: Id, strands: &mut Vec<Strand>) {
        let mut waiting = vec![(Start::Fresh, head)];
        while let Some((start, first)) = waiting.pop() {
            if !self.claimed.insert(first) {
                continue;
            }
            let mut notes = vec![first];
            let mut last = first;
            while let Some(next) = self.follower(last) {
                self.claimed.insert(next);
                notes.push(next);
                last = next;
            }
            let beside = notes.iter().flat_map(|note| {
                let stuck = self.stuck.get(note).into_iter().flatten().map(|it| (Start::Under(*note), *it));
                let after = self.next.get(note).into_iter().flatten().map(|it| (Start::After(*note), *it));
                stuck.chain(after)
            });
            let beside: Vec<_> = beside.filter(|(_, note)| !self.claimed.contains(note)).collect();
            waiting.extend(beside.into_iter().rev());
            strands.push(Strand { start, notes });
        }
    }
}
