//! AsyncAPI: the messages of a context that nobody waits for, those it sends and those it receives.
//!
//! A channel belongs to whoever the others follow: an event to its publisher, a command to its receiver.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::desk::Desk;
use crate::format::ident::{Idents, Style};
use crate::format::{Choices, Folder};
use crate::model::{Board, Id};
use crate::query::outline::{ContextOutline, MessageKind, Party};

/// Writes a file for each context.
pub(in crate::format) fn write(board: &Board, choices: &Choices) -> Folder {
    Desk::of(board, choices).files("asyncapi.yaml", document)
}

/// What a context sends and receives.
pub(super) fn document(desk: &Desk<'_>, context: &ContextOutline) -> Value {
    let me = Party::Context(context.id);
    let mut told: BTreeMap<(Way, String), Told> = BTreeMap::new();
    for message in desk.outline.messages.iter().filter(|it| it.kind == MessageKind::Event || !it.is_sync()) {
        let way = match (message.from, message.to) {
            (from, _) if from == me => Way::Send,
            (_, to) if to == me => Way::Receive,
            _ => continue,
        };
        let (owner, note) = (&desk.kebab.parties[&message.upstream()], &desk.kebab.notes[&message.note]);
        let new = Told { note: message.note, by: BTreeSet::new() };
        let told = told.entry((way, format!("{owner}.{note}"))).or_insert(new);
        told.by.insert(message.evidence.to);
    }
    let mut idents = Idents::new(Style::Camel, &[]);
    let [mut channels, mut operations, mut messages, mut schemas] = <[Map<String, Value>; 4]>::default();
    for ((way, channel), Told { note, by }) in told {
        let (name, title) = (&desk.pascal.notes[&note], desk.wording(note));
        let payload = json!({ "$ref": format!("#/components/schemas/{name}") });
        messages.insert(name.clone(), json!({ "name": name, "title": title, "payload": payload }));
        schemas.insert(name.clone(), desk.schema(note));
        let carried = json!({ name: { "$ref": format!("#/components/messages/{name}") } });
        channels.insert(channel.clone(), json!({ "address": channel, "title": title, "messages": carried }));
        let (action, title) = match way {
            Way::Send => ("send", title),
            Way::Receive => {
                ("receive", by.into_iter().map(|it| desk.wording(it)).collect::<Vec<_>>().join(" · "))
            }
        };
        let operation = json!({
            "action": action,
            "title": title,
            "channel": { "$ref": format!("#/channels/{channel}") },
            "messages": [{ "$ref": format!("#/channels/{channel}/messages/{name}") }],
        });
        operations.insert(idents.free(None, &format!("{action} {name}"), action), operation);
    }
    json!({
        "asyncapi": "3.0.0",
        "info": desk.info(context),
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
        "components": { "messages": messages, "schemas": schemas },
    })
}

/// Which way a message goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Send,
    Receive,
}

/// What goes over a channel.
struct Told {
    note: Id,
    /// Who does something about it.
    by: BTreeSet<Id>,
}
