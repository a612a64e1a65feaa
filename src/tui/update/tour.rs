//! The walk round the screen: begun, gone on with, left.

use super::Turn;
use crate::tui::state::Effect;
use crate::tui::tour::{DONE, Tour};

/// What the settings call it.
const SETTING: &str = "tour";

/// A wall of fewer notes has nothing to walk round in.
const NOTES_LEAST: usize = 3;

impl Turn<'_> {
    /// Begins the walk where it was left, or leaves it.
    pub(in crate::tui) fn tour(&mut self) {
        if let Some(tour) = self.state.tour.take() {
            self.ask(Effect::Set(SETTING, tour.at.to_string()));
            return self.tell("tell-tour-left");
        }
        if self.scene.board.notes.len() < NOTES_LEAST || self.scene.read_only.is_some() {
            return self.tell("tell-tour-needs");
        }
        let at = self.state.settings.get(SETTING).parse().unwrap_or(0);
        self.state.tour = Some(Tour::begin(at, self.state, self.scene));
    }

    /// Goes on to the next step where what this one asks for has happened.
    pub(super) fn walk_on(&mut self) {
        if let Some(tour) = self.state.tour.take() {
            self.state.tour = tour.after(self.state, self.scene);
            if self.state.tour.is_none() {
                self.ask(Effect::Set(SETTING, DONE.to_owned()));
                self.tell("tell-tour-done");
            }
        }
    }
}
