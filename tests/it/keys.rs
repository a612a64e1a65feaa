//! What keys do: a wall, keys, and the wall after them.

use squall::model::{Id, Level};
use squall::session::config::Config;
use squall::tui::input::Input;
use squall::tui::state::{Effect, Mode};
use squall::tui::theme::{Shade, Theme};
use squall::words::Lang;

use crate::scratch::Scratch;
use crate::sitter::Sitter;

/// Presses `keys` on an empty wall for software design and tells it.
#[track_caller]
fn check(keys: &str, told: &str) {
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    sitter.press(keys);
    assert_eq!(sitter.told(), told, "after {keys}\n{}", sitter.screen());
}

#[test]
fn enter_saves_and_stops_tab_saves_and_opens_the_next() {
    check("o '주문됨 Enter", "*E 주문됨");
    check("o '주문됨 Esc", "*E 주문됨");
    check("o '주문됨 Tab", "*E 주문됨");
    check("o Enter", "");
    check("o 'x Backspace Esc", "");
    check(
        "o '주문됨 Tab '주문되면_결제한다 Tab '결제_요청 Tab '결제 Tab '결제됨 Enter",
        "E 주문됨 · P 주문되면 결제한다 · C 결제 요청 · G 결제 · *E 결제됨 · 주문됨 > 주문되면 결제한다 · \
         주문되면 결제한다 > 결제 요청 · 결제 요청 > 결제 · 결제 > 결제됨",
    );
}

#[test]
fn tab_on_an_empty_sticky_offers_another_kind_and_shift_tab_the_one_before() {
    check("o '주문됨 Tab Tab '배송_알림 Enter", "E 주문됨 · *R 배송 알림 · 주문됨 > 배송 알림");
    check("o '주문됨 Tab Tab Shift-Tab 'x Enter", "E 주문됨 · *P x · 주문됨 > x");
}

#[test]
fn a_wording_says_its_kind_unless_a_person_said_it() {
    check("o '주문됨 Tab '왜_늦나? Enter", "E 주문됨 · *! 왜 늦나? · 주문됨 > 왜 늦나?");
    check("n c '주문됨 Enter", "*C 주문됨");
    // The keys that open an event only offer one.
    check("o '주문되면_알린다 Enter", "*P 주문되면 알린다");
    check("o '주문 Enter", "*E 주문");
    check("o Tab Shift-Tab '주문되면_알린다 Enter", "*E 주문되면 알린다");
}

#[test]
fn the_names_of_lanes_stand_left_of_all_notes() {
    let wall = "o '주문됨 Enter r l '앞 Enter o '결제됨 Enter";
    let lane = |keys: &str| {
        let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
        sitter.press(&format!("{wall} {keys}"));
        let lane = sitter.state().main.and_then(|id| sitter.board().lanes.get(&id)).cloned();
        (lane.map(|lane| (lane.name().to_owned(), lane.y)), sitter.told())
    };
    let (named, _) = lane("h h");
    let (name, y) = named.expect("a lane is chosen");
    assert_eq!(name, "앞");
    assert_eq!(lane("h h e '쪽 Enter h h").0, Some(("앞쪽".into(), y)));
    assert_eq!(lane("h h m j j Enter").0, Some(("앞".into(), y + 2)));
    assert_eq!(lane("h h x h h").0, None);
    assert_eq!(lane("h h l").1, "*E 주문됨 · E 결제됨");
    let mut bare = Sitter::new(Some(Level::Design), (120, 40));
    bare.press("r l '앞 Enter r l '뒤 Enter Esc j");
    assert!(bare.state().main.is_some_and(|id| bare.board().lanes.contains_key(&id)));
}

#[test]
fn what_undo_brings_back_is_chosen_again() {
    check("o 'a Enter o 'b Enter x u", "E a · *E b");
    check("o 'a Enter o 'b Enter X '범위_밖 Enter u", "E a · *E b");
    check("o 'a Enter o 'b Enter S a x u", "+E a · *+E b");
    check("o 'a Enter o 'b Enter g g x u .", "*E b");
}

#[test]
fn a_long_paste_is_one_deed_and_no_more_than_its_lines() {
    let lines: String = (0..2_000).map(|n| format!("{n}번_주문이_접수됨\n")).collect();
    let megabytes_of = |text: &str| text.repeat(10_000_000 / text.len());
    for (pasted, made) in [
        (lines, 200),
        (megabytes_of("주문이 접수됨 "), 25),
        (megabytes_of("가나다\n"), 1),
        ("배송됨\n".into(), 1),
    ] {
        let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
        sitter.press("o '처음 Enter");
        sitter.input(Input::Paste(pasted.clone()));
        assert_eq!(sitter.board().notes.len() - 1, made);
        assert_eq!(sitter.state().told.is_some(), pasted.len() > 1_000);
        sitter.press("u");
        assert_eq!(sitter.told(), "E 처음");
    }
}

#[test]
fn an_arrow_and_a_paste_are_done_once_more() {
    check("o 'a Enter o 'b Enter o 'c Enter y . p .", "E a · E b · E c · E c · *E c");
    check("o 'a Enter o 'b Enter o 'c Enter h h a a l l .", "E a · E b · *E c · a > b · c > b");
}

#[test]
fn what_cannot_be_done_once_more_is_not_taken_for_what_came_before() {
    check("o 'a Enter m l l Enter o 'b Enter .", "E a · *E b");
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    sitter.press("o 'a Enter g r n '주문한다 Enter e '_X Enter Esc .");
    assert_eq!(sitter.board().requirements.values().next().unwrap().text(), "주문한다 X");
    assert!(sitter.board().notes.values().all(|note| note.details.is_empty()), "{:?}", sitter.board().notes);
}

#[test]
fn what_is_told_is_never_cut_and_says_where_there_is_more() {
    let scratch = Scratch::new();
    let path = scratch.join("config.toml");
    let wrong = "[keys]\nflyy = [\"o\"]\nswim = [\"o\"]\nundo = [\"Ctrl-Alt-Shift-Nothing-Like-A-Key\"]\n";
    std::fs::write(&path, wrong).unwrap();
    let config = Config::at(&path);
    let mut sitter = Sitter::set(Some(Level::Design), (60, 24), Theme::default(), config);
    let shown = sitter.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("그 밖에 2가지가 더 있어요. `squall config`를 쓰면 모두 보여요."), "{shown}");
    assert!(!sitter.press("Esc").screen().contains("그 밖에"));
}

#[test]
fn notes_come_after_before_below_and_on_the_chosen_one() {
    check("o 'b Enter < 'a Enter", "*G a · E b · a > b");
    check("o 'a Enter > 'b Enter", "E a · *P b · a > b");
    check("n c 'c Enter > 'e1 Enter | 'e2 Enter", "C c · G e1 · *G e2 · c > e1 · c > e2");
    check("n c 'c Enter @ '고객 Enter", "*A 고객 · C c · 고객 > c");
    check("o 'e Enter ! '왜? Enter", "E e · *! 왜?");
    check("o 'b Enter O 'a Enter", "*E a · E b");
}

#[test]
fn the_line_drops_rows_with_their_arrows_and_stays_open() {
    check(
        "i '고객_>_주문하기_>_주문_>_주문됨 Enter '~>_주문되면_결제를_요청한다 Enter Esc",
        "A 고객 · C 주문하기 · G 주문 · E 주문됨 · *P 주문되면 결제를 요청한다 · 고객 > 주문하기 · 주문하기 > 주문 · \
         주문 > 주문됨 · 주문됨 ~> 주문되면 결제를 요청한다",
    );
    check(
        "o '주문됨 Enter i '주ㅁ Backspace Tab '_>_주문되면_알린다 Enter Esc",
        "E 주문됨 · *P 주문되면 알린다 · 주문됨 > 주문되면 알린다",
    );
    check("i '주문됨 Esc", "");
    check("i Enter Esc", "");
    check("i '주문됨 Enter u", "*E 주문됨");
    check("i '주문됨 Enter Esc u", "");
}

#[test]
fn hangul_layout_needs_no_toggle() {
    // ㅜㅊ is `n c`, ㅐ is `o`, and a syllable is the keys that typed it.
    check("'ㅜㅊ '주문하기 Enter", "*C 주문하기");
    check("'ㅐ '주문됨 Enter 'ㅌ", "");
    check("'ㅐ '주문됨 Enter 'ㅊㅔ", "*P 주문됨");
    let mut sitter = Sitter::new(Some(Level::Design), (120, 20));
    assert!(sitter.press("'ㅐ '주문됨 Enter 'ㅓ").screen().contains("한 박자 늦게"));
    assert!(!sitter.press("j").screen().contains("한 박자 늦게"));
    // The input method made one compound of `n r` and the first consonant of the wording.
    check("'ㅜ 'ㄳㅏ람 Enter", "*R 사람");
}

#[test]
fn deeds_change_what_is_chosen() {
    check("o 'a Enter c p", "*P a");
    check("o 'a Enter e 'bc Enter", "*E abc");
    check("o 'a Enter o 'b Enter x", "*E a");
    check("o 'a Enter D", "E a · *E a");
    check("o 'a Enter o 'b Enter v h v f '주문 Enter", "E a · E b · [주문]");
    check("o 'a Enter X '범위_밖 Enter", "");
    check("o 'a Enter X '범위_밖 Enter g x Enter", "E a");
    check("o 'a Enter *", "*E a");
    check("o 'a Enter o 'b Enter h Tab", "E a · *E b");
    check("o 'a Enter o 'b Enter g g", "*E a · E b");
}

#[test]
fn what_was_done_is_taken_back_and_done_again_and_said() {
    check("o 'a Enter u", "");
    check("o 'a Enter u U", "*E a");
    check("o 'a Enter o 'b Enter h c p u u", "*E a");
    check("o 'a Enter Tab", "*E a");
    let mut sitter = Sitter::new(Some(Level::Design), (120, 20));
    let offered = sitter.press("o '주문됨 Enter Esc").screen();
    assert!(offered.contains("u 되돌리기: "), "{offered}");
    let taken_back = sitter.press("u").screen();
    assert!(taken_back.contains("되돌렸어요: "), "{taken_back}");
    assert!(sitter.press("u u").state().told.as_ref().is_some_and(|told| told.bad));
}

#[test]
fn an_arrow_is_drawn_by_letter_made_async_and_taken_away_the_same_way() {
    let two = "o 'a Enter o 'b Enter h";
    check(&format!("{two} a a"), "*E a · E b · a > b");
    check(&format!("{two} A a"), "*E a · E b · b > a");
    check(&format!("{two} a ~ a"), "*E a · E b · a ~> b");
    check(&format!("{two} a ~ a a = a"), "*E a · E b · a => b");
    check(&format!("{two} a a a a"), "*E a · E b");
    check(&format!("{two} a a g a ~"), "E a · E b · a ~> b");
    check(&format!("{two} a a g a x"), "E a · E b");
}

#[test]
fn what_is_carried_moves_when_it_is_dropped_and_not_before() {
    let placed = |keys: &str| {
        let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
        sitter.press("o 'a Enter");
        let before = sitter.board().notes.values().next().unwrap().at;
        sitter.press(keys);
        let after = sitter.board().notes.values().next().unwrap().at;
        [after.x - before.x, after.y - before.y]
    };
    assert_eq!(placed("m l l j"), [0, 0]);
    assert_eq!(placed("m l l j Enter"), [2, 1]);
    assert_eq!(placed("m L J Esc"), [0, 0]);
    assert_eq!(placed("m H K Enter"), [-5, -5]);
    assert_eq!(placed("- - m l Enter"), [2, 0]);
}

#[test]
fn looking_finds_and_comes_back() {
    let wall = "o '주문됨 Enter o '결제됨 Enter o '배송됨 Enter";
    check(&format!("{wall} / 'ㄱㅈ Enter"), "E 주문됨 · *E 결제됨 · E 배송됨");
    check(&format!("{wall} / '됨 Enter ]"), "E 주문됨 · *E 결제됨 · E 배송됨");
    check(&format!("{wall} / '됨 Down Enter ["), "*E 주문됨 · E 결제됨 · E 배송됨");
    check(&format!("{wall} s s"), "*E 주문됨 · E 결제됨 · E 배송됨");
    check(&format!("{wall} : '지우기 Enter"), "E 주문됨 · *E 결제됨");
    check(&format!("{wall} ? 'Shift-Tab Esc g g"), "*E 주문됨 · E 결제됨 · E 배송됨");
}

/// Keys on three events and a hotspot: what is chosen, what is lit, and the sentence at the bottom.
#[track_caller]
fn check_found(keys: &str, main: &str, lit: &[&str], told: &str) {
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    sitter.press("o '주문됨 Enter o '결제됨 Enter o '배송됨 Enter ! '왜_늦나? Enter g g").press(keys);
    let text = |id: &Id| sitter.board().notes[id].text().to_owned();
    let lit_there: Vec<String> = sitter.state().lit.iter().map(text).collect();
    assert_eq!(lit_there, lit, "lit after {keys}");
    assert_eq!(sitter.state().main.as_ref().map(text).as_deref(), Some(main), "after {keys}");
    let said = sitter.state().told.as_ref().map_or(String::new(), |told| told.said.speak(Lang::Ko));
    assert_eq!(said, told, "after {keys}");
}

#[test]
fn what_is_typed_is_lit_at_once_and_gone_through() {
    check_found("/ '됨", "주문됨", &["주문됨", "결제됨", "배송됨"], "");
    check_found("/ '됨 'ㄱ", "주문됨", &[], "");
    check_found("/ '겨", "주문됨", &["결제됨"], "");
    check_found("/ '됨 Esc", "주문됨", &[], "");
    check_found("/ '됨_-ㅂㅅ Enter", "주문됨", &["주문됨", "결제됨"], "");
    check_found("/ '됨 Enter ]", "결제됨", &["주문됨", "결제됨", "배송됨"], "3개 중 2번째: 됨");
    check_found("/ '됨 Enter [", "배송됨", &["주문됨", "결제됨", "배송됨"], "3개 중 3번째: 됨");
    check_found("/ '됨 Enter ] Esc", "결제됨", &[], "");
    check_found("/ '상태:핫스팟 Enter", "왜 늦나?", &["왜 늦나?"], "");
    check_found("]", "주문됨", &[], "찾은 것이 없어요. / 눌러 찾아보세요.");
}

#[test]
fn one_comes_back_to_where_one_looked_and_forward_again() {
    let wall = "o '주문됨 Enter o '결제됨 Enter o '배송됨 Enter";
    check(&format!("{wall} g g g ''"), "E 주문됨 · E 결제됨 · *E 배송됨");
    check(&format!("{wall} g g / 'ㄱㅈ Enter g '' g ''"), "E 주문됨 · E 결제됨 · *E 배송됨");
    check(&format!("{wall} g g / 'ㄱㅈ Enter g '' g '' g \" g \""), "E 주문됨 · *E 결제됨 · E 배송됨");
    check(&format!("{wall} g ''"), "E 주문됨 · E 결제됨 · *E 배송됨");
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    let before = sitter.press(wall).state().window;
    assert_ne!(sitter.press("0 Ctrl-Right").state().window, before);
    assert_eq!(sitter.press("g ''").state().window, before);
}

#[test]
fn one_goes_from_pivotal_event_to_pivotal_event() {
    let wall = "o '주문됨 Enter * o '결제됨 Enter o '배송됨 Enter *";
    check(&format!("{wall} {{"), "*E 주문됨 · E 결제됨 · E 배송됨");
    check(&format!("{wall} {{ }}"), "E 주문됨 · E 결제됨 · *E 배송됨");
    check(&format!("{wall} }}"), "E 주문됨 · E 결제됨 · *E 배송됨");
    check(&format!("{wall} g ("), "*E 주문됨 · E 결제됨 · E 배송됨");
    check(&format!("{wall} g ( g )"), "E 주문됨 · E 결제됨 · *E 배송됨");
}

#[test]
fn one_jumps_to_frames_and_arrows_too() {
    let wall = "o 'a Enter > 'b Enter f '주문 Enter";
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    sitter.press(wall).press("s Tab a");
    let chosen = sitter.state().main.expect("something is chosen");
    assert!(sitter.board().arrows.contains_key(&chosen) || sitter.board().contexts.contains_key(&chosen));
    sitter.press("s Tab s");
    let other = sitter.state().main.expect("something is chosen");
    let there = [chosen, other];
    assert!(there.iter().any(|id| sitter.board().arrows.contains_key(id)), "{}", sitter.screen());
    assert!(there.iter().any(|id| sitter.board().contexts.contains_key(id)), "{}", sitter.screen());
    check("o 'a Enter o 'b Enter s Tab Tab a", "*E a · E b");
}

#[test]
fn tab_completes_a_qualifier_and_its_value_and_else_goes_down() {
    check_found("/ '종 Tab '핫 Tab Enter", "왜 늦나?", &["왜 늦나?"], "");
    check_found("/ 'k Tab Tab Enter", "주문됨", &["주문됨", "결제됨", "배송됨"], "");
    check_found("/ '됨 Tab Enter", "결제됨", &["주문됨", "결제됨", "배송됨"], "");
}

#[test]
fn a_new_wall_asks_how_far_it_goes_and_offers_only_those_kinds() {
    let mut sitter = Sitter::new(None, (80, 24));
    sitter.press("Enter");
    assert_eq!(sitter.board().level(), Some(Level::BigPicture));
    sitter.press("o '주문됨 Tab '결제됨 Enter");
    assert_eq!(sitter.told(), "E 주문됨 · *E 결제됨 · 주문됨 > 결제됨");
}

#[test]
fn ctrl_c_leaves_at_the_second_time_and_loses_no_word() {
    let mut sitter = Sitter::new(Some(Level::Design), (80, 24));
    sitter.press("o '주문됨 Ctrl-C");
    assert_eq!((sitter.told().as_str(), sitter.asked.len()), ("*E 주문됨", 0));
    sitter.press("l Ctrl-C");
    assert_eq!(sitter.asked, []);
    sitter.press("Ctrl-C");
    assert_eq!(sitter.asked, [Effect::Quit]);
}

/// Two notes, then the mouse; `A` and `B` stand for the middles of `a` and `b`.
#[track_caller]
fn check_mouse(deeds: &str, told: &str) {
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    sitter.press("o 'a Enter o 'b Enter Esc");
    let [a, b] = ["a", "b"].map(|name| sitter.cell_of(name)).map(|(x, y)| format!("{x} {y}"));
    let handle = format!("{} {}", sitter.cell_of("a").0 + 11, sitter.cell_of("a").1);
    sitter.mouse(&deeds.replace("HANDLE", &handle).replace('A', &a).replace('B', &b));
    assert_eq!(sitter.told(), told, "after {deeds}\n{}", sitter.screen());
}

#[test]
fn the_mouse_chooses_marks_and_lets_go() {
    check_mouse("press A, release A", "*E a · E b");
    check_mouse("press A, release A, press 1 5, release 1 5", "E a · E b");
    check_mouse("press A, release A, press 1 5, drag 3 5, release 3 5", "*E a · E b");
    check_mouse("shift-press A, release A, shift-press B, release B", "+E a · *+E b");
    check_mouse("alt-press 0 2, drag 118 38, release 118 38", "+E a · *+E b");
}

#[test]
fn an_arrow_is_pulled_from_the_handle_to_a_note_or_to_a_new_one() {
    check_mouse("press A, release A, press HANDLE, drag B, release B", "*E a · E b · a > b");
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    sitter.press("o 'a Enter");
    let (x, y) = sitter.cell_of("a");
    sitter.mouse(&format!("press {} {y}, drag {x} 30, release {x} 30", x + 11)).press("'주문되면_한다 Enter");
    assert_eq!(sitter.told(), "*P 주문되면 한다 · E a · a > 주문되면 한다");
}

#[test]
fn a_dragged_note_lands_where_the_hand_let_go_and_the_wall_pans_under_the_hand() {
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    sitter.press("o 'a Enter");
    let (x, y) = sitter.cell_of("a");
    sitter.mouse(&format!("press {x} {y}, drag {} {}, release {} {}", x + 7, y - 3, x + 7, y - 3));
    assert_eq!(sitter.cell_of("a"), (x + 7, y - 3));
    sitter.mouse("press 1 30, drag 11 28, release 11 28");
    assert_eq!(sitter.cell_of("a"), (x + 17, y - 5));
    sitter.mouse(&format!("down {} {}, down 9 9, up 9 9, up 9 9", x + 17, y - 5));
    sitter.mouse(&format!("down {} {}", x + 17, y - 5));
    assert_eq!(sitter.state().window.percent(), 66);
}

#[test]
fn a_text_takes_as_much_of_a_paste_as_a_wording_may_hold() {
    let mut sitter = Sitter::new(Some(Level::Design), (80, 24));
    sitter.press("o '주문");
    for (pasted, holds) in [("됨 ", 3), (&*"글자\r\n".repeat(30_000), 4_000), ("글", 4_000)] {
        sitter.input(Input::Paste(pasted.into()));
        let Mode::Write(writing) = &sitter.state().mode else { panic!("{}", sitter.screen()) };
        assert_eq!(writing.field.text().chars().count(), holds);
        assert_eq!(sitter.state().told.is_some(), holds == 4_000);
    }
    sitter.press("Enter");
    assert_eq!(sitter.board().notes.len(), 1);
}

#[test]
fn what_is_chosen_or_being_worded_stays_in_sight_when_the_window_shrinks() {
    for keys in ["o '주문됨 Tab '결제됨 Enter", "o '주문됨 Tab '결제됨"] {
        let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
        sitter.press(keys);
        for size in [(60, 20), (1, 1), (2, 9), (30, 12)] {
            sitter.input(Input::Resize(size.0, size.1));
        }
        let screen = sitter.screen();
        assert!(screen.contains("결제됨"), "after {keys}\n{screen}");
    }
}

#[test]
fn two_clicks_on_nothing_write_there_and_two_on_a_note_word_it_anew() {
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    sitter.mouse("double 40 20").press("'주문하기 Enter");
    assert_eq!(sitter.told(), "*C 주문하기");
    let (x, y) = sitter.cell_of("주문하기");
    sitter.mouse(&format!("double {x} {y}")).press("'_바로 Enter");
    assert_eq!(sitter.told(), "*C 주문하기 바로");
}

/// Two rows of an online shop: an actor decides, two policies go on, an external system answers in two ways.
#[test]
fn twelve_stickies_and_eleven_arrows_need_no_more_than_35_keys_beside_their_wording() {
    let mut sitter = Sitter::new(Some(Level::Design), (160, 50));
    sitter.press(
        "n a '고객 Tab '주문하기 Tab '주문 Tab '주문됨 Tab '주문되면_결제를_요청한다 Tab '결제_요청 Tab Tab Tab 'PG사 Tab \
         '결제됨 Tab '결제될_때마다_배송을_준비한다 Tab '배송_준비 Tab '배송 Tab '배송_시작됨 Enter",
    );
    assert_eq!(
        sitter.told(),
        "A 고객 · C 주문하기 · G 주문 · E 주문됨 · P 주문되면 결제를 요청한다 · C 결제 요청 · S PG사 · E 결제됨 · \
         P 결제될 때마다 배송을 준비한다 · C 배송 준비 · G 배송 · *E 배송 시작됨 · 고객 > 주문하기 · 주문하기 > 주문 · \
         주문 > 주문됨 · 주문됨 > 주문되면 결제를 요청한다 · 주문되면 결제를 요청한다 > 결제 요청 · 결제 요청 > PG사 · \
         PG사 > 결제됨 · 결제됨 > 결제될 때마다 배송을 준비한다 · 결제될 때마다 배송을 준비한다 > 배송 준비 · \
         배송 준비 > 배송 · 배송 > 배송 시작됨"
    );
    assert_eq!((sitter.board().notes.len(), sitter.board().arrows.len()), (12, 11));
    assert!(sitter.commands <= 35, "{} keys", sitter.commands);
}

#[test]
fn settings_hold_at_once_and_are_written_where_they_stand() {
    let scratch = Scratch::new();
    let path = scratch.join("config.toml");
    std::fs::write(&path, "# mine\ntheme = \"dark\"  # at night\nlater = 1\n").unwrap();
    let config = Config::at(&path);
    let mut sitter = Sitter::set(Some(Level::Design), (100, 30), Theme::default(), config);
    assert!(sitter.press(",").screen().contains("어둡게"));
    sitter.press("'밝기 Enter");
    assert_eq!(sitter.state().theme.shade, Shade::Light);
    sitter.press("Esc , 'mouse Esc , '마우스 Enter");
    assert_eq!(sitter.asked, [Effect::Mouse(false)]);
    sitter.press("Esc , '내_이름 Enter '민지 Enter Esc");
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "# mine\ntheme = \"light\"  # at night\nlater = 1\nmouse = \"off\"\nname = \"민지\"\n"
    );
    sitter.press("o 'x Enter");
    assert_eq!(sitter.board().notes.values().next().unwrap().author, "민지");
    sitter.press(", '언어 Enter").press("Esc");
    assert!(sitter.screen().contains("saved"), "{}", sitter.screen());
}

/// Presses `keys` on an empty wall where letters type.
#[track_caller]
fn check_simple(keys: &str, told: &str) {
    let scratch = Scratch::new();
    let path = scratch.join("config.toml");
    std::fs::write(&path, "profile = \"simple\"\n").unwrap();
    let mut sitter = Sitter::set(Some(Level::Design), (120, 40), Theme::default(), Config::at(&path));
    sitter.press(keys);
    assert_eq!(sitter.told(), told, "after {keys}\n{}", sitter.screen());
}

#[test]
fn where_letters_type_they_begin_an_event_or_go_on_with_what_is_chosen() {
    check_simple("'주문됨 Enter", "*E 주문됨");
    check_simple("'주문하기 Tab '주문 Enter", "C 주문하기 · *G 주문 · 주문하기 > 주문");
    check_simple("'주문 Enter '됨 Enter", "*E 주문됨");
    check_simple("'o Enter Alt-o 'p Enter Alt-ㅕ", "E o");
    check_simple("'a Enter F4 c 'b Enter F4 'ㅔ 'q Enter", "E a · C b · *P q");
    check_simple("'a Enter F3 'b Enter Left F9 a", "*E a · E b · a > b");
    check_simple("'a Enter Del Ctrl-U", "*E a");
    check_simple("'_ 'a Enter", "*E a");
    check_simple("'a Enter F3 'b Enter Left F9 a Alt-g a 'by_mail Enter", "E a · E b · a > b");
}

#[test]
fn own_keys_do_what_they_are_given_to_and_the_screen_tells_them() {
    let scratch = Scratch::new();
    let path = scratch.join("config.toml");
    std::fs::write(&path, "[keys]\nnew-after = \"F7\"\nhelp = [\"F9\"]\nquit = \"ctrl+h\"\n").unwrap();
    let mut sitter = Sitter::set(Some(Level::Design), (120, 40), Theme::default(), Config::at(&path));
    assert!(sitter.screen().contains("config.toml 4번째 줄: "), "{}", sitter.screen());
    sitter.press("F7 'a Enter o");
    assert_eq!(sitter.told(), "*E a");
    assert!(sitter.screen().contains("F9 도움말"), "{}", sitter.screen());
    sitter.press("q");
    assert_eq!(sitter.asked, [Effect::Quit]);
}

/// What the palette offers first for what is typed.
#[track_caller]
fn check_palette(typed: &str, first: &str) {
    let mut sitter = Sitter::new(Some(Level::Design), (100, 30));
    let screen = sitter.press(&format!(": '{typed}")).screen();
    let offered = screen.lines().nth_back(1).is_some().then(|| {
        let mut rows = screen.lines().skip_while(|line| !line.contains('├')).skip(1);
        rows.next().unwrap_or_default().trim().to_owned()
    });
    assert!(offered.is_some_and(|row| row.contains(first)), "{typed}:\n{screen}");
}

#[test]
fn the_palette_knows_both_languages_initials_unfinished_syllables_and_the_wrong_layout() {
    check_palette("고쳐", "고쳐 쓰기");
    check_palette("고쳐_쓱", "고쳐 쓰기");
    check_palette("ㄱㅊ", "고쳐 쓰기");
    check_palette("rhcu", "고쳐 쓰기");
    check_palette("reword", "고쳐 쓰기");
    check_palette("undo", "되돌리기");
    check_palette("ㅕㅜ애", "되돌리기");
    check_palette("hotspot_on", "핫스팟 붙이기");
    check_palette("새_스티커_정책", "정책");
}

#[test]
fn the_palette_knows_other_words_for_what_it_offers() {
    for (typed, offered) in [
        ("삭제", "지우기"),
        ("delete", "지우기"),
        ("trash", "지우기"),
        ("복제", "하나 더 만들기"),
        ("그룹", "묶기"),
        ("관계", "화살표"),
        ("연결", "화살표"),
        ("link", "화살표"),
        ("확대", "크게 보기"),
        ("검색", "찾기"),
        ("취소", "되돌리기"),
        ("수정", "고쳐 쓰기"),
        ("단축키", "도움말"),
        ("종료", "나가기"),
    ] {
        check_palette(typed, offered);
    }
    for typed in ["정렬", "align"] {
        let mut sitter = Sitter::new(Some(Level::Design), (100, 30));
        let shown = sitter.press(&format!(": '{typed}")).screen();
        assert!(shown.contains("왼쪽 맞추기") && shown.contains("한 줄로 맞추기"), "{typed}:\n{shown}");
    }
}

#[test]
fn whoever_hesitates_after_a_first_key_sees_how_to_go_on() {
    let mut sitter = Sitter::new(Some(Level::Design), (100, 30));
    assert!(!sitter.press("g").screen().contains("처음 스티커"));
    sitter.input(Input::Waited);
    let shown = sitter.screen();
    assert!(shown.contains("g 맨 처음 스티커") && shown.contains("보드 제목"), "{shown}");
    assert!(!sitter.press("Esc n").screen().contains("정책"));
    sitter.input(Input::Waited);
    let shown = sitter.screen();
    assert!(shown.contains(" p  정책"), "{shown}");
    assert!(!sitter.press("p").screen().contains("p  정책"));
}

#[test]
fn help_tells_the_keys_of_this_place_first_and_gives_back_what_was_begun() {
    let mut sitter = Sitter::new(Some(Level::Design), (100, 30));
    let shown = sitter.press("o '주문 F1").screen();
    let at = |text: &str| shown.find(text).unwrap_or(usize::MAX);
    assert!(at("스티커에 쓸 때") < at("글을 쓸 때"), "{shown}");
    assert!(sitter.press("'줄_바꾸기").screen().contains("Alt-Enter"));
    sitter.press("Esc '됨 F1 Enter Enter");
    assert_eq!(sitter.told(), "*E 주문됨");
    assert!(sitter.press("g ?").screen().contains("업무에서 일어난 일"));
}

#[test]
fn the_walk_goes_on_by_what_is_really_done_waits_where_it_is_left_and_ends_with_a_process() {
    let scratch = Scratch::new();
    let path = scratch.join("config.toml");
    let mut sitter = Sitter::set(Some(Level::Design), (100, 30), Theme::default(), Config::at(&path));
    assert!(sitter.press("g .").state().tour.is_none(), "an empty wall has nothing to walk round in");
    sitter.press("o 'a Enter o 'b Enter o 'c Enter g .");
    let at = |sitter: &Sitter| sitter.state().tour.as_ref().map(|tour| tour.at);
    let mut walk = |keys: &str, step: Option<usize>| {
        sitter.press(keys);
        assert_eq!(at(&sitter), step, "after {keys}\n{}", sitter.screen());
    };
    walk("Esc", Some(0));
    walk("h h", Some(1));
    walk("=", Some(1));
    walk("-", Some(2));
    walk("1", Some(3));
    walk("/ 'a Enter", Some(4));
    walk("g .", None);
    walk("g .", Some(4));
    walk("o '방_청소됨 Enter", Some(5));
    walk("e Tab '청소되면_알린다 Enter", Some(6));
    walk("! '누가? Enter", Some(7));
    walk("m l l Enter", Some(8));
    walk("u", Some(9));
    walk("?", Some(10));
    walk("Esc i '고객_>_주문하기_>_주문_>_주문됨 Enter", None);
    assert!(sitter.press("Esc").state().settings.get("tour") == "done");
    assert!(std::fs::read_to_string(&path).unwrap().contains("tour = \"done\""));
    assert!(sitter.press("g .").screen().contains("둘러보기 1/11"), "{}", sitter.screen());
}
