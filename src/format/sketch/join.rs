//! Lines of a foreign board as arrows between notes.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Grid;
use super::{Area, End, Link};
use crate::format::Mint;
use crate::format::json::quoted;
use crate::model::limit::TITLE_CHARS_MAX;
use crate::model::text::tidied;
use crate::model::{Arrow, Board, Details, Id};
use crate::words::Said;

/// What the shapes of a file have become.
#[derive(Default)]
pub(super) struct Ends {
    /// By the file's name: the note; none where it is no note.
    pub(super) by_key: BTreeMap<String, Option<Id>>,
    /// Where the notes stand on the foreign board.
    pub(super) areas: Vec<(Id, Area)>,
}

impl Ends {
    /// Says what a shape has become; of two with one name the first counts.
    pub(super) fn add(&mut self, key: &str, note: Option<Id>) {
        if !self.by_key.contains_key(key) {
            self.by_key.insert(key.to_owned(), note);
        }
    }

    /// The note a line is bound to.
    pub(super) fn bound(&self, end: &End) -> Option<Id> {
        self.by_key.get(end.key.as_deref()?).copied().flatten()
    }
}

/// Puts the lines onto a board as arrows; an end that is bound to nothing goes to the nearest note within `reach`.
pub(super) fn join(board: &mut Board, links: &[Link], ends: &Ends, reach: f64, mint: Mint<'_>) -> Vec<Said> {
    let grid = Grid::of(ends.areas.iter().map(|(_, area)| *area).enumerate(), 2.0 * reach);
    let mut joined: BTreeSet<(Id, Id)> = board.arrows.values().map(|arrow| (arrow.from, arrow.to)).collect();
    let (mut remarks, mut snapped) = (Vec::new(), 0);
    for link in links {
        let mut near = 0;
        let mut end = |end: &End| {
            let found = ends.bound(end);
            let nearest = |at| grid.nearest(at, reach).map(|at| ends.areas[at].0);
            found.or_else(|| end.at.filter(|_| end.key.is_none()).and_then(nearest).inspect(|_| near += 1))
        };
        let (from, to) = (end(&link.from), end(&link.to));
        let key = match (from, to) {
            (Some(from), Some(to)) if from == to => "remark-arrow-to-itself",
            (Some(from), Some(to)) if joined.insert((from, to)) => {
                let id = mint();
                board.arrows.insert(id, Arrow { id, from, to, details: details(link) });
                snapped += near;
                continue;
            }
            (Some(_), Some(_)) => "remark-arrow-twice",
            _ => "sketch-loose-arrow",
        };
        let name = if link.text.trim().is_empty() { &link.key } else { &link.text };
        remarks.push(Said::new(key).with("id", quoted(name)));
    }
    if snapped > 0 {
        remarks.push(Said::new("sketch-snapped").with("count", snapped));
    }
    remarks
}

fn details(link: &Link) -> Details {
    let label: String = tidied(&link.text).replace('\n', " ").chars().take(TITLE_CHARS_MAX).collect();
    let label = (!label.is_empty()).then(|| ("label".to_owned(), label.into()));
    let mode = link.is_dashed.then(|| ("mode".to_owned(), "async".into()));
    label.into_iter().chain(mode).collect()
}
