//! Proposed contexts: looked for over a whole wall, and drawn as ordinary deeds.

use crate::command::{Area, Command};
use crate::model::{Board, Details, Frame};
use crate::query::suggest::{Cuts, Group, suggest};
use crate::query::{Flow, Watch};

/// What draws a proposed context; nothing where all of it stands in one frame already.
pub fn framed(group: &Group) -> Option<Command> {
    if group.stands_in.is_some_and(|(_, count)| count == group.notes.len()) {
        return None;
    }
    let details = Details::from([("name".to_owned(), group.name.clone().into())]);
    let area = Area::Around(group.notes.clone());
    Some(Command::FrameContext { frame: Frame::Context, area, details })
}

/// Every cut of a wall, told how far it has come to the last one; nothing where that broke off, or where the wall
/// cannot be cut.
pub fn all_cuts(board: &Board, flow: &Flow, watch: Watch<'_>) -> Option<Cuts> {
    let mut runs = 0;
    let suggestion = suggest(board, flow, &mut |done, all| {
        runs = all;
        watch(done, all + Cuts::COUNT)
    })?;
    suggestion.cuts(&mut |done, all| watch(runs + done, runs + all))
}
