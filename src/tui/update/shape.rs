//! Making frames and notes larger and smaller: by keys at one corner, by the mouse at an edge or a corner.

use super::Turn;
use crate::command::Command;
use crate::model::{Id, Point, Rect};
use crate::tui::state::{Edges, Mode, Shape};

/// The smallest a frame or a note can be made: its border and a cell of ground.
const LEAST: (i32, i32) = (4, 3);

impl Turn<'_> {
    /// Begins to resize the chosen frame or note at its lower right corner.
    pub(in crate::tui) fn resize(&mut self) {
        let board = self.scene.board;
        let can = |id: &Id| board.contexts.contains_key(id) || board.notes.contains_key(id);
        match self.state.main.filter(can).and_then(|id| Some((id, self.rect(id)?))) {
            Some((thing, rect)) => {
                self.state.mode = Mode::Shape(Shape { thing, rect, edges: Edges::LOWER_RIGHT, held: None });
            }
            None => self.tell("tell-choose-first"),
        }
    }

    /// Takes hold of the chosen frame where this cell is one of its edges; the upper one is left for moving.
    pub(super) fn take_edge(&mut self, cell: (i32, i32), place: Point) -> bool {
        let chosen = self.state.main.filter(|id| self.scene.board.contexts.contains_key(id));
        let Some((thing, rect)) = chosen.and_then(|id| Some((id, self.rect(id)?))) else { return false };
        let edges = Edges::at(self.state.window.span(rect), cell);
        if let Some(edges) = edges {
            self.state.mode = Mode::Shape(Shape { thing, rect, edges, held: Some(place) });
        }
        edges.is_some()
    }

    /// The other corner is the one that moves.
    pub(in crate::tui) fn other_corner(&mut self) {
        if let Mode::Shape(shape) = &mut self.state.mode {
            shape.edges = shape.edges.opposite();
        }
    }

    /// Moves the edges that are held.
    pub(super) fn shape_by(&mut self, by: Point) {
        if let Mode::Shape(shape) = &mut self.state.mode {
            shape.rect = shape.edges.moved(shape.rect, by);
            if shape.held.is_none() {
                let rect = shape.rect;
                self.state.window.reveal(rect);
            }
        }
    }

    /// Lets the edges go where they are.
    pub(super) fn drop_shape(&mut self, shape: &Shape) {
        let Shape { thing, rect, .. } = *shape;
        let Some(was) = self.rect(thing).filter(|was| *was != rect) else { return };
        self.perform(match self.scene.board.contexts.contains_key(&thing) {
            true => Command::ReshapeContext { context: thing, rect },
            false => Command::All(vec![
                Command::Move { things: vec![thing], by: rect.at.minus(was.at) },
                Command::ResizeNote { note: thing, size: rect.size },
            ]),
        });
    }
}

impl Edges {
    const LOWER_RIGHT: Edges = Edges { left: false, top: false, right: true, bottom: true };

    /// The edges of a span of cells that a cell lies on; of the upper edge only its ends.
    fn at((left, top, w, h): (i32, i32, i32, i32), (x, y): (i32, i32)) -> Option<Edges> {
        let (on_left, on_right) = (x == left, x == left + w - 1);
        let (on_top, on_bottom) = (y == top, y == top + h - 1);
        let side = on_left || on_right;
        let edges = Edges {
            left: on_left,
            top: on_top && side,
            right: on_right && !on_left,
            bottom: on_bottom && !on_top,
        };
        (side || edges.bottom).then_some(edges)
    }

    fn opposite(self) -> Edges {
        Edges { left: self.right, top: self.bottom, right: self.left, bottom: self.top }
    }

    fn moved(self, rect: Rect, by: Point) -> Rect {
        let (mut from, mut to) = (rect.at, Point::new(rect.right(), rect.bottom()));
        if self.left {
            from.x = from.x.saturating_add(by.x).min(to.x - LEAST.0);
        }
        if self.top {
            from.y = from.y.saturating_add(by.y).min(to.y - LEAST.1);
        }
        if self.right {
            to.x = to.x.saturating_add(by.x).max(from.x + LEAST.0);
        }
        if self.bottom {
            to.y = to.y.saturating_add(by.y).max(from.y + LEAST.1);
        }
        Rect::between(from, to)
    }
}
