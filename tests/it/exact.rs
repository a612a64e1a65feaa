//! Exact counts of what a screen costs: bytes beside those of ratatui's own backend, and allocations.

use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::Buffer;
use squall::tui::input::Input;
use squall::tui::screen::{Cursor, Manner, Screen};
use squall::tui::theme::Theme;

use crate::sitter::Sitter;

const SIZE: (u16, u16) = (200, 60);

fn shop() -> Sitter {
    Sitter::at_sample("shop", SIZE, Theme::default())
}

/// The bytes of the second of two pictures, once the first is shown.
fn bytes(before: &Buffer, after: &Buffer, trusted_widths: bool) -> usize {
    let mut screen = Screen::new(Manner { trusted_widths, ..Manner::default() });
    screen.draw(&mut before.clone(), Cursor::default());
    screen.draw(&mut after.clone(), Cursor::default()).len()
}

fn bytes_of_crossterm(before: &Buffer, after: &Buffer) -> usize {
    let mut bytes = Vec::new();
    CrosstermBackend::new(&mut bytes).draw(before.diff(after).into_iter()).unwrap();
    bytes.len()
}

#[test]
fn a_pan_takes_fewer_bytes_than_ratatui_would_write() {
    for key in ["Right", "Left", "Down", "Up"] {
        let mut sitter = shop();
        let before = sitter.draw();
        let after = sitter.press(&format!("Ctrl-{key}")).draw();
        assert_ne!(before, after);
        let theirs = bytes_of_crossterm(&before, &after) as f64;
        for (trusted_widths, most) in [(true, 0.7), (false, 0.8)] {
            let ratio = bytes(&before, &after, trusted_widths) as f64 / theirs;
            assert!(ratio <= most, "{key}, trusted {trusted_widths}: {ratio:.2} of {theirs} bytes");
        }
    }
}

/// A slanting drag (a cell is twice as high as wide), free and snapping: where a note snaps to a row, a frame jumps
/// several cells. A terminal whose widths are not trusted is told a little more.
#[test]
fn a_note_is_dragged_for_a_kibibyte_a_frame_at_most() {
    let path = [(2, 0), (3, 0), (4, 1), (5, 1), (6, 2), (7, 2), (8, 2), (9, 3)];
    for (x, y) in shop().notes_in_sight() {
        for (drag, trusted_widths, most) in
            [("alt-drag", true, 1024), ("alt-drag", false, 1060), ("drag", true, 1100), ("drag", false, 1200)]
        {
            let mut sitter = shop();
            let mut before = sitter.mouse(&format!("press {x} {y}, drag {} {y}", x + 1)).draw();
            let mut frames = path.map(|(dx, dy)| {
                let after = sitter.mouse(&format!("{drag} {} {}", x + dx, y + dy)).draw();
                bytes(&std::mem::replace(&mut before, after.clone()), &after, trusted_widths)
            });
            frames.sort_unstable();
            let (median, last) = (frames[path.len() / 2], frames[path.len() - 1]);
            assert!(0 < last && last <= most && median <= 1024, "at {x},{y}: {frames:?}");
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
