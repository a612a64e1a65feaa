//! Taking a deed of mine back, and doing it again.
//!
//! What is written stands at the mark of what it takes back: it wins over that deed and loses to everything above it,
//! seen or unseen. A field goes back to what stood just below. Where deeds of mine above it are taken back already,
//! what they left there only repeats what stood below them: that is told anew, up to the first living write.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::model::text::SafeText;
use crate::model::trace::{FieldTrace, Trace, WordingTrace, WordingValue};
use crate::model::{Change, Deed, EntryId, Facet, Id, Mark, PersonId};
use crate::words::Said;

/// What takes a deed back or does it again, and what of it could not be.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Retelling {
    /// What is to be written.
    pub deeds: Vec<Deed>,
    /// What stays as it is, and why.
    pub remarks: Vec<Said>,
}

/// Takes a deed back.
pub fn undo(trace: &Trace) -> Retelling {
    retell(trace, true)
}

/// Does a deed again that was taken back.
pub fn redo(trace: &Trace) -> Retelling {
    retell(trace, false)
}

fn retell(trace: &Trace, back: bool) -> Retelling {
    let mut told = Retelling::default();
    for field in &trace.fields {
        if back && field.is_squashed {
            told.remarks.push(remark("undo-squashed", field));
        } else {
            retell_field(field, trace, back, &mut told);
        }
    }
    for wording in &trace.wordings {
        Wordings::new(wording, trace).retell(back, &mut told);
    }
    if trace.has_unread {
        told.remarks.push(Said::new("undo-unread"));
    }
    told
}

/// All that was written at one mark: a deed, and what took it back or did it again.
struct Place<'a> {
    mark: Mark,
    deed: EntryId,
    who: &'a PersonId,
    /// What the deed itself wrote, where that is still known.
    own: Option<&'a Change>,
    /// What holds here.
    holds: &'a Change,
    is_living: bool,
}

/// The places of a field, ascending. What somebody wrote at the mark of another's deed is a place of its own.
fn places(field: &FieldTrace) -> Vec<Place<'_>> {
    let mut places: Vec<Place<'_>> = Vec::new();
    for write in &field.writes {
        let mark = write.stamp.mark;
        let is_foreign = write.by != write.who;
        match places.last_mut() {
            Some(place) if place.mark == mark && !is_foreign && *place.who == write.by => {
                place.holds = &write.change
            }
            _ => places.push(Place {
                mark,
                deed: write.deed,
                who: &write.by,
                own: write.stamp.own.is_none().then_some(&write.change),
                holds: &write.change,
                is_living: is_foreign || !write.is_taken_back,
            }),
        }
    }
    places
}

fn retell_field(field: &FieldTrace, trace: &Trace, back: bool, told: &mut Retelling) {
    let places = places(field);
    let is_mine = |place: &Place<'_>| *place.who == trace.who;
    let mut below = field.unwritten.as_ref();
    let mut told_last = None;
    let mut is_telling = false;
    for place in &places {
        let is_shared = places.iter().any(|other| other.mark == place.mark && !is_mine(other));
        if place.deed == trace.deed && is_mine(place) && !is_shared {
            below = if back { below } else { place.own.or(below) };
            is_telling = true;
        } else if place.is_living {
            below = Some(place.holds);
            is_telling = false;
        } else {
            is_telling &= is_mine(place);
        }
        if is_telling && let Some(change) = below {
            told_last = below;
            told.deeds.push(Deed { change: change.clone(), at_mark: Some(place.mark) });
        }
    }
    let top = places.last().map(|place| place.holds);
    if is_telling && below.is_none() {
        told.remarks.push(remark("undo-nothing-below", field));
    } else if !is_telling && !told_last.zip(top).is_some_and(|(ours, top)| is_same(ours, top)) {
        told.remarks.push(remark(if back { "undo-stands-above" } else { "redo-stands-above" }, field));
    }
}

/// Whether two changes leave a field the same.
fn is_same(a: &Change, b: &Change) -> bool {
    let removes =
        |change: &Change| matches!(change, Change::NoteRemoved { .. } | Change::ThingRemoved { .. });
    a == b || removes(a) && removes(b)
}

fn remark(key: &'static str, field: &FieldTrace) -> Said {
    let what = match &field.register.facet {
        Facet::Kind => "facet-kind",
        Facet::At => "facet-at",
        Facet::Size => "facet-size",
        Facet::Z => "facet-z",
        Facet::Host => "facet-host",
        Facet::Rect => "facet-rect",
        Facet::Y => "facet-y",
        Facet::Removed => "facet-removed",
        Facet::Wording => "facet-wording",
        Facet::Vote(_) => "facet-vote",
        Facet::Detail(name) => {
            return Said::new(key).with("thing", safe(&field.called)).with("field", safe(name));
        }
    };
    Said::new(key).with("thing", safe(&field.called)).with_said("field", Said::new(what))
}

/// Words of others, fit to stand in a sentence.
fn safe(text: &str) -> String {
    SafeText::line(text).into_string()
}

/// The wordings of a note, told apart by what they go back to: a wording that an undo or a redo brought back stands
/// for the one it repeats.
struct Wordings<'a> {
    of: &'a WordingTrace,
    trace: &'a Trace,
    by_id: BTreeMap<Id, &'a WordingValue>,
    origins: BTreeMap<Id, Id>,
}

impl<'a> Wordings<'a> {
    fn new(of: &'a WordingTrace, trace: &'a Trace) -> Wordings<'a> {
        let by_id = of.values.iter().map(|value| (value.id, value)).collect();
        let mut wordings = Wordings { of, trace, by_id, origins: BTreeMap::new() };
        for value in &of.values {
            let origin = wordings.find_origin(value).unwrap_or(value.id);
            wordings.origins.insert(value.id, origin);
        }
        wordings
    }

    /// What a value that was told anew repeats: the wording at its mark, or the nearest below that with its text.
    fn find_origin(&self, value: &WordingValue) -> Option<Id> {
        let marked = value.is_retold.then(|| value.mark.entry.thing(value.mark.index))?;
        if value.is_again {
            return Some(marked);
        }
        let deed = self.by_id.get(&marked)?;
        let beside = self.of.values.iter().filter(|other| !other.is_retold && other.deed == deed.deed);
        let over: Vec<Id> = beside.flat_map(|other| &other.over).copied().collect();
        let is_it = |id: &Id| self.by_id.get(id).is_some_and(|other| other.text == value.text);
        self.below(&over, |_| true).into_iter().find(is_it)
    }

    /// The origins of some values, the nearest first, and what those replaced that satisfy `through`.
    fn below(&self, from: &[Id], through: impl Fn(&WordingValue) -> bool) -> Vec<Id> {
        let mut next: VecDeque<Id> = from.iter().copied().collect();
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        while let Some(id) = next.pop_front() {
            let Some(origin) = self.origins.get(&id).and_then(|origin| self.by_id.get(origin)) else {
                continue;
            };
            if !seen.insert(origin.id) {
                continue;
            }
            found.push(origin.id);
            if through(origin) {
                next.extend(&origin.over);
            }
        }
        found
    }

    /// What stood before some values, whatever is taken back already left out.
    fn before(&self, values: &[&WordingValue]) -> Vec<Id> {
        let is_gone = |value: &WordingValue| value.is_taken_back && !value.over.is_empty();
        let from: Vec<Id> = values.iter().flat_map(|value| &value.over).copied().collect();
        let mut before = self.below(&from, is_gone);
        before.retain(|id| !self.is_ours(self.by_id[id]) && !is_gone(self.by_id[id]));
        before
    }

    fn is_ours(&self, value: &WordingValue) -> bool {
        value.deed == self.trace.deed && value.who == self.trace.who
    }

    fn retell(&self, back: bool, told: &mut Retelling) {
        let own = |value: &&WordingValue| self.is_ours(value) && !value.is_retold;
        let ours: Vec<&WordingValue> = self.of.values.iter().filter(own).collect();
        let Some(last) = ours.last() else { return };
        let before = self.before(&ours);
        let stands_for = |value: &WordingValue| {
            let origin = self.origins[&value.id];
            let is_ours = ours.iter().any(|own| own.id == origin);
            let is_back_at_ours = !is_ours && ours.iter().any(|own| own.mark == value.mark);
            if back { is_ours } else { before.contains(&origin) || is_back_at_ours }
        };
        let alive = self.of.values.iter().filter(|value| value.is_alive);
        let (over, others): (Vec<&WordingValue>, Vec<&WordingValue>) =
            alive.partition(|value| stands_for(value));
        if over.is_empty() {
            let key = if back { "undo-stands-above" } else { "redo-stands-above" };
            let said = Said::new(key).with("thing", safe(&self.of.called));
            told.remarks.push(said.with_said("field", Said::new("facet-wording")));
            return;
        }
        let is_last = |value: &&&WordingValue| {
            !ours.iter().any(|other| other.mark.t > value.mark.t && other.over.contains(&value.id))
        };
        let mut texts: Vec<(&str, Mark)> = match back {
            true => before.iter().map(|id| (self.by_id[id].text.as_str(), last.mark)).collect(),
            false => ours.iter().filter(is_last).map(|value| (value.text.as_str(), value.mark)).collect(),
        };
        if texts.is_empty() {
            // Nothing stood before: what others said since stays, and some wording must.
            texts.push((others.last().map_or("", |value| &value.text), last.mark));
        }
        let over: Vec<Id> = over.iter().map(|value| value.id).collect();
        let mut said = BTreeSet::new();
        for (text, mark) in texts.into_iter().filter(|(text, _)| said.insert(*text)) {
            let change =
                Change::NoteReworded { note: self.of.note, wording: text.to_owned(), over: over.clone() };
            told.deeds.push(Deed { change, at_mark: Some(mark) });
        }
    }
}
