//! The wall as it was: stepping through its deeds, letting them happen again, coming back to now.
//!
//! Only the number of deeds that are shown changes here; whoever owns the wall shows it as it was after them.

use super::Turn;
use crate::model::{Id, Rect};
use crate::tui::input::{Mouse, MouseDeed};
use crate::tui::state::{Aim, Mode, PACES};
use crate::tui::view::time_track;

impl Turn<'_> {
    /// Lets everything happen again from the beginning.
    pub(in crate::tui) fn replay(&mut self) {
        match self.deed_count() {
            0 => self.tell("tell-no-deeds"),
            count => {
                self.state.replay(count, None);
                let extent = self.scene.projection.extent();
                extent.into_iter().for_each(|extent| self.state.window.survey(extent));
            }
        }
    }

    /// Shows the wall as it was after its first deeds.
    pub(super) fn show_then(&mut self, shown: usize) {
        self.state.show_then(shown, self.deed_count());
    }

    /// The wall as it was has come: what its last deed touched is lit and seen.
    pub(super) fn came_then(&mut self, touched: Vec<Id>) {
        let rects = touched.iter().filter_map(|id| self.rect(*id));
        if let Some(rect) = Rect::around(rects) {
            self.state.window.reveal(rect);
        }
        self.state.light(touched);
    }

    pub(in crate::tui) fn step_then(&mut self, by: isize) {
        if let Some(then) = &mut self.state.then {
            then.plays = false;
            then.shown = then.shown.saturating_add_signed(by).min(then.count);
        }
    }

    pub(in crate::tui) fn play(&mut self) {
        if let Some(then) = &mut self.state.then {
            then.plays = !then.plays;
            if then.plays && then.shown == then.count {
                then.shown = 0;
            }
        }
    }

    pub(in crate::tui) fn pace(&mut self, by: isize) {
        if let Some(then) = &mut self.state.then {
            then.pace = then.pace.saturating_add_signed(by).min(PACES.len() - 1);
        }
    }

    /// Time has passed: the next deed happens, until there is none.
    pub(super) fn tick(&mut self) {
        self.fade();
        if let Some(then) = self.state.then.as_mut().filter(|then| then.plays) {
            then.shown = (then.shown + 1).min(then.count);
            then.plays = then.shown < then.count;
        }
    }

    /// Goes to the moment that was pressed on the line of time; whether it was.
    pub(super) fn then_mouse(&mut self, mouse: Mouse) -> bool {
        let (track, row) = (time_track(self.state), self.state.size().1.saturating_sub(2));
        let pressed = matches!(mouse.deed, MouseDeed::Press(_) | MouseDeed::Drag(_));
        match &mut self.state.then {
            Some(then) if pressed && mouse.y == row && track.contains(&mouse.x) => {
                let at = usize::from(mouse.x - track.start) * then.count;
                then.plays = false;
                then.shown = at.div_ceil(track.len().saturating_sub(1).max(1)).min(then.count);
                true
            }
            _ => false,
        }
    }

    /// Back to the wall as it is.
    pub(in crate::tui) fn now(&mut self) {
        if let Some(then) = self.state.then.take() {
            (self.state.window, self.state.main) = (then.window, then.main);
            self.state.light(Vec::new());
            self.state.resize(self.state.size());
        }
    }

    /// Nothing is begun that could not be finished on a wall that may only be looked at.
    pub(super) fn only_look(&mut self) {
        let begun = match &self.state.mode {
            // What somebody has typed already is theirs until they leave it.
            Mode::Write(writing) if self.state.then.is_none() && writing.is_changed(self.scene) => {
                Some(false)
            }
            Mode::Carry(carry) if carry.held.is_some() => None,
            Mode::Shape(shape) if shape.held.is_some() => None,
            Mode::Write(_) | Mode::Carry(_) | Mode::Shape(_) | Mode::Line(_) => Some(true),
            Mode::Ask(ask) if ask.what.is_of_wall() => Some(true),
            Mode::Pick(pick) if pick.aim != Aim::Jump => Some(true),
            Mode::Pull { .. } => None,
            _ => Some(false),
        };
        if begun != Some(false) && self.refusal().is_some() {
            self.state.mode = Mode::Wall;
            self.state.told = self.refusal().filter(|_| begun.is_some()).or(self.state.told.take());
        }
    }

    fn deed_count(&self) -> usize {
        self.scene.record.map_or(0, |record| record.memo.deeds(record.wall).len())
    }
}
