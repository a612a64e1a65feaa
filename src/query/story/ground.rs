//! What the story is read from: the rows of the outline by note, and where on the wall each note stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::text::SafeText;
use crate::model::{Board, Id, Level, Note, NoteKind, Point, Rect};
use crate::query::Flow;
use crate::query::outline::{Outline, Reaction, Read, Write};
use crate::words::Said;

/// So many names a sentence tells; of more it tells how many.
pub(super) const NAMES_MAX: usize = 12;

/// The rows of an outline, to be looked up.
pub(super) struct Ground<'a> {
    pub(super) board: &'a Board,
    flow: &'a Flow,
    pub(super) writes: BTreeMap<Id, &'a Write>,
    pub(super) reactions: BTreeMap<Id, &'a Reaction>,
    reads: Vec<&'a Read>,
    /// The places in `reads` of what somebody looks at, and of what an event fills.
    read_by: BTreeMap<Id, Vec<usize>>,
    filled_by: BTreeMap<Id, Vec<usize>>,
    /// The events that come of each command, in the order of time.
    results: BTreeMap<Id, Vec<Id>>,
    /// The standing events, in the order of time.
    pub(super) events: Vec<Id>,
    /// Whether the wall tells causes too, not events alone.
    pub(super) tells_causes: bool,
}

impl<'a> Ground<'a> {
    pub(super) fn of(board: &'a Board, flow: &'a Flow, outline: &'a Outline) -> Ground<'a> {
        let contexts = || outline.contexts.iter();
        let mut events: Vec<Id> =
            board.standing().filter(|note| note.kind == NoteKind::DomainEvent).map(|note| note.id).collect();
        events.sort_unstable_by_key(|id| (board.notes[id].at, *id));
        let reads: Vec<&Read> = contexts().flat_map(|it| &it.reads).collect();
        let reads_by = |notes: fn(&Read) -> &Vec<Id>| {
            let mut by: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
            for (at, read) in reads.iter().enumerate() {
                notes(read).iter().for_each(|note| by.entry(*note).or_default().push(at));
            }
            by
        };
        let mut ground = Ground {
            board,
            flow,
            writes: contexts().flat_map(|it| &it.writes).map(|row| (row.command, row)).collect(),
            reactions: contexts().flat_map(|it| &it.policies).map(|row| (row.policy, row)).collect(),
            read_by: reads_by(|read| &read.read_by),
            filled_by: reads_by(|read| &read.filled_by),
            results: BTreeMap::new(),
            reads,
            events,
            tells_causes: board.level() != Some(Level::BigPicture),
        };
        let results = ground.writes.keys().map(|command| (*command, ground.outcome(&[*command]).1)).collect();
        ground.results = results;
        ground
    }

    pub(super) fn kind(&self, note: Id) -> Option<NoteKind> {
        self.board.notes.get(&note).map(|note| note.kind)
    }

    /// Those of a kind, in the order of time.
    pub(super) fn of_kind(&self, notes: &[Id], kind: NoteKind) -> Vec<Id> {
        let mut notes: Vec<Id> = notes.iter().filter(|id| self.kind(**id) == Some(kind)).copied().collect();
        notes.sort_unstable_by_key(|id| self.place(*id));
        notes
    }

    /// Where in time a note stands.
    pub(super) fn place(&self, note: Id) -> (Point, Id) {
        (self.board.notes.get(&note).map_or(Point::new(0, 0), |note| note.at), note)
    }

    /// What is left to systems when commands are given, and the events that come of it.
    pub(super) fn outcome(&self, commands: &[Id]) -> (Vec<Id>, Vec<Id>) {
        let rows: Vec<_> = commands.iter().filter_map(|command| self.writes.get(command)).collect();
        let all =
            |ids: fn(&Write) -> &Vec<Id>| rows.iter().flat_map(|row| ids(row)).copied().collect::<Vec<_>>();
        let systems = self.of_kind(&all(|row| &row.systems), NoteKind::ExternalSystem);
        let mut events = self.of_kind(&all(|row| &row.events), NoteKind::DomainEvent);
        if events.is_empty() {
            let told: Vec<Id> =
                systems.iter().flat_map(|system| self.flow.from(*system)).map(|edge| edge.to).collect();
            events = self.of_kind(&told, NoteKind::DomainEvent);
        }
        (systems, events)
    }

    /// The events that come of a command.
    pub(super) fn results(&self, command: Id) -> &[Id] {
        self.results.get(&command).map_or(&[], Vec::as_slice)
    }

    /// The commands that each event comes of.
    pub(super) fn producers(&self) -> BTreeMap<Id, Vec<Id>> {
        let mut producers: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for (command, events) in &self.results {
            events.iter().for_each(|event| producers.entry(*event).or_default().push(*command));
        }
        producers
    }

    /// The systems, and the times, that let an event happen.
    pub(super) fn triggers(&self, event: Id) -> (Option<Vec<Id>>, Option<Vec<Id>>) {
        let before: Vec<Id> = self.flow.to(event).map(|edge| edge.from).collect();
        let of = |kind| Some(self.of_kind(&before, kind)).filter(|notes| !notes.is_empty());
        (of(NoteKind::ExternalSystem), of(NoteKind::Time))
    }

    /// The read models somebody looks at before a command.
    pub(super) fn seen_before(&self, who: &[Id], command: Id) -> Vec<Id> {
        self.reads_at(&self.read_by, who.iter().chain([&command])).map(|read| read.model).collect()
    }

    /// The events that fill what somebody looks at before a command.
    pub(super) fn known_before(&self, who: &[Id], command: Id) -> Vec<Id> {
        let reads = self.reads_at(&self.read_by, who.iter().chain([&command]));
        self.of_kind(
            &reads.flat_map(|read| &read.filled_by).copied().collect::<Vec<_>>(),
            NoteKind::DomainEvent,
        )
    }

    /// The read models that events fill.
    pub(super) fn shown_after(&self, events: &[Id]) -> Vec<Id> {
        self.reads_at(&self.filled_by, events.iter()).map(|read| read.model).collect()
    }

    /// The reads that stand under any of these notes, each once, in the order of the outline.
    fn reads_at<'n>(
        &self,
        by: &BTreeMap<Id, Vec<usize>>,
        notes: impl Iterator<Item = &'n Id>,
    ) -> impl Iterator<Item = &'a Read> {
        let found: BTreeSet<usize> = notes.filter_map(|note| by.get(note)).flatten().copied().collect();
        found.into_iter().map(|at| self.reads[at]).collect::<Vec<_>>().into_iter()
    }

    fn text(&self, note: Id) -> String {
        let text = self.board.notes.get(&note).map_or("", |note| note.text());
        SafeText::line(text).into_string()
    }

    /// A note's wording between quotation marks.
    pub(super) fn quoted(&self, note: Id) -> String {
        format!("“{}”", self.text(note))
    }

    /// The names of people, systems and moments, one after another.
    pub(super) fn names(&self, notes: &[Id]) -> Said {
        both(notes.iter().map(|id| self.text(*id)))
    }

    /// These notes, one after another.
    pub(super) fn all(&self, notes: &[Id]) -> Said {
        both(notes.iter().map(|id| self.quoted(*id)))
    }

    /// These events: one or the other where they stand below each other, one after the other else.
    pub(super) fn outcomes(&self, events: &[Id]) -> Said {
        let rects: Vec<Rect> =
            events.iter().filter_map(|id| self.board.notes.get(id)).map(Note::rect).collect();
        let is_below = |pair: &[Rect]| pair[0].at.x < pair[1].right() && pair[1].at.x < pair[0].right();
        if rects.windows(2).all(is_below) {
            either(events.iter().map(|id| self.quoted(*id)))
        } else {
            self.all(events)
        }
    }
}

fn one(name: String) -> Said {
    Said::new("story-one").with("name", name)
}

fn both(names: impl ExactSizeIterator<Item = String>) -> Said {
    list("story-and", names)
}

fn either(names: impl ExactSizeIterator<Item = String>) -> Said {
    list("story-or", names)
}

/// The first of these names one after another, and how many more there are.
fn list(join: &'static str, mut names: impl ExactSizeIterator<Item = String>) -> Said {
    let mut told: Vec<Said> = names.by_ref().take(NAMES_MAX).map(one).collect();
    told.extend((names.len() > 0).then(|| Said::new("story-more").with("count", names.len())));
    let list = told
        .into_iter()
        .rev()
        .reduce(|rest, first| Said::new(join).with_said("first", first).with_said("rest", rest));
    list.unwrap_or_else(|| one(String::new()))
}
