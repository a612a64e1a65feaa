//! One word that is looked for, and whether a text holds it.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::model::text::jamo;

/// A word that is looked for, whatever the case.
///
/// A Hangul consonant stands for every syllable that begins with it. The last letter may not be finished: its keys are
/// the beginning of the keys of what is meant, so `주무` and `줌` find `주문`. What was quoted is taken as it stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Word {
    letters: Vec<char>,
    /// The keys of the last letter; none where it is Latin or quoted.
    last: Vec<char>,
    quoted: bool,
}

impl Word {
    pub(super) fn new(text: &str, quoted: bool) -> Word {
        let mut folded = Vec::new();
        fold_into(&mut folded, text);
        // Two consonants that an input method has joined are two initials.
        let parted = |c: char| {
            let joined = !quoted && jamo::is_consonant(c) && jamo::keys(c).count() > 1;
            let parts = joined.then(|| jamo::keys(c).filter_map(jamo::letter));
            parts.into_iter().flatten().chain((!joined).then_some(c))
        };
        let letters: Vec<char> = folded.into_iter().flat_map(parted).collect();
        let last = letters.last().filter(|c| !quoted && !jamo::keys(**c).eq([**c]));
        Word { last: last.map(|c| jamo::keys(*c).collect()).unwrap_or_default(), letters, quoted }
    }

    /// Whether it is in a text that was folded.
    pub(super) fn is_in(&self, text: &[char]) -> bool {
        let Some((last, first)) = self.letters.split_last() else { return true };
        (0..text.len()).any(|at| {
            let rest = &text[at..];
            rest.len() > first.len()
                && first.iter().zip(rest).all(|(want, have)| self.is_like(*have, *want))
                && self.ends_in(&rest[first.len()..], *last)
        })
    }

    fn is_like(&self, have: char, want: char) -> bool {
        have == want || !self.quoted && begins_with(have, want)
    }

    /// Whether its last letter is how `text` begins.
    fn ends_in(&self, text: &[char], last: char) -> bool {
        let typed = || {
            let mut keys = text.iter().flat_map(|c| jamo::keys(*c));
            self.last.iter().all(|key| keys.next() == Some(*key))
        };
        text.first() == Some(&last) || !self.last.is_empty() && typed()
    }
}

/// Whether a syllable begins with a consonant.
fn begins_with(have: char, want: char) -> bool {
    jamo::is_consonant(want)
        && ('가'..='힣').contains(&have)
        && jamo::keys(have).next() == jamo::keys(want).next()
}

/// Puts a text into `letters` as it is compared: composed, in lower case.
pub(super) fn fold_into(letters: &mut Vec<char>, text: &str) {
    let lowered = |c: char| {
        let plain = c.is_ascii() || ('가'..='힣').contains(&c);
        let low = (!plain).then(|| c.to_lowercase());
        plain.then_some(c.to_ascii_lowercase()).into_iter().chain(low.into_iter().flatten())
    };
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => letters.extend(text.chars().flat_map(lowered)),
        IsNormalized::No | IsNormalized::Maybe => letters.extend(text.nfc().flat_map(lowered)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, texts: &str) {
        for text in texts.split(' ') {
            let (text, holds) = text.strip_prefix('!').map_or((text, true), |text| (text, false));
            let mut folded = Vec::new();
            fold_into(&mut folded, text);
            assert_eq!(Word::new(word, false).is_in(&folded), holds, "{word} in {text}");
        }
    }

    #[test]
    fn consonants_stand_for_syllables_and_the_last_letter_may_not_be_finished() {
        check("ㅈㅁ", "주문 새주문됨 !주소 !문주");
        check("ㄳ", "고사 가수 !값");
        check("ㄲ", "꽃 !고");
        check("주무", "주문 주무 !주소");
        check("줌", "주문 줌 !주");
        check("고", "과일 고객 !가");
        check("갑", "값 가방 갑 !각");
        check("결ㅈ", "결제 결정 !결국");
        check("주문", "주문 !주무");
        check("Order", "ORDER reorders !ordr");
        check("\u{110c}\u{116e}문", "주문");
        check("", "x");
    }

    #[test]
    fn what_is_quoted_is_taken_as_it_stands() {
        let mut folded = Vec::new();
        fold_into(&mut folded, "주문");
        assert!(Word::new("주문", true).is_in(&folded));
        assert!(!Word::new("주무", true).is_in(&folded));
        assert!(!Word::new("ㅈ", true).is_in(&folded));
    }
}
