//! The skin for terminals on which glyphs that may be narrow or wide are wide: letters and signs of ASCII in their
//! place, one cell for one cell.
//!
//! It is put on where cells become bytes and nowhere else, so that everything is drawn, moved and compared as usual.

use unicode_width::UnicodeWidthStr;

/// Glyphs of the screen, and what stands for them.
const TABLE: [(&str, &[&str]); 18] = [
    ("-", &["─", "━", "┄", "┅", "–", "—"]),
    ("=", &["═"]),
    ("|", &["│", "┃", "║", "┆", "┊", "▎", "▌", "▏", "▍"]),
    (
        "+",
        &[
            "┌", "┐", "└", "┘", "├", "┤", "┬", "┴", "┼", "╭", "╮", "╰", "╯", "┏", "┓", "┗", "┛", "╔", "╗",
            "╚", "╝",
        ],
    ),
    ("_", &["▁", "▄", "▂", "▃"]),
    ("\"", &["▀", "▔", "“", "”"]),
    ("'", &["‘", "’"]),
    ("#", &["█", "▓", "■", "▇", "▆", "▅"]),
    (":", &["▒"]),
    (">", &["→", "▶", "▷"]),
    ("<", &["←", "◀", "◁"]),
    ("^", &["↑", "▲", "△"]),
    ("v", &["↓", "▼", "▽"]),
    ("*", &["◆", "●", "★"]),
    ("o", &["◇", "○", "☆", "°", "□"]),
    (".", &["…", "·"]),
    ("x", &["×"]),
    ("!", &["≠"]),
];

/// What stands for a glyph: itself where every terminal agrees how wide it is.
pub fn plain(glyph: &str) -> &str {
    if glyph.is_ascii() || glyph.width() == glyph.width_cjk() {
        return glyph;
    }
    let row = TABLE.iter().find(|(_, glyphs)| glyphs.contains(&glyph));
    row.map_or("?", |(plain, _)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sign_of_ascii_stands_for_each_glyph_that_may_be_wide() {
        for (plain_sign, glyphs) in TABLE {
            for glyph in glyphs {
                assert_eq!(glyph.width(), 1, "{glyph}");
                assert_ne!(glyph.width_cjk(), 1, "{glyph} needs no other sign");
                assert_eq!(plain(glyph), plain_sign);
            }
        }
        assert_eq!(["a", "주", "⣿", "✓", "①"].map(plain), ["a", "주", "⣿", "✓", "?"]);
    }
}
