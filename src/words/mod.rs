//! Every sentence people read, in English and Korean.
//!
//! A sentence in flight is a [`Said`]: a key and its arguments, no language. It is spoken at the very top by
//! [`Said::speak`], because one process may serve a Korean and an English viewer at once. The sentences stand in
//! `assets/words/en/` and `assets/words/ko/`, a file for each floor: flat tables of `key = "text with {argument}"`.
//! Korean sentences are worded so that no particle depends on the last sound of an argument. Where a word has a plural,
//! a place names both: `{count} {count|sticky|stickies}`.

mod catalog;
mod lang;

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

pub use lang::Lang;

/// The name of a sentence in the locale files, such as `reject-empty-wording`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub &'static str);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Key {
    /// The sentence in a language, where it takes no argument.
    pub fn say(self, lang: Lang) -> &'static str {
        catalog::text(lang, self)
    }
}

/// A sentence as a value: its key and its arguments, waiting for a language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Which sentence.
    pub key: Key,
    /// What fills its `{places}`.
    pub args: Vec<(&'static str, Arg)>,
}

/// What fills a `{place}` of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Arg {
    /// Words that are the same in every language: a name, a number, a wording.
    Text(String),
    /// Another sentence, spoken in the same language.
    Said(Box<Said>),
    /// A word of each language, in the order of [`Lang::ALL`], as tables hold them.
    Each([String; 2]),
}

impl Said {
    /// A sentence without arguments.
    pub fn new(key: &'static str) -> Self {
        Said { key: Key(key), args: Vec::new() }
    }

    /// The same sentence with `{name}` filled by `value`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, Arg::Text(value.to_string())));
        self
    }

    /// The same sentence with `{name}` filled by another sentence.
    #[must_use]
    pub fn with_said(mut self, name: &'static str, value: Said) -> Self {
        self.args.push((name, Arg::Said(Box::new(value))));
        self
    }

    /// The same sentence with `{name}` filled by a word of each language, in the order of [`Lang::ALL`].
    #[must_use]
    pub fn with_each(mut self, name: &'static str, words: [impl Into<String>; 2]) -> Self {
        self.args.push((name, Arg::Each(words.map(Into::into))));
        self
    }

    /// The sentence in a language.
    pub fn speak(&self, lang: Lang) -> String {
        let (mut text, mut rest) = (String::new(), catalog::text(lang, self.key));
        while let Some((before, place)) = rest.split_once('{') {
            text += before;
            let filled =
                place.split_once('}').and_then(|(name, after)| Some((self.fill(name, lang)?, after)));
            match filled {
                Some((words, after)) => {
                    text += &words;
                    rest = after;
                }
                None => {
                    text.push('{');
                    rest = place;
                }
            }
        }
        text + rest
    }

    /// What fills a place: an argument, or the one of two words that fits its number.
    fn fill(&self, place: &str, lang: Lang) -> Option<String> {
        let (name, forms) = place.split_once('|').map_or((place, None), |(name, forms)| (name, Some(forms)));
        let (_, arg) = self.args.iter().find(|(it, _)| *it == name)?;
        let filled = arg.speak(lang);
        match forms {
            Some(forms) => {
                let (one, many) = forms.split_once('|')?;
                Some(if filled == "1" { one } else { many }.to_owned())
            }
            None => Some(filled),
        }
    }
}

impl Arg {
    fn speak(&self, lang: Lang) -> String {
        match (self, lang) {
            (Arg::Text(text), _) => text.clone(),
            (Arg::Said(said), _) => said.speak(lang),
            (Arg::Each([text, _]), Lang::En) | (Arg::Each([_, text]), Lang::Ko) => text.clone(),
        }
    }
}

/// For other programs: `{"key": …, "args": {name: text}}`, a sentence in a sentence nested, words of each language by name.
impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("key", self.key.0)?;
        map.serialize_entry(
            "args",
            &self.args.iter().map(|(name, arg)| (*name, arg)).collect::<BTreeMap<_, _>>(),
        )?;
        map.end()
    }
}

impl Serialize for Arg {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Arg::Text(text) => serializer.serialize_str(text),
            Arg::Said(said) => said.serialize(serializer),
            Arg::Each(words) => Lang::ALL
                .iter()
                .map(|lang| lang.code())
                .zip(words)
                .collect::<BTreeMap<_, _>>()
                .serialize(serializer),
        }
    }
}

/// For logs and tests: the key and its arguments.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key.0)?;
        for (name, value) in &self.args {
            match value {
                Arg::Text(text) => write!(f, " {name}={text:?}")?,
                Arg::Said(said) => write!(f, " {name}=({said})")?,
                Arg::Each([en, _]) => write!(f, " {name}={en:?}")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Said {}

/// The sentence of `key` in `lang`, for words that take no argument.
pub fn say(lang: Lang, key: &'static str) -> &'static str {
    catalog::text(lang, Key(key))
}

/// The sentence of a key that is not known when squall is built, such as one in a table of another crate's making.
pub fn find(lang: Lang, key: &str) -> Option<&'static str> {
    catalog::find(lang, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_follows_the_number_it_counts() {
        let told = |notes, votes, lang| {
            Said::new("side-person").with("notes", notes).with("votes", votes).speak(lang)
        };
        assert_eq!(told(1, 0, Lang::En), "1 sticky · 0 votes");
        assert_eq!(told(21, 1, Lang::En), "21 stickies · 1 vote");
        assert_eq!(told(1, 1, Lang::Ko), "스티커 1장 · 1표");
    }

    #[test]
    fn what_fills_a_place_is_never_read_as_a_place() {
        let said = Said::new("told-reworded").with("old", "{text}").with("text", "{old} {");
        assert_eq!(said.speak(Lang::En), "reworded “{text}” to “{old} {”");
    }
}
