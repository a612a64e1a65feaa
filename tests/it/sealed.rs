//! Some things may stand in one place only. Below the session there is no clock, no chance, no task, no file and no
//! socket (`store` alone has files and tasks), and up to the event log nobody speaks a sentence: keys only. A screen
//! colour stands in `tui/theme/`, a key binding in `tui/actions.rs`.

use crate::paths::{To, paths};
use crate::source::{Kind, Source, sources};

/// Floors without a world around them: what they need to know of it is an argument.
const PURE: [&str; 7] = ["words", "model", "command", "history", "query", "format", "wire"];

/// Floors that hold sentences as keys and leave the speaking to those above.
const SILENT: [&str; 5] = ["model", "command", "history", "wire", "store"];

/// What a pure floor never names of the standard library, by its path.
const WORLD: [&str; 15] = [
    "std/fs",
    "std/net/TcpListener",
    "std/net/TcpStream",
    "std/net/ToSocketAddrs",
    "std/net/UdpSocket",
    "std/thread",
    "std/process",
    "std/env",
    "std/io/stdin",
    "std/io/stdout",
    "std/io/stderr",
    "std/time/SystemTime",
    "std/time/Instant",
    "SystemTime/now",
    "Instant/now",
];

/// Where a screen colour may be made, where key presses may be named, and where both only pass through.
const THEME: &str = "src/tui/theme/";
const KEYS: [&str; 3] = ["src/tui/actions.rs", "src/tui/input.rs", "src/tui/backend.rs"];

/// Everything that stands where it may not, as `file:line: what, where it belongs`.
fn strays(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let floor = source.floor();
    for named in paths(source).iter().filter(|named| !named.test) {
        let (To::House(path) | To::Out(path)) = &named.to;
        let path = path.join("/");
        let mut stray =
            |what: &str, why: &str| found.push(format!("{}:{}: {what}, {why}", source.path, named.line));
        let world = WORLD
            .iter()
            .find(|it| path == **it || path.strip_prefix(**it).is_some_and(|p| p.starts_with('/')));
        if let (true, Some(world)) = (PURE.contains(&floor), world) {
            stray(world, "take it as an argument: time, chance and files begin at the session");
        }
        if SILENT.contains(&floor) && path == "words/say" {
            stray("say", "hand a Said up: only floors above speak");
        }
        if path.starts_with("KeyCode/") && !KEYS.contains(&source.path.as_str()) {
            stray("KeyCode", "bind keys in the table of src/tui/actions.rs");
        }
    }
    let mut stray = |at: usize, what: &str, why: &str| {
        let token = &source.tokens[at];
        if !token.test {
            found.push(format!("{}: {what}, {why}", source.at(token)));
        }
    };
    if SILENT.contains(&floor) {
        source
            .find(". speak (")
            .into_iter()
            .for_each(|at| stray(at, "speak", "hand the Said up: only floors above speak"));
    }
    if !source.path.starts_with(THEME) {
        colours(source).into_iter().for_each(|at| stray(at, "a colour", "name it in src/tui/theme"));
    }
    found
}

/// Where a colour is made, not where one is told from another: `Color::Rgb(254, 158, 74)`, `Color::Red`, `"#fe9e4a"`.
fn colours(source: &Source) -> Vec<usize> {
    let tokens = &source.tokens;
    let is = |i: usize, text: &str| tokens.get(i).is_some_and(|token| token.is(text));
    let made = |&at: &usize| {
        let name = tokens.get(at + 2).map_or("", |token| token.text.as_str());
        let number = tokens.get(at + 4).is_some_and(|token| token.kind == Kind::Number);
        let pattern = is(at + 3, "=>") || is(at + 3, "|") || at > 0 && is(at - 1, "|");
        match name {
            "Rgb" | "Indexed" => is(at + 3, "(") && number,
            "Reset" => false,
            _ => name.starts_with(char::is_uppercase) && !pattern,
        }
    };
    let mut found: Vec<usize> = source.find("Color ::").into_iter().filter(made).collect();
    if source.floor() == "tui" {
        let hex = |text: &str| {
            text.strip_prefix('#').is_some_and(|it| it.len() == 6 && i64::from_str_radix(it, 16).is_ok())
        };
        found.extend((0..tokens.len()).filter(|&i| tokens[i].kind == Kind::Text && hex(&tokens[i].text)));
    }
    found
}

#[test]
fn clocks_sentences_colours_and_keys_stand_where_they_belong() {
    let found: Vec<String> = sources().iter().flat_map(strays).collect();
    assert!(found.is_empty(), "in the wrong place:\n{}", found.join("\n"));
}

#[test]
fn the_checker_bites() {
    let check = |path: &str, text: &str, wanted: &[&str]| {
        let found = strays(&Source::new(path, text));
        let told: Vec<&str> =
            found.iter().filter_map(|told| told.split(": ").nth(1)?.split(',').next()).collect();
        assert_eq!(told, wanted, "{text}");
    };
    check("src/query/lint.rs", "fn f() { Instant::now() }", &["Instant/now"]);
    check("src/query/lint.rs", "use std::time::{Duration, SystemTime};", &["std/time/SystemTime"]);
    check(
        "src/format/svg.rs",
        "use std::{fs::File, fmt}; fn f() { std::env::var(a) }",
        &["std/fs", "std/env"],
    );
    check("src/store/memory.rs", "use std::fs;", &[]);
    check("src/session/clock.rs", "use std::time::Instant; fn f() { Instant::now() }", &[]);
    check("src/query/lint.rs", "#[cfg(test)] mod tests { use std::fs; }", &[]);
    check(
        "src/command/decide.rs",
        "use crate::words::{Said, say}; fn f() { said.speak(lang) }",
        &["say", "speak"],
    );
    check(
        "src/tui/view.rs",
        "fn f() { said.speak(lang); Color::Rgb(1, 2, 3); Color::Red }",
        &["a colour", "a colour"],
    );
    check(
        "src/tui/view.rs",
        "fn f() { match c { Color::Rgb(r, g, b) => 1, Color::Red | Color::Blue => 2 } }",
        &[],
    );
    check("src/tui/view.rs", "const INK: &str = \"#1a2B3c\";", &["a colour"]);
    check("src/tui/theme/mod.rs", "const INK: Color = Color::Indexed(7);", &[]);
    check("src/tui/update.rs", "fn f() { KeyCode::Char('q') }", &["KeyCode"]);
    check("src/tui/actions.rs", "fn f() { KeyCode::Char('q') }", &[]);
}
