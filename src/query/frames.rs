//! Which frames there are and what they hold.

use std::collections::BTreeMap;

use super::space::mark;
use crate::model::{Board, Context, Frame, Id, Point, Rect, Turn};

/// The contexts and subdomains of a wall.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Frames(BTreeMap<Id, (Frame, Rect)>);

impl Frames {
    pub(super) fn of(board: &Board) -> Frames {
        Frames(board.contexts.values().map(|context| (context.id, (context.frame, context.rect))).collect())
    }

    pub(super) fn absorb(&mut self, turn: &Turn<Context>) {
        if let Some(context) = &turn.before {
            self.0.remove(&context.id);
        }
        if let Some(context) = &turn.after {
            self.0.insert(context.id, (context.frame, context.rect));
        }
    }

    /// All frames, by id.
    pub fn iter(&self) -> impl Iterator<Item = (Id, Rect)> {
        self.0.iter().map(|(id, (_, rect))| (*id, *rect))
    }

    /// A number that walls whose frames lie differently hardly ever share.
    pub fn mark(&self) -> u64 {
        self.iter().fold(0, |sum, frame| sum.wrapping_add(mark(frame)))
    }

    /// What a frame encloses.
    pub fn rect(&self, context: Id) -> Option<Rect> {
        self.0.get(&context).map(|(_, rect)| *rect)
    }

    /// The frames that have a cell in `rect`, the largest first, as they are drawn.
    pub fn drawn(&self, rect: Rect) -> Vec<Id> {
        let mut frames: Vec<(i64, Id)> = self
            .iter()
            .filter(|(_, frame)| frame.overlaps(rect))
            .map(|(id, frame)| (-frame.area(), id))
            .collect();
        frames.sort_unstable();
        frames.into_iter().map(|(_, id)| id).collect()
    }

    /// The smallest bounded context that holds a place.
    pub fn context_at(&self, place: Point) -> Option<Id> {
        self.smallest(|frame, rect| frame == Frame::Context && rect.holds(place))
    }

    /// The smallest frame of either sort that holds a place.
    pub fn frame_at(&self, place: Point) -> Option<Id> {
        self.smallest(|_, rect| rect.holds(place))
    }

    /// The smallest subdomain that holds the centre of a context.
    pub fn subdomain_of(&self, context: Id) -> Option<Id> {
        let centre = self.rect(context)?.center();
        self.smallest(|frame, rect| frame == Frame::Subdomain && rect.holds(centre))
            .filter(|subdomain| *subdomain != context)
    }

    fn smallest(&self, holds: impl Fn(Frame, Rect) -> bool) -> Option<Id> {
        self.0
            .iter()
            .filter(|(_, (frame, rect))| holds(*frame, *rect))
            .min_by_key(|(id, (_, rect))| (rect.area(), **id))
            .map(|(id, _)| *id)
    }
}
