//! The colours of pictures, beside the papers of [`KINDS`](crate::model::KINDS).

use crate::model::NoteKind;

/// What lies under everything.
pub(super) const GROUND: &str = "#ffffff";
/// Lines and letters.
pub(super) const INK: &str = "#1f2430";
/// Letters on paper.
pub(super) const NOTE: &str = "#0d0d0d";
/// Letters of less weight.
pub(super) const FAINT: &str = "#4a5160";
/// Lines of less weight.
pub(super) const LINE: &str = "#7a8292";

/// How a context of a class is filled and bordered.
pub(super) fn class(class: &str) -> (&'static str, &'static str) {
    match class {
        "core" => ("#fff3dc", "#b0620a"),
        "supporting" => ("#e8f1fc", "#2c6cb5"),
        "generic" => ("#f0f1f4", "#6c7482"),
        _ => ("#ffffff", "#3c4454"),
    }
}

/// The paper of a kind of note.
pub(super) fn paper(kind: NoteKind) -> String {
    let [r, g, b] = kind.row().paper;
    format!("#{r:02x}{g:02x}{b:02x}")
}
