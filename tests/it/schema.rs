//! What squall writes is what its JSON Schemas say, and they are not so loose that anything would be.

use std::fs;

use jsonschema::Validator;
use serde_json::{Value, json};
use squall::format::json::{schema_board, schema_entry};
use squall::format::{Choices, named, schema_outline};
use squall::history::History;
use squall::model::{Board, Line};
use squall::wire::frame::{ClientFrame, RelayFrame};

use crate::source::root;

fn validator(schema: schemars::Schema) -> Validator {
    let schema = schema.to_value();
    assert!(jsonschema::meta::is_valid(&schema), "a schema of a schema");
    jsonschema::validator_for(&schema).expect("a schema")
}

#[track_caller]
fn check(validator: &Validator, value: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, [""; 0], "{value}");
}

/// Every entry of every board in `saves/`, board by board.
fn samples() -> Vec<Vec<Line>> {
    let files =
        fs::read_dir(root().join("saves")).expect("saves/ is there").map(|file| file.expect("a file").path());
    let boards = files.filter(|path| path.extension().is_some_and(|ending| ending == "storm"));
    boards
        .map(|path| {
            let text = fs::read_to_string(path).expect("a board is readable");
            text.lines().filter_map(|line| Line::read(line).ok()).collect()
        })
        .collect()
}

#[test]
fn every_line_and_every_board_is_as_its_schema_says() {
    let (entry, board) = (validator(schema_entry()), validator(schema_board()));
    let json = named("json").expect("a format");
    let samples = samples();
    assert!(!samples.is_empty());
    for lines in samples {
        for line in &lines {
            check(&entry, &serde_json::from_str(&line.text).expect("a line is JSON"));
        }
        let mut history = History::new("sample");
        history.absorb_all(lines);
        let written = json.text(history.board(), &Choices::default()).expect("JSON is written");
        check(&board, &serde_json::from_str(&written).expect("a board is JSON"));
    }
}

#[test]
fn every_outline_is_as_its_schema_says_and_a_broken_one_is_not() {
    let schema = validator(schema_outline());
    let format = named("outline-json").expect("a format");
    let write = |board: &Board| format.text(board, &Choices::default()).expect("outlines are written");
    for lines in samples() {
        let mut history = History::new("sample");
        history.absorb_all(lines);
        let written = write(history.board());
        assert_eq!(written, write(&history.board().clone()));
        let outline: Value = serde_json::from_str(&written).expect("an outline is JSON");
        check(&schema, &outline);
        assert!(outline["messages"].as_array().is_some_and(|messages| !messages.is_empty()));
        for (place, value) in [
            ("/format", json!("squall-board")),
            ("/title", json!(null)),
            ("/contexts/0/id", json!("ordering")),
            ("/contexts/0/metrics/efferent", json!(-1)),
            ("/messages/0/kind", json!("letter")),
            ("/messages/0/from", json!("ordering")),
            ("/messages/0/evidence", json!([])),
            ("/notes/0/kind", json!("sticky")),
            ("/findings/0/severity", json!("fatal")),
            ("/relations", json!({})),
        ] {
            let mut broken = outline.clone();
            *broken.pointer_mut(place).unwrap_or_else(|| panic!("{place} is there")) = value;
            assert!(!schema.is_valid(&broken), "{place}");
        }
    }
}

#[test]
fn frames_are_as_their_schemas_say() {
    let [client, relay] = squall::wire::schemas().map(validator);
    let person = json!({"id": "p1", "name": "민수", "color": "#fe9e4a"});
    let line = json!({"id": "k3x9v2p4qd.1", "t": 1, "line": "{}"});
    let heads = json!({"k3x9v2p4qd": "1-17,19"});
    let presence =
        json!({"cursor": [1, 2], "typing": "k3x9v2p4qd.1/0", "drag": [["k3x9v2p4qd.1/0", [3, 4]]]});
    let said = [
        json!({"hello": {"v": 1, "token": "t", "person": person, "client": "c"}}),
        json!({"voice": {"author": "k3x9v2p4qd", "from": 1}}),
        json!({"heads_part": heads}),
        json!({"heads": heads}),
        json!({"entries": [line]}),
        json!({"presence": presence}),
        json!({"control": {"bring": [0, 0, 80, 24]}}),
        json!({"control": {"role": {"of": 2, "role": "edit"}}}),
        json!({"control": {"close": {}}}),
        json!({"create": {"board": "b", "tokens": {"view": "0", "edit": "1", "facilitate": "2"}}}),
    ];
    let member = json!({"n": 1, "person": person, "role": "facilitate"});
    let heard = [
        json!({"welcome": {"v": 1, "you": 1, "role": "view", "board": "b", "people": [member]}}),
        json!({"heads": heads}),
        json!({"entries": [line]}),
        json!({"live": {}}),
        json!({"kept": heads}),
        json!({"presence": [{"n": 1, "person": person, "role": "edit"}, {"n": 2, "is": presence}]}),
        json!({"left": 2}),
        json!({"control": {"renewed": {"role": "edit", "token": "t"}}}),
        json!({"refused": {"code": 4429, "ids": ["k3x9v2p4qd.1"], "say": "refused-rate", "retry": 20}}),
    ];
    for frame in &said {
        check(&client, frame);
        let read: ClientFrame = serde_json::from_value(frame.clone()).expect("a frame");
        assert_eq!(serde_json::to_value(read).expect("a frame"), *frame);
    }
    for frame in &heard {
        check(&relay, frame);
        let read: RelayFrame = serde_json::from_value(frame.clone()).expect("a frame");
        assert_eq!(serde_json::to_value(read).expect("a frame"), *frame);
    }
    for wrong in
        [json!({}), json!({"heads": {"a": "1"}}), json!({"live": {}}), json!({"entries": [{"id": "a.1"}]})]
    {
        assert!(!client.is_valid(&wrong), "{wrong}");
        assert!(serde_json::from_value::<ClientFrame>(wrong).is_err());
    }
    let hello = squall::wire::frame::Token("secret".into());
    assert!(!format!("{hello:?}").contains("secret"), "a token shows in no log");
}

#[test]
fn the_schemas_refuse_what_squall_would_not_write() {
    let (entry, board) = (validator(schema_entry()), validator(schema_board()));
    let empty = json!({"format": "squall-board", "version": 1, "id": "", "title": "", "scope": "", "level": null,
        "notes": [], "arrows": [], "contexts": [], "subdomains": [], "lanes": [], "votes": [],
        "requirements": [], "decisions": []});
    check(&board, &empty);
    let with = |list: &str, thing: Value| {
        let mut file = empty.clone();
        file[list] = json!([thing]);
        file
    };
    let note =
        json!({"id": "k3x9v2p4qd.1/0", "kind": "command", "wording": "", "at": [0, 0], "size": [9, 3]});
    check(&board, &with("notes", note.clone()));
    for (field, value) in [
        ("id", json!("a")),
        ("kind", json!("event")),
        ("at", json!([0])),
        ("size", json!([1.5, 2])),
        ("wording", json!(null)),
        ("tags", json!("later")),
        ("sign", json!("*")),
        ("compensates", json!("that one")),
    ] {
        let mut wrong = note.clone();
        wrong[field] = value;
        assert!(!board.is_valid(&with("notes", wrong)), "{field}");
    }
    assert!(!board.is_valid(&json!({})));
    let line =
        json!({"id": "k3x9v2p4qd.1", "t": 1, "at": "", "who": "", "by": "", "do": [], "sum": "00000000"});
    check(&entry, &line);
    let marked =
        json!([{"note_recast": {"note": "k3x9v2p4qd.1/0", "kind": "note"}, "as": [1, "k3x9v2p4qd", 1, 0]}]);
    for (deeds, fine) in [(marked, true), (json!([{"note_folded": {}}]), false), (json!([{}]), false)] {
        let mut line = line.clone();
        line["do"] = deeds;
        assert_eq!(entry.is_valid(&line), fine, "{line}");
    }
}
