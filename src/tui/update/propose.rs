//! Proposed contexts over the wall: looked for, gone through, drawn.

use std::sync::Arc;

use super::Turn;
use crate::command::Command;
use crate::model::{Id, Rect, Size};
use crate::query::suggest::{Cuts, GRANULARITIES, Group, Method, NOTES_MAX};
use crate::session::proposal::framed;
use crate::tui::state::{Effect, Found, Mode, Proposing, Told};
use crate::words::Said;

impl Turn<'_> {
    /// Has contexts looked for.
    pub(in crate::tui) fn propose(&mut self) {
        if self.state.then.is_some() {
            return self.tell("tell-not-now");
        }
        let before = self.state.window;
        self.state.mode = Mode::Propose(Proposing::new(before));
        self.effects.push(Effect::Propose);
    }

    /// The search has come to its end.
    pub(super) fn proposed(&mut self, cuts: Option<Arc<Cuts>>) {
        let Mode::Propose(proposing) = &mut self.state.mode else { return };
        let Some(cuts) = cuts else {
            self.leave_proposals();
            let said = Said::new("suggest-too-many").with("max", NOTES_MAX);
            self.state.told = Some(Told { said, bad: true });
            return;
        };
        proposing.granularity = cuts.chosen;
        proposing.found = Some(Found(cuts));
        let is_empty = proposing.cut().is_none_or(|cut| cut.groups.is_empty());
        if is_empty {
            self.leave_proposals();
            return self.tell("suggest-none");
        }
        if let Some(extent) = self.scene.projection.extent() {
            // The lower third is for reasons.
            let size = Size { h: extent.size.h.saturating_add(extent.size.h / 2), ..extent.size };
            self.state.window.survey(Rect { size, ..extent });
        }
        self.light_proposal();
    }

    /// The next way to cut.
    pub(in crate::tui) fn other_method(&mut self) {
        self.in_proposals(|proposing| {
            let at = Method::ALL.iter().position(|method| *method == proposing.method).unwrap_or(0);
            proposing.method = Method::ALL[(at + 1) % Method::ALL.len()];
            proposing.group = 0;
        });
    }

    /// More contexts or fewer.
    pub(in crate::tui) fn granulate(&mut self, by: isize) {
        self.in_proposals(|proposing| {
            let last = GRANULARITIES.len() - 1;
            proposing.granularity = proposing.granularity.saturating_add_signed(by).min(last);
            proposing.group = 0;
        });
    }

    /// The proposed context after this one, or before it.
    pub(in crate::tui) fn proposal_by(&mut self, by: isize) {
        self.in_proposals(|proposing| {
            let count = proposing.cut().map_or(0, |cut| cut.groups.len()).max(1);
            proposing.group = (proposing.group as isize + by).rem_euclid(count as isize) as usize;
        });
        if let Some(rect) = self.proposal().and_then(|group| self.rect_of(&group)) {
            self.state.window.reveal(rect);
        }
    }

    /// Draws the one that keys are about.
    pub(in crate::tui) fn accept_proposal(&mut self) {
        let Mode::Propose(proposing) = &self.state.mode else { return };
        let number = proposing.group + 1;
        let Some(group) = self.proposal() else { return };
        match framed(&self.standing_of(group.clone())) {
            Some(command) => self.ask(Effect::Perform(command)),
            None => {
                let said = Said::new("suggest-framed").with("number", number).with("name", &group.name);
                self.state.told = Some(Told { said, bad: false });
            }
        }
    }

    /// Draws all of them as one deed, and leaves.
    pub(in crate::tui) fn accept_proposals(&mut self) {
        let Mode::Propose(proposing) = &self.state.mode else { return };
        let groups = proposing.cut().map(|cut| cut.groups.clone()).unwrap_or_default();
        let commands: Vec<Command> =
            groups.into_iter().filter_map(|group| framed(&self.standing_of(group))).collect();
        if commands.is_empty() {
            return self.tell("tell-all-framed");
        }
        self.leave_proposals();
        self.ask(Effect::Perform(Command::All(commands)));
    }

    /// Leaves the wall as it was.
    pub(super) fn leave_proposals(&mut self) {
        if let Mode::Propose(proposing) = std::mem::replace(&mut self.state.mode, Mode::Wall) {
            self.state.look_through(proposing.before);
            self.state.light(Vec::new());
            self.effects.push(Effect::LetGo);
        }
    }

    fn in_proposals(&mut self, deed: impl FnOnce(&mut Proposing)) {
        if let Mode::Propose(proposing) = &mut self.state.mode
            && proposing.found.is_some()
        {
            deed(proposing);
            self.light_proposal();
        }
    }

    fn proposal(&self) -> Option<Group> {
        let Mode::Propose(proposing) = &self.state.mode else { return None };
        proposing.cut()?.groups.get(proposing.group).cloned()
    }

    fn light_proposal(&mut self) {
        let notes = self.proposal().map(|group| group.notes).unwrap_or_default();
        self.state.light(notes);
    }

    /// A proposal without the stickies that are gone by now, and where it stands by now.
    fn standing_of(&self, mut group: Group) -> Group {
        let projection = self.scene.projection;
        group.notes.retain(|id| projection.space.tile(*id).is_some());
        let home = |id: &Id| projection.frames.context_at(projection.space.tile(*id)?.rect.center());
        let first = group.notes.first().and_then(home);
        group.stands_in =
            first.map(|frame| (frame, group.notes.iter().filter(|id| home(id) == Some(frame)).count()));
        group
    }

    fn rect_of(&self, group: &Group) -> Option<Rect> {
        Rect::around(group.notes.iter().filter_map(|id| self.rect(*id)))
    }
}
