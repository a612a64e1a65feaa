//! The house stands on its floors: a floor imports lower floors only, of those only the ones named for it here, and
//! only the outer crates named for it here. Neither review nor good will keeps this; reading the sources does.

use std::fs;

use crate::paths::{To, paths};
use crate::source::{Source, root, sources};

/// One floor, and what it may stand on.
struct Floor {
    name: &'static str,
    /// How high it lies; floors of one height are neighbours.
    height: u8,
    floors: &'static str,
    /// Outer crates beside [`EVERYWHERE`]; a name that ends in `_` stands for all that start so.
    crates: &'static str,
}

/// Crates without a clock, a task or a socket that every floor may use.
const EVERYWHERE: &str = "std core alloc serde serde_json thiserror unicode_";

/// The lowest floor that has a clock, files and the network.
const SESSION: u8 = 3;

#[rustfmt::skip]
const FLOORS: [Floor; 15] = [
    floor(0, "words", "", "toml"),
    floor(0, "model", "words", "schemars crc32fast foldhash"),
    floor(1, "command", "words model", ""),
    floor(1, "history", "model", ""),
    floor(1, "query", "words model", "rstar petgraph schemars leiden_rs nucleo_matcher strsim"),
    floor(2, "format", "words model query", "schemars crc32fast similar csv roxmltree flate2 base64 deunicode resvg minijinja serde_saphyr"),
    floor(2, "wire", "model history", "schemars"),
    floor(2, "store", "words model", "tokio fjall"),
    floor(3, "session", "words model command history query format wire store",
        "tokio tokio_tungstenite futures_util rustls rustls_native_certs tokio_rustls webpki sha2 getrandom jiff etcetera toml crc32fast"),
    floor(3, "relay", "model wire store", "tokio tokio_tungstenite futures_util hyper hyper_util http_body_util rustls tokio_rustls webpki rcgen sha2 getrandom tracing"),
    floor(4, "tui", "words model command query format session",
        "ratatui crossterm rustix tokio nucleo_matcher toml crokey"),
    floor(5, "door", "words model session relay tui", "tokio axum russh termina flate2 tracing"),
    floor(6, "cli", "words model command history query format wire store session relay tui door",
        "clap clap_complete clap_mangen anyhow tokio tracing tracing_subscriber toml jiff etcetera crossterm"),
    floor(7, "lib", "", ""),
    floor(7, "main", "words model command history query format wire store session relay tui door cli",
        "anyhow clap tokio"),
];

const fn floor(height: u8, name: &'static str, floors: &'static str, crates: &'static str) -> Floor {
    Floor { name, height, floors, crates }
}

fn find(name: &str) -> Option<&'static Floor> {
    FLOORS.iter().find(|floor| floor.name == name)
}

impl Floor {
    /// Why this floor may not import that one.
    fn refuses_floor(&self, other: &str, in_test: bool) -> Option<String> {
        let Some(to) = find(other) else {
            return Some("no floor: name a thing by the floor it stands on".to_owned());
        };
        let in_test = in_test && to.height < SESSION;
        if self.name == other || in_test || lists(self.floors, other) {
            return None;
        }
        let why = if to.height > self.height { "which lies above it" } else { "which is not named for it" };
        Some(format!("{why}; it may import {}", none_or(self.floors)))
    }

    /// Why this floor may not use that crate.
    fn refuses_crate(&self, name: &str, in_test: bool) -> Option<String> {
        let allowed = in_test || lists(EVERYWHERE, name) || lists(self.crates, name);
        (!allowed)
            .then(|| format!("an outer crate that is not named for it; it may use {}", none_or(self.crates)))
    }
}

fn lists(names: &str, name: &str) -> bool {
    names.split_whitespace().any(|it| name == it || it.ends_with('_') && name.starts_with(it))
}

fn none_or(names: &str) -> &str {
    if names.is_empty() { "none" } else { names }
}

/// Every import that the table does not allow, as `file:line: from -> to, why`.
fn climbs(sources: &[Source], crates: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let Some(floor) = find(source.floor()) else {
            found.push(format!("{}: no floor of this name in the table", source.path));
            continue;
        };
        for named in paths(source) {
            let (to, why) = match &named.to {
                To::House(path) => {
                    let to = path.first().map_or("the crate's root", String::as_str);
                    (to, floor.refuses_floor(to, named.test))
                }
                To::Out(path) if crates.contains(&path[0]) => {
                    (path[0].as_str(), floor.refuses_crate(&path[0], named.test))
                }
                To::Out(_) => continue,
            };
            if let Some(why) = why {
                found.push(format!("{}:{}: {} -> {to}, {why}", source.path, named.line, floor.name));
            }
        }
    }
    found.dedup();
    found
}

/// The crates Cargo.toml names, as sources spell them.
fn outer_crates() -> Vec<String> {
    let text = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml is readable");
    let manifest: toml::Table = text.parse().expect("Cargo.toml is TOML");
    let per_target = manifest["target"].as_table().into_iter().flat_map(|targets| targets.values());
    let tables =
        ["dependencies", "dev-dependencies"].into_iter().filter_map(|name| manifest[name].as_table());
    let tables = tables.chain(per_target.filter_map(|target| target["dependencies"].as_table()));
    tables.flat_map(|table| table.keys().map(|name| name.replace('-', "_"))).collect()
}

#[test]
fn no_import_climbs_a_floor_or_leaves_the_house_where_it_may_not() {
    let found = climbs(&sources(), &outer_crates());
    assert!(
        found.is_empty(),
        "imports against the floors (the table is in tests/it/floors.rs):\n{}",
        found.join("\n")
    );
}

#[test]
fn the_table_only_looks_down() {
    for floor in &FLOORS {
        for name in floor.floors.split_whitespace() {
            let below = find(name).expect("only floors are named");
            let neighbours = floor.name == "model" && name == "words";
            assert!(below.height < floor.height || neighbours, "{} -> {name}", floor.name);
        }
    }
    let sees = |from, to| find(from).is_some_and(|floor| lists(floor.floors, to));
    assert!(
        !sees("command", "query") && !sees("query", "command"),
        "the write and the read side meet in Change"
    );
    assert!(!sees("relay", "history"), "the relay never reads an entry");
}

#[test]
fn the_checker_bites() {
    let crates = ["toml", "tokio", "serde", "unicode_width", "proptest"].map(str::to_owned);
    let check = |path: &str, text: &str, wanted: &[&str]| {
        let found = climbs(&[Source::new(path, text)], &crates);
        let edges: Vec<&str> = found.iter().map(|told| told.split(',').next().unwrap_or(told)).collect();
        assert_eq!(edges, wanted, "{text}");
    };
    let climb: fn(&str) -> String = |edge| format!("src/query/flow.rs:1: query -> {edge}");
    let flow = |text: &str, wanted: &[&str]| {
        let wanted: Vec<String> = wanted.iter().map(|edge| climb(edge)).collect();
        check("src/query/flow.rs", text, &wanted.iter().map(String::as_str).collect::<Vec<_>>());
    };
    flow("use crate::{model::Note, words::{self, Said}}; use super::space; use serde::Serialize;", &[]);
    flow("use crate::command::Command;", &["command"]);
    flow("use crate::{model::{Note, Point}, tui::{view::{self}, State}};", &["tui"]);
    flow("use crate::history;", &["history"]);
    flow("use super::super::session::Wall;", &["session"]);
    flow("use super::{space, super::format::{json}};", &["format"]);
    flow("use squall::store::Journal;", &["store"]);
    flow("pub use crate::Note;", &["Note"]);
    flow("use crate::*;", &["*"]);
    flow("fn f() -> crate::cli::Verb { g::<crate::wire::Frame>() }", &["cli", "wire"]);
    flow("mod deep { fn f() { super::super::space::g(); super::super::super::relay::h() } }", &["relay"]);
    flow("fn f() { toml::from_str(t); ::tokio::spawn(t); unicode_width::w(t) }", &["toml", "tokio"]);
    flow("use toml as t;", &["toml"]);
    flow("extern crate tokio;", &["tokio"]);
    flow("mod toml; fn f() { toml::g() }", &[]);
    flow("// use crate::cli;\n/* crate::tui::x */ const S: &str = \"crate::tui::x\";", &[]);
    flow("#[cfg(test)] mod tests { use crate::command::decide; use proptest::prelude::any; }", &[]);
    flow("#[cfg(test)] mod tests { use crate::session::Wall; }", &["session"]);
    flow("#[cfg(test)] mod tests { } use crate::command::decide;", &["command"]);
    check("src/command/decide.rs", "use crate::query::lint;", &["src/command/decide.rs:1: command -> query"]);
    check("src/relay/room.rs", "\n\nuse crate::history::H;", &["src/relay/room.rs:3: relay -> history"]);
    check("src/lib.rs", "pub mod model; pub use model::Note;", &[]);
    check("src/lib.rs", "pub use crate::model::Note;", &["src/lib.rs:1: lib -> model"]);
    check("src/main.rs", "use squall::cli; fn main() { cli::run() }", &[]);
    check("src/util/mod.rs", "", &["src/util/mod.rs: no floor of this name in the table"]);
}
