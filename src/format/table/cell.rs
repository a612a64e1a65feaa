//! What stands in a cell: wordings no spreadsheet runs, and arrows.

use crate::model::Mode;

/// What a spreadsheet may take for the beginning of something to run.
const RUNS: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// A text as a cell that is only ever shown.
pub(super) fn escaped(text: &str) -> String {
    let is_run = text.trim_start_matches('\'').starts_with(RUNS);
    if is_run { format!("'{text}") } else { text.to_owned() }
}

/// What a cell says, without the apostrophe.
pub(super) fn shown(cell: &str) -> &str {
    let is_run = cell.trim_start_matches('\'').starts_with(RUNS);
    cell.strip_prefix('\'').filter(|_| is_run).unwrap_or(cell)
}

/// An arrow as a row tells it.
#[derive(Debug, PartialEq)]
pub(super) struct Link<'a> {
    /// The id of the row it leads to.
    pub(super) to: &'a str,
    pub(super) mode: Option<Mode>,
    pub(super) label: &'a str,
}

/// The arrows in a cell.
pub(super) fn links(cell: &str) -> Vec<Link<'_>> {
    let mut found = Vec::new();
    let is_between = |c: char| c.is_whitespace() || c == ',' || c == ';';
    let mut rest = cell.trim_start_matches(is_between);
    while !rest.is_empty() {
        let end = rest.find(is_between).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (mode, to) = match name.chars().next() {
            Some('=') => (Some(Mode::Sync), &name[1..]),
            Some('~') => (Some(Mode::Async), &name[1..]),
            _ => (None, name),
        };
        let (label, after) = label(after.trim_start()).unwrap_or(("", after));
        if !to.is_empty() {
            found.push(Link { to, mode, label });
        }
        rest = after.trim_start_matches(is_between);
    }
    found
}

/// What stands between brackets, which may hold others, and what follows.
fn label(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text[..at].strip_prefix('(').map(|label| (label, &text[at + 1..]));
        }
    }
    None
}

/// A label as it stands between the brackets: its own are told by others where they do not match.
pub(super) fn bracketed(label: &str) -> String {
    let mut depth = 0;
    let is_even = label.chars().all(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth >= 0
    });
    if is_even && depth == 0 { format!("({label})") } else { format!("({})", label.replace(['(', ')'], "|")) }
}
