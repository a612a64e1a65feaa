//! The real program is killed while it writes, again and again: no deed it called saved is missing, and the board
//! always opens.
//!
//! An outside process, this test, gives commands and keeps the list of what was answered. `SQUALL_KILLS` asks for more
//! than the usual 300 kills. Most of them strike when the file has just grown, the others at an answer. A run proves
//! nothing if the kills fall between the writes: it fails where fewer than half of them left a deed behind that had
//! reached the file and not been answered.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;

use serde_json::Value;
use squall::session::saves::look;

use crate::cli::Home;

const KILLS: u64 = 300;
/// Kills after which a new board is begun, so that files stay small.
const KILLS_A_BOARD: u64 = 20;
/// Commands that are given before the first of them is answered.
const AHEAD: u64 = 48;
/// Answers that are waited for at most before a kill.
const ANSWERS_MAX: u64 = 120;

/// One kill in so many strikes at an answer.
const AT_AN_ANSWER: u64 = 4;

/// Has the program do one deed after another, and kills it after so many answers; gives back what it answered.
fn live_and_die(home: &Home, board: &str, cycle: u64) -> Vec<String> {
    // A step that shares no factor with the most: every number of answers comes up.
    let answers = (cycle * 37) % ANSWERS_MAX;
    let path = file_of(home, board);
    let mut command = home.command(&["do", board, "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("it is piped");
    let mut output = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut nth = 0;
    let mut ask = || {
        nth += 1;
        let (x, y) = (nth % 50 * 20, cycle % KILLS_A_BOARD * 8);
        let asked = writeln!(
            input,
            r#"{{"place":{{"kind":"event","wording":"{cycle}번째 삶의 {nth}번째","at":[{x},{y}]}}}}"#
        );
        asked.expect("the program listens as long as it lives");
    };
    (0..AHEAD).for_each(|_| ask());
    let mut answered = Vec::new();
    let mut hear = |line: Option<std::io::Result<String>>| {
        let Some(Ok(line)) = line else { return false };
        // The last answer may be cut off by the kill: then nothing was said.
        if let Ok(answer) = serde_json::from_str::<Value>(&line) {
            let entry = answer["entry"].as_str().unwrap_or_else(|| panic!("no deed was done: {line}"));
            answered.push(entry.to_owned());
        }
        true
    };
    for _ in 0..answers {
        assert!(hear(output.next()), "the program ended by itself");
        ask();
    }
    if !cycle.is_multiple_of(AT_AN_ANSWER) {
        let length = || fs::metadata(&path).expect("the board is there").len();
        let before = length();
        ask();
        while length() == before {
            thread::yield_now();
        }
    }
    child.kill().expect("it lives until it is killed");
    while hear(output.next()) {}
    child.wait().expect("it is dead");
    answered
}

pub(crate) fn file_of(home: &Home, board: &str) -> PathBuf {
    home.path(&format!("saves/{board}.storm"))
}

/// The deeds a board file holds whole, and whether one was cut off in the middle.
pub(crate) fn deeds(path: &Path) -> (BTreeSet<String>, bool) {
    let reading = look(path, &mut |_, _| ()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(reading.aside_count, 0, "a kill damages nothing but the last line");
    (reading.lines.iter().map(|line| line.entry.id.to_string()).collect(), reading.torn > 0)
}

/// Kills the program while it writes to one board after the other: how many kills hit an unfinished deed. Each board is
/// begun, and at its end looked at with the names of all deeds that have to be there.
pub(crate) fn torture(
    home: &Home,
    kills: u64,
    begin: impl Fn(&str),
    end: impl Fn(&str, &BTreeSet<String>),
) -> u64 {
    let (mut hits, mut answered) = (0, BTreeSet::new());
    let mut left_behind = BTreeSet::new();
    for cycle in 0..kills {
        let board = format!("board-{}", cycle / KILLS_A_BOARD);
        let path = file_of(home, &board);
        if cycle % KILLS_A_BOARD == 0 {
            begin(&board);
            (answered, left_behind) = (BTreeSet::new(), deeds(&path).0);
        }
        answered.extend(live_and_die(home, &board, cycle));
        let (kept, is_torn) = deeds(&path);
        let missing: Vec<&String> =
            answered.iter().chain(&left_behind).filter(|id| !kept.contains(*id)).collect();
        assert!(missing.is_empty(), "kill {cycle}: called saved and not there: {missing:?}");
        let unanswered = kept.iter().any(|id| !answered.contains(id) && !left_behind.contains(id));
        hits += u64::from(is_torn || unanswered);
        left_behind.extend(kept);
        if (cycle + 1) % KILLS_A_BOARD == 0 || cycle + 1 == kills {
            end(&board, &left_behind);
        }
    }
    println!("{kills} kills, {hits} of them hit an unfinished deed");
    hits
}

#[test]
fn a_program_killed_while_it_writes_has_kept_every_deed_it_called_saved() {
    let home = Home::new("kill");
    let kills = std::env::var("SQUALL_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let begin = |board: &str| assert_eq!(home.squall(&["new", board], "").code, 0);
    let hits = torture(&home, kills, begin, |_, _| ());
    assert!(hits * 2 >= kills, "only {hits} of {kills} kills hit an unfinished deed");
}
