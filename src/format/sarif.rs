//! Findings as SARIF 2.1.0, which tools that watch changes read.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::model::text::SafeText;
use crate::model::{Board, EntryId, Id};
use crate::query::lint::{Finding, RULES, Severity};
use crate::words::Lang;

/// Where a board lies, for those who look into its file.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The file's name; nothing where there is no file.
    pub file: String,
    /// The line of each entry, from 1.
    pub lines: BTreeMap<EntryId, usize>,
}

/// The findings of a board, in a language.
pub fn sarif<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    board: &Board,
    place: &Place,
    lang: Lang,
) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "fullDescription": {"text": rule.why.say(lang)},
                "help": {"text": rule.todo.say(lang)},
                "defaultConfiguration": {"level": level(rule.severity)},
            })
        })
        .collect();
    let results: Vec<Value> = findings.into_iter().map(|it| result(it, board, place, lang)).collect();
    let driver = json!({"name": "squall", "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    let run = json!({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results});
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    format!("{:#}\n", json!({"$schema": schema, "version": "2.1.0", "runs": [run]}))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn result(finding: &Finding, board: &Board, place: &Place, lang: Lang) -> Value {
    let mut location = json!({"logicalLocations": [logical(finding.about, board)]});
    if !place.file.is_empty() {
        location["physicalLocation"] = json!({"artifactLocation": {"uri": uri(&place.file)}});
        if let Some(line) = finding.about.and_then(|id| place.lines.get(&id.entry)) {
            location["physicalLocation"]["region"] = json!({"startLine": line});
        }
    }
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": RULES.iter().position(|rule| rule == finding.rule),
        "level": level(finding.rule.severity),
        "message": {"text": finding.said.speak(lang)},
        "locations": [location],
    })
}

/// What a finding is about: its id, and what it is called.
fn logical(about: Option<Id>, board: &Board) -> Value {
    let Some(id) = about else {
        return json!({"name": SafeText::line(board.title()).into_string(), "kind": "board"});
    };
    let note = board.notes.get(&id).map(|note| (note.text(), note.kind.row().id));
    let context = || board.contexts.get(&id).map(|context| (context.name(), "context"));
    let requirement = || board.requirements.get(&id).map(|sentence| (sentence.text(), "requirement"));
    let (name, kind) = note.or_else(context).or_else(requirement).unwrap_or(("", "arrow"));
    json!({"name": SafeText::line(name).into_string(), "fullyQualifiedName": id.to_string(), "kind": kind})
}

/// A file's name as a part of an address.
fn uri(file: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(byte);
    let spell = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    file.bytes().map(spell).collect()
}
