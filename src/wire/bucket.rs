//! How much one connection may say: so much a second, and a burst.

use super::limit::{
    BYTES_BURST, BYTES_PER_SECOND, MESSAGES_BURST, MESSAGES_PER_SECOND, STRIKES_MAX, STRIKES_MS,
};

/// Two buckets, of messages and of bytes, that fill as time passes. They are counted in thousandths.
#[derive(Clone, Debug)]
pub(super) struct Bucket {
    rates: [u64; 2],
    bursts: [u64; 2],
    left: [u64; 2],
    at: u64,
}

impl Bucket {
    /// What a relay takes.
    pub(super) fn taking(now: u64) -> Bucket {
        Bucket::new([MESSAGES_PER_SECOND, BYTES_PER_SECOND], [MESSAGES_BURST, BYTES_BURST], now)
    }

    /// What a client gives: less, so that what a network bunches together is still taken.
    pub(super) fn giving(now: u64) -> Bucket {
        let rates = [MESSAGES_PER_SECOND, BYTES_PER_SECOND].map(|rate| rate / 10 * 8);
        Bucket::new(rates, [MESSAGES_BURST / 2, BYTES_BURST / 2], now)
    }

    fn new(rates: [u64; 2], bursts: [u64; 2], now: u64) -> Bucket {
        let bursts = bursts.map(|burst| burst * 1_000);
        Bucket { rates, bursts, left: bursts, at: now }
    }

    /// Takes a message of so many bytes out, or says how many milliseconds it has to wait.
    pub(super) fn take(&mut self, bytes: usize, now: u64) -> Result<(), u64> {
        let passed = now.saturating_sub(self.at);
        self.at = now.max(self.at);
        let wants = [1_000, bytes as u64 * 1_000];
        let mut wait = 0;
        for (((left, rate), burst), want) in self.left.iter_mut().zip(self.rates).zip(self.bursts).zip(wants)
        {
            *left = left.saturating_add(passed.saturating_mul(rate)).min(burst);
            wait = wait.max(want.saturating_sub(*left).div_ceil(rate));
        }
        if wait > 0 {
            return Err(wait);
        }
        self.left.iter_mut().zip(wants).for_each(|(left, want)| *left -= want);
        Ok(())
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

    #[test]
    fn a_burst_passes_and_then_so_much_a_second() {
        let mut bucket = Bucket::taking(0);
        let taken = (0..1_000).filter(|_| bucket.take(10, 0).is_ok()).count();
        assert_eq!(taken as u64, MESSAGES_BURST);
        assert_eq!(bucket.take(10, 0), Err(20));
        assert_eq!((bucket.take(10, 20), bucket.take(10, 20)), (Ok(()), Err(20)));
        let mut bucket = Bucket::taking(0);
        assert_eq!(bucket.take(BYTES_BURST as usize, 0), Ok(()));
        assert_eq!(bucket.take(BYTES_PER_SECOND as usize, 0), Err(1_000));
        assert_eq!(bucket.take(BYTES_PER_SECOND as usize, 1_000), Ok(()));
    }

    #[test]
    fn what_a_client_gives_a_relay_takes_however_it_is_bunched() {
        let (mut giving, mut taking) = (Bucket::giving(0), Bucket::taking(0));
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
