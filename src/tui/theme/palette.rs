//! The colours that squall comes with: of the wall, dark and light, and of every kind's paper.

use super::rgb::nearest;
use crate::model::NoteKind;

/// Colours that what is chosen may have, by name, the usual one first.
pub(super) const ACCENTS: [&str; 6] = ["blue", "green", "gray", "violet", "pink", "orange"];

/// What a name is written on and with where there are but 16 colours, in the order of [`ACCENTS`]: on a dark wall, on a
/// light one. No two are alike.
pub(super) const CHIPS: [[(u8, u8); ACCENTS.len()]; 2] = [
    [(14, 0), (10, 0), (7, 0), (13, 0), (9, 0), (11, 0)],
    [(4, 15), (2, 0), (0, 15), (5, 15), (13, 0), (1, 15)],
];

/// One colour, told for each depth: `0xRRGGBB`, of 256, of 16.
#[derive(Clone, Copy)]
pub(super) struct Tint(pub(super) u32, pub(super) u8, pub(super) u8);

impl Tint {
    /// Becomes a colour of one's own, which is the nearest of 256. Of sixteen it stays what it was chosen to be.
    pub(super) fn dye(&mut self, rgb: u32) -> Tint {
        (self.0, self.1) = (rgb, nearest(rgb));
        *self
    }
}

/// The colours of a wall, beside its papers.
#[derive(Clone)]
pub(super) struct Palette {
    pub(super) wall: Tint,
    pub(super) context: Tint,
    pub(super) text: Tint,
    pub(super) dim: Tint,
    pub(super) line: Tint,
    pub(super) chapter: Tint,
    pub(super) core: Tint,
    pub(super) supporting: Tint,
    pub(super) bar: Tint,
    pub(super) panel: Tint,
    pub(super) good: Tint,
    pub(super) warn: Tint,
    /// What is chosen, and keys, in the order of [`ACCENTS`].
    pub(super) accents: [Tint; ACCENTS.len()],
}

impl Palette {
    /// What is written on.
    pub(super) fn grounds(&self) -> [Tint; 4] {
        [self.wall, self.context, self.bar, self.panel]
    }
}

pub(super) static DARK: Palette = Palette {
    wall: Tint(0x15171C, 233, 0),
    context: Tint(0x1B1E25, 234, 0),
    text: Tint(0xDDE1E8, 254, 15),
    dim: Tint(0xA2A9B6, 250, 7),
    line: Tint(0x8089A0, 103, 7),
    chapter: Tint(0x6B4A2B, 94, 3),
    core: Tint(0xCBB2FF, 183, 13),
    supporting: Tint(0x8CC6EC, 117, 14),
    bar: Tint(0x1E2129, 235, 0),
    panel: Tint(0x242833, 236, 0),
    good: Tint(0x8FD694, 114, 10),
    warn: Tint(0xFFB86B, 215, 11),
    accents: [
        Tint(0x7FB2FF, 111, 14),
        Tint(0x7FD88F, 114, 10),
        Tint(0xC7CBD4, 251, 7),
        Tint(0xC3A6FF, 147, 13),
        Tint(0xFF9EC7, 218, 13),
        Tint(0xFFB86B, 215, 11),
    ],
};

pub(super) static LIGHT: Palette = Palette {
    wall: Tint(0xFAFAF7, 231, 15),
    context: Tint(0xF1F1EC, 255, 15),
    text: Tint(0x23262D, 235, 0),
    dim: Tint(0x4A505C, 238, 0),
    line: Tint(0x5A606C, 241, 0),
    chapter: Tint(0xD9B48C, 180, 3),
    core: Tint(0x5B2A9D, 55, 5),
    supporting: Tint(0x17507C, 17, 4),
    bar: Tint(0xEDEDE8, 255, 15),
    panel: Tint(0xE6E6E1, 254, 15),
    good: Tint(0x175423, 22, 0),
    warn: Tint(0x7A3300, 88, 1),
    accents: [
        Tint(0x174BAE, 18, 4),
        Tint(0x175423, 22, 0),
        Tint(0x3A3F49, 237, 0),
        Tint(0x5B21A6, 54, 5),
        Tint(0x8E1558, 89, 5),
        Tint(0x7A3300, 88, 1),
    ],
};

/// The paper of a kind, its ink, and the edge that keeps it apart from a light wall.
pub(super) fn paper(kind: NoteKind) -> [Tint; 3] {
    match kind {
        NoteKind::DomainEvent => [Tint(0xFE9E4A, 215, 3), Tint(0x231303, 16, 0), Tint(0xC26A16, 130, 3)],
        NoteKind::Command => [Tint(0x6DD8FA, 81, 14), Tint(0x03202B, 16, 0), Tint(0x1C86AB, 31, 6)],
        NoteKind::Actor => [Tint(0xFEF445, 227, 11), Tint(0x222003, 16, 0), Tint(0xA79B00, 142, 3)],
        NoteKind::Policy => [Tint(0xB98CE0, 140, 5), Tint(0x1A0826, 16, 15), Tint(0x7A46A8, 97, 5)],
        NoteKind::ReadModel => [Tint(0xD0EE8C, 193, 10), Tint(0x18210A, 16, 0), Tint(0x7A9A2C, 106, 2)],
        NoteKind::ExternalSystem => [Tint(0xEA95BC, 175, 13), Tint(0x2B0716, 16, 0), Tint(0xB0487C, 132, 5)],
        NoteKind::Aggregate => [Tint(0xFFF9B3, 229, 15), Tint(0x24220A, 16, 0), Tint(0xB3A64A, 143, 8)],
        NoteKind::Hotspot => [Tint(0xEE6F82, 204, 1), Tint(0x2A0509, 16, 15), Tint(0xB02A40, 125, 9)],
        NoteKind::Opportunity => [Tint(0x7FCF6A, 113, 2), Tint(0x0B2405, 16, 0), Tint(0x3F8A2C, 64, 10)],
        NoteKind::Value => [Tint(0x8FD694, 114, 2), Tint(0x06240A, 16, 0), Tint(0x35803C, 65, 10)],
        NoteKind::UserInterface => [Tint(0xECECEC, 255, 7), Tint(0x1A1C20, 16, 0), Tint(0x8D9098, 245, 8)],
        NoteKind::Time => [Tint(0xB4C0D6, 146, 7), Tint(0x10151F, 16, 0), Tint(0x64748F, 60, 8)],
        NoteKind::Note => [Tint(0xC7CBD4, 251, 7), Tint(0x14161B, 16, 0), Tint(0x7B8090, 244, 8)],
    }
}
