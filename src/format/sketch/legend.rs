//! The legend on a board: which kind each colour stands for, in the words of whoever made the board.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Grid;
use super::{Shape, Sort, words};
use crate::model::NoteKind;
use crate::words::{Lang, Said};

/// Entries of a legend stand at most so many stickies from each other.
const APART: f64 = 3.0;
/// Longer words are no name of a kind.
const CHARS_MAX: usize = 30;

/// What a legend says.
#[derive(Default)]
pub(super) struct Legend {
    /// The kind of each colour, which is written as `#rrggbb`.
    pub(super) kinds: BTreeMap<String, NoteKind>,
    /// The shapes it is made of.
    pub(super) members: BTreeSet<usize>,
}

/// One word of a legend, the shapes that make it, and the colour beside it.
struct Entry {
    kind: NoteKind,
    color: String,
    page: usize,
    at: (f64, f64),
    shapes: Vec<usize>,
}

impl Legend {
    /// Finds the legend, where there is one: names of kinds, each said once a page and always in one colour, near each
    /// other, of at least two kinds in at least two colours.
    pub(super) fn of(shapes: &[Shape], is_free: impl Fn(usize) -> bool, unit: f64) -> Legend {
        let mut entries = entries(shapes, is_free, unit);
        let mut said: BTreeMap<(usize, String), usize> = BTreeMap::new();
        let mut colors: BTreeMap<&str, BTreeSet<NoteKind>> = BTreeMap::new();
        let mut words: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let word = |entry: &Entry| shapes[entry.shapes[0]].text.trim().to_lowercase();
        for entry in &entries {
            *said.entry((entry.page, word(entry))).or_default() += 1;
            words.entry(word(entry)).or_default().insert(&entry.color);
        }
        let is_once = |entry: &Entry| said[&(entry.page, word(entry))] == 1 && words[&word(entry)].len() == 1;
        for entry in entries.iter().filter(|entry| is_once(entry)) {
            colors.entry(&entry.color).or_default().insert(entry.kind);
        }
        let is_one = |entry: &Entry| colors.get(entry.color.as_str()).is_some_and(|kinds| kinds.len() == 1);
        let keep: Vec<bool> = entries.iter().map(|entry| is_once(entry) && is_one(entry)).collect();
        let mut keep = keep.into_iter();
        entries.retain(|_| keep.next().unwrap_or(false));
        let is_near = |one: &Entry, two: &Entry| {
            one.page == two.page
                && one.color != two.color
                && one.kind != two.kind
                && (one.at.0 - two.at.0).hypot(one.at.1 - two.at.1) <= APART * unit
        };
        let mut legend = Legend::default();
        for entry in entries.iter().filter(|entry| entries.iter().any(|other| is_near(entry, other))) {
            legend.kinds.insert(entry.color.clone(), entry.kind);
            legend.members.extend(&entry.shapes);
        }
        legend
    }

    /// What is told of it, where there is one.
    pub(super) fn told(&self) -> Option<Said> {
        let entries = |lang: Lang| {
            let entries = self.kinds.iter().map(|(color, kind)| format!("{color} = {}", kind.label(lang)));
            entries.collect::<Vec<_>>().join(", ")
        };
        let told = || Said::new("sketch-legend").with_each("entries", Lang::ALL.map(entries));
        (!self.kinds.is_empty()).then(told)
    }
}

/// Boxes that say a kind, and texts that say one beside a box that says nothing.
fn entries(shapes: &[Shape], is_free: impl Fn(usize) -> bool, unit: f64) -> Vec<Entry> {
    let is_box =
        |at: &usize| shapes[*at].sort == Sort::Sticky && shapes[*at].fill.rgb.is_some() && is_free(*at);
    let silent = (0..shapes.len()).filter(is_box).filter(|at| shapes[*at].text.trim().is_empty());
    let silent = Grid::of(silent.map(|at| (at, shapes[at].area)), unit);
    let entry = |at: usize| {
        let shape = &shapes[at];
        let kind = kind_said(&shape.text)?;
        let (shapes_of, colored) = match shape.sort {
            Sort::Sticky if is_box(&at) => (vec![at], shape),
            Sort::Text => {
                let left = (shape.area.x, shape.area.center().1);
                let found = silent.nearest(left, unit).filter(|it| shapes[*it].page == shape.page)?;
                (vec![at, found], &shapes[found])
            }
            Sort::Sticky | Sort::Frame | Sort::Kind(_) => return None,
        };
        let color = colored.fill.hex();
        Some(Entry { kind, color, page: shape.page, at: shape.area.center(), shapes: shapes_of })
    };
    (0..shapes.len()).filter(|at| is_free(*at)).filter_map(entry).collect()
}

/// The kind whose name, or names, a text is.
fn kind_said(text: &str) -> Option<NoteKind> {
    let text = text.trim().trim_end_matches(':').to_lowercase();
    if !(2..=CHARS_MAX).contains(&text.chars().count()) {
        return None;
    }
    let singular =
        [text.strip_suffix("ies").map(|stem| format!("{stem}y")), text.strip_suffix('s').map(String::from)];
    [Some(text), singular[0].clone(), singular[1].clone()].into_iter().flatten().find_map(|word| {
        let more = || words::KINDS.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
        (word.chars().count() > 1).then(|| word.parse().ok().or_else(more)).flatten()
    })
}
