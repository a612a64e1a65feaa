//! Notes too small for their wording: a letter on its paper.

use ratatui::style::Modifier;

use super::size;
use crate::model::{KINDS, NoteKind};
use crate::tui::canvas::Sprite;
use crate::tui::theme::Theme;

/// More sizes of letters are not remembered.
const LETTER_SIZES_MAX: usize = 40;

/// Letters on papers of the few sizes that a small wall has, in the colours of one theme.
#[derive(Debug, Default)]
pub(super) struct Letters {
    theme: Theme,
    sizes: Vec<((i32, i32), Alphabet)>,
}

/// The letters of one size by kind, first as they are, then faded.
type Alphabet = [Option<Sprite>; 2 * KINDS.len()];

impl Letters {
    /// A letter on a paper of this size, painted once.
    pub(super) fn letter(
        &mut self,
        theme: Theme,
        kind: NoteKind,
        faded: bool,
        (w, h): (i32, i32),
    ) -> &Sprite {
        if self.theme != theme || self.sizes.len() > LETTER_SIZES_MAX {
            *self = Letters { theme, sizes: Vec::new() };
        }
        let at = self.sizes.iter().position(|(size, _)| *size == (w, h)).unwrap_or_else(|| {
            self.sizes.push(((w, h), std::array::from_fn(|_| None)));
            self.sizes.len() - 1
        });
        let nth = kind as usize + if faded { KINDS.len() } else { 0 };
        self.sizes[at].1[nth].get_or_insert_with(|| {
            let paper = if faded { theme.faded(kind) } else { theme.paper(kind) };
            Sprite::new(size(w), size(h), |canvas| {
                canvas.fill(0, 0, (w, h), paper.text);
                let letter = kind.row().tag.to_string();
                let style = paper.text.add_modifier(Modifier::BOLD);
                canvas.print((w - 1) / 2, (h - 1) / 2, &letter, style);
            })
        })
    }
}
