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
