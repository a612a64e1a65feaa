use std::collections::BTreeSet;

use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Span, Text};
use crate::model::field::Thing;
use crate::words::Said;

/// What stands above a report: which wall it is about, how much is on it, and who put it there.
pub(crate) fn front(desk: &Desk<'_>) -> Vec<Block> {
    let outline = desk.outline;
    let standing = outline.notes.iter().filter(|note| note.aside.is_none());
    let open = outline.hotspots.iter().filter(|hotspot| !hotspot.is_resolved);
    let counts = Said::new("report-counts")
        .with("notes", standing.count())
        .with("contexts", desk.framed().count())
        .with("messages", outline.messages.len())
        .with("questions", open.count());
    let people: BTreeSet<&str> = outline.notes.iter().filter_map(|note| note.author.as_deref()).collect();
    let people: Vec<&str> = people.into_iter().collect();
    let level = outline.level.map(|level| desk.choice(Thing::Board, "level", level.id()));
    let told = [
        Some(counts),
        level.map(|level| Said::new("report-level").with("level", level)),
        (!people.is_empty()).then(|| Said::new("report-people").with("people", people.join(", "))),
        Some(
            Said::new("report-source").with("board", &outline.board).with("sum", format!("{:08x}", desk.sum)),
        ),
    ];
    let told = told.iter().flatten().map(|said| desk.speak(said).into());
    told.chain([legend(desk)]).map(Block::Paragraph).collect()
}

/// What the signs of a report mean.
fn legend(desk: &Desk<'_>) -> Text {
    let sign = |sign: Text, meaning: &'static str| sign.and(" ").and(desk.say(meaning));
    let signs = [
        sign(desk.open(), "report-sign-open"),
        sign(desk.guess(), "report-sign-guess"),
        sign(Span::Mark("E1→P2".to_owned()).into(), "report-sign-mark"),
    ];
    Text::joined(signs, " · ")
}
