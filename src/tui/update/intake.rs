//! A file of another tool put on the wall: asked for, looked at, its labels told what they are.

use std::path::{Path, PathBuf};

use super::Turn;
use crate::model::{Id, Rect};
use crate::query::Offers;
use crate::session::intake::Intake;
use crate::tui::field::Field;
use crate::tui::list::Choice;
use crate::tui::state::{Ask, Asked, Effect, Found, Incoming, Job, List, Listed, Making, Mode, Told};
use crate::words::Said;

impl Turn<'_> {
    /// Asks which file is to be read.
    pub(in crate::tui) fn import(&mut self) {
        match self.refusal() {
            Some(told) => self.state.told = Some(told),
            None => self.question(Asked::Source, ""),
        }
    }

    /// Has it read.
    pub(super) fn fetch(&mut self, name: &str) {
        let path = PathBuf::from(name);
        self.state.mode = Mode::Making(Making { job: Job::Fetch(path.clone()), progress: (0, 0) });
        self.effects.push(Effect::Fetch(path));
    }

    /// Shows what it brings; or says why nothing, and asks anew.
    pub(super) fn fetched(&mut self, fetched: Result<Found<Intake>, Said>) {
        let is_shown = matches!(&self.state.mode, Mode::List(list) if list.what == Listed::Intake);
        match (&self.state.mode, fetched) {
            (Mode::Making(Making { job: Job::Fetch(path), .. }), Err(said)) => {
                let question = source(path);
                self.state.mode = question;
                self.state.told = Some(Told { said, bad: true });
            }
            (Mode::Making(Making { job: Job::Fetch(path), .. }), Ok(intake)) => {
                let behind = Some(Box::new(source(path)));
                self.state.incoming = Some(Incoming::new(intake));
                self.state.mode = Mode::List(List { behind, ..List::new(Listed::Intake) });
                self.list_by(0);
            }
            (_, Ok(intake)) if is_shown => {
                let incoming = self.state.incoming.as_mut();
                if incoming.is_some_and(|incoming| incoming.take(intake)) {
                    self.take_in();
                }
            }
            (_, Err(said)) if is_shown => self.state.told = Some(Told { said, bad: true }),
            _ => {}
        }
    }

    /// Gives the chosen label the next kind, or the one before, and has the file read by it.
    pub(in crate::tui) fn step_kind(&mut self, by: isize) {
        let row = self.list().and_then(|(list, rows)| Some(rows.get(list.row)?.into_owned().choice));
        if let (Some(Choice::Label(at)), Some(incoming)) = (row, &mut self.state.incoming) {
            incoming.step(at, by);
            let (intake, mapping) = (incoming.intake.clone(), incoming.mapping.clone());
            self.effects.push(Effect::Remap(intake, mapping));
        }
    }

    /// Puts it on the wall, once it is read as its labels were told.
    pub(in crate::tui) fn take_in(&mut self) {
        let Some(incoming) = &mut self.state.incoming else { return };
        if incoming.is_stale() {
            incoming.hurries = true;
            return;
        }
        let intake = incoming.intake.clone();
        self.state.incoming = None;
        self.state.mode = Mode::Wall;
        self.ask(Effect::TakeIn(intake));
    }

    /// It stands there: all of it is shown, and chosen where other things stand there too.
    pub(super) fn taken_in(&mut self, what: Said, things: Vec<Id>) {
        let said = Said::new("tell-taken-in").with_said("what", what).with("undo", self.key_of("undo"));
        self.state.told = Some(Told { said, bad: false });
        if let Some(rect) = Rect::around(things.iter().filter_map(|id| self.rect(*id))) {
            self.state.window.survey(rect);
        }
        if things.len() < self.scene.board.notes.len() + self.scene.board.contexts.len() {
            self.state.main = things.last().copied();
            self.state.marked = if things.len() > 1 { things } else { Vec::new() };
        }
    }

    /// Has the path before the cursor completed.
    pub(in crate::tui) fn complete_path(&mut self) {
        if let Mode::Ask(ask) = &self.state.mode {
            let typed = ask.field.text()[..ask.field.cursor()].to_owned();
            self.effects.push(Effect::Complete(typed));
        }
    }

    /// Types what all that the path may become have in common, and offers them.
    pub(super) fn completed(&mut self, typed: &str, offers: Offers) {
        let Mode::Ask(ask) = &mut self.state.mode else { return };
        if &ask.field.text()[..ask.field.cursor()] != typed {
            return;
        }
        match &*offers.texts {
            [] => return self.tell("tell-no-such-place"),
            [first, rest @ ..] => {
                let common = rest.iter().fold(&**first, |common, other| alike(common, other));
                ask.field.replace_from(offers.from, common);
            }
        }
        ask.offers = if offers.texts.len() > 1 { offers } else { Offers::default() };
    }
}

/// The question which file is to be read, answered so far by this.
fn source(path: &Path) -> Mode {
    let field = Field::new(path.to_string_lossy());
    Mode::Ask(Ask { what: Asked::Source, field, offers: Offers::default() })
}

/// What two names begin with.
fn alike<'a>(one: &'a str, other: &str) -> &'a str {
    let end = one.char_indices().zip(other.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    &one[..end.unwrap_or(one.len().min(other.len()))]
}
