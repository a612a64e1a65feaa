//! The skin for terminals on which glyphs that may be narrow or wide are wide, or that have letters only: letters and
//! signs of ASCII in place of every line, block, arrow and dot, one cell for one cell. Letters of wordings stay.
//!
//! It is put on where cells become bytes or a picture and nowhere else, so that everything is drawn, moved and compared
//! as usual.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// Glyphs of the screen, and what stands for them.
const TABLE: [(&str, &[&str]); 18] = [
    ("-", &["─", "━", "┄", "┅", "╌", "–", "—", "−"]),
    ("=", &["═"]),
    ("|", &["│", "┃", "║", "┆", "┊", "╎", "▎", "▌", "▏", "▍", "▐"]),
    (
        "+",
        &[
            "┌", "┐", "└", "┘", "├", "┤", "┬", "┴", "┼", "╭", "╮", "╰", "╯", "┏", "┓", "┗", "┛", "╔", "╗",
            "╚", "╝", "▗", "▖", "▝", "▘",
        ],
    ),
    ("_", &["▁", "▄", "▂", "▃"]),
    ("\"", &["▀", "▔", "“", "”"]),
    ("'", &["‘", "’"]),
    ("#", &["█", "▓", "■", "▇", "▆", "▅"]),
    (":", &["▒"]),
    (">", &["→", "▶", "▷", "▸", "›"]),
    ("<", &["←", "◀", "◁", "◂", "‹"]),
    ("^", &["↑", "▲", "△", "▴"]),
    ("v", &["↓", "▼", "▽", "▾", "✓"]),
    ("*", &["◆", "●", "★", "▪"]),
    ("o", &["◇", "○", "☆", "°", "□"]),
    (".", &["…", "·", "░"]),
    ("x", &["×", "✗"]),
    ("!", &["≠"]),
];

/// What stands for a glyph: itself if it is a letter and every terminal agrees how wide it is.
pub fn plain(glyph: &str) -> &str {
    let Some(first) = glyph.chars().next().filter(|_| !glyph.is_ascii()) else { return glyph };
    let is_sure = glyph.width() == glyph.width_cjk();
    if is_sure && (glyph.width() != 1 || first.is_alphanumeric()) {
        return glyph;
    }
    let row = TABLE.iter().find(|(_, glyphs)| glyphs.contains(&glyph));
    row.map_or_else(|| dots(first), |(plain, _)| plain)
}

/// What stands for a pattern of dots, by how many they are.
fn dots(glyph: char) -> &'static str {
    let first = u32::from('\u{2800}');
    match u32::from(glyph).checked_sub(first).filter(|dots| *dots < 256).map(u32::count_ones) {
        None => "?",
        Some(0..=2) => ".",
        Some(3..=5) => ":",
        Some(_) => "#",
    }
}

/// Puts the skin on a whole screen.
pub fn dress(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let glyph = plain(cell.symbol());
        if glyph != cell.symbol() {
            let glyph = glyph.to_owned();
            cell.set_symbol(&glyph);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sign_of_ascii_stands_for_each_glyph_that_is_no_letter() {
        for (plain_sign, glyphs) in TABLE {
            for glyph in glyphs {
                assert_eq!(glyph.width(), 1, "{glyph}");
                assert_eq!(plain(glyph), plain_sign);
            }
        }
        let of_each = [("a", "a"), ("주", "주"), ("é", "é"), ("⠁", "."), ("⠇", ":"), ("⣿", "#"), ("①", "?")];
        for (glyph, sign) in of_each {
            assert_eq!(plain(glyph), sign);
        }
        let signs = ('\u{2010}'..='\u{2bff}').map(String::from).filter(|glyph| glyph.width() == 1);
        for glyph in signs.filter(|glyph| !glyph.contains(char::is_alphanumeric)) {
            assert!(plain(&glyph).is_ascii(), "{glyph}");
        }
    }
}
