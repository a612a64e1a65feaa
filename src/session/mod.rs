//! One wall and those who sit before it: board files, autosave, settings, undo, and the way to others.

mod alarm;
pub mod bell;
pub mod clock;
pub mod company;
pub mod config;
mod deed;
pub mod edit;
pub mod errand;
pub mod file;
mod inspection;
pub mod intake;
pub mod mend;
mod net;
pub mod order;
mod past;
pub mod person;
pub mod place;
mod porch;
pub mod proposal;
pub mod saves;
mod seat;
mod socket;
pub mod template;
pub mod term;
mod undo;
pub mod unify;
pub mod upkeep;
pub mod uplink;
mod wall;

pub use net::News;
pub use past::{DeedHead, Past};
pub use seat::{Performed, Refusal, Seat};
pub use undo::Retold;
pub use wall::Wall;
