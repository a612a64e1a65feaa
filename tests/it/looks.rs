//! Everything on the screen can be read: in every theme, at every zoom, in every list, and on terminals that draw lines
//! twice as wide.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use squall::session::template::TEMPLATES;
use squall::tui::screen::{Cursor, Manner, Screen};
use squall::tui::theme::{Depth, Shade, Theme, contrast, rgb};
use unicode_width::UnicodeWidthChar;

use crate::sitter::{Sitter, text_of};

const SIZE: (u16, u16) = (100, 40);

/// What is pressed one after the other, before each of which the screen is looked at.
const TOUR: [&str; 39] = [
    "0", "-", "-", "1", "g g", "g h", "v l", "Esc", "/ 'a", "Esc", ":", "Esc", "?", "Esc", "a", "Esc", "o",
    "'x", "Esc", "g", "Esc", "M", "\\", "Tab", "Tab", "Tab", "Esc", "T", "b", "Esc", "g L", "Esc", ",",
    "Esc", "s", "Esc", "C", "Tab", "C",
];

/// Looks at a sample from many sides.
fn tour(sample: &str, theme: Theme, mut look: impl FnMut(&Buffer, &str)) {
    let mut sitter = Sitter::at_sample(sample, SIZE, theme);
    for keys in TOUR {
        look(&sitter.draw(), keys);
        sitter.press(keys);
    }
    for step in 0..9 {
        look(&sitter.draw(), &format!("zoom {step}"));
        sitter.press("-");
    }
}

fn samples() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().filter(|template| template.is_sample()).map(|template| template.id)
}

/// The ink and the ground of a letter as an xterm shows them.
fn colors(cell: &Cell) -> Option<(u32, u32)> {
    let (ink, ground) = (rgb(cell.fg)?, rgb(cell.bg)?);
    Some(if cell.modifier.contains(Modifier::REVERSED) { (ground, ink) } else { (ink, ground) })
}

#[test]
fn every_letter_on_the_screen_can_be_read() {
    for (depth, least) in [(Depth::True, 6.0), (Depth::Indexed, 6.0), (Depth::Sixteen, 4.4)] {
        for shade in [Shade::Dark, Shade::Light] {
            let theme = Theme { depth, shade, ..Theme::default() };
            let mut dim = std::collections::BTreeMap::new();
            for sample in samples() {
                tour(sample, theme, |buffer, when| {
                    for cell in
                        buffer.content().iter().filter(|cell| cell.symbol().contains(char::is_alphanumeric))
                    {
                        let Some((ink, ground)) = colors(cell) else {
                            panic!(
                                "{depth:?} {shade:?}: {:?} has no colours at {sample}, {when}",
                                cell.symbol()
                            );
                        };
                        let found = contrast(ink, ground);
                        if found < least {
                            let told = format!("{:?} {:.1} at {sample} before {when}", cell.symbol(), found);
                            dim.entry((ink, ground)).or_insert(told);
                        }
                    }
                });
            }
            assert!(dim.is_empty(), "{depth:?} {shade:?}, below {least}: {dim:06X?}");
        }
    }
}

#[test]
fn without_colours_there_are_none() {
    for sample in samples() {
        tour(sample, Theme { depth: Depth::Mono, ..Theme::default() }, |buffer, when| {
            let is_bare = |cell: &Cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset);
            assert!(buffer.content().iter().all(is_bare), "{sample} before {when}");
        });
    }
}

#[test]
fn nothing_but_ascii_and_letters_is_written_where_people_want_ascii() {
    for depth in [Depth::True, Depth::Mono] {
        for sample in samples() {
            tour(sample, Theme { depth, ..Theme::default() }, |buffer, when| {
                let manner = Manner { ascii: true, ..Manner::default() };
                let bytes = Screen::new(manner).draw(&mut buffer.clone(), Cursor::default());
                let written = String::from_utf8(bytes).unwrap();
                let may_be_wide = |c: &char| {
                    c.width() != c.width_cjk()
                        || c.width() == Some(1) && !c.is_ascii() && !c.is_alphanumeric()
                };
                assert_eq!(written.chars().find(may_be_wide), None, "{sample} before {when}");
                // What is drawn has a sign of its own, of which there are no more than there were.
                let unknown = |text: &str| text.matches('?').count();
                let glyphs = text_of(buffer);
                let theirs = glyphs.chars().filter(|c| may_be_wide(c) && c.is_alphanumeric()).count();
                let escapes = written.matches("\x1b[?").count();
                assert_eq!(unknown(&written) - escapes, unknown(&glyphs) + theirs, "{sample} before {when}");
            });
        }
    }
}

/// Whatever squall itself may draw or say has a sign of ASCII: on screens no test comes by as well.
#[test]
fn every_sign_in_the_sources_of_the_screen_has_one_of_ascii() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting = vec![root.join("src/tui"), root.join("assets/words")];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|file| file.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let drawn = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = drawn.lines().filter(|line| !line.trim_start().starts_with("//"));
        for sign in lines.flat_map(str::chars).filter(|c| c.width() == Some(1) && !c.is_alphanumeric()) {
            let shown = squall::tui::ascii::plain(sign.encode_utf8(&mut [0; 4])).to_owned();
            assert!(shown.is_ascii() && (shown != "?" || sign == '?'), "{sign} in {}", path.display());
        }
    }
}
