//! Every note, so that whoever reads an outline needs no board.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::ground::Ground;
use super::party::Party;
use crate::model::thing::text_of;
use crate::model::{Id, Note, NoteKind};

/// What is told of a note.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Note")]
pub struct NoteOutline {
    /// Which.
    pub id: Id,
    /// What it stands for.
    pub kind: NoteKind,
    /// What it says.
    pub wording: String,
    /// Its name in Latin letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Whose it is; nothing where it was set aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<Party>,
    /// Who placed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Why it was set aside, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aside: Option<String>,
    /// How many votes it has.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub votes: u64,
}

fn is_zero(votes: &u64) -> bool {
    *votes == 0
}

pub(super) fn notes(ground: &Ground<'_>, votes: &BTreeMap<Id, u64>) -> Vec<NoteOutline> {
    let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let note = |note: &Note| NoteOutline {
        id: note.id,
        kind: note.kind,
        wording: note.text().to_owned(),
        alias: told(note.alias()),
        definition: told(text_of(&note.details, "definition")),
        party: ground.place.get(&note.id).map(|at| ground.party(*at)),
        author: told(&note.author),
        aside: note.aside().map(str::to_owned),
        votes: votes.get(&note.id).copied().unwrap_or_default(),
    };
    ground.board.notes.values().map(note).collect()
}
