//! Narrowing a list by what is typed.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Row;
use crate::model::text::jamo;

/// The rows that fit what was typed, the best first; all of them where nothing was typed.
///
/// Texts are compared by the keys that type them, so that a syllable may be unfinished and the layout the wrong one;
/// consonants alone are compared with the initials.
pub(super) fn narrowed(rows: Vec<Row>, typed: &str) -> Vec<Row> {
    if typed.trim().is_empty() {
        return rows;
    }
    let is_hangul = |c: char| jamo::keys(c).ne([c]);
    let by_initials = typed.chars().all(|c| c.is_whitespace() || jamo::is_consonant(c));
    let spelled = |text: &str| -> String {
        let keys = |c| jamo::keys(c).take(if by_initials && is_hangul(c) { 1 } else { usize::MAX });
        text.chars().flat_map(keys).collect()
    };
    let wanted: String = typed.chars().flat_map(jamo::keys).collect();
    let pattern = Pattern::new(&wanted, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut score = |row: &Row| {
        let texts = [&*row.text, &*row.left, &*row.right].into_iter().chain(row.also.lines());
        let read = texts.filter(|text| !by_initials || text.chars().any(is_hangul));
        read.filter_map(|text| pattern.score(Utf32Str::new(&spelled(text), &mut buffer), &mut matcher)).max()
    };
    let rows = rows.into_iter().filter(|row| !row.is_heading());
    let mut fitting: Vec<(u32, Row)> = rows.filter_map(|row| Some((score(&row)?, row))).collect();
    fitting.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    fitting.into_iter().map(|(_, row)| row).collect()
}
