//! Which notes speak of the same things: tf-idf over word stems in English, over pairs of syllables in Korean.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::Note;

/// Words that stand on every wall and tell no context from another.
const EVERYWHERE: &str = "등록 요청 완료 생성 변경 상태 처리 조회 수정 삭제 정보 관리 a an and be by create created delete deleted for get if in \
                          info is list of on policy request requested the to update updated when whenever";
/// Notes whose wordings are less alike than this are no neighbours.
const ALIKE_MIN: f64 = 0.3;
/// The most neighbours by words a note has: bounds the pairs of a wall that repeats one word.
const ALIKE_MAX: usize = 8;

/// A term that more notes hold than this is no reason to compare any two of them.
const CROWD: usize = 200;
/// So many of a note's rarest terms lead to the notes it is compared with.
const RARE_MAX: usize = 24;

/// A wording as weights of its terms, of length 1.
type Vector = BTreeMap<usize, f64>;

/// The terms of a wall, rare ones weighing more.
pub(super) struct Words {
    terms: Vec<String>,
    vectors: Vec<Vector>,
}

impl Words {
    pub(super) fn of(notes: &[&Note]) -> Words {
        let texts: Vec<Vec<String>> =
            notes.iter().map(|note| terms(&format!("{} {}", note.text(), note.alias()))).collect();
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for text in &texts {
            text.iter()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .for_each(|term| *found.entry(term).or_default() += 1);
        }
        let shared: Vec<(&str, f64)> = found
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(term, count)| (term, (1.0 + notes.len() as f64 / count as f64).ln()))
            .collect();
        let vectors = texts.iter().map(|text| vector(text, &shared)).collect();
        Words { terms: shared.into_iter().map(|(term, _)| term.to_owned()).collect(), vectors }
    }

    /// For each note the later ones whose wording is like its own, each with how much (0 to 1).
    pub(super) fn alike(&self) -> Vec<(usize, usize, f64)> {
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); self.terms.len()];
        for (at, vector) in self.vectors.iter().enumerate() {
            vector.keys().for_each(|term| holders[*term].push(at));
        }
        let mut pairs: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for (at, vector) in self.vectors.iter().enumerate() {
            let mut rare: Vec<&Vec<usize>> = vector.keys().map(|term| &holders[*term]).collect();
            rare.retain(|holders| holders.len() <= CROWD);
            rare.sort_by_key(|holders| holders.len());
            rare.truncate(RARE_MAX);
            let others: BTreeSet<usize> =
                rare.into_iter().flatten().copied().filter(|it| *it != at).collect();
            let near = others.into_iter().map(|other| (other, self.likeness(at, other)));
            let mut near: Vec<(usize, f64)> = near.filter(|it| it.1 >= ALIKE_MIN).collect();
            near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            near.truncate(ALIKE_MAX);
            pairs
                .extend(near.into_iter().map(|(other, likeness)| ((at.min(other), at.max(other)), likeness)));
        }
        pairs.into_iter().map(|((a, b), likeness)| (a, b, likeness)).collect()
    }

    fn likeness(&self, a: usize, b: usize) -> f64 {
        let other = &self.vectors[b];
        self.vectors[a].iter().filter_map(|(term, weight)| Some(weight * other.get(term)?)).sum()
    }

    /// The term two notes share that weighs most.
    pub(super) fn shared(&self, a: usize, b: usize) -> Option<&str> {
        let both = self.vectors[a]
            .iter()
            .filter_map(|(term, weight)| Some((weight * self.vectors[b].get(term)?, *term)));
        both.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))).map(|(_, term)| self.terms[term].as_str())
    }
}

/// The word that stands on most of these texts, as it is written there; of several the first.
pub(super) fn commonest_word<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<String, (usize, Reverse<usize>)> = BTreeMap::new();
    let words = texts.flat_map(words).filter(|word| !is_everywhere(&word.to_lowercase()));
    for (at, word) in words.enumerate() {
        counts.entry(word).or_insert((0, Reverse(at))).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, rank)| *rank).map(|(word, _)| word)
}

fn vector(text: &[String], shared: &[(&str, f64)]) -> Vector {
    let mut vector = Vector::new();
    for term in text {
        if let Ok(at) = shared.binary_search_by(|(known, _)| known.cmp(&term.as_str())) {
            *vector.entry(at).or_default() += shared[at].1;
        }
    }
    let length = vector.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    vector.values_mut().for_each(|weight| *weight /= length);
    vector
}

/// The terms of a text: English stems, Korean pairs of syllables.
fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for word in words(text) {
        let word = word.to_lowercase();
        if is_everywhere(&word) {
            continue;
        }
        let letters: Vec<char> = word.chars().collect();
        if word.is_ascii() || letters.len() < 3 {
            terms.push(stem(&word).to_owned());
        } else {
            terms.extend(letters.windows(2).map(String::from_iter));
        }
    }
    terms
}

fn is_everywhere(word: &str) -> bool {
    EVERYWHERE.split_whitespace().any(|known| known == word)
}

/// A text split where letters end, where the script changes and where an inner capital begins a word.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        let is_seam = before.is_lowercase() && c.is_uppercase() || before.is_ascii() != c.is_ascii();
        if is_seam || !c.is_alphabetic() {
            words.push(String::new());
        }
        if c.is_alphabetic() {
            words.last_mut().expect("there is always a last word").push(c);
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// An English word without the ending of its number or tense.
fn stem(word: &str) -> &str {
    let cut = ["ies", "ing", "ed", "s"].into_iter().find_map(|ending| word.strip_suffix(ending));
    cut.filter(|stem| word.len() > 4 && !stem.ends_with('s')).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NoteKind::DomainEvent;
    use crate::model::tests::note;

    #[test]
    fn terms_are_stems_and_pairs_of_syllables() {
        assert_eq!(terms("OrderPlaced: 예약취소됨 등록"), ["order", "plac", "예약", "약취", "취소", "소됨"]);
        assert_eq!(terms("Parcels were boxed by us"), ["parcel", "were", "box", "us"]);
        assert_eq!(terms("process 책"), ["process", "책"]);
    }

    #[test]
    fn what_a_crowd_says_ties_nobody_and_what_two_say_ties_them() {
        let text = |n: u32| if n < 2 { "Invoice parcel" } else { "Invoice" };
        let notes: Vec<_> = (0..=CROWD as u32).map(|n| note(n, DomainEvent, text(n), 0, 0)).collect();
        let pairs = Words::of(&notes.iter().collect::<Vec<_>>()).alike();
        assert_eq!(pairs.iter().map(|(a, b, _)| (*a, *b)).collect::<Vec<_>>(), [(0, 1)]);
    }

    #[test]
    fn notes_of_one_thing_are_alike_and_say_by_which_word() {
        let notes = ["Invoice sent", "Invoice paid", "Room cleaned", "Room booked"];
        let notes: Vec<_> = (0..).zip(notes).map(|(n, text)| note(n, DomainEvent, text, 0, 0)).collect();
        let words = Words::of(&notes.iter().collect::<Vec<_>>());
        let pairs: Vec<_> = words.alike().into_iter().map(|(a, b, _)| (a, b)).collect();
        assert_eq!(pairs, [(0, 1), (2, 3)]);
        assert_eq!(words.shared(0, 1), Some("invoice"));
        assert_eq!(words.shared(0, 2), None);
        let texts = ["배송이 시작되면 문자를 보낸다", "문자 보내기", "문자 전달됨"];
        assert_eq!(commonest_word(texts.into_iter()).as_deref(), Some("문자"));
        assert_eq!(commonest_word(["", "1 2"].into_iter()), None);
    }
}
