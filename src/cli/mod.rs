//! The headless face: what people type and what scripts may count on.
//!
//! One row of `VERBS` for each verb; the table makes the parser, the help, the completions and the
//! manual. Data goes to standard output, talk to standard error. The language is known before anything is parsed, so
//! even a mistyped argument is answered in it.

mod ask;
mod face;
mod failure;
mod file;
mod given;
mod hall;
mod input;
mod plain;
mod progress;
mod terminal;
mod tree;
mod usage;
mod verb;
mod wall;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches as _;

use face::Face;
use failure::{Done, Outcome};
use given::Given;

use crate::session::config::Config;
use crate::words::Lang;

/// Runs squall as if these arguments, the program's name first, had been typed.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = given::asked_for_help(args.into_iter().collect());
    let config = Config::find(std::env::var_os("SQUALL_CONFIG"));
    let lang = given::language(&args, &config);
    match outcome(&args, lang, config) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Found) => ExitCode::from(1),
        Err(failure) => failure.tell(lang, given::colours(&args).for_talk()),
    }
}

fn outcome(args: &[OsString], lang: Lang, config: Config) -> Outcome {
    let parsed = tree::tree(lang).try_get_matches_from(args);
    let given = parsed.and_then(|matches| Ok((Given::from_arg_matches(&matches)?, matches)));
    let (given, matches) = match given {
        Ok(given) => given,
        Err(error) => return usage::answer(&error, lang, args),
    };
    let mut face = Face::new(config, given, given::usual_language(args));
    match matches.subcommand() {
        Some((verb, matches)) => verb::run(verb, matches, &mut face),
        None => verb::run_none(&mut face),
    }
}
