//! The local terminal, borrowed and given back.
//!
//! [`Tty`] puts it into raw mode and the alternate screen and tells it to report the mouse; dropping it undoes all of
//! that, and so does a panic before its message is printed. Signals are the run loop's business: it ends, and the guard
//! is dropped like on any other way out. Giving back twice does nothing.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use tokio::time::Instant;

use super::feed::Feed;
use super::input::Input;
use super::probe::{Answers, questions};
use super::reader::read_within;
use crate::model::text::SafeText;

/// Alternate screen, hidden cursor, mouse with drags in the unlimited report form, marked pastes, focus reports, keys
/// with their modifiers, and the window's title kept aside.
pub const ENTER: &str =
    "\x1b[22;2t\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[?1002h\x1b[?1006h\x1b[?2004h\x1b[?1004h\x1b[>1u";

/// What [`ENTER`] did, undone in reverse, after ending a frame that may have been cut off.
pub const LEAVE: &str = "\x1b[?2026l\x1b[0m\x1b[<u\x1b[?1004l\x1b[?2004l\x1b[?1006l\x1b[?1002l\x1b[?1000l\
                         \x1b[?25h\x1b[?1049l\x1b[23;2t";

/// Stops reports of the mouse, so that the terminal's own selection works.
pub const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Starts them again.
pub const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";

static HELD: AtomicBool = AtomicBool::new(false);

/// The terminal, while squall has it.
#[derive(Debug)]
pub struct Tty(());

impl Tty {
    /// Takes the terminal.
    pub fn enter() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let told_before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                leave();
                told_before(panic);
            }));
        });
        let tty = Tty(());
        tty.take()?;
        Ok(tty)
    }

    fn take(&self) -> io::Result<()> {
        enable_raw_mode()?;
        HELD.store(true, Ordering::SeqCst);
        self.write(ENTER.as_bytes())
    }

    /// Gives it back for as long as `deed` lasts.
    pub(super) fn lend<T>(&self, deed: impl FnOnce() -> T) -> io::Result<T> {
        leave();
        let done = deed();
        self.take()?;
        Ok(done)
    }

    /// Asks it what it can do. What is typed meanwhile is given too.
    pub(super) fn ask(&self, feed: &mut Feed) -> io::Result<(Answers, VecDeque<Input>)> {
        ask_of(feed)
    }

    /// Has its window say what it shows.
    pub fn title(&self, title: &str) -> io::Result<()> {
        let title = SafeText::line(title);
        let separator = if title.is_empty() { "" } else { " · " };
        self.write(format!("\x1b]2;squall{separator}{title}\x07").as_bytes())
    }

    /// Writes to it, at once and whole.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }
}

/// Asks a terminal that nothing is shown on what it can do. The line its cursor stands in is lost.
pub fn ask() -> io::Result<Answers> {
    enable_raw_mode()?;
    let asked = ask_of(&mut Feed::default());
    disable_raw_mode()?;
    Ok(asked?.0)
}

#[cfg(unix)]
fn ask_of(feed: &mut Feed) -> io::Result<(Answers, VecDeque<Input>)> {
    let mut out = io::stdout().lock();
    out.write_all(questions().as_bytes())?;
    out.flush()?;
    let began = Instant::now();
    Answers::await_all(feed, read_within, || began.elapsed())
}

/// A console has no answers.
#[cfg(not(unix))]
fn ask_of(_: &mut Feed) -> io::Result<(Answers, VecDeque<Input>)> {
    Ok(Default::default())
}

impl Drop for Tty {
    fn drop(&mut self) {
        leave();
    }
}

/// A terminal that is gone needs nothing undone, so that failing here is no matter.
fn leave() {
    if HELD.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout().lock();
        out.write_all(LEAVE.as_bytes()).and_then(|()| out.flush()).ok();
        disable_raw_mode().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_switched_on_is_switched_off() {
        let modes = |text: &str, end: char| {
            let mut modes: Vec<String> = text
                .split("\x1b[?")
                .skip(1)
                .filter_map(|part| part.split_once(end))
                .filter(|(mode, _)| mode.chars().all(|c| c.is_ascii_digit()))
                .map(|(mode, _)| mode.to_owned())
                .collect();
            modes.sort();
            modes
        };
        let mut on = modes(ENTER, 'h');
        let mut off = modes(LEAVE, 'l');
        off.retain(|mode| mode != "2026");
        // The cursor is the one thing that is switched off on the way in.
        on.push("25".into());
        off.extend(modes(LEAVE, 'h'));
        on.sort();
        off.sort();
        assert_eq!(on, off);
    }
}
