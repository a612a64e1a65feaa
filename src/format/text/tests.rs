//! The laws of the outline, on examples and at random.

use std::collections::BTreeMap;

mod nasty;
mod onto;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::write::composed;
use super::*;
use crate::format::named;
use crate::model::tests::boards;
use crate::model::{Details, EntryId, Frame, Id, Thing, field};

const BOOKSHOP: &str = include_str!("tests/bookshop.txt");
const CLINIC: &str = include_str!("tests/clinic.txt");

fn minted() -> impl FnMut() -> Id {
    let entry: EntryId = "readauthor.1".parse().unwrap();
    let mut next = 0;
    move || {
        next += 1;
        entry.thing(next)
    }
}

fn board(text: &str) -> Board {
    read(text, &mut minted()).unwrap().board
}

fn clean(board: &Board) -> String {
    write(board, &Choices::default())
}

fn exact(board: &Board) -> String {
    write(board, &Choices { exact: true, ..Choices::default() })
}

/// What a board says, without ids and places: everything by name.
fn told(board: &Board) -> Vec<String> {
    let frame = |id: Id| {
        let context = &board.contexts[&id];
        format!("{:?} {:?}", context.frame, composed(context.name()))
    };
    let key = |id: &Id| {
        let note = board.notes.get(id)?;
        Some(format!(
            "{} {:?} in {:?}",
            note.kind.id(),
            composed(note.text()),
            board.frame_of(note).map(frame)
        ))
    };
    let composed_value = |value: &Value| serde_json::from_str(&composed(&value.to_string())).unwrap();
    let details = |of: Thing, details: &Details| -> BTreeMap<String, Value> {
        let said = details.iter().filter_map(|(name, value)| {
            let holds = field::field(of, name).map(|row| row.holds);
            let value = match holds {
                Some(field::FieldType::Id | field::FieldType::Ids) => {
                    let ids = match value {
                        Value::Array(ids) => ids.clone(),
                        id => vec![id.clone()],
                    };
                    let ids = ids.iter().filter_map(|id| key(&id.as_str()?.parse().ok()?));
                    json!(ids.collect::<Vec<_>>())
                }
                _ => composed_value(value),
            };
            let is_nothing = matches!(name.as_str(), "name" | "title" | "text" | "met_by" | "compensates")
                && (value == json!("") || value == json!([]));
            (!is_nothing).then(|| (name.clone(), value))
        });
        said.collect()
    };
    let mut all = vec![format!("board {:?}", details(Thing::Board, &board.details))];
    for note in board.notes.values() {
        let lane = board
            .lanes
            .values()
            .filter(|lane| lane.y <= note.rect().center().y)
            .max_by_key(|lane| (lane.y, lane.id));
        all.push(format!(
            "note {:?} lane {:?} on {:?} {:?}",
            key(&note.id),
            lane.map(|lane| composed(lane.name())),
            note.host.map(|host| key(&host)),
            details(Thing::Note, &note.details)
        ));
    }
    for arrow in board.arrows.values() {
        all.push(format!(
            "arrow {:?} {:?} {:?}",
            key(&arrow.from),
            key(&arrow.to),
            details(Thing::Arrow, &arrow.details)
        ));
    }
    for context in board.contexts.values() {
        let inside = (context.frame == Frame::Context).then(|| board.subdomain_of(context)).flatten();
        all.push(format!(
            "frame {} in {:?} {:?}",
            frame(context.id),
            inside.map(frame),
            details(Thing::Context, &context.details)
        ));
    }
    for lane in board.lanes.values() {
        all.push(format!("lane {:?}", details(Thing::Lane, &lane.details)));
    }
    all.sort();
    for (name, of, sentences) in
        [("require", Thing::Requirement, &board.requirements), ("decide", Thing::Decision, &board.decisions)]
    {
        all.extend(sentences.values().map(|it| format!("{name} {:?}", details(of, &it.details))));
    }
    all
}

/// The board as an exact text can tell it.
fn without_people(board: &Board) -> Board {
    let mut board = board.clone();
    board.votes.clear();
    for note in board.notes.values_mut() {
        note.author.clear();
        let mut texts: Vec<String> = note.wording.alternatives().into_iter().map(composed).collect();
        texts.dedup();
        note.wording.values = texts.into_iter().map(|text| (note.id, text)).collect();
    }
    board
}

/// Reading, writing and reading again changes nothing any more.
fn check_text(text: &str) -> Result<Board, TestCaseError> {
    let first = board(text);
    let written = clean(&first);
    let second = board(&written);
    prop_assert_eq!(told(&first), told(&second), "{}", written);
    prop_assert_eq!(&clean(&second), &written, "written once more, from {:?}", text);
    Ok(first)
}

fn counts(board: &Board) -> (usize, usize, usize) {
    let stuck = board.notes.values().filter(|note| note.host.is_some()).count();
    (board.notes.len(), board.arrows.len(), stuck)
}

#[test]
fn a_korean_wall_is_read_whole() {
    let wall = check_text(BOOKSHOP).unwrap();
    insta::assert_snapshot!(clean(&wall));
    assert_eq!(counts(&wall), (26, 23, 2));
}

#[test]
fn an_english_wall_is_read_whole() {
    let wall = check_text(CLINIC).unwrap();
    insta::assert_snapshot!(clean(&wall));
}

#[test]
fn one_context_is_written_alone() {
    let wall = board(BOOKSHOP);
    let context = wall.contexts.values().find(|context| context.name() == "알림").map(|context| context.id);
    let text =
        named("text").and_then(|text| text.text(&wall, &Choices { context, ..Choices::default() })).unwrap();
    assert!(text.contains("## 알림 generic\n%입고될 때마다"), "{text}");
    assert!(!text.contains("재고 차감"), "{text}");
}

#[test]
fn what_a_text_leaves_out_is_said() {
    let check = |text: &str, keys: &[&str]| {
        let remarks = read(text, &mut minted()).unwrap().remarks;
        let said: Vec<String> =
            remarks.iter().map(|it| format!("{} {}", it.line.unwrap_or(0), it.said.key.0)).collect();
        assert_eq!(said, keys, "{text}");
    };
    check(
        "# a\n# b\n### c\nlevel: ?\n> > <",
        &["2 text-second-title", "3 text-odd-line", "4 text-odd-line", "5 text-odd-line"],
    );
    check("| *x", &["1 text-arrow-from-nothing"]);
    check("=x < *y, x", &["1 text-source-made", "1 text-arrow-to-itself"]);
    check("!x on:*y", &["1 text-unknown-reference"]);
    check("*x id:readauthor.1/9\n*y id:readauthor.1/9", &["0 text-id-twice", "0 text-without-people"]);
    check(&"가".repeat(4_001), &["1 text-too-long"]);
    assert_eq!(board(&"가".repeat(9_001)).notes.len(), 3);
}

proptest! {
    #[test]
    fn a_board_comes_back_from_its_text(wall in boards()) {
        let text = clean(&wall);
        let read = board(&text);
        prop_assert_eq!(told(&read), told(&wall), "{}", text);
        prop_assert_eq!(clean(&read), text);
    }
}

/// Lines as people type them, and as nobody would.
fn texts() -> impl Strategy<Value = String> {
    let wording = prop::sample::select(vec![
        "주문됨",
        "결제됨",
        "고객",
        "주문",
        "Order placed",
        "Place order",
        "환불?",
        "\"A > B\"",
        "a:b",
        "주문/주문됨",
        "결제됨#2",
        "-/고객",
        "재고 (Stock)",
        "\\n",
        "“따옴표”",
        "[",
        "x]",
        "구매//주문됨",
        "",
        "5\"",
        "3>2",
        "c d",
    ]);
    let mark = prop::sample::select(vec![
        "",
        "",
        "",
        "*",
        "**",
        "/",
        "@",
        "!",
        "%",
        "=",
        "+",
        "$+",
        "[",
        "[[",
        "time:",
        "이벤트: ",
        "note:",
        "e ",
        "＊",
    ]);
    let attr = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        " owner:민수",
        " tag:a,\"b c\"",
        " +done",
        " +new",
        " on:주문됨",
        " aside:\"범위 밖\"",
        " (Alias)",
        " .x:\"{}\"",
        " size:3x4",
        " why:x",
        " compensates:결제됨",
        " id:readauthor.1/9",
        " < 주문됨, 결제됨",
    ]);
    let arrow =
        prop::sample::select(vec![" > ", "->", " => ", " ~>(MQ) ", "→", " >(\"x y\" key:k) ", ">>", " | "]);
    let item = (mark, wording, attr).prop_map(|(mark, wording, attr)| format!("{mark}{wording}{attr}"));
    let row = prop::collection::vec((arrow, item), 1..4);
    let indent = prop::sample::select(vec!["", "", "  ", "    ", "\t"]);
    let lead = prop::sample::select(vec!["", "", "", "> ", "| ", "~> ", "|(x)", "- "]);
    let row = (indent, lead, row).prop_map(|(indent, lead, row)| {
        let row = row.into_iter().map(|(arrow, item)| arrow.to_owned() + &item).collect::<String>();
        format!("{indent}{lead}{}", row.trim_start_matches([' ', '>', '-', '=', '~', '→', '|']))
    });
    let other = prop::sample::select(vec![
        "## 주문",
        "## 결제 core",
        "## 구매/주문",
        "## 구매/",
        "##",
        "# 제목",
        "lane: 고객",
        "lane:",
        "lane: 시스템",
        "// 주석",
        "subdomain: 구매 (Buying)",
        "require: 주문한다 met_by:주문됨,결제/결제됨",
        "decision: \"x\"",
        "level: big-picture",
        "level: ?",
        "scope: 전부",
        "### 셋",
        "|",
        ">",
        "## \"A/B\" team:x",
        "## 주문#2",
    ]);
    let line = prop_oneof![5 => row, 2 => other.prop_map(str::to_owned), 1 => "\\PC{0,20}"];
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn reading_what_was_written_of_a_text_says_the_same(text in texts()) {
        check_text(&text)?;
    }

    #[test]
    fn an_exact_text_is_the_board_without_its_people(wall in boards()) {
        let text = exact(&wall);
        let read = board(&text);
        let (read, wall) = (without_people(&read), without_people(&wall));
        prop_assert_eq!(told(&read), told(&wall), "{}", text);
        prop_assert_eq!(&read.id, &wall.id);
        let places = |board: &Board| -> Vec<String> {
            let notes = board.notes.values().map(|it| {
                let wordings = it.wording.alternatives().into_iter().map(composed).collect::<Vec<_>>();
                format!("{:?} {:?} {:?} {} {:?} {wordings:?}", it.id, it.at, it.size, it.z, it.host)
            });
            let arrows = board.arrows.values().map(|it| format!("{:?} {:?} {:?}", it.id, it.from, it.to));
            let frames = board.contexts.values().map(|it| format!("{:?} {:?}", it.id, it.rect));
            let lanes = board.lanes.values().map(|it| format!("{:?} {:?}", it.id, it.y));
            let said = board.requirements.keys().chain(board.decisions.keys()).map(|it| format!("{it:?}"));
            notes.chain(arrows).chain(frames).chain(lanes).chain(said).collect()
        };
        prop_assert_eq!(places(&read), places(&wall), "{}", text);
        prop_assert_eq!(exact(&read), text);
    }

    #[test]
    fn bytes_of_any_sort_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check_text(&String::from_utf8_lossy(&bytes))?;
    }
}
