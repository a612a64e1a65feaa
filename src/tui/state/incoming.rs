//! A file of another tool, as somebody looks at what it brings.

use super::Found;
use crate::format::{Mapping, Unclear};
use crate::model::{KINDS, NoteKind};
use crate::session::intake::Intake;

/// What a file brings, and what its labels are to stand for.
#[derive(Clone, PartialEq, Debug)]
pub struct Incoming {
    /// What was read last.
    pub intake: Found<Intake>,
    /// The labels whose kinds had to be guessed.
    pub labels: Vec<Label>,
    /// What the person says they stand for.
    pub mapping: Mapping,
    /// Whether it is to be put on the wall as soon as it is read by that.
    pub hurries: bool,
}

/// A label whose kind had to be guessed.
#[derive(Clone, PartialEq, Debug)]
pub struct Label {
    /// As it was read first.
    pub unclear: Unclear,
    kinds: Vec<NoteKind>,
    at: usize,
}

impl Label {
    fn new(unclear: &Unclear) -> Label {
        let mut kinds = vec![unclear.kind];
        let rest = KINDS.iter().map(|row| row.kind);
        for kind in unclear.others.iter().copied().chain(rest) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        Label { unclear: unclear.clone(), kinds, at: 0 }
    }

    /// What it stands for by now.
    pub fn kind(&self) -> NoteKind {
        self.kinds[self.at]
    }
}

impl Incoming {
    /// A file nobody has said anything of yet.
    pub fn new(intake: Found<Intake>) -> Incoming {
        let labels = intake.0.reading.unclear.iter().map(Label::new).collect();
        Incoming { mapping: intake.0.mapping.clone(), intake, labels, hurries: false }
    }

    /// Whether the file is yet to be read by what was said last.
    pub fn is_stale(&self) -> bool {
        self.intake.0.mapping != self.mapping
    }

    /// Says that a label stands for the kind so many further on.
    pub fn step(&mut self, at: usize, by: isize) {
        if let Some(label) = self.labels.get_mut(at) {
            label.at = (label.at as isize + by).rem_euclid(label.kinds.len() as isize) as usize;
            self.mapping.set(&label.unclear.label, label.kind());
        }
    }

    /// The file was read once more; whether it is to be put on the wall now.
    pub fn take(&mut self, intake: Found<Intake>) -> bool {
        for unclear in &intake.0.reading.unclear {
            if !self.labels.iter().any(|label| label.unclear.label == unclear.label) {
                self.labels.push(Label::new(unclear));
            }
        }
        self.intake = intake;
        self.hurries && !self.is_stale()
    }
}
