//! What opening a board file costs: reading every line, folding them into the wall, and the read side made ready.

use std::fs;
use std::path::Path;

use serde_json::Value;
use squall::session::Wall;
use squall::session::saves::record::Header;

use crate::{Ratio, wall};

const ENTRIES: u64 = 100_000;
const ROUNDS: usize = 7;

/// Opening a wall against parsing the lines of its file into plain values.
pub(crate) fn run() {
    let lines = wall::lines(ENTRIES).into_iter().map(|line| line.text.to_string());
    let text: String =
        std::iter::once(Header::of("bench").line()).chain(lines).map(|line| line + "\n").collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench.storm");
    fs::write(&path, text).expect("there is room for a bench");
    let open = || Wall::read(&path, &mut |_, _| ()).expect("the file is whole");
    let parse = || {
        let text = fs::read_to_string(&path).expect("the file is there");
        let values = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON"));
        values.collect::<Vec<Value>>()
    };
    let name = "opening 100,000 entries / parsing them into JSON values";
    Ratio { name, most: 3.0 }.measure(ROUNDS, open, parse);
}
