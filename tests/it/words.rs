//! Both locales tell the same things, everything that is told is told there, and the Korean reads well whatever is
//! put into it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::source::{Kind, Source, closing, root, sources};

/// The sentences of one file, by key.
type Sentences = BTreeMap<String, String>;

/// Files that know Korean and English as a domain expert does, by the start of their path: they recognise words, they
/// do not speak.
const LEARNED: &[&str] = &[
    "src/model/kind.rs",
    "src/model/grammar",
    "src/query/suggest/words.rs",
    "src/model/field.rs",
    "src/query/search",
    "src/model/text/safe.rs",
    "src/format/text",
    "src/format/table/head.rs",
    "src/format/sketch/words.rs",
    "src/model/text/jamo.rs",
];

/// Files that speak to machines, and to those who run them, by the start of their path: to whatever reads logs and
/// numbers, to a client that asks what makes no sense, and to programs that have a language of their own.
const TECHNICAL: &[&str] = &[
    "src/relay/",
    "src/format/diagram/",
    "src/format/contract/",
    "src/format/drawio/write.rs",
    "src/format/excalidraw/write.rs",
];

/// Particles that only fit some last sounds; no sentence puts one after an argument, nor both in writing.
const PARTICLES: &[&str] = &[
    "을",
    "를",
    "은",
    "는",
    "이",
    "가",
    "과",
    "와",
    "으로",
    "로",
    "이나",
    "나",
    "이랑",
    "랑",
    "이라고",
    "라고",
    "이라는",
    "라는",
    "이에요",
    "예요",
    "아",
    "야",
];
const PAIRS: &[&str] = &[
    "을(를)", "를(을)", "은(는)", "는(은)", "이(가)", "가(이)", "과(와)", "와(과)", "(으)로", "(이)",
    "을/를", "은/는", "이/가", "과/와",
];

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

/// The `{arguments}` of a sentence, those that only choose between `{count|one|many}` among them.
fn arguments(text: &str) -> BTreeSet<&str> {
    let argument = |part: &'_ str| part.split_once('}').map(|(name, _)| name.find('|').unwrap_or(name.len()));
    text.match_indices('{')
        .filter_map(|(at, _)| argument(&text[at + 1..]).map(|len| &text[at + 1..at + 1 + len]))
        .collect()
}

/// What is wrong within one pair of files.
fn unlike(en: &Sentences, ko: &Sentences) -> Vec<String> {
    let mut found = Vec::new();
    for key in en.keys().chain(ko.keys()).collect::<BTreeSet<_>>() {
        let (Some(en), Some(ko)) = (en.get(key), ko.get(key)) else {
            let (has, lacks) =
                if en.contains_key(key) { ("English", "Korean") } else { ("Korean", "English") };
            found.push(format!("{key}: told in {has}, not in {lacks}"));
            continue;
        };
        if arguments(en) != arguments(ko) {
            found.push(format!("{key}: English takes {:?}, Korean takes {:?}", arguments(en), arguments(ko)));
        }
        if !key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            found.push(format!("{key}: a key is kebab-case"));
        }
        if en.chars().any(is_hangul) && !ko.chars().any(is_hangul) {
            found.push(format!("{key}: Korean among the English, English among the Korean"));
        }
        if en == ko && prose(en) {
            found.push(format!("{key}: not translated"));
        }
        found.extend(clumsy(ko).map(|why| format!("{key}: {why}: {ko}")));
    }
    found
}

/// Why a Korean sentence reads badly.
fn clumsy(text: &str) -> Option<String> {
    if let Some(pair) = PAIRS.iter().find(|pair| text.contains(**pair)) {
        return Some(format!("{pair} shows both particles; word it so that none is needed"));
    }
    let after = |(at, _): (usize, &str)| {
        let rest = text[at + 1..].trim_start_matches(['"', '\'', '”', '’', '」', '`', ')']);
        let end = rest.find(|c| !is_hangul(c)).unwrap_or(rest.len());
        PARTICLES.iter().find(|particle| **particle == &rest[..end])
    };
    if let Some(particle) = text.match_indices('}').find_map(after) {
        return Some(format!("{particle} after an argument fits only some last sounds"));
    }
    let formal = text.split(['.', '!', '?', '\n']).any(|sentence| sentence.trim_end().ends_with("니다"));
    formal.then(|| "formal; squall speaks 해요체".to_owned())
}

/// Whether this reads as a sentence or a phrase in English: three words or more with spaces between, one of them small.
fn prose(text: &str) -> bool {
    let bare = text.split(' ').map(|part| part.trim_matches(|c: char| c.is_ascii_punctuation()));
    let is_word = |part: &&str| part.len() > 1 && part.chars().all(|c| c.is_ascii_alphabetic() || c == '\'');
    let words: Vec<&str> = bare.filter(is_word).collect();
    words.len() >= 3 && words.iter().any(|word| word.starts_with(char::is_lowercase))
}

/// Sentences of every file of a language, by the file's name.
fn locale(lang: &str) -> BTreeMap<String, Sentences> {
    let folder = root().join("assets/words").join(lang);
    let files = fs::read_dir(&folder).expect("assets/words has a folder for every language");
    files
        .map(|entry| {
            let path = entry.expect("a folder is readable").path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a locale file is readable");
            let sentences = toml::from_str(&text).unwrap_or_else(|error| panic!("{lang}/{name}: {error}"));
            (name, sentences)
        })
        .collect()
}

/// The calls that say a sentence outright: the key, the arguments given to it, and where.
fn said(source: &Source) -> Vec<(String, Option<BTreeSet<&str>>, String)> {
    let tokens = &source.tokens;
    let mut found = Vec::new();
    let literal = |i: usize| tokens.get(i).filter(|token| token.kind == Kind::Text && !token.test);
    for at in source.find("Said :: new (") {
        let Some(key) = literal(at + 4) else { continue };
        let mut end = closing(tokens, at + 3);
        let mut given = BTreeSet::new();
        while tokens.get(end).is_some_and(|token| token.is("."))
            && tokens
                .get(end + 1)
                .is_some_and(|token| ["with", "with_said", "with_each"].iter().any(|it| token.is(it)))
        {
            given.extend(literal(end + 3).map(|name| name.text.as_str()));
            end = closing(tokens, end + 2);
        }
        found.push((key.text.clone(), Some(given), source.at(key)));
    }
    for at in source.find("Key (") {
        found.extend(literal(at + 2).map(|key| (key.text.clone(), None, source.at(key))));
    }
    // An error tells its key itself; `fn key(&mut self, …)` is somebody typing.
    for at in ["fn key ( self )", "fn key ( & self )"].into_iter().flat_map(|told| source.find(told)) {
        let body = (at..tokens.len()).find(|&i| tokens[i].is("{")).unwrap_or(at);
        let keys = (body..closing(tokens, body)).filter_map(literal);
        found.extend(keys.map(|key| (key.text.clone(), None, source.at(key))));
    }
    for at in source.find("say (") {
        let end = closing(tokens, at + 1);
        let key = (at + 2..end).find_map(literal).filter(|key| !key.text.contains(' '));
        found.extend(key.map(|key| (key.text.clone(), Some(BTreeSet::new()), source.at(key))));
    }
    found
}

/// What the sources say that the locale files do not hold, and say otherwise than they do.
fn unheard(source: &Source, sentences: &Sentences) -> Vec<String> {
    let wrong =
        |(key, given, at): (String, Option<BTreeSet<&str>>, String)| match (sentences.get(&key), given) {
            (None, _) => Some(format!("{at}: {key} is in no locale file")),
            (Some(text), Some(given)) if arguments(text) != given => {
                Some(format!("{at}: {key} takes {:?}, given {given:?}", arguments(text)))
            }
            _ => None,
        };
    said(source).into_iter().filter_map(wrong).collect()
}

/// Every string literal: a key may be named in a table and said elsewhere.
fn literals(source: &Source) -> impl Iterator<Item = &str> {
    source
        .tokens
        .iter()
        .filter(|token| token.kind == Kind::Text && !token.test)
        .map(|token| token.text.as_str())
}

/// What `concat!("verb-", …)` puts before another literal to make a key.
fn prefixes(source: &Source) -> impl Iterator<Item = &str> {
    let starts = source.find("concat ! (").into_iter();
    starts
        .filter_map(|at| source.tokens.get(at + 3))
        .filter(|token| !token.test)
        .map(|token| token.text.as_str())
}

/// Sentences for people in the middle of code.
fn hard_coded(source: &Source) -> Vec<String> {
    if LEARNED.iter().chain(TECHNICAL).any(|start| source.path.starts_with(start)) {
        return Vec::new();
    }
    let tokens = &source.tokens;
    // What a broken invariant, a lint or the `Display` of an error tells is for logs.
    let ours = |i: usize| {
        let before =
            |back: usize, names: &[&str]| i >= back && names.iter().any(|name| tokens[i - back].is(name));
        let macros = ["panic", "unreachable", "assert", "assert_eq", "debug_assert"];
        let logs = ["expect", "reason", "custom", "error"];
        before(2, &logs) || before(2, &["!"]) && (before(3, &macros) || before(5, &["custom"]))
    };
    let stray = |(i, token): (usize, &crate::source::Token)| {
        let told = token.kind == Kind::Text && !token.test && !ours(i);
        (told && (token.text.chars().any(is_hangul) || prose(&token.text)))
            .then(|| format!("{}: {:?} belongs into assets/words", source.at(token), token.text))
    };
    tokens.iter().enumerate().filter_map(stray).collect()
}

fn none(found: &[String], what: &str) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn both_locales_tell_the_same() {
    let (en, ko) = (locale("en"), locale("ko"));
    assert_eq!(
        en.keys().collect::<Vec<_>>(),
        ko.keys().collect::<Vec<_>>(),
        "the same files in both languages"
    );
    let mut found = Vec::new();
    let mut homes = BTreeMap::new();
    for (file, sentences) in &en {
        found.extend(unlike(sentences, &ko[file]).into_iter().map(|wrong| format!("{file}: {wrong}")));
        for key in sentences.keys() {
            found.extend(homes.insert(key, file).map(|other| format!("{file}: {key} stands in {other} too")));
        }
    }
    none(&found, "locale files that differ or read badly");
}

#[test]
fn every_key_that_is_said_is_told_and_every_key_told_is_said() {
    let sources = sources();
    let sentences: Sentences = locale("en").into_values().flatten().collect();
    let mut found: Vec<String> = sources.iter().flat_map(|source| unheard(source, &sentences)).collect();
    let literals: BTreeSet<&str> = sources.iter().flat_map(literals).collect();
    let prefixes: BTreeSet<&str> = sources.iter().flat_map(prefixes).collect();
    let is_named = |key: &str| {
        let built = |prefix: &&str| key.strip_prefix(prefix).is_some_and(|rest| literals.contains(rest));
        literals.contains(key) || prefixes.iter().any(built)
    };
    let unused = sentences.keys().filter(|key| !is_named(key));
    found.extend(unused.map(|key| format!("assets/words: no source names {key}")));
    none(&found, "keys and locale files disagree");
}

#[test]
fn nothing_is_told_in_the_middle_of_code() {
    let found: Vec<String> = sources().iter().flat_map(hard_coded).collect();
    none(&found, "sentences outside the locale files");
}

#[test]
fn the_checkers_bite() {
    let table = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect::<Sentences>()
    };
    let unlike = |en: &str, ko: &str| unlike(&table(&[("a-key", en)]), &table(&[("a-key", ko)])).len();
    assert_eq!(unlike("{name} is gone", "{name}, 지웠어요"), 0);
    assert_eq!(unlike("{n} notes", "스티커 {n}개를 옮겼어요"), 0);
    assert_eq!(unlike("{name} is gone", "지웠어요"), 1, "an argument is lost");
    assert_eq!(unlike("{name} is gone", "{nane} 지웠어요"), 1, "another argument");
    assert_eq!(unlike("{name} is gone", "“{name}”를 지웠어요"), 1, "a particle after an argument");
    assert_eq!(unlike("To {name}", "{name}로 가요"), 1, "a particle after an argument");
    assert_eq!(unlike("gone", "스티커을(를) 지웠어요"), 1, "both particles");
    assert_eq!(unlike("gone", "지웠습니다."), 1, "formal");
    assert_eq!(unlike("All of it is gone", "All of it is gone"), 1, "not translated");
    assert_eq!(self::unlike(&table(&[("a", "b")]), &table(&[("c", "라")])).len(), 2, "each lacks one");

    let known = table(&[("known", "so"), ("with-arg", "so {a}")]);
    let unheard = |code: &str| self::unheard(&Source::new("src/tui/x.rs", code), &known).len();
    assert_eq!(
        unheard(r#"Said::new("known"); Said::new("with-arg").with("a", f(1)); say(lang, "known")"#),
        0
    );
    assert_eq!(unheard(r#"Said::new("unknown")"#), 1);
    assert_eq!(unheard(r#"say(self.lang(), "unknown")"#), 1);
    assert_eq!(unheard(r#"Key("unknown")"#), 1);
    assert_eq!(unheard(r#"fn key(self) -> S { match self { A => "known", B => "unknown" } }"#), 1);
    assert_eq!(unheard(r#"fn key(&mut self, typed: Code) { self.set("") }"#), 0);
    assert_eq!(unheard(r#"Said::new("with-arg")"#), 1, "an argument is not given");
    assert_eq!(unheard(r#"Said::new("known").with("a", 1)"#), 1, "an argument is given in vain");
    assert_eq!(unheard(r#"#[test] fn t() { Said::new("unknown") }"#), 0);

    let hard_coded = |code: &str| self::hard_coded(&Source::new("src/tui/x.rs", code)).len();
    assert_eq!(hard_coded(r#"f("The note is gone")"#), 1);
    assert_eq!(hard_coded(r#"format!("cannot open {name}: try again")"#), 1);
    assert_eq!(hard_coded("f(\"스티커\"); f('가')"), 2);
    assert_eq!(
        hard_coded(r#"f("fn x {} y-z"); g.expect("the map holds every note"); "a b c d"; "Noto Sans Mono""#),
        0
    );
    assert_eq!(
        hard_coded(r#"#[error("no sum at all")] struct E; E::custom(format_args!("no field of {name}"))"#),
        0
    );
    assert_eq!(
        hard_coded(
            r#"#[expect(lint, reason = "the clock lives here")] // 주석: a comment may
        #[cfg(test)] mod t { f("The note is gone") }"#
        ),
        0
    );
}
