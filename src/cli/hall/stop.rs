//! The word to stop: of the machine, or of the person who presses Ctrl-C.

/// Hears it, from when it was made.
#[cfg(unix)]
pub(crate) struct Stop([tokio::signal::unix::Signal; 3]);

#[cfg(unix)]
impl Stop {
    /// Within a runtime.
    pub(super) fn new() -> Stop {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()];
        Stop(kinds.map(|kind| signal(kind).expect("these signals may be heard")))
    }

    /// Waits for it.
    pub(crate) async fn told(&mut self) {
        let [term, int, hup] = &mut self.0;
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
            _ = hup.recv() => {}
        }
    }
}

/// Hears it.
#[cfg(not(unix))]
pub(crate) struct Stop;

#[cfg(not(unix))]
impl Stop {
    /// Within a runtime.
    pub(super) fn new() -> Stop {
        Stop
    }

    /// Waits for it.
    pub(crate) async fn told(&mut self) {
        drop(tokio::signal::ctrl_c().await);
    }
}
