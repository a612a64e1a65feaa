//! Several screens one after the other, as one SVG that plays for ever without a script.
//!
//! A row that stays as it is for a while is drawn once and shown for that while; who plays nothing sees the last screen.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;

use super::{Picture, Shade};

/// The screens from one of them to before another.
type While = (usize, usize);

/// The SVG of screens of one size, each shown for so many milliseconds.
pub fn film(screens: &[(Buffer, u32)], shade: Shade) -> String {
    let Some((first, _)) = screens.first() else { return String::new() };
    let spans: Vec<Vec<While>> = (0..first.area.height).map(|y| spans(screens, y)).collect();
    let whiles: BTreeSet<While> = spans.iter().flatten().copied().collect();
    let mut picture = Picture::begun(first.area, shade, &rules(screens, &whiles));
    for draw in [Picture::grounds, Picture::glyphs] {
        for (y, spans) in (0..).zip(&spans) {
            for (from, to) in spans {
                let is_last = *to == screens.len();
                let rest = if is_last { "" } else { " visibility=\"hidden\"" };
                picture.add(format_args!("<g class=\"s{from}-{to}\"{rest}>\n"));
                draw(&mut picture, &screens[*from].0, y);
                picture.out.push_str("</g>\n");
            }
        }
    }
    picture.out.push_str("</svg>\n");
    picture.out
}

/// For how long a row stays the same, each time.
fn spans(screens: &[(Buffer, u32)], y: u16) -> Vec<While> {
    let row = |at: usize| {
        let buffer = &screens[at].0;
        let start = buffer.index_of(0, y);
        &buffer.content[start..start + usize::from(buffer.area.width)]
    };
    let mut spans: Vec<While> = vec![(0, 1)];
    for at in 1..screens.len() {
        match spans.last_mut() {
            Some((_, to)) if row(at) == row(at - 1) => *to = at + 1,
            _ => spans.push((at, at + 1)),
        }
    }
    spans
}

/// When each stretch of screens is seen.
fn rules(screens: &[(Buffer, u32)], whiles: &BTreeSet<While>) -> String {
    let ends: Vec<u32> = screens
        .iter()
        .scan(0, |end, (_, millis)| {
            *end += millis;
            Some(*end)
        })
        .collect();
    let total = ends.last().copied().unwrap_or_default().max(1);
    let percent = |at: usize| {
        let millis = at.checked_sub(1).map_or(0, |before| ends[before]);
        f64::from(millis) * 100.0 / f64::from(total)
    };
    let rule = |(from, to): &While| {
        let (begin, end) = (percent(*from), percent(*to));
        format!(
            ".s{from}-{to}{{animation:k{from}-{to} {total}ms step-end infinite}}\
             @keyframes k{from}-{to}{{0%{{visibility:hidden}}{begin:.3}%{{visibility:visible}}{end:.3}%{{visibility:hidden}}}}"
        )
    };
    let moving = whiles.iter().filter(|(from, to)| (*from, *to) != (0, screens.len()));
    moving.map(rule).collect()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::tui::canvas::Canvas;

    #[test]
    fn a_row_that_stays_is_drawn_once_and_the_last_screen_is_what_is_left() {
        let screen = |text: &str| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 2));
            let mut canvas = Canvas::new(&mut buffer);
            canvas.print(0, 0, "same", Style::new());
            canvas.print(0, 1, text, Style::new());
            (buffer, 500)
        };
        let svg = film(&[screen("a"), screen("a"), screen("b")], Shade::Dark);
        assert_eq!(svg.matches(">same<").count(), 1);
        assert_eq!(svg.matches(">a<").count(), 1);
        assert!(svg.contains(
            "@keyframes k0-2{0%{visibility:hidden}0.000%{visibility:visible}66.667%{visibility:hidden}}"
        ));
        assert!(svg.contains("<g class=\"s0-2\" visibility=\"hidden\">\n<text"));
        assert!(svg.contains("<g class=\"s2-3\">\n<text"));
        assert_eq!(film(&[], Shade::Dark), "");
    }
}
