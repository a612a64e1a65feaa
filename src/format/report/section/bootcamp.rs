//! The steps in which courses come to a model, each with the wall as it stood then.

use std::collections::BTreeSet;

use super::appendix::aside;
use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, NOTHING, Picture, Section, Text};
use crate::format::{mermaid, svg};
use crate::model::{Board, Id, Note};
use crate::query::growth::Stage;
use crate::query::outline::Requirement;
use crate::words::Said;

/// The scenario, sentence by sentence.
pub(crate) fn scenario(desk: &Desk<'_>) -> Section {
    let row = |it: &Requirement| {
        let sort =
            it.sort.as_deref().map(|sort| desk.choice(crate::model::field::Thing::Requirement, "sort", sort));
        vec![Text::from(it.number.to_string()), it.text.as_str().into(), desk.cell(sort.as_deref())]
    };
    let heads = ["report-number", "report-requirement", "report-sort"];
    let table = desk.table("report-scenario-caption", &heads, desk.outline.requirements.iter().map(row));
    Section::of(desk.say("report-scenario"), vec![table])
}

/// Events only, those that were dropped later among them.
pub(crate) fn events(desk: &Desk<'_>) -> Section {
    let mut section = step(desk, "report-step-events", Stage::Events);
    if desk.growth.is_some() {
        section.blocks.insert(0, Block::Paragraph(desk.say("report-step-how").into()));
    }
    section
}

/// What was dropped, crossed out where it stood among what was kept.
pub(crate) fn dropped(desk: &Desk<'_>) -> Section {
    let mut wall = wall_at(desk, Stage::Dropped);
    let found = wall_at(desk, Stage::Events).notes.into_values();
    let late =
        desk.board.notes.values().filter(|note| is_shown(note, Stage::Dropped) && note.aside().is_some());
    for note in found.chain(late.map(unset)) {
        wall.notes.entry(note.id).or_insert(note);
    }
    let crossed = dropped_of(desk, &wall);
    let heading = desk.say("report-step-dropped");
    let gone = wall.notes.values().filter(|note| !desk.board.notes.contains_key(&note.id));
    let table = aside(desk, gone);
    let caption = moment(desk, &heading, Stage::Dropped);
    let picture = (!crossed.is_empty()).then(|| picture(desk, &wall, &crossed, caption));
    Section::of(heading, picture.into_iter().chain([table]).collect())
}

/// With those who act and what they ask for.
pub(crate) fn commands(desk: &Desk<'_>) -> Section {
    step(desk, "report-step-commands", Stage::Commands)
}

/// With aggregates.
pub(crate) fn aggregates(desk: &Desk<'_>) -> Section {
    step(desk, "report-step-aggregates", Stage::Aggregates)
}

/// With contexts around it all.
pub(crate) fn frames(desk: &Desk<'_>) -> Section {
    let mut section = step(desk, "report-step-contexts", Stage::Contexts);
    section.blocks.push(super::map::strategy(desk));
    section
}

/// With policies.
pub(crate) fn policies(desk: &Desk<'_>) -> Section {
    step(desk, "report-step-policies", Stage::Policies)
}

/// All that stands on the wall.
pub(crate) fn model(desk: &Desk<'_>) -> Section {
    let heading = desk.say("report-step-model");
    Section::of(heading.clone(), vec![picture(desk, desk.board, &BTreeSet::new(), heading)])
}

/// The wall at the end of a step, and the stickies that the picture of the step before did not have.
fn step(desk: &Desk<'_>, heading: &'static str, stage: Stage) -> Section {
    let (heading, wall) = (desk.say(heading), wall_at(desk, stage));
    let mut blocks = vec![picture(desk, &wall, &BTreeSet::new(), moment(desk, &heading, stage))];
    let before = Stage::ALL.into_iter().take_while(|before| *before < stage).last();
    let before = before.map(|before| wall_at(desk, before).notes).unwrap_or_default();
    let mut fresh: Vec<&Note> = wall.notes.values().filter(|note| !before.contains_key(&note.id)).collect();
    fresh.sort_by_key(|note| (note.at, note.id));
    if stage != Stage::Contexts || !fresh.is_empty() {
        let row =
            |note: &Note| vec![wording(desk, note), desk.kind(note.kind), desk.mark(note.id).or_nothing()];
        let heads = ["report-sticky", "report-kind", "report-evidence"];
        blocks.push(desk.table("report-step-caption", &heads, fresh.into_iter().map(row)));
    }
    Section::of(heading, blocks)
}

/// What a sticky said then.
fn wording(desk: &Desk<'_>, note: &Note) -> Text {
    match note.text().trim() {
        "" => desk.mark(note.id).or_nothing(),
        wording => wording.into(),
    }
}

/// What a picture is called, and after which deed of the log it is.
fn moment(desk: &Desk<'_>, heading: &str, stage: Stage) -> String {
    let Some(moment) = desk.growth.and_then(|growth| growth.at(stage)) else { return heading.to_owned() };
    let minute = moment.at.strip_suffix('Z').and_then(|at| at.get(..16));
    let when = minute.map_or_else(|| NOTHING.to_owned(), |at| at.replace('T', " ") + " UTC");
    let said = Said::new("report-step-moment")
        .with("step", heading)
        .with("deeds", moment.deeds)
        .with("of", moment.of)
        .with("when", when);
    desk.speak(&said)
}

fn picture(desk: &Desk<'_>, wall: &Board, crossed: &BTreeSet<Id>, caption: String) -> Block {
    let mermaid = mermaid::wall(wall, crossed, desk.lang);
    Block::Picture(Picture { caption, mermaid, svg: Some(svg::wall_crossed(wall, crossed, desk.lang)) })
}

/// The wall as a step left it: the kinds up to it. Events that are dropped in the end are on the first two alone.
fn wall_at(desk: &Desk<'_>, stage: Stage) -> Board {
    let mut wall = board_at(desk, stage).clone();
    wall.notes.retain(|_, note| is_shown(note, stage));
    if stage < Stage::Commands {
        wall.notes.values_mut().for_each(|note| *note = unset(note));
    } else {
        let dropped = dropped_of(desk, &wall);
        let is_event = |note: &Note| Stage::of(note.kind) == Some(Stage::Events);
        wall.notes.retain(|id, note| note.aside().is_none() && !(is_event(note) && dropped.contains(id)));
    }
    let notes = &wall.notes;
    wall.arrows.retain(|_, arrow| notes.contains_key(&arrow.from) && notes.contains_key(&arrow.to));
    wall.votes.retain(|(note, _), _| notes.contains_key(note));
    if stage < Stage::Contexts {
        wall.contexts.clear();
    }
    wall
}

fn board_at<'a>(desk: &Desk<'a>, stage: Stage) -> &'a Board {
    desk.growth.and_then(|growth| growth.at(stage)).map_or(desk.board, |moment| &moment.board)
}

fn is_shown(note: &Note, stage: Stage) -> bool {
    Stage::of(note.kind).is_some_and(|of| of <= stage)
}

/// Of a wall that was, what stands on the wall no more.
fn dropped_of(desk: &Desk<'_>, wall: &Board) -> BTreeSet<Id> {
    let stands = |id: &Id| desk.board.notes.get(id).is_some_and(|note| note.aside().is_none());
    wall.notes.keys().copied().filter(|id| !stands(id)).collect()
}

/// A sticky as it was before it was set aside.
fn unset(note: &Note) -> Note {
    let mut note = note.clone();
    note.details.remove("aside");
    note
}
