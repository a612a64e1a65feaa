//! The wall without cleverness, to hold the real one against: every write sorted, the last one wins.

use std::collections::{BTreeMap, BTreeSet};

use squall::model::limit::TIME_STEP_MAX;
use squall::model::{
    Applied, Arrow, Board, Change, Context, Id, Lane, Line, Note, PersonId, Point, Sentence, Size, Stamp,
    Thing, Vote, Wording,
};

/// One change, and what orders it.
type Write<'a> = (Stamp, String, &'a Line, u32, &'a Change);

/// What the lines say, whatever their order.
pub(crate) fn wall(lines: &[Line]) -> Board {
    let mut lines: Vec<&Line> = lines.iter().collect();
    lines.sort_by_key(|line| (line.entry.t, line.text.clone()));
    lines.dedup_by_key(|line| &line.text);
    let mut reached = 0;
    let reads = |line: &&&Line| {
        let is_near = line.entry.t <= reached + TIME_STEP_MAX;
        reached = line.entry.t;
        is_near
    };
    let read: Vec<&Line> = lines.iter().take_while(reads).copied().collect();
    let mut writes: Vec<Write<'_>> = Vec::new();
    for line in read {
        for (index, deed) in &line.entry.deeds {
            let text = serde_json::to_string(&deed.change).expect("a change is plain data");
            writes.push((line.entry.stamp(*index, deed), text, line, *index, &deed.change));
        }
    }
    writes.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let mut slow = Slow::default();
    writes.iter().for_each(|write| slow.write(write));
    slow.board(&writes)
}

#[derive(Default)]
struct Slow<'a> {
    made: BTreeMap<Id, Write<'a>>,
    removed: BTreeMap<Id, bool>,
    places: BTreeMap<Id, Point>,
    sizes: BTreeMap<Id, Size>,
    rects: BTreeMap<Id, squall::model::Rect>,
    rows: BTreeMap<Id, i32>,
    kinds: BTreeMap<Id, squall::model::NoteKind>,
    layers: BTreeMap<Id, i64>,
    hosts: BTreeMap<Id, (usize, Option<Id>)>,
    details: BTreeMap<(Option<Id>, String), serde_json::Value>,
    votes: BTreeMap<(Id, PersonId), Vote>,
    written: usize,
}

impl<'a> Slow<'a> {
    fn write(&mut self, write: &Write<'a>) {
        let (_, _, line, _, change) = write;
        self.written += 1;
        if let Some(id) = change.makes() {
            self.made.insert(id, write.clone());
            self.removed.insert(id, false);
            for (name, value) in change.makes_with().into_iter().flatten() {
                self.details.insert((Some(id), name.clone()), value.clone());
            }
        }
        match *change {
            Change::NotePlaced { id, kind, at, size, z, host, .. } => {
                self.kinds.insert(*id, *kind);
                self.places.insert(*id, *at);
                self.sizes.insert(*id, *size);
                self.layers.insert(*id, *z);
                self.hosts.insert(*id, (self.written, *host));
            }
            Change::NoteMoved { note, to } => drop(self.places.insert(*note, *to)),
            Change::NoteResized { note, size } => drop(self.sizes.insert(*note, *size)),
            Change::NoteRecast { note, kind } => drop(self.kinds.insert(*note, *kind)),
            Change::NoteStuck { note, host } => drop(self.hosts.insert(*note, (self.written, *host))),
            Change::NoteLayered { note, z } => drop(self.layers.insert(*note, *z)),
            Change::ContextFramed { id: context, rect, .. } | Change::ContextReshaped { context, rect } => {
                self.rects.insert(*context, *rect);
            }
            Change::LaneDrawn { id: lane, y, .. } | Change::LaneMoved { lane, y } => {
                self.rows.insert(*lane, *y);
            }
            Change::VoteCast { note, who, by, votes } => {
                let by = if who.is_some() { by } else { &line.entry.by }.clone();
                let who = who.as_ref().unwrap_or(&line.entry.who).clone();
                self.votes.insert((*note, who.clone()), Vote { note: *note, who, by, votes: *votes });
            }
            Change::DetailSet { of, field, value } => {
                self.details.insert((*of, field.clone()), value.clone());
            }
            Change::NoteRemoved { note: thing, .. } | Change::ThingRemoved { thing } => {
                self.removed.insert(*thing, true);
            }
            Change::ThingRestored { thing } => drop(self.removed.insert(*thing, false)),
            Change::NoteReworded { .. }
            | Change::NotesConnected { .. }
            | Change::RequirementWritten { .. }
            | Change::DecisionWritten { .. } => {}
        }
    }

    fn board(&self, writes: &[Write<'_>]) -> Board {
        let mut board = Board { id: "b".into(), ..Board::default() };
        board.details = self.details(None);
        for (id, (_, _, line, _, change)) in self.made.iter().filter(|(id, _)| !self.removed[id]) {
            let (id, details) = (*id, self.details(Some(*id)));
            match change {
                Change::NotePlaced { author, .. } => drop(board.notes.insert(
                    id,
                    Note {
                        id,
                        kind: self.kinds[&id],
                        wording: wording(id, writes),
                        at: self.places[&id],
                        size: self.sizes[&id],
                        z: self.layers[&id],
                        host: None,
                        author: if author.is_empty() { line.entry.by.clone() } else { author.clone() },
                        details,
                    },
                )),
                Change::NotesConnected { from, to, .. } => {
                    board.arrows.insert(id, Arrow { id, from: *from, to: *to, details });
                }
                Change::ContextFramed { frame, .. } => {
                    board.contexts.insert(id, Context { id, frame: *frame, rect: self.rects[&id], details });
                }
                Change::LaneDrawn { .. } => {
                    drop(board.lanes.insert(id, Lane { id, y: self.rows[&id], details }))
                }
                Change::RequirementWritten { .. } => {
                    drop(board.requirements.insert(id, Sentence { id, details }))
                }
                _ => drop(board.decisions.insert(id, Sentence { id, details })),
            }
        }
        let notes: BTreeSet<Id> = board.notes.keys().copied().collect();
        board.arrows.retain(|_, arrow| notes.contains(&arrow.from) && notes.contains(&arrow.to));
        let votes = self.votes.iter().filter(|((note, _), vote)| notes.contains(note) && vote.votes > 0);
        board.votes = votes.map(|(key, vote)| (key.clone(), vote.clone())).collect();
        let host = |note: Id| self.hosts.get(&note)?.1.filter(|host| notes.contains(host));
        for (id, note) in &mut board.notes {
            let chain: Vec<Id> =
                std::iter::successors(host(*id), |at| host(*at)).take(notes.len() + 1).collect();
            let around = chain.iter().position(|at| at == id).map(|end| &chain[..=end]);
            let is_latest =
                around.is_some_and(|loop_| loop_.iter().all(|at| self.hosts[at].0 <= self.hosts[id].0));
            note.host = host(*id).filter(|_| !is_latest);
        }
        board
    }

    fn details(&self, of: Option<Id>) -> squall::model::Details {
        let own = self.details.iter().filter(|((id, _), value)| *id == of && !value.is_null());
        own.map(|((_, name), value)| (name.clone(), value.clone())).collect()
    }
}

fn wording(note: Id, writes: &[Write<'_>]) -> Wording {
    let words = |(_, _, line, index, change): &Write<'_>| match change {
        Change::NotePlaced { id, wording, .. } if *id == note => {
            Some((line.entry.id.thing(*index), line.entry.t, wording.clone(), Vec::new()))
        }
        Change::NoteReworded { note: id, wording, over } if *id == note => {
            Some((line.entry.id.thing(*index), line.entry.t, wording.clone(), over.clone()))
        }
        _ => None,
    };
    let all: Vec<_> = writes.iter().filter_map(words).collect();
    let is_over = |id: Id, t: u64| all.iter().any(|(_, later, _, over)| *later > t && over.contains(&id));
    let alive = all.iter().rev().filter(|(id, t, _, _)| !is_over(*id, *t));
    Wording { values: alive.map(|(id, _, text, _)| (*id, text.clone())).collect() }
}

/// Puts what a history says of itself on a board.
pub(crate) fn tell(board: &mut Board, applied: Applied) {
    macro_rules! put {
        ($map:ident, $turn:expr, $key:expr) => {{
            let thing = $turn.before.as_ref().or($turn.after.as_ref()).expect("never two times nothing");
            let key = $key(thing);
            assert_eq!(board.$map.remove(&key), $turn.before);
            board.$map.extend($turn.after.map(|after| (key, after)));
        }};
    }
    match applied {
        Applied::Note(turn) => put!(notes, turn, |note: &Note| note.id),
        Applied::Arrow(turn) => {
            put!(arrows, turn, |arrow: &Arrow| arrow.id);
            let ends = board.arrows.values().flat_map(|arrow| [arrow.from, arrow.to]);
            ends.for_each(|end| assert_eq!(board.thing(end), Some(Thing::Note), "an arrow to nothing"));
        }
        Applied::Context(turn) => put!(contexts, turn, |context: &Context| context.id),
        Applied::Lane(turn) => put!(lanes, turn, |lane: &Lane| lane.id),
        Applied::Requirement(turn) => put!(requirements, turn, |sentence: &Sentence| sentence.id),
        Applied::Decision(turn) => put!(decisions, turn, |sentence: &Sentence| sentence.id),
        Applied::Vote(turn) => put!(votes, turn, |vote: &Vote| (vote.note, vote.who.clone())),
        Applied::Board(turn) => {
            assert_eq!(turn.before.unwrap_or_default(), board.details);
            board.details = turn.after.unwrap_or_default();
        }
    }
}
