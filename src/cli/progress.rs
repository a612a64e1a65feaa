//! A line on a terminal that says how far reading has come, and goes when it is done.

use std::io::{self, IsTerminal as _, Write as _};

/// Files of fewer bytes are read before anybody can look at a progress line.
const SHOWN_FROM_BYTES: u64 = 8 * 1024 * 1024;

/// What is called with the bytes that were read and those there are.
pub(crate) fn progress() -> impl FnMut(u64, u64) {
    let mut line = Line(None);
    move |done, of| line.show(done, of)
}

/// The percentage that stands on the terminal.
struct Line(Option<u64>);

impl Line {
    fn show(&mut self, done: u64, of: u64) {
        let percent = done.saturating_mul(100) / of.max(1);
        if of >= SHOWN_FROM_BYTES && self.0 != Some(percent) && io::stderr().is_terminal() {
            self.0 = Some(percent);
            drop(write!(io::stderr(), "\r{percent:>3} %"));
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.0.is_some() {
            drop(write!(io::stderr(), "\r     \r"));
        }
    }
}
