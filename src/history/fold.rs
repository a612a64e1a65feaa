//! Lines in, the wall out: every register, and the board that shows of them what is visible.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::log::{Log, Write};
use super::slot::{Shown, Slot};
use crate::model::{Applied, Board, ByName, Change, Details, Id, PersonId, Thing, Turn, Vote};

/// The place of the board's own registers.
const BOARD: u32 = 0;

/// A wall being folded. It knows which writes matter, not what became of the log they stand in.
///
/// Changes are first taken into the registers ([`Fold::read`]); then what they touched is shown anew, either one by one
/// ([`Fold::settle`]) or all at once ([`Fold::show_all`]).
#[derive(Clone, Debug)]
pub(super) struct Fold {
    board: Board,
    slots: Vec<Slot>,
    index: ByName<Id, u32>,
    /// Notes whose sticking is hidden, because it is the latest of a loop.
    cuts: BTreeSet<u32>,
}

/// What lines read in since the last showing may have altered.
#[derive(Default)]
pub(super) struct Touched {
    slots: BTreeSet<u32>,
    votes: BTreeSet<(u32, PersonId)>,
}

impl Fold {
    pub(super) fn new(board_id: &str) -> Fold {
        let board = Board { id: board_id.to_owned(), ..Board::default() };
        Fold { board, slots: vec![Slot::new(None)], index: ByName::default(), cuts: BTreeSet::new() }
    }

    pub(super) fn board(&self) -> &Board {
        &self.board
    }

    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    pub(super) fn slot(&self, of: Option<Id>) -> Option<&Slot> {
        let at = of.map_or(Some(BOARD), |id| self.index.get(&id).copied())?;
        Some(&self.slots[at as usize])
    }

    fn place(&mut self, id: Id) -> u32 {
        *self.index.entry(id).or_insert_with(|| {
            self.slots.push(Slot::new(Some(id)));
            u32::try_from(self.slots.len() - 1).expect("things are far fewer than 2^32")
        })
    }

    /// Takes the changes of a line into the registers.
    pub(super) fn read(&mut self, line: u32, log: &Log, touched: &mut Touched) {
        for write in log.writes(line) {
            let change = log.change(write);
            let at = change.about().map_or(BOARD, |id| self.place(id));
            let upon: [Option<Id>; 2] = match change {
                Change::NotesConnected { from, to, .. } => [Some(*from), Some(*to)],
                Change::NotePlaced { host, .. } | Change::NoteStuck { host, .. } => [*host, None],
                _ => [None, None],
            };
            for id in upon.into_iter().flatten() {
                let below = self.place(id);
                self.slots[below as usize].leaners.insert(at);
            }
            self.slots[at as usize].offer(write, log);
            touched.add(at, write, log);
        }
    }

    /// Shows what was touched anew; what came of it, in an order in which nothing stands on what is not there.
    pub(super) fn settle(&mut self, touched: Touched, log: &Log) -> Vec<Applied> {
        let Touched { mut slots, mut votes } = touched;
        let mut restuck = Vec::new();
        for at in slots.clone() {
            let (stood, stuck) = (self.slots[at as usize].stands, self.slots[at as usize].stuck_on);
            self.look(at, log);
            let slot = &self.slots[at as usize];
            if stood != slot.stands {
                slots.extend(&slot.leaners);
                votes.extend(slot.voters().map(|who| (at, who.clone())));
            }
            if (stood, stuck) != (slot.stands, slot.stuck_on) {
                restuck.push(at);
            }
        }
        if !restuck.is_empty() {
            let starts = restuck.into_iter().chain(self.cuts.iter().copied()).collect::<Vec<_>>();
            let cuts = self.loops(&starts, log);
            slots.extend(self.cuts.symmetric_difference(&cuts));
            self.cuts = cuts;
        }
        let mut applied = Vec::new();
        for at in slots {
            self.show(at, log, &mut applied);
        }
        for (at, who) in votes {
            self.show_vote(at, &who, log, &mut applied);
        }
        applied.sort_by_key(rank);
        applied
    }

    /// Shows everything anew.
    pub(super) fn show_all(&mut self, log: &Log) {
        let all: Vec<u32> = (0..).take(self.slots.len()).collect();
        for at in &all {
            self.look(*at, log);
        }
        self.cuts = self.loops(&all, log);
        let mut board = Board { id: std::mem::take(&mut self.board.id), ..Board::default() };
        board.details = self.slots[BOARD as usize].details(&Details::new(), log);
        let (mut notes, mut arrows, mut votes) = (Vec::new(), Vec::new(), Vec::new());
        for at in all {
            let slot = &self.slots[at as usize];
            let Some(id) = slot.id else { continue };
            match self.shown(at, log) {
                Some(Shown::Note(note)) => {
                    votes.extend(slot.voters().filter_map(|who| slot.vote(who, log)));
                    notes.push((id, note));
                }
                Some(Shown::Arrow(arrow)) => arrows.push((id, arrow)),
                Some(Shown::Context(context)) => drop(board.contexts.insert(id, context)),
                Some(Shown::Lane(lane)) => drop(board.lanes.insert(id, lane)),
                Some(Shown::Requirement(sentence)) => drop(board.requirements.insert(id, sentence)),
                Some(Shown::Decision(sentence)) => drop(board.decisions.insert(id, sentence)),
                None => {}
            }
        }
        // Collected at once, a map sorts and builds itself faster than by insertion.
        board.notes = notes.into_iter().collect();
        board.arrows = arrows.into_iter().collect();
        board.votes = votes.into_iter().map(|vote: Vote| ((vote.note, vote.who.clone()), vote)).collect();
        self.board = board;
    }

    /// Looks at the registers of a slot for what others need to know of it.
    fn look(&mut self, at: u32, log: &Log) {
        let slot = &self.slots[at as usize];
        let stands = if at == BOARD { Some(Thing::Board) } else { slot.standing(log) };
        let stuck_on = slot.sticking(log).and_then(|(_, host)| self.index.get(&host).copied());
        let slot = &mut self.slots[at as usize];
        (slot.stands, slot.stuck_on) = (stands, stuck_on);
    }

    fn is_note(&self, at: u32) -> bool {
        self.slots[at as usize].stands == Some(Thing::Note)
    }

    /// The note a note is stuck on, where both are there.
    fn host(&self, at: u32) -> Option<u32> {
        let host = self.slots[at as usize].stuck_on?;
        (self.is_note(at) && self.is_note(host)).then_some(host)
    }

    /// Of every loop that can be reached from one of these notes, the one that was stuck on last.
    fn loops(&self, starts: &[u32], log: &Log) -> BTreeSet<u32> {
        let mut cuts = BTreeSet::new();
        let mut walked: HashMap<u32, u32> = HashMap::new();
        for (walk, &start) in (0..).zip(starts) {
            let mut at = start;
            while let Some(host) = self.host(at)
                && !walked.contains_key(&at)
            {
                walked.insert(at, walk);
                at = host;
            }
            if walked.get(&at) == Some(&walk) {
                cuts.extend(self.latest_in_loop(at, log));
            }
        }
        cuts
    }

    fn latest_in_loop(&self, of: u32, log: &Log) -> Option<u32> {
        let around = std::iter::successors(self.host(of), |at| self.host(*at).filter(|_| *at != of));
        let sticking = |at: u32| self.slots[at as usize].sticking(log).map(|(write, _)| write);
        let edges = around.filter_map(|at| Some((at, sticking(at)?)));
        edges.max_by(|(_, a), (_, b)| log.order(*a, *b)).map(|(at, _)| at)
    }

    /// What a slot shows now.
    fn shown(&self, at: u32, log: &Log) -> Option<Shown> {
        let slot = &self.slots[at as usize];
        slot.stands?;
        let host = self.host(at).filter(|_| !self.cuts.contains(&at));
        let shown = slot.show(host.and_then(|host| self.slots[host as usize].id), log)?;
        let is_note = |id: &Id| self.index.get(id).is_some_and(|at| self.is_note(*at));
        match &shown {
            Shown::Arrow(arrow) if !(is_note(&arrow.from) && is_note(&arrow.to)) => None,
            _ => Some(shown),
        }
    }

    fn show(&mut self, at: u32, log: &Log, applied: &mut Vec<Applied>) {
        let Some(id) = self.slots[at as usize].id else {
            let after = self.slots[BOARD as usize].details(&Details::new(), log);
            if after != self.board.details {
                let before = Some(std::mem::replace(&mut self.board.details, after.clone()));
                applied.push(Applied::Board(Turn { before, after: Some(after) }));
            }
            return;
        };
        let shown = self.shown(at, log);
        let board = &mut self.board;
        macro_rules! show {
            ($($sort:ident in $map:ident),*) => {
                // Two lines under one id may make a thing of two sorts: it goes as one and comes as the other.
                match shown {
                    $(Some(Shown::$sort(after)) => match board.$map.get_mut(&id) {
                        Some(before) if *before == after => {}
                        Some(before) => {
                            let before = Some(std::mem::replace(before, after.clone()));
                            applied.push(Applied::$sort(Turn { before, after: Some(after) }));
                        }
                        None => {
                            forget(board, id, applied);
                            board.$map.insert(id, after.clone());
                            applied.push(Applied::$sort(Turn { before: None, after: Some(after) }));
                        }
                    })*
                    None => forget(board, id, applied),
                }
            };
        }
        show!(
            Note in notes, Arrow in arrows, Context in contexts, Lane in lanes,
            Requirement in requirements, Decision in decisions
        );
    }

    fn show_vote(&mut self, at: u32, who: &PersonId, log: &Log, applied: &mut Vec<Applied>) {
        let slot = &self.slots[at as usize];
        let Some(note) = slot.id else { return };
        let after = if self.is_note(at) { slot.vote(who, log) } else { None };
        let key = (note, who.clone());
        if self.board.votes.get(&key) != after.as_ref() {
            let before = match &after {
                Some(vote) => self.board.votes.insert(key, vote.clone()),
                None => self.board.votes.remove(&key),
            };
            applied.push(Applied::Vote(Turn { before, after }));
        }
    }
}

/// Takes a thing off the board, as whatever it was shown there.
fn forget(board: &mut Board, id: Id, applied: &mut Vec<Applied>) {
    let Some(sort) = board.thing(id) else { return };
    macro_rules! gone {
        ($sort:ident, $map:ident) => {
            Applied::$sort(Turn { before: board.$map.remove(&id), after: None })
        };
    }
    applied.push(match sort {
        Thing::Note => gone!(Note, notes),
        Thing::Arrow => gone!(Arrow, arrows),
        Thing::Context => gone!(Context, contexts),
        Thing::Lane => gone!(Lane, lanes),
        Thing::Requirement => gone!(Requirement, requirements),
        Thing::Decision => gone!(Decision, decisions),
        Thing::Board => return,
    });
}

impl Touched {
    fn add(&mut self, at: u32, write: Write, log: &Log) {
        match log.change(write) {
            Change::VoteCast { who, .. } => {
                let who = who.as_ref().unwrap_or(&log.line(write.line).entry.who);
                self.votes.insert((at, who.clone()));
            }
            _ => drop(self.slots.insert(at)),
        }
    }
}

/// First what goes, ends before what they end at; then what comes, in the other order.
fn rank(applied: &Applied) -> u8 {
    match applied {
        Applied::Vote(Turn { after: None, .. }) => 0,
        Applied::Arrow(Turn { after: None, .. }) => 1,
        Applied::Note(Turn { after: None, .. }) => 2,
        Applied::Context(Turn { after: None, .. })
        | Applied::Lane(Turn { after: None, .. })
        | Applied::Requirement(Turn { after: None, .. })
        | Applied::Decision(Turn { after: None, .. }) => 3,
        Applied::Board(_) => 4,
        Applied::Context(_) | Applied::Lane(_) | Applied::Requirement(_) | Applied::Decision(_) => 5,
        Applied::Note(_) => 6,
        Applied::Arrow(_) => 7,
        Applied::Vote(_) => 8,
    }
}

/// A whole board as if it had just come to be.
pub(super) fn retell(board: &Board) -> Vec<Applied> {
    fn came<T: Clone, K>(
        map: &BTreeMap<K, T>,
        as_applied: fn(Turn<T>) -> Applied,
    ) -> impl Iterator<Item = Applied> {
        map.values().map(move |thing| as_applied(Turn { before: None, after: Some(thing.clone()) }))
    }
    let details = Some(board.details.clone()).filter(|details| !details.is_empty());
    let own = details.map(|after| Applied::Board(Turn { before: None, after: Some(after) }));
    own.into_iter()
        .chain(came(&board.contexts, Applied::Context))
        .chain(came(&board.lanes, Applied::Lane))
        .chain(came(&board.requirements, Applied::Requirement))
        .chain(came(&board.decisions, Applied::Decision))
        .chain(came(&board.notes, Applied::Note))
        .chain(came(&board.arrows, Applied::Arrow))
        .chain(came(&board.votes, Applied::Vote))
        .collect()
}
