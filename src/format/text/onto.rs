//! A changed text read onto the wall it was written from: what stayed keeps its id, author and place.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::super::{Mint, Reading, Remark};
use super::assemble::{assemble, plan, said_places};
use super::draft::{Draft, DraftArrow, DraftNote, DraftSentence};
use super::item::Names;
use super::line::Line;
use super::lines_with;
use super::pairing::{Pairing, Side, pair};
use super::resolve::{Former, Ground, resolve};
use super::write::{Written, write};
use crate::model::arrange::{Known, Places, arrange, place_beside};
use crate::model::{Board, Details, Frame, Id, Note, NoteKind, Point, Rect};
use crate::words::Said;

/// What a wall is once a text has its way: the same things where the text still tells them, with their ids, authors
/// and places, and beside them what is new. `stays` says that what the text does not tell will stay on the wall and
/// must not be covered.
///
/// A line that was changed in place is the same line, and a sticky reworded in it the same sticky; what still names it
/// by its former wording means it too. What a text cannot say stays as it was.
pub(in crate::format) fn read_onto(
    board: &Board,
    text: &str,
    stays: bool,
    mint: Mint<'_>,
) -> Result<Reading, Said> {
    let Written { text: before, notes, frames, lanes } = write(board, false);
    let (old_lines, _) = lines_with(&before, Names::default());
    let old = resolve(&old_lines, Ground::default());
    let ids: Vec<Option<Id>> = old
        .notes
        .iter()
        .map(|note| notes.get(&(note.frame, note.kind, note.wording.clone(), note.nth)).copied())
        .collect();
    let old_text = numbered(&before, &old_lines);
    let read = |former: Former| -> (Draft, Pairing, Option<Remark>) {
        let (lines, cut_off) = lines_with(text, former.names());
        let new_text = numbered(text, &lines);
        let draft = resolve(&lines, Ground { level: board.level(), former, ..Ground::default() });
        let sides = (Side { draft: &old, lines: &old_text }, Side { draft: &draft, lines: &new_text });
        let pairing = pair(sides.0, sides.1, &claims(&draft, &ids));
        (draft, pairing, cut_off)
    };
    // Read once to see what is called otherwise now, and once more with that in mind.
    let every = old.frames.iter().map(|frame| ((frame.frame, frame.name.clone(), frame.nth), None));
    let (first, pairing, _) = read(Former { frames: every.collect(), ..Former::default() });
    let (new, pairing, cut_off) = read(former(&old, &first, &pairing));
    let onto = Onto { board, old: &old, pairing: &pairing, ids: &ids, frames: &frames, lanes: &lanes };
    let mut reading = onto.finish(new, stays, mint);
    reading.remarks.extend(cut_off);
    Ok(reading)
}

/// Whether everything lies in the frame and the lane in which a text has it. Where frames lay across each other on the
/// wall, what is new may find no such place as long as all else keeps its own.
fn tells(draft: &Draft, places: &Places) -> bool {
    let smallest = |kind: Frame, center: Point| {
        let frames = draft.frames.iter().zip(&places.frames).enumerate();
        let held = frames.filter(|(_, (frame, rect))| frame.frame == kind && rect.holds(center));
        held.min_by_key(|(_, (_, rect))| rect.area()).map(|(at, _)| at)
    };
    let mut lanes: Vec<(i32, usize)> = places.lanes.iter().copied().zip(1..).collect();
    lanes.sort_unstable();
    let lane = |y: i32| lanes[..lanes.partition_point(|(top, _)| *top <= y)].last().map_or(0, |(_, at)| *at);
    let frames = draft.frames.iter().zip(&places.frames);
    let mut contexts = frames.filter(|(frame, _)| frame.frame == Frame::Context);
    let mut notes = draft.notes.iter().zip(&places.notes);
    contexts.all(|(frame, rect)| smallest(Frame::Subdomain, rect.center()) == frame.inside)
        && notes.all(|(note, at)| {
            let center = Rect { at: *at, size: note.size() }.center();
            let frame = smallest(Frame::Context, center).or_else(|| smallest(Frame::Subdomain, center));
            frame == note.frame && lane(center.y) == note.lane
        })
}

/// The lines of a text that say something, as they are compared.
fn numbered(text: &str, lines: &[Line]) -> Vec<(usize, String)> {
    let all: Vec<&str> = text.split('\n').collect();
    let composed = |number: usize| super::write::composed(all.get(number - 1).map_or("", |line| line.trim()));
    lines.iter().map(|line| (line.number, composed(line.number))).collect()
}

/// New notes that name an old one by its id.
fn claims(new: &Draft, ids: &[Option<Id>]) -> Vec<(usize, usize)> {
    let by_id: HashMap<Id, usize> =
        ids.iter().enumerate().filter_map(|(at, id)| Some(((*id)?, at))).collect();
    let notes = new.notes.iter().enumerate();
    notes.filter_map(|(at, note)| Some((at, *by_id.get(&note.id?)?))).collect()
}

/// What is called otherwise now, unless something else took over the name.
fn former(old: &Draft, new: &Draft, pairing: &Pairing) -> Former {
    let is_told =
        |note: &DraftNote| note.home.is_some_and(|line| line > 0 && !pairing.unchanged.contains(&line));
    let kept: HashSet<(NoteKind, &str)> = new
        .notes
        .iter()
        .zip(&pairing.notes)
        .filter(|(note, _)| is_told(note))
        .map(|(note, _)| (note.kind, note.wording.as_str()))
        .collect();
    let mut former = Former { unchanged: pairing.unchanged.clone(), ..Former::default() };
    for (note, was) in new.notes.iter().zip(&pairing.notes) {
        let Some(was) = was.map(|was| &old.notes[was]).filter(|was| was.kind == note.kind) else { continue };
        let name = (was.kind, was.wording.clone());
        if was.wording != note.wording && !kept.contains(&(name.0, name.1.as_str())) {
            former.wordings.insert(name, note.wording.clone());
        }
    }
    for (at, was) in pairing.frames.iter().enumerate() {
        let Some(was) = was.map(|was| &old.frames[was]) else { continue };
        if new.frame(was.frame, &was.name, was.nth).is_none() {
            former.frames.insert((was.frame, was.name.clone(), was.nth), Some(at));
        }
    }
    former
}

/// What a changed text is put onto.
struct Onto<'a> {
    board: &'a Board,
    old: &'a Draft,
    pairing: &'a Pairing,
    /// The things of the old text on the wall.
    ids: &'a [Option<Id>],
    frames: &'a [Id],
    lanes: &'a [Id],
}

impl Onto<'_> {
    fn finish(&self, mut new: Draft, stays: bool, mint: Mint<'_>) -> Reading {
        self.claim(&mut new);
        let plan = plan(&new);
        let beside = place_beside(&plan, &self.known(&new, stays));
        let lies_as_told = stays || tells(&new, &beside);
        let places = said_places(&new, if lies_as_told { beside } else { arrange(&plan) });
        let told = new.clone();
        let mut reading = assemble(new, &places, mint);
        reading.board.id = self.board.id.clone();
        self.keep(&told, &mut reading.board);
        reading
    }

    fn was(&self, new: usize) -> Option<(&DraftNote, &Note)> {
        let old = self.pairing.notes[new]?;
        Some((&self.old.notes[old], &self.board.notes[&self.ids[old]?]))
    }

    /// Gives what stayed the ids it had.
    fn claim(&self, new: &mut Draft) {
        for at in 0..new.notes.len() {
            let Some((_, note)) = self.was(at) else { continue };
            let draft = &mut new.notes[at];
            draft.id = Some(note.id);
            if draft.size.is_none() {
                let usual = note.kind.row().size;
                draft.size = Some(if note.size == usual { draft.kind.row().size } else { note.size });
            }
        }
        for (frame, was) in new.frames.iter_mut().zip(&self.pairing.frames) {
            frame.id = was.map(|was| self.frames[was]).or(frame.id);
        }
        for (lane, was) in new.lanes.iter_mut().zip(&self.pairing.lanes) {
            lane.id = was.map(|was| self.lanes[was]).or(lane.id);
        }
        let ids: Vec<Option<Id>> = new.notes.iter().map(|note| note.id).collect();
        let arrows: HashMap<(Id, Id), Id> =
            self.board.arrows.values().rev().map(|arrow| ((arrow.from, arrow.to), arrow.id)).collect();
        for arrow in &mut new.arrows {
            let ends = ids[arrow.from].zip(ids[arrow.to]);
            arrow.id = ends.and_then(|ends| arrows.get(&ends).copied()).or(arrow.id);
        }
        let requirements: Vec<Id> = self.board.requirements.keys().copied().collect();
        let decisions: Vec<Id> = self.board.decisions.keys().copied().collect();
        claim_sentences(&self.old.requirements, &mut new.requirements, &requirements);
        claim_sentences(&self.old.decisions, &mut new.decisions, &decisions);
    }

    /// What has its place already: what stayed in its frame and lane.
    fn known(&self, new: &Draft, stays: bool) -> Known {
        let frame_was = |frame: Option<usize>| match frame {
            Some(frame) => self.pairing.frames[frame].map(Some),
            None => Some(None),
        };
        let moved = |at: usize| {
            let Some(was) = self.pairing.frames[at].map(|was| &self.old.frames[was]) else { return true };
            frame_was(new.frames[at].inside) != Some(was.inside)
        };
        let moved: Vec<bool> = (0..new.frames.len()).map(moved).collect();
        let lane_was =
            |lane: usize| lane.checked_sub(1).map_or(Some(0), |at| self.pairing.lanes[at].map(|was| was + 1));
        let place = |(at, note): (usize, &DraftNote)| {
            let (draft, was) = self.was(at)?;
            let stayed = frame_was(note.frame) == Some(draft.frame)
                && lane_was(note.lane) == Some(draft.lane)
                && !note.frame.is_some_and(|frame| moved[frame]);
            stayed.then_some(was.at)
        };
        let frames = self.pairing.frames.iter().zip(&moved);
        let kept: HashSet<Id> = (0..new.notes.len()).filter_map(|at| Some(self.was(at)?.1.id)).collect();
        let rest = self.board.notes.values().filter(|note| stays && !kept.contains(&note.id));
        Known {
            notes: new.notes.iter().enumerate().map(place).collect(),
            frames: frames
                .map(|(was, moved)| {
                    was.filter(|_| !moved).map(|was| self.board.contexts[&self.frames[was]].rect)
                })
                .collect(),
            lanes: self
                .pairing
                .lanes
                .iter()
                .map(|was| was.map(|was| self.board.lanes[&self.lanes[was]].y))
                .collect(),
            others: rest.map(Note::rect).collect(),
            begin: None,
        }
    }

    /// Lets stay what the text says no otherwise than before, and what no text can say.
    fn keep(&self, new: &Draft, board: &mut Board) {
        board.details = kept(&self.board.details, &self.old.details, std::mem::take(&mut board.details));
        for (at, draft) in new.notes.iter().enumerate() {
            let (Some((old, was)), Some(id)) = (self.was(at), draft.id) else { continue };
            let Some(note) = board.notes.get_mut(&id) else { continue };
            let said = self.said(old);
            note.details = kept(&was.details, &said, std::mem::take(&mut note.details));
            if draft.wording == old.wording && draft.others.is_empty() {
                note.wording = was.wording.clone();
            }
            note.z = if draft.z == 0 { was.z } else { draft.z };
            if draft.author.is_empty() {
                note.author.clone_from(&was.author);
            }
        }
        for (frame, was) in new.frames.iter().zip(&self.pairing.frames) {
            let (Some(id), Some(was)) = (frame.id, was) else { continue };
            if let (Some(context), Some(before)) = (board.contexts.get_mut(&id), self.board.contexts.get(&id))
            {
                let said = &self.old.frames[*was].details;
                context.details = kept(&before.details, said, std::mem::take(&mut context.details));
            }
        }
        for (lane, was) in new.lanes.iter().zip(&self.pairing.lanes) {
            let (Some(id), Some(was)) = (lane.id, was) else { continue };
            if let (Some(lane), Some(before)) = (board.lanes.get_mut(&id), self.board.lanes.get(&id)) {
                let said = &self.old.lanes[*was].details;
                lane.details = kept(&before.details, said, std::mem::take(&mut lane.details));
            }
        }
        self.keep_arrows(board);
        for (sentences, before, old) in [
            (&mut board.requirements, &self.board.requirements, &self.old.requirements),
            (&mut board.decisions, &self.board.decisions, &self.old.decisions),
        ] {
            for (was, draft) in before.values().zip(old) {
                if let Some(sentence) = sentences.get_mut(&was.id) {
                    let mut said = draft.details.clone();
                    super::assemble::refer(&mut said, &draft.refs, &self.old_ids());
                    sentence.details = kept(&was.details, &said, std::mem::take(&mut sentence.details));
                }
            }
        }
        let votes = self.board.votes.iter().filter(|((note, _), _)| board.notes.contains_key(note));
        board.votes = votes.map(|(key, vote)| (key.clone(), vote.clone())).collect();
    }

    fn keep_arrows(&self, board: &mut Board) {
        let ids = self.old_ids();
        let said: HashMap<(Id, Id), &DraftArrow> =
            self.old.arrows.iter().map(|arrow| ((ids[arrow.from], ids[arrow.to]), arrow)).collect();
        let mut first: HashSet<(Id, Id)> = HashSet::new();
        for was in self.board.arrows.values() {
            let ends = (was.from, was.to);
            let is_said = said.contains_key(&ends) && first.insert(ends);
            match (board.arrows.get_mut(&was.id), said.get(&ends)) {
                (Some(arrow), Some(said)) => {
                    arrow.details = kept(&was.details, &said.details, std::mem::take(&mut arrow.details));
                }
                // An arrow that no text can tell stays as long as its ends do.
                (None, _)
                    if !is_said && [was.from, was.to].iter().all(|end| board.notes.contains_key(end)) =>
                {
                    board.arrows.insert(was.id, was.clone());
                }
                _ => {}
            }
        }
    }

    fn old_ids(&self) -> Vec<Id> {
        self.ids.iter().map(|id| id.unwrap_or(Id::HERE)).collect()
    }

    /// The details of an old note as the old text told them.
    fn said(&self, old: &DraftNote) -> Details {
        let mut said = old.details.clone();
        super::assemble::refer(&mut said, &old.refs, &self.old_ids());
        said
    }
}

/// Details after a text: what it says as before is as it was, and so is what it did not say before and does not now.
fn kept(was: &Details, said: &Details, now: Details) -> Details {
    let mut kept: Details = now
        .into_iter()
        .map(|(name, value)| {
            let same = said.get(&name) == Some(&value);
            let value = was.get(&name).filter(|_| same).cloned().unwrap_or(value);
            (name, value)
        })
        .collect();
    for (name, value) in was.iter().filter(|(name, _)| !said.contains_key(*name)) {
        kept.entry(name.clone()).or_insert_with(|| value.clone());
    }
    kept
}

/// Sentences are the same by their text, what is left of them by their order.
fn claim_sentences(old: &[DraftSentence], new: &mut [DraftSentence], ids: &[Id]) {
    let text = |sentence: &DraftSentence| {
        sentence.details.get("text").and_then(Value::as_str).unwrap_or("").to_owned()
    };
    let mut left: BTreeMap<usize, String> = old.iter().map(text).enumerate().take(ids.len()).collect();
    let claimed: HashSet<Id> = new.iter().filter_map(|sentence| sentence.id).collect();
    left.retain(|at, _| !claimed.contains(&ids[*at]));
    for sentence in new.iter_mut().filter(|sentence| sentence.id.is_none()) {
        let wanted = text(sentence);
        if let Some(at) = left.iter().find(|(_, text)| **text == wanted).map(|(at, _)| *at) {
            left.remove(&at);
            sentence.id = Some(ids[at]);
        }
    }
    for sentence in new.iter_mut().filter(|sentence| sentence.id.is_none()) {
        sentence.id = left.pop_first().map(|(at, _)| ids[at]);
    }
}
