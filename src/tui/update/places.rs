//! The places somebody has looked at: back through them, and forward again.

use super::Turn;
use crate::model::Id;
use crate::tui::state::{Been, Spot};

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
        self.go_through(|been| (&mut been.back, &mut been.ahead), "tell-no-place-before");
    }

    pub(in crate::tui) fn place_after(&mut self) {
        self.go_through(|been| (&mut been.ahead, &mut been.back), "tell-no-place-after");
    }

    /// Looks at the last of the first places again, and keeps this one among the second.
    fn go_through(&mut self, ends: fn(&mut Been) -> (&mut Vec<Spot>, &mut Vec<Spot>), none: &'static str) {
        let here = self.spot();
        let (from, to) = ends(&mut self.state.been);
        match from.pop() {
            Some(spot) => {
                to.push(here);
                self.look_at(spot);
            }
            None => self.tell(none),
        }
    }

    fn spot(&self) -> Spot {
        Spot { window: self.state.window, main: self.state.main }
    }

    fn look_at(&mut self, spot: Spot) {
        self.state.look_through(spot.window);
        self.state.main = spot.main;
    }
}
