//! A small wall as every diagram, and walls that say next to nothing or too much.

use serde_json::json;

use super::*;
use crate::model::tests::{board, id, note};
use crate::model::{Arrow, Details, NoteKind, Rect};

use NoteKind::{Actor, Aggregate, Command, DomainEvent, ExternalSystem, Policy};

/// Orders that payments hear of; their names are `names`.
fn wall(names: [&str; 6]) -> Board {
    let mut wall = board([
        note(0, Actor, names[0], 2, 4),
        note(1, Command, names[1], 30, 4),
        note(2, DomainEvent, names[2], 60, 4),
        note(3, Policy, names[3], 202, 4),
        note(4, Command, names[4], 240, 4),
        note(5, ExternalSystem, names[5], 270, 4),
    ])
    .framed(90, names[0], Rect::new(0, 0, 150, 30))
    .framed(91, names[1], Rect::new(190, 0, 160, 30));
    for (n, (from, to)) in (100..).zip([(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]) {
        let arrow = Arrow { id: id(n), from: id(from), to: id(to), details: Details::new() };
        wall.arrows.insert(arrow.id, arrow);
    }
    for (context, complexity) in [(90, 0.7), (91, 1.0)] {
        let details = &mut wall.contexts.get_mut(&id(context)).expect("framed").details;
        details.insert("complexity".into(), json!(complexity));
        details.insert("differentiation".into(), json!(0.25));
        details.insert("class".into(), json!("core"));
    }
    let details = &mut wall.notes.get_mut(&id(2)).expect("placed").details;
    details.insert("pivotal".into(), json!(true));
    wall
}

const SHOP: [&str; 6] =
    ["고객", "주문하기", "주문됨", "주문되면 결제를 요청한다", "결제 요청", "결제 대행사"];

/// Every diagram there is of a wall.
fn diagrams(board: &Board, lang: Lang) -> Vec<String> {
    let outline = super::outline(board);
    let flows: Vec<String> = outline.flows().iter().map(|flow| sequence(&outline, flow, lang)).collect();
    let classes = aggregates(&outline, lang);
    let one =
        [context_map(&outline, lang), timeline(&outline, lang), core_domain_chart(&outline, lang), classes];
    one.into_iter().flatten().chain(flows).collect()
}

#[test]
fn aggregates_are_classes_with_what_they_do_and_what_they_let_happen() {
    let notes = [(0, Command, "주문하기", 2), (1, Aggregate, "주문", 26), (2, DomainEvent, "주문됨", 60)];
    let mut wall = board(notes.map(|(n, kind, text, x)| note(n, kind, text, x, 4))).framed(
        90,
        "주문 관리",
        Rect::new(0, 0, 150, 30),
    );
    for (n, (from, to)) in [(100, (0, 1)), (101, (1, 2))] {
        let arrow = Arrow { id: id(n), from: id(from), to: id(to), details: Details::new() };
        wall.arrows.insert(arrow.id, arrow);
    }
    let lines = ["class a0[\"주문\"] {", "주문됨", "주문하기()", "}", "}"];
    let told = write_classes(&wall, &Choices::default());
    let told: Vec<&str> = told.lines().skip(2).map(str::trim).collect();
    assert_eq!(told[0], "namespace JumunGwanri {");
    assert_eq!(told[1..], lines);
    let flows = write_flows(&wall, &Choices::default());
    assert_eq!(flows.keys().collect::<Vec<_>>(), ["jumunhagi.mmd"]);
}

#[test]
fn a_wall_is_drawn_four_ways() {
    insta::assert_snapshot!(diagrams(&wall(SHOP), Lang::Ko).join("\n"));
}

#[test]
fn a_wall_that_says_nothing_has_no_diagram() {
    assert!(diagrams(&board([]), Lang::En).is_empty());
    let one = diagrams(&board([note(0, DomainEvent, "", 0, 0)]), Lang::En);
    let [map, time] = &one[..] else { panic!("a map and a timeline: {one:?}") };
    assert!(map.contains("In no context") && time.ends_with("section beginning\n    …\n"), "{one:?}");
}

#[test]
fn hostile_wordings_add_no_line_and_no_sign_to_a_diagram() {
    let hostile = "end\n\"]; click p0 `x`|<script>%%{init:{}}%% # \u{202e}";
    let signs = |text: &str| {
        text.chars().filter(|c| c.is_control() || "|`\"%{}<>[]():".contains(*c)).collect::<String>()
    };
    for (bad, plain) in
        diagrams(&wall([hostile; 6]), Lang::En).iter().zip(diagrams(&wall(["x"; 6]), Lang::En))
    {
        assert_eq!(signs(bad), signs(&plain), "{bad}");
    }
}

#[test]
fn what_is_too_much_for_a_picture_is_told_as_a_number() {
    let events = (0..10_000).map(|n| note(n, DomainEvent, "주문 접수가 늦게나마 완료됨", 30 * n as i32, 0));
    let time = timeline(&outline(&board(events)), Lang::Ko).expect("events");
    assert!(time.chars().count() < 50_000 && time.ends_with("그 밖에 9760개\n"), "{}", time.len());
    let mut crowd =
        board((0..400).map(|n| note(n, ExternalSystem, &"긴 이름 ".repeat(40), 0, 10 * n as i32)));
    for n in 0..400u32 {
        let contents = note(1000 + n, DomainEvent, "알려짐", 100 * n as i32 + 2, 2);
        crowd.notes.insert(contents.id, contents);
        crowd = crowd.framed(3000 + n, "곳", Rect::new(100 * n as i32, 0, 90, 20));
        for to in [n, (n + 1) % 400, (n + 2) % 400] {
            let arrow = Arrow {
                id: id(5000 + 1000 * (to % 7) + n),
                from: id(1000 + n),
                to: id(to),
                details: Details::new(),
            };
            crowd.arrows.insert(arrow.id, arrow);
        }
    }
    let map = context_map(&outline(&crowd), Lang::Ko).expect("boxes");
    assert!(map.chars().count() < 50_000 && map.contains("그 밖에"), "{}", map.len());
}
