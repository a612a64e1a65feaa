//! What is known of a text before its lines are walked through.

use std::collections::{HashMap, HashSet};

use crate::format::text::item::Names;
use crate::model::{Frame, NoteKind};

/// Stickies that are told somewhere as more than the source of something: their wordings, and their kinds where marked.
#[derive(Default)]
pub(in crate::format::text) struct Ahead {
    here: HashSet<(String, Option<NoteKind>, Option<usize>)>,
    first: HashMap<(String, Option<NoteKind>), Option<usize>>,
    kinds: HashMap<String, Option<NoteKind>>,
}

impl Ahead {
    pub(super) fn learn(&mut self, wording: &str, kind: Option<NoteKind>, frame: Option<usize>) {
        self.here.insert((wording.to_owned(), kind, frame));
        self.first.entry((wording.to_owned(), kind)).or_insert(frame);
        self.kinds.entry(wording.to_owned()).or_insert(kind);
    }

    /// The frame in which a sticky is told, if that is not the one given.
    pub(in crate::format::text) fn elsewhere(
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
    pub(in crate::format::text) fn kind(&self, wording: &str) -> Option<NoteKind> {
        self.kinds.get(wording).copied().flatten()
    }
}

/// What was called otherwise in an earlier version of the text, and the lines that are as they were then.
#[derive(Default)]
pub(in crate::format::text) struct Former {
    pub(in crate::format::text) wordings: HashMap<(NoteKind, String), String>,
    /// Frames, each with the one it has become.
    pub(in crate::format::text) frames: HashMap<(Frame, String, u32), Option<usize>>,
    pub(in crate::format::text) unchanged: HashSet<usize>,
}

impl Former {
    /// The former names of frames.
    pub(in crate::format::text) fn names(&self) -> Names {
        let of = |sort: Frame| {
            let names = self.frames.keys().filter(move |(frame, ..)| *frame == sort);
            names.map(|(_, name, _)| name.clone()).collect()
        };
        Names { contexts: of(Frame::Context), subdomains: of(Frame::Subdomain) }
    }
}
