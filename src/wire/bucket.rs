//! How much somebody may do: so much in a time, and a burst.

use super::limit::{BYTES, MESSAGES, Rate, STRIKES_MAX, STRIKES_MS};

/// A bucket that fills as time passes and holds no more than a burst.
#[derive(Clone, Debug)]
pub struct Bucket {
    rate: Rate,
    /// What is left, times the milliseconds of the rate, so that whole numbers do.
    left: u64,
    at: u64,
}

impl Bucket {
    /// A full one.
    pub fn new(rate: Rate, now: u64) -> Bucket {
        Bucket { rate, left: rate.burst * rate.ms, at: now }
    }

    /// Takes so many out, or says how many milliseconds they have to wait.
    pub fn take(&mut self, count: u64, now: u64) -> Result<(), u64> {
        self.waits(count, now)?;
        self.spend(count);
        Ok(())
    }

    /// Whether it is as good as new, so that nobody has to remember it.
    pub fn is_full(&mut self, now: u64) -> bool {
        self.fill(now);
        self.left == self.rate.burst * self.rate.ms
    }

    fn waits(&mut self, count: u64, now: u64) -> Result<(), u64> {
        self.fill(now);
        match count.saturating_mul(self.rate.ms).saturating_sub(self.left) {
            0 => Ok(()),
            lacking => Err(lacking.div_ceil(self.rate.count)),
        }
    }

    fn fill(&mut self, now: u64) {
        let passed = now.saturating_sub(self.at);
        self.at = self.at.max(now);
        let filled = self.left.saturating_add(passed.saturating_mul(self.rate.count));
        self.left = filled.min(self.rate.burst * self.rate.ms);
    }

    fn spend(&mut self, count: u64) {
        self.left = self.left.saturating_sub(count.saturating_mul(self.rate.ms));
    }
}

/// What one connection may say: so many messages, and so many bytes.
#[derive(Clone, Debug)]
pub(super) struct Allowance {
    messages: Bucket,
    bytes: Bucket,
}

impl Allowance {
    /// What a relay takes.
    pub(super) fn taking(now: u64) -> Allowance {
        Allowance { messages: Bucket::new(MESSAGES, now), bytes: Bucket::new(BYTES, now) }
    }

    /// What a client gives: less, so that what a network bunches together is still taken.
    pub(super) fn giving(now: u64) -> Allowance {
        let less = |rate: Rate| Rate { count: rate.count / 10 * 8, burst: rate.burst / 2, ..rate };
        Allowance { messages: Bucket::new(less(MESSAGES), now), bytes: Bucket::new(less(BYTES), now) }
    }

    /// Takes a message of so many bytes out, or says how many milliseconds it has to wait.
    pub(super) fn take(&mut self, bytes: usize, now: u64) -> Result<(), u64> {
        let waits = [self.messages.waits(1, now), self.bytes.waits(bytes as u64, now)];
        match waits.into_iter().filter_map(Result::err).max() {
            Some(wait) => Err(wait),
            None => {
                self.spend(bytes);
                Ok(())
            }
        }
    }

    /// Takes a message out that does not wait: others do for it.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.messages.spend(1);
        self.bytes.spend(bytes as u64);
    }
}

/// How often somebody went over a limit of late.
#[derive(Clone, Debug, Default)]
pub(super) struct Strikes {
    count: usize,
    since: u64,
}

impl Strikes {
    /// Counts one; whether that is too many.
    pub(super) fn strike(&mut self, now: u64) -> bool {
        if now.saturating_sub(self.since) > STRIKES_MS {
            *self = Strikes { count: 0, since: now };
        }
        self.count += 1;
        self.count > STRIKES_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::limit::WRONG_TOKENS_OF_ADDRESS;

    #[test]
    fn a_burst_passes_and_then_so_much_in_a_time() {
        let mut allowance = Allowance::taking(0);
        let taken = (0..1_000).filter(|_| allowance.take(10, 0).is_ok()).count();
        assert_eq!(taken as u64, MESSAGES.burst);
        assert_eq!(allowance.take(10, 0), Err(20));
        assert_eq!((allowance.take(10, 20), allowance.take(10, 20)), (Ok(()), Err(20)));
        let mut allowance = Allowance::taking(0);
        assert_eq!(allowance.take(BYTES.burst as usize, 0), Ok(()));
        assert_eq!(allowance.take(BYTES.count as usize, 0), Err(1_000));
        assert_eq!(allowance.take(BYTES.count as usize, 1_000), Ok(()));
        let mut guesses = Bucket::new(WRONG_TOKENS_OF_ADDRESS, 0);
        assert_eq!((0..99).filter(|_| guesses.take(1, 0).is_ok()).count(), 10);
        assert_eq!((guesses.take(1, 0), guesses.take(1, 6_000)), (Err(6_000), Ok(())));
        assert_eq!((guesses.is_full(65_999), guesses.is_full(66_000)), (false, true));
        assert!(guesses.take(u64::MAX, u64::MAX).is_err());
    }

    #[test]
    fn what_a_client_gives_a_relay_takes_however_it_is_bunched() {
        let (mut giving, mut taking) = (Allowance::giving(0), Allowance::taking(0));
        let mut held = 0;
        for now in 0..20_000_u64 {
            while giving.take(3_000, now).is_ok() {
                held += 1;
            }
            if now % 2_000 == 0 {
                (0..std::mem::take(&mut held)).for_each(|_| assert_eq!(taking.take(3_000, now), Ok(())));
            }
        }
    }

    #[test]
    fn ten_strikes_in_a_minute_are_borne() {
        let mut strikes = Strikes::default();
        assert!((0..STRIKES_MAX).all(|_| !strikes.strike(5)));
        assert!(strikes.strike(6));
        assert!(!strikes.strike(6 + STRIKES_MS + 1));
    }
}
