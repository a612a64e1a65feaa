//! `squall` alone, without a terminal.

use unicode_width::UnicodeWidthStr as _;

use super::show::Look;
use crate::cli::face::{Face, paint};
use crate::cli::failure::{Done, Outcome, call};
use crate::model::PersonId;
use crate::session::Seat;
use crate::session::template::Template;
use crate::words::{Lang, Said, say};

/// Prints a sample wall, and what to try next.
pub(super) fn run(face: &mut Face) -> Outcome {
    let name = match face.lang {
        Lang::En => "hotel",
        Lang::Ko => "shop",
    };
    let template = Template::named(name).expect("the table of templates has both");
    // Nobody sits here: a copy of a sample is nobody's deed.
    let mut seat = Seat::new(PersonId::default(), "", face.saves()?.clock().clone());
    let wall = template.wall(face.lang, &mut seat)?;
    Look::close_up().draw(wall.board(), face)?;
    paint(format!(
        "\n{}\n\n{}",
        Said::new("try-next").with("name", name).speak(face.lang),
        next(name, face.lang)
    ))?;
    Ok(Done::Well)
}

/// The calls to try next, each with what it does.
fn next(template: &str, lang: Lang) -> String {
    let mine = say(lang, "try-name");
    let calls: [(&[&str], &str); 5] = [
        (&["new", mine, "--template", template], "try-new"),
        (&["open", mine], "try-open"),
        (&["show", mine, "--zoom", "fit"], "try-show"),
        (&["export", mine, "--to", "json"], "try-export"),
        (&["--help"], "try-help"),
    ];
    let calls = calls.map(|(words, about)| (call(words).speak(lang), say(lang, about)));
    let widest = calls.iter().map(|(call, _)| call.width()).max().unwrap_or(0);
    let row =
        |(call, about): &(String, &str)| format!("  {call}{}  {about}\n", " ".repeat(widest - call.width()));
    calls.iter().map(row).collect()
}
