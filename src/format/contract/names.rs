//! What contexts, systems, messages and aggregates are called where only ASCII is.

use std::collections::BTreeMap;

use super::spoken;
use crate::format::ident::{Idents, Style};
use crate::model::Id;
use crate::query::Outline;
use crate::query::outline::Party;

/// The names of everything a contract tells of.
pub(super) struct Names {
    /// Contexts and systems.
    pub(super) parties: BTreeMap<Party, String>,
    /// Messages, and aggregates by the note they are known by.
    pub(super) notes: BTreeMap<Id, String>,
    /// More names for things among the parties.
    pub(super) beside_parties: Idents,
    /// More names for things among the notes.
    pub(super) beside_notes: Idents,
}

impl Names {
    /// Names of a style that are none of the reserved ones.
    pub(super) fn of(outline: &Outline, style: Style, reserved: &[&str]) -> Names {
        let (mut beside_parties, mut beside_notes) =
            (Idents::new(style, reserved), Idents::new(style, reserved));
        let contexts = outline.contexts.iter().map(|it| {
            let wording = if it.id.is_some() { it.card.name.as_str() } else { "outside" };
            (Party::Context(it.id), it.card.alias.as_deref(), wording, "context")
        });
        let systems = outline.systems.iter().map(|it| {
            let alias = outline.note(it.id).and_then(|note| note.alias.as_deref());
            (Party::System(it.id), alias, it.name.as_str(), "system")
        });
        let parties = contexts
            .chain(systems)
            .map(|(party, alias, wording, sort)| (party, beside_parties.free(alias, wording, sort)))
            .collect();
        let aggregates = outline.contexts.iter().flat_map(|context| &context.aggregates).map(|it| it.id);
        let notes = spoken(outline).into_iter().chain(aggregates).filter_map(|id| outline.note(id));
        let notes = notes
            .map(|it| (it.id, beside_notes.free(it.alias.as_deref(), &it.wording, it.kind.id())))
            .collect();
        Names { parties, notes, beside_parties, beside_notes }
    }
}
