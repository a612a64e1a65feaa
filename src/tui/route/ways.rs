//! The ways of a wall's arrows, remembered for as long as nothing on it moves and the zoom stays.
//!
//! Arrows are led past each other in groups that do not depend on what is in sight, so that panning changes no way.

use std::collections::HashMap;

use super::least::least;
use super::tracks::Tracks;
use super::{Route, Span, around, crossed, route};
use crate::model::{Id, Point, Rect};
use crate::query::{Projection, Space, Wire, Wires};
use crate::tui::viewport::Viewport;

/// With more arrows than this in sight, nobody follows one, and all run straight.
pub const ARROWS_MAX: usize = 200;
/// More ways are not remembered.
const WAYS_MAX: usize = 8_000;
/// How far, in cells of the screen, a way goes aside before the next distance is tried.
const ASIDE: [i32; 2] = [12, 60];
/// The columns and rows, in cells of the screen, within which arrows are led past each other; for longer arrows doubled
/// as often as it takes.
const GROUP: (i32, i32) = (320, 160);
/// In a larger group arrows do not heed each other.
const GROUP_MAX: usize = 300;

/// The arrows that may be seen, those with a detour into sight too.
pub fn in_sight(wires: &Wires, window: &Viewport) -> Vec<Wire> {
    wires.within(window.seen().grown(window.reach(ASIDE[0])))
}

/// The way from one note to another, and what notes there are around it.
fn way(space: &Space, window: &Viewport, from: Rect, to: Rect) -> Option<(Route, Vec<Span>)> {
    let (from_span, to_span) = (window.span(from), window.span(to));
    let (mut best, mut bounds) = (route(from_span, to_span)?, from_span);
    let mut notes: Vec<Span> = Vec::new();
    for aside in ASIDE {
        let near = from.union(to).grown(window.reach(aside));
        notes.clear();
        space.visit(near, |tile| notes.push(window.span(tile.rect)));
        bounds = window.span(near);
        best = around(from_span, to_span, &notes, bounds)?;
        if crossed(&best, &notes) == 0 {
            return Some((best, notes));
        }
    }
    Some((least(best, from_span, to_span, &notes, bounds), notes))
}

/// Where an arrow belongs: to a part of the wall, which is larger for longer arrows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Group {
    size: (i32, i32),
    column: i32,
    row: i32,
}

impl Group {
    fn of(window: &Viewport, rect: Rect) -> Group {
        let (x, y, w, h) = window.span(rect);
        let mut size = GROUP;
        while size.0 < w || size.1 < h {
            size = (size.0.saturating_mul(2), size.1.saturating_mul(2));
        }
        Group { size, column: (x + w / 2).div_euclid(size.0), row: (y + h / 2).div_euclid(size.1) }
    }

    /// All of its arrows, short ones first, which have fewer ways to go.
    fn wires(self, wires: &Wires, window: &Viewport) -> Vec<Wire> {
        let corner = |column: i32, row: i32| -> Point {
            window.to_board((column.saturating_mul(self.size.0), row.saturating_mul(self.size.1)))
        };
        let part = Rect::between(corner(self.column, self.row), corner(self.column + 1, self.row + 1));
        let mut wires = wires.within(part.grown(window.reach(1)));
        wires.retain(|wire| Group::of(window, wire.rect) == self);
        wires.sort_by_key(|wire| (i64::from(wire.rect.size.w) + i64::from(wire.rect.size.h), wire.id));
        wires
    }
}

/// Ways by arrows.
#[derive(Debug, Default)]
pub struct Ways {
    of: Option<([u64; 3], Viewport)>,
    ways: HashMap<Id, Option<Route>>,
}

impl Ways {
    /// The ways for this window, which has its grain's zero in its first cell.
    pub fn of(&mut self, projection: &Projection, window: &Viewport) -> &mut Ways {
        let marks = [projection.space.mark(), projection.wires.mark(), projection.frames.mark()];
        let of = Some((marks, *window));
        if self.of != of || self.ways.len() > WAYS_MAX {
            self.ways.clear();
            self.of = of;
        }
        self
    }

    /// Finds the way of an arrow, and of all in its group, unless it is known.
    pub fn find(&mut self, projection: &Projection, window: &Viewport, wire: &Wire) {
        if self.ways.contains_key(&wire.id) {
            return;
        }
        let mut wires = Group::of(window, wire.rect).wires(&projection.wires, window);
        if wires.len() > GROUP_MAX {
            wires = vec![*wire];
        }
        let space = &projection.space;
        let mut tracks = Tracks::default();
        projection.frames.iter().for_each(|(_, frame)| tracks.border(window.span(frame)));
        for Wire { id, from, to, .. } in wires {
            let rect = |note: Id| space.tile(note).map(|tile| tile.rect);
            let found = rect(from).zip(rect(to)).and_then(|(from_rect, to_rect)| {
                let (way, notes) = way(space, window, from_rect, to_rect)?;
                let spans = (window.span(from_rect), window.span(to_rect));
                let way = tracks.aside(way, spans.0, spans.1, &notes, (from, to));
                tracks.lay(&way, (from, to));
                Some(way)
            });
            self.ways.insert(id, found);
        }
    }

    /// The way of an arrow, where it was found.
    pub fn get(&self, arrow: Id) -> Option<&Route> {
        self.ways.get(&arrow)?.as_ref()
    }
}
