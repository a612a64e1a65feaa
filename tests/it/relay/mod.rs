//! The real relay, spoken to over sockets of this process, on a clock that stands still unless a test moves it.

pub(crate) mod client;
mod doors;
mod limits;
pub(crate) mod pair;
mod storm;
