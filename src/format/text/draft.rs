//! A text understood: things that name each other by their place in these lists, without ids and mostly without places.

use std::collections::HashMap;

use super::super::Remark;
use crate::model::arrange::Row;
use crate::model::{Details, Frame, Id, NoteKind, Point, Size};

/// All that a text says.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Draft {
    /// The wall's own name and details.
    pub(super) id: Option<String>,
    pub(super) details: Details,
    /// In the order of the text, a subdomain before what lies in it.
    pub(super) frames: Vec<DraftFrame>,
    pub(super) lanes: Vec<DraftLane>,
    pub(super) notes: Vec<DraftNote>,
    pub(super) arrows: Vec<DraftArrow>,
    pub(super) requirements: Vec<DraftSentence>,
    pub(super) decisions: Vec<DraftSentence>,
    /// The notes as they are to be laid out.
    pub(super) rows: Vec<Row>,
    /// The stickies each line tells, line by line.
    pub(super) told: Vec<Told>,
    pub(super) remarks: Vec<Remark>,
}

/// A sticky in a line.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Told {
    pub(super) line: usize,
    pub(super) note: usize,
    /// Whether the sticky belongs in this line rather than being named from it.
    pub(super) is_home: bool,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct DraftFrame {
    pub(super) frame: Frame,
    pub(super) name: String,
    /// Which of the frames of this name and sort, from 1.
    pub(super) nth: u32,
    pub(super) inside: Option<usize>,
    pub(super) details: Details,
    pub(super) id: Option<Id>,
    pub(super) at: Option<Point>,
    pub(super) size: Option<Size>,
    /// The line that names it first; 0 where none does.
    pub(super) line: usize,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct DraftLane {
    pub(super) name: String,
    pub(super) nth: u32,
    pub(super) details: Details,
    pub(super) id: Option<Id>,
    pub(super) y: Option<i32>,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct DraftNote {
    pub(super) frame: Option<usize>,
    /// From 1; 0 is above all lanes.
    pub(super) lane: usize,
    pub(super) kind: NoteKind,
    pub(super) wording: String,
    /// Which of those of this frame, kind and wording, from 1.
    pub(super) nth: u32,
    pub(super) details: Details,
    /// Details that name other notes.
    pub(super) refs: Vec<(&'static str, Vec<usize>)>,
    pub(super) host: Option<usize>,
    pub(super) id: Option<Id>,
    pub(super) at: Option<Point>,
    pub(super) size: Option<Size>,
    pub(super) z: i64,
    pub(super) author: String,
    /// Wordings nobody has settled yet.
    pub(super) others: Vec<String>,
    /// The line it belongs in; 0 where it was on the wall before.
    pub(super) home: Option<usize>,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct DraftArrow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) details: Details,
    pub(super) id: Option<Id>,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct DraftSentence {
    pub(super) details: Details,
    pub(super) refs: Vec<(&'static str, Vec<usize>)>,
    pub(super) id: Option<Id>,
}

/// Kinds of which every mention is another sticky: they are repeated on a wall, never shared.
pub(super) fn is_repeated(kind: NoteKind) -> bool {
    matches!(kind, NoteKind::Actor | NoteKind::Aggregate | NoteKind::ExternalSystem)
}

/// A frame, a kind and a wording, by number.
type Key = (Option<usize>, NoteKind, usize);

/// Finds notes and frames by what they are called.
#[derive(Default)]
pub(super) struct Index {
    words: HashMap<String, usize>,
    notes: HashMap<(Key, u32), usize>,
    /// How many were told without a number, and the highest number there is.
    counts: HashMap<Key, (u32, u32)>,
    /// The first note of a wording, and how many there are: of a kind, and of any.
    by_kind: HashMap<(Option<NoteKind>, usize), (usize, usize)>,
}

impl Index {
    /// A number for a wording.
    pub(super) fn word(&mut self, wording: &str) -> usize {
        let next = self.words.len();
        match self.words.get(wording) {
            Some(word) => *word,
            None => *self.words.entry(wording.to_owned()).or_insert(next),
        }
    }

    pub(super) fn add(&mut self, note: usize, draft: &DraftNote) {
        let word = self.word(&draft.wording);
        let key = (draft.frame, draft.kind, word);
        self.notes.entry((key, draft.nth)).or_insert(note);
        let highest = &mut self.counts.entry(key).or_default().1;
        *highest = draft.nth.max(*highest);
        for kind in [None, Some(draft.kind)] {
            self.by_kind.entry((kind, word)).or_insert((note, 0)).1 += 1;
        }
    }

    pub(super) fn nth(&self, frame: Option<usize>, kind: NoteKind, word: usize, nth: u32) -> Option<usize> {
        self.notes.get(&((frame, kind, word), nth)).copied()
    }

    /// The first of any of these kinds in a frame.
    pub(super) fn here(
        &self,
        frame: Option<usize>,
        kind: Option<NoteKind>,
        word: usize,
        nth: u32,
    ) -> Option<usize> {
        let kinds =
            crate::model::KINDS.iter().map(|row| row.kind).filter(|it| kind.is_none_or(|kind| kind == *it));
        kinds.filter_map(|kind| self.nth(frame, kind, word, nth)).min()
    }

    /// The only note of a wording, of this kind if one is given.
    pub(super) fn only(&self, kind: Option<NoteKind>, word: usize) -> Option<usize> {
        self.by_kind.get(&(kind, word)).filter(|(_, count)| *count == 1).map(|(note, _)| *note)
    }

    /// The first note of a wording.
    pub(super) fn first(&self, wording: &str) -> Option<usize> {
        let word = self.words.get(wording)?;
        self.by_kind.get(&(None, *word)).map(|(note, _)| *note)
    }

    /// The number of the next one told without a number.
    pub(super) fn next_told(&mut self, frame: Option<usize>, kind: NoteKind, word: usize) -> u32 {
        let (told, _) = self.counts.entry((frame, kind, word)).or_default();
        *told += 1;
        *told
    }

    /// Counts a note as told without a number.
    pub(super) fn told(&mut self, note: &DraftNote) {
        let word = self.word(&note.wording);
        self.next_told(note.frame, note.kind, word);
    }

    /// A number nobody bears.
    pub(super) fn unused(&self, frame: Option<usize>, kind: NoteKind, word: usize) -> u32 {
        self.counts.get(&(frame, kind, word)).map_or(1, |(_, highest)| highest + 1)
    }
}

impl DraftNote {
    /// A note of which nothing else is known.
    pub(super) fn new(frame: Option<usize>, kind: NoteKind, wording: String) -> Self {
        DraftNote {
            frame,
            lane: 0,
            kind,
            wording,
            nth: 1,
            details: Details::new(),
            refs: Vec::new(),
            host: None,
            id: None,
            at: None,
            size: None,
            z: 0,
            author: String::new(),
            others: Vec::new(),
            home: None,
        }
    }

    /// How large it is to be.
    pub(super) fn size(&self) -> Size {
        self.size.unwrap_or(self.kind.row().size)
    }
}

impl Draft {
    /// The `nth` frame of a sort and name.
    pub(super) fn frame(&self, frame: Frame, name: &str, nth: u32) -> Option<usize> {
        self.frames.iter().position(|it| it.frame == frame && it.name == name && it.nth == nth)
    }
}
