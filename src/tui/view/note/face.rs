//! What a note's picture depends on.

use crate::model::thing::text_of;
use crate::model::{Note, NoteKind, PersonId};
use crate::query::Tile;
use crate::query::lint::Severity;
use crate::tui::theme::{Paper, Theme};
use crate::tui::view::Wall;
use crate::words::Lang;

/// All that a note's picture depends on.
#[derive(PartialEq, Debug)]
pub(super) struct Face {
    pub(super) size: (i32, i32),
    pub(super) theme: Theme,
    pub(super) lang: Lang,
    pub(super) kind: NoteKind,
    pub(super) faded: bool,
    pub(super) look: u64,
    pub(super) text: String,
    pub(super) author: String,
    pub(super) marks: Marks,
}

/// The small signs in a note's last row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Marks {
    pub(super) votes: u32,
    pub(super) wordings: usize,
    pub(super) pivotal: bool,
    pub(super) resolved: bool,
    pub(super) negative: bool,
    /// The worst that lint has to say of it.
    pub(super) remarked: Option<Severity>,
}

impl Face {
    pub(super) fn paper(&self) -> Paper {
        if self.faded { self.theme.faded(self.kind) } else { self.theme.paper(self.kind) }
    }

    /// Whether this is how the note looks now, as far as its tile tells.
    pub(super) fn is_of(&self, tile: &Tile, size: (i32, i32), wall: &Wall<'_>) -> bool {
        self.size == size
            && self.look == tile.look
            && self.kind == tile.kind
            && self.faded == wall.is_faded(tile.id)
            && (self.theme, self.lang) == (wall.theme, wall.lang)
    }
}

impl Marks {
    pub(super) fn of(note: &Note, wall: &Wall<'_>) -> Marks {
        let votes = wall.scene.board.votes.range((note.id, PersonId::default())..);
        Marks {
            votes: votes.take_while(|((id, _), _)| *id == note.id).map(|(_, vote)| vote.votes).sum(),
            wordings: note.wording.values.len(),
            pivotal: note.is_pivotal(),
            resolved: note.is_resolved(),
            negative: text_of(&note.details, "sign") == "-",
            remarked: wall.scene.findings_at(note.id).map(|it| it.rule.severity).min(),
        }
    }
}
