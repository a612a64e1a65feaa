//! Whole sets of colours: the usual one, and those with colours of one's own, with all that is mixed from them.
//!
//! A [`Theme`](super::Theme) is compared for every note of every frame and kept in every picture of one, so it names
//! its set by a byte. A set is made once and stays, and only so many fit: a process meets the settings of few people.

use std::sync::OnceLock;

use super::Shade;
use super::own::Wanted;
use super::palette::{DARK, LIGHT, Palette, Tint};
use super::rgb::{XTERM, contrast, mix, nearest, of_256};
use crate::model::{KINDS, NoteKind};
use crate::session::config::{Remark, Settings};

/// The sets that are known, the usual one first. Whoever comes when all are taken has the usual one.
static SETS: [OnceLock<Colors>; 64] = [const { OnceLock::new() }; 64];

/// How many strengths a glow has.
pub const STRENGTHS: usize = 4;

/// What is read with ease. Text wants a contrast of 4.5 : 1 by the accessibility guidelines, 7 : 1 at best.
const EASE: f64 = 6.2;

/// What of it sixteen colours can give, which no two terminals show alike.
const EASE_OF_16: f64 = 4.4;

/// A set of colours, by its place among those that are known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Skin(u8);

/// All colours of a set. What there is of each kind stands in the order of the kinds, dark walls before light ones.
pub(super) struct Colors {
    wanted: Wanted,
    palettes: [Palette; 2],
    papers: [[Tint; 3]; KINDS.len()],
    muted: [Tint; KINDS.len()],
    inks: [[Tint; KINDS.len()]; 2],
    faded: [[Tint; KINDS.len()]; 2],
    glows: [[[Tint; STRENGTHS]; KINDS.len()]; 2],
}

impl Skin {
    /// The set that these settings ask for, and what is wrong with their colours.
    pub fn of(settings: &Settings) -> (Skin, Vec<Remark>) {
        let (wanted, remarks) = Wanted::read(&settings.colors);
        (Skin::named(wanted), remarks)
    }

    fn named(wanted: Wanted) -> Skin {
        let is_it = |set: &OnceLock<Colors>| set.get_or_init(|| Colors::of(wanted)).wanted == wanted;
        let own = (1..).zip(&SETS[1..]).find(|(_, set)| wanted != Wanted::default() && is_it(set));
        Skin(own.map_or(0, |(at, _)| at))
    }

    pub(super) fn colors(self) -> &'static Colors {
        SETS[usize::from(self.0)].get_or_init(|| Colors::of(Wanted::default()))
    }
}

impl Colors {
    fn of(wanted: Wanted) -> Colors {
        let mut papers = [[Tint(0, 0, 0); 3]; KINDS.len()];
        for row in &KINDS {
            papers[row.kind as usize] = wanted.paper(row.kind);
        }
        let palettes = [&DARK, &LIGHT].map(|usual| wanted.hung(usual).0);
        // On a dark wall papers stand out by themselves, on a light one by their edges.
        let seen =
            [(&palettes[0], papers.map(|[fill, ..]| fill)), (&palettes[1], papers.map(|[.., edge]| edge))];
        Colors {
            wanted,
            papers,
            muted: papers.map(|[fill, text, _]| muted(fill, text)),
            inks: seen.each_ref().map(|(palette, tints)| tints.map(|tint| readable(tint, palette, EASE))),
            faded: seen.each_ref().map(|(palette, tints)| tints.map(|tint| faded(tint, palette))),
            glows: seen.each_ref().map(|(palette, tints)| tints.map(|tint| glows(tint, palette.wall))),
            palettes,
        }
    }

    pub(super) fn palette(&self, shade: Shade) -> &Palette {
        &self.palettes[shade as usize]
    }

    /// The paper of a kind, its ink, and the edge that keeps it apart from a light wall.
    pub(super) fn paper(&self, kind: NoteKind) -> [Tint; 3] {
        self.papers[kind as usize]
    }

    /// The ink of what matters less on a paper. Terminals of few colours have no paler ink.
    pub(super) fn muted(&self, kind: NoteKind) -> Tint {
        self.muted[kind as usize]
    }

    /// The colour of a kind as ink on a wall.
    pub(super) fn ink(&self, shade: Shade, kind: NoteKind) -> Tint {
        self.inks[shade as usize][kind as usize]
    }

    /// The paper of a kind while others are lit.
    pub(super) fn faded(&self, shade: Shade, kind: NoteKind) -> Tint {
        self.faded[shade as usize][kind as usize]
    }

    /// The glow of a kind, weak to strong.
    pub(super) fn glow(&self, shade: Shade, kind: NoteKind, strength: usize) -> Tint {
        self.glows[shade as usize][kind as usize][strength.min(STRENGTHS - 1)]
    }
}

/// A paper while others are lit.
fn faded(paper: Tint, palette: &Palette) -> Tint {
    /// So little of the paper's colour that text in the wall's own ink is read on it.
    const PERCENT: u32 = 18;
    let rgb = mix(palette.wall.0, paper.0, PERCENT);
    Tint(rgb, nearest(rgb), palette.wall.2)
}

/// What glows on a wall, weak to strong.
fn glows(strong: Tint, wall: Tint) -> [Tint; STRENGTHS] {
    /// Percent of the paper's colour in each strength; the rest is wall.
    const PAPER: [u32; STRENGTHS] = [32, 52, 75, 100];
    PAPER.map(|percent| {
        let rgb = mix(wall.0, strong.0, percent);
        Tint(rgb, if percent == 100 { strong.1 } else { nearest(rgb) }, strong.2)
    })
}

/// An ink as close to this one as has so much contrast to every ground of a wall.
pub(super) fn readable(Tint(ink, indexed, named): Tint, palette: &Palette, least: f64) -> Tint {
    let grounds = palette.grounds();
    let in_true = |ink: &u32| grounds.iter().all(|ground| contrast(*ink, ground.0) >= least);
    let in_256 = |ink: &u8| grounds.iter().all(|ground| contrast(of_256(*ink), of_256(ground.1)) >= least);
    let xterm = |named: u8| XTERM[usize::from(named)];
    let in_16 = grounds.iter().all(|ground| contrast(xterm(named), xterm(ground.2)) >= EASE_OF_16);
    let mut closer = (0..=100).map(|percent| mix(ink, palette.text.0, percent));
    let mut closer_256 = std::iter::once(indexed).chain(closer.clone().map(nearest));
    Tint(
        closer.find(in_true).unwrap_or(palette.text.0),
        closer_256.find(in_256).unwrap_or(palette.text.1),
        if in_16 { named } else { palette.text.2 },
    )
}

/// The palest ink between `text` and `fill` that is still read with ease.
fn muted(fill: Tint, text: Tint) -> Tint {
    let inks = (0..100).rev().map(|percent| mix(text.0, fill.0, percent));
    let ink = inks.into_iter().find(|ink| contrast(*ink, fill.0) >= EASE);
    Tint(ink.unwrap_or(text.0), text.1, text.2)
}
