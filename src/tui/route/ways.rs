//! The ways of a wall's arrows, remembered for as long as no note moves and the zoom stays.

use std::collections::HashMap;

use super::{Route, Span, around, route};
use crate::model::{Id, Rect};
use crate::query::{Space, Wire, Wires};
use crate::tui::viewport::Viewport;

/// With more arrows than this in sight, nobody follows one, and all run straight.
pub const ARROWS_MAX: usize = 200;
/// More ways are not remembered.
const WAYS_MAX: usize = 4_000;
/// How far, in cells of the screen, a way goes aside before the next distance is tried.
const ASIDE: [i32; 2] = [12, 60];

/// The arrows that may be seen, those with a detour into sight too.
pub fn in_sight(wires: &Wires, window: &Viewport) -> Vec<Wire> {
    wires.within(window.seen().grown(window.reach(ASIDE[0])))
}

/// The way of an arrow, in cells from where the window's grain has its zero: panning moves all ways alike.
pub fn way(space: &Space, window: &Viewport, from: Rect, to: Rect) -> Option<Route> {
    let (from_span, to_span) = (window.span(from), window.span(to));
    let mut best = route(from_span, to_span)?;
    for aside in ASIDE {
        let near = from.union(to).grown(window.reach(aside));
        let mut notes: Vec<Span> = Vec::new();
        space.visit(near, |tile| notes.push(window.span(tile.rect)));
        best = around(from_span, to_span, &notes, window.span(near))?;
        if super::passes_none(&best, &notes) {
            break;
        }
    }
    Some(best)
}

/// Ways by the notes they join.
#[derive(Debug, Default)]
pub struct Ways {
    of: Option<(u64, Viewport)>,
    ways: HashMap<(Id, Id), Option<Route>>,
}

impl Ways {
    /// The ways for this window, which has its grain's zero in its first cell.
    pub fn of(&mut self, space: &Space, window: &Viewport) -> &mut Ways {
        let of = Some((space.mark(), *window));
        if self.of != of || self.ways.len() > WAYS_MAX {
            self.ways.clear();
            self.of = of;
        }
        self
    }

    /// Finds the way from one note to another, unless it is known.
    pub fn find(&mut self, space: &Space, window: &Viewport, from: Id, to: Id) {
        let find = || way(space, window, space.tile(from)?.rect, space.tile(to)?.rect);
        self.ways.entry((from, to)).or_insert_with(find);
    }

    /// The way from one note to another, where it was found.
    pub fn get(&self, from: Id, to: Id) -> Option<&Route> {
        self.ways.get(&(from, to))?.as_ref()
    }
}
