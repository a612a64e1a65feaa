//! How well wordings are judged: measured on lists that were labelled before the judge was tuned.
//!
//! `wordings.en.tsv` and `wordings.ko.tsv` hold a domain, a kind, the remark that a colleague would make (`-` for none)
//! and the wording. A row that is misjudged stays in its list and is printed. `fresh.en.tsv` and `fresh.ko.tsv` were
//! written after that tuning, half of them in domains that the judge had not met.

use squall::model::grammar::Phrase;
use std::collections::BTreeSet;

/// A wording of a list: its domain, its kind, the remark it deserves.
struct Row {
    domain: &'static str,
    kind: &'static str,
    remark: &'static str,
    wording: &'static str,
}

fn rows(table: &'static str) -> Vec<Row> {
    let parse = |line: &'static str| {
        let columns: Vec<&str> = line.splitn(4, '\t').collect();
        let [domain, kind, remark, wording] = columns.try_into().expect("a row has four columns");
        Row { domain, kind, remark, wording }
    };
    table.lines().skip(1).map(parse).collect()
}

/// What the judge remarks on a wording of a kind; `past` is the rule for events of this language.
fn remark(row: &Row, past: &'static str) -> &'static str {
    let phrase = Phrase::of(row.wording);
    match row.kind {
        "event" if phrase.is_possibility() => "E12",
        "event" if !phrase.is_completed() => past,
        "command" if phrase.is_commanded_in_past() => "C1",
        "policy" if !phrase.is_reaction() => "P3",
        _ => "-",
    }
}

/// Prints every misjudged row and the figures of each rule, none of which may be below the least.
fn check(table: &'static str, past: &'static str, rows_min: usize, least: f64) {
    let rows = rows(table);
    let domains: BTreeSet<&str> = rows.iter().map(|row| row.domain).collect();
    assert!(rows.len() >= rows_min && domains.len() >= 6, "{} wordings of {domains:?}", rows.len());
    for row in rows.iter().filter(|row| remark(row, past) != row.remark) {
        println!("{} {}: {} instead of {}", row.kind, row.wording, remark(row, past), row.remark);
    }
    let count = |rule: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| rule(row)).count() as f64;
    for rule in [past, "C1", "P3"] {
        let right = count(&|row| row.remark == rule && remark(row, past) == rule);
        let precision = right / count(&|row| remark(row, past) == rule);
        let recall = right / count(&|row| row.remark == rule);
        println!("{rule}: precision {precision:.3}, recall {recall:.3}");
        assert!(precision >= least && recall >= least, "{rule}: {precision:.3} and {recall:.3}");
    }
}

#[test]
fn english_wordings_are_judged_as_a_colleague_would() {
    check(include_str!("wordings.en.tsv"), "E1", 150, 0.95);
}

#[test]
fn korean_wordings_are_judged_as_a_colleague_would() {
    check(include_str!("wordings.ko.tsv"), "E2", 100, 0.9);
}

#[test]
fn english_wordings_it_was_not_tuned_upon_are_judged_so() {
    check(include_str!("fresh.en.tsv"), "E1", 60, 0.95);
}

#[test]
fn korean_wordings_it_was_not_tuned_upon_are_judged_so() {
    check(include_str!("fresh.ko.tsv"), "E2", 50, 0.9);
}
