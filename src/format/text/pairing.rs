//! Which thing of a changed text is which thing of the text before.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::draft::{Draft, Told, is_repeated};
use crate::model::{Frame, NoteKind};

/// A text and what it says.
pub(super) struct Side<'a> {
    pub(super) draft: &'a Draft,
    /// The lines that say something: their numbers and what stands in them.
    pub(super) lines: &'a [(usize, String)],
}

/// Each new thing with the old one it is.
#[derive(Default)]
pub(super) struct Pairing {
    pub(super) notes: Vec<Option<usize>>,
    pub(super) frames: Vec<Option<usize>>,
    pub(super) lanes: Vec<Option<usize>>,
    /// The new lines that stand in the old text too.
    pub(super) unchanged: HashSet<usize>,
}

struct Pairs<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// What each line tells.
    old_told: HashMap<usize, Vec<Told>>,
    new_told: HashMap<usize, Vec<Told>>,
    notes: Vec<Option<usize>>,
    taken: Vec<bool>,
    /// How many old notes, and how many new ones that belong in a changed line, are left of each name.
    old_left: HashMap<(NoteKind, &'a str), usize>,
    new_left: HashMap<(NoteKind, &'a str), usize>,
    unchanged: HashSet<usize>,
}

/// Stretches of changed lines larger than this, as a product of their lengths, are told apart by names alone.
const STRETCH_MAX: usize = 100_000;

/// Finds out what of `new` is what of `old`. `by_id` knows the old notes that new ones name outright.
pub(super) fn pair<'a>(old: Side<'a>, new: Side<'a>, by_id: &[(usize, usize)]) -> Pairing {
    let mut old_left: HashMap<(NoteKind, &str), usize> = HashMap::new();
    for note in &old.draft.notes {
        *old_left.entry((note.kind, &note.wording)).or_default() += 1;
    }
    let mut pairs = Pairs {
        old_told: told(old.draft),
        new_told: told(new.draft),
        notes: vec![None; new.draft.notes.len()],
        taken: vec![false; old.draft.notes.len()],
        old_left,
        new_left: HashMap::new(),
        unchanged: HashSet::new(),
        old,
        new,
    };
    for (new, old) in by_id {
        pairs.join(*old, *new);
    }
    pairs.by_lines();
    pairs.by_names();
    let frames = pairs.frames();
    let lanes = pairs.lanes();
    Pairing { notes: pairs.notes, frames, lanes, unchanged: pairs.unchanged }
}

fn told(draft: &Draft) -> HashMap<usize, Vec<Told>> {
    let mut lines: HashMap<usize, Vec<Told>> = HashMap::new();
    for told in &draft.told {
        lines.entry(told.line).or_default().push(*told);
    }
    lines
}

/// Pairs of equal items, rising on both sides: what both have in common, as a reader would see it.
fn same<T: Hash + Ord>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let equal = |op: DiffOp| match op {
        DiffOp::Equal { old_index, new_index, len } => {
            (0..len).map(|at| (old_index + at, new_index + at)).collect()
        }
        _ => Vec::new(),
    };
    capture_diff_slices(Algorithm::Patience, old, new).into_iter().flat_map(equal).collect()
}

impl<'a> Pairs<'a> {
    fn join(&mut self, old: usize, new: usize) {
        if !self.taken[old] && self.notes[new].is_none() {
            self.taken[old] = true;
            self.notes[new] = Some(old);
            let (was, is) = (self.old_name(old), self.new_name(new));
            self.old_left.entry(was).and_modify(|left| *left -= 1);
            if self.is_changed(new) {
                self.new_left.entry(is).and_modify(|left| *left = left.saturating_sub(1));
            }
        }
    }

    /// Whether a new note belongs in a line that the old text did not have.
    fn is_changed(&self, new: usize) -> bool {
        self.new.draft.notes[new].home.is_some_and(|line| line > 0 && !self.unchanged.contains(&line))
    }

    fn old_name(&self, old: usize) -> (NoteKind, &'a str) {
        let note = &self.old.draft.notes[old];
        (note.kind, &note.wording)
    }

    fn new_name(&self, new: usize) -> (NoteKind, &'a str) {
        let note = &self.new.draft.notes[new];
        (note.kind, &note.wording)
    }

    /// Notes of lines that stayed, that were moved, and that were changed in place.
    fn by_lines(&mut self) {
        let texts = |side: &Side<'_>| side.lines.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>();
        let (old, new) = (texts(&self.old), texts(&self.new));
        let anchors = same(&old, &new);
        let mut left: HashMap<&str, VecDeque<usize>> = HashMap::new();
        let stayed: HashSet<usize> = anchors.iter().map(|(at, _)| *at).collect();
        for (at, text) in old.iter().enumerate().filter(|(at, _)| !stayed.contains(at)) {
            left.entry(text).or_default().push_back(at);
        }
        let mut found: HashMap<usize, usize> = anchors.iter().map(|(at, to)| (*to, *at)).collect();
        let mut moved: HashSet<usize> = HashSet::new();
        for (to, text) in new.iter().enumerate() {
            if !found.contains_key(&to)
                && let Some(at) = left.get_mut(text.as_str()).and_then(VecDeque::pop_front)
            {
                found.insert(to, at);
                moved.insert(at);
            }
        }
        self.unchanged = found.keys().map(|to| self.new.lines[*to].0).collect();
        for to in 0..new.len() {
            if let Some(at) = found.get(&to) {
                self.by_line(*at, to);
            }
        }
        for note in 0..self.notes.len() {
            if self.notes[note].is_none() && self.is_changed(note) {
                *self.new_left.entry(self.new_name(note)).or_default() += 1;
            }
        }
        let ends = anchors.iter().copied().chain([(old.len(), new.len())]);
        let (mut from, mut begin) = (0, 0);
        for (at, to) in ends {
            let before: Vec<usize> = (from..at).filter(|line| !moved.contains(line)).collect();
            let after: Vec<usize> = (begin..to).filter(|line| !found.contains_key(line)).collect();
            self.by_stretch(&before, &after);
            (from, begin) = (at + 1, to + 1);
        }
    }

    /// What is told at home in two equal lines is the same.
    fn by_line(&mut self, old: usize, new: usize) {
        let homes: Vec<(usize, usize)> = self
            .told_in(old, new)
            .map(|(old, new)| old.iter().zip(new).filter(|(old, new)| old.is_home && new.is_home))
            .into_iter()
            .flatten()
            .map(|(old, new)| (old.note, new.note))
            .collect();
        for (old, new) in homes {
            self.join(old, new);
        }
    }

    fn told_in(&self, old: usize, new: usize) -> Option<(&[Told], &[Told])> {
        let old = self.old_told.get(&self.old.lines[old].0)?;
        Some((old, self.new_told.get(&self.new.lines[new].0)?))
    }

    /// Lines that were changed where they stood.
    fn by_stretch(&mut self, old: &[usize], new: &[usize]) {
        if old.len() == new.len() {
            for (old, new) in old.iter().zip(new) {
                self.by_items(*old, *new);
            }
            return;
        }
        if old.len().saturating_mul(new.len()) > STRETCH_MAX {
            return;
        }
        let mut left: Vec<usize> = old.to_vec();
        for to in new {
            let likeness = |at: &usize| self.likeness(*at, *to);
            let best =
                left.iter().enumerate().map(|(spot, at)| (likeness(at), spot)).filter(|(like, _)| *like > 0);
            if let Some((_, spot)) = best.max_by_key(|(like, spot)| (*like, std::cmp::Reverse(*spot))) {
                let at = left.remove(spot);
                self.by_items(at, *to);
            }
        }
    }

    /// How many stickies two lines have in common.
    fn likeness(&self, old: usize, new: usize) -> usize {
        let Some((old, new)) = self.told_in(old, new) else { return 0 };
        let names: HashSet<(NoteKind, &str)> = old.iter().map(|told| self.old_name(told.note)).collect();
        new.iter().filter(|told| names.contains(&self.new_name(told.note))).count()
    }

    /// Stickies of a changed line: those that stayed, and between them those that were reworded.
    fn by_items(&mut self, old: usize, new: usize) {
        let Some((old, new)) = self.told_in(old, new) else { return };
        let (old, new) = (old.to_vec(), new.to_vec());
        let old_names: Vec<_> = old.iter().map(|told| self.old_name(told.note)).collect();
        let new_names: Vec<_> = new.iter().map(|told| self.new_name(told.note)).collect();
        let stayed = same(&old_names, &new_names);
        let ends = stayed.iter().copied().chain([(old.len(), new.len())]);
        let (mut from, mut begin) = (0, 0);
        let mut joined = Vec::new();
        for (at, to) in ends {
            let mut gap = old[from..at].iter().filter(|told| told.is_home);
            for told in new[begin..to].iter().filter(|told| told.is_home) {
                let kind = self.new_name(told.note).0;
                if let Some(was) = gap.find(|was| self.old_name(was.note).0 == kind)
                    && self.may_be_reworded(was.note, told.note)
                {
                    joined.push((was.note, told.note));
                }
            }
            if at < old.len() && old[at].is_home && new[to].is_home {
                joined.push((old[at].note, new[to].note));
            }
            (from, begin) = (at + 1, to + 1);
        }
        for (old, new) in joined {
            self.join(old, new);
        }
    }

    /// Whether a new wording is nobody's old one, and the old wording did not go to another line.
    fn may_be_reworded(&self, old: usize, new: usize) -> bool {
        let left = |names: &HashMap<_, usize>, name| names.get(&name).copied().unwrap_or(0) > 0;
        !left(&self.old_left, self.new_name(new)) && !left(&self.new_left, self.old_name(old))
    }

    /// What is left, by what it is called: in its frame, anywhere, of another kind.
    fn by_names(&mut self) {
        let same_frame = self.frames_by_name();
        let frame = |new: Option<usize>| match new {
            Some(new) => same_frame[new].map(Some),
            None => Some(None),
        };
        type Key<'k> = (Option<Option<usize>>, Option<NoteKind>, &'k str);
        let rounds: [(bool, bool); 3] = [(true, true), (false, true), (true, false)];
        for (with_frame, with_kind) in rounds {
            let mut left: HashMap<Key<'_>, VecDeque<usize>> = HashMap::new();
            for (at, note) in self.old.draft.notes.iter().enumerate().filter(|(at, _)| !self.taken[*at]) {
                let key =
                    (with_frame.then_some(note.frame), with_kind.then_some(note.kind), note.wording.as_str());
                left.entry(key).or_default().push_back(at);
            }
            let mut joined = Vec::new();
            for (at, note) in
                self.new.draft.notes.iter().enumerate().filter(|(at, _)| self.notes[*at].is_none())
            {
                if !with_frame && is_repeated(note.kind) {
                    continue;
                }
                let frame = if with_frame { frame(note.frame) } else { None };
                if with_frame && frame.is_none() {
                    continue;
                }
                let key = (frame, with_kind.then_some(note.kind), note.wording.as_str());
                if let Some(old) = left.get_mut(&key).and_then(VecDeque::pop_front) {
                    joined.push((old, at));
                }
            }
            for (old, new) in joined {
                self.join(old, new);
            }
        }
    }

    fn frames_by_name(&self) -> Vec<Option<usize>> {
        let old = self.old.draft;
        let by_id = |id| old.frames.iter().position(|it| it.id.is_some() && it.id == id);
        let frames = self.new.draft.frames.iter();
        frames.map(|it| by_id(it.id).or_else(|| old.frame(it.frame, &it.name, it.nth))).collect()
    }

    /// Frames by id and name; what is left by the notes in them, or as the only one of its sort that is left.
    fn frames(&self) -> Vec<Option<usize>> {
        let mut frames = self.frames_by_name();
        let mut taken: HashSet<usize> = frames.iter().flatten().copied().collect();
        for new in 0..frames.len() {
            if frames[new].is_some() {
                continue;
            }
            let sort = self.new.draft.frames[new].frame;
            let mut votes: HashMap<usize, usize> = HashMap::new();
            let notes =
                self.new.draft.notes.iter().zip(&self.notes).filter(|(note, _)| note.frame == Some(new));
            for old in notes.filter_map(|(_, old)| *old) {
                let was = self.old.draft.notes[old].frame;
                if let Some(was) =
                    was.filter(|was| !taken.contains(was) && self.old.draft.frames[*was].frame == sort)
                {
                    *votes.entry(was).or_default() += 1;
                }
            }
            let most = (0..self.old.draft.frames.len())
                .max_by_key(|old| (votes.get(old).copied(), std::cmp::Reverse(*old)));
            let voted = most.filter(|old| votes.contains_key(old));
            frames[new] = voted.or_else(|| self.only_left(sort, &frames, &taken));
            taken.extend(frames[new]);
        }
        frames
    }

    fn only_left(&self, sort: Frame, frames: &[Option<usize>], taken: &HashSet<usize>) -> Option<usize> {
        let new = self.new.draft.frames.iter().zip(frames);
        let is_only = new.filter(|(frame, old)| frame.frame == sort && old.is_none()).count() == 1;
        let old = self.old.draft.frames.iter().enumerate();
        let mut left = old.filter(|(at, frame)| frame.frame == sort && !taken.contains(at)).map(|(at, _)| at);
        left.next().filter(|_| is_only && left.next().is_none())
    }

    fn lanes(&self) -> Vec<Option<usize>> {
        let old = &self.old.draft.lanes;
        let by_name = |name: &str, nth: u32| old.iter().position(|lane| lane.name == name && lane.nth == nth);
        let by_id = |id| old.iter().position(|lane| lane.id.is_some() && lane.id == id);
        let mut lanes: Vec<Option<usize>> = self
            .new
            .draft
            .lanes
            .iter()
            .map(|lane| by_id(lane.id).or_else(|| by_name(&lane.name, lane.nth)))
            .collect();
        let taken: HashSet<usize> = lanes.iter().flatten().copied().collect();
        let mut left = (0..old.len()).filter(|at| !taken.contains(at));
        if old.len() == lanes.len() {
            for lane in lanes.iter_mut().filter(|lane| lane.is_none()) {
                *lane = left.next();
            }
        }
        lanes
    }
}
