//! Lays things out on the wall: time to the right, parallel streams and alternatives downwards, nothing overlapping.
//!
//! A [`Plan`] says which notes make a row, what a row goes on from and which frame and lane it lies in; [`arrange`]
//! finds places for all of it. A [`Forest`] is the plan that a wall already shows: its arrows as rows. Both keep one
//! promise to each other: the forest of an arranged plan has the same rows in the same order.

mod align;
mod apart;
mod beside;
mod cell;
mod forest;
mod frame;
mod order;
mod unwind;

pub use align::{Line, align, spread};
pub use apart::{Room, push_apart};
pub use beside::{Known, place_beside};
pub use forest::{Cell, Forest, Strand, tidy};
pub use frame::{Places, arrange};
pub use order::reading_order;

use super::geometry::Size;

/// Cells between two notes of a row.
pub const GAP: i32 = 4;
/// Cells between two rows.
pub const ROW_GAP: i32 = 2;
/// Cells between a frame and the notes in it.
pub const MARGIN: i32 = 2;
/// Cells between two frames, across; downwards half of it.
pub const FRAME_GAP: i32 = 4;

/// What is to be laid out. Notes, frames and lanes are named by their place in these lists.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// How large each note is.
    pub sizes: Vec<Size>,
    /// The rows, from top to bottom. A note belongs to one row.
    pub rows: Vec<Row>,
    /// The frames in reading order, each with the frame it lies in, which comes before it.
    pub frames: Vec<Option<usize>>,
    /// How many lanes cross the wall.
    pub lanes: usize,
}

/// Notes that follow one another along time.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The notes, in order; at least one.
    pub notes: Vec<usize>,
    /// What it goes on from.
    pub start: Start<usize>,
    /// The frame it lies in.
    pub frame: Option<usize>,
    /// The lane it lies in, counted from 1; 0 is above all lanes.
    pub lane: usize,
    /// Whether it is a lone note, which may share its line with others of that sort before and after it.
    pub lone: bool,
}

/// What a row goes on from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Start<N> {
    /// Nothing: it begins at the left.
    Fresh,
    /// The note it follows; the first row to follow the last note of another goes on in its line.
    After(N),
    /// The note it is stuck on.
    Under(N),
}
