//! Pictures of small walls, and what holds of every picture.

use proptest::prelude::*;

use super::map::SPACING;
use super::*;
use crate::format::ink;
use crate::model::tests::{board, boards, id, note};
use crate::model::{Arrow, Details, KINDS, NoteKind, Rect};
use crate::query::layers::{Extent, Sketch, Sketched};
use crate::words::Lang;

use NoteKind::{Command, DomainEvent, ExternalSystem, Policy};

fn map(board: &Board) -> String {
    write_map(board, &Choices { lang: Lang::Ko, ..Choices::default() })
}

/// Orders that payments hear of.
fn shop() -> Board {
    let mut wall = board([
        note(0, Command, "주문하기", 2, 4),
        note(1, DomainEvent, "주문됨", 30, 4),
        note(2, Policy, "주문되면 결제를 요청한다", 202, 4),
        note(3, Command, "결제 요청", 240, 4),
        note(4, ExternalSystem, "결제 대행사", 270, 4),
    ])
    .framed(90, "주문", Rect::new(0, 0, 150, 30))
    .framed(91, "결제", Rect::new(190, 0, 160, 30));
    for (n, (from, to)) in (100..).zip([(0, 1), (1, 2), (2, 3), (3, 4)]) {
        let arrow = Arrow { id: id(n), from: id(from), to: id(to), details: Details::new() };
        wall.arrows.insert(arrow.id, arrow);
    }
    wall
}

#[test]
fn a_map_has_a_box_for_each_party_and_an_arrow_for_what_they_say() {
    insta::assert_snapshot!(map(&shop()));
}

#[test]
fn a_picture_of_nothing_says_so() {
    for picture in [map(&board([])), wall(&board([]), Lang::Ko)] {
        assert!(picture.contains("아직 아무것도 없어요."), "{picture}");
    }
}

/// How much brighter one colour is than another, from 1 to 21, as WCAG counts.
fn contrast(one: &str, other: &str) -> f64 {
    let channel = |hex: &str, at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let light = |hex: &str| 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
    let (a, b) = (light(one) + 0.05, light(other) + 0.05);
    a.max(b) / a.min(b)
}

#[test]
fn every_letter_can_be_read_on_what_it_stands_on() {
    for row in &KINDS {
        assert!(contrast(ink::NOTE, &ink::paper(row.kind)) >= 6.0, "{}", row.id);
    }
    for class in ["core", "supporting", "generic", ""] {
        for letters in [ink::INK, ink::FAINT] {
            assert!(contrast(letters, ink::class(class).0) >= 6.0, "{letters} on {class}");
        }
    }
}

/// What a picture may hold, so that nothing a wording says becomes markup.
fn is_clean(picture: &str) -> bool {
    let tags = ["svg ", "title>", "desc>", "rect ", "path ", "circle ", "text ", "g>", "g ", "/"];
    let signs = ["amp;", "lt;", "gt;", "quot;"];
    let begins = |sign: char, of: &[&str]| {
        picture.split(sign).skip(1).all(|rest| of.iter().any(|start| rest.starts_with(start)))
    };
    begins('<', &tags) && begins('&', &signs) && picture.chars().all(|c| c == '\n' || !c.is_control())
}

#[test]
fn a_hostile_wording_stays_a_wording() {
    let hostile = "\"/><script>alert(1)</script> & ]]> <!-- \u{202e}";
    let mut wall_of_it = shop();
    wall_of_it.details.insert("title".into(), hostile.into());
    wall_of_it.notes.values_mut().for_each(|note| note.wording.values[0].1 = hostile.into());
    for context in wall_of_it.contexts.values_mut() {
        context.details.insert("name".into(), hostile.into());
        context.details.insert("team".into(), hostile.into());
    }
    for picture in [map(&wall_of_it), wall(&wall_of_it, Lang::En)] {
        assert!(is_clean(&picture) && picture.contains("&lt;script&gt;"), "{picture}");
    }
}

/// Boxes of some sizes, and lines between them.
fn sketches() -> impl Strategy<Value = Sketch> {
    let extent = (20..200u32, 20..120u32)
        .prop_map(|(along, across)| Extent { along: along.into(), across: across.into() });
    let lines = proptest::collection::vec((0..20usize, 0..20usize, extent.clone()), 0..24);
    (proptest::collection::vec(extent, 1..12), lines).prop_map(|(boxes, lines)| {
        let count = boxes.len();
        let line = |(one, other, label): (usize, usize, Extent)| Sketched {
            first: (one % count).min(other % count),
            last: (one % count).max(other % count),
            label,
        };
        let lines = lines.into_iter().map(line).filter(|line| line.first < line.last).collect();
        Sketch::new(boxes, lines, SPACING)
    })
}

proptest! {
    #[test]
    fn any_wall_gives_clean_pictures(board in boards()) {
        prop_assert!(is_clean(&map(&board)));
        prop_assert!(is_clean(&wall(&board, Lang::En)));
    }

    #[test]
    fn boxes_labels_and_lines_have_places_of_their_own(sketch in sketches()) {
        let placed = sketch.placed();
        let boxes = placed.boxes.iter().zip(&sketch.boxes);
        let labels = placed.lines.iter().map(|line| &line.label).zip(sketch.lines.iter().map(|line| &line.label));
        let solid: Vec<(&Extent, &Extent)> = boxes.chain(labels).collect();
        let far = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() >= (a.1 + b.1) / 2.0 - 0.001;
        for (at, (a, size)) in solid.iter().enumerate() {
            prop_assert!(a.along - size.along / 2.0 >= -0.001 && a.along + size.along / 2.0 <= placed.whole.along + 0.001);
            prop_assert!(a.across - size.across / 2.0 >= -0.001 && a.across + size.across / 2.0 <= placed.whole.across + 0.001);
            for (b, other) in &solid[..at] {
                let along = far((a.along, size.along), (b.along, other.along));
                prop_assert!(along || far((a.across, size.across), (b.across, other.across)), "{:?} {:?}", a, b);
            }
            for (line, own) in placed.lines.iter().enumerate().map(|(own, line)| (line, own + placed.boxes.len())) {
                for (start, end, across) in line.runs.iter().filter(|_| own != at) {
                    let inside = (across - a.across).abs() < size.across / 2.0 - 0.001
                        && *start < a.along + size.along / 2.0 - 0.001
                        && *end > a.along - size.along / 2.0 + 0.001;
                    prop_assert!(!inside, "line {:?} over {:?}", line, a);
                }
            }
        }
    }
}
