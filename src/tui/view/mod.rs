//! What the screen looks like: a function of the state and the wall.
//!
//! Drawn from the back to the front: frames, lanes and chapters, arrows, notes by their layers, what is chosen, names, what
//! is being made, then the lines above and below and what opens over all of it. [`Sprites`] only remembers what was
//! painted before; without it everything looks the same and takes longer.

mod arrow;
mod bar;
mod card;
mod chart;
mod finding;
mod frame;
mod heat;
mod making;
mod mates;
mod minimap;
mod more;
mod names;
mod note;
mod outage;
mod panel;
mod propose;
mod side;
mod tale;
mod time;
mod which;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect as Area};

pub(super) use bar::sentence;
pub use minimap::place as on_map;
pub(super) use more::more;
pub use note::{Body, Sprites, body};
pub use panel::{columns, row_at};
pub use time::track as time_track;

use super::canvas::Canvas;
use super::screen::Cursor;
use super::state::{Carry, Mode, Scene, Shape, State, Target, Writing};
use super::theme::Theme;
use super::viewport::Viewport;
use crate::model::{Id, Point, Rect};
use crate::query::outage::{Fate, Outage};
use crate::words::Lang;

/// A wall being drawn: what is seen of it, and what is just being done to it.
struct Wall<'a> {
    scene: &'a Scene<'a>,
    window: &'a Viewport,
    theme: Theme,
    lang: Lang,
    /// What is carried, and how far.
    carried: HashSet<Id>,
    by: Point,
    /// The note being worded, which is drawn by itself.
    worded: Option<Id>,
    /// What is being made larger or smaller.
    shape: Option<&'a Shape>,
    main: Option<Id>,
    marked: &'a [Id],
    /// What is lit, in the order of ids; where anything is, all else is faded.
    lit: &'a [Id],
    /// What is down, and what stops with it.
    outage: Option<Arc<Outage>>,
    /// Whether the map lies over a corner.
    map: bool,
}

/// Draws all of a screen over whatever the buffer holds, and says where the cursor stands.
pub fn draw(state: &State, scene: &Scene<'_>, sprites: &mut Sprites, buffer: &mut Buffer) -> Cursor {
    let (w, h) = state.size();
    let area = Area::new(0, 0, w, h);
    buffer.resize(area);
    let bars = state.bars();
    let mut canvas = Canvas::new(buffer);
    let wall = Wall::of(state, scene);
    let mut cursor = {
        let (w, h) = state.window.size();
        let mut canvas = canvas.window(0, bars.into(), (w.into(), h.into()));
        match state.mode.overview().zip(state.chart(scene)) {
            Some((map, chart)) => {
                chart::draw(map, &chart, state, &mut canvas);
                None
            }
            None => wall.draw_whole(state, sprites, &mut canvas),
        }
    };
    if bars > 0 {
        bar::head(state, scene, &mut canvas);
    }
    if let Some(side) = &state.side {
        side::draw(side, state, scene, &mut canvas);
    }
    if let Mode::Tell(tale) = &state.mode {
        tale::draw(tale, state, scene, &mut canvas);
    } else if let Some(then) = state.then.as_ref().filter(|_| bars > 0) {
        time::draw(then, state, scene, &mut canvas);
    } else if bars > 0 {
        outage::draw(state, scene, &mut canvas);
    }
    // A list in the middle of the screen would lie on the card.
    let covered = matches!(&state.mode, Mode::List(list) if list.before.is_none());
    if let Some(tour) = state.tour.as_ref().filter(|_| !covered) {
        card::draw(tour, state, &mut canvas);
    }
    cursor = bar::foot(state, scene, &mut canvas).or(cursor);
    if state.waited && !state.prefix.is_empty() {
        which::draw(state, scene, &mut canvas);
    }
    if let Mode::List(list) = &state.mode {
        cursor = Some(panel::draw(list, state, scene, &mut canvas));
    }
    match cursor {
        Some(at) => Cursor { at: within(at, area), shown: true },
        None => Cursor { at: within(wall.rest(bars), area), shown: false },
    }
}

/// Draws a part of a wall and nothing else: for pictures and for terminals that only read.
pub fn picture(scene: &Scene<'_>, window: &Viewport, theme: Theme, lang: Lang) -> Buffer {
    let (w, h) = window.size();
    let mut buffer = Buffer::empty(Area::new(0, 0, w, h));
    let wall = Wall {
        scene,
        window,
        theme,
        lang,
        carried: HashSet::new(),
        by: Point::default(),
        worded: None,
        shape: None,
        main: None,
        marked: &[],
        lit: &[],
        outage: None,
        map: false,
    };
    wall.draw(&mut Canvas::new(&mut buffer), &mut Sprites::default());
    buffer
}

/// The cell of the window by which an arrow is pulled out of a note: right of its middle.
pub fn handle(window: &Viewport, rect: Rect) -> Option<(i32, i32)> {
    let (left, top, w, h) = window.span(rect);
    (w >= note::CARD.0 && h >= note::CARD.1).then_some((left + w, top + (h - 1) / 2))
}

impl<'a> Wall<'a> {
    fn of(state: &'a State, scene: &'a Scene<'a>) -> Self {
        let (carried, by) = match &state.mode {
            Mode::Carry(carry) => (carried(carry, scene), carry.by),
            _ => (HashSet::new(), Point::default()),
        };
        let worded = match &state.mode {
            Mode::Write(Writing { target: Target::Old(id), .. }) => Some(*id),
            _ => None,
        };
        Wall {
            scene,
            window: &state.window,
            theme: state.theme,
            lang: state.lang,
            carried,
            by,
            worded,
            shape: match &state.mode {
                Mode::Shape(shape) => Some(shape),
                _ => None,
            },
            main: state.main,
            marked: &state.marked,
            lit: &state.lit,
            outage: outage::of(state, scene),
            map: state.map,
        }
    }

    /// Draws it with whoever is at it and what is being made; gives the cell where something is typed.
    fn draw_whole(
        &self,
        state: &State,
        sprites: &mut Sprites,
        canvas: &mut Canvas<'_>,
    ) -> Option<(i32, i32)> {
        self.draw(canvas, sprites);
        if let Some(company) = self.scene.company.filter(|_| state.then.is_none()) {
            mates::draw(company, self, canvas);
        }
        mates::pulses(&state.together, self, canvas);
        if state.map {
            minimap::draw(self, canvas, &mut sprites.dots);
        }
        making::draw(state, self, canvas)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, sprites: &mut Sprites) {
        canvas.clear(self.theme.wall());
        frame::draw(self, canvas);
        if self.window.is_far() {
            heat::draw(self, canvas, &mut sprites.heat);
            note::draw_chosen(self, canvas);
        } else {
            arrow::draw(self, canvas, &mut sprites.ways);
            note::draw(self, canvas, sprites);
        }
        let mut room = std::mem::take(&mut sprites.room);
        let of = (self.scene.projection.space.mark(), *self.window);
        room.begin(canvas.size(), of, |room| {
            if self.window.is_far() { sprites.heat.lay(room) } else { note::lay(self, sprites, room) }
        });
        if let Some(map) = self.map.then(|| minimap::cells(self)).flatten() {
            room.bar(map);
        }
        names::draw(self, canvas, &mut room);
        sprites.room = room;
    }

    /// Where a thing lies, what is carried or resized as it is by now.
    fn place(&self, id: Id, rect: Rect) -> Rect {
        if let Some(shape) = self.shape.filter(|shape| shape.thing == id) {
            return shape.rect;
        }
        if self.carried.contains(&id) { Rect { at: rect.at.shifted(self.by), ..rect } } else { rect }
    }

    fn has_lit(&self, id: Id) -> bool {
        self.lit.binary_search(&id).is_ok()
    }

    /// Whether a note steps back: because others are lit, or because it stops.
    fn is_faded(&self, id: Id) -> bool {
        !self.lit.is_empty() && !self.has_lit(id) || self.fate(id) != Fate::Alive
    }

    /// How a note fares while something is down.
    fn fate(&self, id: Id) -> Fate {
        self.outage.as_ref().map_or(Fate::Alive, |outage| outage.fate(id))
    }

    fn has_chosen(&self, id: Id) -> bool {
        self.main == Some(id) || self.marked.contains(&id)
    }

    /// Where the hidden cursor waits: at the chosen note.
    fn rest(&self, bars: u16) -> (i32, i32) {
        let tile = self.main.and_then(|id| self.scene.projection.space.tile(id));
        let (x, y) = tile.map_or((0, 0), |tile| self.window.to_screen(tile.rect.at));
        (x, y + i32::from(bars))
    }
}

/// Everything that goes along with what is carried.
pub(super) fn carried(carry: &Carry, scene: &Scene<'_>) -> HashSet<Id> {
    let (space, frames) = (&scene.projection.space, &scene.projection.frames);
    let mut waiting: BTreeSet<Id> = carry.things.iter().copied().collect();
    let mut carried = HashSet::new();
    while let Some(id) = waiting.pop_first() {
        if carried.insert(id) {
            waiting.extend(space.stuck_on(id));
            if let Some(rect) = frames.rect(id).filter(|_| !carry.alone) {
                space.visit(rect, |tile| {
                    if rect.holds(tile.rect.center()) {
                        waiting.insert(tile.id);
                    }
                });
                waiting.extend(frames.iter().filter(|(_, inner)| rect.encloses(*inner)).map(|(id, _)| id));
            }
        }
    }
    carried
}

fn within((x, y): (i32, i32), area: Area) -> Position {
    let cell = |v: i32, cells: u16| v.clamp(0, i32::from(cells.max(1)) - 1) as u16;
    Position { x: cell(x, area.width), y: cell(y, area.height) }
}
