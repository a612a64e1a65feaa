//! Exact counts of what a screen costs: bytes beside those of ratatui's own backend, and allocations.

use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::Buffer;
use squall::command::{Command, NewArrow, NewNote};
use squall::model::{Details, Id, Level, NoteKind, Point, Size};
use squall::tui::input::Input;
use squall::tui::screen::{Cursor, Manner, Screen};
use squall::tui::theme::Theme;

use crate::sitter::Sitter;

const SIZE: (u16, u16) = (200, 60);

fn shop() -> Sitter {
    Sitter::at_sample("shop", SIZE, Theme::default())
}

/// A screen that shows a picture.
fn shown(picture: &Buffer, trusted_widths: bool) -> Screen {
    let mut screen = Screen::new(Manner { trusted_widths, ..Manner::default() });
    screen.draw(&mut picture.clone(), Cursor::default());
    screen
}

fn bytes_of_crossterm(before: &Buffer, after: &Buffer) -> usize {
    let mut bytes = Vec::new();
    CrosstermBackend::new(&mut bytes).draw(before.diff(after).into_iter()).unwrap();
    bytes.len()
}

/// From far away the dense wall is a few glowing cells, where the marks around a frame are most of it.
#[test]
fn a_pan_takes_fewer_bytes_than_ratatui_would_write_at_every_zoom() {
    for (name, mut sitter, zooms) in [("shop", shop(), 9), ("dense", dense(), 7)] {
        for zoom in 0..zooms {
            for key in ["Right", "Left", "Down", "Up"] {
                let before = sitter.draw();
                let after = sitter.press(&format!("Ctrl-{key}")).draw();
                assert_ne!(before, after);
                let theirs = bytes_of_crossterm(&before, &after) as f64;
                for (trusted_widths, most) in [(true, 0.7), (false, 0.8)] {
                    let bytes =
                        shown(&before, trusted_widths).draw(&mut after.clone(), Cursor::default()).len();
                    let ratio = bytes as f64 / theirs;
                    assert!(ratio <= most, "{name}, {zoom} steps away, {key}, {trusted_widths}: {ratio:.2}");
                }
            }
            sitter.press("-");
        }
    }
}

/// A wall whose notes lie as close as they can, all full of text, each with an arrow to the next and one far away.
fn dense() -> Sitter {
    const NOTES: u32 = 96;
    let mut sitter = Sitter::new(Some(Level::Design), SIZE);
    let kinds =
        [NoteKind::DomainEvent, NoteKind::Policy, NoteKind::Command, NoteKind::ReadModel, NoteKind::Hotspot];
    let notes = (0..NOTES).map(|nth| NewNote {
        kind: kinds[nth as usize % kinds.len()],
        wording: format!("주문이 접수되었다는 소식을 배송 담당자에게 곧바로 알려 주고 재고를 줄인다 {nth}"),
        at: Some(Point::new((nth % 8 * 24) as i32, (nth / 8 * 6) as i32)),
        size: Some(Size { w: 22, h: 5 }),
        host: None,
        details: Details::new(),
    });
    let ends = (0..NOTES).flat_map(|nth| [(nth, nth + 1), (nth, nth + 19)]).filter(|(_, to)| *to < NOTES);
    let arrow = |(from, to)| NewArrow { from: Id::made(from), to: Id::made(to), details: Details::new() };
    sitter.perform(&Command::PlaceNotes { notes: notes.collect(), arrows: ends.map(arrow).collect() });
    sitter
}

/// Where a hand drags a note, from where it took hold: aslant, slowly and quickly, there and beyond where it began.
const DRAG: [(i32, i32); 17] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 1),
    (5, 1),
    (6, 2),
    (7, 2),
    (8, 2),
    (9, 3),
    (7, 2),
    (4, 2),
    (1, 1),
    (-1, 0),
    (-3, -1),
    (-4, -2),
    (-7, -3),
    (-11, -4),
];

/// Every note in sight is dragged, free and snapping to its neighbours, where a frame jumps several cells; the frames
/// go to a terminal whose widths are trusted and to one whose are not.
#[test]
fn a_note_is_dragged_for_a_kibibyte_a_frame_at_most() {
    for (name, mut sitter) in [("shop", shop()), ("dense", dense())] {
        for (x, y) in sitter.notes_in_sight() {
            for drag in ["alt-drag", "drag"] {
                let pressed = sitter.mouse(&format!("press {x} {y}")).draw();
                let mut screens = [true, false].map(|trusted_widths| shown(&pressed, trusted_widths));
                for (dx, dy) in DRAG {
                    let next = sitter.mouse(&format!("{drag} {} {}", x + dx, y + dy)).draw();
                    let told = screens
                        .each_mut()
                        .map(|screen| screen.draw(&mut next.clone(), Cursor::default()).len());
                    assert!(
                        told.iter().all(|bytes| *bytes <= 1024),
                        "{name}, {drag} by {dx},{dy} of {x},{y}: {told:?}"
                    );
                }
                sitter.press("Esc Esc");
            }
        }
    }
}

#[test]
fn a_frame_that_changes_nothing_is_no_byte_and_no_allocation() {
    let mut sitter = shop();
    let (mut screen, mut buffer) = (Screen::new(Manner::default()), Buffer::default());
    assert!(!sitter.frame(&mut screen, &mut buffer).is_empty());
    let mut bytes = usize::MAX;
    let told = allocation_counter::measure(|| bytes = sitter.frame(&mut screen, &mut buffer).len());
    assert_eq!((bytes, told.count_total), (0, 0));
    // An input that changes nothing either.
    sitter.input(Input::Focus(true));
    let told = allocation_counter::measure(|| bytes = sitter.frame(&mut screen, &mut buffer).len());
    assert_eq!((bytes, told.count_total), (0, 0));
    sitter.press("Ctrl-Right");
    assert!(!sitter.frame(&mut screen, &mut buffer).is_empty());
}
