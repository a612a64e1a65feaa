//! How a room comes to be: nobody is in it, or told `live`, before all its journal holds is known.

use std::collections::BTreeMap;

use super::council::Standing;
use super::fan_out::{Crowd, Window};
use super::index::Index;
use super::{Room, Tally};
use crate::model::PersonId;
use crate::wire::frame::Item;

/// What facilitators decided about a room as a whole. It is told to whoever comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rules {
    /// Whether nobody may write.
    pub is_read_only: bool,
    /// Whether no link lets anybody new in, but for facilitators.
    pub are_links_locked: bool,
}

/// A room whose journal is being read: nobody can be in it before that is done.
#[derive(Debug)]
pub struct Loading(Room);

impl Loading {
    /// The room of a wall. The secret is drawn by lot, and told to nobody.
    pub fn new(board: &str, secret: u64, rules: Rules) -> Loading {
        Loading(Room {
            board: board.to_owned(),
            index: Index::new(secret),
            members: BTreeMap::new(),
            conns: BTreeMap::new(),
            elsewhere: BTreeMap::new(),
            last_member: 0,
            voices: BTreeMap::new(),
            seats: BTreeMap::new(),
            standings: BTreeMap::new(),
            rules,
            next: Vec::new(),
            next_bytes: 0,
            appending: Vec::new(),
            owed: BTreeMap::new(),
            window: Window::default(),
            crowd: Crowd::default(),
            looks_on: false,
            heads_due: None,
            is_over: false,
            tally: Tally::default(),
            out: Vec::new(),
        })
    }

    /// What was remembered of people, as [`Room::standings`] told it.
    #[must_use]
    pub fn remembering(mut self, standings: &BTreeMap<String, String>) -> Loading {
        let known = standings
            .iter()
            .filter_map(|(person, word)| Some((PersonId(person.clone()), Standing::of(word)?)));
        self.0.standings = known.collect();
        self
    }

    /// Its members are numbered from there on: who is in two rooms takes nobody for another.
    #[must_use]
    pub fn numbered_from(mut self, n: u32) -> Loading {
        self.0.last_member = n;
        self
    }

    /// Some of what its journal holds, in any order.
    pub fn add<'a>(&mut self, lines: impl IntoIterator<Item = &'a Item>) {
        for item in lines {
            self.0.index.add(item);
            self.0.index.settle(item.id);
        }
    }

    /// Its journal holds no more.
    pub fn done(self) -> Room {
        self.0
    }
}
