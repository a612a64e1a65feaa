//! What lint finds, on the notes and in the panel: mended, asked about, dismissed.

use squall::model::{Level, NoteKind};
use squall::tui::state::Mode;

use crate::sitter::Sitter;

/// A wall of a level, keys pressed on it, and the panel open at the findings.
fn wall(level: Level, keys: &str) -> Sitter {
    let mut sitter = Sitter::new(Some(level), (120, 40));
    sitter.press(keys).press("Esc g L");
    sitter
}

/// The rules told in the panel, from above.
fn told(sitter: &mut Sitter) -> Vec<String> {
    let screen = sitter.screen();
    let rows = screen.lines().filter_map(|line| line.rsplit_once('│')).map(|(_, row)| row.trim_start());
    let id = |row: &str| row.split(' ').next().unwrap_or_default().to_owned();
    let is_rule = |id: &String| squall::query::lint::rule(id).is_some_and(|rule| rule.id == id);
    rows.map(id).filter(is_rule).collect()
}

#[test]
fn notes_bear_a_quiet_sign_and_the_panel_says_why() {
    let mut sitter = wall(Level::Process, "o '주문_취소 Enter o '주문이_접수됨 Enter");
    assert!(sitter.screen().contains("E~"), "{}", sitter.screen());
    insta::assert_snapshot!(sitter.screen());
    sitter.press("f");
    assert!(sitter.told().contains("주문 취소됨"), "{}", sitter.told());
    sitter.press("u");
    assert!(!sitter.told().contains("주문 취소됨"), "{}", sitter.told());
}

#[test]
fn at_the_big_picture_only_what_is_plainly_wrong_is_told_before_somebody_asks() {
    let mut sitter = wall(Level::BigPicture, "o '주문_취소 Enter o '주문됨 Enter o '주문이_완료됨 Enter");
    assert_eq!(told(&mut sitter), ["E8"]);
    sitter.press("a");
    assert!(told(&mut sitter).contains(&"E2".to_owned()), "{}", sitter.screen());
    sitter.press("Esc g q");
    assert_eq!(told(&mut sitter), ["E8"]);
    sitter.press("G Enter");
    assert!(told(&mut sitter).contains(&"E2".to_owned()), "{}", sitter.screen());
}

#[test]
fn two_notes_that_say_the_same_become_one_or_stay_with_a_question() {
    let keys = "o '주문됨 Enter n c '결제_요청 Enter o '주문이_완료됨 Enter n c '포장_요청 Enter \
                g g l l a d Esc g g l l Esc";
    let mut sitter = wall(Level::BigPicture, keys);
    assert_eq!(told(&mut sitter), ["E8"]);
    insta::assert_snapshot!(sitter.screen());
    let before = sitter.told();
    sitter.press("f");
    assert!(!sitter.told().contains("완료됨"), "{}", sitter.told());
    sitter.press("u");
    assert_eq!(sitter.told().replace('*', ""), before.replace('*', ""));
    sitter.press("g !");
    let hotspots = sitter.board().notes.values().filter(|note| note.kind == NoteKind::Hotspot).count();
    assert_eq!((hotspots, told(&mut sitter)), (1, vec![]));
}

#[test]
fn what_is_found_about_a_context_is_dismissed_for_the_whole_wall_alone() {
    let mut sitter = wall(Level::Design, "n c '주문하기 Enter f '주문 Enter");
    let at = told(&mut sitter).iter().position(|id| id == "B2").expect("the context has no event");
    sitter.press(&"j ".repeat(at)).press("d");
    assert!(sitter.screen().contains("보드 전체에서만 끌 수 있어요: D"), "{}", sitter.screen());
    assert!(told(&mut sitter).contains(&"B2".to_owned()));
    assert!(!told(sitter.press("D")).contains(&"B2".to_owned()), "{}", sitter.screen());
}

#[test]
fn a_rule_is_silenced_for_a_note_or_for_the_wall_and_comes_back_with_undo() {
    let keys = "o '주문_취소 Enter o '결제_취소 Enter";
    let mut sitter = wall(Level::Process, keys);
    let count = |sitter: &mut Sitter| told(sitter).iter().filter(|id| *id == "E2").count();
    assert_eq!(count(&mut sitter), 2);
    assert_eq!(count(sitter.press("d")), 1);
    assert_eq!(count(sitter.press("u D")), 0);
    assert_eq!(count(sitter.press("u")), 2);
    sitter.press("Enter");
    assert_eq!(
        (sitter.state().mode.clone(), sitter.told()),
        (Mode::Wall, "*E 주문 취소 · E 결제 취소".into())
    );
}

#[test]
fn a_word_is_changed_everywhere_from_the_palette_and_from_the_finding() {
    let mut sitter = Sitter::new(Some(Level::Process), (120, 40));
    sitter.press("o '주문됨 Enter o '주문_확인됨 Enter : 'rename-term Enter '주문 Enter '예약 Enter");
    assert_eq!(sitter.told().replace('*', ""), "E 예약됨 · E 예약 확인됨");
    sitter.press("u");
    assert_eq!(sitter.told().replace('*', ""), "E 주문됨 · E 주문 확인됨");
    let mut sitter = wall(Level::Process, "o '주문됨 Enter o '주문_확인됨 Enter o '구매_취소됨 Enter");
    let row = told(&mut sitter).iter().position(|id| id == "E10").expect("two words for one thing");
    (0..row).for_each(|_| drop(sitter.press("j").screen()));
    sitter.press("f Enter");
    assert_eq!(sitter.told().replace('*', ""), "E 주문됨 · E 주문 확인됨 · E 주문 취소됨");
    assert_eq!(sitter.state().mode, Mode::Side);
}
