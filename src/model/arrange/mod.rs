//! Lays things out on the wall so that nothing overlaps.

mod apart;

pub use apart::{Room, push_apart};
