use crate::format::report::desk::Desk;
use crate::format::report::document::{Section, Text};
use crate::query::outline::{Finding, Hotspot, Severity};

/// What the shape of the wall gives to think about.
pub(crate) fn findings(desk: &Desk<'_>) -> Section {
    let row = |(at, finding): (usize, &Finding)| {
        let severity = match finding.severity {
            Severity::Error => "report-error",
            Severity::Warning => "report-warning",
            Severity::Hint => "report-hint",
        };
        vec![
            Text::from((at + 1).to_string()),
            desk.say(severity).into(),
            desk.speak(&finding.said).into(),
            desk.parties(&finding.parties),
            desk.marks(&finding.notes),
        ]
    };
    let heads = ["report-number", "report-severity", "report-finding", "report-concerns", "report-evidence"];
    let rows = desk.outline.findings.iter().enumerate().map(row);
    Section::of(desk.say("report-findings"), vec![desk.table("report-findings-caption", &heads, rows)])
}

/// The hotspots, those to be answered first.
pub(crate) fn questions(desk: &Desk<'_>) -> Section {
    let row = |it: &Hotspot| {
        vec![
            desk.note(it.note),
            it.about.map(|about| desk.note(about)).unwrap_or_default().or_nothing(),
            desk.party(it.party).into(),
            it.votes.to_string().into(),
            desk.cell(it.owner.as_deref()),
            desk.cell(it.next.as_deref()),
            desk.say(if it.is_resolved { "report-resolved" } else { "report-open" }).into(),
            desk.mark(it.note),
        ]
    };
    let heads = [
        "report-question",
        "report-about",
        "report-context",
        "report-votes",
        "report-owner",
        "report-next",
        "report-state",
        "report-evidence",
    ];
    let table = desk.table("report-questions-caption", &heads, desk.outline.hotspots.iter().map(row));
    Section::of(desk.say("report-open-questions"), vec![table])
}
