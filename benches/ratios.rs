//! What has to stay fast, as ratios measured in one run: machines differ, a ratio on one machine does not.
//!
//! `cargo bench` prints a line for each: what is compared, the ratio of the medians, and the most it should be.
//! `cargo bench -- WORD` runs those whose name holds the word.

mod beside;
mod deed;
mod lint;
mod open;
mod store;
mod suggest;
mod view;
mod wall;

use std::hint::black_box;
use std::time::{Duration, Instant};

/// One comparison: `this` against `that`, alternating, so that a machine that slows down slows both.
struct Ratio {
    name: &'static str,
    most: f64,
}

impl Ratio {
    /// Runs both in turn `rounds` times and prints the ratio of their medians.
    #[expect(clippy::print_stdout, reason = "what a bench is for")]
    fn measure<A, B>(&self, rounds: usize, mut this: impl FnMut() -> A, mut that: impl FnMut() -> B) {
        let (mut these, mut those) = (Vec::with_capacity(rounds), Vec::with_capacity(rounds));
        for _ in 0..rounds {
            these.push(timed(&mut this));
            those.push(timed(&mut that));
        }
        let (this, that) = (median(these), median(those));
        let ratio = this.as_secs_f64() / that.as_secs_f64();
        let verdict = if ratio <= self.most { "" } else { "  (over)" };
        println!("{:<58} {ratio:>7.2} of {:<5} {this:>10.1?} / {that:.1?}{verdict}", self.name, self.most);
    }
}

#[expect(clippy::disallowed_methods, reason = "measuring is what a bench has a clock for")]
fn timed<T>(run: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let wanted = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).unwrap_or_default();
    for (name, run) in [
        ("deed", deed::run as fn()),
        ("size", deed::run_sizes),
        ("open", open::run),
        ("view", view::run),
        ("large", view::run_large),
        ("beside", beside::run),
        ("lint", lint::run),
        ("store", store::run),
        ("suggest", suggest::run),
    ] {
        if name.contains(&wanted) {
            run();
        }
    }
}
