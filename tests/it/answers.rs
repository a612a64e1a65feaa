//! Whatever stands on a wall, each way to ask of it gives a true answer: the outline, lint, the story, an outage,
//! proposed contexts, for people and for programs.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Map, Value, json};

use crate::badinput::fools;
use crate::cli::{Answer, Home};
use crate::report::{HOSTILE, shop_of};

/// The words behind the board of each way to ask for lines that people read.
const ALOUD: [&[&str]; 5] = [
    &["lint", "--fail-on", "never"],
    &["tell"],
    &["tell", "--backwards"],
    &["suggest"],
    &["suggest", "--by", "aggregates"],
];
/// The same for objects, one a line.
const LINES: [&[&str]; 3] =
    [&["lint", "--fail-on", "never", "--format", "json"], &["tell", "--json"], &["suggest", "--json"]];
/// The same for one object.
const WHOLE: [&[&str]; 2] =
    [&["export", "--to", "outline-json"], &["lint", "--fail-on", "never", "--format", "sarif"]];

/// What there is to hear of a wall; nothing where it was refused to say anything.
struct Told {
    home: Home,
    aloud: Vec<String>,
    lines: Vec<Vec<Value>>,
    whole: Vec<Value>,
}

/// Asks everything of a wall and looks that each answer keeps to its grammar.
#[track_caller]
fn told(name: &str, wall: &Value) -> Told {
    let home = Home::new(name);
    fs::write(home.path("wall.json"), wall.to_string()).expect("a test may write");
    let import = home.squall(&["import", "wall.json", "-o", "wall"], "");
    assert_eq!(import.code, 0, "{import:?}");
    let mut told = Told { home, aloud: Vec::new(), lines: Vec::new(), whole: Vec::new() };
    told.aloud = ALOUD.map(|words| told.asked_aloud(words)).into();
    told.lines = LINES.map(|words| told.asked_for_lines(words)).into();
    told.whole = WHOLE.map(|words| read(&told.asked(words).out)).into();
    told
}

#[track_caller]
fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

impl Told {
    /// The answer to some words behind the name of the board; what is refused is so by one sentence.
    #[track_caller]
    fn asked(&self, words: &[&str]) -> Answer {
        let args = [&words[..1], &["wall"], &words[1..]].concat();
        let answer = self.home.squall(&args, "");
        assert!(answer.code <= 1 && !answer.err.contains(fools), "{args:?}: {} {}", answer.code, answer.err);
        let is_mute = answer.out.is_empty() && words[0] != "lint";
        assert_eq!(is_mute, answer.code == 1, "{args:?}: {answer:?}");
        answer
    }

    #[track_caller]
    fn asked_aloud(&self, words: &[&str]) -> String {
        let said = self.asked(words).out;
        assert!(!said.contains(fools), "{words:?}: {said:?}");
        said
    }

    #[track_caller]
    fn asked_for_lines(&self, words: &[&str]) -> Vec<Value> {
        let answer = self.asked(words).out;
        assert!(!answer.contains(|c: char| c.is_control() && c != '\n'), "{words:?}");
        answer.lines().map(read).collect()
    }

    /// Takes somebody down, by name.
    #[track_caller]
    fn without(&self, name: &str) -> (String, Vec<Value>) {
        let words = ["what-if", &format!("--down={name}")];
        (self.asked_aloud(&words), self.asked_for_lines(&[&words[..], &["--json"]].concat()))
    }

    fn aloud(&self, words: &[&str]) -> &str {
        &self.aloud[ALOUD.iter().position(|it| *it == words).expect("it was asked")]
    }

    /// The rules that found something, each as often as it did, and the same in all three forms.
    #[track_caller]
    fn rules(&self) -> Vec<String> {
        let text = |value: &Value| value.as_str().expect("it is text").to_owned();
        let found: Vec<String> = self.lines[0].iter().map(|finding| text(&finding["rule"])).collect();
        let results = self.whole[1]["runs"][0]["results"].as_array().expect("a list");
        assert_eq!(results.iter().map(|result| text(&result["ruleId"])).collect::<Vec<_>>(), found);
        assert_eq!(self.aloud[0].lines().count(), 2 * found.len());
        found
    }

    #[track_caller]
    fn found(&self, rule: &str) -> usize {
        self.rules().iter().filter(|id| *id == rule).count()
    }

    fn outline(&self) -> &Value {
        &self.whole[0]
    }

    fn count(&self, list: &str) -> usize {
        self.outline()[list].as_array().expect("a list").len()
    }
}

fn note(id: &str, kind: &str, at: [i32; 2]) -> Value {
    json!({"id": id, "kind": kind, "wording": id, "at": at})
}

fn arrow(from: &str, to: &str) -> Value {
    json!({"id": format!("{from}>{to}"), "from": from, "to": to})
}

fn wall(notes: Vec<Value>, arrows: Vec<Value>, contexts: Vec<Value>) -> Value {
    let mut wall = json!({"format": "squall-board", "version": 1, "level": "design"});
    wall["notes"] = notes.into();
    wall["arrows"] = arrows.into();
    wall["contexts"] = contexts.into();
    wall
}

const RING: usize = 6;
const KINDS: [&str; 7] =
    ["actor", "command", "aggregate", "domain-event", "policy", "read-model", "external-system"];

/// Contexts in a ring: in each a note of every kind, joined both ways with every other there, and with all next door.
fn rings() -> Value {
    let id = |context: usize, kind: &str| format!("{kind} {context}");
    let (mut notes, mut arrows, mut contexts) = (Vec::new(), Vec::new(), Vec::new());
    for here in 0..RING {
        let x = 400 * here as i32;
        contexts
            .push(json!({"id": format!("c{here}"), "name": format!("Part {here}"), "rect": [x, 0, 390, 30]}));
        for (nth, kind) in (0..).zip(KINDS) {
            notes.push(note(&id(here, kind), kind, [x + 2 + 50 * nth, 4]));
            for other in KINDS {
                let next = (here + 1) % RING;
                arrows.extend((kind != other).then(|| arrow(&id(here, kind), &id(here, other))));
                arrows.extend([(here, next), (next, here)].map(|(a, b)| arrow(&id(a, kind), &id(b, other))));
            }
        }
    }
    wall(notes, arrows, contexts)
}

#[test]
fn where_everything_leads_to_everything_each_loop_is_told_and_everything_ends() {
    let told = told("answers-rings", &rings());
    assert_eq!(told.found("P5"), RING, "{:?}", told.rules());
    assert_eq!(told.found("S1"), 1);
    let cycles = told.outline()["metrics"]["sync-cycles"].as_array().expect("a list");
    assert_eq!(
        cycles.iter().map(|ring| ring.as_array().expect("a list").len()).collect::<Vec<_>>(),
        [2 * RING]
    );
    for words in [&["tell"][..], &["tell", "--backwards"]] {
        let story = told.aloud(words);
        assert!((0..RING).all(|nth| story.contains(&format!("“domain-event {nth}”"))), "{story}");
    }
    for down in ["Part 3", "external-system 0"] {
        let (aloud, lines) = told.without(down);
        assert!(aloud.contains(&format!("“{down}”")) || aloud.contains(down), "{aloud}");
        assert!(lines.iter().any(|line| line["fate"] == "dark"), "{lines:?}");
    }
}

/// The shop, with what it lacks of all that can stand on a wall, hostile in every field that holds words.
fn hostile_shop(first: usize, word: &str) -> Value {
    let wordings: Vec<&str> =
        HOSTILE.iter().copied().chain([word, "\u{1b}[2J", "\u{9b}31m", "z\u{200b}\0"]).collect();
    let mut wall = shop_of(&wordings, first);
    // What is no longer than a line takes so much of it.
    let trim = |thing: &mut Map<String, Value>| {
        for (name, value) in thing {
            if let Some(text) = value.as_str().filter(|_| !["wording", "definition"].contains(&name.as_str()))
            {
                *value = text.chars().take(200).collect::<String>().into();
            }
        }
    };
    trim(wall.as_object_mut().expect("a board"));
    wall
}

#[test]
fn hostile_words_in_every_field_are_words_in_every_answer() {
    let long = "주".repeat(3_900);
    for first in [0, 11, 22] {
        let told = told("answers-hostile", &hostile_shop(first, &long));
        let rules = told.rules();
        assert!(["N1", "T2"].iter().any(|rule| rules.contains(&(*rule).to_owned())), "{rules:?}");
    }
}

#[test]
fn ten_thousand_questions_are_counted_in_every_answer() {
    let question = |nth: usize| {
        note(&format!("Why {nth}?"), "hotspot", [30 * (nth % 100) as i32, 8 * (nth / 100) as i32])
    };
    let mut board = wall((0..10_000).map(question).collect(), Vec::new(), Vec::new());
    board["closed"] = true.into();
    let told = told("answers-questions", &board);
    assert_eq!((told.found("H1"), told.found("H2"), told.count("hotspots")), (10_000, 10_000, 10_000));
    assert_eq!((told.aloud(&["tell"]), told.aloud(&["suggest"])), ("", ""));
}

#[test]
fn contexts_of_one_name_and_over_each_other_are_all_there() {
    let rects = [[0, 0, 200, 30], [0, 0, 200, 30], [10, 0, 100, 20], [90, 0, 60, 20]];
    let context =
        |(nth, rect): (usize, [i32; 4])| json!({"id": format!("c{nth}"), "name": "Sales", "rect": rect});
    let notes = vec![
        note("Sell", "command", [12, 4]),
        note("Sold", "domain-event", [95, 4]),
        note("Whenever sold, pack", "policy", [160, 4]),
    ];
    let arrows = vec![arrow("Sell", "Sold"), arrow("Sold", "Whenever sold, pack")];
    let told =
        told("answers-twins", &wall(notes, arrows, rects.into_iter().enumerate().map(context).collect()));
    assert_eq!((told.found("B3"), told.count("contexts")), (3, 4));
    let (aloud, lines) = told.without("Sales");
    assert!(aloud.contains("Sales") && !lines.is_empty(), "{aloud}");
    let names: BTreeSet<&str> = told.lines[2]
        .iter()
        .flat_map(|cut| cut["contexts"].as_array().expect("a list"))
        .filter_map(|it| it["name"].as_str())
        .collect();
    assert!(!names.is_empty());
}

#[test]
fn a_single_note_and_a_wall_without_a_context_are_told_as_they_are() {
    for kind in KINDS.into_iter().chain(["hotspot", "opportunity", "value", "user-interface", "time", "note"])
    {
        let told = told("answers-single", &wall(vec![note("Alone", kind, [0, 0])], Vec::new(), Vec::new()));
        assert_eq!((told.count("notes"), told.count("messages")), (1, 0), "{kind}");
        let is_told = ["command", "domain-event", "policy"].contains(&kind);
        assert_eq!(told.aloud(&["tell"]).contains("“Alone”"), is_told, "{kind}: {}", told.aloud(&["tell"]));
    }
    let told = told("answers-nothing", &wall(Vec::new(), Vec::new(), Vec::new()));
    assert!(told.aloud.iter().all(String::is_empty) && told.lines.iter().all(Vec::is_empty));
    assert_eq!(told.without("anybody"), (String::new(), Vec::new()));
}

#[test]
fn what_hundreds_take_part_in_is_one_sentence_that_ends() {
    const MANY: usize = 100;
    let place = |nth: usize| [30 * (nth % 100) as i32, 100 + 8 * (nth / 100) as i32];
    let mut notes = vec![note("Order", "command", [0, 0]), note("Ordered", "domain-event", [40, 0])];
    let mut arrows = vec![arrow("Order", "Ordered")];
    for nth in 0..MANY {
        for (kind, to) in [("actor", "Order"), ("policy", "Order"), ("read-model", "Order")] {
            let id = format!("{kind} {nth}");
            arrows.push(arrow(&id, to));
            notes.push(note(&id, kind, place(nth)));
        }
        let id = format!("event {nth}");
        arrows.push(arrow("Order", &id));
        notes.push(note(&id, "domain-event", place(nth)));
    }
    let told = told("answers-many", &wall(notes, arrows, Vec::new()));
    let story = told.aloud(&["tell"]);
    assert!(story.lines().all(|line| line.matches('“').count() <= 2 * 13), "{story}");
    assert!(story.contains(&format!("and {} more", MANY - 12)), "{story}");
}
