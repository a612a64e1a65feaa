//! The context map behind every picture of it: who is on it, and what they say to each other, folded.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::text::SafeText;
use crate::query::Outline;
use crate::query::outline::{ContextOutline, Party};
use crate::words::{Lang, find, say};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Contexts and systems, and the messages between each two of them.
pub(super) struct Landscape {
    /// Contexts from left to right, then systems. What lies in no context is there only where it talks, or where there
    /// is nothing else.
    pub(super) parties: Vec<Party>,
    /// Who talks to whom.
    pub(super) talks: Vec<Talk>,
}

/// All that one party says to another in one mode.
pub(super) struct Talk {
    /// Who sends, by place among the parties.
    pub(super) from: usize,
    /// Who receives.
    pub(super) to: usize,
    /// Whether the sender waits.
    pub(super) is_sync: bool,
    /// The messages, by place in the outline's list, none of one kind and wording twice.
    pub(super) messages: Vec<usize>,
}

impl Landscape {
    pub(super) fn of(outline: &Outline) -> Landscape {
        let talking: BTreeSet<Party> =
            outline.messages.iter().flat_map(|message| [message.from, message.to]).collect();
        let contexts = outline.contexts.iter().map(|context| Party::Context(context.id));
        let systems = outline.systems.iter().map(|system| Party::System(system.id));
        let outside = Party::Context(None);
        let alone = outline.contexts.len() + outline.systems.len() == 1;
        let parties: Vec<Party> = contexts
            .chain(systems)
            .filter(|party| *party != outside || alone || talking.contains(party))
            .collect();
        let place: BTreeMap<Party, usize> =
            parties.iter().enumerate().map(|(at, party)| (*party, at)).collect();
        let mut talks: BTreeMap<(usize, usize, bool), Vec<usize>> = BTreeMap::new();
        for (at, message) in outline.messages.iter().enumerate() {
            let (Some(from), Some(to)) = (place.get(&message.from), place.get(&message.to)) else { continue };
            let talk = talks.entry((*from, *to, message.is_sync())).or_default();
            let said = |at: usize| {
                let message = &outline.messages[at];
                (message.kind, outline.wording(message.note))
            };
            if !talk.iter().any(|other| said(*other) == said(at)) {
                talk.push(at);
            }
        }
        let talk = |((from, to, is_sync), messages)| Talk { from, to, is_sync, messages };
        Landscape { parties, talks: talks.into_iter().map(talk).collect() }
    }
}

/// What a party is called in a picture; never nothing.
pub(super) fn name_of(outline: &Outline, party: Party, lang: Lang) -> String {
    match outline.name(party) {
        None => say(lang, "side-no-context").to_owned(),
        Some(name) if name.trim().is_empty() => say(lang, "picture-unnamed").to_owned(),
        Some(name) => name.to_owned(),
    }
}

/// The context a party is, where it is one that somebody framed.
pub(super) fn context_of(outline: &Outline, party: Party) -> Option<&ContextOutline> {
    let Party::Context(id) = party else { return None };
    outline.contexts.iter().find(|context| context.id == id && id.is_some())
}

/// What the class of a context is called.
pub(super) fn class_name(class: &str, lang: Lang) -> Option<&'static str> {
    find(lang, &format!("class-{class}"))
}

/// A text on one line, cut to so many columns.
pub(super) fn clipped(text: &str, columns: usize) -> String {
    let line = SafeText::line(text.trim());
    if line.width() <= columns {
        return line.into_string();
    }
    let mut used = 1;
    let fits = |glyph: &&str| {
        used += glyph.width();
        used <= columns
    };
    let kept: String = line.graphemes(true).take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_glyphs() {
        assert_eq!(clipped(" 주문됨 ", 6), "주문됨");
        assert_eq!(clipped("주문 접수됨", 7), "주문…");
        assert_eq!(clipped("one\ntwo", 20), "one two");
    }
}
