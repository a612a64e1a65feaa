//! The story of the wall, told on the screen.

use squall::command::Command;
use squall::model::{Id, Level};
use squall::tui::input::Input;
use squall::tui::state::{Mode, Reply};

use crate::sitter::Sitter;

/// Somebody orders, and nobody says yet who pays.
const WALL: &str = "n a '고객 Tab '주문하기 Tab '주문 Tab '주문됨 Tab '주문되면_결제를_요청한다 Tab '결제_요청 Enter \
                    Esc Esc";

fn wall() -> Sitter {
    let mut sitter = Sitter::new(Some(Level::Design), (80, 24));
    sitter.press(WALL);
    sitter
}

fn named(sitter: &Sitter, text: &str) -> Id {
    let mut notes = sitter.board().notes.values();
    notes.find(|note| note.text() == text).expect("a note says this").id
}

/// The wordings of what is lit, and whether all of it is in sight.
fn lit(sitter: &Sitter) -> (Vec<&str>, bool) {
    let notes: Vec<_> = sitter.state().lit.iter().map(|id| &sitter.board().notes[id]).collect();
    let seen = notes.iter().all(|note| sitter.state().window.shows(note.rect()));
    (notes.into_iter().map(|note| note.text()).collect(), seen)
}

#[test]
fn each_step_is_spoken_in_the_foot_and_its_notes_are_lit_and_seen() {
    let mut sitter = wall();
    let first = sitter.press("T").screen();
    assert_eq!(lit(&sitter), (vec!["고객", "주문하기", "주문됨"], true));
    insta::assert_snapshot!(first + &sitter.press("Right").screen() + &sitter.press("b").screen());
}

#[test]
fn escape_ends_where_the_story_began_and_enter_goes_to_the_gap() {
    let mut sitter = wall();
    sitter.press("T");
    let before = sitter.press("Esc").state().clone();
    sitter.press("T Right End");
    assert_ne!(sitter.state().window, before.window);
    sitter.press("Esc");
    assert_eq!((&sitter.state().window, sitter.state().main), (&before.window, None));
    sitter.press("T Right Enter");
    assert_eq!(sitter.state().main, Some(named(&sitter, "결제 요청")));
    assert_eq!(sitter.state().mode, Mode::Wall);
}

#[test]
fn the_story_begins_at_what_is_chosen_and_follows_the_mouse() {
    let mut sitter = wall();
    sitter.press("g e T");
    assert!(lit(&sitter).0.contains(&"결제 요청"), "{}", sitter.screen());
    sitter.mouse("right 20 20");
    assert!(!lit(&sitter).0.contains(&"결제 요청"), "{}", sitter.screen());
    sitter.mouse("press 20 20");
    assert!(lit(&sitter).0.contains(&"결제 요청"));
    let cell = sitter.cell_of("결제 요청");
    sitter.mouse(&format!("press {} {}, release {} {}", cell.0, cell.1, cell.0, cell.1));
    assert_eq!(sitter.state().main, Some(named(&sitter, "결제 요청")));
}

#[test]
fn what_others_do_is_told_while_the_step_stays() {
    let mut sitter = wall();
    sitter.press("T Right");
    assert!(sitter.screen().contains(" 2/2 "), "{}", sitter.screen());
    let note = named(&sitter, "결제 요청");
    let other = sitter.elsewhere(9, &Command::Reword { note, wording: "결제하기".into() });
    sitter.bring(&other);
    assert!(sitter.screen().contains("“결제하기” 커맨드가 나가요"), "{}", sitter.screen());
    let all = sitter.board().notes.keys().copied().collect();
    let other = sitter.elsewhere(8, &Command::Remove { things: all });
    sitter.bring(&other);
    sitter.input(Input::Reply(Reply::Company));
    assert_eq!(sitter.state().mode, Mode::Wall);
}
