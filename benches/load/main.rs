//! What a relay bears: the real `squall serve` in a process of its own, durable, beside two bare servers that keep
//! nothing. Numbers of two machines say little to each other, so every goal is a ratio within one run, or a size.
//!
//! `cargo bench --bench load` prints a line for each goal: what was found, the most or the least it should be, and the
//! numbers behind it. `cargo bench --bench load -- WORD` runs those rows whose name holds the word.

mod bare;
mod goal;
mod line;
mod member;
mod place;
mod row;
mod server;
mod socket;
mod storm;

use tokio::runtime::Builder;
use tokio::task::LocalSet;

use bare::Bare;

fn main() {
    let mut args = std::env::args().skip(1);
    let first = args.next().unwrap_or_default();
    if first == bare::ARG {
        return Bare::of(&args.next().unwrap_or_default()).run();
    }
    let wanted = Some(first).into_iter().chain(args).find(|arg| !arg.starts_with('-')).unwrap_or_default();
    // One thread: those who load the servers leave the rest of the machine to them.
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime needs nothing");
    let all = LocalSet::new();
    for (name, run) in row::ROWS {
        if name.contains(&wanted) {
            all.block_on(&runtime, run());
        }
    }
}
