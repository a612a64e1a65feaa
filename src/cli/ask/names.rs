//! Which thing is meant.

use crate::model::{Board, Id};
use crate::words::Said;

/// What names mean: the things on a board, and what the lines before this one made.
pub(crate) struct Names<'a> {
    /// The wall as it is.
    pub(crate) board: &'a Board,
    /// What each line before this one made, for `$1.0`.
    pub(crate) made: &'a [Vec<Id>],
    /// Notes that are called by a number, from 1.
    pub(crate) listed: &'a [Id],
}

impl Names<'_> {
    /// The thing a name means: an id, one shortened while it is unambiguous, an exact wording (in quotes or not), the
    /// number of a requirement (`#2`) or of a note where they have any (`2`), or what an earlier line made (`$1.0`).
    pub(crate) fn find(&self, name: &str) -> Result<Id, Said> {
        if let Some(made) = name.strip_prefix('$') {
            return self.made(made).ok_or_else(|| Said::new("do-made-unknown").with("name", name));
        }
        if let Ok(id) = name.parse() {
            return Ok(id);
        }
        if let Some(id) = self.listed(name) {
            return Ok(id);
        }
        let quoted = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let mut found = self.worded(quoted.unwrap_or(name));
        if found.is_empty() && quoted.is_none() {
            found = self.numbered(name).into_iter().chain(self.shortened(name)).collect();
        }
        match found[..] {
            [id] => Ok(id),
            [] => Err(Said::new("do-nothing-named").with("name", name)),
            [first, second, ..] => Err(Said::new("do-name-ambiguous")
                .with("name", name)
                .with("count", found.len())
                .with("first", first)
                .with("second", second)),
        }
    }

    fn made(&self, name: &str) -> Option<Id> {
        let (line, nth) = name.split_once('.')?;
        let line: usize = line.parse().ok()?;
        self.made.get(line.checked_sub(1)?)?.get(nth.parse::<usize>().ok()?).copied()
    }

    fn listed(&self, name: &str) -> Option<Id> {
        let number: usize = name.parse().ok()?;
        self.listed.get(number.checked_sub(1)?).copied()
    }

    fn worded(&self, wording: &str) -> Vec<Id> {
        let board = self.board;
        let notes = board.notes.values().map(|note| (note.id, note.text()));
        let contexts = board.contexts.values().map(|context| (context.id, context.name()));
        let lanes = board.lanes.values().map(|lane| (lane.id, lane.name()));
        let sentences = board.requirements.values().chain(board.decisions.values());
        let sentences = sentences.map(|sentence| (sentence.id, sentence.text()));
        let all = notes.chain(contexts).chain(lanes).chain(sentences);
        all.filter(|(_, text)| *text == wording).map(|(id, _)| id).collect()
    }

    fn numbered(&self, name: &str) -> Option<Id> {
        let number: usize = name.strip_prefix('#')?.parse().ok()?;
        self.board.requirements.keys().nth(number.checked_sub(1)?).copied()
    }

    fn shortened(&self, name: &str) -> Vec<Id> {
        let board = self.board;
        let things = board.notes.keys().chain(board.arrows.keys()).chain(board.contexts.keys());
        let things = things.chain(board.lanes.keys()).chain(board.requirements.keys());
        things.chain(board.decisions.keys()).copied().filter(|id| is_short_for(name, *id)).collect()
    }
}

/// Whether `short` is an id with the end of its author, then its index, then its counter left out: `k3x9.17/0`, `k3.17`,
/// `k3`, or with the whole author left out: `17/0`.
fn is_short_for(short: &str, id: Id) -> bool {
    let (entry, index) = short.split_once('/').map_or((short, None), |(entry, index)| (entry, Some(index)));
    let (author, counter) = match entry.split_once('.') {
        Some((author, counter)) => (author, Some(counter)),
        None if index.is_some() => ("", Some(entry)),
        None => (entry, None),
    };
    let is = |text: Option<&str>, number: u64| text.is_none_or(|text| text.parse() == Ok(number));
    !short.is_empty()
        && id.entry.author.to_string().starts_with(author)
        && is(counter, id.entry.counter)
        && is(index, id.index.into())
}
