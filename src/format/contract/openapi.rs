//! OpenAPI: what people and other contexts ask of a context, its commands apart from its queries.

use serde_json::{Map, Value, json};

use super::desk::Desk;
use crate::format::ident::{Idents, Style};
use crate::format::{Choices, Folder};
use crate::model::{Board, Id, NoteKind};
use crate::query::outline::{ContextOutline, Party, Read, Write};
use crate::words::say;

/// Writes a file for each context.
pub(in crate::format) fn write(board: &Board, choices: &Choices) -> Folder {
    Desk::of(board, choices).files("openapi.yaml", document)
}

/// What a context answers.
pub(super) fn document(desk: &Desk<'_>, context: &ContextOutline) -> Value {
    let mut idents = Idents::new(Style::Camel, &[]);
    let [mut paths, mut schemas] = <[Map<String, Value>; 2]>::default();
    for row in context.writes.iter().filter(|row| is_asked(desk, context, &row.by)) {
        let (name, kebab) = (&desk.pascal.notes[&row.command], &desk.kebab.notes[&row.command]);
        let operation = command(desk, row, &idents.free(None, name, "command"));
        paths.insert(format!("/commands/{kebab}"), json!({ "post": operation }));
        schemas.insert(name.clone(), desk.schema(row.command));
    }
    for row in context.reads.iter().filter(|row| is_asked(desk, context, &row.read_by)) {
        let (name, kebab) = (&desk.pascal.notes[&row.model], &desk.kebab.notes[&row.model]);
        let operation = query(desk, row, &idents.free(None, &format!("get {name}"), "query"));
        paths.insert(format!("/queries/{kebab}"), json!({ "get": operation }));
        schemas.insert(name.clone(), desk.schema(row.model));
    }
    json!({
        "openapi": "3.1.0",
        "info": desk.info(context),
        "servers": [{ "url": "/" }],
        "tags": [
            { "name": "commands", "description": say(desk.lang(), "openapi-commands") },
            { "name": "queries", "description": say(desk.lang(), "openapi-queries") },
        ],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// Whether people or other contexts ask.
fn is_asked(desk: &Desk<'_>, context: &ContextOutline, by: &[Id]) -> bool {
    let is_outside = |note: &Id| {
        let note = desk.outline.note(*note);
        note.is_some_and(|note| {
            let is_person = matches!(note.kind, NoteKind::Actor | NoteKind::UserInterface);
            is_person || note.party != Some(Party::Context(context.id))
        })
    };
    by.iter().any(is_outside)
}

fn command(desk: &Desk<'_>, row: &Write, id: &str) -> Value {
    let names =
        |notes: &[Id]| notes.iter().filter_map(|it| desk.pascal.notes.get(it)).cloned().collect::<Vec<_>>();
    json!({
        "operationId": id,
        "summary": desk.wording(row.command),
        "tags": ["commands"],
        "x-es-aggregates": names(&row.aggregates),
        "x-es-emits": names(&row.events),
        "requestBody": { "required": true, "content": content(desk, row.command) },
        "responses": {
            "202": { "description": say(desk.lang(), "openapi-accepted") },
            "400": { "description": say(desk.lang(), "openapi-refused") },
        },
    })
}

fn query(desk: &Desk<'_>, row: &Read, id: &str) -> Value {
    json!({
        "operationId": id,
        "summary": desk.wording(row.model),
        "tags": ["queries"],
        "responses": {
            "200": { "description": desk.wording(row.model), "content": content(desk, row.model) },
            "400": { "description": say(desk.lang(), "openapi-refused") },
        },
    })
}

fn content(desk: &Desk<'_>, note: Id) -> Value {
    let schema = format!("#/components/schemas/{}", desk.pascal.notes[&note]);
    json!({ "application/json": { "schema": { "$ref": schema } } })
}
