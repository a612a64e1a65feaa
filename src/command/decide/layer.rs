//! The things of one sort, some of them changed.

use std::collections::BTreeMap;

use crate::model::Id;

/// The things of one sort: those of the board, some of them changed, gone or new.
pub(super) struct Layer<'a, T> {
    under: &'a BTreeMap<Id, T>,
    over: BTreeMap<Id, Option<T>>,
    len: usize,
}

impl<'a, T: Clone> Layer<'a, T> {
    pub(super) fn new(under: &'a BTreeMap<Id, T>) -> Self {
        Layer { under, over: BTreeMap::new(), len: under.len() }
    }

    pub(super) fn get(&self, id: Id) -> Option<&T> {
        match self.over.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.under.get(&id),
        }
    }

    /// All of them: first those that are as they were, then those that are not.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        let same = self.under.iter().filter(|(id, _)| !self.over.contains_key(id));
        same.map(|(_, thing)| thing).chain(self.changed())
    }

    pub(super) fn changed(&self) -> impl Iterator<Item = &T> {
        self.over.values().flatten()
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn put(&mut self, id: Id, thing: T) {
        self.len += usize::from(self.get(id).is_none());
        self.over.insert(id, Some(thing));
    }

    pub(super) fn take(&mut self, id: Id) {
        self.len -= usize::from(self.get(id).is_some());
        self.over.insert(id, None);
    }

    pub(super) fn edit(&mut self, id: Id, edit: impl FnOnce(&mut T)) {
        let under = self.under.get(&id);
        if let Some(thing) = self.over.entry(id).or_insert_with(|| under.cloned()) {
            edit(thing);
        }
    }

    /// Whether a thing is not as it was.
    pub(super) fn is_changed(&self, id: Id) -> bool {
        self.over.contains_key(&id)
    }
}
