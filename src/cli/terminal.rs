//! What the terminal around this process says of itself.

use std::io::{self, IsTerminal as _};

use crate::tui::probe::Answers;
use crate::tui::theme::{Depth, Shade, Theme};

/// Whether a person sits before this process and can see a screen.
pub(crate) fn is_there() -> bool {
    is_sat_at() && !is_dumb()
}

/// Whether a person sits before this process and sees lines only.
pub(crate) fn is_plain() -> bool {
    is_sat_at() && is_dumb()
}

fn is_sat_at() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The columns and rows that standard output has, where it is a terminal.
pub(crate) fn size() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok().filter(|(w, h)| io::stdout().is_terminal() && *w > 0 && *h > 0)
}

fn is_dumb() -> bool {
    says("TERM", |term| term == "dumb")
}

fn says(variable: &str, what: impl Fn(&str) -> bool) -> bool {
    std::env::var(variable).is_ok_and(|value| what(&value))
}

/// The colours of this terminal, where colours are wanted at all, by what it says when it is asked.
pub(crate) fn theme(is_coloured: bool, answers: &Answers) -> Theme {
    let depth = if is_coloured { colours(answers).0 } else { Depth::Mono };
    Theme { depth, shade: answers.shade().unwrap_or_else(shade), ..Theme::default() }
}

/// How many colours this terminal has, and the key of what says so.
pub(crate) fn colours(answers: &Answers) -> (Depth, &'static str) {
    depth(|name| std::env::var(name).ok().filter(|value| !value.is_empty()), answers.true_colour)
}

/// What `COLORTERM` says counts, but not inside of GNU screen, which hands it on and keeps no such colours itself; then
/// whether the terminal kept a colour it was given, which helps over ssh, where that variable stays behind; then its name.
fn depth(variable: impl Fn(&str) -> Option<String>, is_kept: Option<bool>) -> (Depth, &'static str) {
    let Some(term) = variable("TERM") else {
        // A pipe that asked for colours.
        return (Depth::True, "doctor-why-nothing");
    };
    let is_screen = variable("STY").is_some() && variable("TMUX").is_none();
    let says_true =
        variable("COLORTERM").is_some_and(|value| ["truecolor", "24bit"].contains(&value.as_str()));
    let is_any = |names: &[&str]| names.iter().any(|name| term.contains(name));
    if says_true && !is_screen {
        (Depth::True, "doctor-why-colorterm")
    } else if is_kept == Some(true) {
        (Depth::True, "doctor-why-kept")
    } else if is_any(&["-direct", "kitty", "alacritty", "ghostty", "wezterm", "foot"]) {
        (Depth::True, "doctor-why-term")
    } else if is_any(&["256color"]) {
        (Depth::Indexed, "doctor-why-term")
    } else if term.starts_with("vt") {
        (Depth::Mono, "doctor-why-term")
    } else {
        (Depth::Sixteen, "doctor-why-term")
    }
}

/// Whether its ground is dark, as most are; some terminals tell it as the last number of `COLORFGBG`.
fn shade() -> Shade {
    let is_light = says("COLORFGBG", |colours| matches!(colours.rsplit(';').next(), Some("7" | "15")));
    if is_light { Shade::Light } else { Shade::Dark }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_has_as_many_colours_as_the_first_that_knows_says() {
        let check = |variables: &[(&str, &str)], kept, expected: (Depth, &str)| {
            let variable = |name: &str| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(depth(variable, kept), (expected.0, expected.1), "{variables:?}");
        };
        let xterm = ("TERM", "xterm-256color");
        check(&[], None, (Depth::True, "doctor-why-nothing"));
        check(&[xterm], None, (Depth::Indexed, "doctor-why-term"));
        check(&[xterm], Some(false), (Depth::Indexed, "doctor-why-term"));
        check(&[xterm], Some(true), (Depth::True, "doctor-why-kept"));
        check(&[xterm, ("COLORTERM", "truecolor")], Some(false), (Depth::True, "doctor-why-colorterm"));
        let screen = [("TERM", "screen-256color"), ("COLORTERM", "truecolor"), ("STY", "1.tty")];
        check(&screen, None, (Depth::Indexed, "doctor-why-term"));
        let tmux = [("TERM", "screen-256color"), ("COLORTERM", "24bit"), ("STY", "1"), ("TMUX", "/tmp/t")];
        check(&tmux, None, (Depth::True, "doctor-why-colorterm"));
        check(&[("TERM", "xterm-kitty")], None, (Depth::True, "doctor-why-term"));
        check(&[("TERM", "xterm")], None, (Depth::Sixteen, "doctor-why-term"));
        check(&[("TERM", "linux")], None, (Depth::Sixteen, "doctor-why-term"));
        check(&[("TERM", "vt220")], None, (Depth::Mono, "doctor-why-term"));
    }
}
