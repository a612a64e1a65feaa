//! The panel beside the wall: opening it, going through it, doing what its rows say.

use ratatui::layout::Position;

use super::Turn;
use crate::model::{Id, Rect};
use crate::query::Query;
use crate::tui::input::{Mouse, MouseDeed};
use crate::tui::list::{Choice, Row};
use crate::tui::side::{self, Item, TABS, tab};
use crate::tui::state::{Listed, Mode, Side, Spot};

impl Turn<'_> {
    /// Opens the panel, or goes into it; closes it from within.
    pub(in crate::tui) fn side(&mut self) {
        if self.state.mode == Mode::Side {
            return self.close_side();
        }
        let (tab, row) = self.state.side.as_ref().map_or((0, 0), |side| (side.tab, side.row));
        self.open_side(tab, row);
    }

    /// Opens the panel at a tab.
    pub(in crate::tui) fn side_at(&mut self, name: &str) {
        self.open_side(tab(name), 0);
    }

    pub(super) fn open_side(&mut self, tab: usize, row: usize) {
        self.state.side = Some(Side { tab, row, before: self.state.window });
        self.state.mode = Mode::Side;
        self.state.resize(self.state.size());
        self.side_by(0);
    }

    pub(super) fn close_side(&mut self) {
        self.state.side = None;
        self.state.mode = Mode::Wall;
        self.state.light(Vec::new());
        self.state.resize(self.state.size());
    }

    /// Leaves the panel; where it covers the wall it closes.
    pub(super) fn leave_side(&mut self) {
        self.state.mode = Mode::Wall;
        if self.state.dock() == 0 {
            self.close_side();
        }
    }

    /// Another tab, round the panel.
    pub(in crate::tui) fn side_tab(&mut self, by: isize) {
        if let Some(side) = &mut self.state.side {
            side.tab = (side.tab as isize + by).rem_euclid(TABS.len() as isize) as usize;
            side.row = 0;
        }
        self.side_by(0);
    }

    /// Another row, headings passed over.
    pub(in crate::tui) fn side_by(&mut self, rows: isize) {
        let Some(side) = &self.state.side else { return };
        let Some(last) = self.side_count(side.tab).checked_sub(1) else {
            return self.state.light(Vec::new());
        };
        let (tab, mut row) = (side.tab, side.row.saturating_add_signed(rows).min(last));
        let is_heading = |row| self.side_row(tab, row).is_some_and(|row| row.is_heading());
        let on = if rows < 0 && row > 0 { -1 } else { 1 };
        while is_heading(row) && row.saturating_add_signed(on).min(last) != row {
            row = row.saturating_add_signed(on).min(last);
        }
        if let Some(side) = &mut self.state.side {
            side.row = row;
        }
        self.side_look();
    }

    /// Shows on the wall what the row is about.
    fn side_look(&mut self) {
        let choice = self.side_choice();
        self.state.together.person = match choice {
            Some(Choice::Person(n)) => Some(n),
            _ => None,
        };
        match choice {
            Some(Choice::Go(id) | Choice::Settle(id)) => self.light_up(vec![id]),
            Some(Choice::Light(ids)) => self.light_up(ids),
            Some(Choice::Then(shown)) if self.state.then.is_some() => self.show_then(shown),
            _ => self.state.light(Vec::new()),
        }
    }

    /// Lights these and moves the wall until they are seen.
    fn light_up(&mut self, ids: Vec<Id>) {
        let rects: Vec<Rect> = ids.iter().filter_map(|id| self.rect(*id)).collect();
        let nearest = self.state.side.as_ref().map_or(self.state.window, |side| side.before);
        self.state.window.gather(&rects, &nearest);
        self.state.light(ids);
    }

    /// Does what the row says.
    pub(in crate::tui) fn side_take(&mut self) {
        let Some(choice) = self.side_choice() else { return };
        if let (Choice::Go(_) | Choice::Settle(_) | Choice::Light(_), Some(side)) =
            (&choice, &self.state.side)
        {
            self.leave_spot(Spot { window: side.before, main: self.state.main });
        }
        match choice {
            Choice::Go(id) => {
                self.leave_side();
                self.state.light(Vec::new());
                self.choose(id);
            }
            Choice::Settle(id) => {
                self.leave_side();
                self.choose(id);
                self.open(Listed::Wordings(id));
            }
            Choice::Person(n) => {
                self.leave_side();
                self.go_to_person(n);
            }
            Choice::Light(ids) => {
                self.leave_side();
                self.light_up(ids.clone());
                ids.into_iter().take(1).for_each(|id| self.choose(id));
            }
            Choice::Look(query) => {
                self.leave_side();
                self.look_for(&Query::parse(&query));
                self.state.query = query;
            }
            Choice::Then(shown) => {
                self.show_then(shown);
                if self.state.dock() == 0 {
                    self.state.mode = Mode::Wall;
                    self.state.side = None;
                }
            }
            Choice::Ask(effect) => self.ask(effect),
            Choice::Run(action, kind) => self.run(action, kind),
            Choice::Field(..)
            | Choice::Give(..)
            | Choice::Turn(_)
            | Choice::Export(_)
            | Choice::Label(_)
            | Choice::Make(_)
            | Choice::Nothing => {}
        }
    }

    /// What the mouse does on the panel; whether it is there.
    pub(super) fn side_mouse(&mut self, mouse: Mouse) -> bool {
        let Some(side) = &self.state.side else { return false };
        let area = side::area(self.state);
        if !area.contains(Position { x: mouse.x, y: mouse.y }) || !self.is_at_rest() {
            return false;
        }
        let (tab, row) = (side.tab, side.row);
        if self.state.mode != Mode::Side {
            self.open_side(tab, row);
        }
        match mouse.deed {
            MouseDeed::WheelUp => self.side_by(-3),
            MouseDeed::WheelDown => self.side_by(3),
            MouseDeed::Press(_) if mouse.y < area.y + side::HEAD_ROWS => self.side_tab(1),
            MouseDeed::Press(_) => {
                let first = side::first_row(area, tab, row, self.side_count(tab));
                let pressed = first + usize::from(mouse.y - area.y - side::HEAD_ROWS);
                if pressed < self.side_count(tab) {
                    self.side_by(pressed as isize - row as isize);
                }
            }
            MouseDeed::DoublePress => self.side_take(),
            MouseDeed::WheelLeft | MouseDeed::WheelRight | MouseDeed::Drag(_) | MouseDeed::Release(_) => {}
        }
        true
    }

    fn is_at_rest(&self) -> bool {
        matches!(self.state.mode, Mode::Wall | Mode::Side)
    }

    pub(super) fn side_choice(&self) -> Option<Choice> {
        let side = self.state.side.as_ref()?;
        self.side_row(side.tab, side.row).map(|row| row.choice)
    }

    /// Keeps the row of a person chosen while others come and go; of the first one where they have gone.
    pub(super) fn side_keep(&mut self, person: u32) {
        let Some((record, side)) = self.scene.record.zip(self.state.side.as_mut()) else { return };
        let items = record.memo.items(side.tab, self.scene);
        side.row = items.iter().position(|item| *item == Item::Here(person)).unwrap_or(0);
        self.side_by(0);
    }

    fn side_count(&self, tab: usize) -> usize {
        self.scene.record.map_or(0, |record| record.memo.items(tab, self.scene).len())
    }

    fn side_row(&self, tab: usize, row: usize) -> Option<Row> {
        let items = self.scene.record?.memo.items(tab, self.scene);
        items.get(row)?.row(self.scene, self.state.lang)
    }
}
