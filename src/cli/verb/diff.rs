use std::collections::BTreeMap;

use clap::Args;
use serde_json::json;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::model::{Applied, Board, Turn};
use crate::query::tell;

/// Tells what makes the second wall of the first.
#[derive(Args)]
#[command(about = "cli-diff")]
pub(super) struct Diff {
    #[arg(value_name = "value-board", help = "arg-board")]
    a: String,
    #[arg(value_name = "value-other", help = "arg-other")]
    b: String,
    #[arg(long, help = "arg-json")]
    json: bool,
}

impl Verb for Diff {
    fn run(self, face: &mut Face) -> Outcome {
        let (a, b) = (face.look(&self.a)?, face.look(&self.b)?);
        let told =
            between(a.board(), b.board()).into_iter().flat_map(|turn| tell(&[turn], a.board(), b.board()));
        let row = |said: crate::words::Said| match self.json {
            true => format!("{}\n", json!({"code": said.key.0, "say": said.speak(face.lang)})),
            false => said.speak(face.lang) + "\n",
        };
        let rows: String = told.map(row).collect();
        let done = if rows.is_empty() { Done::Well } else { Done::Found };
        print(rows)?;
        Ok(done)
    }
}

/// Everything that is another on `b` than on `a`, thing by thing.
pub(super) fn between(a: &Board, b: &Board) -> Vec<Applied> {
    let mut turns = Vec::new();
    if a.details != b.details {
        turns.push(Applied::Board(Turn { before: Some(a.details.clone()), after: Some(b.details.clone()) }));
    }
    turns.extend(turned(&a.contexts, &b.contexts).map(Applied::Context));
    turns.extend(turned(&a.lanes, &b.lanes).map(Applied::Lane));
    turns.extend(turned(&a.notes, &b.notes).map(Applied::Note));
    turns.extend(turned(&a.arrows, &b.arrows).map(Applied::Arrow));
    turns.extend(turned(&a.requirements, &b.requirements).map(Applied::Requirement));
    turns.extend(turned(&a.decisions, &b.decisions).map(Applied::Decision));
    turns.extend(turned(&a.votes, &b.votes).map(Applied::Vote));
    turns
}

fn turned<'a, K: Ord, T: Clone + PartialEq>(
    a: &'a BTreeMap<K, T>,
    b: &'a BTreeMap<K, T>,
) -> impl Iterator<Item = Turn<T>> + 'a {
    let gone = a.iter().filter(|(key, _)| !b.contains_key(*key));
    let gone = gone.map(|(_, thing)| Turn { before: Some(thing.clone()), after: None });
    let new = b.iter().filter(|(key, thing)| a.get(*key) != Some(*thing));
    gone.chain(new.map(|(key, thing)| Turn { before: a.get(key).cloned(), after: Some(thing.clone()) }))
}
