//! The list of what a file brings.

use super::{Choice, Row};
use crate::model::text::SafeText;
use crate::model::{Frame, KINDS, NoteKind};
use crate::tui::state::{Incoming, Label, Scene};
use crate::words::{Lang, Said, say};

/// Nobody reads more of what was not carried; how much there is says its heading.
const REMARKS_MAX: usize = 500;

/// Where it goes, what its labels stand for, what comes, what does not.
pub(super) fn brought(incoming: &Incoming, scene: &Scene<'_>, lang: Lang) -> Vec<Row> {
    let (intake, reading) = (&incoming.intake.0, &incoming.intake.0.reading);
    let place = match scene.board {
        wall if intake.is_of(wall) => "intake-onto",
        wall if wall.is_empty() => "intake-empty-wall",
        _ => "intake-beside",
    };
    let file = intake.path.file_name().unwrap_or_default().to_string_lossy();
    let head = format!("{}: {}", SafeText::line(&file), say(lang, intake.format.about));
    let mut rows = vec![heading(head), heading(say(lang, place).to_owned())];
    if !incoming.labels.is_empty() {
        rows.push(heading(say(lang, "intake-labels").to_owned()));
        rows.extend(incoming.labels.iter().enumerate().map(|(at, label)| labelled(at, label, lang)));
    }
    rows.push(heading(say(lang, "intake-brings").to_owned()));
    rows.extend(things(incoming, lang));
    if !reading.remarks.is_empty() {
        rows.push(heading(Said::new("intake-left").with("count", reading.remarks.len()).speak(lang)));
        rows.extend(reading.remarks.iter().take(REMARKS_MAX).map(|remark| Row {
            left: " ".to_owned(),
            text: remark.said.speak(lang),
            right: remark.line.map_or_else(String::new, |line| line.to_string()),
            ..Row::telling()
        }));
    }
    rows
}

fn heading(text: String) -> Row {
    Row { text, ..Row::telling() }
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
