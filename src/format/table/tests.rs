use proptest::prelude::*;

use super::*;
use crate::format::graph::tests::told;
use crate::format::mapping::pair;
use crate::format::named;
use crate::model::tests::{board, boards, id, note};
use crate::model::{Arrow, Board, Rect};

fn read_with(text: &str, mapping: &str) -> Result<Reading, Said> {
    let mut nth = 0;
    let mapping = pair(mapping).into_iter().collect();
    named("csv").expect("a row").read_mapped(text, &mapping, &mut || {
        nth += 1;
        id(nth)
    })
}

fn text(board: &Board) -> String {
    named("csv").expect("a row").text(board, &Default::default()).expect("one text")
}

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    assert_eq!(told(&read_with(text, "주황=event").expect("a table").board), wanted, "{text}");
}

#[test]
fn tables_of_other_programs_are_read_as_they_come() {
    let rows = ["-/command: 주문하기", "-/domain-event: 주문됨"];
    check("text\n주문하기\n주문됨\n", &rows);
    check("주문하기\n주문됨\n", &rows);
    check("Kind;Text\n커맨드;주문하기\nE;주문됨\n", &rows);
    check("\u{feff}종류\t내용\r\n명령\t주문하기\r\n주황\t주문됨\r\n\t\r\n", &rows);
    check("1,주문하기\n2,주문됨\n", &rows);
    check(
        "id,text,context,links\na,주문하기,주문,\"b (곧), c\"\nb,주문됨,주문,~a\nb,\"두 줄\n이다\",,nowhere\n",
        &[
            "-/aggregate: 두 줄\n이다",
            "주문/command: 주문하기",
            "주문/domain-event: 주문됨",
            "주문됨 >async 주문하기",
            "주문하기 >곧 두 줄\n이다",
        ],
    );
    let reading = read_with("kind,text\nchartreuse,주문됨\nchartreuse,결제됨\n", "x=event").expect("a table");
    let unclear: Vec<_> =
        reading.unclear.iter().map(|it| (it.label.as_str(), it.kind.id(), it.count)).collect();
    assert_eq!(unclear, [("chartreuse", "domain-event", 2)]);
}

#[test]
fn what_a_spreadsheet_would_run_is_only_shown() {
    for wording in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=x", "''", "＝1", "a=b", "\"q\",\n;"] {
        let wall = board([note(1, crate::model::NoteKind::Hotspot, wording, 0, 0)]);
        let table = text(&wall);
        assert!(
            !table.contains(&format!(",{wording}")) || !wording.starts_with(['=', '+', '-', '@']),
            "{table}"
        );
        let again = read_with(&table, "").expect("a table").board;
        assert_eq!(told(&again), told(&wall));
    }
    let wall = board([note(1, crate::model::NoteKind::Command, "=1+1", 3, 4)]);
    let table = "\u{feff}id,kind,text,alias,context,x,y,links\n1,command,'=1+1,,,3,4,\n";
    assert_eq!(text(&wall), table);
}

#[test]
fn nothing_in_a_table_is_worse_than_a_sentence() {
    let many = "주문됨\n".repeat(IMPORT_ROWS_MAX + 1);
    let wide = "a,".repeat(100_000);
    let table: [(&str, Result<usize, &str>); 8] = [
        ("", Ok(0)),
        ("id,kind,text\n", Ok(0)),
        ("text\n\"주문됨", Ok(1)),
        (&many, Err("import-too-many")),
        (&wide, Ok(1)),
        ("id,kind,text\n1,,a\0b\n1,,<b>c</b>\n1", Ok(2)),
        ("id,text,links\n1,a,1\n2,b,1 1 (\n", Ok(2)),
        (";;;\n,,,\n\t\t\n", Ok(1)),
    ];
    for (text, wanted) in table {
        let count = read_with(text, "").map(|reading| reading.board.notes.len());
        let shown: String = text.chars().take(60).collect();
        assert_eq!(count.map_err(|said| said.key.0), wanted, "{shown}");
    }
}

/// What of a wall a table says.
fn carried(wall: &Board) -> Board {
    let mut plain = Board::default();
    for note in wall.standing() {
        let mut note = note.clone();
        let text = crate::model::text::tidied(note.text());
        note.wording.values = vec![(note.id, text)];
        plain.notes.insert(note.id, note);
    }
    let is_there =
        |arrow: &&Arrow| plain.notes.contains_key(&arrow.from) && plain.notes.contains_key(&arrow.to);
    let mut joined = std::collections::BTreeSet::new();
    let arrows = wall.arrows.values().filter(is_there).filter(|it| it.from != it.to);
    plain.arrows =
        arrows.filter(|it| joined.insert((it.from, it.to))).map(|it| (it.id, it.clone())).collect();
    plain.contexts = wall.contexts.clone();
    plain
}

/// What lies where by the names a table knows, and what leads to what.
fn lines(wall: &Board) -> Vec<String> {
    let line = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.replace(['(', ')'], "|")
    };
    let home = |note: &crate::model::Note| {
        let home = wall.frame_of(note).map(|id| &wall.contexts[&id]).filter(|it| it.frame == Frame::Context);
        line(&crate::model::text::tidied(home.map_or("", |it| it.name())))
    };
    let notes =
        wall.notes.values().map(|note| format!("{}/{}: {}", home(note), note.kind.id(), line(note.text())));
    let text = |id| line(wall.notes[id].text());
    let arrows = wall.arrows.values().map(|arrow| {
        let label = line(&crate::model::text::tidied(arrow.label()));
        format!("{} {:?}>{label} {}", text(&arrow.from), arrow.mode(), text(&arrow.to))
    });
    let mut lines: Vec<String> = notes.chain(arrows).collect();
    lines.sort();
    lines
}

proptest! {
    #[test]
    fn a_wall_comes_back_but_for_what_a_table_does_not_say(wall in boards()) {
        let again = read_with(&text(&wall), "").expect("a table").board;
        prop_assert_eq!(lines(&again), lines(&carried(&wall)));
    }

    #[test]
    fn anything_is_read(text in "[a,;\t\"\n'=()~0-9 ]{0,60}") {
        let board = read_with(&text, "").expect("a reading").board;
        let overlap = |one: Rect, two: Rect| one != two && one.overlaps(two);
        let rects: Vec<Rect> = board.notes.values().map(|note| note.rect()).collect();
        prop_assert!(!rects.iter().any(|one| rects.iter().any(|two| overlap(*one, *two))));
    }
}
