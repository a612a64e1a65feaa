//! From lines to a draft: which sticky each mention means, which frame and lane it is in, what leads where.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::super::Remark;
use super::attr::Attr;
use super::draft::{Draft, DraftArrow, DraftFrame, DraftLane, DraftNote, DraftSentence, Index, Told};
use super::item::{Names, Numbered, Reference, Within};
use super::line::{Body, Heading, Lead, Line, Row, Step};
use crate::model::field::fits;
use crate::model::limit::{
    CONTEXTS_MAX, DETAILS_MAX, NOTES_MAX, ROWS_MAX, TITLE_CHARS_MAX, WORDING_CHARS_MAX,
};
use crate::model::{Details, Frame, KINDS, Level, NoteKind, Point, Thing};
use crate::words::Said;

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

/// Stickies that are told somewhere as more than the source of something: their wordings, and their kinds where marked.
#[derive(Default)]
pub(super) struct Ahead {
    here: HashSet<(String, Option<NoteKind>, Option<usize>)>,
    first: HashMap<(String, Option<NoteKind>), Option<usize>>,
    kinds: HashMap<String, Option<NoteKind>>,
}

impl Ahead {
    fn learn(&mut self, wording: &str, kind: Option<NoteKind>, frame: Option<usize>) {
        self.here.insert((wording.to_owned(), kind, frame));
        self.first.entry((wording.to_owned(), kind)).or_insert(frame);
        self.kinds.entry(wording.to_owned()).or_insert(kind);
    }

    /// The frame in which a sticky is told, if that is not the one given.
    pub(super) fn elsewhere(
        &self,
        wording: &str,
        kind: NoteKind,
        frame: Option<usize>,
    ) -> Option<Option<usize>> {
        let marks = [Some(kind), None];
        let is_here = marks.iter().any(|kind| self.here.contains(&(wording.to_owned(), *kind, frame)));
        let first = || marks.iter().find_map(|kind| self.first.get(&(wording.to_owned(), *kind)));
        if is_here { None } else { first().copied() }
    }

    /// The kind a sticky is told to be of.
    pub(super) fn kind(&self, wording: &str) -> Option<NoteKind> {
        self.kinds.get(wording).copied().flatten()
    }
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

/// What was called otherwise in an earlier version of the text, and the lines that are as they were then.
#[derive(Default)]
pub(super) struct Former {
    pub(super) wordings: HashMap<(NoteKind, String), String>,
    /// Frames, each with the one it has become.
    pub(super) frames: HashMap<(Frame, String, u32), Option<usize>>,
    pub(super) unchanged: HashSet<usize>,
}

impl Former {
    /// The former names of frames.
    pub(super) fn names(&self) -> Names {
        let of = |sort: Frame| {
            let names = self.frames.keys().filter(move |(frame, ..)| *frame == sort);
            names.map(|(_, name, _)| name.clone()).collect()
        };
        Names { contexts: of(Frame::Context), subdomains: of(Frame::Subdomain) }
    }
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
        let item =
            super::item::Item { reference, pivotal: false, sign: None, alias: None, attrs: vec![Attr::New] };
        let steps = vec![Step { arrow: None, item, sources: Vec::new() }];
        self.row(line, &Row { lead: Lead::None, steps });
    }

    /// The frame of a heading; made where there is none yet.
    fn section(
        &mut self,
        subdomain: Option<&Numbered>,
        context: Option<&Heading>,
        line: usize,
    ) -> Option<usize> {
        let inside = subdomain.and_then(|name| self.subdomain(name, line));
        let Some(heading) = context else { return inside };
        let name = &heading.name;
        let same = |frame: &DraftFrame| frame.frame == Frame::Context && frame.name == name.text;
        let known = match name.nth {
            Some(nth) => self.draft.frame(Frame::Context, &name.text, nth),
            None => self.draft.frames.iter().position(|frame| {
                same(frame) && (subdomain.is_none() || frame.inside == inside || frame.inside.is_none())
            }),
        };
        let frame = match known {
            Some(frame) => frame,
            None => {
                let count = self.draft.frames.iter().filter(|frame| same(frame)).count();
                let nth = name.nth.unwrap_or(u32::try_from(count).unwrap_or(u32::MAX - 1) + 1);
                self.new_frame(Frame::Context, &name.text, nth, line)?
            }
        };
        if inside.is_some() {
            self.draft.frames[frame].inside = inside;
        }
        Some(frame)
    }

    fn subdomain(&mut self, name: &Numbered, line: usize) -> Option<usize> {
        let nth = name.nth.unwrap_or(1);
        let known = self.draft.frame(Frame::Subdomain, &name.text, nth);
        known.or_else(|| self.new_frame(Frame::Subdomain, &name.text, nth, line))
    }

    fn new_frame(&mut self, frame: Frame, name: &str, nth: u32, line: usize) -> Option<usize> {
        if self.is_full(self.draft.frames.len() >= CONTEXTS_MAX, line, CONTEXTS_MAX) {
            return None;
        }
        let mut details = Details::new();
        name_it(&mut details, "name", self.fitted(name, TITLE_CHARS_MAX, line));
        let name = name.to_owned();
        self.draft.frames.push(DraftFrame {
            frame,
            name,
            nth,
            inside: None,
            details,
            id: None,
            at: None,
            size: None,
            line,
        });
        Some(self.draft.frames.len() - 1)
    }

    fn frame_details(&mut self, frame: usize, heading: &Heading, line: usize) {
        let mut details = std::mem::take(&mut self.draft.frames[frame].details);
        if let Some(class) = heading.class {
            details.insert("class".to_owned(), class.into());
        }
        let rest = self.heading(&mut details, heading, Thing::Context, line);
        let frame = &mut self.draft.frames[frame];
        frame.details = details;
        for attr in rest {
            match attr {
                Attr::Id(id) => frame.id = id.parse().ok(),
                Attr::At(at) => frame.at = Some(Point::new(at[0], at[1])),
                Attr::Size(size) => frame.size = Some(size),
                _ => {}
            }
        }
    }

    fn enter_lane(&mut self, heading: &Heading, line: usize) {
        let nth = heading.name.nth.unwrap_or(1);
        let known =
            self.draft.lanes.iter().position(|lane| lane.name == heading.name.text && lane.nth == nth);
        let at = match known {
            Some(at) => at,
            None if self.is_full(self.draft.lanes.len() >= ROWS_MAX, line, ROWS_MAX) => return,
            None => {
                let name = heading.name.text.clone();
                let text = self.fitted(&name, TITLE_CHARS_MAX, line);
                let mut details = Details::new();
                name_it(&mut details, "name", text);
                self.draft.lanes.push(DraftLane { name, nth, details, id: None, y: None });
                self.draft.lanes.len() - 1
            }
        };
        self.lane = at + 1;
        let mut details = std::mem::take(&mut self.draft.lanes[at].details);
        let rest = self.heading(&mut details, heading, Thing::Lane, line);
        let lane = &mut self.draft.lanes[at];
        lane.details = details;
        for attr in rest {
            match attr {
                Attr::Id(id) => lane.id = id.parse().ok(),
                Attr::At(at) => lane.y = at.first().copied(),
                _ => {}
            }
        }
    }

    fn sentence(&mut self, heading: &Heading, of: Thing, line: usize) {
        let count =
            if of == Thing::Decision { self.draft.decisions.len() } else { self.draft.requirements.len() };
        if self.is_full(count >= ROWS_MAX, line, ROWS_MAX) {
            return;
        }
        let text = self.fitted(&heading.name.text, WORDING_CHARS_MAX, line);
        let mut details = Details::new();
        name_it(&mut details, "text", text);
        let mut id = None;
        for attr in self.heading(&mut details, heading, of, line) {
            match attr {
                Attr::Id(text) => id = text.parse().ok(),
                Attr::Refs(name, refs) if of == Thing::Requirement => {
                    let wants = refs.into_iter().map(|it| (it, Wants::Requirement(count, name)));
                    self.wait(wants, line);
                }
                _ => {}
            }
        }
        let sentence = DraftSentence { details, refs: Vec::new(), id };
        if of == Thing::Decision { &mut self.draft.decisions } else { &mut self.draft.requirements }
            .push(sentence);
    }

    /// Takes over what a heading says beside its name, and hands back what is no detail.
    fn heading(&mut self, details: &mut Details, heading: &Heading, of: Thing, line: usize) -> Vec<Attr> {
        if let Some(alias) = &heading.alias {
            let alias = self.fitted(alias, TITLE_CHARS_MAX, line);
            details.insert("alias".to_owned(), alias.into());
        }
        let mut rest = Vec::new();
        for attr in &heading.attrs {
            match attr {
                Attr::Detail(thing, name, value) if *thing == of => {
                    self.set(details, name, value.clone(), line)
                }
                other => rest.push(other.clone()),
            }
        }
        rest
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

/// Sets what a thing is called. What is called nothing has no such detail.
fn name_it(details: &mut Details, name: &str, text: String) {
    if !text.is_empty() {
        details.insert(name.to_owned(), text.into());
    }
}
