//! A line on a terminal that says how far something has come, and goes when it is done.

use std::io::{self, IsTerminal as _, Write as _};
use std::ops::ControlFlow;

use crate::model::Board;
use crate::words::{Lang, Said};

/// Files of fewer bytes are read before anybody can look at a progress line.
const SHOWN_FROM_BYTES: u64 = 8 * 1024 * 1024;

/// And so is done with walls of fewer notes whatever is done with them.
const SHOWN_FROM_NOTES: usize = 2_000;

/// What is called with the bytes that were read and those there are.
pub(crate) fn progress() -> impl FnMut(u64, u64) {
    let mut line = Line(String::new());
    move |done, of| {
        if of >= SHOWN_FROM_BYTES {
            line.show(format!("{:>3} %", done.saturating_mul(100) / of));
        }
    }
}

/// What is called with how many steps are done of some work over a board, and how many there are; tells them in this
/// sentence.
pub(crate) fn steps(
    board: &Board,
    key: &'static str,
    lang: Lang,
) -> impl FnMut(usize, usize) -> ControlFlow<()> {
    let (mut line, is_shown) = (Line(String::new()), board.notes.len() >= SHOWN_FROM_NOTES);
    move |done, all| {
        if is_shown {
            line.show(Said::new(key).with("done", done).with("all", all).speak(lang));
        }
        ControlFlow::Continue(())
    }
}

/// What stands on the terminal.
struct Line(String);

impl Line {
    fn show(&mut self, text: String) {
        if self.0 != text && io::stderr().is_terminal() {
            drop(write!(io::stderr(), "\r{text}\x1b[K"));
            self.0 = text;
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if !self.0.is_empty() {
            drop(write!(io::stderr(), "\r\x1b[K"));
        }
    }
}
