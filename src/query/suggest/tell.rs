//! Proposals in words: what is said of a cut and of each of its contexts.

use super::{Bond, Cut, GRANULARITIES, Group, Method, Reason, Seam, SeamKind};
use crate::model::text::SafeText;
use crate::model::{Board, Id};
use crate::words::{Key, Said};

/// What is told of a wall's proposals.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// The wall.
    pub board: &'a Board,
    /// A place in [`GRANULARITIES`].
    pub granularity: usize,
}

impl Telling<'_> {
    /// A cut in one line.
    pub fn head(&self, cut: &Cut) -> Said {
        let is_even = cut.method == Method::Aggregates;
        cut_line(if is_even { "suggest-cut" } else { "suggest-cut-fine" }, cut)
            .with("granularity", self.granularity + 1)
            .with("max", GRANULARITIES.len())
    }

    /// Why these belong together, where they are cut off from the rest, and what is not sure.
    pub fn group(&self, cut: &Cut, group: &Group) -> Vec<Said> {
        let name = |other: usize| SafeText::line(&cut.groups[other].name);
        let standing = group.stands_in.and_then(|(frame, count)| {
            let name = self.board.contexts.get(&frame)?.name();
            Some(Said::new("suggest-stands").with("count", count).with("name", SafeText::line(name)))
        });
        let reasons = group.reasons.iter().map(|reason| self.reason(reason));
        let ended = group.ended_by.iter().map(|id| Said::new("suggest-ended").with("event", self.text(*id)));
        let leaving = group.seams.iter().filter(|seam| seam.is_out);
        let seams = leaving.map(|seam| self.seam(seam, &name(seam.other)));
        let doubts = group.doubts.iter().map(|doubt| {
            Said::new("suggest-doubt")
                .with("note", self.text(doubt.note))
                .with("other", name(doubt.other))
                .with("support", percent(doubt.support))
        });
        let strangers: Vec<String> = group.strangers.iter().map(|id| self.text(*id).into_string()).collect();
        let stranger = Said::new("suggest-strangers").with("notes", strangers.join(", "));
        let strangers = (!strangers.is_empty()).then_some(stranger);
        standing.into_iter().chain(reasons).chain(ended).chain(seams).chain(doubts).chain(strangers).collect()
    }

    fn text(&self, note: Id) -> SafeText<'_> {
        SafeText::line(self.board.notes.get(&note).map_or("", |note| note.text()))
    }

    fn reason(&self, reason: &Reason) -> Said {
        let (from, to) = (self.text(reason.from), self.text(reason.to));
        match &reason.bond {
            Bond::Step => Said::new("suggest-step").with("from", from).with("to", to),
            Bond::SameAggregate => Said::new("suggest-same").with("name", from),
            Bond::Words(word) => Said::new("suggest-words")
                .with("word", SafeText::line(word))
                .with("from", from)
                .with("to", to),
            Bond::Near => Said::new("suggest-near").with("from", from).with("to", to),
        }
    }

    fn seam(&self, seam: &Seam, other: &str) -> Said {
        Said::new("suggest-seam")
            .with("from", self.text(seam.edge.from))
            .with("to", self.text(seam.edge.to))
            .with("other", other)
            .with_said("kind", Said::new(seam_key(seam.kind)))
    }
}

/// A cut in one line that does not tell how fine it is.
pub fn short_head(cut: &Cut) -> Said {
    cut_line("suggest-cut", cut)
}

fn cut_line(key: &'static str, cut: &Cut) -> Said {
    Said::new(key)
        .with_said("way", Said { key: Key(way_key(cut.method)), args: Vec::new() })
        .with("count", cut.groups.len())
        .with("kept", percent(cut.kept))
}

/// A proposed context in one line.
pub fn group_line(number: usize, group: &Group) -> Said {
    Said::new("suggest-group")
        .with("number", number)
        .with("name", SafeText::line(&group.name))
        .with("notes", group.notes.len())
        .with("stability", percent(group.stability))
        .with("out", percent(group.conductance))
}

fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

fn way_key(method: Method) -> &'static str {
    match method {
        Method::Communities => "suggest-by-communities",
        Method::Aggregates => "suggest-by-aggregates",
        Method::Islands => "suggest-by-islands",
    }
}

fn seam_key(kind: SeamKind) -> &'static str {
    match kind {
        SeamKind::Event => "suggest-seam-event",
        SeamKind::Order => "suggest-seam-order",
        SeamKind::Query => "suggest-seam-query",
        SeamKind::Tight => "suggest-seam-tight",
    }
}
