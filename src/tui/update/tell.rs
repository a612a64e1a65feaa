//! The story of the wall: begun, gone on with, left where it was begun or where it has come to.
//!
//! Others may change the wall meanwhile: the step is found again by the notes it told of.

use super::Turn;
use crate::model::Rect;
use crate::tui::input::{Button, Mouse, MouseDeed};
use crate::tui::state::{Mode, Tale};
use crate::tui::viewport::Viewport;

impl Turn<'_> {
    /// Tells the story from the step that what is chosen comes into first, or from its beginning.
    pub(in crate::tui) fn begin_telling(&mut self) {
        let Some(story) = self.scene.record.map(|record| record.memo.story(false, self.scene)) else {
            return;
        };
        if story.is_empty() {
            return self.tell("story-none");
        }
        let main = self.state.main;
        let at = main.and_then(|id| story.iter().position(|step| step.notes.contains(&id))).unwrap_or(0);
        let before = self.state.window;
        self.state.mode = Mode::Tell(Tale { at, notes: Vec::new(), from_end: false, before });
        self.state.resize(self.state.size());
    }

    /// Goes on or back in the story.
    pub(in crate::tui) fn tell_by(&mut self, steps: isize) {
        if let Mode::Tell(tale) = &mut self.state.mode
            && let Some((at, story)) = tale.step(self.scene)
        {
            tale.at = at.saturating_add_signed(steps).min(story.len() - 1);
            tale.notes.clear();
        }
    }

    /// Tells it the other way round, from the step that tells of the same.
    pub(in crate::tui) fn tell_other_way(&mut self) {
        if let Mode::Tell(tale) = &mut self.state.mode {
            tale.from_end = !tale.from_end;
        }
    }

    /// Leaves the story for the note at which something is missing, or else for the last one told of.
    pub(in crate::tui) fn stay_at_step(&mut self) {
        let Mode::Tell(tale) = &self.state.mode else { return };
        let step = tale.step(self.scene).map(|(at, story)| &story[at]);
        let note = step.and_then(|step| step.gap.or(step.notes.last().copied()));
        self.end_telling(None);
        note.into_iter().for_each(|note| self.go_to(note));
    }

    /// Ends the story, and looks through this window again.
    pub(super) fn end_telling(&mut self, before: Option<Viewport>) {
        self.state.mode = Mode::Wall;
        self.state.look_through(before.unwrap_or(self.state.window));
        self.state.light(Vec::new());
    }

    /// A press on the sentences goes on, one with the right button back; whether it was there.
    pub(super) fn tell_mouse(&mut self, mouse: Mouse) -> bool {
        let (bottom, rows) = (self.state.size().1, self.state.tale_rows() + self.state.bars());
        let is_there = matches!(self.state.mode, Mode::Tell(_)) && mouse.y + rows >= bottom;
        match mouse.deed {
            MouseDeed::Press(Button::Right) if is_there => self.tell_by(-1),
            MouseDeed::Press(_) | MouseDeed::DoublePress if is_there => self.tell_by(1),
            _ => return false,
        }
        true
    }

    /// Lights what the step tells of and moves the wall until it is seen, where that is not so yet.
    pub(super) fn keep_telling(&mut self) {
        let Mode::Tell(tale) = &mut self.state.mode else { return };
        let Some((at, story)) = tale.step(self.scene) else {
            self.end_telling(None);
            return self.tell("story-none");
        };
        if tale.at != at || tale.notes != story[at].notes {
            (tale.at, tale.notes) = (at, story[at].notes.clone());
            let notes = story[at].notes.clone();
            let before = tale.before;
            let rects: Vec<Rect> = notes.iter().filter_map(|id| self.rect(*id)).collect();
            self.state.window.gather(&rects, &before);
            self.state.light(notes);
        }
    }
}
