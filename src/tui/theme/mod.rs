//! Every colour of the screen, and the only place that has any but the settings of people.
//!
//! A colour is told three times: for terminals with true colour, with 256 and with 16. The last two are chosen by hand:
//! the nearest of sixteen would make events and hotspots both red. Without colours ([`Depth::Mono`]) everything is the
//! terminal's own ink, and notes are told apart by their boxes.

mod own;
mod palette;
mod rgb;
mod skin;
#[cfg(test)]
mod tests;

use ratatui::style::{Color, Modifier, Style};

use crate::model::NoteKind;
use crate::session::config::Settings;
use palette::{ACCENTS, CHIPS, DARK, LIGHT, Palette, Tint};
pub(super) use rgb::NAMED;
pub use rgb::{contrast, rgb};
pub use skin::{STRENGTHS, Skin};

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
    /// The set of colours.
    pub skin: Skin,
}

/// The colour of what a person chose: one of a few that can be read on every wall.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Accent(u8);

impl Accent {
    fn named(name: &str) -> Accent {
        let names = (0..).zip(ACCENTS);
        Accent(names.into_iter().find(|row| row.1 == name).map_or(0, |row| row.0))
    }
}

/// How somebody else is shown on the wall.
#[derive(Clone, Copy, Debug)]
pub struct Hue {
    /// Lines around what they are at.
    pub ink: Style,
    /// Their name.
    pub chip: Style,
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
        Theme { depth, shade, accent: Accent::named(settings.get("color")), skin: Skin::of(settings).0 }
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
        let colors = self.skin.colors();
        let [fill, text, edge] = colors.paper(kind);
        let ink = self.ink(colors.ink(self.shade, kind));
        let strong = if kind == NoteKind::Hotspot { Modifier::BOLD } else { Modifier::empty() };
        match self.depth {
            Depth::Mono => {
                let plain = Style::reset().add_modifier(strong);
                Paper { text: plain, muted: plain, edge: plain, ink: Style::reset() }
            }
            _ => Paper {
                text: self.on(fill, text).add_modifier(strong),
                muted: self.on(fill, colors.muted(kind)),
                edge: self.on(fill, edge),
                ink,
            },
        }
    }

    /// How somebody is shown whose colour is this one of `ACCENTS`. Nobody's own colours change it, so that people
    /// stay apart.
    pub fn hue(self, nth: usize) -> Hue {
        let usual = match self.shade {
            Shade::Dark => &DARK,
            Shade::Light => &LIGHT,
        };
        let nth = nth % ACCENTS.len();
        let (Tint(fill, fill_256, _), Tint(text, text_256, _)) = (usual.accents[nth], usual.wall);
        let (fill_16, text_16) = CHIPS[self.shade as usize][nth];
        match self.depth {
            Depth::Mono => Hue { ink: Style::reset(), chip: Style::reset().add_modifier(Modifier::REVERSED) },
            _ => Hue {
                ink: self.ink(usual.accents[nth]),
                chip: self.on(Tint(fill, fill_256, fill_16), Tint(text, text_256, text_16)),
            },
        }
    }

    /// How a note of this kind is painted while others are lit.
    pub fn faded(self, kind: NoteKind) -> Paper {
        if self.glow(kind, 0).is_none() {
            let dim = self.wall().patch(self.dim());
            return Paper { text: dim, muted: dim, edge: dim, ink: self.dim() };
        }
        let text = self.on(self.skin.colors().faded(self.shade, kind), self.palette().text);
        Paper { text, muted: text, edge: text, ink: self.dim() }
    }

    /// The colour of a far wall where notes of this kind lie, from few to close together; nothing where a terminal has
    /// no shades of a colour.
    pub fn glow(self, kind: NoteKind, strength: usize) -> Option<Color> {
        let glow = self.skin.colors().glow(self.shade, kind, strength);
        matches!(self.depth, Depth::True | Depth::Indexed).then(|| self.color(glow))
    }

    /// Whether papers can be seen without a line around them.
    pub fn fills(self) -> bool {
        self.depth != Depth::Mono
    }

    fn accent_tint(self) -> Tint {
        self.palette().accents[usize::from(self.accent.0)]
    }

    fn palette(self) -> &'static Palette {
        self.skin.colors().palette(self.shade)
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

/// The wall's own ground and ink as `0xRRGGBB`, for pictures of cells that have no colour.
pub fn bare(shade: Shade) -> (u32, u32) {
    match shade {
        Shade::Dark => (DARK.wall.0, DARK.text.0),
        Shade::Light => (LIGHT.wall.0, LIGHT.text.0),
    }
}
