//! The context map: who depends on whom, and by which patterns.

use super::block::Block;
use super::token::Token;
use super::walk::{Party, Walk};
use crate::format::graph::{GraphSentence, Step};
use crate::model::field::PATTERNS;
use crate::model::thing::{text_of, texts_of};
use crate::model::{Details, NoteKind};
use crate::words::Said;

/// How a relation is written between its two names: what the left one is, and the pattern that is said with it.
const WAYS: [(&str, Side, &str); 9] = [
    ("->", Side::Up, ""),
    ("<-", Side::Down, ""),
    ("<->", Side::Equal, ""),
    ("Upstream-Downstream", Side::Up, ""),
    ("Downstream-Upstream", Side::Down, ""),
    ("Supplier-Customer", Side::Up, "CS"),
    ("Customer-Supplier", Side::Down, "CS"),
    ("Partnership", Side::Equal, "P"),
    ("Shared-Kernel", Side::Equal, "SK"),
];

/// Where the left of two contexts stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Up,
    Down,
    Equal,
}

impl<'a> Walk<'a> {
    pub(super) fn relations(&mut self, blocks: &'a [Block]) {
        let maps = blocks.iter().filter(|block| block.sort() == "ContextMap");
        for block in maps.flat_map(|map| &map.body) {
            let way = WAYS.iter().find(|(way, ..)| block.head.iter().any(|token| token.is(way)));
            match (block.sort(), way) {
                ("contains" | "type" | "state", _) => {}
                (_, Some(way)) => self.relation(block, *way),
                (sort, None) => self.leave(sort, block),
            }
        }
    }

    fn relation(&mut self, block: &'a Block, (way, side, pattern): (&str, Side, &'static str)) {
        let mut names: Vec<&str> = Vec::new();
        let mut patterns: Vec<&'static str> = Vec::from_iter(Some(pattern).filter(|it| !it.is_empty()));
        let mut is_role = false;
        for token in block.head.iter().take_while(|token| !token.is(":")) {
            match token {
                Token::Sign(sign) if sign == "[" || sign == "]" => is_role = sign == "[",
                Token::Word(role) if is_role => {
                    let role = if role == "C" || role == "S" { "CS" } else { role };
                    let role = PATTERNS.iter().find(|it| **it == role && !patterns.contains(it));
                    patterns.extend(role);
                }
                Token::Word(name) if name != way => names.push(name),
                _ => {}
            }
        }
        let party = |name: &&str| self.parties.get(name).copied();
        let (&[left, right, ..], Some(&one), Some(&other)) = (&names[..], names.first(), names.get(1)) else {
            return self.leave("ContextMap", block);
        };
        let (Some(left), Some(right)) = (party(&left), party(&right)) else {
            let said = Said::new("import-arrow-to-nothing").with("id", [one, way, other].join(" "));
            return self.graph.remark(Some(block.line), said);
        };
        let technology = block.body.iter().find(|it| it.sort() == "implementationTechnology");
        let technology = technology.map_or(String::new(), |it| it.values().collect::<Vec<_>>().join(", "));
        let (up, down) = if side == Side::Down { (right, left) } else { (left, right) };
        if self.is_own {
            self.talk(up, down, &technology);
        }
        let crossing: Vec<usize> = (0..self.graph.steps.len())
            .filter(|at| {
                let ends = self.ends(&self.graph.steps[*at]);
                ends == (up, down) || side == Side::Equal && ends == (down, up)
            })
            .collect();
        for at in &crossing {
            let details = &mut self.graph.steps[*at].details;
            let mut all: Vec<&str> = texts_of(details, "pattern").collect();
            all.extend(patterns.iter().filter(|it| !texts_of(details, "pattern").any(|other| other == **it)));
            if !all.is_empty() {
                let all = all.into_iter().map(str::to_owned).collect();
                details.insert("pattern".to_owned(), all);
            }
        }
        if crossing.is_empty() {
            let [left, right] = [left, right].map(|it| self.called(it));
            let roles =
                if patterns.is_empty() { String::new() } else { format!(" [{}]", patterns.join(", ")) };
            let sign = match side {
                Side::Up => "→",
                Side::Down => "←",
                Side::Equal => "↔",
            };
            let by = if technology.is_empty() { technology } else { format!(": {technology}") };
            let text = format!("{left} {sign} {right}{roles}{by}");
            self.graph.decisions.push(GraphSentence { text, met_by: Vec::new() });
        }
    }

    /// What goes between a system and a context, as squall writes it: `sync command: 환불하기; async event: 배송됨`.
    fn talk(&mut self, up: Party, down: Party, technology: &str) {
        let (Party::System(system), Party::Frame(frame)) = (up, down) else { return };
        for said in technology.split("; ") {
            let Some((how, wording)) = said.split_once(": ") else { continue };
            let kind = if how.ends_with("command") { NoteKind::Command } else { NoteKind::DomainEvent };
            let notes = self.graph.notes.iter();
            let found = notes
                .enumerate()
                .find(|(_, note)| note.frame == Some(frame) && note.kind == kind && note.wording == wording);
            let Some((note, _)) = found else { continue };
            let (from, to) = if kind == NoteKind::Command { (note, system) } else { (system, note) };
            self.graph.steps.push(Step { from, to, details: Details::new(), is_order: false });
        }
    }

    /// Whom a step leads from and to, the one others depend on first.
    fn ends(&self, step: &Step) -> (Party, Party) {
        let party = |note: usize| {
            let frame = self.graph.notes[note].frame;
            frame.map_or(Party::System(note), Party::Frame)
        };
        let (from, to) = (party(step.from), party(step.to));
        let is_asked = self.graph.notes[step.from].kind == NoteKind::Command;
        if is_asked { (to, from) } else { (from, to) }
    }

    fn called(&self, party: Party) -> &str {
        match party {
            Party::Frame(frame) => text_of(&self.graph.frames[frame].details, "name"),
            Party::System(note) => &self.graph.notes[note].wording,
        }
    }
}
