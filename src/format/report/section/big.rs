use crate::format::mermaid;
use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Picture, Section, Text};
use crate::format::svg;
use crate::query::outline::Chapter;

/// The whole story at a glance: its chapters, and the events in each.
pub(crate) fn big_picture(desk: &Desk<'_>) -> Section {
    let mut blocks = Vec::new();
    if let Some(drawn) = mermaid::timeline(desk.outline, desk.lang) {
        let caption = desk.say("report-timeline-caption");
        blocks.push(Block::Picture(Picture { caption, mermaid: Some(drawn), svg: None }));
    }
    let svg = Some(svg::wall(desk.board, desk.lang));
    blocks.push(Block::Picture(Picture { caption: desk.say("report-wall-caption"), mermaid: None, svg }));
    let row = |(at, chapter): (usize, &Chapter)| {
        let begins = chapter.after.map(|event| desk.note(event)).unwrap_or_default();
        vec![
            Text::from((at + 1).to_string()),
            desk.cell(chapter.name.as_deref()),
            begins.or_nothing(),
            Text::joined(chapter.events.iter().map(|event| desk.note(*event)), " → ").or_nothing(),
            desk.marks(&chapter.events),
        ]
    };
    let heads =
        ["report-number", "report-chapter", "report-begins", "report-story-events", "report-evidence"];
    blocks.push(desk.table(
        "report-chapters-caption",
        &heads,
        desk.outline.chapters.iter().enumerate().map(row),
    ));
    Section::of(desk.say("report-big-picture"), blocks)
}
