//! A list of words, kept as one text so that it reads as a list.

use std::sync::OnceLock;

/// Words with blanks between them.
pub(super) struct Lexicon {
    text: &'static str,
    drawers: OnceLock<Vec<Vec<&'static str>>>,
}

/// A word lies in the drawer of its last byte. Small letters have one each, and so have the last bytes of Hangul.
const DRAWERS: usize = 64;

fn drawer_of(word: &str) -> usize {
    word.bytes().next_back().map_or(0, usize::from) % DRAWERS
}

impl Lexicon {
    pub(super) const fn of(text: &'static str) -> Lexicon {
        Lexicon { text, drawers: OnceLock::new() }
    }

    /// The words that may be `word` or end it.
    fn drawer(&self, word: &str) -> &[&'static str] {
        let fill = || {
            let mut drawers = vec![Vec::new(); DRAWERS];
            self.text.split_whitespace().for_each(|known| drawers[drawer_of(known)].push(known));
            drawers
        };
        &self.drawers.get_or_init(fill)[drawer_of(word)]
    }

    /// Whether `word` is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.drawer(word).contains(&word)
    }

    /// What is left of `word` before each of them that it ends in.
    pub(super) fn stems<'a>(&self, word: &'a str) -> impl Iterator<Item = &'a str> {
        self.drawer(word).iter().filter_map(move |known| word.strip_suffix(known))
    }

    /// Whether `word` ends in one of them.
    pub(super) fn ends(&self, word: &str) -> bool {
        self.stems(word).next().is_some()
    }

    /// Whether `word` ends in one of them and is longer than it.
    pub(super) fn ends_longer(&self, word: &str) -> bool {
        self.stems(word).any(|stem| !stem.is_empty())
    }

    /// Whether `word` begins with one of them.
    pub(super) fn begins(&self, word: &str) -> bool {
        self.text.split_whitespace().any(|known| word.starts_with(known))
    }
}
