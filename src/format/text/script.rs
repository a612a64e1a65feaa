//! A board as lines of stickies, before they are spelled.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::arrange::{Cell, Forest, Start, Strand};
use crate::model::{Arrow, Board, Id, Note, NoteKind};

/// Rows deeper than this go on at the same depth and name what they go on from.
const DEPTH_MAX: usize = 4;

/// The rows of a wall, frame by frame and lane by lane.
pub(super) struct Script {
    pub(super) forest: Forest,
    /// The rows of each of the forest's cells.
    pub(super) cells: Vec<Vec<ScriptRow>>,
    /// Arrows that no row tells, by the frame of the note they point to.
    pub(super) extras: BTreeMap<Option<usize>, Vec<ScriptRow>>,
    /// The notes in the order in which they are told.
    pub(super) order: Vec<Id>,
}

/// One row.
pub(super) struct ScriptRow {
    pub(super) depth: usize,
    pub(super) lead: Lead,
    pub(super) steps: Vec<Step>,
}

/// How a row begins.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Lead {
    Sticky,
    Arrow,
    Bar,
}

/// One sticky of a row.
pub(super) struct Step {
    /// The arrow that leads to it.
    pub(super) arrow: Option<Id>,
    pub(super) note: Id,
    /// Whether it is told here rather than named.
    pub(super) is_home: bool,
    /// The note it is stuck on, where its place in the text does not tell.
    pub(super) on: Option<Id>,
    /// What feeds it.
    pub(super) sources: Vec<Id>,
}

/// A piece of a strand that is waiting to become a row.
struct Task {
    strand: usize,
    piece: usize,
    depth: usize,
    begin: Begin,
}

#[derive(Clone, Copy, PartialEq)]
enum Begin {
    Fresh,
    Arrow(Id),
    Bar(Id),
    Named(Id),
    Stuck,
    StuckOn,
}

struct Scribe<'a> {
    board: &'a Board,
    is_exact: bool,
    /// The plainest arrow between two notes, and those already told.
    between: HashMap<(Id, Id), Vec<&'a Arrow>>,
    told: HashSet<Id>,
    /// The arrows at each note: those that lead to it, those that lead on.
    into: HashMap<Id, Vec<&'a Arrow>>,
    onward: HashMap<Id, Vec<&'a Arrow>>,
    rank: HashMap<Id, usize>,
    cell_of: HashMap<Id, usize>,
}

/// The rows of a board. Where it is to be exact every arrow stands on its own, so that it can carry its name.
pub(super) fn script(board: &Board, is_exact: bool) -> Script {
    let forest = Forest::of(board);
    let mut between: HashMap<(Id, Id), Vec<&Arrow>> = HashMap::new();
    let mut into: HashMap<Id, Vec<&Arrow>> = HashMap::new();
    let mut onward: HashMap<Id, Vec<&Arrow>> = HashMap::new();
    let mut arrows: Vec<&Arrow> = board.arrows.values().filter(|arrow| arrow.from != arrow.to).collect();
    arrows.sort_by_cached_key(|arrow| (!arrow.details.is_empty(), said(arrow), arrow.id));
    for arrow in arrows {
        between.entry((arrow.from, arrow.to)).or_default().push(arrow);
        into.entry(arrow.to).or_default().push(arrow);
        onward.entry(arrow.from).or_default().push(arrow);
    }
    let mut scribe = Scribe {
        board,
        is_exact,
        between,
        told: HashSet::new(),
        into,
        onward,
        rank: HashMap::new(),
        cell_of: HashMap::new(),
    };
    for (at, cell) in forest.cells.iter().enumerate() {
        let notes = cell.strands.iter().flat_map(|strand| &strand.notes);
        scribe.cell_of.extend(notes.map(|note| (*note, at)));
    }
    let mut cells: Vec<Vec<ScriptRow>> = forest.cells.iter().map(|cell| scribe.cell(cell)).collect();
    let rows = || cells.iter().flatten();
    let order: Vec<Id> =
        rows().flat_map(|row| &row.steps).filter(|step| step.is_home).map(|step| step.note).collect();
    scribe.rank = order.iter().enumerate().map(|(rank, note)| (*note, rank)).collect();
    for row in cells.iter_mut().flatten() {
        scribe.feed(row);
    }
    for row in cells.iter_mut().flatten() {
        scribe.head(&forest, row);
    }
    for rows in &mut cells {
        for at in 0..rows.len() {
            let is_bare = rows.get(at + 1).is_none_or(|next| next.depth <= rows[at].depth);
            if is_bare {
                scribe.tail(&mut rows[at]);
            }
        }
    }
    let extras = scribe.extras(&forest);
    Script { forest, cells, extras, order }
}

fn said(arrow: &Arrow) -> String {
    serde_json::to_string(&arrow.details).unwrap_or_default()
}

impl<'a> Scribe<'a> {
    fn note(&self, id: Id) -> &'a Note {
        &self.board.notes[&id]
    }

    /// The rows of one cell.
    fn cell(&mut self, cell: &Cell) -> Vec<ScriptRow> {
        let mut under: HashMap<Id, Vec<usize>> = HashMap::new();
        let mut after: HashMap<Id, Vec<usize>> = HashMap::new();
        for (at, strand) in cell.strands.iter().enumerate() {
            match strand.start {
                Start::Under(host) => under.entry(host).or_default().push(at),
                Start::After(note) => after.entry(note).or_default().push(at),
                Start::Fresh => {}
            }
        }
        let pieces: Vec<Vec<&[Id]>> = cell.strands.iter().map(|strand| self.pieces(strand)).collect();
        let fresh = (0..cell.strands.len()).filter(|at| cell.strands[*at].start == Start::Fresh);
        let mut waiting: Vec<Task> =
            fresh.rev().map(|strand| Task { strand, piece: 0, depth: 0, begin: Begin::Fresh }).collect();
        let mut rows = Vec::new();
        while let Some(task) = waiting.pop() {
            let notes = pieces[task.strand][task.piece];
            rows.push(self.row(&task, notes));
            let mut below = Vec::new();
            let may_sink = task.depth < DEPTH_MAX;
            let depth = task.depth + usize::from(may_sink);
            let hang = |strands: &HashMap<Id, Vec<usize>>, note: &Id, begin: Begin, below: &mut Vec<Task>| {
                let strands = strands.get(note).into_iter().flatten();
                below.extend(strands.map(|strand| Task { strand: *strand, piece: 0, depth, begin }));
            };
            let (last, before) = notes.split_last().unwrap_or((&notes[0], &[]));
            for strand in under.get(last).into_iter().flatten() {
                let kind = self.note(cell.strands[*strand].notes[0]).kind;
                let begin = if may_sink && sticks(kind) { Begin::Stuck } else { Begin::StuckOn };
                below.push(Task { strand: *strand, piece: 0, depth, begin });
            }
            for (back, note) in before.iter().rev().enumerate() {
                let begin = if may_sink && back == 0 { Begin::Bar(*note) } else { Begin::Named(*note) };
                hang(&under, note, Begin::StuckOn, &mut below);
                hang(&after, note, begin, &mut below);
            }
            let begin = if may_sink { Begin::Arrow(*last) } else { Begin::Named(*last) };
            if task.piece + 1 < pieces[task.strand].len() {
                below.push(Task { strand: task.strand, piece: task.piece + 1, depth, begin });
            }
            hang(&after, last, begin, &mut below);
            waiting.extend(below.into_iter().rev());
        }
        rows
    }

    /// A strand as rows: each ends at its event, and at a read model that says what feeds it.
    fn pieces(&self, strand: &'a Strand) -> Vec<&'a [Id]> {
        Vec::from_iter(strand.notes.chunk_by(|one, next| !self.ends(*one, *next)))
    }

    fn ends(&self, note: Id, next: Id) -> bool {
        match self.note(note).kind {
            NoteKind::DomainEvent => self.note(next).kind != NoteKind::DomainEvent,
            NoteKind::ReadModel => !self.is_exact && self.is_fed(note),
            _ => false,
        }
    }

    fn is_fed(&self, note: Id) -> bool {
        self.into.get(&note).is_some_and(|arrows| arrows.iter().any(|arrow| arrow.details.is_empty()))
    }

    fn row(&mut self, task: &Task, notes: &[Id]) -> ScriptRow {
        let lead = match task.begin {
            Begin::Arrow(_) => Lead::Arrow,
            Begin::Bar(_) => Lead::Bar,
            Begin::Fresh | Begin::Named(_) | Begin::Stuck | Begin::StuckOn => Lead::Sticky,
        };
        let mut steps = Vec::with_capacity(notes.len() + 1);
        let mut from = None;
        if let Begin::Named(note) = task.begin {
            steps.push(Step { arrow: None, note, is_home: false, on: None, sources: Vec::new() });
        }
        if let Begin::Arrow(note) | Begin::Bar(note) | Begin::Named(note) = task.begin {
            from = Some(note);
        }
        for (at, note) in notes.iter().enumerate() {
            let arrow = from.and_then(|from| self.tell(from, *note));
            let is_told = at == 0 && task.begin == Begin::Stuck;
            let on = self.note(*note).host.filter(|_| !is_told);
            steps.push(Step { arrow, note: *note, is_home: true, on, sources: Vec::new() });
            from = Some(*note);
        }
        ScriptRow { depth: task.depth, lead, steps }
    }

    /// The plainest arrow between two notes that is not told yet, told from now on.
    fn tell(&mut self, from: Id, to: Id) -> Option<Id> {
        let arrows = self.between.get(&(from, to))?;
        let arrow = arrows.iter().map(|arrow| arrow.id).find(|arrow| !self.told.contains(arrow))?;
        self.told.insert(arrow);
        Some(arrow)
    }

    /// Says what feeds a read model.
    fn feed(&mut self, row: &mut ScriptRow) {
        for step in row.steps.iter_mut().filter(|step| step.is_home && !self.is_exact) {
            if self.note(step.note).kind != NoteKind::ReadModel {
                continue;
            }
            let mut plain: Vec<&Arrow> =
                self.arrows_to(step.note).filter(|arrow| arrow.details.is_empty()).collect();
            plain.sort_by_key(|arrow| self.rank[&arrow.from]);
            step.sources = plain.iter().map(|arrow| arrow.from).collect();
            step.sources.dedup();
            self.told.extend(plain.iter().map(|arrow| arrow.id));
        }
    }

    /// The arrows to a note that no row tells yet, the plainest first.
    fn arrows_to(&self, note: Id) -> impl Iterator<Item = &'a Arrow> {
        self.into.get(&note).into_iter().flatten().copied().filter(|arrow| !self.told.contains(&arrow.id))
    }

    /// Lets a row begin with what leads to it from elsewhere.
    fn head(&mut self, forest: &Forest, row: &mut ScriptRow) {
        let Some(first) = row.steps.first().filter(|step| step.is_home && step.arrow.is_none()) else {
            return;
        };
        if row.lead != Lead::Sticky || row.depth > 0 || first.on.is_some() {
            return;
        }
        let (note, cell) = (first.note, self.cell_of[&first.note]);
        // From another lane of the same frame only what is told already: the name alone would be told here.
        let frame = |cell: usize| forest.cells[cell].frame;
        let is_elsewhere = |from: usize| from != cell && (frame(from) != frame(cell) || from < cell);
        let heads = self.arrows_to(note).filter(|arrow| is_elsewhere(self.cell_of[&arrow.from]));
        let head = heads.min_by_key(|arrow| self.rank[&arrow.from]);
        if let Some(head) = head {
            self.told.insert(head.id);
            row.steps[0].arrow = Some(head.id);
            let named = Step { arrow: None, note: head.from, is_home: false, on: None, sources: Vec::new() };
            row.steps.insert(0, named);
        }
    }

    /// Lets a row that ends before an event end with the next thing its last sticky leads to.
    fn tail(&mut self, row: &mut ScriptRow) {
        let Some(last) = row.steps.last().filter(|step| step.is_home && step.sources.is_empty()) else {
            return;
        };
        let note = last.note;
        if self.note(note).kind == NoteKind::DomainEvent {
            return;
        }
        let left =
            self.onward.get(&note).into_iter().flatten().filter(|arrow| !self.told.contains(&arrow.id));
        let same_cell = left.filter(|arrow| self.cell_of[&arrow.to] == self.cell_of[&note]);
        let next = same_cell.min_by_key(|arrow| self.rank[&arrow.to]);
        if let Some(next) = next.filter(|next| self.rank[&next.to] < self.rank[&note]) {
            self.told.insert(next.id);
            row.steps.push(Step {
                arrow: Some(next.id),
                note: next.to,
                is_home: false,
                on: None,
                sources: Vec::new(),
            });
        }
    }

    /// The arrows that are left, each as a row of its own.
    fn extras(&mut self, forest: &Forest) -> BTreeMap<Option<usize>, Vec<ScriptRow>> {
        let untold = |arrow: &&Arrow| arrow.from != arrow.to && !self.told.contains(&arrow.id);
        let mut left: Vec<&Arrow> = self.board.arrows.values().filter(untold).collect();
        left.sort_by_cached_key(|arrow| {
            (self.rank[&arrow.from], self.rank[&arrow.to], !arrow.details.is_empty(), said(arrow), arrow.id)
        });
        let mut extras: BTreeMap<Option<usize>, Vec<ScriptRow>> = BTreeMap::new();
        for arrow in left {
            let named = |arrow, note| Step { arrow, note, is_home: false, on: None, sources: Vec::new() };
            let steps = vec![named(None, arrow.from), named(Some(arrow.id), arrow.to)];
            let frame = forest.cells[self.cell_of[&arrow.to]].frame;
            extras.entry(frame).or_default().push(ScriptRow { depth: 0, lead: Lead::Sticky, steps });
        }
        extras
    }
}

fn sticks(kind: NoteKind) -> bool {
    matches!(kind, NoteKind::Hotspot | NoteKind::Opportunity | NoteKind::Value | NoteKind::Note)
}
