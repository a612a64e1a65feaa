//! What colours look like: the same one on terminals of 16, 256 and all colours, and how well two are told apart.

use ratatui::style::Color;

/// The sixteen in the order every terminal numbers them.
pub(in crate::tui) const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// xterm's shades of the sixteen; other terminals have their own.
pub(super) const XTERM: [u32; 16] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000,
    0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
];

/// What a colour looks like on an xterm, as `0xRRGGBB`; nothing for the terminal's own.
pub fn rgb(color: Color) -> Option<u32> {
    match color {
        Color::Reset => None,
        Color::Rgb(r, g, b) => Some(u32::from_be_bytes([0, r, g, b])),
        Color::Indexed(n @ 0..16) => Some(XTERM[usize::from(n)]),
        Color::Indexed(n @ 16..232) => {
            let level = |n: u8| if n == 0 { 0 } else { u32::from(n) * 40 + 55 };
            let n = n - 16;
            Some(level(n / 36) << 16 | level(n / 6 % 6) << 8 | level(n % 6))
        }
        Color::Indexed(n) => Some((u32::from(n - 232) * 10 + 8) * 0x01_01_01),
        named => NAMED.iter().position(|one| *one == named).map(|at| XTERM[at]),
    }
}

/// The contrast of two colours, from 1 to 21, as the accessibility guidelines reckon it.
pub fn contrast(a: u32, b: u32) -> f64 {
    let luminance = |rgb: u32| {
        let channel = |shift: u32| {
            let c = f64::from(rgb >> shift & 255) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    };
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

/// So many percent of one colour mixed into another, both `0xRRGGBB`.
pub(super) fn mix(into: u32, other: u32, percent: u32) -> u32 {
    let channel = |shift: u32| {
        let (a, b) = (into >> shift & 255, other >> shift & 255);
        ((a * (100 - percent) + b * percent) / 100) << shift
    };
    channel(16) | channel(8) | channel(0)
}

/// The nearest of the 256 colours that every terminal shows alike.
pub(super) fn nearest(color: u32) -> u8 {
    let distance = |n: &u8| {
        let other = of_256(*n);
        let channel = |shift: u32| (color >> shift & 255).abs_diff(other >> shift & 255).pow(2);
        channel(16) + channel(8) + channel(0)
    };
    (16..=255).min_by_key(distance).unwrap_or(16)
}

/// What one of the 256 colours looks like.
pub(super) fn of_256(n: u8) -> u32 {
    rgb(Color::Indexed(n)).unwrap_or_default()
}
