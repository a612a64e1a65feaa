use super::*;
use crate::command::{Area, NewArrow, NewNote};
use crate::model::field::field_by_word;
use crate::model::tests::{self, note};
use crate::model::{Board, Context, EntryId, Frame, Id, Note, NoteKind, Point, Rect, Sentence, Size, Thing};

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn board() -> Board {
    let entry: EntryId = "k3x9v2p4qd.17".parse().unwrap();
    let other: EntryId = "k3zzzzzzzz.2".parse().unwrap();
    let note = |id, text, x| Note { id, ..note(0, NoteKind::DomainEvent, text, x, 4) };
    let mut board = tests::board([
        note(entry.thing(0), "Order placed", 10),
        note(entry.thing(1), "Paid", 40),
        note(other.thing(0), "Paid", 70),
    ]);
    let rect = Rect::new(0, 0, 50, 20);
    let context = Context { id: entry.thing(2), frame: Frame::Context, rect, details: Default::default() };
    board.contexts.insert(context.id, context);
    let requirement = Sentence { id: entry.thing(3), details: Default::default() };
    board.requirements.insert(requirement.id, requirement);
    board
}

const ORDER: &str = "k3x9v2p4qd.17/0";
const PAID: &str = "k3x9v2p4qd.17/1";
const CONTEXT: &str = "k3x9v2p4qd.17/2";

/// Reads a deed in words and in JSON: both must ask for the same.
fn check(words: &[&str], json: &str, expected: impl Into<Request>) {
    let (board, made) = (board(), [vec![id("k3x9v2p4qd.9/4")]]);
    let names = Names { board: &board, made: &made, listed: &[] };
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let expected = expected.into();
    assert_eq!(read_words(&words, &names), Ok(expected.clone()), "{words:?}");
    assert_eq!(read_json(json, &names), Ok(expected), "{json}");
}

fn refuse(words: &[&str], key: &str) {
    let (board, words) = (board(), words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
    let refused = read_words(&words, &Names { board: &board, made: &[], listed: &[] }).unwrap_err();
    assert_eq!(refused.key.0, key, "{words:?}: {refused}");
}

fn refuse_json(json: &str, key: &str) {
    let board = board();
    let refused = read_json(json, &Names { board: &board, made: &[], listed: &[] }).unwrap_err();
    assert_eq!(refused.key.0, key, "{json}: {refused}");
}

fn set(of: Option<&str>, field: &str, value: impl Into<Value>) -> Command {
    Command::Set { of: of.map(id), field: field.to_owned(), value: value.into() }
}

#[test]
fn words_and_json_ask_for_the_same() {
    let placed = NewNote::new(NoteKind::DomainEvent, "Order shipped").at(Point::new(-3, 9));
    let place = |note: NewNote| Command::PlaceNotes { notes: vec![note], arrows: vec![] };
    check(
        &["place", "event", "Order shipped", "at", "-3,9"],
        r#"{"place":{"kind":"domain-event","wording":"Order shipped","at":[-3,9]}}"#,
        place(placed.clone()),
    );
    check(
        &["place", "핫스팟", "왜?", "on", "Order placed", "14x3"],
        r#"{"place":{"kind":"hotspot","wording":"왜?","on":"\"Order placed\"","size":[14,3],"at":null}}"#,
        place(NewNote {
            size: Some(Size::new(14, 3)),
            host: Some(id(ORDER)),
            ..NewNote::new(NoteKind::Hotspot, "왜?")
        }),
    );
    check(
        &["move", "k3x9v2p4qd.17/0", "Order placed", "to", "13,5"],
        r#"{"move":{"id":["k3x9v2p4qd.17/0","Order placed"],"to":[13,5]}}"#,
        Command::Move { things: vec![id(ORDER), id(ORDER)], by: Point::new(3, 1) },
    );
    check(
        &["move", "$1.0", "by", "3,1"],
        r#"{"move":{"id":"$1.0","by":[3,1]}}"#,
        Command::Move { things: vec![id("k3x9v2p4qd.9/4")], by: Point::new(3, 1) },
    );
    check(
        &["reword", "k3x.17/0", "Order accepted"],
        r#"{"reword":{"id":"k3x.17/0","wording":"Order accepted"}}"#,
        Command::Reword { note: id(ORDER), wording: "Order accepted".into() },
    );
    check(
        &["settle", "17/1", "2"],
        r#"{"settle":{"id":"17/1","choice":2}}"#,
        Command::Settle { note: id(PAID), choice: 1 },
    );
    check(
        &["recast", "17/1", "17/0", "정책"],
        r#"{"recast":{"id":["17/1","17/0"],"kind":"policy"}}"#,
        Command::Recast { notes: vec![id(PAID), id(ORDER)], kind: NoteKind::Policy },
    );
    check(
        &["connect", "17/0", "17/1", "pays for", "async"],
        r#"{"connect":{"from":"17/0","to":"17/1","label":"pays for","mode":"async"}}"#,
        Command::Connect(NewArrow {
            from: id(ORDER),
            to: id(PAID),
            details: [("label".into(), "pays for".into()), ("mode".into(), "async".into())].into(),
        }),
    );
    check(
        &["resize", "17/2", "60x30"],
        r#"{"resize":{"id":"17/2","size":[60,30]}}"#,
        Command::ReshapeContext { context: id(CONTEXT), rect: Rect::new(0, 0, 60, 30) },
    );
    check(
        &["resize", "17/0", "30x6"],
        r#"{"resize":{"id":"17/0","size":[30,6]}}"#,
        Command::ResizeNote { note: id(ORDER), size: Size::new(30, 6) },
    );
    check(&["pivotal", "17/0"], r#"{"pivotal":{"id":"17/0"}}"#, set(Some(ORDER), "pivotal", true));
    check(
        &["set-aside", "17/0", "17/1", "범위 밖"],
        r#"{"set-aside":{"id":["17/0","17/1"],"why":"범위 밖"}}"#,
        Command::SetAside { notes: vec![id(ORDER), id(PAID)], reason: Some("범위 밖".into()) },
    );
    check(&["vote", "17/0"], r#"{"vote":{"id":"17/0"}}"#, Command::CastVote { note: id(ORDER), votes: 1 });
    check(
        &["context", "Ordering", "around", "17/0", "17/1"],
        r#"{"context":{"name":"Ordering","around":["17/0","17/1"]}}"#,
        Command::FrameContext {
            frame: Frame::Context,
            area: Area::Around(vec![id(ORDER), id(PAID)]),
            details: [("name".into(), "Ordering".into())].into(),
        },
    );
    check(
        &["subdomain", "Sales", "at", "0,-2", "80x30"],
        r#"{"subdomain":{"name":"Sales","at":[0,-2],"size":[80,30]}}"#,
        Command::FrameContext {
            frame: Frame::Subdomain,
            area: Area::Rect(Rect::new(0, -2, 80, 30)),
            details: [("name".into(), "Sales".into())].into(),
        },
    );
    check(
        &["lane", "Guest", "at", "12"],
        r#"{"lane":{"name":"Guest","at":12}}"#,
        Command::DrawLane { name: "Guest".into(), y: 12 },
    );
    check(
        &["meet", "#1", "17/0"],
        r##"{"meet":{"requirement":"#1","id":["17/0"]}}"##,
        Command::Meet { requirement: id("k3x9v2p4qd.17/3"), notes: vec![id(ORDER)] },
    );
    check(&["undo"], r#""undo""#, Request::Undo);
    check(&["redo"], r#"{"redo":{}}"#, Request::Redo);
}

#[test]
fn a_field_is_called_by_any_of_its_words_and_a_thing_by_any_of_its_names() {
    let cases: [(&str, &str, Value); 4] = [
        ("tags", "a, b", "a, b".into()),
        ("done", "on", "on".into()),
        ("담당", "민수", "민수".into()),
        ("compensates", "Order placed", ORDER.into()),
    ];
    for (field, typed, expected) in cases {
        let name = field_by_word(Thing::Note, field).unwrap().name;
        let json = serde_json::json!({"set": {"id": "17/1", "field": field, "value": typed}});
        check(&["set", "17/1", field, typed], &json.to_string(), set(Some(PAID), name, expected));
    }
    check(
        &["set", "17/3", "met_by", "17/0,17/1"],
        r#"{"set":{"id":"17/3","field":"met_by","value":["17/0","17/1"]}}"#,
        set(Some("k3x9v2p4qd.17/3"), "met_by", serde_json::json!([ORDER, PAID])),
    );
    check(
        &["board", "level", "design"],
        r#"{"board":{"field":"level","value":"design"}}"#,
        set(None, "level", "design"),
    );
}

#[test]
fn what_is_not_understood_is_said() {
    refuse(&[], "do-nothing-said");
    refuse(&["shove", "17/0"], "do-verb-unknown");
    refuse(&["place", "event"], "do-misread");
    refuse(&["place", "blob", "x"], "do-kind-unknown");
    refuse(&["place", "event", "x", "at", "NaN,3"], "do-word-misread");
    refuse(&["place", "event", "x", "at", "99999999999,3"], "do-word-misread");
    refuse(&["place", "event", "x", "beside", "y"], "do-word-misread");
    refuse(&["remove"], "do-misread");
    refuse(&["remove", "Nothing"], "do-nothing-named");
    refuse(&["remove", "Paid"], "do-name-ambiguous");
    refuse(&["remove", "k3"], "do-name-ambiguous");
    refuse(&["remove", "$1.0"], "do-made-unknown");
    refuse(&["settle", "17/0", "0"], "do-choice-from-one");
    refuse(&["set", "17/0", "mood", "fine"], "reject-unknown-field");
    refuse(&["set", "17/0", "compensates", "Nothing"], "do-nothing-named");
    refuse(&["move", "k3x9v2p4qd.99/0", "to", "1,1"], "do-no-place-yet");
    refuse_json("{", "do-json-unreadable");
    refuse_json("[]", "do-json-shape");
    refuse_json(r#"{"place":{},"move":{}}"#, "do-json-shape");
    refuse_json(r#"{"place":3}"#, "do-misread");
    refuse_json(r#"{"place":{"kind":"event"}}"#, "do-field-missing");
    refuse_json(r#"{"place":{"kind":"event","wording":"x","at":[1e300,0]}}"#, "do-field-wrong");
    refuse_json(r#"{"place":{"kind":"event","wording":"x","at":[1]}}"#, "do-field-wrong");
    refuse_json(r#"{"remove":{"id":[]}}"#, "do-field-wrong");
    refuse_json(r#"{"remove":{"id":"17/0","gently":true}}"#, "do-field-unknown");
    refuse_json(&"[".repeat(100_000), "do-json-too-deep");
}

#[test]
fn a_row_of_the_text_form_becomes_notes_and_arrows() {
    let board = board();
    let names = Names { board: &board, made: &[], listed: &[] };
    let Ok(Request::Do(Command::All(commands), remarks)) =
        read_json(r#"{"line":{"text":"@Guest > /Pay > Order placed","after":"Order placed"}}"#, &names)
    else {
        panic!("it is a row")
    };
    let Some(Command::PlaceNotes { notes, arrows }) = commands.first() else { panic!("it places notes") };
    let placed: Vec<_> = notes.iter().map(|note| (note.kind, note.wording.as_str())).collect();
    assert_eq!(placed, [(NoteKind::Actor, "Guest"), (NoteKind::Command, "Pay")]);
    let joined: Vec<_> = arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    assert_eq!(joined, [(Id::made(0), Id::made(1)), (Id::made(1), id(ORDER))]);
    assert_eq!(remarks, []);
}
