//! How much room letters take, whatever font they are shown in.

use unicode_width::UnicodeWidthChar;

use crate::model::text::{SafeText, wrap};

/// A text broken into lines that fit a room.
#[derive(Clone, PartialEq, Debug, Default)]
pub(in crate::format) struct Fitted {
    /// The lines; each is safe to show.
    pub(in crate::format) lines: Vec<String>,
    /// How large the letters are, in pixels.
    pub(in crate::format) size: i64,
    /// Whether not all of the text is there.
    pub(in crate::format) is_cut: bool,
}

/// How far apart the lines of letters of a size stand.
pub(in crate::format) fn leading(size: i64) -> i64 {
    size + (size + 2) / 4
}

/// About how many pixels a line takes at most, in the fonts people have.
pub(super) fn width_of(line: &str, size: i64) -> i64 {
    let em = |c: char| match c {
        ' ' | 'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 32,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '"' | '/' => 42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 95,
        'A'..='Z' => 74,
        c => match c.width() {
            Some(0) | None => 0,
            Some(1) => 61,
            Some(_) => 100,
        },
    };
    (line.chars().map(em).sum::<i64>() * size + 99) / 100
}

/// A text at one size, broken so that every line fits a width, at glyphs where a word alone does not.
pub(in crate::format) fn broken(text: &str, size: i64, width: i64) -> Vec<String> {
    let text = SafeText::new(text.trim());
    let most = usize::try_from(2 * width / size).unwrap_or(0).max(2);
    let columns = (2..=most)
        .rev()
        .find(|columns| wrap(&text, *columns).iter().all(|line| width_of(line.trim_end(), size) <= width));
    wrap(&text, columns.unwrap_or(2)).into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// A text in a room, as large as it fits, from one size down to another; cut where even the smallest is too large.
pub(in crate::format) fn fitted(text: &str, room: (i64, i64), largest: i64, smallest: i64) -> Fitted {
    for size in (smallest..=largest).rev() {
        let lines = broken(text, size, room.0);
        if lines.len() as i64 * leading(size) <= room.1 {
            return Fitted { lines, size, is_cut: false };
        }
    }
    let count = usize::try_from(room.1 / leading(smallest)).unwrap_or(0).max(1);
    Fitted {
        lines: cut(broken(text, smallest, room.0), count, smallest, room.0),
        size: smallest,
        is_cut: true,
    }
}

/// The first lines of a text, the last of them ending in `…` where there were more.
pub(super) fn cut(mut lines: Vec<String>, count: usize, size: i64, width: i64) -> Vec<String> {
    if lines.len() > count {
        lines.truncate(count);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && width_of(last, size) + size > width {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_as_large_as_it_fits_and_cut_where_it_never_does() {
        let fits = |text: &str| fitted(text, (160, 54), 14, 10);
        assert_eq!(fits("주문됨"), Fitted { lines: vec!["주문됨".into()], size: 14, is_cut: false });
        assert_eq!(fits("결제가 승인되어 배송을 준비할 수 있게 됨").size, 14);
        assert_eq!(fits(&"긴 이야기 ".repeat(9)).size, 11);
        let cut = fits(&"끝없는 이야기 ".repeat(40));
        assert!(cut.is_cut && cut.size == 10 && cut.lines.len() == 4, "{cut:?}");
        assert!(cut.lines[3].ends_with('…'));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(text in "[가-힣A-Za-zWM ,.é👍]{0,60}", width in 40i64..200) {
            for line in fitted(&text, (width, 60), 14, 9).lines {
                prop_assert!(width_of(&line, 9) <= width, "{line:?}");
            }
        }
    }
}
