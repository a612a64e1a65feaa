//! draw.io: `mxfile > diagram > mxGraphModel > root > mxCell`, each page as XML or deflated in base64.
//!
//! A note is a box in the colour of its paper, a context a swimlane with its notes in it, an arrow an edge. Every one
//! carries its row of squall's own JSON in the attribute `squall`, the text above the wall carries what belongs to the
//! whole board: so a file that was written here is the same board when it comes back, but for what was changed there.

mod cell;
mod page;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::{looks_like, read};
pub(super) use write::write;
