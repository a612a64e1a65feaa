//! CML, the language of Context Mapper, read: contexts, subdomains, teams and systems, aggregates with their commands
//! and events, flows, and the patterns of the context map. [`contract::cml`](super::contract::cml) writes it.
//!
//! Names become words, the name itself the alias. In a file in which every declaration stands under a comment line, as
//! squall writes it, that line is the wording. What a flow says becomes arrows; each command of a flow has a sticky of
//! its own for the aggregate it is delegated to. A relation goes onto the arrows between its two contexts, and among
//! the decisions where there are none.
//!
//! A wall that was written and is read has the same contexts, subdomains with a class, teams, systems, commands,
//! events, aggregates, policies, read models and who asks for what, but for what CML does not say: places, sizes,
//! lanes, which events feed a read model and who looks at it, times, screens, hotspots and all else beside the story,
//! two stickies of one name in one context, and details that have no word there. An alias that the wording itself gives
//! is not kept.

mod block;
mod flow;
mod relation;
mod token;
mod walk;

#[cfg(test)]
mod tests;

use super::{Mint, Reading};
use crate::words::Said;
use block::blocks;
use walk::Walk;

/// Whether a text looks like CML.
pub(super) fn looks_like(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let begins =
        |line: &str, word: &str| line.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '{']));
    lines.any(|line| begins(line, "BoundedContext") || begins(line, "ContextMap"))
}

/// Reads a file.
pub(super) fn read(text: &str, mint: Mint<'_>) -> Result<Reading, Said> {
    let blocks = blocks(text)?;
    let mut walk = Walk::of(&blocks);
    walk.strategy(&blocks);
    walk.contexts(&blocks);
    walk.finish();
    walk.relations(&blocks);
    walk.left_out();
    walk.graph.reading(mint)
}
