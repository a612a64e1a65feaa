//! Deeds on several things at once: chosen, moved, copied, laid out. A wall, keys, and the wall after them.

use squall::model::{Board, Level, Point, Rect, Size};
use squall::tui::input::Input;
use squall::tui::state::Effect;

use crate::sitter::Sitter;

/// Two events in a row, a command below the first, a context around the second.
const WALL: &str = "o '주문됨 Enter o '결제됨 Enter f '결제 Enter g g o '배송됨 Enter c c h";

fn wall() -> Sitter {
    let mut sitter = Sitter::new(Some(Level::Design), (160, 50));
    sitter.press(WALL);
    assert_eq!(sitter.told(), "*E 주문됨 · E 결제됨 · C 배송됨 · [결제]", "{}", sitter.screen());
    sitter
}

/// Presses `keys` on the wall and tells it.
#[track_caller]
fn check(keys: &str, told: &str) {
    let mut sitter = wall();
    sitter.press(keys);
    assert_eq!(sitter.told(), told, "after {keys}\n{}", sitter.screen());
}

/// Where the note with this wording lies.
fn place(sitter: &Sitter, wording: &str) -> Point {
    sitter.board().notes.values().find(|note| note.text() == wording).expect("a note says this").at
}

#[test]
fn many_are_chosen_one_by_one_by_a_box_and_by_what_they_share() {
    check("Space l Space", "+E 주문됨 · *+E 결제됨 · C 배송됨 · [결제]");
    check("Space Space", "*E 주문됨 · E 결제됨 · C 배송됨 · [결제]");
    check("v l", "+E 주문됨 · *+E 결제됨 · C 배송됨 · [결제]");
    check("v l h", "*+E 주문됨 · E 결제됨 · C 배송됨 · [결제]");
    check("v g e v h", "*+E 주문됨 · +E 결제됨 · +C 배송됨 · [결제]");
    check("S k", "*+E 주문됨 · +E 결제됨 · C 배송됨 · [결제]");
    check("S c", "*+E 주문됨 · E 결제됨 · +C 배송됨 · [결제]");
    check("l S l", "E 주문됨 · *+E 결제됨 · +C 배송됨 · [결제]");
    check("S a", "*+E 주문됨 · +E 결제됨 · +C 배송됨 · [결제]");
    check("S k S i", "E 주문됨 · E 결제됨 · *+C 배송됨 · [결제]");
    check("S a S n", "E 주문됨 · E 결제됨 · C 배송됨 · [결제]");
    assert!(wall().press("v").screen().contains("여기부터 상자로 고르기"));
    assert!(wall().press("S k").screen().contains("2개를 골랐어요"));
    check("'ㅎㄴㅏ", "*+E 주문됨 · +E 결제됨 · C 배송됨 · [결제]");
}

#[test]
fn a_box_begun_with_keys_is_drawn_with_the_mouse() {
    let mut sitter = wall();
    sitter.press("v").mouse("press 0 49, drag 159 1, release 159 1");
    assert_eq!(sitter.told(), "*+E 주문됨 · +E 결제됨 · +C 배송됨 · [결제]");
}

#[test]
fn what_is_copied_is_put_down_with_its_arrows_and_leaves_as_text() {
    check("a a y p", "E 주문됨 · *E 주문됨 · E 결제됨 · C 배송됨 · 주문됨 > 결제됨 · [결제]");
    check(
        "a a v l y S n p",
        "+E 주문됨 · E 주문됨 · *+E 결제됨 · E 결제됨 · C 배송됨 · 주문됨 > 결제됨 · 주문됨 > 결제됨 · [결제]",
    );
    check("v l Y", "*C 배송됨 · [결제]");
    check("a a v l Y p", "C 배송됨 · +E 주문됨 · *+E 결제됨 · 주문됨 > 결제됨 · [결제]");
    check("v l Y u", "+E 주문됨 · *+E 결제됨 · C 배송됨 · [결제]");
    check("p", "*E 주문됨 · E 결제됨 · C 배송됨 · [결제]");
    let mut sitter = wall();
    sitter.press("a a v l y");
    assert_eq!(sitter.asked, [Effect::Copy("*주문됨 > *결제됨\n".into())]);
}

#[test]
fn what_is_pasted_is_read_as_the_line_reads_it_and_what_was_copied_comes_back_as_it_was() {
    let pasted = |text: &str| {
        let mut sitter = wall();
        sitter.input(Input::Paste(text.into()));
        sitter.told()
    };
    assert_eq!(
        pasted("고객 > 환불하기 > 환불됨\n- 왜 늦나?\n\n쪽지"),
        "+A 고객 · +! 왜 늦나? · *+R 쪽지 · +C 환불하기 · +E 환불됨 · E 주문됨 · E 결제됨 · C 배송됨 · 고객 > 환불하기 · \
         환불하기 > 환불됨 · [결제]"
    );
    assert_eq!(
        pasted("주문됨 > 환불하기"),
        "E 주문됨 · *P 환불하기 · E 결제됨 · C 배송됨 · 주문됨 > 환불하기 · [결제]"
    );
    assert_eq!(pasted("주문됨"), "*E 주문됨 · E 결제됨 · C 배송됨 · [결제]");
    let mut sitter = wall();
    sitter.press("y").input(Input::Paste("*주문됨\n".into()));
    assert_eq!(sitter.told(), "E 주문됨 · *E 주문됨 · E 결제됨 · C 배송됨 · [결제]");
    let many: String = (0..1000).map(|n| format!("일 {n}이 생김\n")).collect();
    sitter.input(Input::Paste(many));
    assert_eq!(sitter.board().notes.len(), 4 + 200);
    assert!(sitter.screen().contains("나머지 800줄"), "{}", sitter.screen());
    sitter.press("u");
    assert_eq!(sitter.board().notes.len(), 4);
}

#[test]
fn a_copy_of_a_context_holds_what_it_holds() {
    let mut sitter = wall();
    sitter.press("l Esc g f Enter y p");
    assert_eq!(sitter.told(), "E 주문됨 · E 결제됨 · C 배송됨 · +E 결제됨 · [결제] · [결제]");
}

#[test]
fn many_move_as_one_and_come_back_as_one() {
    let mut sitter = wall();
    let before = ["주문됨", "결제됨"].map(|name| place(&sitter, name));
    sitter.press("v l m L j Enter");
    let after = ["주문됨", "결제됨"].map(|name| place(&sitter, name));
    assert_eq!(after, before.map(|at| Point::new(at.x + 5, at.y + 1)));
    sitter.press("u");
    assert_eq!(["주문됨", "결제됨"].map(|name| place(&sitter, name)), before);
}

/// Where the three notes lie after `keys`, as seen from where the first was.
#[track_caller]
fn check_places(keys: &str, places: [[i32; 2]; 3]) {
    let mut sitter = wall();
    let first = place(&sitter, "주문됨");
    sitter.press(keys);
    let after: [[i32; 2]; 3] =
        ["주문됨", "결제됨", "배송됨"].map(|name| place(&sitter, name).minus(first).into());
    assert_eq!(after, places, "after {keys}\n{}", sitter.screen());
}

#[test]
fn notes_are_brought_into_a_line_spread_and_tidied() {
    check_places("", [[0, 0], [28, 0], [28, 7]]);
    check_places("S a r h", [[0, 0], [0, 0], [0, 7]]);
    check_places("S a r k", [[0, 0], [28, 0], [28, 0]]);
    check_places("m j Enter S a r m", [[0, 1], [28, 1], [28, 1]]);
    check_places("S a r x", [[0, 0], [26, 0], [52, 7]]);
    check_places("m K Enter S a r y", [[0, -5], [28, 1], [28, 7]]);
    check_places("a a m J L Enter S a r r", [[5, 0], [31, 0], [5, 7]]);
    check_places("S n r r", [[11, 2], [13, 20], [11, 9]]);
    check_places("S a r x u", [[0, 0], [28, 0], [28, 7]]);
}

#[test]
fn room_is_made_and_closed_right_of_what_is_chosen() {
    let mut sitter = wall();
    let frame = |sitter: &Sitter| sitter.board().contexts.values().next().unwrap().rect;
    let before = frame(&sitter);
    check_places("r >", [[0, 0], [56, 0], [56, 7]]);
    check_places("r > r <", [[0, 0], [28, 0], [28, 7]]);
    sitter.press("r >");
    assert_eq!(frame(&sitter).at.x, before.at.x + 28);
    sitter.press("u l r >");
    assert_eq!((frame(&sitter).at, frame(&sitter).size.w), (before.at, before.size.w + 28));
    assert!(sitter.press("u g e r <").screen().contains("빈자리가 없어요"));
}

#[test]
fn a_stuck_note_moves_with_its_host_until_it_is_taken_off() {
    let mut sitter = wall();
    let gap = |sitter: &Sitter| place(sitter, "왜 늦나?").minus(place(sitter, "주문됨"));
    let hosted = |sitter: &Sitter| sitter.board().notes.values().find_map(|note| note.host).is_some();
    sitter.press("! '왜_늦나? Enter");
    let stuck = gap(&sitter);
    sitter.press("/ '주문됨 Enter m L Enter");
    assert_eq!((gap(&sitter), hosted(&sitter)), (stuck, true));
    sitter.press("/ '왜 Enter g b / '주문됨 Enter m J Enter");
    assert_eq!((gap(&sitter), hosted(&sitter)), (Point::new(stuck.x, stuck.y - 5), false));
    // It is stuck on again, and since it is far from its host it comes to its corner.
    let (x, y) = sitter.press("/ '왜 Enter b").cell_of("주문됨");
    sitter.mouse(&format!("press {x} {y}, release {x} {y}"));
    assert_eq!((gap(&sitter), hosted(&sitter)), (stuck, true));
    assert!(sitter.press("/ '주문됨 Enter b").screen().contains("핫스팟, 기회, 가치, 메모만"));
    assert!(sitter.press("g b").screen().contains("붙은 것을 골라"));
}

#[test]
fn a_dragged_note_falls_in_with_its_neighbours_unless_alt_is_held() {
    let dragged = |drag: &str| {
        let mut sitter = wall();
        let ((x, y), before) = (sitter.cell_of("배송됨"), place(&sitter, "배송됨"));
        let to = format!("{} {}", x + 27, y - 6);
        sitter.mouse(&format!("press {x} {y}, {drag} {to}, release {to}"));
        place(&sitter, "배송됨").minus(before)
    };
    assert_eq!(dragged("drag"), Point::new(28, -7));
    assert_eq!(dragged("alt-drag"), Point::new(27, -6));
}

/// The frame of the context, and where the note in it lies.
fn framed(sitter: &Sitter) -> (Rect, Point) {
    (sitter.board().contexts.values().next().expect("a context").rect, place(sitter, "결제됨"))
}

#[test]
fn a_context_moves_with_what_it_holds_or_its_frame_alone() {
    let mut sitter = wall();
    let (frame, note) = framed(&sitter);
    let moved = |rect: Rect, x, y| Rect { at: rect.at.shifted(Point::new(x, y)), ..rect };
    sitter.press("g f Enter m H K Enter");
    assert_eq!(framed(&sitter), (moved(frame, -5, -5), note.shifted(Point::new(-5, -5))));
    sitter.press("u m a L Enter");
    assert_eq!(framed(&sitter), (moved(frame, 5, 0), note));
    sitter.press("u g f Enter e 'x Enter");
    assert_eq!(sitter.told(), "E 주문됨 · E 결제됨 · C 배송됨 · [결제x]");
    let (x, y) = sitter.state().window.to_screen(frame.at);
    let (from, to) = (format!("{} {}", x + 9, y + 1), format!("{} {}", x + 12, y + 3));
    sitter.press("Esc").mouse(&format!("press {from}, drag {to}, release {to}"));
    assert_eq!(framed(&sitter), (moved(frame, 3, 2), note.shifted(Point::new(3, 2))));
    sitter.press("u Esc").mouse(&format!("alt-press {from}, alt-drag {to}, release {to}"));
    assert_eq!(framed(&sitter), (moved(frame, 3, 2), note));
    // What lies in a subdomain goes along with it, the frames in it too.
    sitter.press("u g f Enter r f '쇼핑 Enter g f Enter m L Enter");
    assert_eq!(sitter.told(), "E 주문됨 · C 배송됨 · E 결제됨 · [결제x] · [쇼핑]");
    assert_eq!(framed(&sitter), (moved(frame, 5, 0), note.shifted(Point::new(5, 0))));
    sitter.press("u");
    assert_eq!(framed(&sitter), (frame, note));
}

#[test]
fn frames_and_notes_are_resized_at_their_corners() {
    let mut sitter = wall();
    let (frame, note) = framed(&sitter);
    let edges = |sitter: &Sitter| {
        let now = framed(sitter).0;
        [
            now.at.x - frame.at.x,
            now.at.y - frame.at.y,
            now.right() - frame.right(),
            now.bottom() - frame.bottom(),
        ]
    };
    sitter.press("g f Enter R l J Enter");
    assert_eq!(edges(&sitter), [0, 0, 1, 5]);
    sitter.press("Esc u g f Enter R Tab H k Enter");
    assert_eq!(edges(&sitter), [-5, -1, 0, 0]);
    sitter.press("u R H H H H H H H H H H K K K K K Enter");
    assert_eq!(framed(&sitter), (Rect { size: Size::new(4, 3), ..frame }, note));
    sitter.press("u R L Esc");
    assert_eq!(edges(&sitter), [0; 4]);
    let (x, y) = sitter.state().window.to_screen(Point::new(frame.right() - 1, frame.bottom() - 1));
    sitter.mouse(&format!("press {x} {}, drag {} {}, release {} {}", y + 1, x + 3, y + 3, x + 3, y + 3));
    assert_eq!(edges(&sitter), [0, 0, 3, 2]);
    sitter.mouse(&format!("press {} {}, drag {} {}, release 0 0", x + 3, y - 1, x + 1, y + 5));
    assert_eq!(edges(&sitter), [0, 0, 1, 2]);
    sitter.press("g g R l j Enter");
    let note = sitter.board().notes.values().find(|note| note.text() == "주문됨").expect("a note");
    assert_eq!(note.size, Size::new(23, 6));
}

#[test]
fn lanes_are_drawn_named_moved_and_taken_away() {
    let mut sitter = wall();
    let y = place(&sitter, "주문됨").y;
    let lane =
        |sitter: &Sitter| sitter.board().lanes.values().map(|lane| (lane.y, lane.name().to_owned())).next();
    sitter.press("r l '고객 Enter");
    assert_eq!(lane(&sitter), Some((y - 3, "고객".into())));
    sitter.press("g f Down Enter m J Enter e '_쪽 Enter");
    assert_eq!(lane(&sitter), Some((y + 2, "고객 쪽".into())));
    let row = sitter.state().window.to_screen(Point::new(0, y + 2)).1 + 1;
    sitter.press("Esc").mouse(&format!("press 1 {row}, drag 1 {0}, release 1 {0}", row - 4));
    assert_eq!(lane(&sitter), Some((y - 2, "고객 쪽".into())));
    sitter.press("x");
    assert_eq!(lane(&sitter), None);
}

#[test]
fn the_right_button_opens_a_menu_at_the_pointer_and_a_click_takes_a_row() {
    let mut sitter = wall();
    let (x, y) = sitter.cell_of("배송됨");
    let screen = sitter.mouse(&format!("right {x} {y}")).screen();
    let at = |screen: &str, word: &str| {
        let row = screen.lines().position(|line| line.contains(word)).unwrap_or_else(|| panic!("{screen}"));
        i32::try_from(row).unwrap()
    };
    assert!(screen.contains("할 수 있는 일") && !screen.contains("피보탈"), "{screen}");
    // A click on a row takes it, one beside the list closes it.
    sitter.mouse(&format!("press {} {}", x + 5, at(&screen, "지우기")));
    assert_eq!(sitter.told(), "E 주문됨 · *E 결제됨 · [결제]");
    let screen = sitter.mouse("right 40 10").screen();
    let screen = sitter.mouse(&format!("press 49 {}", at(&screen, "새 스티커"))).screen();
    sitter.mouse(&format!("press 49 {}", at(&screen, "핫스팟"))).press("'왜? Enter");
    assert_eq!(sitter.told(), "*! 왜? · E 주문됨 · E 결제됨 · [결제]");
    assert_eq!(sitter.cell_of("왜?"), (40, 10));
    sitter.mouse("right 60 40, press 1 1");
    assert!(!sitter.screen().contains("할 수 있는 일"));
    assert_eq!(sitter.press("S a &").screen().matches("맞추기").count(), 3);
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_moves_the_wall_with_shift_and_ctrl() {
    let mut sitter = wall();
    let middle = sitter.cell_of("주문됨");
    let moved =
        |sitter: &Sitter| (sitter.cell_of("주문됨").0 - middle.0, sitter.cell_of("주문됨").1 - middle.1);
    sitter.mouse("shift-down 9 9");
    assert_eq!(moved(&sitter), (-6, 0));
    sitter.mouse("shift-up 9 9, ctrl-down 9 9");
    assert_eq!(moved(&sitter), (0, -3));
    sitter.mouse(&format!("ctrl-up 9 9, down {} {}", middle.0, middle.1));
    assert_eq!((moved(&sitter), sitter.state().window.percent()), ((0, 0), 66));
}

#[test]
fn what_is_known_of_a_thing_is_listed_and_set_by_keys() {
    let owner = |sitter: &Sitter| {
        let notes = sitter.board().notes.values();
        notes
            .map(|note| note.details.get("owner").and_then(|it| it.as_str()).unwrap_or("").to_owned())
            .collect::<Vec<_>>()
    };
    let mut sitter = wall();
    sitter.press("S k w '담당 Enter '민수 Enter");
    assert_eq!(owner(&sitter), ["민수", "민수", ""]);
    assert!(sitter.screen().contains("민수"));
    sitter.press("'태그 Enter '빠름,_느림 Enter Esc");
    assert_eq!(sitter.board().notes.values().filter(|note| note.details.contains_key("tags")).count(), 2);
    sitter.press("S n g g w '피보탈 Enter Esc");
    assert!(sitter.board().notes.values().next().is_some_and(|note| note.is_pivotal()));
    sitter.press("g f Enter w '분류 Enter '핵심 Enter");
    assert_eq!(sitter.board().contexts.values().next().map(|it| it.class()), Some("core"));
    sitter.press("Esc Esc w '범위 Enter '온라인_주문 Enter");
    assert_eq!(sitter.board().scope(), "온라인 주문");
}

#[test]
fn votes_are_cast_and_taken_back() {
    let mut sitter = wall();
    let votes = |sitter: &Sitter| sitter.board().votes.values().map(|vote| vote.votes).sum::<u32>();
    sitter.press("V V l g v");
    assert_eq!(votes(&sitter), 3);
    sitter.press("g u");
    assert_eq!(votes(&sitter), 2);
    assert!(sitter.press("g u").screen().contains("내 표가 없어요"));
}

#[test]
fn the_last_deed_is_done_once_more_to_what_is_chosen_now() {
    check("c p l .", "P 주문됨 · *P 결제됨 · C 배송됨 · [결제]");
    check("X '중복 Enter g g .", "C 배송됨 · [결제]");
    check("x . .", "[결제]");
    check("D . .", "E 주문됨 · E 주문됨 · E 주문됨 · *E 주문됨 · E 결제됨 · C 배송됨 · [결제]");
    check_places("m L Enter l .", [[5, 0], [33, 0], [28, 7]]);
    let mut new = Sitter::new(Some(Level::Design), (160, 50));
    assert!(new.press(".").screen().contains("다시 할 일이 없어요"));
}

/// Deeds of all sorts, each with the keys that choose what it is done to.
const DEEDS: [&str; 48] = [
    "l",
    "h",
    "j",
    "g g",
    "g e",
    "Space l",
    "v l v",
    "S k",
    "S c",
    "S l",
    "S a",
    "S i",
    "S n",
    "g f Enter",
    "m l j Enter",
    "m H a K Enter",
    "R l j Enter",
    "R Tab h Enter",
    "x",
    "D",
    "y",
    "Y",
    "p",
    "a a",
    "A s",
    "c !",
    "c a",
    "z",
    "Z",
    "*",
    "d",
    "r h",
    "r k",
    "r m",
    "r x",
    "r y",
    "r r",
    "r >",
    "r <",
    "b a",
    "g b",
    "V",
    "g u",
    ".",
    "f 'x Enter",
    "r f 'y Enter",
    "r l 'z Enter",
    "X 'r Enter",
];

/// A wall without the names of its wordings, which are new each time a wording comes back.
fn plain(sitter: &Sitter) -> Board {
    let mut board = sitter.board().clone();
    for note in board.notes.values_mut() {
        let one = note.id;
        note.wording.values.iter_mut().for_each(|(id, _)| *id = one);
    }
    board
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 48, ..Default::default() })]
    #[test]
    fn every_deed_is_taken_back_whole_by_one_undo(
        deeds in proptest::collection::vec((0..DEEDS.len() + 4, 0..160_u16, 0..50_u16, 0..160_u16, 0..50_u16), 1..30),
    ) {
        let mut sitter = wall();
        for (deed, x, y, to_x, to_y) in deeds {
            let before = plain(&sitter);
            let told = match DEEDS.get(deed) {
                Some(keys) => {
                    sitter.press(keys);
                    (*keys).to_owned()
                }
                None => {
                    let mods = ["", "alt-", "shift-", "ctrl-"][deed - DEEDS.len()];
                    let told = format!("{mods}press {x} {y}, {mods}drag {to_x} {to_y}, release {to_x} {to_y}");
                    sitter.mouse(&told);
                    told
                }
            };
            sitter.press("Esc");
            let after = plain(&sitter);
            if before != after {
                sitter.press("u");
                proptest::prop_assert_eq!(plain(&sitter), before, "undoing {}", told);
                sitter.press("U");
                proptest::prop_assert_eq!(plain(&sitter), after, "doing again {}", told);
            }
            sitter.draw();
        }
    }
}
