//! Which kind of note a colour stands for on one board.

use std::collections::BTreeMap;

use super::Fill;
use super::color::{nearest, shades, usual};
use crate::format::{Mapping, Unclear};
use crate::model::NoteKind;

/// Wordings that are shown of a colour nobody is sure of.
const SHOWN_MAX: usize = 3;

/// Tells the kind of a shape from its colour, and remembers where that was a guess.
pub(super) struct Guess<'a> {
    mapping: &'a Mapping,
    legend: BTreeMap<String, NoteKind>,
    unclear: BTreeMap<String, Unclear>,
}

impl<'a> Guess<'a> {
    /// By what somebody says, and by a legend whose colours are written as `#rrggbb`.
    pub(super) fn new(mapping: &'a Mapping, legend: BTreeMap<String, NoteKind>) -> Guess<'a> {
        Guess { mapping, legend, unclear: BTreeMap::new() }
    }

    /// What somebody said counts first, then the legend, then what the colour usually is.
    pub(super) fn kind_of(&mut self, fill: &Fill, words: &str) -> NoteKind {
        let hex = fill.hex();
        let said = || self.mapping.kind_of(&fill.label).or_else(|| self.mapping.kind_of(&hex));
        // A colour in numbers is that one; a name stands for all that people call so.
        let names = || self.mapping.iter().filter(|(label, _)| !label.contains(|c: char| c.is_ascii_digit()));
        let near = || nearest(fill.rgb?, names().map(|(label, kind)| (shades(label), kind)));
        let known = said().or_else(near).or_else(|| self.legend.get(&hex).copied());
        known.or_else(|| Some(self.guess(fill, words, fill.rgb?))).unwrap_or(NoteKind::Note)
    }

    fn guess(&mut self, fill: &Fill, words: &str, rgb: [u8; 3]) -> NoteKind {
        let (kind, others) = usual(rgb);
        if !others.is_empty() {
            let label = fill.label.clone();
            let (wordings, count) = (Vec::new(), 0);
            let unclear = Unclear { label: label.clone(), kind, others, wordings, count };
            let unclear = self.unclear.entry(label).or_insert(unclear);
            unclear.count += 1;
            if unclear.wordings.len() < SHOWN_MAX && !words.is_empty() {
                unclear.wordings.push(words.to_owned());
            }
        }
        kind
    }

    /// The colours that may well be meant otherwise.
    pub(super) fn unclear(self) -> impl Iterator<Item = Unclear> {
        self.unclear.into_values()
    }
}
