//! How long to wait before the next try to connect.

use crate::wire::limit::{BACKOFF_MS_MAX, BACKOFF_MS_MIN};

/// Waits that double, and of which half is left to chance, so that a relay which comes back is not met by all at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Backoff {
    tries: u32,
}

impl Backoff {
    /// Milliseconds to the next try, by 64 random bits; the longest wait where `late`.
    pub(super) fn wait(&mut self, chance: u64, late: bool) -> u64 {
        let doubled = BACKOFF_MS_MIN << self.tries.min(16);
        self.tries = self.tries.saturating_add(1);
        let most = if late { BACKOFF_MS_MAX } else { doubled.min(BACKOFF_MS_MAX) };
        most / 2 + chance % (most / 2 + 1)
    }

    /// It went well for a while: the next wait is short again.
    pub(super) fn calm(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_half_of_each_is_chance() {
        let mut backoff = Backoff::default();
        let most: Vec<u64> = (0..8).map(|_| backoff.wait(0, false) * 2).collect();
        assert_eq!(most, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert!((0..1_000).all(|chance| (15_000..=30_000).contains(&backoff.wait(chance * 31, false))));
        backoff.calm();
        assert!(backoff.wait(u64::MAX, false) <= BACKOFF_MS_MIN);
        assert!(Backoff::default().wait(0, true) >= BACKOFF_MS_MAX / 2);
    }
}
