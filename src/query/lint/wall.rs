//! What only the wall as a whole tells.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::at::Wall;
use super::finding::{Finds, Fix, Found};
use super::wording::shown;
use crate::model::grammar::{folded, synonym_word};
use crate::model::thing::text_of;
use crate::model::{Context, Frame, Id, NoteKind};
use crate::words::Said;

/// From so many events on a wall has a question and a chapter.
const EVENTS_MIN: usize = 15;
/// From so many commands on one aggregate that takes all is one too few.
const COMMANDS_MIN: usize = 5;
/// A chain of calls over so many contexts is long.
const CONTEXTS_MIN: usize = 3;

fn has_many_events(wall: &Wall<'_>) -> bool {
    wall.projection.space.spots().iter().filter(|spot| spot.kind == NoteKind::DomainEvent).count()
        >= EVENTS_MIN
}

fn has(wall: &Wall<'_>, kind: NoteKind) -> bool {
    wall.projection.space.spots().iter().any(|spot| spot.kind == kind)
}

pub(super) fn no_hotspot(wall: &Wall<'_>) -> Finds {
    let is_found = has_many_events(wall) && !has(wall, NoteKind::Hotspot);
    is_found.then(|| (None, Found::default())).into_iter().collect()
}

pub(super) fn no_pivot(wall: &Wall<'_>) -> Finds {
    let is_found = has_many_events(wall) && wall.projection.timeline.pivots().next().is_none();
    is_found.then(|| (None, Found::default())).into_iter().collect()
}

/// One aggregate, by name, that takes every command of a wall that has enough of them.
pub(super) fn one_takes_all(wall: &Wall<'_>) -> Finds {
    let tiles = |kind| wall.projection.space.iter().filter(move |tile| tile.kind == kind);
    let (mut takers, mut commands) = (BTreeSet::new(), BTreeSet::new());
    for taker in tiles(NoteKind::Aggregate) {
        let orders = wall.before(taker.id).filter(|(_, note)| note.kind == NoteKind::Command);
        let before = commands.len();
        commands.extend(orders.map(|(_, note)| note.id));
        takers.extend((commands.len() > before).then_some(taker.id));
    }
    let takers = || takers.iter().filter_map(|id| wall.note(*id));
    let Some(taker) = takers().next().filter(|first| takers().all(|it| it.text() == first.text())) else {
        return Vec::new();
    };
    let is_found = commands.len() >= COMMANDS_MIN && commands.len() == tiles(NoteKind::Command).count();
    let found = Found::default().with("text", shown(taker.text())).with("count", commands.len());
    is_found.then(|| (Some(taker.id), found.beside(commands))).into_iter().collect()
}

fn contexts<'a>(wall: &Wall<'a>) -> impl Iterator<Item = &'a Context> {
    wall.board.contexts.values().filter(|context| context.frame == Frame::Context)
}

pub(super) fn hollow_context(wall: &Wall<'_>) -> Finds {
    let is_core = |kind| matches!(kind, NoteKind::DomainEvent | NoteKind::Aggregate);
    let core = wall.projection.space.spots().iter().filter(|spot| is_core(spot.kind));
    let full: BTreeSet<Id> =
        core.filter_map(|spot| wall.projection.frames.context_at(spot.rect.center())).collect();
    let is_hollow = |context: &&Context| !full.contains(&context.id);
    let found = |context: &Context| (Some(context.id), Found::default().with("name", shown(context.name())));
    contexts(wall).filter(is_hollow).map(found).collect()
}

pub(super) fn same_name(wall: &Wall<'_>) -> Finds {
    let mut named: BTreeMap<Vec<String>, Id> = BTreeMap::new();
    let mut finds = Finds::new();
    for context in contexts(wall).filter(|context| !context.name().trim().is_empty()) {
        let first = *named.entry(folded(context.name())).or_insert(context.id);
        if first != context.id {
            let found = Found::default().with("name", shown(context.name())).beside([first]);
            finds.push((Some(context.id), found));
        }
    }
    finds
}

/// Nouns that stand in several contexts and are not told apart in each of them.
pub(super) fn homonyms(wall: &Wall<'_>) -> Finds {
    let find = |notes: &BTreeMap<Id, Id>| {
        let is_told =
            |id: &Id| wall.note(*id).is_some_and(|it| !text_of(&it.details, "definition").is_empty());
        let homes: BTreeSet<Id> = notes.values().copied().collect();
        let told: BTreeSet<Id> = notes.iter().filter(|(id, _)| is_told(id)).map(|(_, home)| *home).collect();
        let first =
            wall.note(*notes.keys().next()?).filter(|_| homes.len() > 1 && told.len() < homes.len())?;
        let found = Found::default().with("text", shown(first.text())).with("count", homes.len());
        Some((Some(first.id), found.beside(notes.keys().copied().skip(1))))
    };
    wall.terms.nouns().filter_map(find).collect()
}

/// Words of one meaning that stand on one wall.
pub(super) fn two_words(wall: &Wall<'_>) -> Finds {
    let mut finds = Finds::new();
    for words in wall.terms.rivals() {
        let most = words.iter().max_by_key(|(word, notes)| (notes.len(), std::cmp::Reverse(**word)));
        let Some((usual, there)) = most else { continue };
        for (rare, here) in words.iter().filter(|(word, _)| word != usual) {
            let (Some(first), Some(other)) = (here.first(), there.first()) else { continue };
            let (rare, usual) = (synonym_word(**rare), synonym_word(**usual));
            let ask = Said::new("lint-ask-word").with("text", rare).with("other", usual);
            let found = Found::default().with("text", rare).with("other", usual).beside([*other]);
            finds.push((Some(*first), found.mended(Some(Fix::Ask(ask)))));
        }
    }
    finds
}

pub(super) fn unmet(wall: &Wall<'_>) -> Finds {
    let is_unmet = |it: &&crate::model::Sentence| !it.met_by().any(|note| wall.note(note).is_some());
    let found = |it: &crate::model::Sentence| (Some(it.id), Found::default().with("text", shown(it.text())));
    wall.board.requirements.values().filter(is_unmet).map(found).collect()
}

/// Chains of contexts that wait for each other, told from where nobody waits; where they wait in a ring, from one of it.
pub(super) fn long_calls(wall: &Wall<'_>) -> Finds {
    let calls = wall.calls.between_contexts();
    let called: BTreeSet<Id> = calls.values().flatten().copied().collect();
    let mut starts: Vec<Id> = calls.keys().copied().filter(|start| !called.contains(start)).collect();
    if starts.is_empty() {
        starts.extend(calls.keys().next());
    }
    let find = |start: Id| {
        let chain = deepest(start, &calls);
        let names: Vec<String> = chain.iter().map(|id| name(wall, *id)).collect();
        let found = Found::default().with("names", names.join(" → ")).with("count", chain.len());
        (chain.len() >= CONTEXTS_MIN).then(|| (Some(start), found.beside(chain.into_iter().skip(1))))
    };
    starts.into_iter().filter_map(find).collect()
}

fn name(wall: &Wall<'_>, context: Id) -> String {
    wall.board.contexts.get(&context).map(|it| shown(it.name()).into_string()).unwrap_or_default()
}

/// The way from a context to one of those that are farthest from it, each reached by its shortest way.
fn deepest(start: Id, calls: &BTreeMap<Id, BTreeSet<Id>>) -> Vec<Id> {
    let mut came_from: BTreeMap<Id, Id> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    let mut last = start;
    while let Some(here) = open.pop_front() {
        last = here;
        for next in calls.get(&here).into_iter().flatten().filter(|next| **next != start) {
            if let Entry::Vacant(place) = came_from.entry(*next) {
                place.insert(here);
                open.push_back(*next);
            }
        }
    }
    let back = std::iter::successors(Some(last), |id| came_from.get(id).copied());
    let mut chain: Vec<Id> = back.collect();
    chain.reverse();
    chain
}
