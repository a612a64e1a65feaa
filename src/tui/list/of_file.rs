//! The list of what a file brings.

use super::{Choice, Row};
use crate::format::Remark;
use crate::model::text::{SafeText, wrap};
use crate::model::{Frame, KINDS, NoteKind};
use crate::tui::state::{Incoming, Label, Scene, State};
use crate::tui::view::columns;
use crate::words::{Lang, Said, say};

/// Nobody reads more of what was not carried; how much there is says its heading.
const REMARKS_MAX: usize = 500;

/// Columns of a list that its headings leave free.
const MARGINS: usize = 4;
/// Columns that its other rows leave free, those for a letter at the left included.
const COLUMNS_AROUND: usize = 8;

/// Where it goes, what its labels stand for, what comes, what does not.
pub(super) fn brought(incoming: &Incoming, scene: &Scene<'_>, state: &State) -> Vec<Row> {
    let lang = state.lang;
    let columns = usize::from(columns(state.size().0)).max(COLUMNS_AROUND + 1);
    let (intake, reading) = (&incoming.intake.0, &incoming.intake.0.reading);
    let place = match scene.board {
        wall if intake.is_of(wall) => "intake-onto",
        wall if wall.is_empty() => "intake-empty-wall",
        _ => "intake-beside",
    };
    let file = intake.path.file_name().unwrap_or_default().to_string_lossy();
    let head = format!("{}: {}", SafeText::line(&file), say(lang, intake.format.about));
    let lines = [&*head, say(lang, place)].map(|text| wrap(text, columns - MARGINS));
    let mut rows: Vec<Row> = lines.concat().into_iter().map(|line| heading(line.to_owned())).collect();
    if !incoming.labels.is_empty() {
        rows.push(heading(say(lang, "intake-labels").to_owned()));
        rows.extend(incoming.labels.iter().enumerate().map(|(at, label)| labelled(at, label, lang)));
    }
    rows.push(heading(say(lang, "intake-brings").to_owned()));
    rows.extend(things(incoming, lang));
    if !reading.remarks.is_empty() {
        rows.push(heading(Said::new("intake-left").with("count", reading.remarks.len()).speak(lang)));
        let left = reading.remarks.iter().take(REMARKS_MAX);
        rows.extend(left.flat_map(|remark| remarked(remark, columns - COLUMNS_AROUND, lang)));
    }
    rows
}

fn heading(text: String) -> Row {
    Row { text, ..Row::telling() }
}

/// What was not carried, in as many rows as that takes; the line of the file stands before the first.
fn remarked(remark: &Remark, columns: usize, lang: Lang) -> Vec<Row> {
    let said = match remark.line {
        Some(line) => Said::new("cli-remark-line").with("line", line).with_said("said", remark.said.clone()),
        None => remark.said.clone(),
    };
    let text = SafeText::line(&said.speak(lang)).into_string();
    let row = |line: &str| Row { left: " ".to_owned(), text: line.to_owned(), ..Row::telling() };
    wrap(&text, columns).into_iter().map(row).collect()
}

/// A label with its first wordings, and what it stands for.
fn labelled(at: usize, label: &Label, lang: Lang) -> Row {
    let (kind, unclear) = (label.kind(), &label.unclear);
    let wordings: Vec<String> = unclear.wordings.iter().map(|it| format!("“{it}”")).collect();
    Row {
        left: kind.row().tag.to_string(),
        text: format!("{} × {}  {}", unclear.label, unclear.count, wordings.join(" ")),
        right: format!("◂ {} ▸", kind.label(lang)),
        kind: Some(kind),
        choice: Choice::Label(at),
        ..Row::telling()
    }
}

/// How many of each sort of thing come.
fn things(incoming: &Incoming, lang: Lang) -> Vec<Row> {
    let board = &incoming.intake.0.reading.board;
    let notes = KINDS.iter().map(|row| {
        let count = board.notes.values().filter(|note| note.kind == row.kind).count();
        (Some(row.kind), row.kind.label(lang), count)
    });
    let frames = |frame| board.contexts.values().filter(|context| context.frame == frame).count();
    let others = [
        ("word-arrows", board.arrows.len()),
        ("word-contexts", frames(Frame::Context)),
        ("word-subdomains", frames(Frame::Subdomain)),
        ("word-lanes", board.lanes.len()),
        ("word-requirements", board.requirements.len()),
    ];
    let all = notes.chain(others.into_iter().map(|(key, count)| (None, say(lang, key), count)));
    let row = |(kind, text, count): (Option<NoteKind>, &str, usize)| Row {
        left: kind.map_or(' ', |kind| kind.row().tag).to_string(),
        text: text.to_owned(),
        right: count.to_string(),
        kind,
        ..Row::telling()
    };
    all.filter(|(.., count)| *count > 0).map(row).collect()
}
