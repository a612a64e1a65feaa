//! What may stand before or behind every verb.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

use crate::model::limit::NAME_CHARS_MAX;
use crate::session::config::Config;
use crate::words::{Lang, Said};

/// The options of every verb.
#[derive(Args, Debug)]
#[command(next_help_heading = "cli-everywhere")]
pub(crate) struct Given {
    /// Where boards lie.
    #[arg(long, global = true, value_name = "value-folder", help = "arg-saves")]
    pub(crate) saves: Option<PathBuf>,
    /// Read before anything else by [`language`]; it stands here to be known.
    #[arg(long, global = true, value_name = "value-lang", help = "arg-lang", value_parser = ["ko", "en"])]
    pub(crate) lang: Option<String>,
    /// Whether colours are used.
    #[arg(
        long = "color",
        global = true,
        value_name = "value-when",
        help = "arg-color",
        default_value = "auto"
    )]
    pub(crate) colour: When,
    /// The name to sign with.
    #[arg(long = "as", global = true, value_name = "value-name", help = "arg-as", value_parser = signature)]
    pub(crate) name: Option<String>,
    /// Whether a joined board is left unconnected.
    #[arg(long, global = true, help = "arg-offline")]
    pub(crate) offline: bool,
    #[arg(short, long, global = true, action = ArgAction::Help, help = "arg-help")]
    help: Option<bool>,
}

fn signature(name: &str) -> Result<String, Said> {
    let name = name.trim();
    let is_name =
        !name.is_empty() && name.chars().count() <= NAME_CHARS_MAX && !name.contains(char::is_control);
    is_name.then(|| name.to_owned()).ok_or_else(|| Said::new("cli-no-name").with("max", NAME_CHARS_MAX))
}

/// When colours are used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(crate) enum When {
    /// On a terminal that wants them.
    #[default]
    Auto,
    /// Whatever reads them.
    Always,
    /// Nowhere.
    Never,
}

/// The language to speak: `--lang`, else what the settings say, else the locale of the environment.
pub(crate) fn language(args: &[OsString], config: &Config) -> Lang {
    let is_told = option(args, "--lang").is_some();
    config.settings().lang().filter(|_| !is_told).unwrap_or_else(|| usual_language(args))
}

/// The language where the settings say none: `--lang`, else the locale of the environment.
pub(crate) fn usual_language(args: &[OsString]) -> Lang {
    let told = option(args, "--lang").and_then(|code| code.parse().ok());
    let environment = || {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let locale =
            names.iter().filter_map(|name| std::env::var(name).ok()).find(|locale| !locale.is_empty());
        locale.map_or(Lang::En, |locale| Lang::of_locale(&locale))
    };
    told.unwrap_or_else(environment)
}

/// When to use colours, for what is told before or instead of a verb.
pub(crate) fn colours(args: &[OsString]) -> When {
    option(args, "--color").and_then(|when| When::from_str(when, false).ok()).unwrap_or_default()
}

/// The value of an option, read without a parser.
fn option<'a>(args: &'a [OsString], name: &str) -> Option<&'a str> {
    let args: Vec<&str> = args.iter().map_while(|arg| arg.to_str()).take_while(|arg| *arg != "--").collect();
    let glued = args.iter().find_map(|arg| arg.strip_prefix(name)?.strip_prefix('='));
    let behind = || args.iter().position(|arg| *arg == name).and_then(|at| args.get(at + 1).copied());
    glued.or_else(behind)
}

/// `squall help ls` is `squall ls --help`.
pub(crate) fn asked_for_help(mut args: Vec<OsString>) -> Vec<OsString> {
    if args.get(1).is_some_and(|arg| arg == "help") {
        args.remove(1);
        args.push("--help".into());
    }
    args
}
