//! A board as text.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::attr::Attr;
use super::draft::is_repeated;
use super::item::{Item, Names, Numbered, Reference, Within};
use super::line::{Body, Heading, Link};
use super::script::{Lead, Script, ScriptRow, Step, script};
use super::spell;
use crate::model::field::{FieldType, field};
use crate::model::thing::{flag_of, text_of};
use crate::model::{Arrow, Board, Context, Details, Frame, Id, Note, NoteKind, Size, Thing};

/// What a sticky is called in the text.
struct Called {
    frame: Option<usize>,
    nth: u32,
    /// Whether another frame has one of this kind and wording too.
    is_elsewhere: bool,
}

struct Writer<'a> {
    board: &'a Board,
    is_exact: bool,
    names: Names,
    /// The frames in the forest's order: which sort, and its name.
    frames: Vec<(Frame, Numbered)>,
    lanes: Vec<Numbered>,
    called: HashMap<Id, Called>,
    out: String,
}

/// A text, and what of the board is called how in it.
pub(super) struct Written {
    pub(super) text: String,
    /// Notes by frame, kind, wording and number.
    pub(super) notes: HashMap<(Option<usize>, NoteKind, String, u32), Id>,
    /// Frames and lanes in the order in which the text names them.
    pub(super) frames: Vec<Id>,
    pub(super) lanes: Vec<Id>,
}

/// The text of a board; with ids, places and sizes where it is to be exact.
pub(super) fn write(board: &Board, is_exact: bool) -> Written {
    let script = script(board, is_exact);
    let mut writer = Writer {
        board,
        is_exact,
        names: Names::default(),
        frames: Vec::new(),
        lanes: Vec::new(),
        called: HashMap::new(),
        out: String::new(),
    };
    writer.call(&script);
    writer.preface();
    writer.wall(&script);
    let name = |(id, called): (&Id, &Called)| {
        let note = &board.notes[id];
        ((called.frame, note.kind, composed(note.text()), called.nth), *id)
    };
    Written {
        notes: writer.called.iter().map(name).collect(),
        text: writer.out,
        frames: script.forest.frames.iter().map(|(frame, _)| *frame).collect(),
        lanes: script.forest.lanes,
    }
}

/// The composed form, which is what is read.
pub(super) fn composed(text: &str) -> String {
    text.nfc().collect()
}

fn composed_value(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(composed(text)),
        Value::Array(items) => items.iter().map(composed_value).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (composed(name), composed_value(value))).collect()
        }
        other => other.clone(),
    }
}

impl Writer<'_> {
    /// Finds out what everything is called.
    fn call(&mut self, script: &Script) {
        let mut counts: HashMap<(Frame, String), u32> = HashMap::new();
        for (id, _) in &script.forest.frames {
            let context = &self.board.contexts[id];
            let text = composed(context.name());
            let names = match context.frame {
                Frame::Context => &mut self.names.contexts,
                Frame::Subdomain => &mut self.names.subdomains,
            };
            names.insert(text.clone());
            let count = counts.entry((context.frame, text.clone())).or_default();
            *count += 1;
            self.frames.push((context.frame, Numbered { text, nth: (*count > 1).then_some(*count) }));
        }
        let mut counts: HashMap<String, u32> = HashMap::new();
        for id in &script.forest.lanes {
            let text = composed(self.board.lanes[id].name());
            let count = counts.entry(text.clone()).or_default();
            *count += 1;
            self.lanes.push(Numbered { text, nth: (*count > 1).then_some(*count) });
        }
        let frame_of: HashMap<Id, Option<usize>> = script
            .forest
            .cells
            .iter()
            .flat_map(|cell| {
                cell.strands.iter().flat_map(|strand| &strand.notes).map(|note| (*note, cell.frame))
            })
            .collect();
        let mut counts: HashMap<(Option<usize>, NoteKind, String), u32> = HashMap::new();
        let mut frames: HashMap<(NoteKind, String), HashSet<Option<usize>>> = HashMap::new();
        for id in &script.order {
            let note = &self.board.notes[id];
            let (frame, text) = (frame_of[id], composed(note.text()));
            let nth = counts.entry((frame, note.kind, text.clone())).or_default();
            *nth += 1;
            frames.entry((note.kind, text)).or_default().insert(frame);
            self.called.insert(*id, Called { frame, nth: *nth, is_elsewhere: false });
        }
        for id in &script.order {
            let note = &self.board.notes[id];
            let is_elsewhere = frames[&(note.kind, composed(note.text()))].len() > 1;
            self.called.entry(*id).and_modify(|called| called.is_elsewhere = is_elsewhere);
        }
    }

    fn push(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Title, scope, requirements: what stands before the wall.
    fn preface(&mut self) {
        let board = self.board;
        let id = (self.is_exact && !board.id.is_empty()).then(|| Attr::Id(board.id.clone()));
        let mut heading = self.titled(&board.details, Thing::Board, "title", id);
        let scope = heading.attrs.extract_if(.., |attr| is_detail(attr, "scope")).count() > 0;
        let level = heading.attrs.extract_if(.., |attr| is_detail(attr, "level")).count() > 0;
        if !heading.name.text.is_empty() || heading.alias.is_some() || !heading.attrs.is_empty() {
            self.push(&spell::heading("# ", &heading, Thing::Board, &self.names, Body::Title));
        }
        if level {
            self.push(&format!("level: {}", text_of(&board.details, "level")));
        }
        if scope {
            let name = Numbered { text: composed(board.scope()), nth: None };
            let heading = Heading { name, alias: None, class: None, attrs: Vec::new() };
            let body = |heading: Heading| Body::Board("scope", heading.name.text);
            self.push(&spell::heading("scope: ", &heading, Thing::Decision, &self.names, body));
        }
        for (sentences, of, prefix) in [
            (&board.requirements, Thing::Requirement, "require: "),
            (&board.decisions, Thing::Decision, "decision: "),
        ] {
            for sentence in sentences.values() {
                let id = self.is_exact.then(|| Attr::Id(sentence.id.to_string()));
                let heading = self.titled(&sentence.details, of, "text", id);
                let body = if of == Thing::Decision { Body::Decision } else { Body::Requirement };
                self.push(&spell::heading(prefix, &heading, of, &self.names, body));
            }
        }
    }

    /// A heading that tells the details of a thing.
    fn titled(
        &self,
        details: &Details,
        of: Thing,
        main: &str,
        rest: impl IntoIterator<Item = Attr>,
    ) -> Heading {
        let has_alias = matches!(of, Thing::Board | Thing::Context);
        let alias = has_alias.then(|| text_of(details, "alias")).filter(|alias| !alias.is_empty());
        let class =
            Some(text_of(details, "class")).filter(|_| of == Thing::Context).and_then(super::attr::class);
        let is_told = |name: &str| {
            name == main || name == "alias" && alias.is_some() || name == "class" && class.is_some()
        };
        let mut attrs = self.attrs(details, of, is_told);
        attrs.extend(rest);
        let name = Numbered { text: composed(text_of(details, main)), nth: None };
        Heading { name, alias: alias.map(composed), class, attrs }
    }

    /// Details as attributes, those left out that are told otherwise.
    fn attrs(&self, details: &Details, of: Thing, is_told: impl Fn(&str) -> bool) -> Vec<Attr> {
        details
            .iter()
            .filter(|(name, _)| !is_told(name))
            .filter_map(|(name, value)| match field(of, name) {
                Some(row) if matches!(row.holds, FieldType::Id | FieldType::Ids) => {
                    let texts = match value {
                        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
                        value => value.as_str().into_iter().collect::<Vec<_>>(),
                    };
                    let ids = texts.into_iter().filter_map(|text| text.parse().ok());
                    let refs: Vec<Reference> = ids.filter_map(|id| self.reference(id, None)).collect();
                    (!refs.is_empty()).then_some(Attr::Refs(row.name, refs))
                }
                _ => Some(Attr::Detail(of, name.clone(), composed_value(value))),
            })
            .collect()
    }

    /// The wall itself, frame by frame.
    fn wall(&mut self, script: &Script) {
        for at in 0..self.lanes.len() {
            let lane = &self.board.lanes[&script.forest.lanes[at]];
            let exact = self.is_exact.then(|| [Attr::Id(lane.id.to_string()), Attr::At(vec![lane.y])]);
            let mut heading = self.titled(&lane.details, Thing::Lane, "name", exact.into_iter().flatten());
            heading.name = self.lanes[at].clone();
            self.push(&lane_line(&heading, &self.names));
        }
        let mut lane = self.lanes.len();
        let mut cells = script.forest.cells.iter().zip(&script.cells).peekable();
        for frame in std::iter::once(None).chain((0..self.frames.len()).map(Some)) {
            let has_cells = cells.peek().is_some_and(|(cell, _)| cell.frame == frame);
            if let Some(at) = frame {
                self.section(script, at, has_cells);
            } else if has_cells && !self.out.is_empty() {
                self.out.push('\n');
            }
            while let Some((cell, rows)) = cells.next_if(|(cell, _)| cell.frame == frame) {
                if cell.lane != lane {
                    lane = cell.lane;
                    self.enter(lane);
                }
                for row in rows {
                    self.row(row, frame);
                }
            }
            for row in script.extras.get(&frame).into_iter().flatten() {
                self.row(row, frame);
            }
        }
    }

    fn enter(&mut self, lane: usize) {
        let line = match lane.checked_sub(1) {
            Some(at) => {
                let name = self.lanes[at].clone();
                lane_line(&Heading { name, alias: None, class: None, attrs: Vec::new() }, &self.names)
            }
            None => "lane:".to_owned(),
        };
        self.push(&line);
    }

    fn section(&mut self, script: &Script, at: usize, has_cells: bool) {
        let (id, inside) = script.forest.frames[at];
        let context = &self.board.contexts[&id];
        let mut heading = self.titled(&context.details, Thing::Context, "name", self.placed(context));
        heading.name = self.frames[at].1.clone();
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        if context.frame == Frame::Context {
            let outer = inside.map(|outer| self.frames[outer].1.clone());
            let before = outer.as_ref().map(|outer| spell::subdomain(outer, &self.names)).unwrap_or_default();
            let body = |heading| Body::Section { subdomain: outer.clone(), context: Some(heading) };
            let line = spell::heading(&format!("## {before}"), &heading, Thing::Context, &self.names, body);
            self.push(&line);
            return;
        }
        let is_bare = heading.alias.is_none() && heading.class.is_none() && heading.attrs.is_empty();
        let is_named = script.forest.frames.iter().any(|(_, inside)| *inside == Some(at));
        if !is_bare || !(is_named || has_cells) {
            self.push(&spell::heading("subdomain: ", &heading, Thing::Context, &self.names, Body::Subdomain));
        } else if !has_cells {
            self.out.pop();
        }
        if has_cells {
            let line = format!("## {}", spell::subdomain(&heading.name, &self.names));
            self.push(&line);
        }
    }

    fn placed(&self, context: &Context) -> Vec<Attr> {
        if !self.is_exact {
            return Vec::new();
        }
        let Size { w, h } = context.rect.size;
        let at = vec![context.rect.at.x, context.rect.at.y];
        vec![Attr::Id(context.id.to_string()), Attr::At(at), Attr::Size(Size::new(w, h))]
    }

    fn row(&mut self, row: &ScriptRow, frame: Option<usize>) {
        let mut line = "  ".repeat(row.depth);
        for (at, step) in row.steps.iter().enumerate() {
            let is_bar = at == 0 && row.lead == Lead::Bar;
            if at > 0 {
                line.push(' ');
            }
            if at > 0 || row.lead != Lead::Sticky {
                let link = step.arrow.map(|arrow| self.link(&self.board.arrows[&arrow]));
                line.push_str(&spell::arrow(&link.unwrap_or_default(), is_bar, &self.names));
                line.push(' ');
            }
            line.push_str(&self.step(step, frame));
        }
        self.push(&line);
    }

    fn link(&self, arrow: &Arrow) -> Link {
        let mode = arrow.mode();
        let label = arrow.label();
        let is_told = |name: &str| name == "mode" && mode.is_some() || name == "label" && !label.is_empty();
        let mut attrs = self.attrs(&arrow.details, Thing::Arrow, is_told);
        if self.is_exact {
            attrs.push(Attr::Id(arrow.id.to_string()));
        }
        Link { mode, label: composed(label), attrs }
    }

    fn step(&self, step: &Step, frame: Option<usize>) -> String {
        let note = &self.board.notes[&step.note];
        let Some(reference) = self.reference(step.note, Some(frame)) else { return String::new() };
        if !step.is_home {
            let item = Item { reference, pivotal: false, sign: None, alias: None, attrs: Vec::new() };
            return spell::item(&item, &self.names);
        }
        let mut said = spell::item(&self.item(note, step), &self.names);
        if !step.sources.is_empty() {
            let sources = step.sources.iter().filter_map(|source| self.reference(*source, Some(frame)));
            let sources: Vec<String> =
                sources.map(|source| spell::named(&source, &self.names, false)).collect();
            said = format!("{said} < {}", sources.join(", "));
        }
        said
    }

    /// A sticky as it is told where it belongs.
    fn item(&self, note: &Note, step: &Step) -> Item {
        let called = &self.called[&note.id];
        let is_numbered = !is_repeated(note.kind) && (called.nth > 1 || called.is_elsewhere);
        let wording = Numbered { text: composed(note.text()), nth: is_numbered.then_some(called.nth) };
        let pivotal = note.kind == NoteKind::DomainEvent && note.is_pivotal();
        let sign = text_of(&note.details, "sign").chars().next().filter(|_| note.kind == NoteKind::Value);
        let alias = Some(note.alias()).filter(|alias| !alias.is_empty());
        let is_told = |name: &str| match name {
            "pivotal" => pivotal && flag_of(&note.details, name),
            "sign" => sign.is_some(),
            "alias" => alias.is_some(),
            _ => false,
        };
        let mut attrs = self.attrs(&note.details, Thing::Note, is_told);
        attrs.extend(step.on.and_then(|host| self.reference(host, None)).map(Attr::On));
        if self.is_exact {
            attrs.push(Attr::Id(note.id.to_string()));
            attrs.push(Attr::At(vec![note.at.x, note.at.y]));
            attrs.push(Attr::Size(note.size));
            attrs.extend((note.z != 0).then_some(Attr::Layer(note.z)));
            let others = note.wording.alternatives().into_iter().skip(1);
            attrs.extend(others.map(|other| Attr::Or(composed(other))));
        }
        let reference = Reference { kind: Some(note.kind), within: None, wording };
        Item { reference, pivotal, sign, alias: alias.map(composed), attrs }
    }

    /// What names a note, as seen from a frame, or from anywhere.
    fn reference(&self, id: Id, seen_from: Option<Option<usize>>) -> Option<Reference> {
        let note = self.board.notes.get(&id)?;
        let called = self.called.get(&id)?;
        let within = (seen_from != Some(called.frame)).then(|| match called.frame {
            None => Within::Outside,
            Some(at) => self.frame_name(at),
        });
        let is_numbered = called.nth > 1 || is_repeated(note.kind) || within.is_none() && called.is_elsewhere;
        let wording = Numbered { text: composed(note.text()), nth: is_numbered.then_some(called.nth) };
        Some(Reference { kind: Some(note.kind), within, wording })
    }

    fn frame_name(&self, at: usize) -> Within {
        match self.frames[at].clone() {
            (Frame::Context, name) => Within::Context(name),
            (Frame::Subdomain, name) => Within::Subdomain(name),
        }
    }
}

fn is_detail(attr: &Attr, wanted: &str) -> bool {
    matches!(attr, Attr::Detail(_, name, _) if name == wanted)
}

fn lane_line(heading: &Heading, names: &Names) -> String {
    spell::heading("lane: ", heading, Thing::Lane, names, |heading| Body::Lane(Some(heading)))
}
