use clap::{Args, Command};

use super::{VERBS, Verb};
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::tree::tree;
use crate::words::{Lang, Said, say};

/// Prints the manual: the page of squall, or that of one verb.
#[derive(Args)]
#[command(about = "cli-man")]
pub(super) struct Man {
    #[arg(value_name = "value-verb", help = "arg-man-verb", value_parser = verb)]
    verb: Option<&'static str>,
}

fn verb(name: &str) -> Result<&'static str, Said> {
    let names = VERBS.iter().map(|row| row.name);
    names
        .clone()
        .find(|it| *it == name)
        .ok_or_else(|| Said::new("cli-values").with("values", names.collect::<Vec<_>>().join(" ")))
}

impl Verb for Man {
    fn run(self, face: &mut Face) -> Outcome {
        let mut root = tree(face.lang);
        root.build();
        let page = match self.verb {
            Some(verb) => root.find_subcommand(verb).expect("the verb is one of the table").clone(),
            None => root,
        };
        print(write(page, face.lang)?)?;
        Ok(Done::Well)
    }
}

/// The headings that the writer of manuals knows in English only.
const HEADINGS: [(&str, &str); 5] = [
    (".SH NAME", "man-name"),
    (".SH SYNOPSIS", "man-synopsis"),
    (".SH DESCRIPTION", "man-description"),
    (".SH EXTRA", "man-extra"),
    (".SH VERSION", "man-version"),
];

fn write(page: Command, lang: Lang) -> Outcome<String> {
    let name = page.get_display_name().unwrap_or("squall").to_owned();
    let mut text = Vec::new();
    clap_mangen::Man::new(page.display_name(name))
        .render(&mut text)
        .map_err(|error| Failure::output(&error))?;
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(HEADINGS.iter().fold(text, |text, (heading, key)| {
        text.replacen(&format!("{heading}\n"), &format!(".SH {}\n", say(lang, key)), 1)
    }))
}
