//! A first walk round the screen: one row of [`STEPS`] after the other, each done by really doing it.
//!
//! A step watches the state and the wall and is over when what it asks for has happened, whichever way that was done.
//! The walk can be left at any time and is taken up again where it was left.

use super::actions::ACTIONS;
use super::keymap::Keymap;
use super::state::{Listed, Mode, Scene, State};
use crate::model::{Id, NoteKind};
use crate::words::{Key, Said};

/// What the settings say where the walk has come to its end.
pub const DONE: &str = "done";

/// How many notes a person's own process has, at least.
const OWN_NOTES: usize = 4;

/// One step of the walk.
pub struct Step {
    says: Key,
    hint: Key,
    /// Actions whose keys its sentences name.
    names: &'static [&'static str],
    is_done: fn(&Tour, &State, &Scene<'_>) -> bool,
}

macro_rules! steps {
    ($($name:literal [$($named:literal)*] $is_done:expr;)*) => {
        &[$(Step {
            says: Key(concat!("tour-", $name)),
            hint: Key(concat!("tour-hint-", $name)),
            names: &[$($named),*],
            is_done: $is_done,
        }),*]
    };
}

/// Every step, in order.
pub static STEPS: &[Step] = steps! {
    "choose" ["right" "later"] |tour, state, _| state.main.is_some() && state.main != tour.main;
    "whole" ["zoom-out" "fit"] |tour, state, _| state.window.percent() < tour.percent;
    "close" ["zoom-whole" "zoom-in"] |tour, state, _| state.window.percent() > tour.percent;
    "find" ["find"] |_, state, _| {
        matches!(&state.mode, Mode::List(list) if list.what == Listed::Find && !list.field.text().is_empty())
            || !state.query.is_empty()
    };
    "event" ["new-after"] |tour, _, scene| scene.board.notes.len() > tour.notes;
    "next" ["edit" "save-next"] |tour, _, scene| scene.board.arrows.len() > tour.arrows;
    "hotspot" ["hotspot"] |tour, _, scene| hotspots(scene) > tour.hotspots;
    "move" ["carry" "drop"] |tour, _, scene| {
        let moved = |said: &Said| ["told-note-moved", "told-notes-moved"].contains(&deed(said));
        scene.undo.is_some_and(moved) && scene.undo != tour.deed.as_ref()
    };
    "undo" ["undo"] |_, state, _| state.told.as_ref().is_some_and(|told| told.said.key.0 == "tell-undone");
    "help" ["help" "help-here"] |_, state, _| {
        matches!(&state.mode, Mode::List(list) if list.what == Listed::Help)
    };
    "own" ["line" "new-after"] |tour, _, scene| scene.board.notes.len() >= tour.notes + OWN_NOTES;
};

/// Somebody on the walk: which step they are at, and how things were when it began.
#[derive(Clone, PartialEq, Debug)]
pub struct Tour {
    /// How many steps are done.
    pub at: usize,
    main: Option<Id>,
    percent: i64,
    notes: usize,
    arrows: usize,
    hotspots: usize,
    deed: Option<Said>,
}

impl Tour {
    /// The walk, so many steps of it being done.
    pub fn begin(at: usize, state: &State, scene: &Scene<'_>) -> Tour {
        Tour {
            at,
            main: state.main,
            percent: state.window.percent(),
            notes: scene.board.notes.len(),
            arrows: scene.board.arrows.len(),
            hotspots: hotspots(scene),
            deed: scene.undo.cloned(),
        }
    }

    /// The walk after what just happened; nothing where it has come to its end.
    pub fn after(self, state: &State, scene: &Scene<'_>) -> Option<Tour> {
        let step = STEPS.get(self.at)?;
        if !(step.is_done)(&self, state, scene) {
            return Some(self);
        }
        (self.at + 1 < STEPS.len()).then(|| Tour::begin(self.at + 1, state, scene))
    }

    /// What is to be done now, and how.
    pub fn said(&self, keys: &Keymap) -> [Said; 2] {
        let step = &STEPS[self.at.min(STEPS.len() - 1)];
        [step.says, step.hint].map(|key| {
            let row = |name: &str| ACTIONS.iter().find(|row| row.name == name);
            let key_of = |name| row(name).map_or_else(String::new, |row| keys.first(row, None));
            let said = Said { key, args: Vec::new() };
            step.names.iter().fold(said, |said, name| said.with(name, key_of(name)))
        })
    }
}

/// The key of the first thing that a deed did.
fn deed(said: &Said) -> &'static str {
    match &said.args[..] {
        [("first", crate::words::Arg::Said(first)), ..] => first.key.0,
        _ => said.key.0,
    }
}

fn hotspots(scene: &Scene<'_>) -> usize {
    scene.board.notes.values().filter(|note| note.kind == NoteKind::Hotspot).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn every_step_is_told_in_both_languages_with_all_its_keys() {
        for (at, step) in STEPS.iter().enumerate() {
            assert!(step.names.iter().all(|name| ACTIONS.iter().any(|row| row.name == *name)));
            for lang in Lang::ALL {
                assert!(!step.says.say(lang).contains('{'), "{at}");
                let told = step.names.iter().fold(step.hint.say(lang).to_owned(), |hint, name| {
                    hint.replace(&format!("{{{name}}}"), "x")
                });
                assert!(!told.contains('{') && !told.starts_with("tour-"), "{told}");
            }
        }
    }
}
