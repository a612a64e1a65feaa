//! Breaking text into lines by the width it is shown with.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The lines of `text`, none wider than `width` columns. Words are kept whole, Korean ones too: a line breaks at spaces,
/// which hang over its end, and within a word only where the word alone is too wide. Every line is a part of `text`, in
/// order, so that a place in the text has a line and a column. There is always a line.
pub fn wrap(text: &str, width: usize) -> Vec<&str> {
    let width = width.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, width, &mut lines);
    }
    lines
}

fn wrap_paragraph<'a>(text: &'a str, width: usize, lines: &mut Vec<&'a str>) {
    let (mut start, mut used) = (0, 0);
    // Where the last spaces of this line begin and end.
    let mut gap: Option<(usize, usize)> = None;
    for (at, glyph) in text.grapheme_indices(true) {
        if glyph == " " {
            let begin = gap.filter(|(_, end)| *end == at).map_or(at, |(begin, _)| begin);
            gap = Some((begin, at + 1));
        } else if used + glyph.width() > width && at > start {
            let (end, next) = gap.filter(|(begin, _)| *begin > start).unwrap_or((at, at));
            lines.push(&text[start..end]);
            (start, used, gap) = (next, text[next..at].width(), None);
        }
        used += glyph.width();
    }
    lines.push(&text[start..]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, width: usize, lines: &[&str]) {
        assert_eq!(wrap(text, width), lines, "{text:?} in {width}");
    }

    #[test]
    fn words_are_kept_whole_and_a_too_wide_one_breaks_between_glyphs() {
        check("주문이 접수되었다", 10, &["주문이", "접수되었다"]);
        check("주문이 접수되었다", 16, &["주문이", "접수되었다"]);
        check("주문이 접수되었다", 17, &["주문이 접수되었다"]);
        check("결제승인됨", 5, &["결제", "승인", "됨"]);
        check("a 결제승인됨", 5, &["a", "결제", "승인", "됨"]);
        check("order placed", 3, &["ord", "er", "pla", "ced"]);
    }

    #[test]
    fn spaces_hang_over_the_end_and_stay_while_they_are_typed() {
        check("ab  cd", 3, &["ab", "cd"]);
        check("ab   ", 3, &["ab   "]);
        check("  ab", 4, &["  ab"]);
    }

    #[test]
    fn a_line_break_breaks_and_there_is_always_a_line() {
        check("", 8, &[""]);
        check("a\n\nb\n", 8, &["a", "", "b", ""]);
    }

    proptest! {
        #[test]
        fn nothing_but_spaces_at_breaks_is_lost_and_nothing_is_too_wide(text in "[가-힣a-z👍é ]{0,40}", width in 2..20usize) {
            let lines = wrap(&text, width);
            prop_assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
            for line in &lines {
                prop_assert!(line.trim_end().width() <= width, "{:?}", lines);
            }
        }
    }
}
