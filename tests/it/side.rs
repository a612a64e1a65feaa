//! The panel beside the wall, and the wall as it was.

use squall::command::Command;
use squall::model::{Board, Details, Id, Level, Note, NoteKind, Point, Wording};
use squall::query::Projection;
use squall::session::template::Template;
use squall::session::{Past, Wall};
use squall::tui::input::Input;
use squall::tui::memo::Memo;
use squall::tui::state::{Mode, Record, Scene, Side, State};
use squall::tui::theme::Theme;
use squall::tui::view::{Sprites, draw};
use squall::words::Lang;

use crate::sitter::{Sitter, seat};

/// Two events, a context around the first, and a hotspot.
const WALL: &str = "o '주문됨 Enter f '주문 Enter o '결제됨 Enter ! '왜_늦나? Enter g g";

fn wall() -> Sitter {
    let mut sitter = Sitter::new(Some(Level::Design), (120, 30));
    sitter.press(WALL);
    sitter
}

fn named(sitter: &Sitter, text: &str) -> Id {
    let mut notes = sitter.board().notes.values();
    notes.find(|note| note.text() == text).expect("a note says this").id
}

fn texts(sitter: &Sitter, ids: &[Id]) -> Vec<String> {
    ids.iter().map(|id| sitter.board().notes[id].text().to_owned()).collect()
}

/// Keys, then what is chosen.
#[track_caller]
fn check(sitter: &mut Sitter, keys: &str, main: &str) {
    sitter.press(keys);
    let chosen = sitter.state().main.into_iter().collect::<Vec<_>>();
    assert_eq!(texts(sitter, &chosen).join(""), main, "after {keys}\n{}", sitter.screen());
}

#[test]
fn the_panel_stands_beside_a_wide_wall_and_over_a_narrow_one() {
    let mut sitter = wall();
    sitter.press("\\");
    assert_eq!(sitter.state().window.size().0, 84);
    assert!(sitter.screen().contains("개요"), "{}", sitter.screen());
    sitter.press("Esc");
    assert!(sitter.screen().contains("개요") && sitter.state().mode == Mode::Wall);
    sitter.press("\\ \\");
    assert_eq!((sitter.state().window.size().0, sitter.state().side.is_none()), (120, true));
    sitter.input(Input::Resize(80, 24));
    sitter.press("\\");
    assert_eq!(sitter.state().window.size().0, 80);
    assert!(sitter.press("Esc").state().side.is_none());
}

#[test]
fn a_window_that_was_left_for_the_panel_comes_back_in_the_size_of_the_screen() {
    let mut sitter = wall();
    sitter.input(Input::Resize(80, 24));
    sitter.press("\\");
    sitter.input(Input::Resize(60, 20));
    sitter.press("Esc");
    assert_eq!(sitter.state().window.size(), (60, 18));
}

#[test]
fn a_row_goes_to_what_it_is_about() {
    check(&mut wall(), "\\ j Enter", "주문됨");
    check(&mut wall(), "\\ G Enter", "결제됨");
    check(&mut wall(), "\\ Tab Enter", "왜 늦나?");
    check(&mut wall(), "g H Enter", "왜 늦나?");
    check(&mut wall(), "\\ j j Esc", "주문됨");
}

#[test]
fn a_requirement_lights_what_meets_it() {
    let mut sitter = wall();
    let requirement = sitter.perform(&Command::Require { text: "주문한다".into() })[0];
    let notes = vec![named(&sitter, "주문됨"), named(&sitter, "결제됨")];
    sitter.perform(&Command::Meet { requirement, notes });
    sitter.press("g r");
    let mut lit = texts(&sitter, &sitter.state().lit);
    lit.sort();
    assert_eq!(lit, ["결제됨", "주문됨"]);
    assert!(sitter.screen().contains("스티커 2장이 충족해요"), "{}", sitter.screen());
    check(&mut sitter, "Enter", "주문됨");
}

#[test]
fn requirements_are_written_linked_reworded_and_removed_in_the_panel() {
    let mut sitter = wall();
    let told = |sitter: &Sitter| -> Vec<(String, usize)> {
        let all = sitter.board().requirements.values();
        all.map(|it| (it.text().to_owned(), it.met_by().count())).collect()
    };
    sitter.press("g r n '주문한다 Enter");
    assert_eq!((told(&sitter), &sitter.state().mode), (vec![("주문한다".into(), 0)], &Mode::Side));
    assert!(sitter.screen().contains("새 요구사항"), "{}", sitter.screen());
    sitter.press("Esc g g g r a");
    assert_eq!(told(&sitter), [("주문한다".into(), 1)]);
    sitter.press("a");
    assert_eq!(told(&sitter), [("주문한다".into(), 0)]);
    sitter.press("u");
    assert_eq!(told(&sitter), [("주문한다".into(), 1)]);
    sitter.press("e '. Enter n Esc");
    assert_eq!((told(&sitter), &sitter.state().mode), (vec![("주문한다.".into(), 1)], &Mode::Side));
    sitter.press("x");
    assert_eq!(told(&sitter), []);
    sitter.press("Esc r q '결제한다 Enter");
    assert_eq!((told(&sitter), &sitter.state().mode), (vec![("결제한다".into(), 0)], &Mode::Side));
}

#[test]
fn the_open_tab_and_its_neighbours_are_named_whole() {
    let mut sitter = wall();
    sitter.input(Input::Resize(80, 24));
    sitter.press("\\");
    for _ in 0..8 {
        let shown = sitter.screen();
        let names =
            shown.lines().nth(1).unwrap_or_default().rsplit('│').next().unwrap_or_default().to_owned();
        let all = ["개요", "핫스팟", "이력", "요구사항", "탈락함", "정할 것", "점검 결과", "사람", "…"];
        let mut rest = names.trim().to_owned();
        all.iter().for_each(|name| rest = rest.replace(name, ""));
        assert_eq!(rest.trim(), "", "{names}");
        sitter.press("Tab");
    }
}

#[test]
fn a_note_set_aside_is_put_back_with_one_key() {
    let mut sitter = wall();
    sitter.press("g e X '범위_밖 Enter \\ l l l l");
    assert!(sitter.screen().contains("범위 밖"), "{}", sitter.screen());
    sitter.press("Enter");
    assert!(sitter.board().notes.values().all(|note| note.aside().is_none()));
    assert!(sitter.screen().contains("탈락한 스티커가 없어요"), "{}", sitter.screen());
}

#[test]
fn wordings_that_met_and_wordings_that_were_lost_are_found() {
    let mut sitter = wall();
    let (order, payment) = (named(&sitter, "주문됨"), named(&sitter, "결제됨"));
    let reworded = |note, text: &str| Command::Reword { note, wording: text.into() };
    let others = [
        sitter.elsewhere(7, &reworded(order, "주문 접수됨")),
        sitter.elsewhere(8, &reworded(payment, "결제 승인됨")),
    ];
    sitter.press("g g e 'x Enter");
    sitter.perform(&Command::Remove { things: vec![payment] });
    others.iter().for_each(|other| sitter.bring(other));
    let shown = sitter.press("\\ l l l l l").screen();
    assert!(shown.contains("주문됨x ≠ 주문 접수됨") || shown.contains("주문 접수됨 ≠ 주문됨x"), "{shown}");
    assert!(shown.contains("결제 승인됨") && shown.contains("고치는 사이에"), "{shown}");
    sitter.press("Enter Enter");
    assert_eq!(sitter.board().notes[&order].wording.alternatives().len(), 1);
    // The wall as it was before the note was removed.
    let shown = sitter.press("\\ Enter").screen();
    assert!(shown.contains("그때의 보드") && shown.contains("결제됨"), "{shown}");
}

#[test]
fn a_deed_shows_the_wall_as_it_was_only_to_be_looked_at() {
    let mut sitter = wall();
    let shown = sitter.press("g y").screen();
    assert!(shown.contains("민수 스티커를 붙였어요: 핫스팟"), "{shown}");
    let shown = sitter.press("j Enter").screen();
    assert!(shown.contains("그때의 보드") && !shown.contains("왜 늦나?"), "{shown}");
    assert_eq!(texts(&sitter, &sitter.state().lit), ["결제됨"]);
    let shown = sitter.press("j").screen();
    assert!(!shown.contains("결제됨"), "{shown}");
    sitter.press("Esc g g x");
    assert!(sitter.screen().contains("볼 수만 있어요"), "{}", sitter.screen());
    for begun in ["o", "e", "i", "m", "!", "g t", "f"] {
        assert_eq!(sitter.press("Esc g y j Enter Esc g g").press(begun).state().mode, Mode::Wall, "{begun}");
    }
    let (x, y) = sitter.notes_in_sight()[0];
    sitter.mouse(&format!("double {x} {y}"));
    assert_eq!((sitter.board().notes.len(), &sitter.state().mode), (3, &Mode::Wall));
    let shown = sitter.press("Esc").screen();
    assert!(!shown.contains("그때의 보드") && shown.contains("왜 늦나?"), "{shown}");
}

/// Keys and ticks on a wall of five deeds: how many of them are shown, and whether they go on.
#[track_caller]
fn check_then(keys: &str, ticks: usize, shown: usize, plays: bool) {
    let mut sitter = wall();
    sitter.press(keys);
    (0..ticks).for_each(|_| sitter.input(Input::Waited));
    let then = sitter.state().then.as_ref().expect("another moment is shown");
    assert_eq!((then.shown, then.count, then.plays), (shown, 5, plays), "after {keys}");
    assert_eq!(sitter.state().wakes_after().is_some(), plays, "a deadline exists only while it plays");
}

#[test]
fn the_storm_happens_again() {
    check_then("g R", 0, 0, true);
    check_then("g R", 2, 2, true);
    check_then("g R", 9, 5, false);
    check_then("g R Space", 3, 0, false);
    check_then("g R Right Right Right Left", 0, 2, false);
    check_then("g R End", 0, 5, false);
    check_then("g R End Space", 1, 1, true);
    check_then("g R PgDn PgUp", 0, 0, false);
    let mut sitter = wall();
    assert_eq!(sitter.state().wakes_after(), None);
    let pace = sitter.press("g R").state().wakes_after();
    let faster = sitter.press("> >").state().wakes_after();
    assert!(faster < pace && sitter.press("< <").state().wakes_after() == pace);
    sitter.press("Space");
    let shown = sitter.press("Right Right").screen();
    assert!(shown.contains("2/5") && shown.contains("민수") && shown.contains("“주문됨”"), "{shown}");
    assert_eq!(sitter.press("Esc").state().then, None);
}

#[test]
fn going_on_and_back_comes_to_the_same_wall() {
    let mut sitter = wall();
    let mut went = Vec::new();
    sitter.press("g R Space");
    went.extend((0..5).map(|_| sitter.press("Right").screen()));
    for shown in (0..4).rev() {
        let back = sitter.press("Left").screen();
        let wall = |screen: &str| screen.lines().skip(1).take(20).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(wall(&back), wall(&went[shown]), "after {} deeds", shown + 1);
    }
}

#[test]
fn every_moment_is_the_wall_that_the_log_tells() {
    let wall = Template::named("shop").unwrap().wall(Lang::Ko, &mut seat(1)).unwrap();
    let deeds = wall.deeds();
    let mut past = Past::of(&wall, &deeds, 0);
    let on = 0..=deeds.len();
    for shown in on.clone().chain(on.rev().step_by(7)).chain([3, 90, 4]) {
        past.go(&wall, &deeds, shown);
        let told = shown.checked_sub(1).and_then(|last| wall.history().at(deeds[last].deed));
        assert_eq!(past.wall().board().notes, told.unwrap_or_default().notes, "after {shown} deeds");
        assert_eq!(past.head().map(|head| head.deed), shown.checked_sub(1).map(|last| deeds[last].deed));
    }
    assert!(wall.tell_deeds(&deeds, 0..deeds.len()).iter().all(|told| !told.is_empty()));
}

#[test]
fn what_a_panel_costs_does_not_depend_on_how_much_is_in_it() {
    let cost = |notes: i32| {
        let note = |nth: i32| Note {
            id: "sampleauth.1".parse::<squall::model::EntryId>().unwrap().thing(nth as u32),
            kind: NoteKind::Hotspot,
            wording: Wording { values: vec![(Id::HERE, "왜 늦나?".into())] },
            at: Point::new(0, 6 * nth),
            size: NoteKind::Hotspot.row().size,
            z: 0,
            host: None,
            author: "민수".into(),
            details: Details::new(),
        };
        let board = Board { notes: (0..notes).map(note).map(|it| (it.id, it)).collect(), ..Board::default() };
        let (projection, wall, memo) = (Projection::of(&board), Wall::new("wall"), Memo::default());
        let record = Some(Record { wall: &wall, memo: &memo, past: None });
        let scene = Scene { record, ..Scene::still(&board, &projection) };
        let mut state = State::new(Lang::Ko, Theme::default(), (120, 40));
        state.side = Some(Side { tab: 1, row: 50, before: state.window });
        state.resize((120, 40));
        let (mut sprites, mut buffer) = (Sprites::default(), Default::default());
        draw(&state, &scene, &mut sprites, &mut buffer);
        let again = || {
            draw(&state, &scene, &mut sprites, &mut buffer);
        };
        allocation_counter::measure(again).count_total
    };
    assert_eq!(cost(1_000), cost(9_000));
}
