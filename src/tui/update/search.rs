//! Finding: what is typed is found at once, lit on the wall, and gone through.

use std::sync::Arc;

use super::Turn;
use crate::query::{Query, offers};
use crate::tui::state::{Listed, Mode, Told};
use crate::words::Said;

impl Turn<'_> {
    /// Opens the list of what is found; what is typed there is lit on the wall.
    pub(in crate::tui) fn find(&mut self) {
        self.state.found = Arc::default();
        self.open_looking(Listed::Find, "");
    }

    /// Another text narrows the open list now.
    pub(super) fn narrow(&mut self) {
        let Mode::List(list) = &mut self.state.mode else { return };
        list.row = 0;
        if list.what == Listed::Find {
            let (typed, cursor) = (list.field.text(), list.field.cursor());
            list.offers = offers(typed, cursor, self.scene.board, self.state.lang);
            let query = Query::parse(typed);
            self.look_for(&query);
        }
        self.look_at_row();
    }

    pub(super) fn look_for(&mut self, query: &Query) {
        let found = query.find(self.scene.board, self.scene.projection);
        self.state.light(found.clone());
        self.state.found = found.into();
    }

    /// Takes the likeliest completion of what is typed; goes down the list where there is none.
    pub(in crate::tui) fn complete_query(&mut self) {
        let Mode::List(list) = &mut self.state.mode else { return };
        let begun = list.field.cursor() > list.offers.from || list.field.text().ends_with([':', ',']);
        match list.offers.texts.first().filter(|_| begun) {
            Some(text) => {
                list.field.replace_from(list.offers.from, text);
                self.narrow();
            }
            None => self.list_by(1),
        }
    }

    /// The next of what was looked for last, and which of how many it is.
    pub(in crate::tui) fn hit(&mut self, on: bool) {
        let query = Query::parse(&self.state.query);
        self.look_for(&query);
        let hits = Arc::clone(&self.state.found);
        self.choose_among(&hits, on, "tell-nothing-found");
        if let Some(at) = self.state.main.and_then(|main| hits.iter().position(|id| *id == main)) {
            let said = Said::new("tell-hit")
                .with("nth", at + 1)
                .with("count", hits.len())
                .with("query", &self.state.query);
            self.state.told = Some(Told { said, bad: false });
        }
    }
}
