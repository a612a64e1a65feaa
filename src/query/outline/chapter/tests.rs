//! Walls whose order a person would not doubt.

use serde_json::json;

use super::*;
use crate::model::tests::{board, id, note};
use crate::model::{Arrow, Board, NoteKind, Rect};
use crate::query::Projection;
use crate::query::outline::Outline;

use NoteKind::{Actor, Command, DomainEvent, ExternalSystem, Policy, ReadModel};

/// The chapters, a line each, once these arrows are drawn and these events are pivotal.
fn told(mut wall: Board, pivots: &[u32], arrows: &[(u32, u32)]) -> Vec<String> {
    for pivot in pivots {
        let pivot = wall.notes.get_mut(&id(*pivot)).expect("a note");
        pivot.details.insert("pivotal".into(), json!(true));
    }
    for (n, (from, to)) in (100..).zip(arrows) {
        let arrow = Arrow { id: id(n), from: id(*from), to: id(*to), details: Default::default() };
        wall.arrows.insert(id(n), arrow);
    }
    let outline = Outline::of(&wall, &Projection::of(&wall));
    let line = |chapter: &Chapter| {
        chapter.events.iter().map(|event| outline.wording(*event)).collect::<Vec<_>>().join(" ")
    };
    outline.chapters.iter().map(line).collect()
}

/// Two frames in a row and one below; deliveries stand left of what leads to them.
fn stacked() -> Board {
    board([
        note(0, Command, "주문하기", 2, 2),
        note(1, DomainEvent, "주문됨", 100, 2),
        note(2, DomainEvent, "주문거절됨", 100, 9),
        note(3, Command, "주문 취소하기", 2, 20),
        note(4, DomainEvent, "주문취소됨", 60, 20),
        note(5, Policy, "주문되면 결제한다", 152, 2),
        note(6, Command, "결제하기", 180, 2),
        note(7, DomainEvent, "결제됨", 260, 2),
        note(8, DomainEvent, "결제거절됨", 260, 9),
        note(9, Policy, "거절되면 취소한다", 152, 20),
        note(10, Policy, "결제되면 보낸다", 2, 62),
        note(11, Command, "배송 요청하기", 30, 62),
        note(12, ExternalSystem, "택배사", 60, 62),
        note(13, DomainEvent, "배송시작됨", 100, 62),
        note(14, ExternalSystem, "택배사", 2, 76),
        note(15, DomainEvent, "배송완료됨", 30, 76),
        note(16, DomainEvent, "반품됨", 30, 90),
    ])
    .framed(90, "주문", Rect::new(0, 0, 140, 50))
    .framed(91, "결제", Rect::new(150, 0, 140, 50))
    .framed(92, "배송", Rect::new(0, 60, 140, 50))
}

const CAUSES: [(u32, u32); 16] = [
    (0, 1),
    (0, 2),
    (1, 5),
    (5, 6),
    (6, 7),
    (6, 8),
    (8, 9),
    (9, 3),
    (3, 4),
    (7, 10),
    (10, 11),
    (11, 12),
    (12, 13),
    (14, 15),
    (1, 17),
    (17, 18),
];

#[test]
fn frames_below_each_other_are_read_by_cause_and_then_as_a_page() {
    assert_eq!(
        told(stacked(), &[1, 7, 13], &CAUSES[..14]),
        ["주문됨 주문거절됨", "결제됨 결제거절됨 주문취소됨", "배송시작됨", "배송완료됨 반품됨"]
    );
}

#[test]
fn what_people_look_at_happened_before_they_act() {
    let mut wall = stacked();
    let more = [note(17, ReadModel, "주문 현황", 30, 120), note(18, Actor, "상담원", 60, 120)];
    let asked = [note(19, Command, "전화하기", 80, 120), note(20, DomainEvent, "통화됨", 110, 120)];
    wall.notes.extend(more.into_iter().chain(asked).map(|note| (note.id, note)));
    let wall = wall.framed(93, "상담", Rect::new(0, 118, 140, 12));
    let arrows = [&CAUSES[..], &[(18, 19), (19, 20)]].concat();
    assert_eq!(
        told(wall, &[1, 7, 13], &arrows),
        ["주문됨 주문거절됨", "결제됨 결제거절됨 주문취소됨 통화됨", "배송시작됨", "배송완료됨 반품됨"]
    );
}

#[test]
fn one_row_is_read_by_its_columns_and_a_circle_too() {
    let events = [(0, "가됨", 0), (1, "나됨", 30), (2, "다됨", 60), (3, "라됨", 90)];
    let wall = || board(events.map(|(n, wording, x)| note(n, DomainEvent, wording, x, 0)));
    assert_eq!(told(wall(), &[1], &[]), ["가됨 나됨", "다됨 라됨"]);
    let mut circle = wall();
    let rules = [note(4, Policy, "라되면 나한다", 90, 30), note(5, Policy, "나되면 라한다", 60, 30)];
    circle.notes.extend(rules.map(|note| (note.id, note)));
    let arrows = [(3, 4), (4, 1), (1, 5), (5, 3)];
    assert_eq!(told(circle, &[1], &arrows), ["가됨 나됨", "라됨 다됨"]);
}
