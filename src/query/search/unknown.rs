//! A qualifier that somebody typed and that there is not: it is looked for as text, which they should know.

use super::{QUALIFIERS, qualifier, split};
use crate::words::Lang;

/// The first thing before a colon that looks like a qualifier and is none, and the qualifier it is most like.
pub fn unknown_qualifier(text: &str, lang: Lang) -> Option<(&str, &'static str)> {
    let name = split(text).find_map(|typed| {
        let (name, value) = typed.text.trim_start_matches('-').split_once(':')?;
        let is_word = !name.is_empty() && name.chars().all(char::is_alphabetic);
        (is_word && !value.starts_with("//") && qualifier(name).is_none()).then_some(name)
    })?;
    let nearest = |words: &[&'static str; 2]| {
        words.iter().map(|word| (distance(name, word), *word != words[lang as usize], *word)).min()
    };
    let (_, _, word) = QUALIFIERS.iter().filter_map(|(_, words)| nearest(words)).min()?;
    Some((name, word))
}

/// How many letters have to be put in, taken out or changed to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut left_above = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = left_above + usize::from(x != y);
            left_above = row[j + 1];
            row[j + 1] = changed.min(left_above + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qualifier_that_there_is_not_is_named_with_the_nearest_there_is() {
        for (typed, lang, found) in [
            ("kidn:event", Lang::En, Some(("kidn", "kind"))),
            ("주문 contxt:x", Lang::En, Some(("contxt", "context"))),
            ("-tags:x", Lang::Ko, Some(("tags", "tag"))),
            ("종루:이벤트", Lang::Ko, Some(("종루", "종류"))),
            ("kind:event https://x 10:30 by:민수", Lang::En, None),
            ("주문 접수", Lang::Ko, None),
        ] {
            assert_eq!(unknown_qualifier(typed, lang), found, "{typed}");
        }
        assert!(unknown_qualifier("foo:bar", Lang::En).is_some_and(|(name, _)| name == "foo"));
    }
}
