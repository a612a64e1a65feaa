//! What the context map's parties are called in a picture.

use crate::model::text::SafeText;
use crate::query::Outline;
use crate::query::outline::{ContextOutline, Party};
pub(super) use crate::query::outline::{Landscape, Talk};
use crate::words::{Lang, find, say};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

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
