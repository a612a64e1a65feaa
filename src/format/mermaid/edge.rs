//! One edge of a flowchart.

use crate::model::Mode;

/// What leads from one node to the next: `-->`, `==>|label|`, `-. label .->`.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Edge {
    pub(super) mode: Option<Mode>,
    /// As it is written.
    pub(super) label: String,
    /// Whether it is only there for the layout.
    pub(super) is_hidden: bool,
}

/// The edge a text begins with, and what follows it.
pub(super) fn edge(text: &str) -> Option<(Edge, &str)> {
    let text = text.trim_start();
    let text = ["<", "x", "o"].into_iter().find_map(|head| stripped(text, head)).unwrap_or(text);
    let (mode, sign, is_hidden) = match text.get(..2)? {
        "--" => (None, '-', false),
        "==" => (Some(Mode::Sync), '=', false),
        "-." => (Some(Mode::Async), '-', false),
        "~~" => (None, '~', true),
        _ => return None,
    };
    let is_part = |c: char| c == sign || c == '.';
    let run = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let (line, after) = text.split_at(run);
    let is_open = line.len() == 2 && headless(after) == after;
    let (within, after) = if is_open {
        let closing = match mode {
            None => "--",
            Some(Mode::Sync) => "==",
            Some(Mode::Async) => ".-",
        };
        let end = after.find(closing)?;
        let rest = after[end..].trim_start_matches(is_part);
        (after[..end].trim(), rest)
    } else {
        ("", after)
    };
    let after = headless(after);
    let (label, after) = match after.trim_start().strip_prefix('|').and_then(|it| it.split_once('|')) {
        Some((label, after)) => (label, after),
        None => (within, after),
    };
    let label = label.trim().trim_matches('"').to_owned();
    Some((Edge { mode, label, is_hidden }, after))
}

/// What follows a head that is an edge's and no node's.
fn stripped<'a>(text: &'a str, head: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(head)?;
    ["--", "==", "-."].iter().any(|line| rest.starts_with(line)).then_some(rest)
}

/// What follows the head of an arrow.
fn headless(text: &str) -> &str {
    let is_end = |rest: &&str| rest.starts_with([' ', '|']) || rest.is_empty();
    let round = || ["x", "o"].into_iter().find_map(|head| text.strip_prefix(head)).filter(is_end);
    text.strip_prefix('>').or_else(round).unwrap_or(text)
}
