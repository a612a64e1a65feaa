//! The context map in place of the wall.

use squall::model::{Id, Level};
use squall::query::outline::{Outline, Party};
use squall::tui::chart::{Chart, Spot};
use squall::tui::input::Input;
use squall::tui::state::Mode;
use squall::tui::theme::Theme;
use squall::words::Lang;

use crate::sitter::Sitter;

/// Two contexts; an event of the first is heard by a policy of the second.
const WALL: &str = "o '주문됨 Enter > '주문되면_결제한다 Enter m L L L L L L L L Enter \
                    f '결제 Enter g g f '주문 Enter";

fn wall(size: (u16, u16)) -> Sitter {
    let mut sitter = Sitter::new(Some(Level::Design), size);
    sitter.press(WALL);
    assert_eq!(sitter.told().matches('[').count(), 2, "{}", sitter.told());
    sitter
}

fn chart(sitter: &Sitter) -> Chart {
    let wall = sitter.wall();
    let outline = Outline::of(wall.board(), wall.projection());
    Chart::of(&outline, Lang::Ko, sitter.state().window.size())
}

fn texts(sitter: &Sitter, ids: &[Id]) -> Vec<String> {
    ids.iter().map(|id| sitter.board().notes[id].text().to_owned()).collect()
}

fn sample(id: &str, size: (u16, u16)) -> String {
    Sitter::at_sample(id, size, Theme::default()).press("C").screen()
}

#[test]
fn a_shop_as_a_context_map_at_80x24() {
    insta::assert_snapshot!(sample("shop", (80, 24)));
}

#[test]
fn a_shop_as_a_context_map_at_200x60() {
    insta::assert_snapshot!(sample("shop", (200, 60)));
}

#[test]
fn a_hotel_as_a_context_map_at_200x60() {
    insta::assert_snapshot!(sample("hotel", (200, 60)));
}

#[test]
fn one_key_shows_the_context_map_and_the_same_key_the_wall_as_it_was() {
    let mut sitter = wall((120, 40));
    let (window, before) = (sitter.state().window, sitter.screen());
    assert!(sitter.press("C").screen().contains("~ E 주문됨"), "{}", sitter.screen());
    sitter.press("C");
    assert_eq!((sitter.state().window, &sitter.state().mode), (window, &Mode::Wall));
    assert_eq!(sitter.screen().lines().nth(20), before.lines().nth(20));
}

#[test]
fn a_chosen_message_chooses_its_stickies_and_enter_goes_to_them() {
    let mut sitter = wall((80, 24));
    sitter.press("g g C Tab Tab Tab Shift-Tab");
    let things = sitter.state().things().to_vec();
    let message = chart(&sitter).lines[0].slips[0].spot;
    sitter.press("Left Left Left Right");
    assert_eq!(
        sitter.state().mode.overview().and_then(|map| map.chosen),
        Some(message),
        "{}",
        sitter.screen()
    );
    assert_eq!(texts(&sitter, sitter.state().things()), ["주문됨", "주문되면 결제한다"]);
    sitter.press("Enter");
    assert_eq!(sitter.state().mode, Mode::Wall);
    assert!(sitter.told().contains("*+E 주문됨 · +P 주문되면 결제한다"), "{}", sitter.told());
    assert!(!things.is_empty());
}

#[test]
fn the_map_follows_every_deed() {
    let mut sitter = wall((120, 40));
    sitter.press("C u");
    assert_eq!(chart(&sitter).lines.len(), 1);
    assert!(sitter.screen().contains("컨텍스트 밖"), "{}", sitter.screen());
}

#[test]
fn every_box_and_message_can_be_reached_with_arrow_keys_and_clicked() {
    for (id, size) in [("shop", (80, 24)), ("hotel", (200, 60)), ("squall", (100, 30))] {
        let mut sitter = Sitter::at_sample(id, size, Theme::default());
        sitter.press("C");
        let mut clicked = 0;
        let all: Vec<Spot> = chart(&sitter).spots().into_iter().map(|(spot, _)| spot).collect();
        let mut reached = vec![all[0]];
        let mut at = 0;
        while at < reached.len() {
            let map = chart(&sitter);
            for way in [
                squall::query::Way::Left,
                squall::query::Way::Right,
                squall::query::Way::Up,
                squall::query::Way::Down,
            ] {
                reached.extend(map.beside(reached[at], way).filter(|spot| !reached.contains(spot)));
            }
            at += 1;
        }
        reached.sort_unstable();
        let mut wanted = all.clone();
        wanted.sort_unstable();
        assert_eq!(reached, wanted, "{id}");
        for spot in &all {
            sitter.press("Tab");
            let (map, overview) = (chart(&sitter), sitter.state().mode.overview().cloned());
            let origin = map.origin(overview.expect("the map is shown").corner, sitter.state().window.size());
            let (x, y, w, h) = map.area(*spot).expect("it is there");
            let (x, y) = (x + w / 2 + origin.0, y + h / 2 + origin.1 + 1);
            if (0..i32::from(size.0)).contains(&x) && (1..i32::from(size.1) - 1).contains(&y) {
                sitter.mouse(&format!("press {x} {y}, release {x} {y}"));
                assert_eq!(sitter.state().mode.overview().and_then(|map| map.chosen), Some(*spot));
                clicked += 1;
            }
        }
        assert!(clicked > all.len() / 2, "{id}: {clicked} of {}", all.len());
    }
}

#[test]
fn nothing_on_the_map_covers_anything_else() {
    for id in ["shop", "hotel", "squall"] {
        for size in [(80, 24), (200, 60)] {
            let sitter = Sitter::at_sample(id, size, Theme::default());
            let map = chart(&sitter);
            let spots = map.spots();
            for (at, (one, a)) in spots.iter().enumerate() {
                assert!(
                    a.0 >= 0 && a.1 >= 0 && a.0 + a.2 <= map.size.0 && a.1 + a.3 <= map.size.1,
                    "{id} {a:?}"
                );
                for (other, b) in &spots[at + 1..] {
                    let apart = a.0 + a.2 <= b.0 || b.0 + b.2 <= a.0 || a.1 + a.3 <= b.1 || b.1 + b.3 <= a.1;
                    assert!(apart, "{id} {size:?}: {one:?} {other:?}");
                }
                for line in map.lines.iter().filter(|_| matches!(one, Spot::Party(_))) {
                    for (from, to) in line.route.legs() {
                        for x in from.0.min(to.0)..=from.0.max(to.0) {
                            for y in from.1.min(to.1)..=from.1.max(to.1) {
                                let inside = (a.0..a.0 + a.2).contains(&x) && (a.1..a.1 + a.3).contains(&y);
                                assert!(!inside, "{id} {size:?}: a line runs over {one:?}");
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn an_empty_wall_says_what_would_stand_there() {
    let mut sitter = Sitter::new(Some(Level::Design), (80, 24));
    assert!(sitter.press("C").screen().contains("아직 컨텍스트도"));
    sitter.press("Tab Left Enter H").input(Input::Resize(20, 5));
    assert!(!sitter.screen().is_empty());
    assert!(matches!(chart(&sitter).cards.first().map(|card| card.party), None | Some(Party::Context(None))));
}
