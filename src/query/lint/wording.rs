//! What a single note says, and whether it says it as its kind is worded.

use unicode_width::UnicodeWidthStr as _;

use super::at::At;
use super::finding::{Fix, Found};
use crate::model::NoteKind;
use crate::model::grammar::{self as says, Phrase};
use crate::model::text::SafeText;
use crate::model::thing::{flag_of, text_of};
use crate::words::Said;

/// Columns of a wording that is read at a glance: twenty Hangul.
const COLUMNS_MAX: usize = 40;

/// What a note says as people may be shown it, on one line.
pub(super) fn shown(text: &str) -> SafeText<'_> {
    SafeText::line(text)
}

fn found(at: &At<'_>) -> Found {
    Found::default().with("text", shown(at.text()))
}

/// Whether a note says nothing, or only what its kind is called.
fn is_blank(at: &At<'_>) -> bool {
    let (text, row) = (at.text().trim(), at.note.kind.row());
    let labels = [row.en, row.ko].into_iter().filter_map(|names| names.first());
    text.is_empty() || labels.into_iter().any(|label| text.eq_ignore_ascii_case(label))
}

/// A finding about a note whose wording is as `is_so` says, unless it says nothing at all.
fn worded<'a>(at: &At<'a>, is_so: impl FnOnce(&Phrase<'a>) -> bool) -> Option<Found> {
    (!is_blank(at) && is_so(at.phrase())).then(|| found(at))
}

pub(super) fn empty(at: &At<'_>) -> Option<Found> {
    let row = at.note.kind.row();
    let kind = crate::words::Arg::Each([row.en[0].to_owned(), row.ko[0].to_owned()]);
    is_blank(at).then(|| Found { args: vec![("kind", kind)], ..Found::default() })
}

/// An event that is put neither as something that happened nor as a state, which is another rule's.
fn is_unfinished(phrase: &Phrase<'_>) -> bool {
    !phrase.is_completed() && !phrase.is_possibility()
}

fn as_command(phrase: &Phrase<'_>) -> Option<Fix> {
    phrase.is_imperative().then_some(Fix::Recast(NoteKind::Command))
}

pub(super) fn english_event(at: &At<'_>) -> Option<Found> {
    let found = worded(at, |phrase| !phrase.is_korean() && is_unfinished(phrase))?;
    Some(found.mended(as_command(at.phrase())))
}

pub(super) fn korean_event(at: &At<'_>) -> Option<Found> {
    let found = worded(at, |phrase| phrase.is_korean() && is_unfinished(phrase))?;
    let fix = says::completed(at.text()).map(Fix::Reword).or_else(|| as_command(at.phrase()));
    Some(found.mended(fix))
}

pub(super) fn technical(at: &At<'_>) -> Option<Found> {
    Some(worded(at, Phrase::is_technical)?.mended(Some(Fix::SetAside("lint-aside-screen"))))
}

pub(super) fn two_in_one(at: &At<'_>) -> Option<Found> {
    worded(at, Phrase::is_two)
}

pub(super) fn cause(at: &At<'_>) -> Option<Found> {
    worded(at, Phrase::tells_cause)
}

pub(super) fn vague(at: &At<'_>) -> Option<Found> {
    worded(at, Phrase::is_vague)
}

pub(super) fn long(at: &At<'_>) -> Option<Found> {
    let columns = shown(at.text()).width();
    Some(worded(at, |_| columns > COLUMNS_MAX)?.with("columns", columns).with("most", COLUMNS_MAX))
}

pub(super) fn possibility(at: &At<'_>) -> Option<Found> {
    worded(at, Phrase::is_possibility)
}

pub(super) fn past_command(at: &At<'_>) -> Option<Found> {
    let found = worded(at, Phrase::is_commanded_in_past)?;
    let reworded = says::commanded(at.text()).map(Fix::Reword);
    Some(found.mended(reworded.or(Some(Fix::Recast(NoteKind::DomainEvent)))))
}

pub(super) fn anybody(at: &At<'_>) -> Option<Found> {
    worded(at, Phrase::is_anybody)
}

pub(super) fn no_reaction(at: &At<'_>) -> Option<Found> {
    worded(at, |phrase| !phrase.is_reaction())
}

pub(super) fn program(at: &At<'_>) -> Option<Found> {
    worded(at, Phrase::is_no_thing)
}

/// A note that says what an earlier one says already.
pub(super) fn twin(at: &At<'_>) -> Option<Found> {
    let first = at.wall.note(at.wall.twins.first_of(at.note.id)?)?;
    let found = worded(at, |_| true)?.with("other", shown(first.text())).beside([first.id]);
    Some(found.mended(Some(Fix::SetAside("lint-aside-duplicate"))))
}

pub(super) fn near_twin(at: &At<'_>) -> Option<Found> {
    let first = at.wall.note(at.wall.twins.near(at.note.id)?)?;
    let ask = Said::new("lint-ask-same").with("text", shown(at.text())).with("other", shown(first.text()));
    let found = worded(at, |_| true)?.with("other", shown(first.text())).beside([first.id]);
    Some(found.mended(Some(Fix::Ask(ask))))
}

fn is_open_at_the_close(at: &At<'_>) -> bool {
    flag_of(&at.wall.board.details, "closed") && !at.note.is_resolved()
}

pub(super) fn open_hotspot(at: &At<'_>) -> Option<Found> {
    worded(at, |_| is_open_at_the_close(at))
}

pub(super) fn unowned_hotspot(at: &At<'_>) -> Option<Found> {
    let is_owned = ["owner", "next"].iter().all(|field| !text_of(&at.note.details, field).is_empty());
    worded(at, |_| is_open_at_the_close(at) && !is_owned)
}
