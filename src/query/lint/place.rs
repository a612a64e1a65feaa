//! Where a note stands.

use super::at::At;
use super::finding::Found;
use super::wording::shown;
use crate::model::grammar::may_follow;
use crate::model::text::{SafeText, wrap};
use crate::model::{NoteKind, Rect};
use crate::query::Evidence;
use crate::words::Arg;

/// From this height on a note has a line for its kind and author.
const ROWS_WITH_HEADER: i32 = 4;

/// An arrow of the story that points back in time. Behind an event a story may go on at the left of a lower row.
pub(super) fn backwards(at: &At<'_>) -> Option<Found> {
    let rect = at.note.rect();
    let wraps = |to: Rect| at.note.kind == NoteKind::DomainEvent && to.at.y >= rect.bottom();
    let is_back = |to: Rect| to.right() <= rect.at.x && !wraps(to);
    let drawn = at.wall.after(at.note.id).filter_map(|(edge, to)| match edge.evidence {
        Evidence::Drawn(arrow) => Some((arrow, edge, to)),
        Evidence::Stuck | Evidence::Touching | Evidence::SameRow => None,
    });
    // What is shown lies where it is looked at, often before what fills it.
    let is_causal = |to| to != NoteKind::ReadModel && may_follow(at.note.kind, to, at.wall.level).is_some();
    let (arrow, _, to) = drawn
        .into_iter()
        .find(|(_, edge, to)| is_back(to.rect()) && is_causal(to.kind) && !at.wall.is_loop(edge))?;
    let found = Found { about: Some(arrow), ..Found::default() };
    Some(found.with("text", shown(at.text())).with("other", shown(to.text())).beside([at.note.id, to.id]))
}

/// A note that another covers wholly, or whose wording is longer than its paper.
pub(super) fn hidden(at: &At<'_>) -> Option<Found> {
    let (rect, layer) = (at.note.rect(), (at.note.z, at.note.id));
    let mut above = None;
    at.wall.projection.space.visit(rect, |tile| {
        if (tile.z, tile.id) > layer && tile.rect.encloses(rect) {
            above = above.max(Some(tile.id));
        }
    });
    let (w, h) = (rect.size.w, rect.size.h);
    let (columns, rows) = if h >= ROWS_WITH_HEADER { (w - 3, h - 1) } else { (w - 5, h) };
    let fits = || {
        let text = SafeText::new(at.text());
        wrap(&text, usize::try_from(columns).unwrap_or(0)).len() <= usize::try_from(rows).unwrap_or(0)
    };
    (above.is_some() || !fits()).then(|| Found::default().with("text", shown(at.text())).beside(above))
}

pub(super) fn off_level(at: &At<'_>) -> Option<Found> {
    let row = at.note.kind.row();
    let kind = Arg::Each([row.en[0].to_owned(), row.ko[0].to_owned()]);
    let found = || Found { args: vec![("kind", kind)], ..Found::default() };
    (!at.note.kind.belongs_to(at.wall.level)).then(|| found().with("text", shown(at.text())))
}

pub(super) fn outside(at: &At<'_>) -> Option<Found> {
    let is_outside = at.wall.has_contexts && at.wall.context_of(at.note).is_none();
    is_outside.then(|| Found::default().with("text", shown(at.text())))
}
