//! From a draft to a board: ids and places for everything.

use std::collections::HashSet;

use serde_json::Value;

use super::super::{Mint, Reading, Remark};
use super::draft::{Draft, DraftNote};
use crate::model::arrange::{MARGIN, Places, Plan};
use crate::model::geometry::REACH;
use crate::model::{Arrow, Board, Context, Details, Id, Lane, Note, Point, Rect, Sentence, Size, Wording};
use crate::words::Said;

/// Gives each thing the id it claims, unless another has it already, or a new one.
struct Naming<'a> {
    mint: Mint<'a>,
    taken: HashSet<Id>,
    remarks: Vec<Remark>,
}

impl Naming<'_> {
    fn name(&mut self, claimed: Option<Id>) -> Id {
        if let Some(id) = claimed {
            if self.taken.insert(id) {
                return id;
            }
            self.remarks.push(Remark { line: None, said: Said::new("text-id-twice").with("id", id) });
        }
        loop {
            let id = (self.mint)();
            if self.taken.insert(id) {
                return id;
            }
        }
    }
}

/// The board that a draft tells, everything in these places.
pub(super) fn assemble(mut draft: Draft, places: &Places, mint: Mint<'_>) -> Reading {
    let mut naming = Naming { mint, taken: HashSet::new(), remarks: std::mem::take(&mut draft.remarks) };
    let mut board = Board { id: draft.id.unwrap_or_default(), details: draft.details, ..Board::default() };
    for (frame, rect) in draft.frames.into_iter().zip(&places.frames) {
        let id = naming.name(frame.id);
        board.contexts.insert(id, Context { id, frame: frame.frame, rect: *rect, details: frame.details });
    }
    for (lane, y) in draft.lanes.into_iter().zip(&places.lanes) {
        let id = naming.name(lane.id);
        board.lanes.insert(id, Lane { id, y: *y, details: lane.details });
    }
    let ids: Vec<Id> = draft.notes.iter().map(|note| naming.name(note.id)).collect();
    for (at, note) in draft.notes.into_iter().enumerate() {
        let note = finished(note, at, &ids, places);
        board.notes.insert(note.id, note);
    }
    for arrow in draft.arrows {
        let id = naming.name(arrow.id);
        board
            .arrows
            .insert(id, Arrow { id, from: ids[arrow.from], to: ids[arrow.to], details: arrow.details });
    }
    for (sentences, into) in
        [(draft.requirements, &mut board.requirements), (draft.decisions, &mut board.decisions)]
    {
        for sentence in sentences {
            let id = naming.name(sentence.id);
            let mut details = sentence.details;
            refer(&mut details, &sentence.refs, &ids);
            into.insert(id, Sentence { id, details });
        }
    }
    Reading { board, remarks: naming.remarks, ..Reading::default() }
}

fn finished(note: DraftNote, at: usize, ids: &[Id], places: &Places) -> Note {
    let mut details = note.details;
    refer(&mut details, &note.refs, ids);
    let wordings = std::iter::once(note.wording).chain(note.others);
    Note {
        id: ids[at],
        kind: note.kind,
        wording: Wording { values: wordings.map(|text| (ids[at], text)).collect() },
        at: places.notes[at],
        size: note.size.unwrap_or(note.kind.row().size),
        z: note.z,
        host: note.host.map(|host| ids[host]),
        author: note.author,
        details,
    }
}

/// Sets the details that name other things.
pub(super) fn refer(details: &mut Details, refs: &[(&'static str, Vec<usize>)], ids: &[Id]) {
    for (name, notes) in refs {
        let named = || notes.iter().map(|note| Value::from(ids[*note].to_string()));
        let one = *name == "compensates";
        let value = if one { named().next() } else { Some(Value::Array(named().collect())) };
        if let Some(value) = value {
            details.insert((*name).to_owned(), value);
        }
    }
}

/// The draft as something to be laid out.
pub(super) fn plan(draft: &Draft) -> Plan {
    Plan {
        sizes: draft.notes.iter().map(DraftNote::size).collect(),
        rows: draft.rows.clone(),
        frames: draft.frames.iter().map(|frame| frame.inside).collect(),
        lanes: draft.lanes.len(),
    }
}

/// The places that the text itself gives, and else these.
pub(super) fn said_places(draft: &Draft, mut places: Places) -> Places {
    for (note, place) in draft.notes.iter().zip(&mut places.notes) {
        *place = note.at.unwrap_or(*place);
    }
    for (lane, y) in draft.lanes.iter().zip(&mut places.lanes) {
        *y = lane.y.unwrap_or(*y);
    }
    for (frame, rect) in draft.frames.iter().zip(&mut places.frames) {
        *rect = Rect { at: frame.at.unwrap_or(rect.at), size: frame.size.unwrap_or(rect.size) };
    }
    for (note, at) in draft.notes.iter().zip(&places.notes).filter(|(note, _)| note.at.is_some()) {
        // A frame without a place of its own follows its notes to theirs.
        if let Some(frame) = note.frame.filter(|frame| draft.frames[*frame].at.is_none()) {
            let held = Rect { at: *at, size: note.size() }.grown(MARGIN);
            places.frames[frame] = places.frames[frame].union(held);
        }
    }
    for rect in &mut places.frames {
        rect.at = Point::new(clamped(rect.at.x), clamped(rect.at.y));
        rect.size = Size::new(rect.size.w.clamp(1, REACH), rect.size.h.clamp(1, REACH));
    }
    places
}

fn clamped(at: i32) -> i32 {
    at.clamp(-REACH, REACH)
}
