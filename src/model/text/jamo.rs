//! Hangul as the keys that type it.
//!
//! On a 두벌식 keyboard the key `j` types `ㅓ`, and an input method hands over whole syllables: `너` was `s` and `j`.
//! Nobody should have to toggle 한/영 to move a selection, so a Hangul character is read back as the keys that typed it;
//! and a syllable that is not finished yet is the beginning of the keys of the one that is meant.

/// Keys of the initial consonants, in the order Unicode numbers them.
const INITIALS: [char; 19] =
    ['r', 'R', 's', 'e', 'E', 'f', 'a', 'q', 'Q', 't', 'T', 'd', 'w', 'W', 'c', 'z', 'x', 'v', 'g'];
/// Keys of the vowels.
const VOWELS: [&str; 21] = [
    "k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m",
    "ml", "l",
];
/// Keys of the final consonants; the first is none.
const FINALS: [&str; 28] = [
    "", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "qt",
    "t", "T", "d", "w", "c", "z", "x", "v", "g",
];
/// Keys of the letters that stand alone, from U+3131 ㄱ to U+3163 ㅣ.
const LETTERS: [&str; 51] = [
    "r", "R", "rt", "s", "sw", "sg", "e", "E", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "Q",
    "qt", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g", "k", "o", "i", "O", "j", "p", "u", "P", "h",
    "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l",
];

const FIRST_LETTER: u32 = 0x3131;
const FIRST_SYLLABLE: u32 = 0xAC00;
const SYLLABLES: u32 = 11_172;

/// The keys that type `c` on a 두벌식 keyboard; `c` itself when it is no Hangul.
pub fn keys(c: char) -> impl Iterator<Item = char> + Clone {
    let code = u32::from(c);
    let letter = code.checked_sub(FIRST_LETTER).and_then(|at| LETTERS.get(at as usize));
    let syllable = code.checked_sub(FIRST_SYLLABLE).filter(|at| *at < SYLLABLES);
    let (initial, parts) = match (letter, syllable) {
        (Some(keys), _) => (None, [*keys, ""]),
        (None, Some(at)) => {
            let (initial, vowel, last) = (at / 588, at % 588 / 28, at % 28);
            (Some(INITIALS[initial as usize]), [VOWELS[vowel as usize], FINALS[last as usize]])
        }
        (None, None) => (Some(c), [""; 2]),
    };
    initial.into_iter().chain(parts.into_iter().flat_map(str::chars))
}

/// Whether a character is a Hangul consonant that stands alone.
pub fn is_consonant(c: char) -> bool {
    ('ㄱ'..='ㅎ').contains(&c)
}

/// The letter a key types on a 두벌식 keyboard, if it types one.
pub fn letter(key: char) -> Option<char> {
    let at = LETTERS.iter().position(|keys| keys.chars().eq([key]))?;
    char::from_u32(FIRST_LETTER + at as u32)
}

/// The syllable of a consonant and a vowel that stand alone, so that the half of a compound which a command key left
/// over (`ㄵ` was `s` and `ㅈ`) still grows into the syllable that was meant.
pub fn compose(consonant: char, vowel: char) -> Option<char> {
    if !('ㄱ'..='ㅎ').contains(&consonant) || !('ㅏ'..='ㅣ').contains(&vowel) {
        return None;
    }
    let initial = INITIALS.iter().position(|key| keys(consonant).eq([*key]))?;
    let vowel = VOWELS.iter().position(|typed| typed.chars().eq(keys(vowel)))?;
    char::from_u32(FIRST_SYLLABLE + initial as u32 * 588 + vowel as u32 * 28)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_is_read_back_as_the_keys_that_typed_it() {
        for (typed, meant) in [
            ("ㅓ", "j"),
            ("너", "sj"),
            ("ㅗㅓㅏㅣ", "hjkl"),
            ("ㅘ", "hk"),
            ("ㄳ", "rt"),
            ("ㄸㄲ", "ER"),
            ("닭", "ekfr"),
            ("뷁", "qnpfr"),
            ("ㅃㅉㄸㄲㅆㅒㅖ", "QWERTOP"),
            ("힣", "glg"),
            ("j!", "j!"),
        ] {
            assert_eq!(typed.chars().flat_map(keys).collect::<String>(), meant, "{typed}");
        }
    }

    #[test]
    fn every_latin_key_of_the_keyboard_has_one_letter() {
        for key in 'a'..='z' {
            assert!(keys(letter(key).unwrap()).eq([key]));
        }
    }

    #[test]
    fn a_left_over_consonant_grows_with_the_next_vowel() {
        assert_eq!(compose('ㅈ', 'ㅜ'), Some('주'));
        assert_eq!(compose('ㄲ', 'ㅘ'), Some('꽈'));
        assert_eq!(compose('ㄳ', 'ㅏ'), None);
        assert_eq!(compose('r', 'ㅏ'), None);
        assert_eq!(compose('ㅈ', 'k'), None);
        assert_eq!(compose('ㅈ', 'ㅈ'), None);
    }
}
