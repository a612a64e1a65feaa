//! What time it is in a relay: milliseconds since it began, on the clock of its tasks.

use std::time::Duration;

use tokio::time::Instant;

/// The clock of a relay.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time(Instant);

impl Time {
    /// Begins now.
    pub(super) fn start() -> Time {
        Time(Instant::now())
    }

    /// Milliseconds since it began.
    pub(super) fn now(self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Waits until this time; for ever where there is none.
    pub(super) async fn reaches(self, at: Option<u64>) {
        match at {
            Some(at) => tokio::time::sleep_until(self.0 + Duration::from_millis(at)).await,
            None => std::future::pending().await,
        }
    }
}
