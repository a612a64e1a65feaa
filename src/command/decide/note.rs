//! Notes: placed, moved, worded, cast, stuck, layered, set aside, removed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::draft::Draft;
use super::{NewNote, Rejection, detail, frame, refuse, text};
use crate::model::limit::NOTES_MAX;
use crate::model::{Change, Id, Note, NoteKind, Point, Rect, Size, Thing};

pub(super) fn place(draft: &mut Draft<'_>, notes: &[NewNote]) -> Result<(), Rejection> {
    for note in notes {
        let host = note.host.map(|host| draft.find(host, Thing::Note)).transpose()?;
        if host.is_some() && !note.kind.sticks() {
            return Err(refuse::does_not_stick());
        }
        if draft.notes.len() >= NOTES_MAX {
            return Err(refuse::too_many(Thing::Note));
        }
        let size = note.size.unwrap_or(note.kind.row().size);
        let at = match (note.at, host.and_then(|host| draft.notes.get(host))) {
            (Some(at), _) => at,
            (None, Some(host)) => below(draft, host, size),
            (None, None) => draft.next_place(size),
        };
        let rect = Rect { at, size };
        if !rect.on_wall() {
            return Err(refuse::off_wall());
        }
        let highest = draft.standing_in(rect).map(|other| other.z.saturating_add(1)).max().unwrap_or(0);
        let change = Change::NotePlaced {
            id: draft.next_id(),
            kind: note.kind,
            wording: text::wording(&note.wording)?,
            at,
            size,
            z: highest.max(0),
            host,
            author: String::new(),
            details: detail::all(Thing::Note, &note.details)?,
        };
        draft.happen(change);
    }
    Ok(())
}

/// Below the host, under what hangs there already.
fn below(draft: &Draft<'_>, host: &Note, size: Size) -> Point {
    let mut rect = Rect { at: Point::new(host.at.x, host.rect().bottom()), size };
    while let Some(bottom) = draft.standing_in(rect).map(|other| other.rect().bottom()).max() {
        rect.at.y = bottom;
    }
    rect.at
}

/// Moves things with all that hangs on them and lies in them.
pub(super) fn move_all(draft: &mut Draft<'_>, things: &[Id], by: Point) -> Result<(), Rejection> {
    let (mut notes, mut frames, mut lanes) = (Vec::new(), Vec::new(), Vec::new());
    for id in things {
        let id = draft.resolve(*id)?;
        match draft.thing(id) {
            Some(Thing::Note) => notes.push(id),
            Some(Thing::Context) => frames.push(id),
            Some(Thing::Lane) => lanes.push(id),
            Some(other) => return Err(refuse::cannot_move(other)),
            None => return Err(refuse::unknown(id)),
        }
    }
    let frames = frame::with_inner(draft, &frames);
    notes.extend(frame::notes_in(draft, &frames));
    if things.is_empty() {
        return Err(refuse::nothing_named());
    }
    if by == Point::default() {
        return Ok(());
    }
    for note in draft.with_stuck(notes) {
        let to = draft.note(note)?.at.shifted(by);
        on_wall(to)?;
        draft.happen(Change::NoteMoved { note, to });
    }
    frame::shift(draft, &frames, by)?;
    frame::shift_lanes(draft, &lanes, by.y)
}

pub(super) fn on_wall(place: Point) -> Result<(), Rejection> {
    if place.on_wall() { Ok(()) } else { Err(refuse::off_wall()) }
}

pub(super) fn resize(draft: &mut Draft<'_>, note: Id, size: Size) -> Result<(), Rejection> {
    let note = draft.note(note)?;
    if !size.on_wall() {
        return Err(refuse::off_wall());
    }
    if note.size != size {
        let note = note.id;
        draft.happen(Change::NoteResized { note, size });
    }
    Ok(())
}

/// The new wording takes the place of the one that is shown; others that nobody has settled stay.
pub(super) fn reword(draft: &mut Draft<'_>, note: Id, wording: &str) -> Result<(), Rejection> {
    let wording = text::wording(wording)?;
    let note = draft.note(note)?;
    if note.text() != wording {
        let over = note.wording.values.first().map(|(id, _)| *id).into_iter().collect();
        let note = note.id;
        draft.word(note, wording, over);
    }
    Ok(())
}

pub(super) fn settle(draft: &mut Draft<'_>, note: Id, choice: usize) -> Result<(), Rejection> {
    let note = draft.note(note)?;
    let alternatives = note.wording.alternatives();
    let Some(wording) = alternatives.get(choice) else {
        return Err(refuse::no_alternative(alternatives.len()));
    };
    if note.wording.values.len() > 1 {
        let wording = (*wording).to_owned();
        let (note, over) = (note.id, seen(note));
        draft.word(note, wording, over);
    }
    Ok(())
}

/// The wordings a note has now.
fn seen(note: &Note) -> Vec<Id> {
    note.wording.values.iter().map(|(id, _)| *id).collect()
}

/// A note of its kind's usual size takes the usual size of the new kind; one that may not stick there is taken off.
pub(super) fn recast(draft: &mut Draft<'_>, notes: &[Id], kind: NoteKind) -> Result<(), Rejection> {
    for note in draft.find_notes(notes)? {
        let was = draft.note(note)?;
        if was.kind == kind {
            continue;
        }
        let usual = kind.row().size;
        let size = (was.size == was.kind.row().size && was.size != usual).then_some(usual);
        let comes_off = was.host.is_some() && !kind.sticks();
        draft.happen(Change::NoteRecast { note, kind });
        if let Some(size) = size {
            draft.happen(Change::NoteResized { note, size });
        }
        if comes_off {
            draft.happen(Change::NoteStuck { note, host: None });
        }
    }
    Ok(())
}

pub(super) fn stick(draft: &mut Draft<'_>, note: Id, host: Option<Id>) -> Result<(), Rejection> {
    let host = host.map(|host| draft.find(host, Thing::Note)).transpose()?;
    let note = draft.note(note)?;
    if host.is_some() && !note.kind.sticks() {
        return Err(refuse::does_not_stick());
    }
    let (id, before) = (note.id, note.host);
    no_loop(draft, id, host)?;
    if before != host {
        draft.happen(Change::NoteStuck { note: id, host });
    }
    Ok(())
}

/// Whether a note may hang there: neither on itself nor on what hangs on it.
fn no_loop(draft: &Draft<'_>, note: Id, host: Option<Id>) -> Result<(), Rejection> {
    if host == Some(note) {
        return Err(refuse::stuck_on_itself());
    }
    let mut above = host;
    for _ in 0..draft.notes.len() {
        match above {
            None => return Ok(()),
            Some(host) if host == note => return Err(refuse::stuck_in_a_loop()),
            Some(host) => above = draft.notes.get(host).and_then(|host| host.host),
        }
    }
    if above.is_none() { Ok(()) } else { Err(refuse::stuck_in_a_loop()) }
}

/// Raises or lowers notes with all that is stuck on them; among themselves they lie as before.
pub(super) fn layer(draft: &mut Draft<'_>, notes: &[Id], up: bool) -> Result<(), Rejection> {
    let notes: BTreeSet<Id> = draft.with_stuck(draft.find_notes(notes)?).into_iter().collect();
    let mut moving: BTreeMap<(i64, Id), Id> = BTreeMap::new();
    for note in &notes {
        moving.insert((draft.note(*note)?.z, *note), *note);
    }
    let others = || draft.notes.iter().filter(|note| !notes.contains(&note.id)).map(|note| note.z);
    let (lowest, highest) = (others().min(), others().max());
    let count = i64::try_from(moving.len()).unwrap_or(i64::MAX);
    let (Some(lowest), Some(highest)) = (lowest, highest) else { return Ok(()) };
    let is_there = |(z, _): &(i64, Id)| if up { *z > highest } else { *z < lowest };
    if moving.keys().all(is_there) {
        return Ok(());
    }
    let first = if up { highest.saturating_add(1) } else { lowest.saturating_sub(count) };
    for ((_, note), place) in moving.into_iter().zip(0_i64..) {
        draft.happen(Change::NoteLayered { note, z: first.saturating_add(place) });
    }
    Ok(())
}

pub(super) fn set_aside(draft: &mut Draft<'_>, notes: &[Id], reason: Option<&str>) -> Result<(), Rejection> {
    let reason = reason.map(|reason| text::line("aside", reason, refuse::no_reason)).transpose()?;
    for note in draft.find_notes(notes)? {
        if draft.note(note)?.aside() != reason.as_deref() {
            let value = reason.clone().map_or(Value::Null, Value::String);
            draft.happen(Change::DetailSet { of: Some(note), field: "aside".to_owned(), value });
        }
    }
    Ok(())
}

/// Takes things away. The arrows of a note stay in the log, unseen, and come back with it.
pub(super) fn remove(draft: &mut Draft<'_>, things: &[Id]) -> Result<(), Rejection> {
    let mut gone: BTreeMap<Id, Change> = BTreeMap::new();
    for id in things {
        let id = draft.resolve(*id)?;
        let change = match draft.thing(id) {
            Some(Thing::Note) => Change::NoteRemoved { note: id, saw: seen(draft.note(id)?) },
            Some(_) => Change::ThingRemoved { thing: id },
            None => return Err(refuse::unknown(id)),
        };
        gone.insert(id, change);
    }
    if gone.is_empty() {
        return Err(refuse::nothing_named());
    }
    gone.into_values().for_each(|change| draft.happen(change));
    Ok(())
}

pub(super) fn vote(draft: &mut Draft<'_>, note: Id, votes: u32) -> Result<(), Rejection> {
    let note = draft.find(note, Thing::Note)?;
    if votes > crate::model::limit::VOTES_MAX {
        return Err(refuse::too_many_votes());
    }
    let has_any = draft.board.votes.keys().any(|(voted, _)| *voted == note);
    if votes > 0 || has_any {
        draft.happen(Change::VoteCast { note, who: None, by: String::new(), votes });
    }
    Ok(())
}
