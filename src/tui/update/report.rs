//! A report made from the screen: what it tells, where it is to stand, what came of it.

use std::path::{Path, PathBuf};

use super::Turn;
use crate::format::report::{Form, Template};
use crate::session::file::NotPut;
use crate::session::report::Order;
use crate::tui::state::{Asked, Effect, Listed, Making, Mode, Told};
use crate::words::Said;

impl Turn<'_> {
    /// Asks what it is to tell.
    pub(in crate::tui) fn report(&mut self) {
        match self.state.then {
            Some(_) => self.tell("tell-not-now"),
            None => self.open(Listed::Reports),
        }
    }

    /// Asks where it is to stand; proposes a name like the board's.
    pub(super) fn report_by(&mut self, template: Template) {
        let board = self.scene.record.and_then(|record| record.wall.path()).and_then(Path::file_stem);
        let board = board.map_or("report".into(), |stem| stem.to_string_lossy());
        let name = match template {
            Template::Default => format!("{board}.html"),
            Template::Onepage | Template::Bootcamp => format!("{board}-{}.html", template.name()),
        };
        self.question(Asked::ReportPath(template, None), &name);
    }

    /// Has it made. A file that is there is replaced where the person, told so, has named it again.
    pub(super) fn report_to(&mut self, template: Template, there: Option<String>, name: &str) {
        let path = PathBuf::from(name);
        let Some(form) = Form::told_by_ending(&path) else {
            self.question(Asked::ReportPath(template, there), name);
            return self.tell("tell-report-ending");
        };
        let over = there.is_some_and(|there| there == name);
        let order = Order { path, template, form, lang: self.state.lang, over };
        self.state.mode = Mode::Report(Making { order: order.clone(), progress: (0, 0) });
        self.effects.push(Effect::Report(order));
    }

    /// It stands there now; or why it does not, and the question anew.
    pub(super) fn reported(&mut self, reported: &Result<PathBuf, NotPut>) {
        let Mode::Report(Making { order, .. }) = std::mem::replace(&mut self.state.mode, Mode::Wall) else {
            return;
        };
        let name = order.path.to_string_lossy().into_owned();
        let said = match reported {
            Ok(path) => Said::new("tell-reported").with("path", path.display()),
            Err(NotPut::There(path)) => Said::new("tell-report-there").with("path", path.display()),
            Err(NotPut::Unwritten(path, why)) => {
                Said::new("tell-report-unwritten").with("path", path.display()).with_said("why", why.clone())
            }
        };
        if let Err(not) = reported {
            let there = matches!(not, NotPut::There(_)).then(|| name.clone());
            self.question(Asked::ReportPath(order.template, there), &name);
        }
        self.state.told = Some(Told { said, bad: matches!(reported, Err(NotPut::Unwritten(..))) });
    }
}
