use std::collections::BTreeSet;

use crate::format::report::desk::Desk;
use crate::format::report::document::{Section, Text};
use crate::model::Id;
use crate::query::lint::{self, Finding as Remark};
use crate::query::outline::{Finding, Hotspot, Party, Severity};

/// The rules that say what is told elsewhere already, and the key of what the outline finds there; without a key it is
/// told among the open questions.
const TOLD_ELSEWHERE: [(&str, Option<&str>); 5] = [
    ("B1", Some("flag-outside")),
    ("H1", None),
    ("H2", None),
    ("R1", Some("flag-model-unfilled")),
    ("S1", Some("flag-sync-cycle")),
];

/// What the shape of the wall gives to think about, and what a colleague would remark; the loudest first.
pub(crate) fn findings(desk: &Desk<'_>) -> Section {
    let remarks = desk.lint.unasked().filter(|remark| !is_told(desk, remark));
    let mut rows: Vec<(Severity, Vec<Text>)> =
        desk.outline.findings.iter().map(|finding| found(desk, finding)).collect();
    rows.extend(remarks.map(|remark| remarked(desk, remark)));
    rows.sort_by_key(|(severity, _)| *severity);
    let row = |(at, (severity, told)): (usize, (Severity, Vec<Text>))| {
        let severity = match severity {
            Severity::Error => "report-error",
            Severity::Warning => "report-warning",
            Severity::Hint => "report-hint",
        };
        let mut row = vec![(at + 1).to_string().into(), desk.say(severity).into()];
        row.extend(told);
        row
    };
    let heads = [
        "report-number",
        "report-severity",
        "report-finding",
        "report-remedy",
        "report-concerns",
        "report-evidence",
    ];
    let table = desk.table("report-findings-caption", &heads, rows.into_iter().enumerate().map(row));
    Section::of(desk.say("report-findings"), vec![table])
}

fn found(desk: &Desk<'_>, finding: &Finding) -> (Severity, Vec<Text>) {
    let said = desk.speak(&finding.said).into();
    let row =
        vec![said, Text::default().or_nothing(), desk.parties(&finding.parties), desk.marks(&finding.notes)];
    (finding.severity, row)
}

fn remarked(desk: &Desk<'_>, remark: &Remark) -> (Severity, Vec<Text>) {
    let severity = match remark.rule.severity {
        lint::Severity::Error => Severity::Error,
        lint::Severity::Warning => Severity::Warning,
        lint::Severity::Hint => Severity::Hint,
    };
    let notes: Vec<Id> = concerned(remark).filter(|id| desk.outline.note(*id).is_some()).collect();
    let mut seen = BTreeSet::new();
    let parties = notes.iter().filter_map(|id| desk.outline.note(*id)?.party);
    let parties: Vec<Party> = parties.filter(|party| seen.insert(*party)).collect();
    let said = format!("{} ({})", desk.speak(&remark.said), remark.rule.id);
    let todo = desk.speak(&remark.rule.todo());
    (severity, vec![said.into(), todo.into(), desk.parties(&parties), desk.marks(&notes)])
}

fn concerned(remark: &Remark) -> impl Iterator<Item = Id> {
    remark.about.into_iter().chain(remark.others.iter().copied())
}

/// Whether the report says the same in other words.
fn is_told(desk: &Desk<'_>, remark: &Remark) -> bool {
    let Some((_, key)) = TOLD_ELSEWHERE.iter().find(|(id, _)| *id == remark.rule.id) else { return false };
    let is_same = |finding: &Finding| {
        concerned(remark)
            .all(|id| finding.notes.contains(&id) || finding.parties.contains(&Party::Context(Some(id))))
    };
    let mut findings = desk.outline.findings.iter();
    key.is_none_or(|key| findings.any(|finding| finding.said.key.0 == key && is_same(finding)))
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
