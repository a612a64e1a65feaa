//! A changed text on the wall it was written from.

use proptest::prelude::*;

use super::{BOOKSHOP, board, clean, minted, told};
use crate::format::text::read_onto;
use crate::model::arrange::tidy;
use crate::model::tests::boards;
use crate::model::{Board, Id, Note};

fn edited(wall: &Board, text: &str) -> Board {
    read_onto(wall, text, false, &mut other_ids()).unwrap().board
}

fn other_ids() -> impl FnMut() -> Id {
    let mut mint = minted();
    move || Id { index: mint().index + 10_000, ..mint() }
}

/// Everything of a wall that differs between two versions of it.
fn changed(old: &Board, new: &Board) -> Vec<String> {
    let mut found = Vec::new();
    let ids = old.notes.keys().chain(new.notes.keys());
    for id in ids.collect::<std::collections::BTreeSet<_>>() {
        match (old.notes.get(id), new.notes.get(id)) {
            (Some(old), None) => found.push(format!("- {}", old.text())),
            (None, Some(new)) => found.push(format!("+ {}", new.text())),
            (Some(old), Some(new)) if old.text() != new.text() => {
                found.push(format!("{} -> {}", old.text(), new.text()))
            }
            (Some(old), Some(new)) if old.kind != new.kind => {
                found.push(format!("{} is {}", new.text(), new.kind.id()))
            }
            (Some(old), Some(new)) if old.at != new.at => found.push(format!("moved {}", new.text())),
            (Some(old), Some(new)) if old != new => found.push(format!("{:?}", new.details)),
            _ => {}
        }
    }
    let end = |board: &Board, id: &Id| board.notes.get(id).map_or("?", Note::text).to_owned();
    for (mark, one, two) in [('-', old, new), ('+', new, old)] {
        for arrow in one.arrows.values().filter(|arrow| two.arrows.get(&arrow.id) != Some(arrow)) {
            found.push(format!("{mark} {} > {}", end(one, &arrow.from), end(one, &arrow.to)));
        }
    }
    for context in new.contexts.values().filter(|it| old.contexts.get(&it.id) != Some(it)) {
        let was = old.contexts.get(&context.id);
        found.push(match was {
            Some(was) if was.name() != context.name() => {
                format!("frame {} -> {}", was.name(), context.name())
            }
            Some(was) if was.rect != context.rect => format!("frame {} grew", context.name()),
            Some(_) => format!("frame {:?}", context.details),
            None => format!("frame + {}", context.name()),
        });
    }
    found
}

fn check(change: impl Fn(&str) -> String, expected: &[&str]) -> Board {
    let wall = board(BOOKSHOP);
    let before = clean(&wall);
    let after = change(&before);
    assert_ne!(before, after, "nothing was changed");
    let new = edited(&wall, &after);
    assert_eq!(changed(&wall, &new), expected, "{after}");
    new
}

#[test]
fn rewording_a_sticky_changes_that_sticky_alone() {
    check(|text| text.replace("책 예약하기", "도서 예약하기"), &["책 예약하기 -> 도서 예약하기"]);
    check(
        |text| text.replace("!품절이면 누가 손님에게 알리나?", "!누가 알리나?"),
        &["품절이면 누가 손님에게 알리나? -> 누가 알리나?"],
    );
    check(
        |text| text.replace("%예약되면 재고를 잡는다", "!예약되면 재고를 잡는다"),
        &["예약되면 재고를 잡는다 is hotspot"],
    );
    check(
        |text| text.replace("owner:민수", "owner:지은"),
        &["{\"next\": String(\"점장에게 묻기\"), \"owner\": String(\"지은\")}"],
    );
}

#[test]
fn what_still_names_it_as_before_means_it_too() {
    check(|text| text.replace("**예약됨** (Book", "**예약 접수됨** (Book"), &["예약됨 -> 예약 접수됨"]);
    check(|text| text.replace("## 예약 (Booking)", "## 예약 접수 (Booking)"), &["frame 예약 -> 예약 접수"]);
    let wall = board(BOOKSHOP);
    let text = clean(&wall).replace("**예약됨** (Book", "**예약 접수됨** (Book");
    let remarks = read_onto(&wall, &text, false, &mut other_ids()).unwrap().remarks;
    assert!(remarks.iter().all(|remark| remark.said.key.0 == "text-former-wording"), "{remarks:?}");
    assert_eq!(remarks.len(), 1);
}

#[test]
fn only_what_is_new_is_laid_out() {
    let new = check(
        |text| text.replace("\n\n## 알림", "\n@점장 > /재고 조정 > *재고 조정됨\n\n## 알림"),
        &[
            "+ 점장",
            "+ 재고 조정",
            "+ 재고 조정됨",
            "+ 점장 > 재고 조정",
            "+ 재고 조정 > 재고 조정됨",
            "frame 재고 grew",
        ],
    );
    let frame = new.contexts.values().find(|context| context.name() == "재고").unwrap();
    let inside = new.notes.values().filter(|note| new.frame_of(note) == Some(frame.id)).count();
    assert_eq!(inside, 11);
    check(
        |text| text.replace("> /예약 취소 > [예약] > *예약 취소됨", "> /예약 취소 > *예약 취소됨"),
        &["- 예약", "- 예약 취소 > 예약", "- 예약 > 예약 취소됨", "+ 예약 취소 > 예약 취소됨"],
    );
    check(|text| text.replace("time: 매일 자정 > ", ""), &["- 매일 자정", "- 매일 자정 > 수령 기한 지남"]);
    check(|text| format!("{text}\n## 정산\n*정산됨\n"), &["+ 정산됨", "frame + 정산"]);
}

#[test]
fn moved_lines_keep_their_stickies() {
    let swap = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().position(|line| line.starts_with("@손님 > /예약 취소")).unwrap();
        lines.swap(at, at - 1);
        lines.join("\n")
    };
    check(swap, &[]);
    let new = check(
        |text| {
            let row = "time: 매일 자정 > *수령 기한 지남\n";
            text.replace(row, "")
                .replace("*알림/수령 기한 지남", "*수령 기한 지남")
                .replace("## 재고", &format!("{row}\n## 재고"))
        },
        &["moved 매일 자정", "moved 수령 기한 지남", "frame 예약 grew"],
    );
    assert_eq!(told(&new).len(), told(&board(BOOKSHOP)).len());
}

#[test]
fn what_stays_on_the_wall_is_not_covered() {
    let wall = board("*a\n*b");
    let new = read_onto(&wall, "*c", true, &mut other_ids()).unwrap().board;
    let note = new.notes.values().next().unwrap();
    assert!(wall.notes.values().all(|old| !old.rect().overlaps(note.rect())));
}

/// Without what two texts may tell in another way than one wall.
fn lawful(mut wall: Board) -> Board {
    for note in wall.notes.values_mut() {
        note.wording.values.truncate(1);
    }
    wall
}

proptest! {
    #[test]
    fn an_unchanged_text_changes_nothing(wall in boards()) {
        prop_assert_eq!(edited(&wall, &clean(&wall)), wall);
    }

    #[test]
    fn any_text_has_its_way_on_any_wall(old in boards(), new in boards()) {
        let (old, new) = (tidy(&lawful(old)), lawful(new));
        let text = clean(&new);
        let edited = edited(&old, &text);
        // Sentences are in the order of their ids, so that old ones stay before new ones.
        let sorted = |board: &Board| {
            let mut told = told(board);
            told.sort();
            told
        };
        prop_assert_eq!(sorted(&edited), sorted(&board(&text)), "{}", text);
        let notes: Vec<&Note> = edited.notes.values().collect();
        for (at, one) in notes.iter().enumerate() {
            for two in &notes[at + 1..] {
                prop_assert!(!one.rect().overlaps(two.rect()), "{:?} {:?}", one, two);
            }
        }
    }
}
