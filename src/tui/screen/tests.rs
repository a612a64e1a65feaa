use proptest::prelude::*;
use ratatui::buffer::CellWidth;
use ratatui::style::{Modifier, Style};

use super::run::{SEEN_ON_BLANKS, is_blank};
use super::*;
use crate::tui::canvas::Canvas;
use crate::tui::theme::NAMED;

const AREA: Rect = Rect { x: 0, y: 0, width: 20, height: 6 };

fn bytes(screen: &mut Screen, cursor: Cursor, paint: impl FnOnce(&mut Canvas<'_>)) -> String {
    let mut buffer = Buffer::empty(AREA);
    paint(&mut Canvas::new(&mut buffer));
    String::from_utf8(screen.draw(&mut buffer, cursor)).unwrap()
}

fn cursor(x: u16, y: u16, shown: bool) -> Cursor {
    Cursor { at: Position { x, y }, shown }
}

/// A screen that shows nothing, its terminal cleared.
fn blank(sync: bool, trusted_widths: bool) -> Screen {
    let mut screen = Screen::new(Manner { sync, trusted_widths, ..Manner::default() });
    bytes(&mut screen, Cursor::default(), |_| {});
    screen
}

#[test]
fn a_frame_is_one_synchronized_run_and_the_same_frame_again_is_no_bytes() {
    let mut screen = Screen::new(Manner::default());
    let mut paint = || {
        bytes(&mut screen, cursor(4, 1, true), |canvas| {
            canvas.print(2, 1, "주문 ok", Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(7)));
            canvas.print(0, 3, "bold", Style::new().add_modifier(Modifier::BOLD));
        })
    };
    let first = "\x1b[?2026h\x1b[0m\x1b[2J\x1b[4;1H\x1b[1mbold\x1b[2;3H\x1b[22;38;2;1;2;3;48;5;7m주문\
                     \x1b[7G ok\x1b[5G\x1b[?25h\x1b[?2026l";
    assert_eq!(paint(), first);
    assert_eq!(paint(), "");
}

#[test]
fn a_picture_is_lines_whose_ends_are_not_blank() {
    let mut buffer = Buffer::empty(Rect { width: 8, height: 2, ..AREA });
    let red = Style::new().fg(Color::Red);
    Canvas::new(&mut buffer).print(1, 0, "주문 a", red);
    assert_eq!(lines(&buffer, false), " 주문 a\n\n");
    assert_eq!(lines(&buffer, true), " \x1b[31m주문 a\x1b[39m\n\n");
}

#[test]
fn a_trusted_terminal_gets_no_moves_between_wide_glyphs() {
    let bytes = bytes(&mut blank(false, true), Cursor::default(), |canvas| {
        canvas.print(0, 0, "주문됨", Style::new());
    });
    assert_eq!(bytes, "주문됨\r");
}

#[test]
fn another_terminal_gets_a_move_after_each_word_of_hangul_and_each_other_wide_glyph() {
    let bytes = bytes(&mut blank(false, false), Cursor::default(), |canvas| {
        canvas.print(0, 0, "주문 됨x\u{1f44d}\u{1f44d}됨", Style::new());
    });
    assert_eq!(bytes, "주문\x1b[6G됨\x1b[8Gx\u{1f44d}\x1b[11G\u{1f44d}\x1b[13G됨\r");
}

#[test]
fn a_place_that_is_near_is_gone_to_by_steps() {
    let bytes =
        bytes(&mut blank(false, false), Cursor { at: Position { x: 9, y: 4 }, shown: false }, |canvas| {
            for (x, y) in [(4, 1), (4, 2), (3, 3), (15, 3), (0, 4)] {
                canvas.print(x, y, "a", Style::new());
            }
        });
    assert_eq!(bytes, "\x1b[2;5Ha\x1b[B\x08a\x1b[B\x08\x08a\x1b[16Ga\x1b[B\ra\x1b[8C");
}

#[test]
fn the_hidden_cursor_waits_where_it_is_put() {
    let mut screen = blank(false, false);
    assert_eq!(bytes(&mut screen, cursor(1, 1, true), |_| {}), "\x1b[2;2H\x1b[?25h");
    assert_eq!(bytes(&mut screen, cursor(3, 2, false), |_| {}), "\x1b[?25l\x1b[3;4H");
    assert_eq!(bytes(&mut screen, cursor(3, 2, false), |_| {}), "");
}

#[test]
fn a_terminal_somebody_wrote_to_is_painted_anew() {
    let mut screen = blank(false, false);
    screen.forget();
    assert_eq!(bytes(&mut screen, Cursor::default(), |_| {}), "\x1b[0m\x1b[2J\x1b[1;1H");
}

const STYLES: usize = 24;

/// One thing printed: where, what, in which of the styles.
type Print = (i32, i32, &'static str, usize);

/// Inks and grounds of every depth, and every modifier an emulator tells of.
fn styles() -> Vec<Style> {
    let color = |nth: usize| match nth % 4 {
        0 => Color::Reset,
        1 => NAMED[nth * 7 % 16],
        2 => Color::Indexed((nth * 37 % 256) as u8),
        _ => Color::Rgb((nth * 11) as u8, (nth * 5) as u8, 30),
    };
    let modifiers = [
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::UNDERLINED.union(Modifier::ITALIC),
        Modifier::REVERSED.union(Modifier::DIM),
    ];
    let style = |nth: usize| {
        Style::new().fg(color(nth)).bg(color(nth / 3)).add_modifier(modifiers[nth % 5 % modifiers.len()])
    };
    (0..STYLES).map(style).collect()
}

fn prints() -> impl Strategy<Value = Vec<Print>> {
    let text = prop::sample::select(vec![
        "주문이 접수됨",
        "a한b글c",
        "plain",
        "─▎▐",
        "한",
        "결제 e\u{301} ok",
        "\u{1f44d} 됨",
    ]);
    prop::collection::vec((-6..22i32, -1..7i32, text, 0..STYLES), 0..14)
}

fn color(color: Color) -> vt100::Color {
    match color {
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        Color::Indexed(n) => vt100::Color::Idx(n),
        named => NAMED
            .iter()
            .position(|one| *one == named)
            .map_or(vt100::Color::Default, |at| vt100::Color::Idx(at as u8)),
    }
}

fn assert_shows(screen: &vt100::Screen, buffer: &Buffer, ascii: bool) -> Result<(), TestCaseError> {
    for (at, cell) in buffer.content().iter().enumerate() {
        let (x, y) = buffer.pos_of(at);
        let seen = screen.cell(y, x).unwrap();
        if seen.is_wide_continuation() {
            // It has no style of its own: an emulator paints it with the glyph it belongs to.
            prop_assert_eq!(buffer[(x - 1, y)].cell_width(), 2, "a stray half at {},{}", x, y);
            continue;
        }
        let contents = if seen.has_contents() { seen.contents() } else { " " };
        let glyph = if ascii { plain(cell.symbol()) } else { cell.symbol() };
        prop_assert_eq!(contents, glyph, "at {},{}", x, y);
        prop_assert_eq!(seen.bgcolor(), color(cell.bg), "at {},{}", x, y);
        let is_blank = is_blank(cell);
        prop_assert!(is_blank || seen.fgcolor() == color(cell.fg), "at {},{}", x, y);
        let modifiers = [
            (seen.bold(), Modifier::BOLD),
            (seen.dim(), Modifier::DIM),
            (seen.italic(), Modifier::ITALIC),
            (seen.underline(), Modifier::UNDERLINED),
            (seen.inverse(), Modifier::REVERSED),
        ];
        for (seen, modifier) in modifiers {
            let is_same = seen == cell.modifier.contains(modifier);
            let is_seen = !is_blank || SEEN_ON_BLANKS.contains(modifier);
            prop_assert!(is_same || !is_seen, "{:?} at {},{}", modifier, x, y);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn an_emulator_shows_exactly_what_the_buffer_holds(
        frames in prop::collection::vec(prints(), 1..6),
        sync: bool,
        trusted_widths: bool,
        ascii: bool,
    ) {
        let mut screen = Screen::new(Manner { sync, trusted_widths, ascii });
        let mut emulator = vt100::Parser::new(AREA.height.try_into().unwrap(), AREA.width.try_into().unwrap(), 0);
        for prints in frames {
            let mut next = Buffer::empty(AREA);
            for (x, y, text, style) in prints {
                Canvas::new(&mut next).print(x, y, text, styles()[style]);
            }
            let wanted = next.clone();
            emulator.process(&screen.draw(&mut next, Cursor::default()));
            assert_shows(emulator.screen(), &wanted, ascii)?;
        }
    }
}
