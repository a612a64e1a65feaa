use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::tests::{board, boards, id, note, turns};
use crate::model::{Arrow, NoteKind, Rect};
use crate::words::Lang;
use NoteKind::{
    Actor, Aggregate, Command, DomainEvent as Event, ExternalSystem, Hotspot, Opportunity, Policy, ReadModel,
};

/// The board after one more turn.
fn turned(board: &mut Board, applied: &Applied) {
    macro_rules! put {
        ($things:ident, $turn:ident, $key:expr) => {{
            if let Some(thing) = &$turn.before {
                board.$things.remove(&$key(thing));
            }
            if let Some(thing) = &$turn.after {
                board.$things.insert($key(thing), thing.clone());
            }
        }};
    }
    match applied {
        Applied::Note(turn) => put!(notes, turn, |it: &Note| it.id),
        Applied::Arrow(turn) => put!(arrows, turn, |it: &Arrow| it.id),
        Applied::Context(turn) => put!(contexts, turn, |it: &crate::model::Context| it.id),
        Applied::Lane(turn) => put!(lanes, turn, |it: &crate::model::Lane| it.id),
        Applied::Requirement(turn) => put!(requirements, turn, |it: &crate::model::Sentence| it.id),
        Applied::Decision(turn) => put!(decisions, turn, |it: &crate::model::Sentence| it.id),
        Applied::Vote(turn) => put!(votes, turn, |it: &crate::model::Vote| (it.note, it.who.clone())),
        Applied::Board(turn) => board.details = turn.after.clone().unwrap_or_default(),
    }
}

/// The same with more of the kinds that rules look at.
fn busy(mut board: Board) -> Board {
    let kinds = [NoteKind::DomainEvent, NoteKind::Policy, NoteKind::Command, NoteKind::Aggregate];
    for (note, kind) in board.notes.values_mut().zip(kinds.into_iter().cycle()) {
        if note.kind as usize % 2 == 1 {
            note.kind = kind;
        }
    }
    board
}

proptest! {
    #[test]
    fn one_that_followed_every_deed_equals_one_made_anew(before in boards(), after in boards()) {
        let (before, after) = (busy(before), busy(after));
        let turns = turns(&before, &after);
        let (mut board, mut projection) = (before.clone(), Projection::of(&before));
        let (mut lint, mut all_ends) = (Lint::of(&board, &projection), Vec::new());
        for turn in &turns {
            turned(&mut board, turn);
            let ends = projection.absorb(turn);
            lint.absorb(std::slice::from_ref(turn), &ends, &board, &projection);
            all_ends.extend(ends);
        }
        prop_assert_eq!(&lint, &Lint::of(&after, &Projection::of(&after)));
        let mut at_once = Lint::of(&before, &Projection::of(&before));
        at_once.absorb(&turns, &all_ends, &after, &projection);
        prop_assert_eq!(&at_once, &lint);
    }
}

/// A wall whose notes stand each on a row of its own, later ones further right.
fn wall(level: Level, notes: &[(NoteKind, &str)], arrows: &[(u32, u32)]) -> Board {
    let placed = (0..).zip(notes).map(|(n, (kind, text))| note(n, *kind, text, 40 * n as i32, 20 * n as i32));
    let mut board = board(placed);
    board.details.insert("level".into(), level.id().into());
    for (n, (from, to)) in (100..).zip(arrows) {
        let arrow = Arrow { id: id(n), from: id(*from), to: id(*to), details: Details::new() };
        board.arrows.insert(arrow.id, arrow);
    }
    board
}

fn process(notes: &[(NoteKind, &str)], arrows: &[(u32, u32)]) -> Board {
    wall(Level::Process, notes, arrows)
}

fn design(notes: &[(NoteKind, &str)], arrows: &[(u32, u32)]) -> Board {
    wall(Level::Design, notes, arrows)
}

fn big(text: &str) -> Board {
    wall(Level::BigPicture, &[(Event, text)], &[])
}

impl Board {
    fn with(mut self, of: u32, field: &str, value: serde_json::Value) -> Board {
        self.notes.entry(id(of)).and_modify(|note| drop(note.details.insert(field.into(), value)));
        self
    }

    fn saying(mut self, field: &str, value: serde_json::Value) -> Board {
        self.details.insert(field.into(), value);
        self
    }

    fn at(mut self, of: u32, x: i32, y: i32) -> Board {
        self.notes.entry(id(of)).and_modify(|note| note.at = crate::model::Point::new(x, y));
        self
    }

    fn stuck(mut self, of: u32, on: u32) -> Board {
        self.notes.entry(id(of)).and_modify(|note| note.host = Some(id(on)));
        self
    }

    fn required(mut self, met_by: &[Id]) -> Board {
        let details = json!({"text": "Returns within 14 days", "met_by": met_by});
        let details = serde_json::from_value(details).unwrap();
        self.requirements.insert(id(90), crate::model::Sentence { id: id(90), details });
        self
    }
}

/// For a rule, a wall of which it speaks and a wall of which it does not.
fn walls(rule: &str) -> [Board; 2] {
    let many = |more: &[(NoteKind, &str)]| {
        let texts: Vec<String> = (0..15).map(|n| format!("{n} items counted")).collect();
        let mut notes: Vec<(NoteKind, &str)> = texts.iter().map(|text| (Event, text.as_str())).collect();
        notes.extend(more);
        wall(Level::BigPicture, &notes, &[])
    };
    let round = [(Policy, "If late, remind"), (Command, "Remind"), (Event, "Reminded again")];
    let ring = &[(0, 1), (1, 2), (2, 0)];
    let takers = |last| {
        let commands = ["Add", "Take", "Move", "Drop", "Show"].map(|text| (Command, text));
        let notes = [&commands[..], &[(Aggregate, "Stock"), (Aggregate, last)]].concat();
        design(&notes, &[(0, 5), (1, 5), (2, 5), (3, 5), (4, 6)])
    };
    let chain = [(Policy, "If a, b"), (Command, "B"), (Policy, "If b, c"), (Command, "C")];
    let framed = |board: Board| {
        let frame = |n: i32| Rect::new(40 * n - 2, 20 * n - 2, 36, 9);
        let [a, b, c] = [frame(0), frame(1).union(frame(2)), frame(3)];
        board.framed(70, "Sales", a).framed(71, "Stock", b).framed(72, "Billing", c)
    };
    let closed = |board: Board| board.saying("closed", json!(true));
    let question = || wall(Level::BigPicture, &[(Hotspot, "Who pays?")], &[]);
    match rule {
        "N1" => [big("  "), big("Order placed")],
        "E1" => [big("Place order"), big("Order placed")],
        "E2" => [big("주문 취소"), big("주문 취소됨")],
        "E3" => [big("Save button clicked"), big("Order placed")],
        "E4" => [big("Order placed and paid"), big("Terms and conditions accepted")],
        "E5" => [big("Flight delayed due to fog"), big("Paid by card")],
        "E6" => [big("Updated"), big("Address updated")],
        "E7" => [big("고객의 주문이 창고에서 확인되어 배송이 시작되었다고 알려짐"), big("배송 시작됨")],
        "E8" => ["주문이 완료됨", "결제됨"].map(|it| process(&[(Event, "주문됨"), (Event, it)], &[])),
        "E9" => ["Payment recieved by bank", "Order placed by customer"]
            .map(|it| process(&[(Event, "Payment received by bank"), (Event, it)], &[])),
        "E10" => {
            ["구매 취소됨", "배송 취소됨"].map(|it| process(&[(Event, "주문 취소됨"), (Event, it)], &[]))
        }
        "E11" => [&[][..], &[(0, 1)]].map(|it| process(&[(Command, "Book"), (Event, "Room booked")], it)),
        "E12" => [big("Payment pending"), big("Payment requested")],
        "C1" => ["Order placed", "Place order"].map(|it| process(&[(Command, it)], &[])),
        "C2" => [Event, Actor].map(|it| process(&[(it, "Guest"), (Command, "Book room")], &[(0, 1)])),
        "C3" => [Policy, Event].map(|it| {
            design(&[(Command, "Book room"), (Aggregate, "Room"), (it, "Room booked")], &[(0, 1), (1, 2)])
        }),
        "C4" => ["고객", "사서"].map(|it| process(&[(Actor, it)], &[])),
        "C5" => [Event, ReadModel].map(|it| {
            process(&[(it, "Free rooms"), (Actor, "Guest"), (Command, "Book room")], &[(0, 1), (1, 2)])
        }),
        "P1" => [Command, Event].map(|it| process(&[(it, "Paid"), (Policy, "If paid, ship")], &[(0, 1)])),
        "P2" => [ReadModel, Command].map(|it| process(&[(Policy, "If paid, ship"), (it, "Ship")], &[(0, 1)])),
        "P3" => ["Free shipping", "Once paid, ship"].map(|it| process(&[(Policy, it)], &[])),
        "P4" => [Event, Policy].map(|it| process(&[(it, "If paid, ship"), (Command, "Ship")], &[(0, 1)])),
        "P5" => [
            process(&round, ring),
            process(&[&round[..], &[(NoteKind::Note, "3 times")]].concat(), ring).stuck(3, 1),
        ],
        "A1" => ["OrderService", "Order"].map(|it| design(&[(Aggregate, it)], &[])),
        "A2" => [takers("Stock"), takers("Shelf")],
        "A3" => [ReadModel, Aggregate].map(|it| design(&[(Command, "Book"), (it, "Room")], &[(0, 1)])),
        "R1" => [Command, Event].map(|it| process(&[(it, "Paid"), (ReadModel, "Payments")], &[(0, 1)])),
        "X1" => [&[][..], &[(0, 1)]].map(|it| process(&[(Command, "Pay"), (ExternalSystem, "Bank")], it)),
        "H1" => [closed(question()), closed(question().with(0, "resolved", json!(true)))],
        "H2" => [
            closed(question()),
            closed(question().with(0, "owner", json!("Bo")).with(0, "next", json!("ask"))),
        ],
        "H3" => [many(&[]), many(&[(Hotspot, "Who pays?")])],
        "T1" => {
            [-90, 90].map(|x| process(&[(Event, "Paid"), (Policy, "If paid, ship")], &[(0, 1)]).at(1, x, 0))
        }
        "T2" => [0, 90].map(|x| process(&[(Event, "Paid"), (Event, "Sent")], &[]).at(1, x, 0)),
        "T3" => [many(&[]), many(&[]).with(3, "pivotal", json!(true))],
        "L1" => [Opportunity, Hotspot].map(|it| process(&[(it, "Why?")], &[])),
        "B1" => [
            design(&[(Event, "Paid"), (Event, "Sent")], &[]).framed(70, "Sales", Rect::new(-2, -2, 40, 10)),
            design(&[(Event, "Paid")], &[]),
        ],
        "B2" => [Actor, Event]
            .map(|it| design(&[(it, "Paid")], &[]).framed(70, "Sales", Rect::new(-2, -2, 40, 10))),
        "B3" => ["Sales ", "Stock"].map(|it| {
            design(&[], &[]).framed(70, "sales", Rect::new(0, 0, 9, 9)).framed(71, it, Rect::new(50, 0, 9, 9))
        }),
        "B4" => ["order", "Stock"].map(|it| framed(design(&[(Aggregate, "Order"), (Aggregate, it)], &[]))),
        "F1" => ["Payment rejected", "Payment sent"].map(|it| process(&[(Event, it)], &[])),
        "Q1" => [big("Paid").required(&[id(50)]), big("Paid").required(&[id(0)])],
        "S1" => [(2, 3), (3, 2)].map(|it| framed(design(&chain, &[(0, 1), it]))),
        unknown => panic!("{unknown} has no walls"),
    }
}

#[test]
fn every_rule_speaks_where_it_should_and_nowhere_else() {
    for rule in &RULES {
        let [yes, no] = walls(rule.id).map(|board| Lint::of(&board, &Projection::of(&board)));
        let said = |lint: &Lint| lint.findings().filter(|it| it.rule == rule).cloned().collect::<Vec<_>>();
        assert_ne!(said(&yes), [], "{} is silent", rule.id);
        assert_eq!(said(&no), [], "{} speaks", rule.id);
        for finding in said(&yes) {
            for lang in Lang::ALL {
                let texts =
                    [finding.said.speak(lang), rule.why.say(lang).to_owned(), rule.todo().speak(lang)];
                assert!(texts.iter().all(|text| !text.contains(['{', '}'])), "{}: {texts:?}", rule.id);
            }
        }
    }
}

#[test]
fn what_is_dismissed_is_not_said_again() {
    let found = |board: &Board| Lint::of(board, &Projection::of(board)).findings().count();
    let noisy = || big("Place order");
    assert_eq!(found(&noisy()), 1);
    assert_eq!(found(&noisy().with(0, "dismissed", json!(["E1"]))), 0);
    assert_eq!(found(&noisy().saying("lint_off", json!(["E1"]))), 0);
    assert_eq!(found(&noisy().with(0, "aside", json!("later"))), 0);
}

#[test]
fn the_big_picture_is_left_alone_until_somebody_asks() {
    let unasked = |board: &Board| {
        Lint::of(board, &Projection::of(board)).unasked().map(|it| it.rule.id).collect::<Vec<_>>()
    };
    let notes = [(Event, "Place order"), (Event, ""), (Event, "주문됨"), (Event, "주문 완료")];
    assert_eq!(unasked(&wall(Level::BigPicture, &notes, &[])), ["N1", "E8"]);
    assert!(unasked(&process(&notes, &[])).contains(&"E1"));
}

#[test]
fn korean_endings_are_mended() {
    let fix = |board: &Board, rule| {
        let lint = Lint::of(board, &Projection::of(board));
        lint.findings().find(|it| it.rule.id == rule).and_then(|it| it.fix.clone())
    };
    assert_eq!(fix(&big("주문 취소"), "E2"), Some(Fix::Reword("주문 취소됨".into())));
    assert_eq!(fix(&big("주문하기"), "E2"), Some(Fix::Recast(Command)));
    assert_eq!(fix(&process(&[(Command, "주문됨")], &[]), "C1"), Some(Fix::Reword("주문하기".into())));
    let paid = process(&[(Event, "Paid"), (Command, "Ship")], &[(0, 1)]);
    assert_eq!(fix(&paid, "P4"), Some(Fix::PlacePolicyBetween(id(0), id(1))));
}
