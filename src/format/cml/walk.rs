//! Contexts and what is declared in them.

use std::collections::{BTreeMap, BTreeSet};

use super::block::Block;
use crate::format::graph::{Graph, alias_of, spaced};
use crate::model::field::CLASSES;
use crate::model::thing::text_of;
use crate::model::{Details, Frame, NoteKind};
use crate::words::Said;

/// What a file has under a comment line each, where squall wrote it.
const DECLARED: [&str; 6] =
    ["BoundedContext", "Subdomain", "Aggregate", "DomainEvent", "Command", "CommandEvent"];

/// Where a context of the map is on the wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Party {
    Frame(usize),
    System(usize),
}

/// An aggregate and what is declared in it.
#[derive(Debug)]
pub(super) struct Aggregate {
    pub(super) note: usize,
    /// Whether a flow has its sticky already.
    pub(super) is_taken: bool,
    members: Vec<usize>,
}

/// Reads the statements of a file.
pub(super) struct Walk<'a> {
    pub(super) graph: Graph,
    /// Whether comment lines are wordings.
    pub(super) is_own: bool,
    pub(super) parties: BTreeMap<&'a str, Party>,
    subdomains: BTreeMap<&'a str, (usize, Details)>,
    teams: BTreeMap<&'a str, String>,
    pub(super) aggregates: BTreeMap<&'a str, Aggregate>,
    /// Commands, events and read models, by where and as what they are declared.
    pub(super) notes: BTreeMap<(NoteKind, &'a str), Vec<usize>>,
    /// How many of each sort were not carried, the first name and line.
    left: BTreeMap<String, (usize, String, usize)>,
}

impl<'a> Walk<'a> {
    pub(super) fn of(blocks: &[Block]) -> Walk<'a> {
        let mut declared = all(blocks).filter(|block| DECLARED.contains(&block.sort())).peekable();
        let is_own = declared.peek().is_some()
            && declared.all(|block| block.comment.as_ref().is_some_and(|comment| comment.is_line));
        Walk {
            graph: Graph::default(),
            is_own,
            parties: BTreeMap::new(),
            subdomains: BTreeMap::new(),
            teams: BTreeMap::new(),
            aggregates: BTreeMap::new(),
            notes: BTreeMap::new(),
            left: BTreeMap::new(),
        }
    }

    /// What something is called.
    pub(super) fn wording(&self, block: &Block) -> String {
        match &block.comment {
            Some(comment) if self.is_own => comment.text.clone(),
            _ => spaced(block.name()),
        }
    }

    /// What is said of something in a comment or a text above it, and by the lines in it.
    fn details(&self, block: &Block, name: &str, wording: &str) -> Details {
        let comment = block.comment.as_ref().filter(|_| !self.is_own).map(|comment| comment.text.as_str());
        let lines: Vec<String> =
            block.body.iter().filter(|it| it.body.is_empty()).map(Block::spelled).collect();
        let said = comment.into_iter().chain(block.text.as_deref()).chain(lines.iter().map(String::as_str));
        let definition = said.collect::<Vec<_>>().join("\n");
        let definition = (!definition.is_empty()).then_some(definition);
        let details = [("alias", alias_of(name, wording)), ("definition", definition)];
        details.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into()))).collect()
    }

    /// The wall's title, its subdomains, teams and systems, and a frame for every context.
    pub(super) fn strategy(&mut self, blocks: &'a [Block]) {
        let titled =
            ["ContextMap", "Domain"].iter().find_map(|sort| blocks.iter().find(|it| it.sort() == *sort));
        if let Some(block) = titled.filter(|block| !block.name().is_empty()) {
            let title = self.wording(block);
            self.graph.details.insert("title".to_owned(), title.into());
        }
        let domains = || blocks.iter().filter(|block| block.sort() == "Domain");
        for block in domains().flat_map(|domain| &domain.body).filter(|it| it.sort() == "Subdomain") {
            let wording = self.wording(block);
            let frame = self.graph.frame(Frame::Subdomain, &wording);
            let mut details =
                self.details(&Block { body: Vec::new(), ..copy(block) }, block.name(), &wording);
            for line in &block.body {
                let value = line.values().collect::<Vec<_>>().join(", ");
                match line.sort() {
                    "type" => {
                        let value = value.to_lowercase();
                        let class = CLASSES.iter().find(|class| value.starts_with(**class));
                        details.extend(class.map(|class| ("class".to_owned(), (*class).into())));
                    }
                    "domainVisionStatement" => {
                        details.insert("purpose".to_owned(), value.into());
                    }
                    other => self.leave(other, line),
                }
            }
            self.graph.frames[frame].details.extend(details.clone());
            self.subdomains.insert(block.name(), (frame, details));
        }
        let contexts = || blocks.iter().filter(|block| block.sort() == "BoundedContext");
        for block in contexts() {
            let wording = self.wording(block);
            let is_empty = block.body.iter().all(|it| it.body.is_empty() && it.sort() != "Aggregate");
            match sort_of(block) {
                "TEAM" => {
                    self.teams.insert(block.name(), wording);
                }
                "SYSTEM" if is_empty => {
                    let note = self.graph.note(None, NoteKind::ExternalSystem, &wording);
                    self.graph.notes[note].details.extend(
                        alias_of(block.name(), &wording).map(|alias| ("alias".to_owned(), alias.into())),
                    );
                    self.parties.insert(block.name(), Party::System(note));
                }
                _ => self.frame(block, &wording),
            }
        }
        for block in contexts().filter(|block| sort_of(block) == "TEAM") {
            let team = self.teams[block.name()].clone();
            for name in block.names_after("realizes") {
                if let Some(Party::Frame(frame)) = self.parties.get(name) {
                    self.graph.frames[*frame].details.insert("team".to_owned(), team.as_str().into());
                }
            }
        }
        self.drop_own_subdomains();
    }

    fn frame(&mut self, block: &'a Block, wording: &str) {
        let frame = self.graph.frame(Frame::Context, wording);
        let mut details = self.details(&Block { body: Vec::new(), ..copy(block) }, block.name(), wording);
        if let Some((subdomain, said)) =
            block.names_after("implements").iter().find_map(|it| self.subdomains.get(it))
        {
            self.graph.frames[frame].inside = Some(*subdomain);
            details.extend(said.get("class").map(|class| ("class".to_owned(), class.clone())));
        }
        self.graph.frames[frame].details.extend(details);
        self.parties.insert(block.name(), Party::Frame(frame));
    }

    /// A subdomain that only tells the class of one context of the same name was no frame when squall wrote it.
    fn drop_own_subdomains(&mut self) {
        let name = |frame: usize, graph: &Graph| text_of(&graph.frames[frame].details, "name").to_owned();
        let frames = 0..self.graph.frames.len();
        let is_drawn = |outer: usize| {
            let mut inner = frames.clone().filter(|frame| self.graph.frames[*frame].inside == Some(outer));
            let only = inner.next().filter(|_| inner.next().is_none());
            !self.is_own || only.is_none_or(|only| name(only, &self.graph) != name(outer, &self.graph))
        };
        let is_kept: Vec<bool> = frames
            .clone()
            .map(|frame| self.graph.frames[frame].frame == Frame::Context || is_drawn(frame))
            .collect();
        let place = |frame: usize| is_kept[..frame].iter().filter(|kept| **kept).count();
        for frame in &mut self.graph.frames {
            frame.inside = frame.inside.filter(|outer| is_kept[*outer]).map(place);
        }
        for party in self.parties.values_mut() {
            if let Party::Frame(frame) = party {
                *frame = place(*frame);
            }
        }
        let mut kept = is_kept.iter();
        self.graph.frames.retain(|_| kept.next().copied().unwrap_or(true));
    }

    /// What is in the contexts: everything declared first, then what the flows say of it.
    pub(super) fn contexts(&mut self, blocks: &'a [Block]) {
        let mut flows = Vec::new();
        for block in blocks {
            match (block.sort(), self.parties.get(block.name())) {
                ("BoundedContext", Some(Party::Frame(frame))) => {
                    let frame = *frame;
                    self.body(block, frame, None, &mut flows);
                }
                ("BoundedContext" | "ContextMap" | "Domain", _) => {}
                (sort, _) => self.leave(sort, block),
            }
        }
        for (flow, frame) in flows {
            self.flow(flow, frame);
        }
    }

    fn body(
        &mut self,
        outer: &'a Block,
        frame: usize,
        aggregate: Option<&'a str>,
        flows: &mut Vec<(&'a Block, usize)>,
    ) {
        for block in &outer.body {
            let is_base = block.words().next() == Some("abstract");
            match block.sort() {
                "type" | "aggregateRoot" => {}
                "Application" | "Module" => self.body(block, frame, aggregate, flows),
                "Flow" | "Service" => flows.push((block, frame)),
                "Aggregate" if aggregate.is_none() => {
                    let root =
                        block.body.iter().find(|it| it.body.iter().any(|it| it.sort() == "aggregateRoot"));
                    let name = root.filter(|_| self.is_own).map_or(block.name(), Block::name);
                    let note = self.declare(block, name, frame, NoteKind::Aggregate, root);
                    let members = Vec::new();
                    self.aggregates.insert(block.name(), Aggregate { note, is_taken: false, members });
                    self.body(block, frame, Some(block.name()), flows);
                }
                sort @ ("DomainEvent" | "Command" | "CommandEvent") if !is_base => {
                    let kind = if sort == "DomainEvent" { NoteKind::DomainEvent } else { NoteKind::Command };
                    let note = self.declare(block, block.name(), frame, kind, Some(block));
                    self.notes.entry((kind, block.name())).or_default().push(note);
                    if let Some(role) = block.text.as_deref().and_then(|text| text.strip_prefix("role:")) {
                        let actor = self.graph.note(Some(frame), NoteKind::Actor, role.trim());
                        self.graph.step(actor, note);
                    }
                    let aggregate = aggregate.and_then(|name| self.aggregates.get_mut(name));
                    if let Some(aggregate) = aggregate {
                        aggregate.members.push(note);
                    }
                }
                "Entity"
                    if aggregate.is_some() && block.body.iter().any(|it| it.sort() == "aggregateRoot") => {}
                "owner" => {
                    let team = self.teams.get(block.values().next().unwrap_or("")).cloned();
                    let details = &mut self.graph.frames[frame].details;
                    details.extend(team.map(|team| ("team".to_owned(), team.into())));
                }
                "domainVisionStatement" | "businessModel" | "evolution" if aggregate.is_none() => {
                    self.said(block, frame);
                }
                "responsibilities" if self.is_own => {}
                sort => self.leave(sort, block),
            }
        }
    }

    /// What is said of a context in a line of its own.
    fn said(&mut self, block: &Block, frame: usize) {
        let folded = |text: &str| text.trim().to_lowercase().replace('_', "-");
        let all = block.values().collect::<Vec<_>>().join(", ");
        let (name, value) = match block.sort() {
            "businessModel" => ("business_model", all.split(',').map(folded).collect()),
            "evolution" => ("evolution", folded(&all).into()),
            _ => ("purpose", all.into()),
        };
        self.graph.frames[frame].details.insert(name.to_owned(), value);
    }

    fn declare(
        &mut self,
        block: &'a Block,
        name: &str,
        frame: usize,
        kind: NoteKind,
        told_by: Option<&Block>,
    ) -> usize {
        let wording = self.wording(block);
        let note = self.graph.note(Some(frame), kind, &wording);
        let lines = told_by.map_or_else(Vec::new, |it| it.body.iter().map(copy).collect());
        let told = Block { comment: block.comment.clone(), body: lines, ..Block::default() };
        let mut details = self.details(&told, name, &wording);
        if details.get("definition").is_some_and(|it| it == "aggregateRoot") {
            details.remove("definition");
        }
        self.graph.notes[note].details = details;
        note
    }

    /// Joins what no flow speaks of to the aggregate it is declared in.
    pub(super) fn finish(&mut self) {
        let begins: BTreeSet<usize> = self.graph.steps.iter().map(|step| step.from).collect();
        let ends: BTreeSet<usize> = self.graph.steps.iter().map(|step| step.to).collect();
        for Aggregate { note, members, .. } in self.aggregates.values() {
            for member in members {
                match self.graph.notes[*member].kind {
                    NoteKind::Command if !begins.contains(member) => self.graph.step(*member, *note),
                    NoteKind::DomainEvent if !ends.contains(member) => self.graph.step(*note, *member),
                    _ => {}
                }
            }
        }
    }

    /// Counts something that is not carried.
    pub(super) fn leave(&mut self, sort: &str, block: &Block) {
        let first = || (0, block.spelled(), block.line);
        self.left.entry(sort.to_owned()).or_insert_with(first).0 += 1;
    }

    pub(super) fn left_out(&mut self) {
        for (what, (count, name, line)) in std::mem::take(&mut self.left) {
            let said = Said::new("graph-left-out").with("count", count).with("what", what).with("name", name);
            self.graph.remark(Some(line), said);
        }
    }
}

/// The type of a context.
fn sort_of(block: &Block) -> &str {
    block.body.iter().find(|it| it.sort() == "type").and_then(|it| it.values().next()).unwrap_or("")
}

/// A statement without what it holds.
fn copy(block: &Block) -> Block {
    let (head, comment, text) = (block.head.clone(), block.comment.clone(), block.text.clone());
    Block { line: block.line, head, body: Vec::new(), comment, text }
}

/// All statements, outer before inner.
fn all(blocks: &[Block]) -> Box<dyn Iterator<Item = &Block> + '_> {
    Box::new(blocks.iter().flat_map(|block| std::iter::once(block).chain(all(&block.body))))
}
