//! What the screen looks like, as text.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::Color;
use squall::model::Level;
use squall::session::Wall;
use squall::session::config::Config;
use squall::tui::input::Input;
use squall::tui::state::{Reply, Scene};
use squall::tui::theme::{Depth, Shade, Theme};
use squall::tui::view::picture;
use squall::tui::viewport::Viewport;
use squall::words::Lang;

use crate::scratch::Scratch;
use crate::sitter::{Sitter, text_of};

/// A process, its failure, a question, an actor, a frame.
const SHOP: &str = "n a '고객 Tab '주문하기 Tab '주문 Tab '주문됨 Tab '주문되면_결제를_요청한다 Tab '결제_요청 \
                    Tab Tab Tab 'PG사 Tab '결제됨 Enter | '결제_거절됨 Enter ! '몇_분_뒤에_취소하나? Enter \
                    g g v l v l v l v f '주문 Enter g g l l l * Esc";

fn shop(size: (u16, u16)) -> Sitter {
    shop_in(size, Theme::default())
}

fn shop_in(size: (u16, u16), theme: Theme) -> Sitter {
    let mut sitter = Sitter::with(Some(Level::Design), size, theme);
    sitter.press(SHOP).press("g t '온라인_쇼핑몰 Enter g g");
    sitter
}

#[test]
fn a_process_at_80x24() {
    insta::assert_snapshot!(shop((80, 24)).screen());
}

#[test]
fn a_process_at_200x60() {
    insta::assert_snapshot!(shop((200, 60)).screen());
}

#[test]
fn smaller_notes_show_less() {
    let mut sitter = shop((100, 16));
    let smaller = |_| sitter.press("-").screen();
    insta::assert_snapshot!((0..6).map(smaller).collect::<String>());
}

/// A sample as a screen of this size shows it at every zoom, the closest first.
fn zooms(sample: &str, size: (u16, u16), lang: Lang, shade: Shade) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("saves/{sample}.storm"));
    let wall = Wall::read(&path, &mut |_, _| ()).expect("a sample can be read");
    let (board, projection) = (wall.board(), wall.projection());
    let scene = Scene::still(board, projection);
    let theme = Theme { shade, ..Theme::default() };
    let mut window = Viewport::new(size);
    let mut shown = String::new();
    for steps in 0..9 {
        window.zoom(-steps.min(1), (0, 0));
        let Some(all) = projection.extent() else { continue };
        window.center(all.center());
        let buffer = picture(&scene, &window, theme, lang);
        assert_whole(&buffer, &format!("{sample} at {}%", window.percent()));
        shown += &format!("{} %\n{}", window.percent(), text_of(&buffer));
    }
    shown
}

#[test]
fn every_zoom_at_20x5() {
    insta::assert_snapshot!(zooms("shop", (20, 5), Lang::Ko, Shade::Dark));
}

#[test]
fn every_zoom_at_80x24() {
    insta::assert_snapshot!(zooms("shop", (80, 24), Lang::Ko, Shade::Dark));
}

#[test]
fn every_zoom_at_80x24_on_a_light_wall() {
    insta::assert_snapshot!(zooms("hotel", (80, 24), Lang::En, Shade::Light));
}

#[test]
fn every_zoom_at_200x60() {
    insta::assert_snapshot!(zooms("squall", (200, 60), Lang::Ko, Shade::Dark));
}

#[test]
fn the_map_in_the_corner_shows_where_one_is_and_a_click_in_it_goes_there() {
    let mut sitter = shop((80, 24));
    let shown = sitter.press("M").screen();
    insta::assert_snapshot!(shown);
    let window = |sitter: &Sitter| sitter.state().window;
    let before = window(&sitter);
    sitter.mouse("press 78 20, release 78 20");
    let right = window(&sitter);
    assert!(right.to_board((0, 0)).x > before.to_board((0, 0)).x);
    sitter.mouse("press 56 20, drag 54 20, release 54 20");
    assert!(window(&sitter).to_board((0, 0)).x < right.to_board((0, 0)).x);
    assert_eq!(sitter.told(), shop((80, 24)).told(), "a click on the map chooses nothing");
}

#[test]
fn a_note_out_of_sight_is_named_at_the_edge_when_an_arrow_leads_to_it() {
    insta::assert_snapshot!(shop((80, 16)).press("l l").screen());
}

#[test]
fn what_is_not_lit_steps_back() {
    let mut sitter = shop((200, 40));
    let ground = |sitter: &mut Sitter, wording: &str| {
        let (x, y) = sitter.cell_of(wording);
        sitter.draw()[(x as u16, y as u16)].bg
    };
    let before = ["고객", "주문"].map(|wording| ground(&mut sitter, wording));
    sitter.press("/ '고객");
    let after = ["고객", "주문"].map(|wording| ground(&mut sitter, wording));
    assert_eq!((before[0] == after[0], before[1] == after[1]), (true, false));
}

#[test]
fn what_is_chosen_fills_the_screen() {
    let mut sitter = shop((80, 24));
    sitter.press("0");
    let small = sitter.state().window.percent();
    assert_eq!(sitter.press("2").state().window.percent(), 100);
    assert!(small < 100, "{small}");
    assert!(sitter.press("Esc Esc 2").state().told.is_some());
}

#[test]
fn a_sticky_being_worded_shows_the_ghost_of_the_next() {
    insta::assert_snapshot!(shop((100, 24)).press("g e > '주문_취소_알림이_발송됨").screen());
}

#[test]
fn a_row_being_typed_is_seen_on_the_wall() {
    insta::assert_snapshot!(shop((120, 24)).press("g e i '>_주문_취소_>_[주문]_>_주문_취소됨_>_주").screen());
}

#[test]
fn lists_open_over_the_wall() {
    let mut sitter = shop((90, 24));
    let palette = sitter.press(": '정책").screen();
    let found = sitter.press("Esc / 'ㄱㅈ").screen();
    let picking = sitter.press("Esc a").screen();
    insta::assert_snapshot!(palette + &found + &picking);
}

#[test]
fn a_new_wall_asks_one_question_and_then_says_how_to_begin() {
    let mut sitter = Sitter::new(None, (80, 24));
    let asked = sitter.screen();
    insta::assert_snapshot!(asked + &sitter.press("Enter").screen());
}

#[test]
fn without_colours_kinds_are_told_by_their_boxes() {
    let mut sitter = shop_in((120, 24), Theme { depth: Depth::Mono, ..Theme::default() });
    let buffer = sitter.draw();
    assert!(buffer.content().iter().all(|cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset)));
    insta::assert_snapshot!(text_of(&buffer));
}

/// Every wide glyph has a blank of its own ground at its right.
fn assert_whole(buffer: &Buffer, what: &str) {
    for (at, cell) in buffer.content().iter().enumerate().filter(|(_, cell)| cell.cell_width() > 1) {
        let (x, y) = buffer.pos_of(at);
        let half = buffer.cell((x + 1, y)).unwrap_or_else(|| panic!("{what}: half a glyph at {x},{y}"));
        assert_eq!((half.symbol(), half.bg), (" ", cell.bg), "{what}: half a glyph at {x},{y}");
    }
}

#[test]
fn no_size_zoom_or_place_leaves_half_a_glyph() {
    let mut sitter = shop((120, 40));
    for (w, h) in [(0, 0), (1, 1), (10, 3), (13, 7), (37, 11), (80, 24)] {
        sitter.input(Input::Resize(w, h));
        for keys in [
            "g e",
            "e",
            "'긴_글을_더해_본다 Esc u",
            "g g a",
            "Esc ?",
            "Esc : '정",
            "Esc i",
            "Esc f",
            "Esc 0",
            "-",
            "- -",
            "1",
        ] {
            assert_whole(&sitter.press(keys).draw(), &format!("{w}x{h} after {keys}"));
            for _ in 0..9 {
                assert_whole(&sitter.press("Ctrl-Right").draw(), &format!("{w}x{h} panned after {keys}"));
            }
        }
        sitter.press("Esc");
    }
}

#[test]
fn the_same_screen_is_drawn_alike_with_and_without_its_memory() {
    let mut sitter = shop((120, 30));
    let warm = sitter.press("l").draw();
    let mut fresh = shop((120, 30));
    assert_eq!(warm, fresh.press("l").draw());
}

#[test]
fn own_colours_are_seen_at_once_and_those_that_cannot_be_are_told() {
    let scratch = Scratch::new();
    let path = scratch.join("config.toml");
    let settings = |colors: &str| {
        std::fs::write(&path, format!("[colors]\n{colors}")).unwrap();
        Config::at(&path)
    };
    let mut sitter = shop((120, 30));
    let mut worn = |colors: &str| {
        sitter.input(Input::Reply(Reply::Settings(settings(colors).settings().clone())));
        let drawn = sitter.draw();
        let with = |rgb| drawn.content().iter().filter(|cell| cell.bg == Color::from_u32(rgb)).count();
        [0x00FF00, 0x000033].map(with)
    };
    assert_eq!(worn(""), [0, 0]);
    let [papers, wall] = worn("event = \"#00ff00\"\nwall = \"#000033\"");
    assert!(papers > 40 && wall > 400, "{papers} {wall}");
    assert_eq!(worn("event = \"#00ff01\""), [0, 0]);
    let config = settings("wall = \"#000033\"\nevent = \"green\"");
    let mut sitter = Sitter::set(Some(Level::Design), (120, 40), Theme::default(), config);
    assert!(sitter.screen().contains("config.toml 3번째 줄: "), "{}", sitter.screen());
}
