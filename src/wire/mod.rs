//! What travels.
mod bucket;
pub mod close;
pub mod frame;
pub mod limit;
pub mod peer;
pub mod presence;
pub mod room;
