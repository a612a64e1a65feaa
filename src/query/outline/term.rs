//! The words of a wall: what they mean, where they mean something else, and which are hard to tell apart.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::ground::{Ground, fold};
use super::party::Party;
use crate::model::thing::text_of;
use crate::model::{Id, NoteKind};

/// A word and what it means in one context.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Term {
    /// The word.
    pub term: String,
    /// Its name in Latin letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// What sort of thing bears it.
    pub kind: NoteKind,
    /// Whose word it is.
    pub party: Party,
    /// What it means there, where somebody has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// The notes that bear it there.
    pub notes: Vec<Id>,
    /// Who else has the word, and may mean something else by it.
    pub also_in: Vec<Party>,
}

/// Two terms that look alike.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Likeness {
    /// One of them.
    pub one: String,
    /// The other.
    pub other: String,
    /// How alike their pairs of letters are, from 0.7 to 1.
    pub dice: f64,
}

/// From this likeness on two terms are told, in thousandths.
const ALIKE_FROM: usize = 700;
/// What more terms than this share tells no two of them: they are a series.
const CROWD: usize = 64;

/// Whether a word of this kind belongs to the language even where nobody has said what it means.
fn is_noun(kind: NoteKind) -> bool {
    matches!(kind, NoteKind::Aggregate | NoteKind::ReadModel | NoteKind::Actor | NoteKind::ExternalSystem)
}

/// The terms by word, each once in a context and kind.
pub(super) fn terms(ground: &Ground<'_>) -> Vec<Term> {
    let meaning = |note: usize| text_of(&ground.notes[note].details, "definition");
    let mut terms: BTreeMap<(String, usize, NoteKind), Term> = BTreeMap::new();
    let mut told: BTreeMap<String, BTreeSet<Party>> = BTreeMap::new();
    for note in 0..ground.notes.len() {
        let (kind, it) = (ground.kind(note), ground.notes[note]);
        let word = fold(it.text());
        if word.is_empty() || !is_noun(kind) && meaning(note).is_empty() {
            continue;
        }
        let party = ground.party(note);
        told.entry(word.clone()).or_default().insert(party);
        let term = terms.entry((word, ground.home(note), kind)).or_insert_with(|| Term {
            term: it.text().to_owned(),
            alias: None,
            kind,
            party,
            meaning: None,
            notes: Vec::new(),
            also_in: Vec::new(),
        });
        term.notes.push(it.id);
        let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        term.alias = term.alias.take().or_else(|| known(it.alias()));
        term.meaning = term.meaning.take().or_else(|| known(meaning(note)));
    }
    for ((word, ..), term) in &mut terms {
        term.also_in = told[word].iter().filter(|party| **party != term.party).copied().collect();
    }
    terms.into_values().collect()
}

/// The pairs of terms that look alike and are not the same: Dice of their pairs of letters.
pub(super) fn likenesses(terms: &[Term]) -> Vec<Likeness> {
    let words: BTreeMap<String, &str> =
        terms.iter().map(|term| (fold(&term.term), term.term.as_str())).collect();
    let words: Vec<(BTreeSet<(char, char)>, &str)> =
        words.iter().map(|(folded, term)| (pairs(folded), *term)).collect();
    let mut count: BTreeMap<(char, char), usize> = BTreeMap::new();
    for pair in words.iter().flat_map(|(pairs, _)| pairs) {
        *count.entry(*pair).or_default() += 1;
    }
    let mut bearing: BTreeMap<(char, char), Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, (pairs, term)) in words.iter().enumerate() {
        let rare = rarest(pairs, &count);
        let near: BTreeSet<usize> =
            rare.iter().filter_map(|pair| bearing.get(pair)).flatten().copied().collect();
        for other in near {
            let shared = pairs.intersection(&words[other].0).count();
            let alike = 2000 * shared / (pairs.len() + words[other].0.len());
            if alike >= ALIKE_FROM {
                found.push(Likeness {
                    one: words[other].1.into(),
                    other: (*term).into(),
                    dice: alike as f64 / 1000.0,
                });
            }
        }
        for pair in rare {
            bearing.entry(pair).or_default().push(at);
        }
    }
    found.sort_by(|a, b| b.dice.total_cmp(&a.dice).then_with(|| (&a.one, &a.other).cmp(&(&b.one, &b.other))));
    found
}

fn pairs(word: &str) -> BTreeSet<(char, char)> {
    word.chars().zip(word.chars().skip(1)).collect()
}

/// So many of a word's rarest pairs that no word that looks like it lacks all of them: whoever shares 0.7 of the letters
/// shares more than 0.53 of the pairs of either.
fn rarest(pairs: &BTreeSet<(char, char)>, count: &BTreeMap<(char, char), usize>) -> Vec<(char, char)> {
    let mut rare: Vec<(char, char)> = pairs.iter().copied().collect();
    rare.sort_unstable_by_key(|pair| (count[pair], *pair));
    rare.truncate(pairs.len() - pairs.len() * 53 / 100 + 1);
    rare.retain(|pair| count[pair] <= CROWD);
    rare
}
