//! What is measured, a file each.

mod durable;
mod fan_out;
mod fresh;
mod idle;
mod join;
mod opening;
mod presence;
mod room;
mod rooms;
mod stalled;

use futures_util::future::LocalBoxFuture;

type Run = fn() -> LocalBoxFuture<'static, ()>;

/// Every row and its name.
pub(crate) const ROWS: &[(&str, Run)] = &[
    ("room", || Box::pin(room::run())),
    ("fan-out", || Box::pin(fan_out::run())),
    ("rooms", || Box::pin(rooms::run())),
    ("join", || Box::pin(join::run())),
    ("idle", || Box::pin(idle::run())),
    ("stalled", || Box::pin(stalled::run())),
    ("fresh", || Box::pin(fresh::run())),
    ("durable", || Box::pin(durable::run())),
    ("opening", || Box::pin(opening::run())),
    ("presence", || Box::pin(presence::run())),
];
