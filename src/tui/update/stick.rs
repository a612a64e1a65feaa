//! Sticking notes on others, and taking them off.

use super::Turn;
use crate::command::Command;
use crate::model::{Id, Note, Point, Rect};
use crate::tui::place::Anchor;
use crate::tui::state::Aim;

impl Turn<'_> {
    /// Asks which note the chosen ones are to be stuck on.
    pub(in crate::tui) fn pick_host(&mut self) {
        if !self.chosen_of(|note| note.kind.sticks(), "tell-only-sticking").is_empty() {
            self.pick(Aim::Host);
        }
    }

    /// Sticks the chosen notes that can be on a note, those that do not touch it at its corner.
    pub(super) fn stick_on(&mut self, host: Id) {
        let board = self.scene.board;
        let Some(on) = board.notes.get(&host).map(Note::rect) else { return };
        let notes = self.chosen_of(|note| note.kind.sticks() && note.id != host, "tell-only-sticking");
        let command = |(nth, id): (i32, Id)| {
            let rect = board.notes[&id].rect();
            let at = Anchor::On(on).spot(rect.size, &self.scene.projection.space).at;
            let below = Point::new(0, nth.saturating_mul(rect.size.h));
            let put = Command::Move { things: vec![id], by: at.minus(rect.at).shifted(below) };
            let stick = Command::Stick { note: id, host: Some(host) };
            [Some(stick), (!touch(rect, on)).then_some(put)]
        };
        let commands: Vec<Command> = (0..).zip(notes).flat_map(command).flatten().collect();
        if !commands.is_empty() {
            self.perform(Command::All(commands));
        }
    }

    /// Takes the chosen notes off what they are stuck on.
    pub(in crate::tui) fn unstick(&mut self) {
        let stuck = self.chosen_of(|note| note.host.is_some(), "tell-only-stuck");
        let take_off = |note| Command::Stick { note, host: None };
        if !stuck.is_empty() {
            self.perform(Command::All(stuck.into_iter().map(take_off).collect()));
        }
    }

    /// The chosen notes of a sort; says which sort is meant where none is.
    fn chosen_of(&mut self, is_meant: impl Fn(&Note) -> bool, none: &'static str) -> Vec<Id> {
        let board = self.scene.board;
        let chosen = self.chosen_notes();
        let meant: Vec<Id> = chosen.iter().filter(|id| is_meant(&board.notes[id])).copied().collect();
        if meant.is_empty() && !chosen.is_empty() {
            self.tell(none);
        }
        meant
    }
}

fn touch(a: Rect, b: Rect) -> bool {
    a.overlaps(b.grown(1))
}
