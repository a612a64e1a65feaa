//! Events that say the same, or nearly so.
//!
//! Two events are near where their letters (of Hangul, the jamo) differ in at most two places and fifteen percent, or
//! where they say the same words in another order. Candidates are found by their first and their last letters; two that
//! differ at both their ends are not found, nor are beginnings that a whole crowd shares.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use crate::model::grammar::folded;
use crate::model::text::jamo;
use crate::model::{ByName, Id, Note, NoteKind};
use crate::query::space::mark;

/// Letters that may differ, and their share of the longer one, in percent.
const LETTERS_MAX: usize = 2;
const PERCENT_MAX: usize = 15;
/// Letters by which candidates are found.
const END: usize = 4;
/// More than so many events with the same words, or with one beginning and one length, are a series, not twins.
const CROWD: usize = 64;

/// The events of a wall by what they say. Groups go by the marks of what their events share, which others may share by
/// chance: so the events themselves are compared.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Twins {
    forms: ByName<Id, Form>,
    same: Groups,
    shuffled: Groups,
    ends: Groups,
}

type Groups = ByName<u64, BTreeSet<Id>>;

/// What an event says, without all that only says it another way.
#[derive(Clone, PartialEq, Debug)]
struct Form {
    /// All of it, however it is spaced.
    text: String,
    /// Its words in the order of the alphabet.
    words: Vec<String>,
    letters: Vec<char>,
    digits: String,
}

impl Form {
    fn of(note: &Note) -> Option<Form> {
        if note.kind != NoteKind::DomainEvent {
            return None;
        }
        let mut words = folded(note.text());
        let text = words.concat();
        words.sort_unstable();
        let letters = text.chars().flat_map(jamo::keys).collect();
        let digits = text.chars().filter(|c| c.is_numeric()).collect();
        (!words.is_empty()).then_some(Form { text, words, letters, digits })
    }

    /// Its two ends, as those of something so long.
    fn ends(&self, length: usize) -> [u64; 2] {
        let end = self.letters.len().min(END);
        let (first, last) = (&self.letters[..end], &self.letters[self.letters.len() - end..]);
        [(true, first), (false, last)].map(|end| mark((&self.digits, length, end)))
    }

    /// The lengths of what may be near.
    fn lengths(&self) -> std::ops::RangeInclusive<usize> {
        let length = self.letters.len();
        length.saturating_sub(LETTERS_MAX)..=length + LETTERS_MAX
    }

    fn is_near(&self, other: &Form) -> bool {
        let longer = self.letters.len().max(other.letters.len());
        let most = LETTERS_MAX.min(longer * PERCENT_MAX / 100);
        let is_shuffled = self.words == other.words;
        let is_alike =
            || self.digits == other.digits && most > 0 && is_within(&self.letters, &other.letters, most);
        self.text != other.text && (is_shuffled || is_alike())
    }
}

impl Twins {
    /// Takes in a note that stands on the wall and is new here.
    pub(super) fn put(&mut self, note: &Note) {
        if let Some(form) = Form::of(note) {
            self.change(&form, note.id, true);
            self.forms.insert(note.id, form);
        }
    }

    /// Takes in a note as it is now, where it stands on the wall; gives the events that may see it otherwise.
    pub(super) fn absorb(&mut self, id: Id, now: Option<&Note>) -> BTreeSet<Id> {
        let now = now.and_then(Form::of);
        let mut touched = BTreeSet::new();
        if self.forms.get(&id) == now.as_ref() {
            return touched;
        }
        if let Some(form) = self.forms.remove(&id) {
            self.gather(&form, &mut touched);
            self.change(&form, id, false);
            self.gather(&form, &mut touched);
        }
        if let Some(form) = now {
            self.gather(&form, &mut touched);
            self.change(&form, id, true);
            self.gather(&form, &mut touched);
            self.forms.insert(id, form);
        }
        touched
    }

    /// Puts an event into its groups, or takes it out of them.
    fn change(&mut self, form: &Form, id: Id, is_in: bool) {
        change(&mut self.same, mark(&form.text), id, is_in);
        change(&mut self.shuffled, mark(&form.words), id, is_in);
        for end in form.ends(form.letters.len()) {
            change(&mut self.ends, end, id, is_in);
        }
    }

    /// Those that share something with a form. Of what says the same only the first can be told of others.
    fn gather(&self, form: &Form, touched: &mut BTreeSet<Id>) {
        touched.extend(self.same.get(&mark(&form.text)).into_iter().flatten());
        touched.extend(self.candidates(form, CROWD + 1).flatten());
    }

    /// The groups that a form shares words or ends with, unless they are crowds.
    fn candidates<'a>(&'a self, form: &'a Form, most: usize) -> impl Iterator<Item = &'a BTreeSet<Id>> {
        let ends = form.lengths().flat_map(|length| form.ends(length));
        let near = ends.filter_map(|end| self.ends.get(&end));
        self.shuffled.get(&mark(&form.words)).into_iter().chain(near).filter(move |group| group.len() <= most)
    }

    /// The first event that says the same as a later one.
    pub(super) fn first_of(&self, event: Id) -> Option<Id> {
        let form = self.forms.get(&event)?;
        let group = self.same.get(&mark(&form.text))?.range(..event);
        group.copied().find(|id| self.forms.get(id).is_some_and(|other| other.text == form.text))
    }

    /// The first event that says nearly the same as a later one.
    pub(super) fn near(&self, event: Id) -> Option<Id> {
        let form = self.forms.get(&event)?;
        let is_near = |id: &&Id| self.forms.get(id).is_some_and(|other| form.is_near(other));
        let first = |group: &BTreeSet<Id>| group.range(..event).find(is_near).copied();
        self.candidates(form, CROWD).filter_map(first).min()
    }
}

/// Puts an event into a group, or takes it out and an empty group with it.
fn change(groups: &mut Groups, key: u64, event: Id, is_in: bool) {
    let group = groups.entry(key);
    if is_in {
        group.or_default().insert(event);
    } else if let Entry::Occupied(mut group) = group
        && group.get_mut().remove(&event)
        && group.get().is_empty()
    {
        group.remove();
    }
}

/// Whether one text becomes the other by putting in, taking out or changing at most so many letters.
fn is_within(one: &[char], other: &[char], most: usize) -> bool {
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    let shared = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[shared..], &other[shared..]);
    match (one.split_first(), other.split_first()) {
        (None, _) | (_, None) => one.len().max(other.len()) <= most,
        (Some((_, one_rest)), Some((_, other_rest))) => {
            most > 0
                && (is_within(one_rest, other_rest, most - 1)
                    || is_within(one_rest, other, most - 1)
                    || is_within(one, other_rest, most - 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::{id, note};

    fn check(earlier: &str, later: &str, first: bool, near: bool) {
        let mut twins = Twins::default();
        for (n, text) in [earlier, later].into_iter().enumerate() {
            let event = note(n as u32, NoteKind::DomainEvent, text, 0, 0);
            twins.absorb(event.id, Some(&event));
        }
        assert_eq!(
            (twins.first_of(id(1)).is_some(), twins.near(id(1)).is_some()),
            (first, near),
            "{earlier} / {later}"
        );
        assert_eq!((twins.first_of(id(0)), twins.near(id(0))), (None, None));
    }

    #[test]
    fn what_says_the_same_is_a_twin() {
        check("주문됨", "주문이 완료됨", true, false);
        check("Order placed", "OrderPlaced", true, false);
        check("결제 승인됨", "결제승인되었다", true, false);
        check("주문됨", "결제됨", false, false);
    }

    #[test]
    fn what_says_nearly_the_same_is_near() {
        check("Invoice sent", "Invocie sent", false, false);
        check("Payment received by bank", "Payment recieved by bank", false, true);
        check("Shipment dispatched", "Shipment dispached", false, true);
        check("Order was paid", "Paid order", false, true);
        check("보험금 청구 접수됨", "보험금 정구 접수됨", false, true);
        check("Room 1 cleaned again", "Room 2 cleaned again", false, false);
        check("Sent", "Send", false, false);
    }
}
