//! Contracts written as text: what contexts offer and expect, in the languages that other tools generate from.
//!
//! Names are ASCII; what people wrote goes along as titles and comments. What nobody has said is left out, and what
//! squall only proposes never looks agreed upon.

pub(super) mod asyncapi;
pub(super) mod cml;
mod desk;
pub(super) mod eventcatalog;
mod names;
pub(super) mod openapi;

use std::collections::BTreeSet;

use super::{Choices, part};
use crate::model::{Board, Id, NoteKind};
use crate::query::Outline;
use crate::query::outline::ContextOutline;
use names::Names;

/// Whether a context is asked for.
fn is_wanted(board: &Board, context: &ContextOutline, choices: &Choices) -> bool {
    let lies_in = |outer| context.id.is_some_and(|id| part::frames_in(board, outer).contains(&id));
    choices.context.is_none_or(lies_in)
}

/// The events of a context, by id.
fn events<'a>(outline: &'a Outline, context: &'a ContextOutline) -> impl Iterator<Item = Id> + 'a {
    context.notes.iter().copied().filter(|note| is_a(outline, *note, NoteKind::DomainEvent))
}

fn is_a(outline: &Outline, note: Id, kind: NoteKind) -> bool {
    outline.note(note).is_some_and(|note| note.kind == kind)
}

/// What everybody tells, asks and orders, by id.
fn spoken(outline: &Outline) -> BTreeSet<Id> {
    let of_contexts = outline.contexts.iter().flat_map(|context| {
        let commands = context.writes.iter().map(|row| row.command);
        let models = context.reads.iter().map(|row| row.model);
        events(outline, context).chain(commands).chain(models)
    });
    of_contexts.chain(outline.messages.iter().map(|message| message.note)).collect()
}
