//! Measures the guesser on labelled rows and prints every item it misjudges.
//!
//! The hundred rows were written before the guesser but known to its author, so their figure flatters; the fresh ones,
//! written after it and never tuned upon, tell what to expect of a stranger's wall.

use super::*;
use crate::model::{Level, NoteKind};

const CHAINS: &str = include_str!("chains.txt");
const FRESH: &str = include_str!("fresh.txt");

/// Right and all items.
#[derive(Clone, Copy, Default)]
struct Tally(usize, usize);

impl Tally {
    fn add(self, other: Tally) -> Tally {
        Tally(self.0 + other.0, self.1 + other.1)
    }

    fn percent(self) -> f64 {
        100.0 * self.0 as f64 / self.1 as f64
    }
}

/// A labelled row: the true kind of each item, and the item as the guesser sees it.
fn parse(row: &str) -> Vec<(NoteKind, Item<'_>)> {
    let (items, sources) =
        row.split_once(" < ").map_or((row, None), |(items, sources)| (items, Some(sources)));
    let last = items.split(" > ").count() - 1;
    let item = |(at, item): (usize, &'_ str)| {
        let (tag, _) = item.split_once(' ').unwrap();
        let truth: NoteKind = tag.trim_end_matches('.').parse().unwrap();
        (truth, tag.ends_with('.').then_some(truth), at == last && sources.is_some())
    };
    items
        .split(" > ")
        .enumerate()
        .map(|pair| {
            let (truth, mark, is_fed) = item(pair);
            let wording = pair.1.split_once(' ').unwrap().1;
            (truth, Item { wording, mark, is_fed })
        })
        .collect()
}

/// Guesses every row of a list; marked items are not counted. Returns the tally of Korean and of English rows.
fn measure(list: &str) -> (Tally, Tally, usize) {
    let (mut ko, mut en, mut rows) = (Tally::default(), Tally::default(), 0);
    let mut head = ("", Level::Design);
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with("//")) {
        if let Some(title) = line.strip_prefix("# ") {
            let words: Vec<&str> = title.split(' ').collect();
            head = (words[1], words[2].parse().unwrap());
            continue;
        }
        let (truths, items): (Vec<_>, Vec<_>) = parse(line).into_iter().unzip();
        let guesses = guess_row(&items, &Around { level: head.1, from: None, known: &|_| None });
        let tally = if head.0 == "ko" { &mut ko } else { &mut en };
        rows += 1;
        for ((item, truth), guess) in items.iter().zip(truths).zip(guesses) {
            if item.mark.is_none() {
                *tally = tally.add(Tally(usize::from(truth == guess), 1));
            }
            if truth != guess {
                println!(
                    "misjudged: {:?} is {}, guessed {} in: {line}",
                    item.wording,
                    truth.id(),
                    guess.id()
                );
            }
        }
    }
    println!("{rows} rows: Korean {}/{}, English {}/{} right", ko.0, ko.1, en.0, en.1);
    (ko, en, rows)
}

#[test]
fn ninety_five_of_a_hundred_items_are_guessed_right() {
    let (ko, en, rows) = measure(CHAINS);
    assert_eq!(rows, 100);
    assert!(ko.percent() >= 95.0, "Korean {:.1} %", ko.percent());
    assert!(en.percent() >= 95.0, "English {:.1} %", en.percent());
    assert!(ko.add(en).percent() >= 95.0);
}

#[test]
fn rows_it_was_never_tuned_on_hold_too() {
    let (ko, en, rows) = measure(FRESH);
    assert_eq!(rows, 20);
    assert!(ko.add(en).percent() >= 85.0, "{:.1} %", ko.add(en).percent());
}
