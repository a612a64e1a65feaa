//! Standard input line by line, read while a wall goes on living.

use std::io::{self, BufRead, Read as _};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;
use std::time::Duration;

use super::failure::{Failure, Outcome};
use crate::model::limit::LINE_BYTES_MAX;
use crate::session::Wall;
use crate::session::bell::Bell;
use crate::words::Said;

/// Lines that may wait to be done before more are read.
const WAITING_MAX: usize = 1_024;
/// How long nothing may happen before somebody looks whether that is so.
const QUIET: Duration = Duration::from_secs(60);

/// A line that is not blank, or why it cannot be used.
type Line = Result<String, Said>;

/// The lines of standard input.
pub(crate) struct Input {
    lines: Receiver<Outcome<Line>>,
    bell: Bell,
}

impl Input {
    /// Begins to read, on a thread of its own that ends with the input or with the process.
    pub(crate) fn start(wall: &mut Wall) -> Input {
        let (sender, lines) = sync_channel(WAITING_MAX);
        let (bell, ring) = (wall.bell(), wall.bell());
        thread::spawn(move || {
            let mut input = io::stdin().lock();
            while let Some(line) = next_line(&mut input).transpose() {
                if sender.send(line).is_err() {
                    break;
                }
                ring.ring();
            }
            drop(sender);
            ring.ring();
        });
        Input { lines, bell }
    }

    /// The next line; meanwhile the wall takes in what comes, and sends what is saved.
    pub(crate) fn next(&self, wall: &mut Wall) -> Outcome<Option<Line>> {
        loop {
            wall.refresh();
            match self.lines.try_recv() {
                Ok(line) => return line.map(Some),
                Err(TryRecvError::Disconnected) => return Ok(None),
                Err(TryRecvError::Empty) => self.bell.wait(QUIET),
            }
        }
    }
}

/// The next line that is not blank, or why it cannot be used; of one that is too long nothing is kept.
fn next_line(input: &mut dyn BufRead) -> Outcome<Option<Line>> {
    loop {
        let mut line = Vec::new();
        let failed = |error: io::Error| {
            Failure::trouble(Said::new("cli-input")).because(Said::new("cause-other").with("text", error))
        };
        let limit = LINE_BYTES_MAX as u64 + 1;
        if (&mut *input).take(limit).read_until(b'\n', &mut line).map_err(failed)? == 0 {
            return Ok(None);
        }
        if line.len() > LINE_BYTES_MAX && !line.ends_with(b"\n") {
            input.skip_until(b'\n').map_err(failed)?;
            return Ok(Some(Err(Said::new("do-line-too-long").with("max", LINE_BYTES_MAX >> 10))));
        }
        match String::from_utf8(line) {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => return Ok(Some(Ok(line))),
            Err(_) => return Ok(Some(Err(Said::new("do-line-no-text")))),
        }
    }
}
