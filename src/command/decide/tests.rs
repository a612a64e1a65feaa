use serde_json::json;

use super::*;
use crate::model::NoteKind::{Actor, Command as Blue, DomainEvent, Hotspot};
use crate::model::limit::{
    ARROWS_MAX, CONTEXTS_MAX, NAME_CHARS_MAX, NOTES_MAX, TITLE_CHARS_MAX, WORDING_CHARS_MAX,
};
use crate::model::tests::{board, id, note};
use crate::model::{Details, Frame, Id, Point, Rect, Size};
use crate::words::Lang;

fn entry() -> EntryId {
    "abcdefghij.7".parse().unwrap()
}

/// An order, its payment with a hotspot stuck on it, an arrow between the two, a context around the payment.
fn wall() -> Board {
    let mut pain = note(2, Hotspot, "누가 환불하나?", 45, 4);
    pain.host = Some(id(1));
    let notes = [note(0, DomainEvent, "주문됨", 0, 0), note(1, DomainEvent, "결제됨", 40, 0), pain];
    let mut board = board(notes).framed(20, "결제", Rect::new(38, -2, 30, 20));
    let arrow = crate::model::Arrow { id: id(10), from: id(0), to: id(1), details: Details::new() };
    board.arrows.insert(arrow.id, arrow);
    board
}

fn happens(command: &Command) -> Vec<String> {
    let changes = decide(&wall(), entry(), command).unwrap();
    assert!(changes.iter().all(Change::is_within_limits));
    changes.iter().map(|change| serde_json::to_string(change).unwrap().replace('"', "")).collect()
}

#[track_caller]
fn check(command: &Command, expected: &[&str]) {
    assert_eq!(happens(command), expected);
}

#[track_caller]
fn refused(command: &Command, key: &str) {
    refused_on(&wall(), command, key);
}

#[track_caller]
fn refused_on(board: &Board, command: &Command, key: &str) {
    let Rejection(said) = decide(board, entry(), command).unwrap_err();
    assert_eq!(said.key.0, key);
    for lang in Lang::ALL {
        let sentence = said.speak(lang);
        assert!(!sentence.contains(['{', '}']) && sentence != key, "{sentence}");
    }
}

fn new(kind: crate::model::NoteKind, wording: &str) -> NewNote {
    NewNote::new(kind, wording)
}

fn place(notes: Vec<NewNote>) -> Command {
    Command::PlaceNotes { notes, arrows: Vec::new() }
}

fn set(of: u32, field: &str, value: serde_json::Value) -> Command {
    Command::Set { of: Some(id(of)), field: field.to_owned(), value }
}

fn framed(area: Area) -> Command {
    let details = Details::from([("name".to_owned(), json!("주문"))]);
    Command::FrameContext { frame: Frame::Context, area, details }
}

#[test]
fn where_the_wall_ends_the_story_goes_on_in_a_row_below() {
    let board = board([note(0, DomainEvent, "주문됨", 0, 0), note(1, DomainEvent, "멀리", 1_000_000, 9)]);
    let notes = vec![new(DomainEvent, "결제됨"), new(DomainEvent, "배송됨")];
    let places: Vec<Point> = decide(&board, entry(), &place(notes))
        .unwrap()
        .iter()
        .filter_map(|change| if let Change::NotePlaced { at, .. } = change { Some(*at) } else { None })
        .collect();
    assert_eq!(places, [Point::new(0, 16), Point::new(24, 16)]);
}

#[test]
fn a_note_without_a_place_goes_right_of_the_last() {
    check(
        &place(vec![new(DomainEvent, " 배송됨\r\n"), new(Actor, "기사")]),
        &[
            "{note_placed:{id:abcdefghij.7/0,kind:domain-event,wording:배송됨,at:[69,0],size:[22,5]}}",
            "{note_placed:{id:abcdefghij.7/1,kind:actor,wording:기사,at:[93,0],size:[14,3]}}",
        ],
    );
    let empty = decide(&Board::default(), entry(), &place(vec![new(DomainEvent, "주문됨")])).unwrap();
    assert!(matches!(empty[..], [Change::NotePlaced { at: Point { x: 0, y: 0 }, .. }]));
}

#[test]
fn a_note_lies_above_what_it_covers_and_hangs_below_its_host() {
    check(
        &place(vec![
            new(Blue, "결제하기").at(Point::new(50, 3)),
            NewNote { host: Some(id(1)), ..new(Hotspot, "늦다") },
        ]),
        &[
            "{note_placed:{id:abcdefghij.7/0,kind:command,wording:결제하기,at:[50,3],size:[22,5],z:1}}",
            "{note_placed:{id:abcdefghij.7/1,kind:hotspot,wording:늦다,at:[40,9],size:[22,5],host:sampleauth.1/1}}",
        ],
    );
}

#[test]
fn a_batch_names_what_it_made_and_sees_what_it_did() {
    let (made, other) = (Id::made(0), Id::made(1));
    let arrows = vec![NewArrow::new(made, id(0)), NewArrow::new(id(1), made)];
    let notes = vec![new(Blue, "주문하기").at(Point::new(0, 10))];
    check(
        &Command::All(vec![
            Command::PlaceNotes { notes, arrows },
            Command::Reword { note: made, wording: "주문 넣기".into() },
            Command::Reword { note: made, wording: "주문 받기".into() },
            Command::Remove { things: vec![other] },
            framed(Area::Around(vec![made])),
        ]),
        &[
            "{note_placed:{id:abcdefghij.7/0,kind:command,wording:주문 받기,at:[0,10],size:[22,5]}}",
            "{notes_connected:{id:abcdefghij.7/1,from:abcdefghij.7/0,to:sampleauth.1/0}}",
            "{notes_connected:{id:abcdefghij.7/2,from:sampleauth.1/1,to:abcdefghij.7/0}}",
            "{thing_removed:{thing:abcdefghij.7/1}}",
            "{context_framed:{id:abcdefghij.7/4,rect:[-2,8,26,9],details:{name:주문}}}",
        ],
    );
    refused(
        &Command::All(vec![
            Command::Remove { things: vec![id(1)] },
            Command::Disconnect { from: id(0), to: id(1) },
        ]),
        "reject-unknown-thing",
    );
    refused(&Command::All(Vec::new()), "reject-nothing-changes");
}

#[test]
fn what_hangs_on_a_note_and_lies_in_a_context_goes_along() {
    let by = Point::new(5, -1);
    let moved =
        ["{note_moved:{note:sampleauth.1/1,to:[45,-1]}}", "{note_moved:{note:sampleauth.1/2,to:[50,3]}}"];
    check(&Command::Move { things: vec![id(1), id(1)], by }, &moved);
    let framed = "{context_reshaped:{context:sampleauth.1/20,rect:[43,-3,30,20]}}";
    check(&Command::Move { things: vec![id(20)], by }, &[moved[0], moved[1], framed]);
    check(
        &Command::ReshapeContext { context: id(20), rect: Rect::new(0, 0, 9, 9) },
        &["{context_reshaped:{context:sampleauth.1/20,rect:[0,0,9,9]}}"],
    );
    let nested = wall().framed(21, "환불", Rect::new(44, 3, 20, 8)).framed(22, "밖", Rect::new(60, 3, 90, 9));
    let changes = decide(&nested, entry(), &Command::Move { things: vec![id(20)], by }).unwrap();
    assert_eq!(changes.len(), 4, "two notes, the context and the one within: {changes:?}");
}

#[test]
fn rewording_replaces_what_is_shown_and_settling_all() {
    let mut board = wall();
    let values = vec![(id(30), "주문 접수됨".to_owned()), (id(0), "주문됨".to_owned())];
    board.notes.get_mut(&id(0)).unwrap().wording.values = values;
    let over = |command| match &decide(&board, entry(), &command).unwrap()[..] {
        [Change::NoteReworded { wording, over, .. }] => (wording.clone(), over.clone()),
        [Change::NoteRemoved { saw, .. }] => (String::new(), saw.clone()),
        other => panic!("{other:?}"),
    };
    let reword = Command::Reword { note: id(0), wording: "주문이 들어옴 ".into() };
    assert_eq!(over(reword), ("주문이 들어옴".to_owned(), vec![id(30)]));
    let settle = |choice| Command::Settle { note: id(0), choice };
    assert_eq!(over(settle(1)), ("주문됨".to_owned(), vec![id(30), id(0)]));
    assert_eq!(over(Command::Remove { things: vec![id(0)] }).1, [id(30), id(0)]);
    let twice = Command::All(vec![settle(1), Command::Reword { note: id(0), wording: "접수".into() }]);
    assert_eq!(over(twice), ("접수".to_owned(), vec![id(30), id(0)]));
    refused_on(&board, &settle(2), "reject-no-alternative");
    refused(&settle(0), "reject-nothing-changes");
}

#[test]
fn a_recast_note_takes_the_size_of_its_kind_and_comes_off_its_host() {
    check(
        &Command::Recast { notes: vec![id(2), id(0)], kind: crate::model::NoteKind::Policy },
        &[
            "{note_recast:{note:sampleauth.1/2,kind:policy}}",
            "{note_resized:{note:sampleauth.1/2,size:[30,5]}}",
            "{note_stuck:{note:sampleauth.1/2}}",
            "{note_recast:{note:sampleauth.1/0,kind:policy}}",
            "{note_resized:{note:sampleauth.1/0,size:[30,5]}}",
        ],
    );
}

#[test]
fn the_other_verbs_do_what_they_say() {
    check(
        &Command::ResizeNote { note: id(0), size: Size::new(9, 3) },
        &["{note_resized:{note:sampleauth.1/0,size:[9,3]}}"],
    );
    check(&Command::Stick { note: id(2), host: None }, &["{note_stuck:{note:sampleauth.1/2}}"]);
    check(
        &Command::Stick { note: id(2), host: Some(id(0)) },
        &["{note_stuck:{note:sampleauth.1/2,host:sampleauth.1/0}}"],
    );
    check(
        &Command::Layer { notes: vec![id(1)], up: true },
        &["{note_layered:{note:sampleauth.1/1,z:1}}", "{note_layered:{note:sampleauth.1/2,z:2}}"],
    );
    check(&Command::Layer { notes: vec![id(0)], up: false }, &["{note_layered:{note:sampleauth.1/0,z:-1}}"]);
    check(
        &Command::SetAside { notes: vec![id(0)], reason: Some("범위 밖".into()) },
        &["{detail_set:{of:sampleauth.1/0,field:aside,value:범위 밖}}"],
    );
    check(&Command::Disconnect { from: id(0), to: id(1) }, &["{thing_removed:{thing:sampleauth.1/10}}"]);
    check(
        &Command::Connect(NewArrow::new(id(1), id(0))),
        &["{notes_connected:{id:abcdefghij.7/0,from:sampleauth.1/1,to:sampleauth.1/0}}"],
    );
    check(
        &Command::DrawLane { name: "결제".into(), y: 7 },
        &["{lane_drawn:{id:abcdefghij.7/0,y:7,details:{name:결제}}}"],
    );
    check(
        &Command::Agree { text: "먼저 결제".into() },
        &["{decision_written:{id:abcdefghij.7/0,details:{text:먼저 결제}}}"],
    );
    check(&Command::CastVote { note: id(0), votes: 2 }, &["{vote_cast:{note:sampleauth.1/0,votes:2}}"]);
    check(
        &Command::All(vec![
            Command::Require { text: "고객이 주문한다".into() },
            Command::Meet { requirement: Id::made(0), notes: vec![id(0), id(1)] },
            Command::Meet { requirement: Id::made(0), notes: vec![id(1)] },
        ]),
        &[
            "{requirement_written:{id:abcdefghij.7/0,details:{text:고객이 주문한다}}}",
            "{detail_set:{of:abcdefghij.7/0,field:met_by,value:[sampleauth.1/0,sampleauth.1/1]}}",
        ],
    );
}

#[test]
fn details_are_brought_into_shape() {
    let value = |command| match decide(&wall(), entry(), &command).unwrap().pop() {
        Some(Change::DetailSet { value, .. }) => value,
        other => panic!("{other:?}"),
    };
    assert_eq!(value(set(0, "tags", json!("later, 나중,later"))), json!(["later", "나중"]));
    assert_eq!(value(set(0, "pivotal", json!("yes"))), json!(true));
    assert_eq!(value(set(0, "alias", json!(" Order\n Placed "))), json!("Order Placed"));
    assert_eq!(value(set(20, "class", json!("핵심"))), json!("core"));
    assert_eq!(value(set(20, "complexity", json!("0.5"))), json!(0.5));
    assert_eq!(value(set(0, "later_version", json!({"a": [1]}))), json!({"a": [1]}));
    assert_eq!(value(set(0, "compensates", json!(id(1)))), json!(id(1)));
    refused(&set(0, "alias", json!(null)), "reject-nothing-changes");
    refused(&set(0, "alias", json!("")), "reject-nothing-changes");
    refused(&set(0, "alias", json!("가".repeat(201))), "reject-text-too-long");
    refused(&set(0, "alias", json!(7)), "reject-field-value");
    refused(&set(20, "class", json!("best")), "reject-field-value");
    refused(&set(20, "complexity", json!(2)), "reject-field-value");
    refused(&set(20, "name", json!(" ")), "reject-empty-name");
    refused(&set(20, "name", json!("가".repeat(TITLE_CHARS_MAX + 1))), "reject-text-too-long");
    refused(&set(0, "owner", json!("가".repeat(NAME_CHARS_MAX + 1))), "reject-text-too-long");
    refused(&set(0, "tags", json!(["가".repeat(NAME_CHARS_MAX + 1)])), "reject-field-value");
    refused(&set(0, "compensates", json!("nothing")), "reject-field-value");
    refused(&set(0, "later_version", json!([[[[[[[[[[[[1]]]]]]]]]]]])), "reject-detail-too-large");
    refused(&set(99, "alias", json!("x")), "reject-unknown-thing");
    assert_eq!(field_named(crate::model::Thing::Note, "담당").unwrap().name, "owner");
    assert_eq!(field_named(crate::model::Thing::Note, "ownr").unwrap_err().0.key.0, "reject-unknown-field");
}

#[test]
fn what_cannot_be_is_refused_with_a_sentence() {
    let long = "가".repeat(WORDING_CHARS_MAX + 1);
    let far = Point::new(crate::model::geometry::REACH + 1, 0);
    let none = id(99);
    refused(&place(vec![new(DomainEvent, " \u{1b}\n ")]), "reject-empty-wording");
    refused(&place(vec![new(DomainEvent, &long)]), "reject-wording-too-long");
    refused(&place(vec![new(DomainEvent, "x").at(far)]), "reject-off-wall");
    refused(
        &place(vec![NewNote { size: Some(Size::new(0, 3)), ..new(DomainEvent, "x") }]),
        "reject-off-wall",
    );
    refused(&place(vec![NewNote { host: Some(none), ..new(Hotspot, "x") }]), "reject-unknown-thing");
    refused(&place(vec![NewNote { host: Some(id(0)), ..new(DomainEvent, "x") }]), "reject-does-not-stick");
    refused(&Command::Reword { note: id(0), wording: " 주문됨 ".into() }, "reject-nothing-changes");
    refused(&Command::Reword { note: id(10), wording: "x".into() }, "reject-wrong-thing");
    refused(&Command::Reword { note: Id::made(3), wording: "x".into() }, "reject-unknown-thing");
    refused(&Command::Move { things: vec![id(0)], by: Point::default() }, "reject-nothing-changes");
    refused(&Command::Move { things: vec![id(0)], by: far }, "reject-off-wall");
    refused(&Command::Move { things: vec![id(10)], by: far }, "reject-cannot-move");
    refused(&Command::Move { things: vec![], by: far }, "reject-nothing-named");
    refused(&Command::Remove { things: vec![none] }, "reject-unknown-thing");
    refused(&Command::Remove { things: vec![] }, "reject-nothing-named");
    refused(&Command::Connect(NewArrow::new(id(0), id(0))), "reject-arrow-to-itself");
    refused(&Command::Connect(NewArrow::new(id(0), id(1))), "reject-arrow-twice");
    refused(&Command::Connect(NewArrow::new(id(0), id(20))), "reject-wrong-thing");
    refused(&Command::Disconnect { from: id(1), to: id(0) }, "reject-no-arrow");
    refused(&Command::Stick { note: id(2), host: Some(id(2)) }, "reject-stuck-on-itself");
    refused(&Command::Stick { note: id(0), host: Some(id(1)) }, "reject-does-not-stick");
    let hotspots = vec![NewNote { host: Some(id(2)), ..new(Hotspot, "또") }];
    let loops = Command::Stick { note: id(2), host: Some(Id::made(0)) };
    refused(&Command::All(vec![place(hotspots), loops]), "reject-stuck-in-a-loop");
    refused(&Command::Layer { notes: vec![none], up: true }, "reject-unknown-thing");
    refused(&Command::SetAside { notes: vec![id(0)], reason: Some(" ".into()) }, "reject-no-reason");
    refused(&Command::SetAside { notes: vec![id(0)], reason: None }, "reject-nothing-changes");
    refused(&Command::CastVote { note: id(0), votes: 101 }, "reject-too-many-votes");
    refused(&Command::CastVote { note: id(0), votes: 0 }, "reject-nothing-changes");
    refused(&framed(Area::Around(Vec::new())), "reject-nothing-named");
    refused(&framed(Area::Around(vec![id(10)])), "reject-wrong-thing");
    refused(&framed(Area::Rect(Rect::new(0, 0, 0, 5))), "reject-off-wall");
    let unnamed = Command::FrameContext {
        frame: Frame::Context,
        area: Area::Around(vec![id(0)]),
        details: Details::new(),
    };
    refused(&unnamed, "reject-empty-name");
    refused(&Command::DrawLane { name: String::new(), y: 0 }, "reject-empty-name");
    refused(&Command::Require { text: long.clone() }, "reject-wording-too-long");
    refused(&Command::Agree { text: " ".into() }, "reject-empty-wording");
    refused(&Command::Meet { requirement: id(0), notes: vec![id(0)] }, "reject-wrong-thing");
    let crowded = (0..=64).map(|n| (format!("later_{n}"), json!(n))).collect();
    refused(&place(vec![NewNote { details: crowded, ..new(DomainEvent, "x") }]), "reject-too-many-details");
}

#[test]
fn a_full_wall_takes_no_more() {
    let notes = u32::try_from(NOTES_MAX).unwrap();
    let full = board((0..notes).map(|n| note(n, DomainEvent, "x", 0, 0)));
    refused_on(&full, &place(vec![new(DomainEvent, "x").at(Point::default())]), "reject-too-many");
    let one = board([note(notes, DomainEvent, "x", 0, 0)]);
    refused_on(&full, &Command::Import(Box::new(one)), "reject-too-many");
    let mut full = board([note(0, DomainEvent, "x", 0, 0), note(1, DomainEvent, "y", 40, 0)]);
    for n in 0..u32::try_from(ARROWS_MAX).unwrap() {
        let arrow = crate::model::Arrow { id: id(n + 10), from: id(0), to: id(1), details: Details::new() };
        full.arrows.insert(arrow.id, arrow);
    }
    refused_on(&full, &Command::Connect(NewArrow::new(id(1), id(0))), "reject-too-many");
    let contexts = u32::try_from(CONTEXTS_MAX).unwrap();
    let full = (0..contexts).fold(wall(), |wall, n| wall.framed(100 + n, "x", Rect::new(0, 0, 9, 9)));
    refused_on(&full, &framed(Area::Around(vec![id(0)])), "reject-too-many");
}

#[test]
fn words_pass_one_door() {
    let tidied = |raw: &str| text::wording(raw).unwrap();
    assert_eq!(tidied("  주문\u{0}됨 \u{7} \r\n\t둘째 줄\t\r\r"), "주문됨\n 둘째 줄");
    assert_eq!(tidied("\u{110c}\u{116e}\u{1106}\u{116e}\u{11ab}"), "주문");
    assert_eq!(tidied("a\u{202e}b"), "a\u{202e}b");
}

#[test]
fn what_a_locked_frame_encloses_stays_as_it_is_until_it_is_unlocked() {
    let mut board = wall();
    board.contexts.get_mut(&id(20)).unwrap().details.insert("locked".into(), true.into());
    let refused = |command: &Command| refused_on(&board, command, "reject-locked");
    let set = |of, field: &str, value| Command::Set { of: Some(of), field: field.into(), value };
    refused(&Command::Reword { note: id(1), wording: "결제 끝남".into() });
    refused(&Command::Move { things: vec![id(1)], by: Point::new(100, 0) });
    refused(&Command::Move { things: vec![id(0)], by: Point::new(45, 0) });
    refused(&Command::Move { things: vec![id(20)], by: Point::new(1, 0) });
    refused(&Command::Remove { things: vec![id(0), id(2)] });
    refused(&place(vec![new(Blue, "결제하기").at(Point::new(42, 8))]));
    refused(&set(id(1), "owner", json!("Bo")));
    refused(&set(id(20), "team", json!("Bo")));
    let happens = |command: &Command| assert!(decide(&board, entry(), command).is_ok(), "{command:?}");
    happens(&Command::Move { things: vec![id(0)], by: Point::new(0, 9) });
    happens(&Command::CastVote { note: id(1), votes: 1 });
    happens(&Command::Disconnect { from: id(0), to: id(1) });
    happens(&set(id(20), "locked", json!(null)));
}
