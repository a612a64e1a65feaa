//! What the parser says, in words of ours.
//!
//! clap speaks English only: its errors are taken apart into what they are about and told again from the locale files.

use std::error::Error as _;
use std::ffi::OsString;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::face::paint;
use super::failure::{Done, Failure, Outcome, call};
use super::given;
use super::verb::VERBS;
use crate::words::{Lang, Said, say};

/// Answers what the parser could not turn into a verb: help and version are printed, all else is wrong use.
pub(crate) fn answer(error: &Error, lang: Lang, args: &[OsString]) -> Outcome {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render();
            let text =
                if given::colours(args).for_output() { text.ansi().to_string() } else { text.to_string() };
            paint(text.replace("[OPTIONS]", say(lang, "cli-usage-options")))?;
            Ok(Done::Well)
        }
        _ => Err(failure(error, args)),
    }
}

fn failure(error: &Error, args: &[OsString]) -> Failure {
    let texts = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    };
    let first = |kind| texts(kind).into_iter().next();
    let arg = texts(ContextKind::InvalidArg).join(" ").replace("...", "…");
    let value = first(ContextKind::InvalidValue).unwrap_or_default();
    let meant = |kind| first(kind).map(|it| Said::new("cli-hint-meant").with("it", it));
    let (said, hint) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let verb = first(ContextKind::InvalidSubcommand).unwrap_or_default();
            // What is likely mistyped is so behind its first letter; all else is a board's name.
            let meant = first(ContextKind::SuggestedSubcommand);
            let hint = verb_hint(&verb, meant.filter(|meant| meant.chars().next() == verb.chars().next()));
            (Said::new("cli-verb-unknown").with("verb", verb), Some(hint))
        }
        ErrorKind::UnknownArgument => {
            (Said::new("cli-arg-unknown").with("arg", arg), meant(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            (Said::new("cli-value-missing").with("arg", arg), None)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => (
            Said::new("cli-value-wrong").with("arg", arg).with("value", value),
            meant(ContextKind::SuggestedValue),
        ),
        ErrorKind::MissingRequiredArgument => (Said::new("cli-arg-missing").with("arg", arg), None),
        ErrorKind::ArgumentConflict => {
            let prior = texts(ContextKind::PriorArg).join(" ");
            (Said::new("cli-args-conflict").with("arg", arg).with("prior", prior), None)
        }
        ErrorKind::InvalidUtf8 => (Said::new("cli-arg-utf8"), None),
        _ => (Said::new("cli-values-count").with("arg", arg), None),
    };
    let failure = Failure::usage(said).hint(hint.unwrap_or_else(|| help_hint(args)));
    let valid = texts(ContextKind::ValidValue);
    match error.source().and_then(|source| source.downcast_ref::<Said>()) {
        Some(cause) => failure.because(cause.clone()),
        None if valid.is_empty() => failure,
        None => failure.because(Said::new("cli-values").with("values", valid.join(" "))),
    }
}

/// A word that is no verb is mostly the name of a board.
fn verb_hint(word: &str, verb: Option<String>) -> Said {
    match verb {
        Some(verb) => Said::new("cli-hint-verb-or-open").with("verb", verb).with("name", word),
        None => call(&["open", word]),
    }
}

fn help_hint(args: &[OsString]) -> Said {
    let verb =
        args.iter().filter_map(|arg| arg.to_str()).find(|arg| VERBS.iter().any(|row| row.name == *arg));
    verb.map_or_else(|| call(&["--help"]), |verb| call(&[verb, "--help"]))
}
