//! The context map instead of the wall: going round on it, and from a message to its stickies.

use super::Turn;
use crate::model::Rect;
use crate::query::Way;
use crate::query::outline::Party;
use crate::tui::chart::Spot;
use crate::tui::input::{Mouse, MouseDeed};
use crate::tui::state::{Mode, Overview};

/// Cells that one notch of the wheel, or one press of a key, moves the map.
const STEP: (i32, i32) = (6, 3);

impl Turn<'_> {
    /// Shows contexts and messages instead of stickies, beginning where the chosen thing is.
    pub(in crate::tui) fn context_map(&mut self) {
        let rect = self.state.main.and_then(|id| self.rect(id));
        let frames = &self.scene.projection.frames;
        let context = rect.and_then(|rect| frames.context_at(rect.center()));
        self.state.mode = Mode::Map(Overview::default());
        let spots = self.chart_spots();
        let home = Spot::Party(Party::Context(context));
        let first = spots.iter().find(|spot| **spot == home).or(spots.first());
        let first = first.copied();
        if let (Some(chart), Mode::Map(map)) = (self.state.chart(self.scene), &mut self.state.mode) {
            map.corner = first.and_then(|spot| chart.area(spot)).map_or((0, 0), |(x, y, w, h)| {
                let (columns, rows) = self.state.window.size();
                (x + w / 2 - i32::from(columns) / 2, y + h / 2 - i32::from(rows) / 2)
            });
        }
        first.into_iter().for_each(|spot| self.map_choose(spot));
    }

    /// The nearest box or message that way.
    pub(in crate::tui) fn map_step(&mut self, way: Way) {
        let Some(chart) = self.state.chart(self.scene) else { return };
        let chosen = self.state.mode.overview().and_then(|map| map.chosen);
        let next = match chosen.filter(|spot| chart.area(*spot).is_some()) {
            Some(spot) => chart.beside(spot, way),
            None => chart.spots().first().map(|(spot, _)| *spot),
        };
        next.into_iter().for_each(|spot| self.map_choose(spot));
    }

    /// The next box or message in the order of reading, or the one before.
    pub(in crate::tui) fn map_follow(&mut self, forward: bool) {
        let spots = self.chart_spots();
        let chosen = self.state.mode.overview().and_then(|map| map.chosen);
        let at = chosen.and_then(|chosen| spots.iter().position(|spot| *spot == chosen));
        let next = match (at, forward) {
            (None, _) => 0,
            (Some(at), true) => (at + 1) % spots.len(),
            (Some(at), false) => (at + spots.len() - 1) % spots.len(),
        };
        spots.get(next).copied().into_iter().for_each(|spot| self.map_choose(spot));
    }

    /// Moves the map.
    pub(in crate::tui) fn map_pan(&mut self, columns: i32, rows: i32) {
        let (size, chart) = (self.state.window.size(), self.state.chart(self.scene));
        if let (Mode::Map(map), Some(chart)) = (&mut self.state.mode, chart) {
            let corner = (map.corner.0 + columns * STEP.0, map.corner.1 + rows * STEP.1);
            map.corner = chart.within(corner, size);
        }
    }

    /// Goes to what is chosen, on the wall.
    pub(in crate::tui) fn map_go(&mut self) {
        let Some(main) = self.state.main else { return };
        self.leave_place();
        self.state.mode = Mode::Wall;
        let things = self.state.things().to_vec();
        if let Some(rect) = Rect::around(things.iter().filter_map(|id| self.rect(*id))) {
            self.state.window.reveal(rect);
        }
        self.choose(main);
    }

    /// What the mouse does while the map is shown; whether it is.
    pub(super) fn map_mouse(&mut self, mouse: Mouse) -> bool {
        let Mode::Map(map) = &self.state.mode else { return false };
        let Some(chart) = self.state.chart(self.scene) else { return true };
        let size = self.state.window.size();
        let cell = (i32::from(mouse.x), i32::from(mouse.y) - i32::from(self.state.bars()));
        let origin = chart.origin(map.corner, size);
        let spot = chart.at((cell.0 - origin.0, cell.1 - origin.1));
        match (mouse.deed, spot) {
            (MouseDeed::WheelUp, _) if mouse.mods.shift => self.map_pan(-1, 0),
            (MouseDeed::WheelDown, _) if mouse.mods.shift => self.map_pan(1, 0),
            (MouseDeed::WheelUp, _) => self.map_pan(0, -1),
            (MouseDeed::WheelDown, _) => self.map_pan(0, 1),
            (MouseDeed::WheelLeft, _) => self.map_pan(-1, 0),
            (MouseDeed::WheelRight, _) => self.map_pan(1, 0),
            (MouseDeed::DoublePress, Some(spot)) => {
                self.map_choose(spot);
                self.map_go();
            }
            (MouseDeed::Press(_), spot) => {
                self.state.told = None;
                if let Mode::Map(map) = &mut self.state.mode {
                    map.held = Some(cell);
                }
                spot.into_iter().for_each(|spot| self.map_choose(spot));
            }
            (MouseDeed::Drag(_), _) => {
                if let Mode::Map(map) = &mut self.state.mode
                    && let Some(held) = map.held.replace(cell)
                {
                    let corner = (map.corner.0 + held.0 - cell.0, map.corner.1 + held.1 - cell.1);
                    map.corner = chart.within(corner, size);
                }
            }
            (MouseDeed::Release(_), _) => {
                if let Mode::Map(map) = &mut self.state.mode {
                    map.held = None;
                }
            }
            (MouseDeed::DoublePress, None) => {}
        }
        true
    }

    /// Chooses a box or a message, and with it what it is on the wall.
    fn map_choose(&mut self, spot: Spot) {
        let (size, chart) = (self.state.window.size(), self.state.chart(self.scene));
        let (Mode::Map(map), Some(chart)) = (&mut self.state.mode, chart) else { return };
        map.chosen = Some(spot);
        if let Some(area) = chart.area(spot) {
            map.corner = chart.revealing(area, map.corner, size);
        }
        let things = chart.things(spot);
        self.state.main = things.first().copied();
        self.state.marked = if things.len() > 1 { things } else { Vec::new() };
    }

    fn chart_spots(&self) -> Vec<Spot> {
        let chart = self.state.chart(self.scene);
        chart.map(|chart| chart.spots().into_iter().map(|(spot, _)| spot).collect()).unwrap_or_default()
    }
}
