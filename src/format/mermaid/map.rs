use std::fmt::Write;

use super::label;
use crate::format::ink;
use crate::format::landscape::{Landscape, Talk, class_name, context_of, name_of};
use crate::model::NoteKind;
use crate::model::field::CLASSES;
use crate::query::Outline;
use crate::query::outline::Party;
use crate::words::{Lang, Said};

/// Wordings on one line between two boxes.
const WORDINGS: usize = 4;
/// Boxes, and lines between them.
const BOXES: usize = 120;
const LINES: usize = 240;

/// The context map: contexts as boxes, systems as boxes with double sides, messages as arrows, thick where the sender
/// waits and dashed where nobody does.
pub fn context_map(outline: &Outline, lang: Lang) -> Option<String> {
    let Landscape { parties, talks } = Landscape::of(outline);
    let mut out = "flowchart LR\n".to_owned();
    for (at, party) in parties.iter().enumerate().take(BOXES) {
        let name = label(&name_of(outline, *party, lang));
        let context = context_of(outline, *party);
        let class = context.and_then(|context| context.card.class.as_deref()).unwrap_or("");
        let class_line =
            class_name(class, lang).map_or_else(String::new, |name| format!("<br/>{}", label(name)));
        let (text, style) = (format!("\"{name}{class_line}\""), style(*party, class));
        match party {
            Party::System(_) => line(&mut out, format_args!("p{at}[[{text}]]:::{style}")),
            Party::Context(_) => line(&mut out, format_args!("p{at}[{text}]:::{style}")),
        }
    }
    let drawn = talks.iter().filter(|talk| talk.from.max(talk.to) < BOXES).take(LINES);
    let mut left = parties.len().saturating_sub(BOXES) + talks.len();
    for talk in drawn {
        let (from, to, text) = (talk.from, talk.to, wordings(outline, talk, lang));
        let arrow = if talk.is_sync { "==>" } else { "-.->" };
        line(&mut out, format_args!("p{from} {arrow}|\"{text}\"| p{to}"));
        left -= 1;
    }
    if left > 0 {
        line(&mut out, format_args!("more[\"{}\"]", more(left, lang)));
    }
    for class in CLASSES.iter().chain(&["plain"]) {
        let (fill, border) = ink::class(class);
        line(&mut out, format_args!("classDef {class} fill:{fill},stroke:{border},color:{}", ink::INK));
    }
    let paper = ink::paper(NoteKind::ExternalSystem);
    line(&mut out, format_args!("classDef system fill:{paper},stroke:{},color:{0}", ink::INK));
    (!parties.is_empty()).then_some(out)
}

fn style(party: Party, class: &str) -> &'static str {
    let known = CLASSES.iter().find(|known| **known == class);
    if let Party::System(_) = party { "system" } else { known.copied().unwrap_or("plain") }
}

fn wordings(outline: &Outline, talk: &Talk, lang: Lang) -> String {
    let said = talk.messages.iter().map(|at| label(outline.wording(outline.messages[*at].note)));
    let mut said: Vec<String> = said.take(WORDINGS).collect();
    if talk.messages.len() > WORDINGS {
        said.push(more(talk.messages.len() - WORDINGS, lang));
    }
    said.join("<br/>")
}

/// So many are not drawn.
pub(super) fn more(count: usize, lang: Lang) -> String {
    label(&Said::new("picture-more").with("count", count).speak(lang))
}

/// A line of a diagram.
pub(super) fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(out, "  {text}").expect("a String takes every character");
}
