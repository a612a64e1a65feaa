//! Arrows: drawn and taken away.

use super::draft::Draft;
use super::{NewArrow, Rejection, detail, refuse};
use crate::model::limit::ARROWS_MAX;
use crate::model::{Change, Id, Thing};

pub(super) fn connect(draft: &mut Draft<'_>, arrow: &NewArrow) -> Result<(), Rejection> {
    let from = draft.find(arrow.from, Thing::Note)?;
    let to = draft.find(arrow.to, Thing::Note)?;
    if from == to {
        return Err(refuse::arrow_to_itself());
    }
    if !draft.arrows_between(from, to).is_empty() {
        return Err(refuse::arrow_twice());
    }
    if draft.arrows.len() >= ARROWS_MAX {
        return Err(refuse::too_many(Thing::Arrow));
    }
    let details = detail::all(Thing::Arrow, &arrow.details)?;
    let id = draft.next_id();
    draft.happen(Change::NotesConnected { id, from, to, details });
    Ok(())
}

pub(super) fn disconnect(draft: &mut Draft<'_>, from: Id, to: Id) -> Result<(), Rejection> {
    let (from, to) = (draft.find(from, Thing::Note)?, draft.find(to, Thing::Note)?);
    let arrows = draft.arrows_between(from, to);
    if arrows.is_empty() {
        return Err(refuse::no_arrow());
    }
    arrows.into_iter().for_each(|thing| draft.happen(Change::ThingRemoved { thing }));
    Ok(())
}
