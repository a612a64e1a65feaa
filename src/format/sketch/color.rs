//! Colours: how near two are to the eye, what tools call them, and which kind of note each usually is.

use crate::model::NoteKind;

/// How a shape is filled.
#[derive(Clone, PartialEq, Debug, Default)]
pub(in crate::format) struct Fill {
    /// As the file says it, in lower case; empty where it says nothing.
    pub(super) label: String,
    /// Red, green, blue; none where one looks through it.
    pub(super) rgb: Option<[u8; 3]>,
}

/// Two colours farther apart than this have different names.
const ALIKE: f64 = 0.12;
/// How much nearer the best kind must be than the second to be clear.
const CLEAR: f64 = 0.035;

/// What people and tools call colours. A name may stand for several shades; the first is what Miro shows for it.
#[rustfmt::skip]
const NAMES: &[(&str, &[u32])] = &[
    ("black", &[0x1e1e1e]), ("white", &[0xffffff]), ("gray", &[0xf5f6f8, 0x868e96, 0xced4da]), ("grey", &[0x868e96, 0xced4da]),
    ("red", &[0xf16c7f, 0xff0000, 0xfa5252, 0xe03131, 0xfb464c, 0xf8cecc]),
    ("orange", &[0xff9d48, 0xffa500, 0xfd7e14, 0xffa94d, 0xe9973f, 0xffcc99]),
    ("yellow", &[0xf5d128, 0xffff00, 0xfff9b1, 0xfab005, 0xffec99, 0xe0de71]), ("light yellow", &[0xfff9b1]), ("dark yellow", &[0xfab005]),
    ("green", &[0xc9df56, 0x008000, 0x2f9e44, 0x69db7c, 0xb2f2bb, 0x44cf6e, 0xd5e8d4]), ("light green", &[0xd5f692]),
    ("dark green", &[0x93d275]), ("lime", &[0xc9df56]),
    ("blue", &[0x6cd8fa, 0x0000ff, 0x228be6, 0xa5d8ff, 0xdae8fc]), ("light blue", &[0xa6ccf5]), ("dark blue", &[0x9ea9ff]),
    ("cyan", &[0x67c6c0, 0x00ffff, 0x53dfdd]), ("teal", &[0x67c6c0, 0x008080]), ("brown", &[0xa18072, 0x8b4513]),
    ("violet", &[0xbe88c7, 0x7950f2, 0xd0bfff, 0xa882ff]), ("purple", &[0xa882ff, 0x800080, 0x9b59b6, 0xe1d5e7]), ("lilac", &[0xbd87c5]),
    ("pink", &[0xea94bb, 0xffc0cb, 0xfcc2d7]), ("light pink", &[0xffcee0]), ("magenta", &[0xff00ff, 0xe64980]),
];

/// Which kind a colour usually is, in the palettes of Excalidraw, Miro, draw.io and Obsidian, beside the papers.
const USUAL: &[(NoteKind, &[u32])] = &[
    (
        NoteKind::DomainEvent,
        &[0xfe9e4a, 0xffa500, 0xffa94d, 0xfd7e14, 0xff9d48, 0xe9973f, 0xffd8a8, 0xffcc99, 0xffe6cc],
    ),
    (
        NoteKind::Command,
        &[0x6dd8fa, 0xa5d8ff, 0x228be6, 0x4dabf7, 0xa6ccf5, 0x6cd8fa, 0x9ea9ff, 0xdae8fc, 0xcce5ff, 0x53dfdd],
    ),
    (NoteKind::Actor, &[0xfef445, 0xf5d128, 0xfab005, 0xffd43b, 0xffff00, 0xffff66, 0xe0de71]),
    (NoteKind::Policy, &[0xbd87c5, 0xd0bfff, 0x7950f2, 0x9775fa, 0xbe88c7, 0xe1d5e7, 0xa882ff, 0xeebefa]),
    (
        NoteKind::ReadModel,
        &[0xd9f79d, 0xb2f2bb, 0x2f9e44, 0x69db7c, 0xd5f692, 0xc9df56, 0x93d275, 0xd5e8d4, 0xcdeb8b, 0x44cf6e],
    ),
    (NoteKind::ExternalSystem, &[0xea95bc, 0xffcee0, 0xea94bb, 0xfcc2d7, 0xf783ac, 0xffcccc]),
    (NoteKind::Aggregate, &[0xfff9b3, 0xffec99, 0xfff9b1, 0xfff2cc, 0xffffcc]),
    (NoteKind::Hotspot, &[0xee6f82, 0xfa5252, 0xe03131, 0xff8787, 0xf16c7f, 0xf8cecc, 0xfb464c]),
    (NoteKind::UserInterface, &[0xffffff]),
    (NoteKind::Time, &[0xb4c0d6]),
    (NoteKind::Note, &[0xc7cbd4, 0xced4da, 0xf5f6f8, 0xf5f5f5, 0xe9ecef, 0xa18072, 0x868e96, 0x1e1e1e]),
];

fn rgb(number: u32) -> [u8; 3] {
    [(number >> 16) as u8, (number >> 8) as u8, number as u8]
}

impl Fill {
    /// A fill as a file says it: a name, `#rgb`, `#rrggbb`, `rgb(r, g, b)`.
    pub(in crate::format) fn of(label: &str) -> Fill {
        let label = label.trim().to_lowercase();
        let rgb = parsed(&label).or_else(|| named(&label).first().copied());
        Fill { label, rgb }
    }

    /// Whether one sees the board through it, or nearly.
    pub(super) fn is_empty(&self) -> bool {
        self.rgb.is_none_or(|rgb| {
            let [light, a, b] = lab(rgb);
            light > 0.94 && a.hypot(b) < 0.03
        })
    }

    /// The colour as `#rrggbb`.
    pub(super) fn hex(&self) -> String {
        self.rgb.map_or_else(String::new, |[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"))
    }
}

/// The colours a label means: itself, or the shades its name stands for.
pub(super) fn shades(label: &str) -> Vec<[u8; 3]> {
    parsed(label).map_or_else(|| named(label), |rgb| vec![rgb])
}

fn named(label: &str) -> Vec<[u8; 3]> {
    let label = label.replace(['_', '-'], " ");
    let found = NAMES.iter().find(|(name, _)| *name == label);
    found.map_or_else(Vec::new, |(_, shades)| shades.iter().map(|shade| rgb(*shade)).collect())
}

/// The first colour in numbers.
fn parsed(label: &str) -> Option<[u8; 3]> {
    if let Some((_, rest)) = label.split_once("rgb") {
        let numbers = rest.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|it| !it.is_empty());
        let numbers: Vec<f64> = numbers.take(4).filter_map(|it| it.parse().ok()).collect();
        let is_seen = numbers.get(3).is_none_or(|alpha| *alpha > 0.0);
        return (numbers.len() >= 3 && is_seen).then(|| [0, 1, 2].map(|at| numbers[at].min(255.0) as u8));
    }
    let (_, rest) = label.split_once('#')?;
    let digits: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    let number = |digits: &str| u32::from_str_radix(digits, 16).ok();
    match digits.len() {
        3 => number(&digits.chars().flat_map(|digit| [digit, digit]).collect::<String>()).map(rgb),
        6 => number(&digits).map(rgb),
        8 if !digits.ends_with("00") => number(&digits[..6]).map(rgb),
        _ => None,
    }
}

/// Lightness, green to red, blue to yellow: in this room (OKLab) what is far looks far.
fn lab(color: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// How far two colours are apart; hue counts more than light.
pub(super) fn distance(one: [u8; 3], two: [u8; 3]) -> f64 {
    let ([l, a, b], [m, c, d]) = (lab(one), lab(two));
    (0.5 * (l - m)).hypot(a - c).hypot(b - d)
}

/// Which of some labelled colours one is near enough to be called so.
pub(super) fn nearest<T: Copy>(color: [u8; 3], among: impl Iterator<Item = (Vec<[u8; 3]>, T)>) -> Option<T> {
    let near =
        among.flat_map(|(shades, it)| shades.into_iter().map(move |shade| (distance(color, shade), it)));
    near.filter(|(far, _)| *far < ALIKE).min_by(|one, two| one.0.total_cmp(&two.0)).map(|(_, it)| it)
}

/// The kind a colour usually is, and those it is nearly as near to, the nearest first.
pub(super) fn usual(color: [u8; 3]) -> (NoteKind, Vec<NoteKind>) {
    let far =
        |shades: &[u32]| shades.iter().map(|it| distance(color, rgb(*it))).fold(f64::INFINITY, f64::min);
    let mut kinds: Vec<(f64, NoteKind)> = USUAL.iter().map(|(kind, shades)| (far(shades), *kind)).collect();
    kinds.sort_by(|one, two| one.0.total_cmp(&two.0));
    let (best, kind) = kinds[0];
    let others = kinds[1..].iter().take_while(|(far, _)| *far - best < CLEAR && best > 0.01);
    (kind, others.map(|(_, kind)| *kind).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Mapping;
    use crate::format::sketch::guess::Guess;

    #[test]
    fn a_colour_in_numbers_is_that_one_alone_and_a_name_is_all_that_people_call_so() {
        let kinds = |label: &str| {
            let mapping: Mapping = [(label.to_owned(), NoteKind::Value)].into_iter().collect();
            let mut guess = Guess::new(&mapping, Default::default());
            ["#fff18a", "#fef445"].map(|fill| guess.kind_of(&Fill::of(fill), ""))
        };
        assert_eq!(kinds("#fff18a")[0], NoteKind::Value);
        assert_ne!(kinds("#fff18a")[1], NoteKind::Value);
        assert_eq!(kinds("yellow"), [NoteKind::Value; 2]);
    }
}
