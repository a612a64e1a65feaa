//! What stops when a context or a system is down, drawn on the wall.

use squall::model::Level;
use squall::tui::theme::{Depth, Theme};

use crate::sitter::Sitter;

/// Somebody orders, a system is asked, an event comes of it and a policy waits for that.
const WALL: &str = "n a '고객 Tab '주문하기 Tab Tab Tab 'PG사 Tab '결제됨 Tab '결제되면_보낸다 Enter Esc Esc";

fn wall(theme: Theme) -> Sitter {
    let mut sitter = Sitter::with(Some(Level::Design), (120, 24), theme);
    sitter.press(WALL);
    sitter
}

#[test]
fn what_is_down_what_stops_and_what_waits_differ_without_colours() {
    let mut sitter = wall(Theme { depth: Depth::Mono, ..Theme::default() });
    let down = sitter.press("g d").screen();
    assert!(down.contains("먼저 고르세요"), "{down}");
    sitter.press("/ 'PG Enter g d 0");
    insta::assert_snapshot!(sitter.screen());
}

#[test]
fn more_can_be_taken_down_and_escape_puts_all_up_again() {
    let mut sitter = wall(Theme::default());
    let bare = sitter.press("g g l l Esc").screen();
    assert!(!bare.contains("×") && !bare.contains("▒"), "{bare}");
    sitter.press("/ 'PG Enter g d");
    assert_eq!(sitter.state().down.len(), 1);
    sitter.press("g d");
    assert_eq!(sitter.state().down.len(), 0);
    sitter.press("g d / '결제됨 Enter f '결제 Enter g d");
    assert_eq!(sitter.state().down.len(), 2, "{}", sitter.screen());
    let screen = sitter.screen();
    assert!(screen.contains("멈춘 것: PG사, 결제") && screen.contains("Esc 모두 다시 켜기"), "{screen}");
    sitter.press("Esc");
    assert_eq!(sitter.state().down.len(), 0);
}
