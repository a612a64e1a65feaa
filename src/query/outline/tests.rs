//! A shop whose numbers were worked out by hand, and walls that say next to nothing.

use serde_json::json;

use super::*;
use crate::model::tests::{board, id, note};
use crate::model::{Arrow, Details, NoteKind, Rect};
use crate::words::Said;

use NoteKind::{
    Actor, Aggregate as Root, Command, DomainEvent, ExternalSystem, Hotspot as Question, Policy, ReadModel,
};

impl Board {
    /// The same with an arrow.
    fn joined(mut self, n: u32, from: u32, to: u32, details: &[(&str, &str)]) -> Board {
        let details = details.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        self.arrows.insert(id(n), Arrow { id: id(n), from: id(from), to: id(to), details });
        self
    }
}

/// Orders, payments and deliveries, all joined by arrows.
fn shop() -> Board {
    let notes = [
        note(0, Actor, "고객", 2, 4),
        note(1, Command, "주문하기", 30, 4),
        note(2, Root, "주문", 60, 4),
        note(3, DomainEvent, "주문됨", 100, 4),
        note(4, ReadModel, "주문 현황", 100, 14),
        note(5, ReadModel, "결제 수단", 200, 14),
        note(6, Policy, "주문되면 결제를 요청한다", 200, 4),
        note(7, Command, "결제 요청", 240, 4),
        note(8, Root, "결제", 270, 4),
        note(9, ExternalSystem, "결제 대행사", 270, 14),
        note(10, DomainEvent, "결제됨", 310, 4),
        note(11, DomainEvent, "결제 거절됨", 310, 10),
        note(12, Policy, "결제되면 배송을 시작한다", 402, 4),
        note(13, Command, "배송 시작", 440, 4),
        note(14, Root, "배송", 470, 4),
        note(15, DomainEvent, "배송 시작됨", 510, 4),
        note(16, Question, "거절되면 주문은 누가 취소하나?", 310, 16),
    ];
    let arrows = [
        (0, 1),
        (1, 2),
        (2, 3),
        (5, 0),
        (3, 6),
        (6, 7),
        (7, 8),
        (7, 9),
        (8, 10),
        (8, 11),
        (10, 12),
        (12, 13),
        (13, 14),
        (14, 15),
        (3, 4),
        (10, 4),
        (15, 4),
        (16, 11),
    ];
    let mut wall = board(notes)
        .framed(90, "주문", Rect::new(0, 0, 150, 30))
        .framed(91, "결제", Rect::new(190, 0, 160, 30))
        .framed(92, "배송", Rect::new(400, 0, 150, 30));
    for (n, (from, to)) in (100..).zip(arrows) {
        wall = wall.joined(n, from, to, &[]);
    }
    wall
}

fn of(board: &Board) -> Outline {
    Outline::of(board, &Projection::of(board))
}

/// Ca, Ce, I and cohesion of each context.
fn numbers(outline: &Outline) -> Vec<String> {
    let row = |context: &ContextOutline| {
        let it = &context.metrics;
        let share = |share: Option<f64>| share.map_or("-".to_owned(), |share| share.to_string());
        let (instability, cohesion) = (share(it.instability), share(it.cohesion));
        format!("{} {} {} {instability} {cohesion}", context.card.name, it.afferent, it.efferent)
    };
    outline.contexts.iter().map(row).collect()
}

fn keys(outline: &Outline) -> Vec<&'static str> {
    outline.findings.iter().map(|finding| finding.said.key.0).collect()
}

#[test]
fn the_numbers_of_a_shop_are_those_worked_out_by_hand() {
    let outline = of(&shop());
    assert_eq!(numbers(&outline), ["주문 1 2 0.667 0.5", "결제 2 2 0.5 0.444", "배송 1 1 0.5 0.6"]);
    let [orders, payments, deliveries] = &outline.contexts[..] else { panic!("three contexts") };
    // Of 16 steps between framed notes 11 stay inside: 11/16 - (12² + 12² + 8²) / 32².
    assert_eq!(outline.metrics.modularity, Some(0.344));
    // 4 steps leave the 12 ends of 주문; the others have 34 - 12.
    assert_eq!(orders.metrics.conductance, Some(0.333));
    assert_eq!((payments.metrics.sent, payments.metrics.sent_sync), (3, 1));
    assert_eq!(payments.metrics.sync_ratio, Some(0.333));
    // 고객 asks 결제 for what it knows; 결제 calls out.
    assert_eq!([orders, payments, deliveries].map(|it| it.metrics.sync_depth), [2, 1, 0]);
    assert_eq!((payments.metrics.published, payments.metrics.fan_out), (1, 2));
    assert_eq!((orders.metrics.commands, payments.metrics.commands, payments.metrics.queries), (1, 0, 1));
    let circle: Vec<Party> = [90, 91, 92].map(|n| Party::Context(Some(id(n)))).to_vec();
    assert_eq!((&outline.metrics.cycles, outline.metrics.sync_cycles.len()), (&vec![circle], 0));
}

#[test]
fn messages_say_who_tells_asks_and_orders_whom() {
    let outline = of(&shop());
    let name = |party| outline.name(party).unwrap_or("-").to_owned();
    let told: Vec<String> = outline
        .messages
        .iter()
        .map(|it| {
            let mode = if it.is_sync() { "=>" } else { "->" };
            format!("{} {mode} {}: {}", name(it.from), name(it.to), outline.wording(it.note))
        })
        .collect();
    assert_eq!(
        told,
        [
            "주문 -> 결제: 주문됨",
            "주문 => 결제: 결제 수단",
            "결제 -> 주문: 결제됨",
            "결제 -> 배송: 결제됨",
            "결제 => 결제 대행사: 결제 요청",
            "배송 -> 주문: 배송 시작됨",
        ]
    );
    let related: Vec<String> = outline
        .relations
        .iter()
        .map(|it| {
            let list = |patterns: &std::collections::BTreeSet<&str>| {
                patterns.iter().copied().collect::<Vec<_>>().join("+")
            };
            let sides = (list(&it.proposed_upstream), list(&it.proposed_downstream));
            format!(
                "{} {} > {} {}: {:?}",
                name(it.upstream),
                sides.0,
                name(it.downstream),
                sides.1,
                it.messages
            )
        })
        .collect();
    assert_eq!(
        related,
        [
            "주문 PL > 결제 ACL: [0]",
            "결제 OHS+PL > 주문 CF: [1, 2]",
            "결제 OHS+PL > 배송 ACL: [3]",
            "배송 PL > 주문 CF: [5]",
            "결제 대행사  > 결제 ACL: [4]",
        ]
    );
    assert!(outline.messages.iter().all(|it| it.is_mode_guessed && !it.evidence.is_guess()));
}

#[test]
fn what_people_said_of_an_arrow_outweighs_its_kind() {
    let mut wall = shop();
    let asked = wall.arrows.get_mut(&id(104)).expect("주문됨 → policy");
    asked.details = Details::from([
        ("mode".to_owned(), json!("sync")),
        ("why".to_owned(), json!("재고가 맞아야 한다")),
        ("pattern".to_owned(), json!(["P"])),
    ]);
    let outline = of(&wall);
    let message = &outline.messages[0];
    assert!(message.is_sync() && !message.is_mode_guessed);
    assert_eq!(message.why.as_deref(), Some("재고가 맞아야 한다"));
    assert!(outline.relations[0].accepted.contains("P"));
}

#[test]
fn each_side_of_a_context_is_told_with_its_evidence() {
    let outline = of(&shop());
    let payments = &outline.contexts[1];
    let [write] = &payments.writes[..] else { panic!("one command") };
    assert_eq!((&write.by, &write.aggregates), (&vec![id(6)], &vec![id(8)]));
    assert_eq!((&write.systems, &write.events), (&vec![id(9)], &vec![id(10), id(11)]));
    assert_eq!(write.evidence.len(), 5);
    let [read] = &outline.contexts[0].reads[..] else { panic!("one read model") };
    assert_eq!((&read.filled_by, &read.read_by), (&vec![id(3), id(10), id(15)], &vec![]));
    let [reaction] = &outline.contexts[2].policies[..] else { panic!("one policy") };
    assert_eq!((&reaction.on, &reaction.then), (&vec![id(10)], &vec![id(13)]));
    assert_eq!(outline.contexts[0].actors, [Named { name: "고객".into(), notes: vec![id(0)] }]);
    let copies: Vec<_> = outline.data.iter().map(|it| (it.aggregate, it.copies.len())).collect();
    assert_eq!(copies, [(id(2), 1), (id(8), 1), (id(14), 1)]);
    let [failure] = &outline.failures[..] else { panic!("one failure") };
    assert_eq!((failure.event, &failure.answered_by), (id(11), &vec![id(16)]));
    assert_eq!(outline.hotspots[0].about, Some(id(11)));
    assert_eq!(outline.hotspots[0].party, Party::Context(Some(id(91))));
}

#[test]
fn an_aggregate_that_stands_twice_is_told_once() {
    let wall = board([
        note(0, Command, "주문하기", 0, 0),
        note(1, Root, "주문", 24, 0),
        note(2, DomainEvent, "주문됨", 56, 0),
        note(3, Command, "취소하기", 0, 20),
        note(4, Root, "주 문", 24, 20),
        note(5, DomainEvent, "취소됨", 56, 20),
    ]);
    let outline = of(&wall);
    let [outside] = &outline.contexts[..] else { panic!("only the outside") };
    assert_eq!(outside.id, None);
    let [order] = &outside.aggregates[..] else { panic!("one aggregate") };
    assert_eq!((&order.notes, &order.commands), (&vec![id(1), id(4)], &vec![id(0), id(3)]));
    assert_eq!(outside.writes[1].aggregates, [id(1)]);
    assert!(outside.writes[1].evidence.iter().all(Proof::is_guess));
}

#[test]
fn a_word_of_two_contexts_is_told_in_both_and_look_alikes_stand_side_by_side() {
    let wall = board([
        note(0, Root, "상품 목록", 0, 0),
        note(1, ReadModel, "상품목록", 100, 0),
        note(2, Root, "상품 목록표", 0, 10),
        note(3, Root, "회원", 100, 10),
    ])
    .framed(90, "판매", Rect::new(-5, -5, 60, 30))
    .framed(91, "전시", Rect::new(95, -5, 60, 30));
    let outline = of(&wall);
    let sales = Party::Context(Some(id(90)));
    let also: Vec<_> = outline.terms.iter().filter(|term| !term.also_in.is_empty()).collect();
    assert_eq!(
        also.iter().map(|term| (term.party == sales, term.also_in.len())).collect::<Vec<_>>(),
        [(true, 1), (false, 1)]
    );
    let alike: Vec<_> =
        outline.likenesses.iter().map(|it| (it.one.as_str(), it.other.as_str(), it.dice)).collect();
    assert_eq!(alike, [("상품목록", "상품 목록표", 0.857)]);
}

#[test]
fn what_is_worth_a_thought_is_found() {
    let outline = of(&shop());
    assert_eq!(
        keys(&outline),
        ["flag-no-team", "flag-model-unread", "flag-model-unfilled", "flag-event-unheard"]
    );
}

/// Who says what to whom in a flow.
fn told(outline: &Outline, flow: &MessageFlow) -> Vec<String> {
    let name = |speaker| match speaker {
        Speaker::Note(note) => outline.wording(note),
        Speaker::Party(party) => outline.name(party).unwrap_or("-"),
    };
    let step = |it: &FlowStep| {
        let mode = if it.mode == Waiting::Sync { "=>" } else { "->" };
        format!("{} {mode} {}: {}", name(it.from), name(it.to), outline.wording(it.note))
    };
    flow.steps.iter().map(step).collect()
}

#[test]
fn a_flow_goes_from_its_command_to_its_last_events() {
    let outline = of(&shop());
    let [flow] = &outline.flows()[..] else { panic!("one command that people begin with") };
    assert_eq!((flow.command, flow.goes_on), (id(1), true));
    assert_eq!(
        told(&outline, flow),
        [
            "고객 => 결제: 결제 수단",
            "고객 => 주문: 주문하기",
            "주문 -> 결제: 주문됨",
            "결제 => 결제: 결제 요청",
            "결제 => 결제 대행사: 결제 요청",
            "결제 -> 배송: 결제됨",
            "결제 -> 주문: 결제됨",
            "결제 -> 결제: 결제 거절됨",
            "배송 => 배송: 배송 시작",
        ]
    );
}

#[test]
fn a_flow_that_runs_in_a_circle_ends() {
    let wall = board([
        note(0, Command, "주문하기", 0, 0),
        note(1, DomainEvent, "주문됨", 30, 0),
        note(2, Policy, "주문되면 다시 주문한다", 60, 0),
        note(3, Command, "다시 주문하기", 100, 0),
    ]);
    let wall = wall.joined(10, 0, 1, &[]).joined(11, 1, 2, &[]).joined(12, 2, 3, &[]).joined(13, 3, 1, &[]);
    let outline = of(&wall);
    let [flow] = &outline.flows()[..] else { panic!("one command that nothing leads to") };
    assert_eq!(told(&outline, flow), ["- => -: 주문하기", "- -> -: 주문됨", "- => -: 다시 주문하기"]);
    assert!(!flow.goes_on);
}

/// What to do with each context, in order, with what the cut costs.
fn verdicts(outline: &Outline) -> Vec<(&str, Verdict, usize, usize)> {
    let told = |it: Candidate<'_>| {
        let name = outline.name(Party::Context(it.context.id)).unwrap_or_default();
        (name, it.verdict, it.cost.sync, it.cost.unawaited)
    };
    candidates(outline).into_iter().map(told).collect()
}

#[test]
fn services_are_cut_out_in_the_order_in_which_that_is_easiest() {
    let keep = |name, sync, unawaited| (name, Verdict::Keep, sync, unawaited);
    let outline = of(&shop());
    assert_eq!(verdicts(&outline), [keep("배송", 0, 2), keep("주문", 1, 3), keep("결제", 1, 3)]);
    let all = candidates(&outline);
    assert_eq!(all[0].reasons[1].key.0, "candidate-waits-for-none");
    assert_eq!(all[0].first_step, Said::new("candidate-first-heard").with("note", "결제됨"));
    let mut wall = shop();
    let deliveries = wall.contexts.get_mut(&id(92)).expect("배송");
    deliveries.details.insert("class".into(), json!("core"));
    assert_eq!(verdicts(&of(&wall))[2].0, "배송");
    assert_eq!(verdicts(&of(&board([]))), []);
}

#[test]
fn contexts_that_call_each_other_all_the_time_are_one_service() {
    let wall = board([
        note(0, Policy, "a", 2, 4),
        note(1, Command, "b", 30, 4),
        note(2, Policy, "c", 2, 14),
        note(3, Command, "d", 30, 14),
        note(4, Command, "e", 202, 4),
        note(5, Policy, "f", 230, 4),
        note(6, Command, "g", 202, 14),
        note(7, Policy, "h", 230, 14),
    ])
    .framed(90, "one", Rect::new(0, 0, 60, 30))
    .framed(91, "other", Rect::new(200, 0, 60, 30))
    .joined(100, 0, 4, &[])
    .joined(101, 2, 6, &[])
    .joined(102, 5, 1, &[])
    .joined(103, 7, 3, &[]);
    let outline = of(&wall);
    let party = |n| Verdict::Merge(Party::Context(Some(id(n))));
    assert_eq!(verdicts(&outline), [("one", party(91), 4, 0), ("other", party(90), 4, 0)]);
    assert!(candidates(&outline).iter().all(|it| it.reasons.iter().any(|why| why.key.0 == "candidate-ring")));
}

#[test]
fn a_context_of_many_aggregates_that_nothing_joins_is_several_services() {
    let row = |n: u32, y: i32| {
        [
            note(3 * n, Command, &format!("c{n}"), 0, y),
            note(3 * n + 1, Root, &format!("g{n}"), 30, y),
            note(3 * n + 2, DomainEvent, &format!("e{n}"), 66, y),
        ]
    };
    let rows = (0..4).flat_map(|n| row(n, 20 * n as i32));
    let mut wall = board(rows).framed(90, "all", Rect::new(-5, -5, 200, 120));
    for n in 0..4 {
        wall = wall.joined(100 + n, 3 * n, 3 * n + 1, &[]).joined(110 + n, 3 * n + 1, 3 * n + 2, &[]);
    }
    let outline = of(&wall);
    let split = Verdict::Split((0..4).map(|n| vec![id(3 * n + 1)]).collect());
    assert_eq!(verdicts(&outline), [("all", split, 0, 0)]);
    let joined = wall.joined(120, 2, 3, &[]).joined(121, 5, 6, &[]).joined(122, 8, 9, &[]);
    assert_eq!(verdicts(&of(&joined))[0].1, Verdict::Keep);
}
