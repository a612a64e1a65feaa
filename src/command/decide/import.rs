//! A whole board put on the wall, ids kept.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::{Rejection, detail, note, refuse, text};
use crate::model::limit::{
    ARROWS_MAX, CONTEXTS_MAX, NAME_CHARS_MAX, NOTES_MAX, ROWS_MAX, VOTES_MAX, WORDING_CHARS_MAX,
};
use crate::model::text::tidied;
use crate::model::{Arrow, Board, Change, Context, Details, Id, Note, Point, Sentence, Thing, Vote, Wording};

/// Everything of a board, in an order in which nothing names what is not there yet but hosts, which are looked at
/// when all notes are there.
pub(super) fn import(draft: &mut Draft<'_>, board: &Board) -> Result<(), Rejection> {
    within_limits(draft, board)?;
    board.notes.values().try_for_each(|note| place(draft, note))?;
    for note in board.notes.values() {
        note.host.map(|host| draft.find(host, Thing::Note)).transpose()?;
        if note.host == Some(note.id) {
            return Err(refuse::stuck_on_itself());
        }
    }
    if !board.loops().is_empty() {
        return Err(refuse::stuck_in_a_loop());
    }
    let mut pairs = BTreeSet::new();
    board.arrows.values().try_for_each(|arrow| connect(draft, arrow, &mut pairs))?;
    board.contexts.values().try_for_each(|context| frame(draft, context))?;
    for lane in board.lanes.values() {
        note::on_wall(Point::new(0, lane.y))?;
        let (id, details) = (new_id(draft, lane.id)?, kept(Thing::Lane, &lane.details)?);
        draft.happen(Change::LaneDrawn { id, y: lane.y, details });
    }
    for Sentence { id, details } in board.requirements.values() {
        let (id, details) = (new_id(draft, *id)?, kept(Thing::Requirement, details)?);
        draft.happen(Change::RequirementWritten { id, details });
    }
    for Sentence { id, details } in board.decisions.values() {
        let (id, details) = (new_id(draft, *id)?, kept(Thing::Decision, details)?);
        draft.happen(Change::DecisionWritten { id, details });
    }
    board.votes.values().try_for_each(|vote| cast(draft, vote))?;
    for (field, value) in kept(Thing::Board, &board.details)? {
        if draft.details(None).and_then(|details| details.get(&field)) != Some(&value) {
            draft.happen(Change::DetailSet { of: None, field, value });
        }
    }
    Ok(())
}

fn within_limits(draft: &Draft<'_>, board: &Board) -> Result<(), Rejection> {
    let counts = [
        (Thing::Note, draft.notes.len() + board.notes.len(), NOTES_MAX),
        (Thing::Arrow, draft.arrows.len() + board.arrows.len(), ARROWS_MAX),
        (Thing::Context, draft.contexts.len() + board.contexts.len(), CONTEXTS_MAX),
        (Thing::Lane, draft.lanes.len() + board.lanes.len(), ROWS_MAX),
        (Thing::Requirement, draft.requirements.len() + board.requirements.len(), ROWS_MAX),
        (Thing::Decision, draft.decisions.len() + board.decisions.len(), ROWS_MAX),
    ];
    let over = counts.into_iter().find(|(_, count, max)| count > max);
    over.map_or(Ok(()), |(thing, ..)| Err(refuse::too_many(thing)))
}

/// An id that names nothing yet.
fn new_id(draft: &Draft<'_>, id: Id) -> Result<Id, Rejection> {
    let is_taken = draft.thing(id).is_some() || draft.arrows.get(id).is_some();
    if is_taken { Err(refuse::id_taken(id)) } else { Ok(id) }
}

/// Details as they came: what a board held once it can hold again.
fn kept(thing: Thing, details: &Details) -> Result<Details, Rejection> {
    let known = details.iter().filter(|(_, value)| !value.is_null());
    known.map(|(name, value)| Ok((name.clone(), detail::bounded(thing, name, value)?))).collect()
}

/// A note with all its wordings: the shown one is written last, so that it stays the one that is shown.
fn place(draft: &mut Draft<'_>, note: &Note) -> Result<(), Rejection> {
    let id = new_id(draft, note.id)?;
    if !note.rect().on_wall() {
        return Err(refuse::off_wall());
    }
    let length = note.author.chars().count();
    if length > NAME_CHARS_MAX {
        return Err(refuse::text_too_long("author", length, NAME_CHARS_MAX));
    }
    let mut wordings = alternatives(&note.wording)?.into_iter().rev();
    let change = Change::NotePlaced {
        id,
        kind: note.kind,
        wording: wordings.next().unwrap_or_default(),
        at: note.at,
        size: note.size,
        z: note.z,
        host: note.host,
        author: text::tidied_line(&note.author),
        details: kept(Thing::Note, &note.details)?,
    };
    draft.happen(change);
    wordings.for_each(|wording| draft.happen(Change::NoteReworded { note: id, wording, over: Vec::new() }));
    Ok(())
}

/// All wordings of a note, tidied, none twice; a note that says nothing says that.
fn alternatives(wording: &Wording) -> Result<Vec<String>, Rejection> {
    let mut texts: Vec<String> = Vec::new();
    for text in wording.alternatives().into_iter().map(tidied) {
        let length = text.chars().count();
        if length > WORDING_CHARS_MAX {
            return Err(refuse::wording_too_long(length));
        }
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    Ok(texts)
}

/// An arrow between notes of the board or of the wall.
fn connect(draft: &mut Draft<'_>, arrow: &Arrow, pairs: &mut BTreeSet<(Id, Id)>) -> Result<(), Rejection> {
    let id = new_id(draft, arrow.id)?;
    let (from, to) = (draft.find(arrow.from, Thing::Note)?, draft.find(arrow.to, Thing::Note)?);
    if from == to {
        return Err(refuse::arrow_to_itself());
    }
    let was_there = |id: Id| draft.board.notes.contains_key(&id);
    let on_wall = was_there(from) && was_there(to) && !draft.arrows_between(from, to).is_empty();
    if on_wall || !pairs.insert((from, to)) {
        return Err(refuse::arrow_twice());
    }
    let details = kept(Thing::Arrow, &arrow.details)?;
    draft.happen(Change::NotesConnected { id, from, to, details });
    Ok(())
}

fn frame(draft: &mut Draft<'_>, context: &Context) -> Result<(), Rejection> {
    let id = new_id(draft, context.id)?;
    if !context.rect.on_wall() {
        return Err(refuse::off_wall());
    }
    let (frame, rect, details) = (context.frame, context.rect, kept(Thing::Context, &context.details)?);
    draft.happen(Change::ContextFramed { id, frame, rect, details });
    Ok(())
}

fn cast(draft: &mut Draft<'_>, vote: &Vote) -> Result<(), Rejection> {
    let note = draft.find(vote.note, Thing::Note)?;
    if vote.votes > VOTES_MAX {
        return Err(refuse::too_many_votes());
    }
    for (field, name) in [("who", &vote.who.0), ("by", &vote.by)] {
        let length = name.chars().count();
        if length > NAME_CHARS_MAX {
            return Err(refuse::text_too_long(field, length, NAME_CHARS_MAX));
        }
    }
    draft.happen(Change::VoteCast {
        note,
        who: Some(vote.who.clone()),
        by: text::tidied_line(&vote.by),
        votes: vote.votes,
    });
    Ok(())
}
