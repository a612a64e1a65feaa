//! Every colour of the screen, and the only place that has any but the settings of people.
//!
//! A colour is told three times: for terminals with true colour, with 256 and with 16. The last two are chosen by hand:
//! the nearest of sixteen would make events and hotspots both red. Without colours ([`Depth::Mono`]) everything is the
//! terminal's own ink, and notes are told apart by their boxes.

mod own;
mod palette;
mod rgb;
mod skin;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::KINDS;
    use crate::session::config::{Own, Setting};

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
                for accent in (0..).take(ACCENTS.len()).map(Accent) {
                    let theme = Theme { accent, ..theme };
                    for ground in [theme.wall(), theme.context(), theme.bar(), theme.panel()] {
                        check(theme, ACCENTS[usize::from(accent.0)], ground, theme.accent(), least);
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
        assert_eq!(offered, ACCENTS);
    }

    /// Settings with these colours of one's own, on lines 1, 2, ….
    fn colored(rows: &[(&str, &str)]) -> Settings {
        let own = |(line, (name, value)): (usize, &(&str, &str))| Own {
            name: (*name).to_owned(),
            values: vec![(*value).to_owned()],
            line: line + 1,
        };
        let mut settings = Settings::default();
        settings.colors = rows.iter().enumerate().map(own).collect();
        settings
    }

    /// The theme of a depth and a shade with these colours.
    fn worn(depth: Depth, shade: Shade, rows: &[(&str, &str)]) -> Theme {
        Theme { depth, shade, ..Theme::default() }.worn(&colored(rows))
    }

    #[test]
    fn own_colours_are_worn_as_they_are_as_the_nearest_of_256_and_not_among_16() {
        let rows = [("event", "#102030"), ("wall", "#002b36"), ("accent", "#00FF00")];
        let dark = |depth| worn(depth, Shade::Dark, &rows);
        let told = |theme: Theme| {
            let paper = theme.paper(NoteKind::DomainEvent).text;
            [paper.bg, paper.fg, theme.wall().bg, theme.accent().fg].map(Option::unwrap)
        };
        let wanted = [0x102030, 0xF7F8FA, 0x002B36, 0x00FF00];
        assert_eq!(told(dark(Depth::True)), wanted.map(Color::from_u32));
        assert_eq!(told(dark(Depth::Indexed)), [234, 231, 234, 46].map(Color::Indexed));
        assert_eq!(told(dark(Depth::Sixteen)), told(Theme { depth: Depth::Sixteen, ..Theme::default() }));
        // What goes with a dark wall alone leaves a light one as it is.
        let light = worn(Depth::True, Shade::Light, &rows);
        assert_eq!(light.wall(), Theme { shade: Shade::Light, ..Theme::default() }.wall());
        assert_eq!(light.paper(NoteKind::DomainEvent).text.bg, Some(Color::from_u32(0x102030)));
    }

    #[test]
    fn own_colours_that_cannot_be_are_told_one_by_one_and_the_rest_holds() {
        let rows = [
            ("command", "#abc"),
            ("actor", "#+12345"),
            ("event", "#777777"),
            ("sky", "#123456"),
            ("text", "#303030"),
            ("wall", "#777777"),
            ("dim", "#d0d0d0"),
            ("policy", "red"),
            ("hotspot", "#ffffff"),
        ];
        let (skin, remarks) = Skin::of(&colored(&rows));
        let told: Vec<_> = remarks.iter().map(|(line, said)| (*line, said.key.0)).collect();
        let (wrong, unread) = ("colors-wrong", "colors-unread");
        let all = [(1, wrong), (2, wrong), (3, unread), (4, "colors-unknown"), (6, unread), (8, wrong)];
        assert_eq!(told, all);
        let rest = [("text", "#303030"), ("dim", "#d0d0d0"), ("hotspot", "#ffffff")];
        let rest = Theme::default().worn(&colored(&rest));
        let here = Theme { skin, ..Theme::default() };
        for row in &KINDS {
            assert_eq!(here.paper(row.kind).text, rest.paper(row.kind).text, "{}", row.id);
        }
        assert_eq!((here.wall(), here.dim()), (rest.wall(), rest.dim()));
        assert_eq!(
            here.paper(NoteKind::DomainEvent).text.bg,
            Theme::default().paper(NoteKind::DomainEvent).text.bg
        );
    }

    #[test]
    fn with_any_own_colours_everything_can_be_read() {
        for grey in (0..=255).step_by(51) {
            let hex = format!("#{grey:02x}{grey:02x}{:02x}", 255 - grey);
            let mut rows: Vec<(&str, &str)> = KINDS.iter().map(|row| (row.id, hex.as_str())).collect();
            for names in [&[][..], &["wall"], &["text"], &["accent", "dim"], &["wall", "text", "accent"]] {
                rows.truncate(KINDS.len());
                rows.extend(names.iter().map(|name| (*name, hex.as_str())));
                for (depth, shade) in [Depth::True, Depth::Indexed]
                    .into_iter()
                    .flat_map(|depth| [Shade::Dark, Shade::Light].map(|shade| (depth, shade)))
                {
                    let theme = worn(depth, shade, &rows);
                    for row in &KINDS {
                        let paper = theme.paper(row.kind);
                        check(theme, &hex, paper.text, paper.text, 4.5);
                        check(theme, &hex, paper.muted, paper.muted, 4.5);
                    }
                    check(theme, &hex, theme.chosen(), theme.chosen(), 4.5);
                    for ground in [theme.wall(), theme.context(), theme.bar(), theme.panel()] {
                        for ink in [ground, theme.dim(), theme.accent(), theme.warn(), theme.frame("core")] {
                            check(theme, &hex, ground, ink, 4.5);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_theme_is_small_and_equal_colours_are_one_set() {
        assert_eq!(size_of::<Theme>(), 4);
        let named = |rows: &[(&str, &str)]| Skin::of(&colored(rows)).0;
        assert_eq!(named(&[]), Skin::default());
        assert_eq!(named(&[("event", "#ABCDEF")]), named(&[("이벤트", "#abcdef")]));
        assert_ne!(named(&[("event", "#abcdef")]), named(&[("event", "#abcdee")]));
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
    fn no_two_of_six_people_look_alike_and_every_name_is_read() {
        for depth in [Depth::True, Depth::Indexed, Depth::Sixteen] {
            for theme in themes(depth) {
                let chips = (0..ACCENTS.len()).map(|nth| theme.hue(nth).chip);
                let mut fills: Vec<_> = chips.clone().map(|chip| chip.bg.and_then(rgb)).collect();
                for chip in chips {
                    check(theme, "a name", chip, chip, 4.4);
                }
                fills.sort_unstable();
                fills.dedup();
                assert_eq!(fills.len(), ACCENTS.len(), "{theme:?}");
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
