//! A board read onto a wall: which of its things are there already, where their ids cannot say so.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::read;
use crate::format::{Mint, Reading};
use crate::model::text::tidied;
use crate::model::{Board, Id, Note, Thing};
use crate::words::Said;

/// Reads a board that is to be put onto a wall. What the file does not name by an id of squall's is what is the same
/// on the wall, where there is such a thing.
pub(in crate::format) fn read_onto(
    wall: &Board,
    text: &str,
    _: bool,
    mint: Mint<'_>,
) -> Result<Reading, Said> {
    let mut minted = Vec::new();
    let reading = read(text, &mut || {
        minted.push(mint());
        minted[minted.len() - 1]
    })?;
    let fresh: BTreeSet<Id> = minted.iter().copied().collect();
    let twins = twins(wall, &reading.board, |id| fresh.contains(&id));
    let mut ids = minted.into_iter().map(|id| twins.get(&id).copied().unwrap_or(id));
    read(text, &mut || ids.next().unwrap_or_else(&mut *mint))
}

/// For each new id of `read` the id of the thing on `wall` that is the same: a note of the same kind and wording at the
/// same place or in the same context, a frame or lane of the same name, a sentence of the same text, an arrow between
/// the same notes. Nothing on the wall is the twin of two.
fn twins(wall: &Board, read: &Board, is_new: impl Fn(Id) -> bool) -> BTreeMap<Id, Id> {
    let mut twins = Twins { read, is_new, found: BTreeMap::new(), taken: BTreeSet::new() };
    let at = |note: &Note| (note.kind, tidied(note.text()), note.at);
    twins.pair(each(&wall.notes, at), each(&read.notes, at));
    let within = |board: &Board, note: &Note| (note.kind, tidied(note.text()), context(board, note));
    twins.pair(each(&wall.notes, |it| within(wall, it)), each(&read.notes, |it| within(read, it)));
    twins.pair(
        each(&wall.contexts, |it| (it.frame, tidied(it.name()))),
        each(&read.contexts, |it| (it.frame, tidied(it.name()))),
    );
    twins.pair(each(&wall.lanes, |it| tidied(it.name())), each(&read.lanes, |it| tidied(it.name())));
    let sentences = |board: &Board| {
        let mut all = each(&board.requirements, |it| (Thing::Requirement, tidied(it.text())));
        all.extend(each(&board.decisions, |it| (Thing::Decision, tidied(it.text()))));
        all
    };
    twins.pair(sentences(wall), sentences(read));
    let on_wall = |id: Id| twins.found.get(&id).copied().unwrap_or(id);
    let joined = each(&read.arrows, |it| (on_wall(it.from), on_wall(it.to)));
    twins.pair(each(&wall.arrows, |it| (it.from, it.to)), joined);
    twins.found
}

struct Twins<'a, F> {
    read: &'a Board,
    is_new: F,
    found: BTreeMap<Id, Id>,
    taken: BTreeSet<Id>,
}

fn each<T, K>(things: &BTreeMap<Id, T>, key: impl Fn(&T) -> K) -> Vec<(Id, K)> {
    things.iter().map(|(id, thing)| (*id, key(thing))).collect()
}

/// The name of the smallest frame around a note.
fn context(board: &Board, note: &Note) -> String {
    let around = board.contexts.values().filter(|context| context.rect.holds(note.at));
    around.min_by_key(|context| context.rect.area()).map_or_else(String::new, |it| tidied(it.name()))
}

impl<F: Fn(Id) -> bool> Twins<'_, F> {
    /// Pairs what has the same key, in order.
    fn pair<K: Ord>(&mut self, old: Vec<(Id, K)>, new: Vec<(Id, K)>) {
        let is_named = |id: Id| self.read.thing(id).is_some() || self.read.arrows.contains_key(&id);
        let mut free: BTreeMap<K, VecDeque<Id>> = BTreeMap::new();
        for (id, key) in old.into_iter().filter(|(id, _)| !self.taken.contains(id) && !is_named(*id)) {
            free.entry(key).or_default().push_back(id);
        }
        for (id, key) in new {
            let is_open = (self.is_new)(id) && !self.found.contains_key(&id);
            if let Some(twin) = free.get_mut(&key).filter(|_| is_open).and_then(VecDeque::pop_front) {
                self.found.insert(id, twin);
                self.taken.insert(twin);
            }
        }
    }
}
