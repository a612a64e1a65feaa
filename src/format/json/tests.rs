use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::format::{Choices, Reading, named};
use crate::model::tests::{board, boards, id, note};
use crate::model::{Author, Board, EntryId, Id, NoteKind, Point, Rect, Wording};
use crate::words::{Lang, Said};

fn mint() -> impl FnMut() -> Id {
    let entry = EntryId { author: Author::from_random(5), counter: 1 };
    let mut next = 0;
    move || {
        next += 1;
        entry.thing(next - 1)
    }
}

fn export(board: &Board) -> String {
    write(board, &Choices::default())
}

fn import(text: &str) -> Result<Reading, Said> {
    named("json").unwrap().read(text, &mut mint())
}

proptest! {
    #[test]
    fn what_is_written_is_read_and_written_again_byte_by_byte(board in boards()) {
        let text = export(&board);
        let reading = import(&text).unwrap();
        prop_assert_eq!(&reading.remarks, &[]);
        prop_assert_eq!(export(&reading.board), text);
        let mut plain = board;
        plain.details.retain(|name, value| !["title", "scope"].contains(&name.as_str()) || *value != "");
        for note in plain.notes.values_mut() {
            let texts = note.wording.alternatives().into_iter().map(|text| (note.id, text.to_owned()));
            note.wording = Wording { values: texts.collect() };
        }
        prop_assert_eq!(reading.board, plain);
    }

    #[test]
    fn whatever_stands_in_a_file_nothing_breaks(text in "\\PC{0,60}", cut in 0..2_000_usize, board in boards()) {
        let whole = export(&board);
        let at = (0..=cut.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        for file in [text.as_str(), &whole[..at], &format!("{}{text}{}", &whole[..at], &whole[at..])] {
            drop(import(file));
        }
    }
}

#[test]
fn one_thing_stands_on_one_line() {
    let mut order = note(0, NoteKind::DomainEvent, "주문됨", 0, 4);
    order.details.insert("pivotal".into(), json!(true));
    order.details.insert("kind".into(), json!("taken"));
    order.wording.values.push((id(9), "주문 접수됨".into()));
    let mut board = board([order]).framed(3, "주문", Rect::new(-2, 2, 26, 9));
    board.id = "k3x9".into();
    board.details.insert("title".into(), json!("가게"));
    assert_eq!(
        export(&board),
        r#"{
  "format": "squall-board",
  "version": 1,
  "id": "k3x9",
  "title": "가게",
  "scope": "",
  "level": null,
  "notes": [
    {"id": "sampleauth.1/0", "kind": "domain-event", "wording": "주문됨", "alternatives": ["주문 접수됨"], "at": [0, 4], "size": [22, 5], "details": {"kind": "taken"}, "pivotal": true}
  ],
  "arrows": [],
  "contexts": [
    {"id": "sampleauth.1/3", "name": "주문", "rect": [-2, 2, 26, 9]}
  ],
  "subdomains": [],
  "lanes": [],
  "votes": [],
  "requirements": [],
  "decisions": []
}
"#
    );
    assert_eq!(export(&import(&export(&board)).unwrap().board), export(&board));
}

#[test]
fn what_cannot_be_seen_is_written_as_its_number() {
    let text = "\u{202e}가\u{200b}\u{feff}\u{e0041}";
    let board = board([note(0, NoteKind::DomainEvent, text, 0, 0)]);
    let file = export(&board);
    assert!(file.contains(r#""\u202e가\u200b\ufeff\udb40\udc41""#), "{file}");
    assert_eq!(import(&file).unwrap().board.notes[&id(0)].text(), text);
}

#[test]
fn a_file_written_by_hand_needs_no_ids_and_no_places() {
    let text = r#"{"notes": [
        {"id": "a", "kind": "이벤트", "wording": "주문됨"},
        {"id": "b", "kind": "command", "wording": "주문하기", "at": [3.4, -2]},
        {"kind": "hotspot", "wording": 7, "host": "a"}],
        "arrows": [{"from": "b", "to": "a"}],
        "requirements": [{"text": "고객이 주문한다", "met_by": ["a"]}]}"#;
    let Reading { board, remarks, .. } = import(text).unwrap();
    let notes: Vec<_> = board.notes.values().map(|note| (note.text(), note.at, note.host)).collect();
    let a = *board.notes.keys().next().unwrap();
    assert_eq!(
        notes,
        [
            ("주문됨", Point::new(27, 0), None),
            ("주문하기", Point::new(3, -2), None),
            ("7", Point::new(51, 0), Some(a))
        ]
    );
    assert_eq!(board.arrows.len(), 1);
    assert_eq!(board.requirements.values().next().unwrap().met_by().collect::<Vec<_>>(), [a]);
    let keys: Vec<&str> = remarks.iter().map(|remark| remark.said.key.0).collect();
    let [new, rounded, lost] = ["remark-id-new", "remark-rounded", "remark-no-place"];
    assert_eq!(keys, [new, new, rounded, lost, lost]);
}

/// Each file, and what is remarked of it or why it is refused.
#[test]
fn what_does_not_fit_is_told() {
    let a = r#"{"id":"a","kind":"event","wording":"A","at":[0,0]}"#;
    let b = r#"{"id":"b","kind":"event","wording":"B","at":[0,9]}"#;
    let note =
        |more: &str| format!(r#"{{"notes":[{{"id":"a","kind":"event","wording":"A","at":[0,0]{more}}}]}}"#);
    let with = |more: &str| format!(r#"{{"notes":[{a},{b}],{more}}}"#);
    let table: &[(String, &str)] = &[
        (String::new(), "import-json-unreadable"),
        ("[".repeat(100_000), "import-too-deep"),
        (r#"{"notes":[NaN]}"#.into(), "import-json-unreadable"),
        ("[]".into(), "import-json-no-board"),
        ("{}".into(), "import-json-no-board"),
        (r#"{"format":"other","notes":[]}"#.into(), "import-json-other-format"),
        (format!(r#"{{"notes":[],"lanes":[{}0]}}"#, "0,".repeat(2_000)), "import-too-many"),
        (r#"{"notes":{}}"#.into(), "remark-no-list"),
        (r#"{"notes":[null]}"#.into(), "remark-no-object"),
        (r#"{"version":2,"notes":[]}"#.into(), "remark-newer-file"),
        (format!(r#"{{"notes":[{a},{a}]}}"#), "remark-id-twice"),
        (r#"{"notes":[{"kind":"E","at":[1e300,0]}]}"#.into(), "remark-place-off-wall"),
        (r#"{"notes":[{"kind":"E","at":[0,1000001]}]}"#.into(), "remark-place-off-wall"),
        (r#"{"notes":[{"kind":"E","at":"0,0"}]}"#.into(), "remark-no-place"),
        (r#"{"notes":[{"kind":"E","at":[0.5,0]}]}"#.into(), "remark-rounded"),
        (r#"{"notes":[{"kind":null,"at":[0,0]}]}"#.into(), "remark-no-kind"),
        (note(r#","size":[0,5]"#), "remark-no-size"),
        (note(&format!(r#","alternatives":["{}"]"#, "가".repeat(4_001))), "remark-text-cut"),
        (note(r#","host":"a""#), "remark-no-host"),
        (note(r#","host":"nobody""#), "remark-no-host"),
        (note(r#","pivotal":"very""#), "remark-no-detail"),
        (note(&format!(r#","later":{}{}"#, "[".repeat(20), "]".repeat(20))), "remark-no-detail"),
        (with(r#""arrows":[{"from":"a","to":"c"}]"#), "import-arrow-to-nothing"),
        (with(r#""arrows":[{"from":"a","to":"a"}]"#), "remark-arrow-to-itself"),
        (with(r#""arrows":[{"from":"a","to":"b"},{"from":"a","to":"b"}]"#), "remark-arrow-twice"),
        (with(r#""contexts":[{"name":"x","rect":[0,0,-1,5]}]"#), "remark-no-rect"),
        (with(r#""lanes":[{"name":"x"}]"#), "remark-no-row"),
        (with(r#""votes":[{"note":"a","who":"p","votes":-1}]"#), "remark-no-vote"),
    ];
    for (text, key) in table {
        let shown = &text[..text.len().min(80)];
        let said = match import(text) {
            Err(said) => said,
            Ok(Reading { mut remarks, .. }) => {
                remarks.retain(|remark| remark.said.key.0 != "remark-id-new");
                assert_eq!(remarks.len(), 1, "{shown}: {remarks:?}");
                remarks[0].said.clone()
            }
        };
        assert_eq!(said.key.0, *key, "{shown}");
        for lang in Lang::ALL {
            assert!(!said.speak(lang).contains(['{', '}']), "{}", said.speak(lang));
        }
    }
}

#[test]
fn notes_stuck_on_each_other_are_taken_apart_once() {
    let text = r#"{"notes":[
        {"id":"a","kind":"hotspot","wording":"A","at":[0,0],"host":"b"},
        {"id":"b","kind":"hotspot","wording":"B","at":[0,9],"host":"a"}]}"#;
    let Reading { board, remarks, .. } = import(text).unwrap();
    assert_eq!((remarks.len(), board.loops()), (3, vec![]), "two ids, one loop");
    assert_eq!(board.notes.values().filter(|note| note.host.is_some()).count(), 1);
}

#[test]
fn frames_within_each_other_are_both_there() {
    let text = r#"{"notes":[],"contexts":[{"name":"A","rect":[0,0,9,9]},{"name":"B","rect":[0,0,9,9]}]}"#;
    let Reading { board, remarks, .. } = import(text).unwrap();
    assert_eq!((board.contexts.len(), remarks.len()), (2, 0));
}
