//! A flowchart read: nodes become stickies, subgraphs contexts, edges arrows.
//!
//! Of a class the kind is told by its name. A wall that squall drew comes back with its wordings as far as they were
//! drawn, kinds, contexts and arrows with their modes and labels; places, sizes, aliases, what sticks on what, what
//! stands beside the story and whatever was too much for the picture are not in it.

use std::collections::{BTreeMap, BTreeSet};

use super::COLUMNS;
use super::edge::{Edge, edge};
use super::escape::unescaped;
use super::node::{Node, node};
use crate::format::graph::{Graph, Step};
use crate::format::landscape::clipped;
use crate::format::{Mapping, Mint, Reading};
use crate::model::grammar::guess_kind;
use crate::model::limit::{ARROWS_MAX, IMPORT_ROWS_MAX, LINE_BYTES_MAX};
use crate::model::{Details, Frame, Level, Mode, NoteKind};
use crate::words::Said;

/// Whether a text looks like a flowchart.
pub(in crate::format) fn looks_like(text: &str) -> bool {
    lines(text).next().is_some_and(|(_, line)| is_heading(line))
}

fn is_heading(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or("");
    matches!(word, "flowchart" | "graph" | "flowchart-elk")
}

/// The lines that say something, with their numbers: no comments, fences, or what stands before the diagram.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_front = text.trim_start().starts_with("---");
    let mut fences = 0;
    text.lines().zip(1..).map(|(line, number)| (number, line.trim())).filter(move |(_, line)| {
        if *line == "---" && is_front {
            fences += 1;
            is_front = fences < 2;
            return false;
        }
        !(is_front || line.is_empty() || line.starts_with("%%") || line.starts_with("```"))
    })
}

/// Reads a flowchart.
pub(in crate::format) fn read(text: &str, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
    let mut lines = lines(text);
    if !lines.next().is_some_and(|(_, line)| is_heading(line)) {
        return Err(Said::new("import-mermaid-no-flowchart"));
    }
    let mut chart = Chart::default();
    for (count, (number, line)) in lines.enumerate() {
        if count == IMPORT_ROWS_MAX {
            return Err(Said::new("import-too-many").with("max", IMPORT_ROWS_MAX));
        }
        chart.line(number, line)?;
    }
    chart.finish();
    let unclear = chart.graph.settle(chart.classes, mapping);
    Ok(Reading { unclear, ..chart.graph.reading(mint)? })
}

/// A flowchart as far as it was read.
#[derive(Default)]
struct Chart {
    graph: Graph,
    nodes: BTreeMap<String, usize>,
    frames: BTreeSet<String>,
    /// The subgraphs that are open.
    open: Vec<usize>,
    classes: BTreeMap<String, Vec<usize>>,
    /// Edges that wait until every subgraph is known.
    edges: Vec<(usize, String, String, Details)>,
}

impl Chart {
    fn line(&mut self, number: usize, line: &str) -> Result<(), Said> {
        if line.len() > LINE_BYTES_MAX {
            self.leave(number, line);
            return Ok(());
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word.trim_end_matches(';') {
            "subgraph" => self.subgraph(rest.trim().trim_end_matches(';')),
            "end" => {
                self.open.pop();
            }
            "class" => self.class(rest.trim_end_matches(';')),
            "classDef" | "style" | "linkStyle" | "click" | "direction" | "accTitle:" | "accDescr:" => {}
            _ => return self.chain(number, line),
        }
        Ok(())
    }

    fn subgraph(&mut self, said: &str) {
        let Node { id, text, .. } = node(said).map_or_else(|| Node::bare(said), |(node, _)| node);
        let is_whole = text.is_some();
        let name = text.unwrap_or_else(|| said.trim_matches('"').to_owned());
        let frame = self.graph.frame(Frame::Context, &unescaped(&name));
        self.graph.frames[frame].inside = self.open.last().copied();
        self.frames.insert(if is_whole { id } else { said.to_owned() });
        self.open.push(frame);
    }

    fn class(&mut self, said: &str) {
        let Some((ids, class)) = said.trim().rsplit_once(char::is_whitespace) else { return };
        for id in ids.split(',').map(str::trim) {
            let note = self.node(Node::bare(id));
            self.classes.entry(class.to_owned()).or_default().extend(note);
        }
    }

    /// `A[one] & B --> C -. later .-> D`
    fn chain(&mut self, number: usize, line: &str) -> Result<(), Said> {
        let mut rest = line;
        let mut before: Option<(Vec<String>, Edge)> = None;
        loop {
            let mut group = Vec::new();
            while let Some((node, after)) = node(rest.trim_start()) {
                group.push(node.id.clone());
                self.node(node);
                rest = after.trim_start();
                let Some(after) = rest.strip_prefix('&') else { break };
                rest = after;
            }
            if let Some((from, edge)) = before.take().filter(|(_, edge)| !edge.is_hidden) {
                if self.edges.len() + from.len() * group.len() > ARROWS_MAX {
                    return Err(Said::new("import-too-many").with("max", ARROWS_MAX));
                }
                for (from, to) in from.iter().flat_map(|from| group.iter().map(move |to| (from, to))) {
                    self.edges.push((number, from.clone(), to.clone(), details(&edge)));
                }
            }
            rest = rest.trim_start_matches([';', ' ', '\t']);
            match edge(rest) {
                Some((edge, after)) if !group.is_empty() => {
                    rest = after;
                    before = Some((group, edge));
                }
                _ if rest.is_empty() => return Ok(()),
                _ if group.is_empty() => {
                    self.leave(number, rest);
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    /// Remarks on a line, or its end, that says nothing here.
    fn leave(&mut self, number: usize, text: &str) {
        let start = clipped(text.get(..LINE_BYTES_MAX).unwrap_or(text), COLUMNS);
        self.graph.remark(Some(number), Said::new("import-mermaid-line").with("text", start));
    }

    /// The sticky of a node, told more of each time it is named.
    fn node(&mut self, node: Node) -> Option<usize> {
        if node.id.is_empty() || self.frames.contains(&node.id) {
            return None;
        }
        let home = self.open.last().copied();
        let note = match self.nodes.get(&node.id) {
            Some(note) => *note,
            None => {
                let note = self.graph.note(home, NoteKind::Note, "");
                self.nodes.insert(node.id, note);
                note
            }
        };
        let sticky = &mut self.graph.notes[note];
        sticky.frame = sticky.frame.or(home);
        if let Some(text) = node.text {
            sticky.wording = unescaped(&text);
        }
        if let Some(class) = node.class {
            self.classes.entry(class).or_default().push(note);
        }
        Some(note)
    }

    /// What can only be told once everything is read.
    fn finish(&mut self) {
        let outer: BTreeSet<usize> = self.graph.frames.iter().filter_map(|frame| frame.inside).collect();
        for frame in outer {
            self.graph.frames[frame].frame = Frame::Subdomain;
        }
        for (number, from, to, details) in std::mem::take(&mut self.edges) {
            if let Some(id) = [&from, &to].into_iter().find(|id| self.frames.contains(*id)) {
                self.graph.remark(Some(number), Said::new("import-arrow-to-nothing").with("id", id));
                continue;
            }
            let (from, to) = (self.nodes[&from], self.nodes[&to]);
            self.graph.steps.push(Step { from, to, details, is_order: false });
        }
        self.plain();
    }

    /// Takes the tag of its kind off a wording, takes an id for one where nothing else is said, and guesses kinds.
    fn plain(&mut self) {
        let mut tags: BTreeMap<usize, char> = BTreeMap::new();
        for (class, notes) in &self.classes {
            if let Ok(kind) = class.parse::<NoteKind>() {
                tags.extend(notes.iter().map(|note| (*note, kind.row().tag)));
            }
        }
        for (id, note) in &self.nodes {
            let sticky = &mut self.graph.notes[*note];
            if sticky.wording.is_empty() {
                sticky.wording.clone_from(id);
            }
            let tag = tags.get(note).map(|tag| format!("{tag} · "));
            if let Some(rest) = tag.and_then(|tag| sticky.wording.strip_prefix(&tag)) {
                sticky.wording = if rest == "…" { String::new() } else { rest.to_owned() };
            }
            sticky.kind = guess_kind(&sticky.wording, Level::Design).kind;
        }
    }
}

fn details(edge: &Edge) -> Details {
    let mode = edge.mode.map_or("", Mode::id);
    let details = [("mode", mode.to_owned()), ("label", unescaped(&edge.label))];
    details.into_iter().map(|(name, text)| (name.to_owned(), text.into())).collect()
}
