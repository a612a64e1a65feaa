use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Section, Text};
use crate::query::outline::{Likeness, Requirement, Term};

/// The words: first those that mean several things, then those hard to tell apart, then all.
pub(crate) fn glossary(desk: &Desk<'_>) -> Section {
    let terms = || desk.outline.terms.iter();
    let homonyms = terms().filter(|term| !term.also_in.is_empty());
    let heads = [
        "report-term",
        "report-context",
        "report-kind",
        "report-meaning",
        "report-also-in",
        "report-evidence",
    ];
    let homonym = |term: &Term| {
        vec![
            Text::from(term.term.as_str()),
            desk.party(term.party).into(),
            desk.kind(term.kind),
            desk.cell(term.meaning.as_deref()),
            desk.parties(&term.also_in),
            desk.marks(&term.notes),
        ]
    };
    let like = |like: &Likeness| {
        let percent = format!("{:.0} %", like.dice * 100.0);
        vec![Text::from(like.one.as_str()), Text::from(like.other.as_str()), Text::from(percent)]
    };
    let like_heads = ["report-one-word", "report-other-word", "report-alike"];
    Section::of(
        desk.say("report-glossary"),
        vec![
            desk.table("report-homonyms-caption", &heads, homonyms.map(homonym)),
            desk.table("report-likenesses-caption", &like_heads, desk.outline.likenesses.iter().map(like)),
            all(desk),
        ],
    )
}

fn all(desk: &Desk<'_>) -> Block {
    let row = |term: &Term| {
        vec![
            Text::from(term.term.as_str()),
            Text::from(term.alias.as_deref().unwrap_or_default()).or_nothing(),
            desk.kind(term.kind),
            desk.party(term.party).into(),
            desk.cell(term.meaning.as_deref()),
            desk.marks(&term.notes),
        ]
    };
    let heads =
        ["report-term", "report-alias", "report-kind", "report-context", "report-meaning", "report-evidence"];
    desk.table("report-terms-caption", &heads, desk.outline.terms.iter().map(row))
}

/// The scenario against the wall.
pub(crate) fn coverage(desk: &Desk<'_>) -> Section {
    use crate::model::field::Thing;
    let sort = |word: &String| desk.choice(Thing::Requirement, "sort", word);
    let row = |requirement: &Requirement| {
        let is_met = !requirement.met_by.is_empty();
        vec![
            Text::from(requirement.number.to_string()),
            requirement.text.as_str().into(),
            desk.cell(requirement.sort.as_ref().map(sort).as_deref()),
            desk.say(if is_met { "report-met" } else { "report-gap" }).into(),
            Text::joined(requirement.met_by.iter().map(|id| desk.note(*id)), " → ").or_nothing(),
            desk.marks(&requirement.met_by),
        ]
    };
    let heads = [
        "report-number",
        "report-requirement",
        "report-sort",
        "report-coverage-state",
        "report-path",
        "report-evidence",
    ];
    let table = desk.table("report-coverage-caption", &heads, desk.outline.requirements.iter().map(row));
    Section::of(desk.say("report-coverage"), vec![table])
}
