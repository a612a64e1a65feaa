use proptest::prelude::*;

use super::*;
use crate::model::NoteKind::{
    self, Actor, Aggregate, Command, DomainEvent, ExternalSystem, Policy, ReadModel, Time,
};
use crate::model::tests::{board, boards, id, note};
use crate::model::text::SafeText;
use crate::model::{Arrow, Board, Details};
use crate::query::outline::Outline;
use crate::query::{Flow, Projection};

/// Notes far from each other, joined by arrows only.
fn wall(notes: &[(NoteKind, &str)], arrows: &[(u32, u32)]) -> Board {
    let placed = (0..)
        .zip(notes)
        .map(|(n, (kind, text))| note(n, *kind, text, i32::try_from(n).unwrap_or(0) * 200, 0));
    let mut board = board(placed);
    for (n, (from, to)) in (100..).zip(arrows) {
        let arrow = Arrow { id: id(n), from: id(*from), to: id(*to), details: Details::new() };
        board.arrows.insert(arrow.id, arrow);
    }
    board
}

fn read(board: &Board, way: fn(&Board, &Flow, &Outline) -> Vec<Telling>) -> Vec<Telling> {
    way(board, &Flow::of(board), &Outline::of(board, &Projection::of(board)))
}

fn told(board: &Board, way: fn(&Board, &Flow, &Outline) -> Vec<Telling>, lang: Lang) -> Vec<String> {
    read(board, way).iter().map(|step| step.speak(lang)).collect()
}

fn shop() -> Board {
    let mut wall = wall(
        &[
            (DomainEvent, "결제됨"),
            (Actor, "손님"),
            (Command, "주문하기"),
            (Aggregate, "주문"),
            (DomainEvent, "주문됨"),
            (Policy, "주문되면 결제를 요청한다"),
            (Command, "결제 요청하기"),
            (ExternalSystem, "PG사"),
            (ReadModel, "상품 목록"),
            (ReadModel, "주문 현황"),
        ],
        &[(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 0), (8, 1), (4, 9)],
    );
    let ordered = wall.notes.get_mut(&id(4)).unwrap();
    ordered.details.insert("pivotal".into(), true.into());
    wall
}

#[test]
fn a_wall_is_told_by_cause_and_not_by_place() {
    assert_eq!(
        told(&shop(), forwards, Lang::En),
        [
            "손님 looks at “상품 목록” and asks: “주문하기”. Then: “주문됨”. It shows in “주문 현황”.",
            "On “주문됨” there is a rule: “주문되면 결제를 요청한다”. So it asks: “결제 요청하기”. That is left to PG사. Then: “결제됨”.",
        ]
    );
    assert_eq!(
        told(&shop(), forwards, Lang::Ko)[1],
        "“주문됨” 이벤트가 일어나면 정책대로 해요: “주문되면 결제를 요청한다”. 그래서 “결제 요청하기” 커맨드가 나가요. 이 일은 PG사 시스템에 맡겨요. 그러면 “결제됨” 이벤트가 일어나요."
    );
    let chapters: Vec<_> = read(&shop(), forwards).iter().map(|step| step.chapter).collect();
    assert_eq!(chapters, [None, Some(id(4))]);
}

#[test]
fn told_backwards_each_event_says_what_it_needs() {
    assert_eq!(
        told(&shop(), backwards, Lang::En),
        [
            "For “결제됨”, “결제 요청하기” has to be asked for. The rule “주문되면 결제를 요청한다” sees to that, and needs “주문됨” first.",
            "For “주문됨”, “주문하기” has to be asked for. 손님 asks for “주문하기”.",
        ]
    );
}

#[test]
fn a_gap_is_a_sentence_that_stops() {
    let gaps = |notes: &[(NoteKind, &str)], arrows: &[(u32, u32)]| -> Vec<(String, bool)> {
        let board = wall(notes, arrows);
        read(&board, forwards).iter().map(|step| (step.speak(Lang::En), step.gap.is_some())).collect()
    };
    let gap = |text: &str| (text.to_owned(), true);
    assert_eq!(gaps(&[(DomainEvent, "Paid")], &[]), [gap("“Paid”. Why, nobody has said yet.")]);
    assert_eq!(
        gaps(&[(Actor, "Clerk"), (Command, "Pay")], &[(0, 1)]),
        [gap("Clerk asks: “Pay”. What comes of it, nobody has said yet.")]
    );
    assert_eq!(
        gaps(&[(Command, "Pay"), (DomainEvent, "Paid")], &[(0, 1)]),
        [gap("Nobody asks for “Pay” yet. Then: “Paid”.")]
    );
    assert_eq!(
        gaps(&[(Policy, "If so, do so")], &[]),
        [gap(
            "There is a rule, “If so, do so”, but nothing sets it off yet. What it does, nobody has said yet."
        )]
    );
    assert_eq!(
        gaps(&[(Time, "Monday"), (Policy, "Count"), (DomainEvent, "Counted")], &[(0, 1), (1, 2)]),
        [("When it is Monday there is a rule: “Count”. Then: “Counted”.".to_owned(), false)]
    );
}

#[test]
fn the_big_picture_asks_for_no_causes() {
    let mut board = wall(&[(DomainEvent, "Ordered"), (DomainEvent, "Paid")], &[(0, 1)]);
    board.details.insert("level".into(), "big-picture".into());
    assert_eq!(told(&board, forwards, Lang::En), ["“Ordered”.", "“Paid”."]);
    assert_eq!(told(&board, backwards, Lang::En)[0], "Before “Paid” came “Ordered”.");
    assert!(read(&board, forwards).iter().all(|step| step.gap.is_none()));
}

proptest! {
    #[test]
    fn every_event_command_and_policy_is_told_on_any_wall(board in boards()) {
        let told: Vec<Id> = read(&board, forwards).into_iter().flat_map(|step| step.notes).collect();
        let kinds = [DomainEvent, Command, Policy];
        for note in board.standing().filter(|note| kinds.contains(&note.kind)) {
            prop_assert!(told.contains(&note.id), "{:?} {}", note.kind, note.text());
        }
        for said in read(&board, forwards).iter().chain(&read(&board, backwards)).map(|step| step.speak(Lang::Ko)) {
            prop_assert_eq!(SafeText::line(&said).to_string(), said);
        }
        let events = board.standing().filter(|note| note.kind == DomainEvent).count();
        prop_assert_eq!(read(&board, backwards).len(), events);
    }
}

/// So many policies that order one command, of which so many events come, which set them off again.
fn crowd(count: u32) -> Board {
    let kinds = [(Policy, "되면 한다"), (DomainEvent, "됨")];
    let each =
        kinds.into_iter().flat_map(|(kind, text)| (0..count).map(move |n| (kind, format!("{n}번 {text}"))));
    let notes: Vec<(NoteKind, String)> = [(Command, "하기".to_owned())].into_iter().chain(each).collect();
    let notes: Vec<(NoteKind, &str)> = notes.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    let arrows = (0..count).flat_map(|n| [(1 + n, 0), (0, 1 + count + n), (1 + count + n, 1 + n)]);
    let arrows: Vec<(u32, u32)> = arrows.collect();
    let mut board = wall(&notes, &[]);
    for (n, (from, to)) in (100_000..).zip(arrows) {
        let arrow = Arrow { id: id(n), from: id(from), to: id(to), details: Details::new() };
        board.arrows.insert(arrow.id, arrow);
    }
    board
}

#[test]
fn what_thousands_take_part_in_is_told_once_for_each_and_no_more() {
    let board = crowd(1500);
    let (on, back) = (read(&board, forwards), read(&board, backwards));
    assert_eq!((on.len(), back.len()), (1500, 1500));
    let sentences = |told: &[Telling]| told.iter().map(|step| step.sentences.len()).sum::<usize>();
    assert!(
        sentences(&on) < 4 * 1500 && sentences(&back) < 16 * 1500,
        "{} {}",
        sentences(&on),
        sentences(&back)
    );
    assert!(back[0].speak(Lang::En).ends_with("1488 more policies order it."), "{}", back[0].speak(Lang::En));
}
