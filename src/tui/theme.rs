//! Every colour of the screen, and the only place that has any.
//!
//! A colour is told three times: for terminals with true colour, with 256 and with 16. The last two are chosen by hand:
//! the nearest of sixteen would make events and hotspots both red. Without colours ([`Depth::Mono`]) everything is the
//! terminal's own ink, and notes are told apart by their boxes.

use std::sync::LazyLock;

use ratatui::style::{Color, Modifier, Style};

use crate::model::{KINDS, NoteKind};
use crate::session::config::Settings;

/// How many colours a terminal has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Depth {
    /// 24 bits each.
    #[default]
    True,
    /// The 256 of xterm.
    Indexed,
    /// The 16 every terminal names, in shades of its own.
    Sixteen,
    /// None.
    Mono,
}

/// Whether the wall is dark or light.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Shade {
    /// Light papers on a dark wall.
    #[default]
    Dark,
    /// Papers with an edge on a light wall.
    Light,
}

impl Shade {
    /// Which of both a ground of this colour, `0xRRGGBB`, is.
    pub fn of_ground(rgb: u32) -> Shade {
        if contrast(rgb, 0x000000) > contrast(rgb, 0xFFFFFF) { Shade::Light } else { Shade::Dark }
    }
}

/// The colours of one screen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Theme {
    /// How many colours the terminal has.
    pub depth: Depth,
    /// Dark or light.
    pub shade: Shade,
    /// The person's own colour.
    pub accent: Accent,
}

/// The colour of what a person chose: one of a few that can be read on every wall.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Accent(usize);

/// Colours a person may have, on dark walls and on light ones, the usual one first.
const ACCENTS: [(&str, Tint, Tint); 6] = [
    ("blue", Tint(0x7FB2FF, 111, 14), Tint(0x174BAE, 18, 4)),
    ("green", Tint(0x7FD88F, 114, 10), Tint(0x175423, 22, 0)),
    ("gray", Tint(0xC7CBD4, 251, 7), Tint(0x3A3F49, 237, 0)),
    ("violet", Tint(0xC3A6FF, 147, 13), Tint(0x5B21A6, 54, 5)),
    ("pink", Tint(0xFF9EC7, 218, 13), Tint(0x8E1558, 89, 5)),
    ("orange", Tint(0xFFB86B, 215, 11), Tint(0x7A3300, 88, 1)),
];

impl Accent {
    fn named(name: &str) -> Accent {
        Accent(ACCENTS.iter().position(|row| row.0 == name).unwrap_or_default())
    }
}

/// How a note of one kind is painted.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    /// Its wording on its paper.
    pub text: Style,
    /// What matters less on it.
    pub muted: Style,
    /// The edge at its left.
    pub edge: Style,
    /// Its colour as ink on the wall: ghosts, arrows in the making.
    pub ink: Style,
}

/// One colour, told for each depth: `0xRRGGBB`, of 256, of 16.
#[derive(Clone, Copy)]
struct Tint(u32, u8, u8);

/// The colours of a wall, beside its papers.
struct Palette {
    wall: Tint,
    context: Tint,
    text: Tint,
    dim: Tint,
    line: Tint,
    chapter: Tint,
    core: Tint,
    supporting: Tint,
    bar: Tint,
    panel: Tint,
    good: Tint,
    warn: Tint,
}

static DARK: Palette = Palette {
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
};

static LIGHT: Palette = Palette {
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
};

/// The paper of a kind, its ink, and the edge that keeps it apart from a light wall.
fn paper(kind: NoteKind) -> [Tint; 3] {
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

impl Theme {
    /// These colours as a person wants them.
    #[must_use]
    pub fn worn(self, settings: &Settings) -> Theme {
        let depth = match settings.get("depth") {
            "true" => Depth::True,
            "256" => Depth::Indexed,
            "16" => Depth::Sixteen,
            "none" => Depth::Mono,
            _ => self.depth,
        };
        let shade = match settings.get("theme") {
            "dark" => Shade::Dark,
            "light" => Shade::Light,
            _ => self.shade,
        };
        Theme { depth, shade, accent: Accent::named(settings.get("color")) }
    }

    /// The bare wall.
    pub fn wall(self) -> Style {
        self.on(self.palette().wall, self.palette().text)
    }

    /// The wall inside of a context.
    pub fn context(self) -> Style {
        self.on(self.palette().context, self.palette().text)
    }

    /// The frame of a context and its title, by the class of the subdomain; of panels, which have none.
    pub fn frame(self, class: &str) -> Style {
        self.ink(match class {
            "core" => self.palette().core,
            "supporting" => self.palette().supporting,
            _ => self.palette().dim,
        })
    }

    /// What matters less, wherever it stands.
    pub fn dim(self) -> Style {
        self.ink(self.palette().dim)
    }

    /// An arrow.
    pub fn arrow(self) -> Style {
        self.ink(self.palette().line)
    }

    /// The line where a chapter ends: seen, and not in the way.
    pub fn chapter(self) -> Style {
        self.ink(self.palette().chapter)
    }

    /// What is chosen, and keys.
    pub fn accent(self) -> Style {
        self.ink(self.accent_tint()).add_modifier(Modifier::BOLD)
    }

    /// All is well.
    pub fn good(self) -> Style {
        self.ink(self.palette().good)
    }

    /// Something needs a look.
    pub fn warn(self) -> Style {
        self.ink(self.palette().warn).add_modifier(Modifier::BOLD)
    }

    /// The lines at the top and the bottom of the screen.
    pub fn bar(self) -> Style {
        self.on(self.palette().bar, self.palette().text)
    }

    /// What opens over the wall.
    pub fn panel(self) -> Style {
        self.on(self.palette().panel, self.palette().text)
    }

    /// The chosen row of a list.
    pub fn chosen(self) -> Style {
        match self.depth {
            Depth::Mono => Style::reset().add_modifier(Modifier::REVERSED),
            _ => self.on(self.accent_tint(), self.palette().wall).add_modifier(Modifier::BOLD),
        }
    }

    /// How a note of this kind is painted.
    pub fn paper(self, kind: NoteKind) -> Paper {
        let [fill, text, edge] = paper(kind);
        let ink = self.ink(INKS[self.shade as usize][kind as usize]);
        let strong = if kind == NoteKind::Hotspot { Modifier::BOLD } else { Modifier::empty() };
        match self.depth {
            Depth::Mono => {
                let plain = Style::reset().add_modifier(strong);
                Paper { text: plain, muted: plain, edge: plain, ink: Style::reset() }
            }
            _ => Paper {
                text: self.on(fill, text).add_modifier(strong),
                muted: self.on(fill, MUTED[kind as usize]),
                edge: self.on(fill, edge),
                ink,
            },
        }
    }

    /// How a note of this kind is painted while others are lit.
    pub fn faded(self, kind: NoteKind) -> Paper {
        if self.glow(kind, 0).is_none() {
            let dim = self.wall().patch(self.dim());
            return Paper { text: dim, muted: dim, edge: dim, ink: self.dim() };
        }
        let text = self.on(FADED[self.shade as usize][kind as usize], self.palette().text);
        Paper { text, muted: text, edge: text, ink: self.dim() }
    }

    /// The colour of a far wall where notes of this kind lie, from few to close together; nothing where a terminal has
    /// no shades of a colour.
    pub fn glow(self, kind: NoteKind, strength: usize) -> Option<Color> {
        let glow = GLOWS[self.shade as usize][kind as usize][strength.min(STRENGTHS - 1)];
        matches!(self.depth, Depth::True | Depth::Indexed).then(|| self.color(glow))
    }

    /// Whether papers can be seen without a line around them.
    pub fn fills(self) -> bool {
        self.depth != Depth::Mono
    }

    fn accent_tint(self) -> Tint {
        let (_, dark, light) = ACCENTS[self.accent.0];
        if self.shade == Shade::Dark { dark } else { light }
    }

    fn palette(self) -> &'static Palette {
        match self.shade {
            Shade::Dark => &DARK,
            Shade::Light => &LIGHT,
        }
    }

    fn on(self, ground: Tint, ink: Tint) -> Style {
        Style::reset().bg(self.color(ground)).fg(self.color(ink))
    }

    fn ink(self, ink: Tint) -> Style {
        Style::new().fg(self.color(ink))
    }

    fn color(self, Tint(rgb, indexed, named): Tint) -> Color {
        match self.depth {
            Depth::True => Color::from_u32(rgb),
            Depth::Indexed => Color::Indexed(indexed),
            Depth::Sixteen => NAMED[usize::from(named)],
            Depth::Mono => Color::Reset,
        }
    }
}

/// The sixteen in the order every terminal numbers them.
pub(super) const NAMED: [Color; 16] = [
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
const XTERM: [u32; 16] = [
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

/// The wall's own ground and ink as `0xRRGGBB`, for pictures of cells that have no colour.
pub fn bare(shade: Shade) -> (u32, u32) {
    match shade {
        Shade::Dark => (DARK.wall.0, DARK.text.0),
        Shade::Light => (LIGHT.wall.0, LIGHT.text.0),
    }
}

/// The papers of every kind on either wall while others are lit.
static FADED: LazyLock<[[Tint; KINDS.len()]; 2]> = LazyLock::new(|| {
    /// So little of the paper's colour that text in the wall's own ink is read on it.
    const PERCENT: u32 = 18;
    [(&DARK, 0), (&LIGHT, 2)].map(|(palette, of)| {
        let mut papers = [palette.wall; KINDS.len()];
        for row in &KINDS {
            let rgb = mix(palette.wall.0, paper(row.kind)[of].0, PERCENT);
            papers[row.kind as usize] = Tint(rgb, nearest(rgb), palette.wall.2);
        }
        papers
    })
});

/// How many strengths a glow has.
pub const STRENGTHS: usize = 4;

/// The glows of every kind on either wall, weak to strong.
static GLOWS: LazyLock<[[[Tint; STRENGTHS]; KINDS.len()]; 2]> = LazyLock::new(|| {
    /// Percent of the paper's colour in each strength; the rest is wall.
    const PAPER: [u32; STRENGTHS] = [32, 52, 75, 100];
    let glows = |wall: Tint, of: fn([Tint; 3]) -> Tint| {
        let mut glows = [[wall; STRENGTHS]; KINDS.len()];
        for row in &KINDS {
            let strong = of(paper(row.kind));
            glows[row.kind as usize] = PAPER.map(|percent| {
                let rgb = mix(wall.0, strong.0, percent);
                Tint(rgb, if percent == 100 { strong.1 } else { nearest(rgb) }, strong.2)
            });
        }
        glows
    };
    [glows(DARK.wall, |[fill, ..]| fill), glows(LIGHT.wall, |[.., edge]| edge)]
});

/// So many percent of one colour mixed into another, both `0xRRGGBB`.
fn mix(into: u32, other: u32, percent: u32) -> u32 {
    let channel = |shift: u32| {
        let (a, b) = (into >> shift & 255, other >> shift & 255);
        ((a * (100 - percent) + b * percent) / 100) << shift
    };
    channel(16) | channel(8) | channel(0)
}

/// The nearest of the 256 colours that every terminal shows alike.
fn nearest(color: u32) -> u8 {
    let distance = |n: &u8| {
        let other = rgb(Color::Indexed(*n)).unwrap_or_default();
        let channel = |shift: u32| (color >> shift & 255).abs_diff(other >> shift & 255).pow(2);
        channel(16) + channel(8) + channel(0)
    };
    (16..=255).min_by_key(distance).unwrap_or(16)
}

/// The inks of what matters less, in the order of the kinds. Terminals of few colours have no paler ink.
static MUTED: LazyLock<[Tint; KINDS.len()]> = LazyLock::new(|| {
    let mut inks = [Tint(0, 0, 0); KINDS.len()];
    for row in &KINDS {
        let [fill, text, _] = paper(row.kind);
        inks[row.kind as usize] = muted(fill, text);
    }
    inks
});

/// What is read with ease. Text wants a contrast of 4.5 : 1 by the accessibility guidelines, 7 : 1 at best.
const EASE: f64 = 6.2;

/// What of it sixteen colours can give, which no two terminals show alike.
const EASE_OF_16: f64 = 4.4;

/// The colours of the kinds as inks on dark walls and on light ones, in the order of the kinds.
static INKS: LazyLock<[[Tint; KINDS.len()]; 2]> = LazyLock::new(|| {
    [(&DARK, 0), (&LIGHT, 2)].map(|(palette, which)| {
        let mut inks = [Tint(0, 0, 0); KINDS.len()];
        for row in &KINDS {
            inks[row.kind as usize] = readable(paper(row.kind)[which], palette);
        }
        inks
    })
});

/// An ink as close to this one as can be read on every ground of a wall.
fn readable(Tint(ink, indexed, named): Tint, palette: &Palette) -> Tint {
    let grounds = [palette.wall, palette.context, palette.bar, palette.panel];
    let told_256 = |ink: u8| rgb(Color::Indexed(ink)).unwrap_or_default();
    let in_true = |ink: &u32| grounds.iter().all(|ground| contrast(*ink, ground.0) >= EASE);
    let in_256 = |ink: &u8| grounds.iter().all(|ground| contrast(told_256(*ink), told_256(ground.1)) >= EASE);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::config::Setting;

    fn themes(depth: Depth) -> [Theme; 2] {
        [Shade::Dark, Shade::Light].map(|shade| Theme { depth, shade, ..Theme::default() })
    }

    fn check(theme: Theme, what: &str, on: Style, ink: Style, least: f64) {
        let (Some(ground), Some(ink)) = (on.bg.and_then(rgb), ink.fg.and_then(rgb)) else {
            panic!("{what} of {theme:?} has no colours");
        };
        let found = contrast(ground, ink);
        assert!(found >= least, "{what} of {theme:?}: {ink:06X} on {ground:06X} is {found:.1}, not {least}");
    }

    #[test]
    fn everything_written_can_be_read() {
        for (depth, least) in [(Depth::True, 6.0), (Depth::Indexed, 6.0), (Depth::Sixteen, 4.4)] {
            for theme in themes(depth) {
                for row in &KINDS {
                    let paper = theme.paper(row.kind);
                    check(theme, row.id, paper.text, paper.text, least);
                    check(theme, row.id, paper.muted, paper.muted, least);
                    check(theme, row.id, theme.faded(row.kind).text, theme.faded(row.kind).text, least);
                }
                for accent in (0..ACCENTS.len()).map(Accent) {
                    let theme = Theme { accent, ..theme };
                    for ground in [theme.wall(), theme.context(), theme.bar(), theme.panel()] {
                        check(theme, ACCENTS[accent.0].0, ground, theme.accent(), least);
                    }
                    check(theme, "chosen", theme.chosen(), theme.chosen(), least);
                }
                for ground in [theme.wall(), theme.context(), theme.bar(), theme.panel()] {
                    check(theme, "text", ground, ground, least);
                    for (what, ink) in [
                        ("dim", theme.dim()),
                        ("core", theme.frame("core")),
                        ("supporting", theme.frame("supporting")),
                        ("good", theme.good()),
                        ("warn", theme.warn()),
                    ] {
                        check(theme, what, ground, ink, least);
                    }
                }
            }
        }
    }

    #[test]
    fn every_colour_the_settings_offer_is_one() {
        let setting = Setting::named("color").expect("it is a setting");
        let offered: Vec<&str> = setting.choices.iter().map(|choice| choice.0).collect();
        assert_eq!(offered, ACCENTS.map(|row| row.0));
    }

    #[test]
    fn papers_stand_out_from_a_dark_wall_and_their_edges_from_a_light_one() {
        for depth in [Depth::True, Depth::Indexed] {
            let [dark, light] = themes(depth);
            for row in &KINDS {
                check(dark, row.id, dark.wall(), dark.paper(row.kind).ink, 5.9);
                check(light, row.id, light.wall(), light.paper(row.kind).ink, 2.3);
            }
        }
    }

    #[test]
    fn no_two_kinds_share_a_paper_of_256_colours() {
        let [dark, _] = themes(Depth::Indexed);
        let mut papers: Vec<_> = KINDS.iter().map(|row| dark.paper(row.kind).text.bg.and_then(rgb)).collect();
        papers.sort_unstable();
        papers.dedup();
        assert_eq!(papers.len(), KINDS.len());
    }

    #[test]
    fn a_terminal_without_colours_is_asked_for_none() {
        let theme = Theme { depth: Depth::Mono, ..Theme::default() };
        let mut styles =
            vec![theme.wall(), theme.context(), theme.bar(), theme.panel(), theme.accent(), theme.warn()];
        styles.extend(KINDS.iter().flat_map(|row| {
            let paper = theme.paper(row.kind);
            [paper.text, paper.muted, paper.edge, paper.ink]
        }));
        for style in styles {
            assert!(matches!((style.fg, style.bg), (None | Some(Color::Reset), None | Some(Color::Reset))));
        }
    }
}
