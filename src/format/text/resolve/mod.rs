//! From lines to a draft: which sticky each mention means, which frame and lane it is in, what leads where.

mod ahead;
mod heading;

pub(super) use ahead::{Ahead, Former};

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::attr::Attr;
use super::draft::{Draft, DraftArrow, DraftNote, Index, Told};
use super::item::{Item, Numbered, Reference, Within};
use super::line::{Body, Lead, Line, Row, Step};
use crate::format::Remark;
use crate::model::field::fits;
use crate::model::limit::{DETAILS_MAX, NOTES_MAX, TITLE_CHARS_MAX, WORDING_CHARS_MAX};
use crate::model::{Details, Frame, KINDS, Level, NoteKind, Thing};
use crate::words::Said;
use heading::name_it;

/// Walks through the lines of a text once, after a look ahead for the frames and for what is told later on.
pub(super) struct Resolver {
    pub(super) draft: Draft,
    pub(super) index: Index,
    pub(super) level: Level,
    /// Where the lines are now.
    pub(super) frame: Option<usize>,
    pub(super) lane: usize,
    /// The rows that those below may go on from, the outermost first.
    pub(super) above: Vec<Above>,
    pub(super) last: Option<Above>,
    pub(super) ahead: Ahead,
    pub(super) later: Vec<Later>,
    /// Where each pair of notes is joined already.
    pub(super) joined: HashMap<(usize, usize), usize>,
    /// The row in which a note is the first.
    pub(super) row_of: HashMap<usize, usize>,
    pub(super) former: Former,
    too_many: bool,
    has_title: bool,
}

/// What a row offers to those below it.
#[derive(Clone, Copy)]
pub(super) struct Above {
    pub(super) indent: usize,
    pub(super) last: Option<usize>,
    /// What leads to the last.
    pub(super) source: Option<usize>,
}

/// A reference that is looked up when everything has been told.
pub(super) struct Later {
    pub(super) reference: Reference,
    pub(super) frame: Option<usize>,
    pub(super) lane: usize,
    pub(super) line: usize,
    pub(super) wants: Wants,
}

/// What a looked-up reference is for.
pub(super) enum Wants {
    /// It feeds this note.
    Feed(usize),
    /// This note is stuck on it.
    Host(usize),
    /// A detail of a note.
    Note(usize, &'static str),
    /// A detail of a requirement.
    Requirement(usize, &'static str),
}

/// What a text is read into: what is there before it, and where it begins.
#[derive(Default)]
pub(super) struct Ground {
    pub(super) draft: Draft,
    pub(super) index: Index,
    /// The level where the text names none.
    pub(super) level: Option<Level>,
    pub(super) frame: Option<usize>,
    pub(super) lane: usize,
    /// The note that the first row may go on from.
    pub(super) after: Option<usize>,
    /// What things were called before.
    pub(super) former: Former,
}

/// What the lines of a text say.
pub(super) fn resolve(lines: &[Line], ground: Ground) -> Draft {
    let named = lines.iter().find_map(|line| match &line.body {
        Body::Board("level", level) => level.parse().ok(),
        _ => None,
    });
    let above = ground.after.map(|note| Above { indent: 0, last: Some(note), source: None });
    let mut resolver = Resolver {
        draft: ground.draft,
        index: ground.index,
        level: named.or(ground.level).unwrap_or(Level::Design),
        frame: ground.frame,
        lane: ground.lane,
        above: above.into_iter().collect(),
        last: above,
        ahead: Ahead::default(),
        later: Vec::new(),
        joined: HashMap::new(),
        row_of: HashMap::new(),
        former: ground.former,
        too_many: false,
        has_title: false,
    };
    resolver.look_ahead(lines);
    for line in lines {
        resolver.line(line);
    }
    resolver.finish();
    resolver.draft
}

impl Resolver {
    /// Makes the frames and learns where stickies are told.
    fn look_ahead(&mut self, lines: &[Line]) {
        let begin = self.frame;
        for line in lines {
            match &line.body {
                Body::Subdomain(heading) => {
                    self.subdomain(&heading.name, line.number);
                }
                Body::Section { subdomain, context } => {
                    self.frame = self.section(subdomain.as_ref(), context.as_ref(), line.number);
                }
                Body::Row(row) => {
                    let skipped = usize::from(row.lead == Lead::None && row.steps.len() > 1);
                    for step in row.steps.iter().skip(skipped) {
                        let reference = &step.item.reference;
                        if reference.within.is_none() && reference.wording.nth.is_none() {
                            self.ahead.learn(&reference.wording.text, reference.kind, self.frame);
                        }
                    }
                }
                _ => {}
            }
        }
        self.frame = begin;
    }

    fn line(&mut self, line: &Line) {
        match &line.body {
            Body::Title(heading) if !self.has_title => {
                self.has_title = true;
                let title = self.fitted(&heading.name.text, TITLE_CHARS_MAX, line.number);
                let mut details = std::mem::take(&mut self.draft.details);
                name_it(&mut details, "title", title);
                for attr in self.heading(&mut details, heading, Thing::Board, line.number) {
                    if let Attr::Id(id) = attr {
                        self.draft.id = Some(id);
                    }
                }
                self.draft.details = details;
            }
            Body::Title(heading) => self.odd(line, &heading.name.text, "text-second-title"),
            Body::Section { subdomain, context } => {
                self.frame = self.section(subdomain.as_ref(), context.as_ref(), line.number);
                self.above.clear();
                self.last = None;
                if let (Some(frame), Some(heading)) = (self.frame, context) {
                    self.frame_details(frame, heading, line.number);
                }
            }
            Body::Subdomain(heading) => {
                if let Some(frame) = self.subdomain(&heading.name, line.number) {
                    self.frame_details(frame, heading, line.number);
                }
            }
            Body::Lane(None) => self.lane = 0,
            Body::Lane(Some(heading)) => self.enter_lane(heading, line.number),
            Body::Board(name, text) => {
                let text = self.fitted(text, WORDING_CHARS_MAX, line.number);
                self.draft.details.insert((*name).to_owned(), text.into());
            }
            Body::Requirement(heading) => self.sentence(heading, Thing::Requirement, line.number),
            Body::Decision(heading) => self.sentence(heading, Thing::Decision, line.number),
            Body::Row(row) => self.row(line, row),
            Body::Odd(text) => self.odd(line, text, "text-odd-line"),
        }
    }

    /// A line that fits nothing becomes a note.
    fn odd(&mut self, line: &Line, text: &str, why: &'static str) {
        self.remark(line.number, Said::new(why).with("text", text));
        let wording = Numbered { text: text.to_owned(), nth: None };
        let reference = Reference { kind: Some(NoteKind::Note), within: None, wording };
        let item = Item { reference, pivotal: false, sign: None, alias: None, attrs: vec![Attr::New] };
        let steps = vec![Step { arrow: None, item, sources: Vec::new() }];
        self.row(line, &Row { lead: Lead::None, steps });
    }

    /// The frame something is said to be in, by its name or a former one: `None` where there is none such,
    /// `Some(None)` outside.
    pub(super) fn within(&self, within: &Within) -> Option<Option<usize>> {
        let (frame, name) = match within {
            Within::Outside => return Some(None),
            Within::Context(name) => (Frame::Context, name),
            Within::Subdomain(name) => (Frame::Subdomain, name),
        };
        let nth = name.nth.unwrap_or(1);
        let former = || self.former.frames.get(&(frame, name.text.clone(), nth)).copied().flatten();
        self.draft.frame(frame, &name.text, nth).or_else(former).map(Some)
    }

    /// What a wording of a kind has become, where it was changed.
    pub(super) fn wording_now(&self, kind: Option<NoteKind>, wording: &str) -> Option<String> {
        let mut kinds = KINDS.iter().map(|row| row.kind).filter(|it| kind.is_none_or(|kind| kind == *it));
        kinds.find_map(|kind| self.former.wordings.get(&(kind, wording.to_owned())).cloned())
    }

    /// Sets a detail, unless a thing has too many already.
    pub(super) fn set(&mut self, details: &mut Details, name: &str, value: serde_json::Value, line: usize) {
        let full = details.len() >= DETAILS_MAX && !details.contains_key(name);
        if !self.is_full(full, line, DETAILS_MAX) {
            details.insert(name.to_owned(), value);
        }
    }

    /// Looks these up when everything has been told.
    pub(super) fn wait(&mut self, wants: impl IntoIterator<Item = (Reference, Wants)>, line: usize) {
        let (frame, lane) = (self.frame, self.lane);
        self.later.extend(wants.into_iter().map(|(reference, wants)| Later {
            reference,
            frame,
            lane,
            line,
            wants,
        }));
    }

    pub(super) fn remark(&mut self, line: usize, said: Said) {
        self.draft.remarks.push(Remark { line: Some(line), said });
    }

    /// Whether something would be one too many, which is said once.
    fn is_full(&mut self, full: bool, line: usize, max: usize) -> bool {
        if full && !std::mem::replace(&mut self.too_many, true) {
            self.remark(line, Said::new("text-too-many").with("max", max));
        }
        full
    }

    /// A text within its limit. What is over goes onto a note of its own.
    pub(super) fn fitted(&mut self, text: &str, max: usize, line: usize) -> String {
        if fits(text, max) {
            return text.to_owned();
        }
        let mut chars = text.chars();
        let kept: String = chars.by_ref().take(max).collect();
        self.remark(line, Said::new("text-too-long").with("max", max));
        let mut rest = chars.as_str();
        while !rest.is_empty() {
            let end = rest.char_indices().nth(WORDING_CHARS_MAX).map_or(rest.len(), |(at, _)| at);
            let (part, more) = rest.split_at(end);
            if let Some(note) = self.new_note(self.frame, NoteKind::Note, part, None, line) {
                self.draft.notes[note].home = None;
            }
            rest = more;
        }
        kept
    }

    /// A note that is told for the first time; nothing where the wall is full.
    pub(super) fn new_note(
        &mut self,
        frame: Option<usize>,
        kind: NoteKind,
        wording: &str,
        nth: Option<u32>,
        line: usize,
    ) -> Option<usize> {
        if self.is_full(self.draft.notes.len() >= NOTES_MAX, line, NOTES_MAX) {
            return None;
        }
        let word = self.index.word(wording);
        let nth = nth.unwrap_or_else(|| self.index.unused(frame, kind, word));
        let note = DraftNote { lane: self.lane, nth, ..DraftNote::new(frame, kind, wording.to_owned()) };
        let at = self.draft.notes.len();
        self.index.add(at, &note);
        self.draft.notes.push(note);
        Some(at)
    }

    /// Joins two notes, or says more of the arrow that joins them already.
    pub(super) fn join(&mut self, arrow: DraftArrow) {
        let next = self.draft.arrows.len();
        match self.joined.entry((arrow.from, arrow.to)) {
            Entry::Occupied(known) => {
                let known = &mut self.draft.arrows[*known.get()];
                known.details.extend(arrow.details);
                known.id = known.id.or(arrow.id);
            }
            Entry::Vacant(gap) => {
                gap.insert(next);
                self.draft.arrows.push(arrow);
            }
        }
    }

    pub(super) fn tell(&mut self, line: usize, note: usize, is_home: bool) {
        self.draft.told.push(Told { line, note, is_home });
    }
}
