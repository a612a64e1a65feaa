//! What time it is for a peer: milliseconds since it began.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

#[derive(Clone, Copy, Debug)]
pub(super) struct Time(Instant);

impl Time {
    pub(super) fn start() -> Time {
        Time(Instant::now())
    }

    pub(super) fn now(self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Waits until this time; for ever where there is none.
    pub(super) async fn reaches(self, at: Option<u64>) {
        match at {
            Some(at) => sleep_until(self.0 + Duration::from_millis(at)).await,
            None => std::future::pending().await,
        }
    }
}
