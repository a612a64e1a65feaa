//! What is to be reached, and what was found.

use std::time::Duration;

/// A goal: a name, and the most or the least that is wanted.
pub(crate) struct Goal {
    name: &'static str,
    wanted: f64,
    is_most: bool,
}

impl Goal {
    pub(crate) fn at_most(name: &'static str, wanted: f64) -> Goal {
        Goal { name, wanted, is_most: true }
    }

    pub(crate) fn at_least(name: &'static str, wanted: f64) -> Goal {
        Goal { name, wanted, is_most: false }
    }

    /// Prints what was found and the numbers it comes from.
    #[expect(clippy::print_stdout, reason = "what a bench is for")]
    pub(crate) fn print(&self, found: f64, numbers: &str) {
        let Goal { name, wanted, is_most } = *self;
        let (sign, is_met) = if is_most { ("<=", found <= wanted) } else { (">=", found >= wanted) };
        let verdict = if is_met { "" } else { "  (MISSED)" };
        println!("{name:<60} {found:>8.2} {sign} {wanted:<6} {numbers}{verdict}");
    }

    /// Prints one duration over another.
    pub(crate) fn print_ratio(&self, this: Duration, that: Duration) {
        self.print(this.as_secs_f64() / that.as_secs_f64(), &format!("{this:.1?} / {that:.1?}"));
    }
}

pub(crate) fn median<T: Copy + PartialOrd>(mut all: Vec<T>) -> T {
    all.sort_unstable_by(|a, b| a.partial_cmp(b).expect("a number"));
    all[all.len() / 2]
}

/// What 99 of 100 do not go over.
pub(crate) fn p99(mut micros: Vec<u32>) -> Duration {
    if micros.is_empty() {
        return Duration::ZERO;
    }
    let at = (micros.len() * 99 / 100).min(micros.len() - 1);
    let (_, it, _) = micros.select_nth_unstable(at);
    Duration::from_micros((*it).into())
}

pub(crate) fn millis(it: Duration) -> f64 {
    it.as_secs_f64() * 1_000.0
}
