//! In which order the story goes: notes along time, rows, lanes, pivotal events and their chapters.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::space::Space;
use crate::model::thing::text_of;
use crate::model::{Board, Id, Lane, Note, Point, Rect, Turn};

/// The order of a wall: left to right, then downwards. Notes set aside have no place in it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Timeline {
    notes: BTreeSet<(Point, Id)>,
    pivots: BTreeSet<Pivot>,
    lanes: BTreeSet<(i32, Id)>,
}

/// A pivotal event: a line through the wall where a chapter ends and the next begins.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Pivot {
    /// The column its line stands in, right of the event.
    pub x: i32,
    /// The event.
    pub note: Id,
    /// The name of the chapter that follows, or nothing.
    pub chapter: String,
}

impl Pivot {
    fn of(note: &Note) -> Option<Pivot> {
        note.is_pivotal().then(|| Pivot {
            x: note.rect().right(),
            note: note.id,
            chapter: text_of(&note.details, "chapter").to_owned(),
        })
    }
}

impl Timeline {
    pub(super) fn of(board: &Board) -> Timeline {
        Timeline {
            notes: board.standing().map(|note| (note.at, note.id)).collect(),
            pivots: board.standing().filter_map(Pivot::of).collect(),
            lanes: board.lanes.values().map(|lane| (lane.y, lane.id)).collect(),
        }
    }

    pub(super) fn absorb_note(&mut self, turn: &Turn<Note>) {
        let standing = |note: &Note| note.aside().is_none();
        let before = turn.before.as_ref().filter(|note| standing(note));
        let after = turn.after.as_ref().filter(|note| standing(note));
        exchange(&mut self.notes, before, after, |note| Some((note.at, note.id)));
        exchange(&mut self.pivots, before, after, Pivot::of);
    }

    pub(super) fn absorb_lane(&mut self, turn: &Turn<Lane>) {
        exchange(&mut self.lanes, turn.before.as_ref(), turn.after.as_ref(), |lane| Some((lane.y, lane.id)));
    }

    /// The notes in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Id> {
        self.notes.iter().map(|(_, id)| *id)
    }

    /// The note that comes after one in the story.
    pub fn next(&self, note: Id, space: &Space) -> Option<Id> {
        let here = (space.tile(note)?.rect.at, note);
        self.notes.range((Bound::Excluded(here), Bound::Unbounded)).next().map(|(_, id)| *id)
    }

    /// The note that comes before one in the story.
    pub fn previous(&self, note: Id, space: &Space) -> Option<Id> {
        let here = (space.tile(note)?.rect.at, note);
        self.notes.range(..here).next_back().map(|(_, id)| *id)
    }

    /// The pivotal events, left to right.
    pub fn pivots(&self) -> impl Iterator<Item = &Pivot> {
        self.pivots.iter()
    }

    /// The pivotal event whose chapter a column belongs to.
    pub fn chapter_at(&self, x: i32) -> Option<&Pivot> {
        self.pivots.iter().take_while(|pivot| pivot.x <= x).last()
    }

    /// The lanes, top to bottom, each with its upper edge.
    pub fn lanes(&self) -> impl Iterator<Item = (i32, Id)> {
        self.lanes.iter().copied()
    }

    /// The lane a row belongs to.
    pub fn lane_at(&self, y: i32) -> Option<Id> {
        self.lanes.iter().take_while(|(top, _)| *top <= y).last().map(|(_, id)| *id)
    }

    /// The notes row by row, top to bottom, each row left to right. A note belongs to the row whose first note it
    /// stands beside.
    pub fn rows(&self, space: &Space) -> Vec<Vec<Id>> {
        rows(space.iter().map(|tile| (tile.rect, tile.id)).collect())
    }
}

/// Notes row by row, as [`Timeline::rows`].
pub(super) fn rows(mut notes: Vec<(Rect, Id)>) -> Vec<Vec<Id>> {
    notes.sort_unstable_by_key(|(rect, id)| (rect.at.y, rect.at.x, *id));
    let mut rows: Vec<(Rect, Vec<(Point, Id)>)> = Vec::new();
    for (rect, id) in notes {
        let centre = rect.center().y;
        match rows.last_mut().filter(|(first, _)| centre < first.bottom()) {
            Some((_, row)) => row.push((rect.at, id)),
            None => rows.push((rect, vec![(rect.at, id)])),
        }
    }
    let sorted = |mut row: Vec<(Point, Id)>| {
        row.sort_unstable();
        row.into_iter().map(|(_, id)| id).collect()
    };
    rows.into_iter().map(|(_, row)| sorted(row)).collect()
}

/// Puts the mark of what is in the place of the mark of what was.
fn exchange<T, M: Ord>(
    set: &mut BTreeSet<M>,
    before: Option<&T>,
    after: Option<&T>,
    mark: impl Fn(&T) -> Option<M>,
) {
    let (before, after) = (before.and_then(&mark), after.and_then(&mark));
    if before != after {
        if let Some(mark) = before {
            set.remove(&mark);
        }
        set.extend(after);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::NoteKind::DomainEvent;
    use crate::model::tests::{board, id, note};

    #[test]
    fn the_story_goes_left_to_right_then_downwards() {
        let board = board([
            note(0, DomainEvent, "셋", 30, 0),
            note(1, DomainEvent, "둘", 0, 10),
            note(2, DomainEvent, "하나", 0, 1),
        ]);
        let (timeline, space) = (Timeline::of(&board), Space::of(&board));
        assert_eq!(timeline.iter().collect::<Vec<_>>(), [id(2), id(1), id(0)]);
        assert_eq!(timeline.next(id(1), &space), Some(id(0)));
        assert_eq!(timeline.previous(id(1), &space), Some(id(2)));
        assert_eq!(timeline.next(id(0), &space), None);
        assert_eq!(timeline.rows(&space), [vec![id(2), id(0)], vec![id(1)]]);
    }

    #[test]
    fn a_chapter_begins_behind_its_pivotal_event() {
        let mut pivot = note(0, DomainEvent, "주문됨", 10, 0);
        pivot.details.insert("pivotal".into(), json!(true));
        pivot.details.insert("chapter".into(), json!("결제"));
        let timeline = Timeline::of(&board([pivot]));
        assert_eq!(timeline.chapter_at(31), None);
        assert_eq!(timeline.chapter_at(32).map(|pivot| pivot.chapter.as_str()), Some("결제"));
    }

    #[test]
    fn a_lane_reaches_down_to_the_next() {
        let mut board = board([]);
        for (n, y) in [(1, 0), (2, 20)] {
            board.lanes.insert(id(n), Lane { id: id(n), y, details: Default::default() });
        }
        let timeline = Timeline::of(&board);
        assert_eq!(
            [-1, 0, 19, 20].map(|y| timeline.lane_at(y)),
            [None, Some(id(1)), Some(id(1)), Some(id(2))]
        );
    }
}
