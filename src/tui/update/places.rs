//! The places somebody has looked at: back through them, and forward again.

use super::Turn;
use crate::model::Id;
use crate::tui::state::Spot;

/// Nobody goes back through more.
const SPOTS_MAX: usize = 100;

impl Turn<'_> {
    /// Chooses a thing that may be far away, so that one can come back from it.
    pub(super) fn go_to(&mut self, id: Id) {
        self.leave_place();
        self.choose(id);
    }

    /// Keeps in mind what is looked at, because something else will be.
    pub(super) fn leave_place(&mut self) {
        let spot = self.spot();
        self.leave_spot(spot);
    }

    /// The same for what was looked at before something was tried.
    pub(super) fn leave_spot(&mut self, spot: Spot) {
        let been = &mut self.state.been;
        been.ahead.clear();
        if been.back.last() != Some(&spot) {
            been.back.push(spot);
        }
        let over = been.back.len().saturating_sub(SPOTS_MAX);
        been.back.drain(..over);
    }

    pub(in crate::tui) fn place_before(&mut self) {
        let here = self.spot();
        match self.state.been.back.pop() {
            Some(spot) => {
                self.state.been.ahead.push(here);
                self.look_at(spot);
            }
            None => self.tell("tell-no-place-before"),
        }
    }

    pub(in crate::tui) fn place_after(&mut self) {
        let here = self.spot();
        match self.state.been.ahead.pop() {
            Some(spot) => {
                self.state.been.back.push(here);
                self.look_at(spot);
            }
            None => self.tell("tell-no-place-after"),
        }
    }

    fn spot(&self) -> Spot {
        Spot { window: self.state.window, main: self.state.main }
    }

    fn look_at(&mut self, spot: Spot) {
        self.state.window = spot.window;
        self.state.main = spot.main;
        // The screen may have another size than it had then.
        self.state.resize(self.state.size());
    }
}
