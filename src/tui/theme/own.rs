//! Colours of one's own: the table `[colors]` of the settings file, and what of it can be read.

use super::palette::{DARK, LIGHT, Palette, Tint, paper};
use super::rgb::{contrast, mix, nearest, of_256};
use super::skin::readable;
use crate::model::{KINDS, NoteKind};
use crate::session::config::{Own, Remark};
use crate::words::Said;

/// The least contrast of what is read, by the accessibility guidelines.
const READABLE: f64 = 4.5;

/// The ink on papers too dark for a dark one.
const LIGHT_INK: Tint = Tint(0xF7F8FA, 231, 15);

/// A part of the wall that may have a colour of one's own: its name, and what gives it a colour and
/// tells which ink has to be read then.
struct Part(&'static str, fn(&mut Palette, u32) -> Tint);

/// Every such part. Grounds come first: what is written has to be read on them.
const PARTS: [Part; 10] = [
    Part("wall", dye_grounds),
    Part("context", |palette, color| (palette.context.dye(color), palette.text).1),
    Part("bar", |palette, color| (palette.bar.dye(color), palette.text).1),
    Part("panel", |palette, color| (palette.panel.dye(color), palette.text).1),
    Part("text", |palette, color| palette.text.dye(color)),
    Part("dim", |palette, color| palette.dim.dye(color)),
    Part("arrow", |palette, color| palette.line.dye(color)),
    Part("core", |palette, color| palette.core.dye(color)),
    Part("supporting", |palette, color| palette.supporting.dye(color)),
    Part("accent", |palette, color| palette.accents.each_mut().map(|ink| ink.dye(color))[0]),
];

/// The wall gives the other grounds a shade of its colour.
fn dye_grounds(palette: &mut Palette, color: u32) -> Tint {
    let text = palette.text.0;
    palette.wall.dye(color);
    palette.context.dye(mix(color, text, 4));
    palette.bar.dye(mix(color, text, 5));
    palette.panel.dye(mix(color, text, 8));
    palette.text
}

/// What somebody wants in colours of their own: papers in the order of the kinds, and parts of the wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Wanted {
    papers: [Option<u32>; KINDS.len()],
    parts: [Option<u32>; PARTS.len()],
}

impl Wanted {
    /// Reads the rows of the table; what cannot be is told one by one and the rest holds.
    pub(super) fn read(rows: &[Own]) -> (Wanted, Vec<Remark>) {
        let (mut wanted, mut remarks) = (Wanted::default(), Vec::new());
        let told = |row: &Own, key| (row.line, Said::new(key).with("name", &row.name));
        for row in rows {
            let kind = row.name.parse::<NoteKind>();
            match (part(row), kind, color(&row.values)) {
                (None, Err(()), _) => remarks.push(told(row, "colors-unknown")),
                (_, _, None) => remarks.push(told(row, "colors-wrong")),
                (Some(at), _, color) => wanted.parts[at] = color,
                (None, Ok(kind), Some(color)) => match dyed(paper(kind), color) {
                    Some(_) => wanted.papers[kind as usize] = Some(color),
                    None => remarks.push(told(row, "colors-unread")),
                },
            }
        }
        // Whether parts of the wall can be read is known when all of them are.
        let held = [&DARK, &LIGHT].map(|usual| wanted.hung(usual).1);
        let is_unread = |at: usize| wanted.parts[at].is_some() && !held.iter().any(|held| held[at]);
        let unread =
            rows.iter().filter(|row| part(row).is_some_and(is_unread) && color(&row.values).is_some());
        remarks.extend(unread.map(|row| told(row, "colors-unread")));
        remarks.sort_by_key(|remark| remark.0);
        (wanted, remarks)
    }

    /// The paper of a kind, its ink and its edge.
    pub(super) fn paper(&self, kind: NoteKind) -> [Tint; 3] {
        let usual = paper(kind);
        self.papers[kind as usize].and_then(|color| dyed(usual, color)).unwrap_or(usual)
    }

    /// These colours on a dark wall or on a light one, and which of them can be read there. What goes with one
    /// wall seldom goes with the other, so each holds where it does.
    pub(super) fn hung(&self, usual: &Palette) -> (Palette, [bool; PARTS.len()]) {
        let (mut palette, mut held) = (usual.clone(), [false; PARTS.len()]);
        for (at, part) in PARTS.iter().enumerate() {
            let Some(color) = self.parts[at] else { continue };
            let mut with = palette.clone();
            let ink = (part.1)(&mut with, color);
            held[at] = with.reads(ink);
            palette = if held[at] { with } else { palette };
        }
        if held.contains(&true) {
            palette.mend();
        }
        (palette, held)
    }
}

/// The part of the wall that a row is about.
fn part(row: &Own) -> Option<usize> {
    PARTS.iter().position(|part| part.0 == row.name)
}

/// The colour that is written `#rrggbb`.
fn color(values: &[String]) -> Option<u32> {
    let [value] = values else { return None };
    let hex = value.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    hex.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(hex, 16).ok())?
}

/// A paper in a colour of one's own with the ink that is read best on it, and an edge between both; nothing where no
/// ink is read on it.
fn dyed([fill, text, edge]: [Tint; 3], color: u32) -> Option<[Tint; 3]> {
    /// The least contrast of an edge to its paper and to a light wall.
    const SEEN: [f64; 2] = [1.7, 2.3];
    let ink = if contrast(text.0, color) >= contrast(LIGHT_INK.0, color) { text } else { LIGHT_INK };
    if contrast(ink.0, color) < READABLE {
        return None;
    }
    let near = of_256(nearest(color));
    let best = |ink: &Tint| contrast(of_256(ink.1), near);
    let ink_256 = if best(&text) >= best(&LIGHT_INK) { text.1 } else { LIGHT_INK.1 };
    let seen = |edge: &u32| contrast(*edge, color) >= SEEN[0] && contrast(*edge, LIGHT.wall.0) >= SEEN[1];
    let line = (0..100).map(|percent| mix(color, ink.0, percent)).find(seen).unwrap_or(ink.0);
    Some([
        Tint(color, nearest(color), fill.2),
        Tint(ink.0, ink_256, text.2),
        Tint(line, nearest(line), edge.2),
    ])
}

impl Palette {
    /// Whether an ink can be read on every ground.
    fn reads(&self, ink: Tint) -> bool {
        self.grounds().iter().all(|ground| {
            contrast(ink.0, ground.0) >= READABLE && contrast(of_256(ink.1), of_256(ground.1)) >= READABLE
        })
    }

    /// Makes every ink one that is read on these grounds.
    fn mend(&mut self) {
        let usual = self.clone();
        let inks = [
            &mut self.dim,
            &mut self.line,
            &mut self.core,
            &mut self.supporting,
            &mut self.good,
            &mut self.warn,
        ];
        for ink in inks.into_iter().chain(&mut self.accents) {
            *ink = readable(*ink, &usual, READABLE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Key, Lang};

    #[test]
    fn the_settings_file_tells_every_part_and_none_is_called_like_a_kind() {
        for Part(name, _) in PARTS {
            assert_eq!(name.parse::<NoteKind>(), Err(()), "{name}");
            for lang in Lang::ALL {
                let told = Key("config-colors").say(lang);
                assert!(told.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == name), "{name}");
            }
        }
    }
}
