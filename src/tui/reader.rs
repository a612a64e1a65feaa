//! What the local terminal says, read by a thread of its own: whoever waits for a terminal cannot be told to leave.

#[cfg(not(unix))]
pub(super) use self::console::Reader;
#[cfg(unix)]
pub(super) use self::unix::{Reader, read_within};

#[cfg(unix)]
mod unix {
    use std::io::{self, PipeReader, PipeWriter, pipe};
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::{Errno, read};
    use rustix::stdio::stdin;
    use tokio::sync::mpsc::Sender;

    use crate::tui::input::Input;
    use crate::tui::pane::Signal;

    /// So much is read at once.
    const BYTES: usize = 4096;

    /// Reads the terminal for as long as this lives.
    #[derive(Debug)]
    pub(in crate::tui) struct Reader {
        /// Its end is what the thread is told to stop by.
        _alive: PipeWriter,
    }

    impl Reader {
        /// Sends on what the terminal says, until the terminal is gone; before that its size, where that is another
        /// by then, so that no key is taken for one pressed in a window that is gone.
        pub(in crate::tui) fn start(sender: Sender<Signal>, mut size: (u16, u16)) -> io::Result<Reader> {
            let (stop, alive) = pipe()?;
            std::thread::spawn(move || {
                while let Ok(Some(bytes)) = next(Some(&stop), None) {
                    let before = size;
                    size = crossterm::terminal::size().unwrap_or(before);
                    let resized = Signal::Input(Input::Resize(size.0, size.1));
                    if size != before && sender.blocking_send(resized).is_err() {
                        break;
                    }
                    let signal = if bytes.is_empty() { Signal::Leave } else { Signal::Bytes(bytes) };
                    if matches!(signal, Signal::Leave) | sender.blocking_send(signal).is_err() {
                        break;
                    }
                }
            });
            Ok(Reader { _alive: alive })
        }
    }

    /// What the terminal says within a time; nothing where it says nothing.
    pub(in crate::tui) fn read_within(left: Duration) -> io::Result<Option<Vec<u8>>> {
        next(None, Some(left))
    }

    /// What the terminal says next, no bytes where it is gone; nothing when the time is over or this is to stop.
    fn next(stop: Option<&PipeReader>, left: Option<Duration>) -> io::Result<Option<Vec<u8>>> {
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        let stdin = stdin();
        loop {
            let mut ready = vec![PollFd::new(&stdin, PollFlags::IN)];
            ready.extend(stop.map(|stop| PollFd::new(stop, PollFlags::IN)));
            match poll(&mut ready, left.as_ref()) {
                Ok(0) => return Ok(None),
                Err(Errno::INTR) => continue,
                waited => waited?,
            };
            if ready.get(1).is_some_and(|stop| !stop.revents().is_empty()) {
                return Ok(None);
            }
            let mut bytes = vec![0; BYTES];
            match read(stdin, &mut bytes) {
                Ok(count) => {
                    bytes.truncate(count);
                    return Ok(Some(bytes));
                }
                Err(Errno::INTR | Errno::AGAIN) => {}
                // So a terminal that is gone is told of.
                Err(Errno::IO) => return Ok(Some(Vec::new())),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[cfg(not(unix))]
mod console {
    use std::io;

    use crossterm::event::read;
    use tokio::sync::mpsc::Sender;
    use tokio::time::Instant;

    use crate::tui::input::Door;
    use crate::tui::pane::Signal;

    /// Reads the console, which has events and no bytes, until the process ends.
    #[derive(Debug)]
    pub(in crate::tui) struct Reader;

    impl Reader {
        /// Sends on what happens.
        pub(in crate::tui) fn start(sender: Sender<Signal>, _: (u16, u16)) -> io::Result<Reader> {
            std::thread::spawn(move || {
                let (mut door, began) = (Door::default(), Instant::now());
                while let Ok(event) = read() {
                    let input = door.admit(event, began.elapsed());
                    if input.is_some_and(|input| sender.blocking_send(Signal::Input(input)).is_err()) {
                        break;
                    }
                }
            });
            Ok(Reader)
        }
    }
}
