//! One node of a flowchart.

/// A node where it is named: `n0["E · 주문됨"]:::event`.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Node {
    pub(super) id: String,
    /// What it says, as it is written.
    pub(super) text: Option<String>,
    pub(super) class: Option<String>,
}

/// What stands around the words of a node, the longest first.
const SHAPES: [(&str, &[&str]); 12] = [
    ("(((", &[")))"]),
    ("((", &["))"]),
    ("([", &["])"]),
    ("[[", &["]]"]),
    ("[(", &[")]"]),
    ("[/", &["/]", "\\]"]),
    ("[\\", &["\\]", "/]"]),
    ("{{", &["}}"]),
    ("[", &["]"]),
    ("(", &[")"]),
    ("{", &["}"]),
    (">", &["]"]),
];

impl Node {
    /// One that is only named.
    pub(super) fn bare(id: &str) -> Node {
        Node { id: id.to_owned(), ..Node::default() }
    }
}

/// The node a text begins with, and what follows it.
pub(super) fn node(text: &str) -> Option<(Node, &str)> {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        // A hyphen is part of a name, two begin an edge.
        let joins = c == '-' && at > 0 && text[at + 1..].starts_with(char::is_alphanumeric);
        if !(c.is_alphanumeric() || c == '_' || c == '.' && at > 0 && !text[at..].starts_with(".-") || joins)
        {
            break;
        }
        end = at + c.len_utf8();
    }
    let (id, mut rest) = text.split_at(end);
    if id.is_empty() {
        return None;
    }
    let mut node = Node::bare(id);
    let shape = SHAPES.iter().find(|(open, _)| rest.trim_start().starts_with(open));
    if let Some((open, closings)) = shape {
        let inner = &rest.trim_start()[open.len()..];
        if let Some((said, after)) = words(inner, closings) {
            node.text = Some(said.to_owned());
            rest = after;
        }
    }
    if let Some(after) = rest.strip_prefix(":::") {
        let end = after.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(after.len());
        node.class = Some(after[..end].to_owned()).filter(|class| !class.is_empty());
        rest = &after[end..];
    }
    Some((node, rest))
}

/// The words up to what closes them, and what follows; what is in quotes may hold it.
fn words<'a>(inner: &'a str, closings: &[&str]) -> Option<(&'a str, &'a str)> {
    if let Some(quoted) = inner.trim_start().strip_prefix('"') {
        let (said, after) = quoted.split_once('"')?;
        let after = after.trim_start();
        let closing = closings.iter().find(|closing| after.starts_with(**closing))?;
        let said = said.strip_prefix('`').and_then(|said| said.strip_suffix('`')).unwrap_or(said);
        return Some((said, &after[closing.len()..]));
    }
    let (at, closing) = closings.iter().filter_map(|it| Some((inner.find(it)?, it))).min()?;
    Some((inner[..at].trim(), &inner[at + closing.len()..]))
}
