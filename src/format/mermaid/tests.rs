//! A small wall as every diagram, and walls that say next to nothing or too much.

use serde_json::json;

use super::escape::unescaped;
use super::*;
use crate::format::graph::tests::told;
use crate::format::named;
use crate::model::tests::{board, id, note};
use crate::model::text::tidied;
use crate::model::{Arrow, Details, Frame, Note, NoteKind, Rect};

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

/// A flowchart of anybody, as lines.
#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    let mapping = [("box".to_owned(), Aggregate)].into_iter().collect();
    let mut nth = 0;
    let reading = named("mermaid").expect("a row").read_mapped(text, &mapping, &mut || {
        nth += 1;
        id(nth)
    });
    assert_eq!(told(&reading.expect("a flowchart").board), wanted, "{text}");
}

#[test]
fn a_flowchart_of_anybody_is_read_as_far_as_it_goes() {
    check(
        "---\ntitle: x\n---\ngraph TD; %% note\nA[주문하기] --> B(\"주문됨\"):::domain_event\nB -. later .-> C{{주문 [1]}}\nC:::box == now ==>D\n",
        &[
            "-/aggregate: D",
            "-/aggregate: 주문 [1]",
            "-/command: 주문하기",
            "-/domain-event: 주문됨",
            "주문 [1] >syncnow D",
            "주문됨 >asynclater 주문 [1]",
            "주문하기 > 주문됨",
        ],
    );
    check(
        "flowchart LR\nsubgraph Shop\nsubgraph s1[\"주문 #40;1#41;\"]\na[Order placed] & b[Order paid]-->|so<br/>then|c>Ship order]\nend\nend\nclass a,b event;\nc --> s1\n??\n",
        &[
            "Order paid >so\nthen Ship order",
            "Order placed >so\nthen Ship order",
            "주문 (1)/command: Ship order",
            "주문 (1)/domain-event: Order paid",
            "주문 (1)/domain-event: Order placed",
        ],
    );
    check(
        "flowchart LR\na~~~b\na x--x c o--o b <--> a\n",
        &["-/aggregate: a", "-/aggregate: b", "-/aggregate: c", "a > c", "b > a", "c > b"],
    );
}

#[test]
fn nothing_in_a_flowchart_is_worse_than_a_sentence() {
    let many = "a\n".repeat(crate::model::limit::IMPORT_ROWS_MAX + 1);
    let wide = format!("flowchart\na{}\n", "[a-->".repeat(20_000));
    let joined = format!("flowchart\n{0} --> {0}", vec!["a"; 500].join(" & "));
    let table: [(&str, Result<usize, &str>); 8] = [
        ("", Err("import-mermaid-no-flowchart")),
        ("sequenceDiagram\na->>b: c", Err("import-mermaid-no-flowchart")),
        (&format!("flowchart\n{many}"), Err("import-too-many")),
        (&wide, Ok(0)),
        (&joined, Err("import-too-many")),
        ("flowchart LR\nend\nend\nsubgraph\nend\nclass\n-->\na-->\n--> b", Ok(1)),
        ("flowchart LR\na[\"open\nb[[x]\n\0c[<b>y</b>]", Ok(2)),
        ("flowchart LR\na-->b-->a\na-->a", Ok(2)),
    ];
    for (text, wanted) in table {
        let mut nth = 0;
        let count = named("mermaid").expect("a row").read(text, &mut || {
            nth += 1;
            id(nth)
        });
        let shown: String = text.chars().take(60).collect();
        let count = count.map(|reading| reading.board.notes.len()).map_err(|said| said.key.0);
        assert_eq!(count, wanted, "{shown}");
    }
}

/// What of a wall its flowchart tells, as lines.
fn drawn(board: &Board) -> Vec<String> {
    let text = |text: &str| tidied(&unescaped(&label(text)));
    let home = |note: &Note| {
        let home =
            board.frame_of(note).map(|id| &board.contexts[&id]).filter(|it| it.frame == Frame::Context);
        home.map_or(String::new(), |it| text(it.name()))
    };
    let notes =
        board.notes.values().map(|note| format!("{}/{}: {}", home(note), note.kind.id(), text(note.text())));
    let mut ends = BTreeSet::new();
    let arrows = board.arrows.values().filter(|it| it.from != it.to && ends.insert((it.from, it.to)));
    let arrows = arrows.map(|arrow| {
        let said = if arrow.label().trim().is_empty() { String::new() } else { text(arrow.label()) };
        let [from, to] = [arrow.from, arrow.to].map(|id| text(board.notes[&id].text()));
        format!("{from} {:?}>{said} {to}", arrow.mode())
    });
    let mut lines: Vec<String> = notes.chain(arrows).collect();
    lines.sort();
    lines
}

proptest::proptest! {
    #[test]
    fn a_wall_comes_back_from_its_flowchart_as_it_was_drawn(mut board in crate::model::tests::boards()) {
        board.notes.retain(|_, note| note.aside().is_none());
        let notes = &board.notes;
        board.arrows.retain(|_, it| notes.contains_key(&it.from) && notes.contains_key(&it.to));
        let format = named("mermaid").expect("a row");
        let written = format.text(&board, &Choices::default()).expect("one text");
        let mut nth = 0;
        let again = format.read(&written, &mut || { nth += 1; id(nth) }).expect("a flowchart").board;
        if !board.notes.is_empty() {
            proptest::prop_assert_eq!(drawn(&again), drawn(&board), "{}", written);
        }
    }
}
