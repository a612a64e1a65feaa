//! What the terminal around this process says of itself.

use std::io::{self, IsTerminal as _};

use crate::tui::theme::{Depth, Shade, Theme};

/// Whether a person sits before this process and can see a screen.
pub(crate) fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && !is_dumb()
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

/// The colours of this terminal, where colours are wanted at all.
pub(crate) fn theme(is_coloured: bool) -> Theme {
    let depth = if is_coloured { depth() } else { Depth::Mono };
    Theme { depth, shade: shade(), ..Theme::default() }
}

/// How many colours it says it has; all of them where it says nothing, as in a pipe that asked for colours.
fn depth() -> Depth {
    let is_true = |value: &str| ["truecolor", "24bit"].contains(&value);
    if says("COLORTERM", is_true) || std::env::var_os("TERM").is_none() {
        Depth::True
    } else if says("TERM", |term| term.contains("256color")) {
        Depth::Indexed
    } else {
        Depth::Sixteen
    }
}

/// Whether its ground is dark, as most are; some terminals tell it as the last number of `COLORFGBG`.
fn shade() -> Shade {
    let is_light = says("COLORFGBG", |colours| matches!(colours.rsplit(';').next(), Some("7" | "15")));
    if is_light { Shade::Light } else { Shade::Dark }
}
