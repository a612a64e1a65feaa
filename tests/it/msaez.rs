use std::collections::BTreeMap;

use squall::format::{self, Reading};
use squall::model::{Board, EntryId, NoteKind, Point};
use squall::query::Projection;
use squall::words::Lang;

fn read(text: &str) -> Reading {
    let entry: EntryId = "msaez00000.1".parse().expect("an id");
    let mut made = 0;
    let mut mint = || {
        made += 1;
        entry.thing(made - 1)
    };
    let format = format::guessed(text, "board.json").expect("it looks like a known format");
    format.read(text, &mut mint).expect("it is one")
}

fn kinds(board: &Board) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for note in board.notes.values() {
        *kinds.entry(note.kind.id()).or_insert(0) += 1;
    }
    kinds
}

fn assert_nothing_overlaps(board: &Board) {
    let rects: Vec<_> = board.notes.values().map(|note| note.rect()).collect();
    for (at, one) in rects.iter().enumerate() {
        assert!(!rects[..at].iter().any(|other| one.overlaps(*other)), "{one:?} overlaps");
    }
}

fn element(class: &str, name: &str, shown: &str, (x, y): (i32, i32), extra: &str) -> String {
    format!(
        r#""{name}":{{"_type":"org.uengine.modeling.model.{class}","name":"{name}","displayName":"{shown}",
        "elementView":{{"x":{x},"y":{y},"width":100,"height":116}},"boundedContext":{{"id":"Lending"}}{extra}}}"#
    )
}

fn lending() -> String {
    let of_loan = r#","aggregate":{"id":"Loan"}"#;
    let elements = [
        element(
            "BoundedContext",
            "Lending",
            "대출",
            (300, 300),
            r#","description":"[{\"text\":\"책을 빌린다\"}]""#,
        ),
        element("Aggregate", "Loan", "", (300, 250), of_loan),
        element("Command", "Lend", "대출하기", (200, 250), of_loan),
        element("Event", "Lent", "대출됨", (400, 250), of_loan),
        element("Actor", "Member", "", (100, 250), ""),
        element("Policy", "A", "가", (100, 400), ""),
        element("Policy", "B", "나", (100, 400), ""),
        element("UI", "Screen", "화면", (100, 500), ""),
        r#""gone":null"#.into(),
        r#""odd":{"name":3}"#.into(),
    ];
    let relations =
        r#""r1":{"from":"Lend","to":"Lent","name":" "},"r2":{"from":"Lent","to":"nowhere"},"r3":null"#;
    format!(r#"{{"elements":{{{}}},"relations":{{{relations}}}}}"#, elements.join(","))
}

#[test]
fn what_can_be_carried_is_and_the_rest_is_listed() {
    let Reading { board, remarks, .. } = read(&lending());
    let wordings: Vec<_> =
        board.notes.values().map(|note| (note.kind.id(), note.text(), note.alias())).collect();
    assert_eq!(
        wordings,
        [
            ("policy", "가", "A"),
            ("policy", "나", "B"),
            ("command", "대출하기", "Lend"),
            ("domain-event", "대출됨", "Lent"),
            ("aggregate", "Loan", ""),
            ("actor", "Member", ""),
        ]
    );
    let context = board.contexts.values().next().expect("a context");
    assert_eq!((context.name(), context.details["definition"].as_str()), ("대출", Some("책을 빌린다")));
    assert!(board.notes.values().all(|note| context.rect.encloses(note.rect().grown(2))));
    assert_eq!(board.arrows.len(), 3, "the one drawn, command to aggregate, aggregate to event");
    assert_nothing_overlaps(&board);
    let said: Vec<String> = remarks.iter().map(|remark| remark.said.speak(Lang::En)).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said.contains(&"Not carried: UI 화면".to_owned()), "{said:?}");
    assert_eq!(
        read(&lending()),
        Reading { board, remarks, unclear: Vec::new() },
        "the same file gives the same board"
    );
}

/// A bike service as the tool lays one out: in each context an aggregate with three commands left of it and three events
/// right of it, a view below the commands, an actor left of each, and policies that share a place.
const BIKES: &str = include_str!("../validate/bikes.msaez.json");

#[test]
fn every_actor_finds_what_it_decides_or_looks_at_in_its_own_context() {
    let Reading { board, remarks, .. } = read(BIKES);
    assert_eq!(remarks, []);
    let expected = [
        ("actor", 8),
        ("aggregate", 2),
        ("command", 6),
        ("domain-event", 6),
        ("policy", 3),
        ("read-model", 2),
    ];
    assert_eq!(kinds(&board), BTreeMap::from(expected));
    assert_nothing_overlaps(&board);
    for note in board.notes.values() {
        assert!(board.context_at(note.rect().center()).is_some(), "{} lies in no context", note.text());
    }
    let frames: Vec<_> = board.contexts.values().map(|context| context.rect).collect();
    assert!(!frames[0].overlaps(frames[1]));

    let flow = Projection::of(&board).flow;
    let kind = |id| board.notes[&id].kind;
    let home = |id| board.frame_of(&board.notes[&id]);
    let joined =
        |from, to| flow.edges().filter(|edge| kind(edge.from) == from && kind(edge.to) == to).count();
    assert_eq!(joined(NoteKind::Actor, NoteKind::Command), 6);
    assert_eq!(joined(NoteKind::ReadModel, NoteKind::Actor), 2);
    assert_eq!(joined(NoteKind::Command, NoteKind::Aggregate), 6);
    assert_eq!(joined(NoteKind::Aggregate, NoteKind::DomainEvent), 6);
    let actors = board.notes.values().filter(|note| note.kind == NoteKind::Actor);
    for actor in actors {
        let steps: Vec<_> = flow.from(actor.id).chain(flow.to(actor.id)).collect();
        assert_eq!(steps.len(), 1, "an actor has one step");
        assert_eq!(home(steps[0].from), home(steps[0].to));
    }

    let place =
        |text: &str| board.notes.values().find(|note| note.text() == text).map(|note| note.rect().center());
    let place = |text| place(text).unwrap_or(Point::new(0, 0));
    assert!(place("들이기").x < place("자전거").x && place("자전거").x < place("입고 완료").x);
    assert!(place("들이기").y < place("고치기").y);
    assert!(place("입고 완료").x < place("빌리기").x);
}
