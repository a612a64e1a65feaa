//! What keys do on the first screen, and what it shows.

use ratatui::buffer::Buffer;

use super::*;
use crate::session::Wall;
use crate::session::template::TEMPLATES;
use crate::tui::input::Key;

fn picker() -> Picker {
    let board = |name: &str| Offer::Board { name: name.into(), changed: "2026-11-22".into() };
    let offers = vec![
        board("주문"),
        board("library"),
        Offer::New("blank"),
        Offer::New("design"),
        Offer::Sample("shop"),
    ];
    Picker::new(Lang::En, Theme::default(), (80, 24), offers)
}

fn after(keys: &str) -> Option<Picked> {
    let mut picker = picker();
    keys.split(' ').fold(None, |_, key| picker.input(&Input::Key(key.parse::<Key>().expect("a key"))))
}

#[test]
fn what_is_chosen_is_picked() {
    assert_eq!(after("Enter"), Some(Picked::Board("주문".into())));
    assert_eq!(after("Down Enter"), Some(Picked::Board("library".into())));
    assert_eq!(after("Down Down Enter"), Some(Picked::New(String::new(), "blank")));
    assert_eq!(after("End Enter"), Some(Picked::Sample("shop")));
    assert_eq!(after("Esc"), Some(Picked::Leave));
    assert_eq!(after("x Esc"), None, "first what was typed goes");
}

#[test]
fn typing_narrows_and_names_what_is_new() {
    assert_eq!(after("l i b Enter"), Some(Picked::Board("library".into())));
    assert_eq!(after("주 Enter"), Some(Picked::Board("주문".into())));
    assert_eq!(after("결 제 Enter"), Some(Picked::New("결제".into(), "blank")));
    assert_eq!(after("결 제 Down Enter"), Some(Picked::New("결제".into(), "design")));
}

#[test]
fn boards_are_renamed_copied_removed_and_brought_back_from_the_list() {
    let keep = |upkeep| Some(Picked::Keep(upkeep));
    assert_eq!(after("Ctrl-R 2 Enter"), keep(Upkeep::Rename("주문".into(), "주문2".into())));
    assert_eq!(after("Down Ctrl-D s Enter"), keep(Upkeep::Copy("library".into(), "librarys".into())));
    assert_eq!(after("Down Del"), keep(Upkeep::Remove("library".into())));
    assert_eq!(after("Ctrl-ㅕ"), keep(Upkeep::Restore));
    assert_eq!(after("Ctrl-R Enter"), None, "its own name is no new one");
    assert_eq!(after("Ctrl-R x Esc Enter"), Some(Picked::Board("주문".into())));
    assert_eq!(after("Down Down Del Enter"), Some(Picked::New(String::new(), "blank")));
    assert_eq!(after("l i b Left Del Enter"), Some(Picked::Board("library".into())), "Del is for the text");
}

#[test]
fn beside_a_picture_what_squall_offers_is_told_whole() {
    let new = TEMPLATES.iter().filter(|template| !template.is_sample());
    let offers: Vec<Offer> = [Offer::Tour].into_iter().chain(new.map(|new| Offer::New(new.id))).collect();
    for lang in Lang::ALL {
        let picker = Picker::new(lang, Theme::default(), (80, 24), offers.clone());
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 80, 24));
        picker.draw(|_| None, &mut buffer);
        let cut = buffer.content().chunks(80).find(|row| row.iter().any(|cell| cell.symbol() == "…"));
        let told = cut.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>());
        assert_eq!(told, None);
    }
}

#[test]
fn it_draws_on_any_size() {
    for (w, h) in [(1, 1), (10, 3), (80, 24), (200, 60)] {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, w, h));
        let mut picker = picker();
        picker.input(&Input::Resize(w, h));
        let wall = Wall::new("preview");
        let cursor = picker.draw(|_| Some(&wall), &mut buffer);
        assert!(cursor.at.x < w && cursor.at.y < h, "{w}x{h}");
    }
}
