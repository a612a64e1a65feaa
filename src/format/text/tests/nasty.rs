//! Texts nobody means well with: each is read whole, written and read again, in about the time its length takes.

use super::{board, clean, minted};
use crate::format::text::{completions, line, read_onto};
use crate::model::limit::{CONTEXTS_MAX, NOTES_MAX, ROWS_MAX, WORDING_CHARS_MAX};
use crate::model::{Level, NoteKind};

/// Long enough that time squared would be noticed.
const MANY: usize = 20_000;

fn check(text: &str) {
    let wall = board(text);
    let written = clean(&wall);
    assert_eq!(clean(&board(&written)), written);
    assert!(wall.notes.values().all(|note| note.rect().on_wall()));
    assert!(wall.contexts.values().all(|context| context.rect.on_wall()));
}

#[test]
fn one_long_line_of_signs() {
    for sign in [
        "“", "\"", ">", ">(", "-", "=>", "|", "<", " < ", "#1", "/", "[", "(a)", "\\", "//", "* ", "a:b ",
        "+new ", "、", "가> ",
    ] {
        check(&sign.repeat(MANY));
        check(&format!("x{}", sign.repeat(MANY)));
    }
}

#[test]
fn many_lines_that_hang_on_each_other() {
    let lines = |line: &dyn Fn(usize) -> String| (0..MANY / 4).map(|at| line(at) + "\n").collect::<String>();
    check(&lines(&|at| format!("{}> *e{at}", " ".repeat(at))));
    check(&lines(&|at| format!("{}| *e{at}", " ".repeat(at))));
    check(&lines(&|at| format!("{}!q{at}", " ".repeat(at % 100))));
    check(&lines(&|_| "@고객 > /주문하기 > [주문] > *주문됨".to_owned()));
    check(&lines(&|at| format!("*e{at} > *e{}", (at * 7) % 97)));
    check(&lines(&|at| format!("=r < *e{at}, *e{}", at / 2)));
    check(&lines(&|at| format!("*a{at} on:*a{}", at + 1)));
    check(&lines(&|at| format!("고객 > 주문 > 주문 > 주문됨 {at}")));
    check(&lines(&|at| format!("*e +new size:{at}x900000")));
}

#[test]
fn more_than_a_wall_holds() {
    let contexts: String = (0..CONTEXTS_MAX + 5).map(|at| format!("## c{at}\n*e\n")).collect();
    assert_eq!(board(&contexts).contexts.len(), CONTEXTS_MAX);
    let sentences = "require: a\nlane: b +new\n".repeat(ROWS_MAX + 5);
    assert_eq!(board(&sentences).requirements.len(), ROWS_MAX);
    let notes = "*e +new > ".repeat(NOTES_MAX + 5);
    assert_eq!(board(&notes).notes.len(), NOTES_MAX);
}

#[test]
fn foreign_letters_and_control_signs() {
    for text in [
        "\u{feff}# a",
        "a\r\nb\r\n",
        "*\u{0}\u{7}\u{1b}[2J",
        "\u{202e}evil",
        "=\u{338}x",
        ">\u{338}",
        "\u{1100}\u{1161}됨",
        "*a\u{b}b\u{2028}c",
        "\u{300}",
        "# \u{301}",
        "＃ 제목",
        "＊주문됨　＞　／주문",
        "\t\t> x",
        "   ",
        "\"\\",
        "\"\\\"",
        "*\"a\\qb\"",
        "[[",
        "]]",
        "[[]]",
        "[]",
        "**",
        "****",
        "## /",
        "## //",
        "## a/b/c",
        "subdomain:",
        "lane",
        "level:",
        "require:",
        "::",
        ":",
        "id:x",
        "*a id:x",
        "*a at:1",
        "*a at:9999999999,1",
        "*a size:0x0",
        "*a size:-1x5",
        "*a on:",
        "*a on:*a",
        "*a on:*b\n*b on:*a",
        "*a#0",
        "*a#4294967296",
        "*a#4294967295",
        "*a#00",
        "-/x",
        "-/",
        "/-/x",
        "$",
        "$+",
        "$-",
        "$5 환불",
        "+",
        "+new",
        "*a +new +new",
        "> a < b > c < d",
        "< a",
        "a <",
        "a < < b",
        "a > < b",
        "|(",
        "|()",
        "|(x) a",
    ] {
        check(text);
    }
    check(&format!("*{}", "가".repeat(WORDING_CHARS_MAX * 3)));
    check(&format!("## {}\n*a alias:\"{}\"", "나".repeat(500), "다".repeat(500)));
}

#[test]
fn a_large_wall_is_edited_and_typed_onto() {
    let text: String = (0..MANY / 10)
        .map(|at| format!("## c{}\n@고객 > /주문 {at} > [주문] > *주문 {at}됨\n", at / 50))
        .collect();
    let wall = board(&text);
    let changed = clean(&wall).replace("주문 77됨", "주문 칠칠됨") + "*끝남\n";
    let edited = read_onto(&wall, &changed, false, &mut minted()).unwrap().board;
    assert_eq!(edited.notes.len(), wall.notes.len() + 1);
    let moved =
        wall.notes.values().filter(|note| edited.notes.get(&note.id).is_none_or(|now| now.at != note.at));
    assert_eq!(moved.count(), 0);
    let drawn = line(&wall, "고객 > 주문 5 > 새 이벤트됨", Level::Design, None, None).board;
    assert_eq!(drawn.notes.values().filter(|note| note.kind == NoteKind::DomainEvent).count(), 1);
    assert_eq!(completions(&wall, "*주문 77", "*주문 77".len()).wordings[0], "주문 77됨");
    let other = board(&text.replace("주문", "배송"));
    assert_eq!(
        read_onto(&wall, &clean(&other), false, &mut minted()).unwrap().board.notes.len(),
        other.notes.len()
    );
}
