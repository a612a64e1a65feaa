//! The menu of the right button: what can be done to what lies under the pointer.

use super::actions::{ACTIONS, Action};
use super::state::{Scene, State};
use crate::model::{Note, NoteKind, Thing};

const NOTHING: &[&str] = &[
    "new-kind",
    "line",
    "paste",
    "lane",
    "select-all",
    "tidy",
    "fit",
    "zoom-whole",
    "fields",
    "context-map",
    "propose",
    "report",
    "export",
    "import",
    "undo",
    "palette",
];
const NOTE: &[&str] = &[
    "edit",
    "next",
    "cause",
    "alternative",
    "hotspot",
    "actor",
    "arrow-to",
    "recast",
    "fields",
    "frame",
    "copy",
    "cut",
    "duplicate",
    "select-kind",
    "select-context",
    "select-right",
    "make-room",
    "close-room",
    "raise",
    "lower",
    "vote",
    "aside",
    "remove",
];
const MANY: &[&str] = &[
    "frame",
    "subdomain",
    "tidy",
    "align-left",
    "align-top",
    "align-middle",
    "spread-across",
    "spread-down",
    "recast",
    "copy",
    "cut",
    "duplicate",
    "raise",
    "lower",
    "aside",
    "remove",
];
const ARROW: &[&str] = &["edit", "sync", "async", "fields", "remove"];
const FRAME: &[&str] = &[
    "edit",
    "what-if",
    "fields",
    "carry",
    "resize",
    "select-context",
    "subdomain",
    "copy",
    "duplicate",
    "remove",
];
const LANE: &[&str] = &["edit", "carry", "remove"];

/// The rows of the table that hold for what is chosen, the likeliest first.
pub fn menu(state: &State, scene: &Scene<'_>) -> Vec<&'static Action> {
    let note = state.main.and_then(|id| scene.board.notes.get(&id));
    let names = match state.main.and_then(|id| scene.board.thing(id)) {
        _ if state.marked.len() > 1 => MANY,
        Some(Thing::Note) => NOTE,
        Some(Thing::Arrow) => ARROW,
        Some(Thing::Context) => FRAME,
        Some(Thing::Lane) => LANE,
        Some(Thing::Requirement | Thing::Decision | Thing::Board) | None => NOTHING,
    };
    let own = note.map(own).unwrap_or_default();
    let row = |name: &str| ACTIONS.iter().find(|row| row.name == name);
    own.into_iter().chain(names.iter().copied()).filter_map(row).collect()
}

/// What only some notes offer.
fn own(note: &Note) -> Vec<&'static str> {
    let offers = [
        ("wordings", note.wording.alternatives().len() > 1),
        ("resolved", note.kind == NoteKind::Hotspot),
        ("what-if", note.kind == NoteKind::ExternalSystem),
        ("pivotal", note.kind == NoteKind::DomainEvent),
        ("stick", note.kind.sticks() && note.host.is_none()),
        ("unstick", note.host.is_some()),
    ];
    offers.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_row_of_the_table() {
        let own = ["wordings", "resolved", "what-if", "pivotal", "stick", "unstick"];
        for name in [NOTHING, NOTE, MANY, ARROW, FRAME, LANE, &own].concat() {
            assert!(ACTIONS.iter().any(|row| row.name == name), "{name}");
        }
    }
}
