//! Excalidraw: `{"type": "excalidraw", "version": 2, "elements": [..]}`.
//!
//! A note is a rectangle in the colour of its paper with its wording bound to it, a context is a frame, an arrow is an
//! arrow bound at both ends. Every element carries its row of squall's own JSON in `customData.squall`, the text above
//! the wall carries what belongs to the whole board: so a file that was drawn here is the same board when it comes
//! back, but for what was changed there.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::{looks_like, read};
pub(super) use write::write;
