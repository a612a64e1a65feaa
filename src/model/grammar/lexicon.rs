//! A list of words, kept as one text so that it reads as a list.

/// Words with blanks between them.
#[derive(Clone, Copy)]
pub(super) struct Lexicon(pub(super) &'static str);

impl Lexicon {
    /// Whether `word` is one of them.
    pub(super) fn has(self, word: &str) -> bool {
        self.0.split_whitespace().any(|known| known == word)
    }

    /// Whether `word` ends in one of them.
    pub(super) fn ends(self, word: &str) -> bool {
        self.0.split_whitespace().any(|known| word.ends_with(known))
    }

    /// Whether `word` ends in one of them and is longer than it.
    pub(super) fn ends_longer(self, word: &str) -> bool {
        self.0.split_whitespace().any(|known| word.len() > known.len() && word.ends_with(known))
    }

    /// Whether `word` begins with one of them.
    pub(super) fn begins(self, word: &str) -> bool {
        self.0.split_whitespace().any(|known| word.starts_with(known))
    }
}
