//! Contexts, subdomains and lanes: drawn, moved, reshaped; and what lies in them.

use super::draft::Draft;
use super::{Area, Rejection, detail, note, refuse, text};
use crate::model::limit::{CONTEXTS_MAX, ROWS_MAX};
use crate::model::{Change, Details, Frame, Id, Point, Rect, Thing};

/// Cells a frame leaves on every side of what it is drawn around.
const MARGIN: i32 = 2;

pub(super) fn draw(
    draft: &mut Draft<'_>,
    frame: Frame,
    area: &Area,
    details: &Details,
) -> Result<(), Rejection> {
    let rect = match area {
        Area::Rect(rect) => *rect,
        Area::Around(things) => around(draft, things)?,
    };
    let details = detail::all(Thing::Context, details)?;
    if !details.contains_key("name") {
        return Err(refuse::empty_name());
    }
    if !rect.on_wall() {
        return Err(refuse::off_wall());
    }
    if draft.contexts.len() >= CONTEXTS_MAX {
        return Err(refuse::too_many(Thing::Context));
    }
    let id = draft.next_id();
    draft.happen(Change::ContextFramed { id, frame, rect, details });
    Ok(())
}

fn around(draft: &Draft<'_>, things: &[Id]) -> Result<Rect, Rejection> {
    let mut rects = Vec::with_capacity(things.len());
    for id in things {
        let id = draft.resolve(*id)?;
        rects.push(match draft.thing(id) {
            Some(Thing::Note) => draft.note(id)?.rect(),
            Some(Thing::Context) => draft.contexts.get(id).ok_or_else(|| refuse::unknown(id))?.rect,
            Some(other) => return Err(refuse::wrong_thing(other, Thing::Note)),
            None => return Err(refuse::unknown(id)),
        });
    }
    Ok(Rect::around(rects).ok_or_else(refuse::nothing_named)?.grown(MARGIN))
}

pub(super) fn reshape(draft: &mut Draft<'_>, context: Id, rect: Rect) -> Result<(), Rejection> {
    let context = draft.find(context, Thing::Context)?;
    if !rect.on_wall() {
        return Err(refuse::off_wall());
    }
    if draft.contexts.get(context).is_some_and(|it| it.rect != rect) {
        draft.happen(Change::ContextReshaped { context, rect });
    }
    Ok(())
}

pub(super) fn draw_lane(draft: &mut Draft<'_>, name: &str, y: i32) -> Result<(), Rejection> {
    let name = text::line("name", name, refuse::empty_name)?;
    note::on_wall(Point::new(0, y))?;
    if draft.lanes.len() >= ROWS_MAX {
        return Err(refuse::too_many(Thing::Lane));
    }
    let (id, details) = (draft.next_id(), Details::from([("name".to_owned(), name.into())]));
    draft.happen(Change::LaneDrawn { id, y, details });
    Ok(())
}

/// These frames and every frame that lies wholly in one of them.
pub(super) fn with_inner(draft: &Draft<'_>, frames: &[Id]) -> Vec<Id> {
    let outer: Vec<Rect> = frames.iter().filter_map(|id| Some(draft.contexts.get(*id)?.rect)).collect();
    let is_inner = |rect: Rect| outer.iter().any(|outer| outer.encloses(rect));
    if outer.is_empty() {
        return Vec::new();
    }
    draft.contexts.iter().filter(|context| is_inner(context.rect)).map(|context| context.id).collect()
}

/// The notes that belong to one of these frames: it is the smallest that holds their centre.
pub(super) fn notes_in(draft: &Draft<'_>, frames: &[Id]) -> Vec<Id> {
    let Some(all) = Rect::around(frames.iter().filter_map(|id| Some(draft.contexts.get(*id)?.rect))) else {
        return Vec::new();
    };
    let belongs = |centre| all.holds(centre) && draft.frame_at(centre).is_some_and(|it| frames.contains(&it));
    draft.notes.iter().filter(|note| belongs(note.rect().center())).map(|note| note.id).collect()
}

pub(super) fn shift(draft: &mut Draft<'_>, frames: &[Id], by: Point) -> Result<(), Rejection> {
    for context in frames {
        let Some(rect) = draft.contexts.get(*context).map(|context| context.rect) else { continue };
        let rect = Rect { at: rect.at.shifted(by), size: rect.size };
        note::on_wall(rect.at)?;
        draft.happen(Change::ContextReshaped { context: *context, rect });
    }
    Ok(())
}

/// Lanes reach across the whole wall, so they move up and down only.
pub(super) fn shift_lanes(draft: &mut Draft<'_>, lanes: &[Id], by: i32) -> Result<(), Rejection> {
    for lane in lanes.iter().filter(|_| by != 0) {
        let Some(y) = draft.lanes.get(*lane).map(|lane| lane.y.saturating_add(by)) else { continue };
        note::on_wall(Point::new(0, y))?;
        draft.happen(Change::LaneMoved { lane: *lane, y });
    }
    Ok(())
}
