//! The mouse: choose, move, pan, zoom, draw arrows.

use super::Turn;
use crate::model::{Id, Point, Rect};
use crate::query::Wire;
use crate::tui::input::{Button, Mods, Mouse, MouseDeed};
use crate::tui::place::Anchor;
use crate::tui::route::{ARROWS_MAX, Ways, in_sight, route};
use crate::tui::snap::{Pull, snap};
use crate::tui::state::{Aim, Mode};
use crate::tui::view::{self, handle, on_map, row_at};

/// Rows that one notch of the wheel moves the wall, where it moves it.
const WHEEL_ROWS: i32 = 3;
/// Columns, as many as look as far.
const WHEEL_COLUMNS: i32 = 6;

impl Turn<'_> {
    pub(super) fn mouse(&mut self, mouse: Mouse) {
        let cell = (i32::from(mouse.x), i32::from(mouse.y) - i32::from(self.state.bars()));
        if self.side_mouse(mouse) || self.tell_mouse(mouse) || self.then_mouse(mouse) || self.map_mouse(mouse)
        {
            return;
        }
        if matches!(mouse.deed, MouseDeed::Press(_) | MouseDeed::DoublePress | MouseDeed::Drag(_)) {
            self.state.together.pointer = Some(self.state.window.to_board(cell));
        }
        match mouse.deed {
            MouseDeed::Press(_) | MouseDeed::DoublePress if matches!(self.state.mode, Mode::List(_)) => {
                self.press_list((mouse.x, mouse.y));
            }
            MouseDeed::Press(button) => self.press(button, cell, mouse.mods),
            MouseDeed::DoublePress => self.double(cell),
            MouseDeed::Drag(_) => self.drag(cell, mouse.mods),
            MouseDeed::Release(_) => self.release(),
            MouseDeed::WheelUp => self.wheel(1, cell, mouse.mods),
            MouseDeed::WheelDown => self.wheel(-1, cell, mouse.mods),
            MouseDeed::WheelLeft => self.state.window.pan(-WHEEL_COLUMNS, 0),
            MouseDeed::WheelRight => self.state.window.pan(WHEEL_COLUMNS, 0),
        }
    }

    fn press(&mut self, button: Button, cell: (i32, i32), mods: Mods) {
        self.state.told = None;
        self.state.prefix.clear();
        if let Mode::Pick(pick) = &self.state.mode {
            let (aim, note) = (pick.aim, self.note_at(cell));
            self.state.mode = Mode::Wall;
            return note.into_iter().for_each(|note| self.picked(note, aim));
        }
        if matches!(self.state.mode, Mode::Tell(_)) {
            self.end_telling(None);
        }
        if !matches!(self.state.mode, Mode::Wall) {
            self.out();
        }
        if button == Button::Left && self.jump_on_map(cell) {
            return;
        }
        let place = self.state.window.to_board(cell);
        match button {
            Button::Middle => self.state.mode = Mode::Pan { last: cell, moved: false },
            Button::Right => {
                let under = self.thing_at(cell);
                if !under.is_some_and(|id| self.state.marked.contains(&id)) {
                    self.state.marked.clear();
                }
                self.state.main = under;
                let row = cell.1 + i32::from(self.state.bars());
                self.menu(u16::try_from(cell.0).ok().zip(u16::try_from(row).ok()));
            }
            Button::Left => match self.thing_at(cell) {
                Some(id) if mods.alt && self.scene.board.contexts.contains_key(&id) => {
                    self.state.main = Some(id);
                    self.state.marked.clear();
                    self.take_hold(Some(place), true);
                }
                _ if mods.alt => {
                    self.state.mode = Mode::Sweep { from: place, to: place, more: mods.shift };
                }
                _ if self.handle_at(cell).is_some() => {
                    let from = self.handle_at(cell);
                    from.into_iter().for_each(|from| self.state.mode = Mode::Pull { from, to: cell });
                }
                Some(id) if mods.shift => {
                    self.state.main = Some(id);
                    self.toggle_mark(id);
                }
                Some(id) if Some(id) == self.state.main && self.take_edge(cell, place) => {}
                Some(id) => {
                    self.state.span = None;
                    if !self.state.marked.contains(&id) {
                        self.state.marked.clear();
                    }
                    self.state.main = Some(id);
                    if !self.scene.board.arrows.contains_key(&id) {
                        self.take_hold(Some(place), false);
                    }
                }
                None if self.state.span.take().is_some() => {
                    self.state.mode = Mode::Sweep { from: place, to: place, more: true };
                }
                None => self.state.mode = Mode::Pan { last: cell, moved: false },
            },
        }
    }

    /// Words what is under the mouse anew; makes a note where nothing is.
    fn double(&mut self, cell: (i32, i32)) {
        self.state.mode = Mode::Wall;
        match self.thing_at(cell) {
            Some(id) => {
                self.state.main = Some(id);
                self.edit();
            }
            None => self.new_at(Anchor::At(self.state.window.to_board(cell))),
        }
    }

    fn drag(&mut self, cell: (i32, i32), mods: Mods) {
        let place = self.state.window.to_board(cell);
        match &mut self.state.mode {
            Mode::Carry(carry) => {
                carry.by = carry.held.map_or(carry.by, |held| place.minus(held));
                if !mods.alt && !self.state.window.is_far() && self.state.settings.get("snap") == "on" {
                    self.fall_in();
                }
            }
            Mode::Shape(shape) => {
                let by = shape.held.replace(place).map_or(Point::default(), |held| place.minus(held));
                self.shape_by(by);
            }
            Mode::Pull { to, .. } => *to = cell,
            Mode::Sweep { to, .. } => *to = place,
            Mode::Pan { last, moved } => {
                let (x, y) = (last.0 - cell.0, last.1 - cell.1);
                (*last, *moved) = (cell, true);
                self.state.window.pan(x, y);
            }
            Mode::Wall => {
                self.jump_on_map(cell);
            }
            Mode::Write(_)
            | Mode::Pick(_)
            | Mode::List(_)
            | Mode::Ask(_)
            | Mode::Line(_)
            | Mode::Side
            | Mode::Map(_)
            | Mode::Tell(_)
            | Mode::Propose(_)
            | Mode::Making(_) => {}
        }
    }

    /// Shows the place that a cell of the map in the corner stands for; says whether there is one.
    fn jump_on_map(&mut self, cell: (i32, i32)) -> bool {
        let place = on_map(&self.state.window, self.scene.projection, cell).filter(|_| self.state.map);
        place.inspect(|place| self.state.window.center(*place)).is_some()
    }

    /// What is dragged falls in with the notes in sight.
    fn fall_in(&mut self) {
        let space = &self.scene.projection.space;
        let Mode::Carry(carry) = &self.state.mode else { return };
        let held = self.state.main.filter(|id| carry.things.contains(id)).and_then(|id| space.tile(id));
        let Some(tile) = held else { return };
        let along = view::carried(carry, self.scene);
        let mut neighbours = Vec::new();
        space.visit(self.state.window.seen(), |tile| {
            if !along.contains(&tile.id) {
                neighbours.push(tile.rect);
            }
        });
        let moved = Rect { at: tile.rect.at.shifted(carry.by), ..tile.rect };
        let pull = Pull { columns: self.state.window.reach(2), rows: self.state.window.reach(1) };
        let by = carry.by.shifted(snap(moved, &neighbours, pull));
        if let Mode::Carry(carry) = &mut self.state.mode {
            carry.by = by;
        }
    }

    fn release(&mut self) {
        match &self.state.mode {
            Mode::Carry(carry) if carry.held.is_some() => self.drop(),
            Mode::Shape(shape) if shape.held.is_some() => self.drop(),
            Mode::Pull { from, to } => {
                let (from, to) = (*from, *to);
                self.state.mode = Mode::Wall;
                self.pulled(from, to);
            }
            Mode::Sweep { from, to, more } => {
                let (from, to, more) = (*from, *to, *more);
                self.state.mode = Mode::Wall;
                self.sweep(from, to, more);
            }
            Mode::Pan { moved, .. } => {
                if !moved {
                    self.state.main = None;
                    self.state.marked.clear();
                }
                self.state.mode = Mode::Wall;
            }
            Mode::Carry(_)
            | Mode::Shape(_)
            | Mode::Wall
            | Mode::Write(_)
            | Mode::Pick(_)
            | Mode::List(_)
            | Mode::Ask(_)
            | Mode::Line(_)
            | Mode::Side
            | Mode::Map(_)
            | Mode::Tell(_)
            | Mode::Propose(_)
            | Mode::Making(_) => {}
        }
    }

    /// An arrow was pulled to a note, or to an empty place, where the note that comes next is made.
    fn pulled(&mut self, from: Id, to: (i32, i32)) {
        self.state.main = Some(from);
        match self.note_at(to) {
            Some(note) if note != from => self.picked(note, Aim::ArrowTo(None)),
            Some(_) => {}
            None => self.new_next_at(Anchor::At(self.state.window.to_board(to))),
        }
    }

    /// A click on a row of the open list takes it, one beside the list closes it.
    fn press_list(&mut self, cell: (u16, u16)) {
        let Some((list, rows)) = self.list() else { return };
        match row_at(list, rows.len(), self.state.size(), cell) {
            Some(Some(row)) => {
                if let Mode::List(list) = &mut self.state.mode {
                    list.row = row;
                }
                self.take();
            }
            Some(None) => {}
            None => self.out(),
        }
    }

    /// Zooms at the pointer or moves the wall, as the person has set it; Shift moves it across, Ctrl does the other.
    fn wheel(&mut self, steps: i32, cell: (i32, i32), mods: Mods) {
        let pans = self.state.settings.get("wheel") == "pan";
        match self.state.mode {
            Mode::List(_) => self.list_by(-steps as isize),
            _ if mods.shift => self.state.window.pan(-WHEEL_COLUMNS * steps, 0),
            _ if pans != mods.ctrl => self.state.window.pan(0, -WHEEL_ROWS * steps),
            _ => self.state.window.zoom(steps, cell),
        }
    }

    /// The note, the arrow, the frame or the lane under a cell of the window. A frame is only its line: what lies in it is wall.
    fn thing_at(&self, cell: (i32, i32)) -> Option<Id> {
        self.note_at(cell)
            .or_else(|| self.arrow_at(cell))
            .or_else(|| self.frame_at(cell))
            .or_else(|| self.lane_at(cell))
    }

    fn note_at(&self, cell: (i32, i32)) -> Option<Id> {
        // A cell of a small wall shows several places; any of them will do.
        let (window, space) = (&self.state.window, &self.scene.projection.space);
        let (from, to) = (window.to_board(cell), window.to_board((cell.0 + 1, cell.1 + 1)));
        let one = space.under(from).map(|tile| tile.id);
        one.or_else(|| space.drawn(Rect::between(from, to)).last().map(|tile| tile.id))
    }

    fn arrow_at(&self, cell: (i32, i32)) -> Option<Id> {
        let (projection, (window, by)) = (self.scene.projection, self.state.window.base());
        let cell = (cell.0 + by.0, cell.1 + by.1);
        let wires = in_sight(&projection.wires, &self.state.window);
        let mut ways = Ways::default();
        let mut passes = |wire: &Wire| {
            let end = |note: Id| projection.space.tile(note).map(|tile| window.span(tile.rect));
            if wires.len() > ARROWS_MAX {
                return Some(route(end(wire.from)?, end(wire.to)?)?.passes(cell));
            }
            ways.find(projection, &window, wire);
            ways.get(wire.id).map(|way| way.passes(cell))
        };
        wires.iter().rev().find(|wire| passes(wire) == Some(true)).map(|wire| wire.id)
    }

    fn frame_at(&self, (x, y): (i32, i32)) -> Option<Id> {
        let on_line = |rect: Rect| {
            let (left, top, w, h) = self.state.window.span(rect);
            let inside = (left..left + w).contains(&x) && (top..top + h).contains(&y);
            inside && (x == left || x == left + w - 1 || y == top || y == top + h - 1)
        };
        let frames = self.scene.projection.frames.iter().filter(|(_, rect)| on_line(*rect));
        frames.min_by_key(|(_, rect)| rect.area()).map(|(id, _)| id)
    }

    fn lane_at(&self, (_, y): (i32, i32)) -> Option<Id> {
        let row = |lane: i32| self.state.window.to_screen(Point::new(0, lane)).1;
        self.scene.projection.timeline.lanes().find(|(lane, _)| row(*lane) == y).map(|(_, id)| id)
    }

    /// The chosen note, where this cell is its handle.
    fn handle_at(&self, cell: (i32, i32)) -> Option<Id> {
        let main = self.state.main?;
        let tile = self.scene.projection.space.tile(main)?;
        (handle(&self.state.window, tile.rect) == Some(cell)).then_some(main)
    }
}
