//! The parser, spoken in one language.
//!
//! Verbs and options carry the *keys* of their help; here they become words. The same tree makes the help, the
//! completions and the manual.

use clap::{Args as _, Command};

use super::ask::ASKS;
use super::given::Given;
use super::verb::VERBS;
use crate::session::template::TEMPLATES;
use crate::words::{Lang, find, say};

/// The whole command line, in a language.
pub(crate) fn tree(lang: Lang) -> Command {
    let root = Given::augment_args(Command::new("squall"))
        .about("cli-about")
        .after_help("cli-after")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_value_name("value-verb")
        .subcommand_help_heading("cli-verbs")
        .arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help("arg-version"),
        );
    let root = VERBS
        .iter()
        .fold(root, |root, row| root.subcommand((row.args)(Command::new(row.name)).disable_help_flag(true)));
    spoken(root, lang)
}

/// What stands in the help and is the same in every language.
const EXAMPLES: [(&str, &str); 3] = [
    ("{place}", r#"{"place":{"kind":"event","wording":"Order placed","at":[10,4]}}"#),
    ("{answer}", r#"{"entry":"…","made":["…"]}"#),
    ("{refusal}", r#"{"refused":{"code":"…","say":"…"}}"#),
];

/// The same command with words in the place of keys.
fn spoken(mut command: Command, lang: Lang) -> Command {
    let word = |key: &str| find(lang, key).unwrap_or_default();
    let text = |styled: Option<&clap::builder::StyledStr>| styled.map(ToString::to_string);
    if let Some(about) = text(command.get_about()) {
        command = command.about(word(&about));
    }
    if let Some(after) = text(command.get_after_help()) {
        let rows =
            |rows: Vec<String>| rows.iter().map(|row| format!("  {row}")).collect::<Vec<_>>().join("\n");
        let asks = || ASKS.iter().map(|ask| word(ask.form).to_owned()).collect();
        let templates = || TEMPLATES.iter().map(|row| format!("{:13}{}", row.id, word(row.about))).collect();
        let after = word(&after).replace("{asks}", &rows(asks())).replace("{templates}", &rows(templates()));
        let after = EXAMPLES.iter().fold(after, |after, (place, example)| after.replace(place, example));
        command = command.after_help(after);
    }
    if let Some(heading) = command.get_subcommand_help_heading().map(word) {
        command = command.subcommand_help_heading(heading);
    }
    if let Some(name) = command.get_subcommand_value_name().map(word) {
        command = command.subcommand_value_name(name);
    }
    let usage = say(lang, "cli-usage");
    command = command
        .help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"));
    let mut place = 0;
    command = command.mut_args(|arg| {
        let help = text(arg.get_help()).map_or("", |key| word(&key));
        let names: Vec<&str> = arg.get_value_names().into_iter().flatten().map(|name| word(name)).collect();
        let kind = if arg.is_positional() { "cli-arguments" } else { "cli-options" };
        let heading = arg.get_help_heading().map_or(say(lang, kind), word);
        let takes_value = arg.get_action().takes_values();
        let arg = arg.help(help).help_heading(heading);
        place += 1;
        let arg = if arg.is_positional() { arg.display_order(place) } else { arg };
        if takes_value {
            arg.value_names(names).hide_possible_values(true).hide_default_value(true)
        } else {
            arg
        }
    });
    let names: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, |verb| spoken(verb, lang)))
}
