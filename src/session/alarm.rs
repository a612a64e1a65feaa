//! What time it is for an end of a conversation, and when its wall is to be refreshed for it.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::bell::Tellers;

/// Milliseconds since it began.
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

/// Ends when whoever sets the alarm is gone.
pub(super) async fn ended(mut alarm: watch::Receiver<Option<u64>>) {
    while alarm.changed().await.is_ok() {}
}

/// Tells whenever the alarm has come.
pub(super) async fn wake(mut alarm: watch::Receiver<Option<u64>>, time: Time, tellers: &Tellers) {
    loop {
        let at = *alarm.borrow_and_update();
        tokio::select! {
            set = alarm.changed() => if set.is_err() {
                // The goodbye that is being said ends the rest.
                std::future::pending::<()>().await;
            },
            () = time.reaches(at) => {
                tellers.tell();
                if alarm.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}
