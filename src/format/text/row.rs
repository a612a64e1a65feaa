//! From a row to stickies and arrows.

use std::collections::HashMap;

use serde_json::Value;

use super::attr::Attr;
use super::draft::{DraftArrow, DraftNote, is_repeated};
use super::item::{Item, Reference};
use super::line::{Lead, Line, Link, Row, Step};
use super::resolve::{Above, Later, Resolver, Wants};
use crate::model::arrange::{Row as Placing, Start};
use crate::model::field::fits;
use crate::model::grammar::{self, Around, guess_row};
use crate::model::limit::{ARROWS_MAX, ITEMS_MAX, NAME_CHARS_MAX, TITLE_CHARS_MAX, WORDING_CHARS_MAX};
use crate::model::{Details, NoteKind, Point, Thing};
use crate::words::Said;

impl Resolver {
    /// Takes in a row.
    pub(super) fn row(&mut self, line: &Line, row: &Row) {
        let above = self.above_of(line.indent, row.lead != Lead::None);
        let source = match row.lead {
            Lead::None => None,
            Lead::Arrow => above.and_then(|above| above.last),
            Lead::Bar => above.and_then(|above| above.source),
        };
        if row.lead != Lead::None && source.is_none() {
            self.remark(line.number, Said::new("text-arrow-from-nothing"));
        }
        let kinds = self.kinds(row, source);
        let mut before = source;
        let mut before_that = None;
        let mut run: Vec<usize> = Vec::new();
        let mut start = source.map_or(Start::Fresh, Start::After);
        for (at, (step, kind)) in row.steps.iter().zip(kinds).enumerate() {
            let is_head = at == 0 && row.lead == Lead::None && row.steps.len() > 1;
            let Some(note) = self.note(&step.item, kind, is_head, line.number) else { continue };
            let is_home = self.settle(note, line.number);
            self.tell(line.number, note, is_home);
            if let (Some(from), Some(link)) = (before, &step.arrow) {
                self.link(from, note, link, &step.item, line.number);
            }
            let is_said_where = step.item.attrs.iter().any(|attr| matches!(attr, Attr::On(_)));
            if at == 0 && row.lead == Lead::None && is_home && !is_said_where && sticks(kind) {
                let host = above.filter(|above| above.indent < line.indent).and_then(|above| above.last);
                self.draft.notes[note].host = host;
                start = host.map_or(start, Start::Under);
            }
            self.describe(note, step, line.number);
            if is_home {
                run.push(note);
            } else {
                self.place(&mut run, start);
                start = Start::After(note);
            }
            (before_that, before) = (before, Some(note));
        }
        self.place(&mut run, start);
        let above = Above { indent: line.indent, last: before, source: before_that };
        self.above.push(above);
        self.last = Some(above);
    }

    /// The row that one indented so far belongs to; for one that begins with an arrow at least the row before it.
    fn above_of(&mut self, indent: usize, leads: bool) -> Option<Above> {
        while self.above.last().is_some_and(|above| above.indent >= indent) {
            self.above.pop();
        }
        self.above.last().copied().or(self.last.filter(|_| leads))
    }

    /// What the stickies of a row are: marked, known, guessed.
    fn kinds(&mut self, row: &Row, source: Option<usize>) -> Vec<NoteKind> {
        let mut marks: Vec<Option<NoteKind>> = Vec::with_capacity(row.steps.len());
        for (at, step) in row.steps.iter().enumerate() {
            let is_head = at == 0 && row.lead == Lead::None && row.steps.len() > 1;
            let reference = &step.item.reference;
            marks.push(reference.kind.or_else(|| self.known_kind(reference, is_head)));
        }
        let words: Vec<usize> =
            row.steps.iter().map(|step| self.index.word(&step.item.reference.wording.text)).collect();
        let mut counts: HashMap<usize, usize> = HashMap::new();
        words.iter().for_each(|word| *counts.entry(*word).or_default() += 1);
        let guessed = self.guessed(row, source, &marks);
        // A wording that only one sticky bears means that one, unless it may be the noun of a new one.
        let mut is_settled = true;
        for (at, kind) in guessed.iter().enumerate().filter(|(_, kind)| !is_repeated(**kind)) {
            let known = self.index.only(None, words[at]).map(|note| self.draft.notes[note].kind);
            let is_meant = known.is_some_and(|known| known != *kind && !is_repeated(known));
            if marks[at].is_none() && is_meant && words.iter().filter(|word| **word == words[at]).count() == 1
            {
                marks[at] = known;
                is_settled = false;
            }
        }
        if is_settled { guessed } else { self.guessed(row, source, &marks) }
    }

    fn guessed(&self, row: &Row, source: Option<usize>, marks: &[Option<NoteKind>]) -> Vec<NoteKind> {
        let items: Vec<grammar::Item<'_>> = row
            .steps
            .iter()
            .zip(marks)
            .map(|(step, mark)| grammar::Item {
                wording: &step.item.reference.wording.text,
                mark: *mark,
                is_fed: !step.sources.is_empty(),
            })
            .collect();
        let known = |wording: &str| self.index.first(wording).map(|note| self.draft.notes[note].kind);
        let from = source.map(|note| self.draft.notes[note].kind);
        guess_row(&items, &Around { level: self.level, from, known: &known })
    }

    /// The kind of a sticky that is named from afar or as the source of something: it is known, or told later on.
    fn known_kind(&mut self, reference: &Reference, is_head: bool) -> Option<NoteKind> {
        if !is_head && reference.within.is_none() && reference.wording.nth.is_none() {
            return None;
        }
        let known = self.find(reference, self.frame).map(|note| self.draft.notes[note].kind);
        known.or_else(|| self.ahead.kind(&reference.wording.text))
    }

    /// The note a reference means, seen from a frame.
    pub(super) fn find(&mut self, reference: &Reference, frame: Option<usize>) -> Option<usize> {
        let found = self.find_by(reference, &reference.wording.text, frame);
        if found.is_some() {
            return found;
        }
        let now = self.wording_now(reference.kind, &reference.wording.text)?;
        self.find_by(reference, &now, frame)
    }

    fn find_by(&mut self, reference: &Reference, wording: &str, frame: Option<usize>) -> Option<usize> {
        let word = self.index.word(wording);
        let nth = reference.wording.nth;
        let within = reference.within.as_ref().map(|within| self.within(within));
        match within {
            Some(within) => self.index.here(within?, reference.kind, word, nth.unwrap_or(1)),
            None => self
                .index
                .here(frame, reference.kind, word, nth.unwrap_or(1))
                .or_else(|| self.index.only(reference.kind, word).filter(|_| nth.is_none())),
        }
    }

    /// The note an item means: the one that bears its name, or a new one.
    fn note(&mut self, item: &Item, kind: NoteKind, is_head: bool, line: usize) -> Option<usize> {
        let reference = &item.reference;
        let mut wording = self.cut_wording(&reference.wording.text, line);
        if self.former.unchanged.contains(&line)
            && let Some(now) = self.wording_now(Some(kind), &wording)
        {
            self.remark(line, Said::new("text-former-wording").with("was", &wording).with("now", &now));
            wording = now;
        }
        let word = self.index.word(&wording);
        let within = reference.within.as_ref().map(|within| self.within(within).unwrap_or(self.frame));
        let frame = within.unwrap_or(self.frame);
        if item.attrs.contains(&Attr::New) {
            return self.new_note(frame, kind, &wording, None, line);
        }
        if let Some(nth) = reference.wording.nth {
            let known = self.index.nth(frame, kind, word, nth);
            return known.or_else(|| self.new_note(frame, kind, &wording, Some(nth), line));
        }
        let (frame, nth) = match within {
            Some(frame) => (frame, 1),
            None if is_repeated(kind) => (frame, self.index.next_told(frame, kind, word)),
            None => {
                let is_here = self.index.unused(frame, kind, word) > 1;
                let elsewhere = self.index.only(Some(kind), word).filter(|_| !is_here);
                let known = self.index.nth(frame, kind, word, 1).or(elsewhere);
                if known.is_some() {
                    return known;
                }
                let elsewhere = is_head.then(|| self.ahead.elsewhere(&wording, kind, frame)).flatten();
                (elsewhere.unwrap_or(frame), 1)
            }
        };
        let known = self.index.nth(frame, kind, word, nth);
        known.or_else(|| self.new_note(frame, kind, &wording, Some(nth), line))
    }

    /// A wording within its limit; what is over goes onto a note.
    fn cut_wording(&mut self, wording: &str, line: usize) -> String {
        self.fitted(wording, WORDING_CHARS_MAX, line)
    }

    /// Lets a note belong in this line, if it belongs in this frame and in no line yet.
    fn settle(&mut self, note: usize, line: usize) -> bool {
        let (frame, lane) = (self.frame, self.lane);
        let note = &mut self.draft.notes[note];
        let settles = note.home.is_none() && note.frame == frame;
        if settles {
            (note.home, note.lane) = (Some(line), lane);
        }
        settles
    }

    /// Ends a run of notes that belong in one line, so that it can be laid out.
    fn place(&mut self, run: &mut Vec<usize>, start: Start<usize>) {
        let Some(first) = run.first() else { return };
        let lone = run.len() == 1 && start == Start::Fresh;
        self.row_of.insert(*first, self.draft.rows.len());
        let DraftNote { frame, lane, kind, .. } = self.draft.notes[*first];
        let lone = lone && kind == NoteKind::DomainEvent;
        self.draft.rows.push(Placing { notes: std::mem::take(run), start, frame, lane, lone });
    }

    fn link(&mut self, from: usize, to: usize, link: &Link, item: &Item, line: usize) {
        if from == to {
            let wording = self.draft.notes[to].wording.clone();
            self.remark(line, Said::new("text-arrow-to-itself").with("wording", wording));
            return;
        }
        let mut details = Details::new();
        if let Some(mode) = link.mode {
            details.insert("mode".to_owned(), mode.id().into());
        }
        if !link.label.is_empty() {
            let label = self.fitted(&link.label, TITLE_CHARS_MAX, line);
            details.insert("label".to_owned(), label.into());
        }
        let mut id = None;
        for attr in &link.attrs {
            match attr {
                Attr::Detail(_, name, value) => self.set(&mut details, name, value.clone(), line),
                Attr::Id(text) => id = text.parse().ok(),
                _ => {}
            }
        }
        for attr in &item.attrs {
            if let Attr::Detail(Thing::Arrow, name, value) = attr {
                self.set(&mut details, name, value.clone(), line);
            }
        }
        if self.draft.arrows.len() < ARROWS_MAX {
            self.join(DraftArrow { from, to, details, id });
        }
    }

    /// Takes over what an item says of its note.
    fn describe(&mut self, note: usize, step: &Step, line: usize) {
        let item = &step.item;
        let mut details = std::mem::take(&mut self.draft.notes[note].details);
        if item.pivotal {
            self.set(&mut details, "pivotal", Value::Bool(true), line);
        }
        if let Some(sign) = item.sign {
            self.set(&mut details, "sign", Value::from(sign.to_string()), line);
        }
        if let Some(alias) = &item.alias {
            let alias = self.fitted(alias, TITLE_CHARS_MAX, line);
            self.set(&mut details, "alias", alias.into(), line);
        }
        let mut wants: Vec<(Reference, Wants)> = Vec::new();
        for attr in &item.attrs {
            match attr {
                // Said of an arrow, but no arrow leads here: the note keeps it.
                Attr::Detail(Thing::Arrow, ..) if step.arrow.is_some() => {}
                Attr::Detail(_, name, value) => self.set(&mut details, name, value.clone(), line),
                Attr::Refs(name, refs) => {
                    wants.extend(refs.iter().map(|it| (it.clone(), Wants::Note(note, name))))
                }
                Attr::On(host) => wants.push((host.clone(), Wants::Host(note))),
                other => self.draft.notes[note].take(other),
            }
        }
        self.draft.notes[note].details = details;
        wants.extend(step.sources.iter().map(|it| (it.clone(), Wants::Feed(note))));
        self.wait(wants, line);
    }

    /// Looks up what had to wait, and finds a place for what is only spoken of.
    pub(super) fn finish(&mut self) {
        for later in std::mem::take(&mut self.later) {
            self.answer(&later);
        }
        for note in 0..self.draft.notes.len() {
            if self.draft.notes[note].home.is_none() {
                self.draft.notes[note].home = Some(0);
                self.place(&mut vec![note], Start::Fresh);
            }
        }
        let followed: Vec<usize> = self
            .draft
            .rows
            .iter()
            .filter_map(|row| match row.start {
                Start::After(note) | Start::Under(note) => Some(note),
                Start::Fresh => None,
            })
            .collect();
        for note in followed {
            if let Some(row) = self.row_of.get(&note) {
                self.draft.rows[*row].lone = false;
            }
        }
    }

    fn answer(&mut self, later: &Later) {
        let found = self.find(&later.reference, later.frame);
        let wording = || later.reference.wording.text.clone();
        let found = match (found, &later.wants) {
            (Some(found), _) => found,
            (None, Wants::Feed(_)) => {
                self.remark(later.line, Said::new("text-source-made").with("wording", wording()));
                let within = later.reference.within.as_ref().and_then(|within| self.within(within));
                let frame = within.unwrap_or(later.frame);
                let kind = later.reference.kind.unwrap_or(NoteKind::DomainEvent);
                let wording = self.cut_wording(&wording(), later.line);
                self.lane = later.lane;
                let Some(made) =
                    self.new_note(frame, kind, &wording, later.reference.wording.nth, later.line)
                else {
                    return;
                };
                made
            }
            (None, _) => {
                self.remark(later.line, Said::new("text-unknown-reference").with("wording", wording()));
                return;
            }
        };
        match later.wants {
            Wants::Feed(note) if note == found => {
                self.remark(later.line, Said::new("text-arrow-to-itself").with("wording", wording()));
            }
            Wants::Feed(note) => {
                if self.draft.arrows.len() < ARROWS_MAX {
                    self.join(DraftArrow { from: found, to: note, details: Details::new(), id: None });
                }
            }
            Wants::Host(note) => self.stick(note, found),
            Wants::Note(note, name) => refer(&mut self.draft.notes[note].refs, name, found),
            Wants::Requirement(at, name) => refer(&mut self.draft.requirements[at].refs, name, found),
        }
    }

    /// Sticks a note on another, unless that would close a loop.
    fn stick(&mut self, note: usize, host: usize) {
        let mut next = Some(host);
        let mut steps = 0;
        while let Some(at) = next.filter(|at| *at != note && steps <= self.draft.notes.len()) {
            next = self.draft.notes[at].host;
            steps += 1;
        }
        if next.is_some() {
            return;
        }
        self.draft.notes[note].host = Some(host);
        if let Some(row) = self.row_of.get(&note).filter(|row| self.draft.rows[**row].start == Start::Fresh) {
            self.draft.rows[*row].start = Start::Under(host);
        }
    }
}

/// Whether a note of this kind below a row is stuck on its last sticky.
fn sticks(kind: NoteKind) -> bool {
    matches!(kind, NoteKind::Hotspot | NoteKind::Opportunity | NoteKind::Value | NoteKind::Note)
}

fn refer(refs: &mut Vec<(&'static str, Vec<usize>)>, name: &'static str, note: usize) {
    match refs.iter_mut().find(|(known, _)| *known == name) {
        Some((_, notes)) if notes.len() < ITEMS_MAX => notes.push(note),
        Some(_) => {}
        None => refs.push((name, vec![note])),
    }
}

impl DraftNote {
    fn take(&mut self, attr: &Attr) {
        match attr {
            Attr::At(at) => self.at = Some(Point::new(at[0], at[1])),
            Attr::Size(size) => self.size = Some(*size),
            Attr::Id(id) => self.id = id.parse().ok(),
            Attr::By(name) if fits(name, NAME_CHARS_MAX) => self.author.clone_from(name),
            Attr::Layer(z) => self.z = *z,
            Attr::Or(wording) if fits(wording, WORDING_CHARS_MAX) => self.others.push(wording.clone()),
            Attr::By(_) | Attr::Or(_) | Attr::Detail(..) | Attr::Refs(..) | Attr::On(_) | Attr::New => {}
        }
    }
}
