//! Lists over the wall: opening, narrowing, choosing.

use super::Turn;
use crate::model::Id;
use crate::model::field::FieldType;
use crate::session::config::Setting;
use crate::tui::field::Field;
use crate::tui::list::{Choice, Row, Rows};
use crate::tui::state::{Asked, Effect, List, Listed, Mode, Spot};

impl Turn<'_> {
    pub(super) fn open(&mut self, what: Listed) {
        self.state.mode = Mode::List(List::new(what));
        self.list_by(0);
    }

    /// The keys, those that hold just now first; what the person is in the middle of waits behind them.
    pub(in crate::tui) fn help(&mut self) {
        if matches!(&self.state.mode, Mode::List(list) if list.what == Listed::Help) {
            return self.out();
        }
        // What ends by itself finds nothing behind a list.
        if self.state.mode.waits() {
            return;
        }
        let behind = std::mem::replace(&mut self.state.mode, Mode::Wall);
        self.open(Listed::Help);
        if let Mode::List(list) = &mut self.state.mode {
            list.behind = Some(Box::new(behind));
        }
        self.list_by(0);
    }

    pub(in crate::tui) fn legend(&mut self) {
        self.open(Listed::Legend);
    }

    pub(in crate::tui) fn palette(&mut self) {
        self.open(Listed::Palette);
    }

    /// Opens the menu of what is chosen, where the mouse asked for it.
    pub(in crate::tui) fn menu(&mut self, at: Option<(u16, u16)>) {
        self.state.mode = Mode::List(List { at, ..List::new(Listed::Menu) });
    }

    pub(in crate::tui) fn level(&mut self) {
        self.open(Listed::Level);
    }

    pub(in crate::tui) fn settings(&mut self) {
        self.open(Listed::Settings);
    }

    pub(in crate::tui) fn shelf(&mut self) {
        self.open(Listed::Shelf);
    }

    pub(in crate::tui) fn contexts(&mut self) {
        self.open_looking(Listed::Contexts, "");
    }

    pub(in crate::tui) fn wordings(&mut self) {
        let torn = |id: &Id| {
            self.scene.board.notes.get(id).is_some_and(|note| note.wording.alternatives().len() > 1)
        };
        match self.state.main.filter(torn) {
            Some(note) => self.open(Listed::Wordings(note)),
            None => self.tell("tell-one-wording"),
        }
    }

    /// Opens a list whose chosen row is shown on the wall behind it.
    pub(super) fn open_looking(&mut self, what: Listed, typed: &str) {
        let before = Some(self.state.window);
        self.state.mode = Mode::List(List { before, field: Field::new(typed), ..List::new(what) });
        self.narrow();
    }

    pub(in crate::tui) fn list_by(&mut self, rows: isize) {
        let Some((list, there)) = self.list() else { return };
        let last = there.len().saturating_sub(1);
        let mut row = list.row.saturating_add_signed(rows).min(last);
        // Headings are passed over; where there is nothing to pass on to, one turns back.
        let is_row = |row: &usize| there.get(*row).is_some_and(|row| !row.is_heading());
        if !is_row(&row) {
            let (before, after) = ((0..row).rev().find(is_row), (row..=last).find(is_row));
            row = if rows < 0 { before.or(after) } else { after.or(before) }.unwrap_or(row);
        }
        if let Mode::List(list) = &mut self.state.mode {
            list.row = row;
        }
        self.look_at_row();
    }

    /// Shows what the chosen row is about.
    pub(super) fn look_at_row(&mut self) {
        let Some((list, rows)) = self.list() else { return };
        let Some(mut window) = list.before else { return };
        if let Some(Row { choice: Choice::Go(id), .. }) = rows.get(list.row).as_deref()
            && let Some(rect) = self.rect(*id)
        {
            window.center(rect.center());
        }
        self.state.look_through(window);
    }

    /// Does what the chosen row says.
    pub(in crate::tui) fn take(&mut self) {
        let chosen =
            self.list().and_then(|(list, rows)| rows.get(list.row).map(|row| row.into_owned().choice));
        if let Some(Choice::Turn(setting)) = chosen {
            return self.turn(setting);
        }
        if matches!(&self.state.mode, Mode::List(list) if list.what == Listed::Intake) {
            return self.step_kind(1);
        }
        let Mode::List(list) = std::mem::replace(&mut self.state.mode, Mode::Wall) else { return };
        if let Some(behind) = list.behind.filter(|behind| list.what == Listed::Help && **behind != Mode::Wall)
        {
            self.state.mode = *behind;
            return;
        }
        if list.what == Listed::Find {
            self.state.query = list.field.text().to_owned();
        }
        match chosen {
            Some(Choice::Run(action, kind)) if kind.is_none() && action.asks_kind() => {
                self.state.mode = Mode::List(List { at: list.at, ..List::new(Listed::Kinds(action.name)) });
            }
            Some(Choice::Run(action, kind)) => {
                let bars = i32::from(self.state.bars());
                let place = |(x, y): (u16, u16)| self.state.window.to_board((x.into(), i32::from(y) - bars));
                self.state.spot = list.at.map(place);
                self.run(action, kind);
                self.state.spot = None;
            }
            Some(Choice::Field(of, row)) => self.set_field(of, row),
            Some(Choice::Give(of, row, value)) => {
                self.give(of, row.name, &value);
                match row.holds {
                    FieldType::Choices(_) => self.choices(of, row, list.row),
                    _ => self.form_at(of, row.name),
                }
            }
            Some(Choice::Go(id)) => {
                let window = list.before.unwrap_or(self.state.window);
                self.leave_spot(Spot { window, main: self.state.main });
                self.choose(id);
            }
            Some(Choice::Ask(effect)) => self.ask(effect),
            Some(Choice::Export(format)) => self.export_as(format),
            Some(Choice::Make(what)) => self.order(what),
            Some(
                Choice::Turn(_)
                | Choice::Label(_)
                | Choice::Settle(_)
                | Choice::Person(_)
                | Choice::Light(_)
                | Choice::Look(_)
                | Choice::Then(_)
                | Choice::Nothing,
            )
            | None => {}
        }
    }

    /// Gives a setting the choice after the one it has; asks for it where it may be anything.
    fn turn(&mut self, setting: &'static Setting) {
        let value = self.state.settings.get(setting.key).to_owned();
        match setting.after(&value) {
            Some(next) => self.ask(Effect::Set(setting.key, next.to_owned())),
            None => self.question(Asked::Setting(setting.key), &value),
        }
    }

    /// The open list and its rows.
    pub(super) fn list(&self) -> Option<(&List, Rows<'_>)> {
        match &self.state.mode {
            Mode::List(list) => Some((list, list.rows(self.state, self.scene))),
            _ => None,
        }
    }
}
