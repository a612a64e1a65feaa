//! A cut in words that can be checked on the wall: what holds each group together, where it is cut, how sure that is.

mod home;
mod naming;
mod reason;
mod seam;
mod support;

use super::graph::Graph;
use super::leiden::Membership;
use super::{Cut, Method};
use crate::model::{Board, Id, Note, NoteKind, Rect};
use crate::query::Flow;
use naming::Names;

pub use reason::Reason;
pub use seam::{Seam, SeamKind};
pub use support::Doubt;

/// One proposed context.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// What it could be called: its weightiest aggregate, else its most telling word.
    pub name: String,
    /// Its notes by id, with the actors, systems and hotspots that are mostly about it.
    pub notes: Vec<Id>,
    /// What encloses them.
    pub rect: Rect,
    /// The context on the wall in which most of them stand now, and how many do.
    pub stands_in: Option<(Id, usize)>,
    /// Notes of other groups whose centre lies in that rectangle.
    pub strangers: Vec<Id>,
    /// What holds it together, the strongest first; at most three.
    pub reasons: Vec<Reason>,
    /// The steps that lead into it and out of it.
    pub seams: Vec<Seam>,
    /// Pivotal events after which nothing of it happens any more.
    pub ended_by: Vec<Id>,
    /// The share of what ties its notes that leads out of it, 0 to 1.
    pub conductance: f64,
    /// In what share of all runs its notes stay together, 0 to 1; 1 where nothing was run.
    pub stability: f64,
    /// Notes that might as well belong elsewhere.
    pub doubts: Vec<Doubt>,
}

/// What a cut is explained by.
pub(super) struct Explainer<'a> {
    pub(super) board: &'a Board,
    pub(super) flow: &'a Flow,
    pub(super) graph: &'a Graph<'a>,
    pub(super) runs: &'a [Membership],
}

impl Explainer<'_> {
    pub(super) fn cut(&self, method: Method, membership: &Membership) -> Cut {
        let membership = self.left_to_right(membership);
        let count = membership.iter().max().map_or(0, |last| last + 1);
        let homes = self.homes(&membership);
        let mut places = vec![Vec::new(); count];
        membership.iter().enumerate().for_each(|(at, group)| places[*group].push(at));
        let mut notes: Vec<Vec<Id>> = vec![Vec::new(); count];
        homes.iter().for_each(|(id, group)| notes[*group].push(*id));
        let rects = |notes: &Vec<Id>| {
            let rects = notes.iter().filter_map(|id| self.board.notes.get(id)).map(Note::rect);
            Rect::around(rects).unwrap_or(Rect::new(0, 0, 0, 0))
        };
        let rects: Vec<Rect> = notes.iter().map(rects).collect();
        let (tied, mut names) = (self.tied(&membership, count), Names::of(self.graph));
        let mut strangers = self.strangers(&homes, &rects);
        let mut reasons = self.reasons(&membership, count);
        let mut seams = self.seams(&homes, count);
        let mut doubts = self.doubts(&membership, count);
        let groups = (0..count).zip(notes).map(|(group, notes)| Group {
            name: names.next(&places[group]),
            stands_in: self.stands_in(&notes),
            strangers: std::mem::take(&mut strangers[group]),
            reasons: std::mem::take(&mut reasons[group]),
            seams: std::mem::take(&mut seams[group]),
            ended_by: self.ends(&places[group]),
            conductance: tied[group].conductance(),
            stability: doubts.stability[group],
            doubts: std::mem::take(&mut doubts.of[group]),
            rect: rects[group],
            notes,
        });
        let groups = groups.collect();
        let (within, total) = tied.iter().fold((0.0, 0.0), |sum, it| (sum.0 + it.within, sum.1 + it.total));
        Cut { method, groups, kept: if total > 0.0 { within / total } else { 1.0 } }
    }

    /// The pivotal events of a group that none of its events comes after.
    fn ends(&self, places: &[usize]) -> Vec<Id> {
        let notes = || places.iter().map(|at| self.graph.notes[*at]);
        let last = notes().filter(|note| note.kind == NoteKind::DomainEvent).map(|note| note.at.x).max();
        notes().filter(|note| note.is_pivotal() && Some(note.at.x) >= last).map(|note| note.id).collect()
    }
}
