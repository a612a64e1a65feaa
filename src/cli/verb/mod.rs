//! The verbs, one file each and one row each in [`VERBS`].

mod completions;
mod config;
mod cp;
mod diff;
mod r#do;
mod doctor;
mod dump;
mod edit;
mod export;
mod formats;
mod host;
mod import;
mod join;
mod leave;
mod links;
mod lint;
mod log;
mod ls;
mod man;
mod merge;
mod mv;
mod new;
mod none;
mod open;
mod rename_term;
mod repair;
mod replay;
mod report;
mod restore;
mod rm;
mod schema;
mod serve;
mod share;
mod show;
mod squash;
mod suggest;
mod tell;
mod what_if;

use clap::{ArgMatches, Args, Command};

use super::face::Face;
use super::failure::Outcome;
use super::terminal::is_there;

/// A verb of the command line: what may be said with it, and what it does.
trait Verb: Args {
    /// Does it.
    fn run(self, face: &mut Face) -> Outcome;
}

/// One row of [`VERBS`].
pub(crate) struct VerbRow {
    /// What people type.
    pub(crate) name: &'static str,
    /// Puts the verb's own arguments on a command.
    pub(crate) args: fn(Command) -> Command,
    run: fn(&ArgMatches, &mut Face) -> Outcome,
}

const fn row<V: Verb>(name: &'static str) -> VerbRow {
    let run = |matches: &ArgMatches, face: &mut Face| {
        V::from_arg_matches(matches).expect("the parser was made from the same type").run(face)
    };
    VerbRow { name, args: V::augment_args, run }
}

/// Every verb, in the order of the help.
pub(crate) static VERBS: &[VerbRow] = &[
    row::<open::Open>("open"),
    row::<new::New>("new"),
    row::<ls::Ls>("ls"),
    row::<show::Show>("show"),
    row::<r#do::Do>("do"),
    row::<edit::Edit>("edit"),
    row::<join::Join>("join"),
    row::<leave::Leave>("leave"),
    row::<host::Host>("host"),
    row::<share::Share>("share"),
    row::<serve::Serve>("serve"),
    row::<links::Links>("links"),
    row::<dump::Dump>("dump"),
    row::<restore::Restore>("restore"),
    row::<log::Log>("log"),
    row::<replay::Replay>("replay"),
    row::<import::Import>("import"),
    row::<export::Export>("export"),
    row::<formats::Formats>("formats"),
    row::<schema::Schema>("schema"),
    row::<tell::Tell>("tell"),
    row::<what_if::WhatIf>("what-if"),
    row::<report::Report>("report"),
    row::<suggest::Suggest>("suggest"),
    row::<diff::Diff>("diff"),
    row::<lint::Lint>("lint"),
    row::<merge::Merge>("merge"),
    row::<mv::Mv>("mv"),
    row::<cp::Cp>("cp"),
    row::<rm::Rm>("rm"),
    row::<squash::Squash>("squash"),
    row::<repair::Repair>("repair"),
    row::<rename_term::RenameTerm>("rename-term"),
    row::<config::Settings>("config"),
    row::<doctor::Doctor>("doctor"),
    row::<completions::Completions>("completions"),
    row::<man::Man>("man"),
];

/// Runs the verb that was typed.
pub(crate) fn run(name: &str, matches: &ArgMatches, face: &mut Face) -> Outcome {
    let row =
        VERBS.iter().find(|row| row.name == name).expect("the parser knows the verbs of the table only");
    (row.run)(matches, face)
}

/// Runs squall where no verb was typed: the first screen, or without a terminal a sample wall and what to try next.
pub(crate) fn run_none(face: &mut Face) -> Outcome {
    if is_there() { open::pick(face) } else { none::run(face) }
}
