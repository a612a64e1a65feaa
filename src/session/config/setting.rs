//! The settings: one row of [`SETTINGS`] each, and what a person set them to.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::model::limit::NAME_CHARS_MAX;
use crate::words::{Key, Lang, Said};

/// Something about a line of the file, from 1, that people should know.
pub type Remark = (usize, Said);

/// The version of the settings that this squall knows whole.
pub(super) const VERSION: u64 = 1;

/// One setting: a row here, a line and its comment in the file, a row of the list on the screen.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the file.
    pub key: &'static str,
    /// The sentence about it.
    pub about: Key,
    /// What it is called on the screen; nothing for what nobody changes there.
    pub label: Option<Key>,
    /// What stands in the file as an example.
    pub example: &'static str,
    /// What it may be, as usual first; any name where nothing is listed.
    pub choices: &'static [Choice],
}

/// Something a setting may be: how it stands in the file, and what it is called on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Choice(pub &'static str, pub Key);

macro_rules! settings {
    ($($key:literal, $example:literal, $label:expr, [$($choice:literal)*];)*) => {
        &[$(Setting {
            key: $key,
            about: Key(concat!("config-", $key)),
            label: $label,
            example: $example,
            choices: &[$(Choice($choice, Key(concat!("choice-", $choice)))),*],
        }),*]
    };
}

/// Every setting, in the order of the file and of the list.
pub const SETTINGS: &[Setting] = settings! {
    "person", "p0123456789", None, [];
    "name", "Ana", Some(Key("setting-name")), [];
    "color", "green", Some(Key("setting-color")), ["blue" "green" "gray" "violet" "pink" "orange"];
    "lang", "ko", Some(Key("setting-lang")), ["auto" "en" "ko"];
    "theme", "light", Some(Key("setting-theme")), ["auto" "dark" "light"];
    "depth", "256", Some(Key("setting-depth")), ["auto" "true" "256" "16" "none"];
    "profile", "simple", Some(Key("setting-profile")), ["vim" "simple"];
    "glyphs", "ascii", Some(Key("setting-glyphs")), ["auto" "all" "ascii"];
    "mouse", "off", Some(Key("setting-mouse")), ["on" "off"];
    "wheel", "pan", Some(Key("setting-wheel")), ["zoom" "pan"];
    "snap", "off", Some(Key("setting-snap")), ["on" "off"];
    "sync", "off", Some(Key("setting-sync")), ["auto" "off"];
    "tour", "3", None, [];
};

impl Setting {
    /// The setting of a name.
    pub fn named(key: &str) -> Option<&'static Setting> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// Whether it may be this.
    pub fn allows(&self, value: &str) -> bool {
        match self.choices {
            [] => !value.trim().is_empty() && value.chars().count() <= NAME_CHARS_MAX,
            choices => choices.iter().any(|choice| choice.0 == value),
        }
    }

    /// The choice after this one, round the list.
    pub fn after(&self, value: &str) -> Option<&'static str> {
        let at = self.choices.iter().position(|choice| choice.0 == value).map_or(0, |at| at + 1);
        self.choices.get(at).or(self.choices.first()).map(|choice| choice.0)
    }
}

/// What a person wants of every screen: what is set and may be so, and the tables of their own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    set: BTreeMap<&'static str, String>,
    /// Keys of their own: the name of an action and its keys.
    pub keys: Vec<Own>,
    /// Colours of their own: the name of a colour and what it is.
    pub colors: Vec<Own>,
}

/// A row of a table of one's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Own {
    /// What it is about.
    pub name: String,
    /// What it should be.
    pub values: Vec<String>,
    /// The line of the file it stands in, from 1.
    pub line: usize,
}

impl Settings {
    /// Nothing but these, which may be so.
    pub fn with(set: &[(&'static str, &str)]) -> Settings {
        let set = set.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        Settings { set, ..Settings::default() }
    }

    /// What is set, else what is usual; nothing where a name is not set.
    pub fn get(&self, key: &str) -> &str {
        let usual = || Setting::named(key).and_then(|setting| setting.choices.first());
        self.set.get(key).map(String::as_str).unwrap_or_else(|| usual().map_or("", |choice| choice.0))
    }

    /// The language that is set.
    pub fn lang(&self) -> Option<Lang> {
        self.get("lang").parse().ok()
    }

    /// Sets one setting to what it may be.
    pub(super) fn put(&mut self, setting: &'static Setting, value: &str) {
        self.set.insert(setting.key, value.to_owned());
    }

    /// Passes one setting over, as if it was not set.
    pub(super) fn unset(&mut self, key: &str) {
        self.set.remove(key);
    }

    /// Reads the file's `text`, that was parsed to `table`; says what in it is not as it should be.
    pub(super) fn read(table: &DeTable<'_>, text: &str) -> (Settings, Vec<Remark>) {
        let (mut settings, mut remarks) = (Settings::default(), Vec::new());
        for (key, value) in table {
            let line = line_of(text, key.span().start);
            let key: &str = key.get_ref();
            let wrong = match (key, value.get_ref()) {
                ("version", DeValue::Integer(version)) => version.as_str().parse::<u64>().is_err(),
                ("keys", DeValue::Table(own)) => {
                    settings.keys = owned(own, text, key, &mut remarks);
                    false
                }
                ("colors", DeValue::Table(own)) => {
                    settings.colors = owned(own, text, key, &mut remarks);
                    false
                }
                ("version" | "keys" | "colors", _) => true,
                (key, value) => match (Setting::named(key), value.as_str()) {
                    (None, _) => {
                        remarks.push((line, Said::new("config-unknown").with("key", key)));
                        false
                    }
                    (Some(setting), Some(value)) if setting.allows(value) => {
                        settings.put(setting, value);
                        false
                    }
                    (Some(_), _) => true,
                },
            };
            if wrong {
                remarks.push((line, Said::new("config-wrong").with("key", key)));
            }
        }
        remarks.sort_by_key(|(line, _)| *line);
        (settings, remarks)
    }
}

/// The version that a file says it has.
pub(super) fn version(table: &DeTable<'_>) -> u64 {
    let said = table.get("version").and_then(|value| value.get_ref().as_integer());
    said.and_then(|version| version.as_str().parse().ok()).unwrap_or(VERSION)
}

/// The rows of a table of one's own, in the order they stand in.
fn owned(table: &DeTable<'_>, text: &str, of: &str, remarks: &mut Vec<Remark>) -> Vec<Own> {
    let mut rows = Vec::new();
    for (name, value) in table {
        let line = line_of(text, name.span().start);
        let name: &str = name.get_ref();
        let one = |value: &DeValue<'_>| value.as_str().map(str::to_owned);
        let values = match value.get_ref() {
            DeValue::Array(values) => values.iter().map(|value| one(value.get_ref())).collect(),
            value => one(value).map(|value| vec![value]),
        };
        match values {
            Some(values) => rows.push(Own { name: name.to_owned(), values, line }),
            None => {
                let key = format!("{of}.{name}");
                remarks.push((line, Said::new("config-wrong").with("key", key)));
            }
        }
    }
    rows.sort_by_key(|row| row.line);
    rows
}

/// The line of a byte, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}
