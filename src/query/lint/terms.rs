//! Which words a wall uses for its things, and where.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::grammar::{folded, synonym};
use crate::model::{Id, Note, NoteKind};

/// A word that has others of its meaning: the number of the thing, and of the word.
type Rival = (usize, usize);

/// The words of a wall by the notes that use them.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Terms {
    rivals: BTreeMap<Rival, BTreeSet<Id>>,
    /// What aggregates and read models are called, with the notes that are called so and the contexts they stand in.
    nouns: BTreeMap<Vec<String>, BTreeMap<Id, Id>>,
    of: BTreeMap<Id, (Vec<Rival>, Option<Vec<String>>)>,
}

/// The kinds that are named by nouns of the domain.
const NAMED: [NoteKind; 2] = [NoteKind::Aggregate, NoteKind::ReadModel];

impl Terms {
    /// Takes in a note as it is now, with the context it stands in; nothing where it does not stand on the wall.
    pub(super) fn absorb(&mut self, id: Id, now: Option<(&Note, Option<Id>)>) {
        let (rivals, noun) = self.of.remove(&id).unwrap_or_default();
        for rival in rivals {
            take(&mut self.rivals, &rival, |notes| notes.remove(&id), BTreeSet::is_empty);
        }
        if let Some(noun) = noun {
            take(&mut self.nouns, &noun, |notes| notes.remove(&id), BTreeMap::is_empty);
        }
        let Some((note, home)) = now else { return };
        let words = folded(note.text());
        let rivals: Vec<Rival> = words.iter().filter_map(|word| synonym(word)).collect();
        for rival in &rivals {
            self.rivals.entry(*rival).or_default().insert(id);
        }
        let noun = home.filter(|_| NAMED.contains(&note.kind) && !words.is_empty()).map(|home| (words, home));
        if let Some((noun, home)) = &noun {
            self.nouns.entry(noun.clone()).or_default().insert(id, *home);
        }
        let noun = noun.map(|(noun, _)| noun);
        if !rivals.is_empty() || noun.is_some() {
            self.of.insert(id, (rivals, noun));
        }
    }

    /// For each noun the notes that are called so, with the contexts they stand in.
    pub(super) fn nouns(&self) -> impl Iterator<Item = &BTreeMap<Id, Id>> {
        self.nouns.values()
    }

    /// For each thing that the wall has several words for, those words and who uses them.
    pub(super) fn rivals(&self) -> impl Iterator<Item = Vec<(&Rival, &BTreeSet<Id>)>> {
        let mut things: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for (rival, notes) in &self.rivals {
            things.entry(rival.0).or_default().push((rival, notes));
        }
        things.into_values().filter(|words| words.len() > 1)
    }
}

/// Takes something out of a collection in a map, and the collection with its last.
fn take<K: Ord, C, T>(
    map: &mut BTreeMap<K, C>,
    key: &K,
    take: impl FnOnce(&mut C) -> T,
    is_empty: fn(&C) -> bool,
) {
    let Some(held) = map.get_mut(key) else { return };
    take(held);
    if is_empty(held) {
        map.remove(key);
    }
}
