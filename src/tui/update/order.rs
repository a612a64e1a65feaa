//! A file made from the screen: what it is, where it is to stand, what came of it.

use std::path::{Path, PathBuf};

use super::Turn;
use crate::format::Format;
use crate::format::report::{Form, Template};
use crate::model::Id;
use crate::session::file::NotPut;
use crate::session::order::{Order, What};
use crate::tui::state::{Asked, Effect, Job, Listed, Making, Mode, Told};
use crate::words::Said;

impl Turn<'_> {
    /// Asks what a report is to tell.
    pub(in crate::tui) fn report(&mut self) {
        self.open_now(Listed::Reports);
    }

    /// Asks in which format the wall is to be written.
    pub(in crate::tui) fn export(&mut self) {
        self.open_now(Listed::Exports);
    }

    pub(super) fn open_now(&mut self, list: Listed) {
        match self.state.then {
            Some(_) => self.tell("tell-not-now"),
            None => self.open(list),
        }
    }

    /// Asks whether all of the wall is meant, where a context is chosen; else where it is to stand.
    pub(super) fn export_as(&mut self, format: &'static Format) {
        match self.chosen_context() {
            Some(context) => self.open(Listed::Extent(format, context)),
            None => self.order(What::Export(format, None)),
        }
    }

    /// The context that is chosen, or that all chosen notes lie in.
    fn chosen_context(&self) -> Option<Id> {
        let (board, projection) = (self.scene.board, self.scene.projection);
        let context = |id: Id| match board.contexts.contains_key(&id) {
            true => Some(id),
            false => projection.frames.context_at(projection.space.tile(id)?.rect.center()),
        };
        let chosen = self.standing();
        let first = context(*chosen.first()?)?;
        chosen.into_iter().all(|id| context(id) == Some(first)).then_some(first)
    }

    /// Asks where it is to stand; proposes a name like the board's.
    pub(super) fn order(&mut self, what: What) {
        let board = self.scene.record.and_then(|record| record.wall.path()).and_then(Path::file_stem);
        let board = board.map(|stem| stem.to_string_lossy());
        let name = match what {
            What::Report(template, _) => {
                let board = board.unwrap_or("report".into());
                match template {
                    Template::Default => format!("{board}.html"),
                    Template::Onepage | Template::Bootcamp => format!("{board}-{}.html", template.name()),
                }
            }
            What::Export(format, context) => {
                let context = context.and_then(|id| self.scene.board.contexts.get(&id));
                let part = context.map_or_else(String::new, |context| format!("-{}", plain(context.name())));
                let board = board.unwrap_or("board".into()) + &*part;
                match format.is_folder(context.map(|context| context.id)) {
                    true => format!("{board}-{}", format.name),
                    false => format!("{board}.{}", format.ending),
                }
            }
        };
        self.question(Asked::Place(what, None), &name);
    }

    /// Has it made. What is there is replaced where the person, told so, has named it again.
    pub(super) fn order_to(&mut self, what: What, there: Option<String>, name: &str) {
        let path = PathBuf::from(name);
        let what = match what {
            What::Report(template, _) => match Form::told_by_ending(&path) {
                Some(form) => What::Report(template, form),
                None => {
                    self.question(Asked::Place(what, there), name);
                    return self.tell("tell-report-ending");
                }
            },
            export @ What::Export(..) => export,
        };
        let over = there.is_some_and(|there| there == name);
        let order = Order { path, what, lang: self.state.lang, over };
        self.state.mode = Mode::Making(Making { job: Job::Order(order.clone()), progress: (0, 0) });
        self.effects.push(Effect::Make(order));
    }

    /// It stands there now; or why it does not, and the question anew.
    pub(super) fn stands(&mut self, stands: &Result<PathBuf, NotPut>) {
        let Mode::Making(Making { job: Job::Order(order), .. }) = &self.state.mode else { return };
        let order = order.clone();
        self.state.mode = Mode::Wall;
        let name = order.path.to_string_lossy().into_owned();
        let said = match (stands, order.what) {
            (Ok(path), What::Report(..)) => Said::new("tell-reported").with("path", path.display()),
            (Ok(path), What::Export(..)) => Said::new("tell-exported").with("path", path.display()),
            (Err(NotPut::There(path)), _) => Said::new("tell-place-taken").with("path", path.display()),
            (Err(NotPut::Unwritten(path, why)), _) => {
                Said::new("tell-unwritten").with("path", path.display()).with_said("why", why.clone())
            }
        };
        if let Err(not) = stands {
            let there = matches!(not, NotPut::There(_)).then(|| name.clone());
            self.question(Asked::Place(order.what, there), &name);
        }
        self.state.told = Some(Told { said, bad: matches!(stands, Err(NotPut::Unwritten(..))) });
    }
}

/// A name that any file may bear.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}
