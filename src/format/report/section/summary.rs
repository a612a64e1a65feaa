//! The page that anybody can read: no number about the design, no word of the method that is not told.

use std::collections::BTreeSet;

use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Section, Span, Text};
use crate::model::Id;
use crate::query::outline::{ContextOutline, Finding, Hotspot};
use crate::words::{Key, Said};

/// So many problems, findings and events of a context a first page tells.
const TOLD_MAX: usize = 5;
const FINDINGS_MAX: usize = 3;
/// So many sentences of the story anybody listens to.
const SENTENCES_MAX: usize = 12;
/// What a first page leaves out, so that the story gets further.
const ASIDES: [Key; 2] = [Key("story-shown"), Key("story-by-system")];

/// The scope, the contexts, the problems, the decisions and what to look at first.
pub(crate) fn summary(desk: &Desk<'_>) -> Section {
    let part = |heading: &'static str, block: Block| Section::of(desk.say(heading), vec![block]);
    let scope = Some(desk.outline.scope.trim()).filter(|scope| !scope.is_empty());
    Section {
        heading: desk.say("report-summary"),
        blocks: Vec::new(),
        parts: vec![
            part("report-scope", Block::Paragraph(desk.told(scope))),
            Section::of(desk.say("report-story"), story(desk)),
            part("report-contexts", contexts(desk)),
            part("report-problems", problems(desk)),
            part("report-decisions", decisions(desk)),
            part("report-look-first", findings(desk)),
        ],
    }
}

/// The beginning of the story, and how much of it is left.
fn story(desk: &Desk<'_>) -> Vec<Block> {
    let sentences = desk.story.iter().flat_map(|telling| &telling.sentences);
    let happens = sentences.filter(|said| !ASIDES.contains(&said.key));
    let told: Vec<Text> = happens.clone().take(SENTENCES_MAX).map(|said| desk.speak(said).into()).collect();
    let rest = happens.count() - told.len();
    let rest = (rest > 0).then(|| Said::new("report-story-goes-on").with("count", rest));
    let story = if told.is_empty() { desk.list(told) } else { Block::Steps(told) };
    [story].into_iter().chain(rest.map(|said| Block::Paragraph(desk.speak(&said).into()))).collect()
}

fn contexts(desk: &Desk<'_>) -> Block {
    desk.list(desk.framed().map(|context| context_line(desk, context)).collect())
}

/// Its name, what it is for, and what happens in it.
fn context_line(desk: &Desk<'_>, context: &ContextOutline) -> Text {
    let mut line = Text::from(Span::Strong(desk.context(context)));
    if let Some(class) = desk.class(context) {
        line = line.and(format!(" ({class})"));
    }
    line = line.and(" — ").and(desk.told(context.card.purpose.as_deref()));
    let own: BTreeSet<Id> = context.notes.iter().copied().collect();
    let told = desk.outline.chapters.iter().flat_map(|chapter| &chapter.events);
    let happens: Vec<Id> = told.copied().filter(|event| own.contains(event)).take(TOLD_MAX).collect();
    if happens.is_empty() {
        return line;
    }
    line.and(" · ").and(desk.say("report-happens")).and(" ").and(desk.notes(&happens))
}

fn problems(desk: &Desk<'_>) -> Block {
    let open = desk.outline.hotspots.iter().filter(|hotspot| !hotspot.is_resolved);
    let row = |hotspot: &Hotspot| {
        vec![
            desk.note(hotspot.note).and(" ").and(desk.mark(hotspot.note)),
            hotspot.votes.to_string().into(),
            desk.cell(hotspot.owner.as_deref()),
            desk.cell(hotspot.next.as_deref()),
        ]
    };
    let heads = ["report-problem", "report-votes", "report-owner", "report-next"];
    desk.table("report-problems-caption", &heads, open.take(TOLD_MAX).map(row))
}

fn decisions(desk: &Desk<'_>) -> Block {
    desk.list(desk.outline.decisions.iter().map(|decision| decision.text.as_str().into()).collect())
}

/// The loudest, each rule once, those left out that speak in numbers about the design.
fn findings(desk: &Desk<'_>) -> Block {
    let mut rules = BTreeSet::new();
    let is_metric = |finding: &&Finding| finding.said.args.iter().any(|(name, _)| *name == "percent");
    let told = desk.outline.findings.iter().filter(|finding| !is_metric(finding));
    let told = told.filter(|finding| rules.insert(finding.said.key)).take(FINDINGS_MAX);
    desk.list(told.map(|finding| desk.speak(&finding.said).into()).collect())
}
