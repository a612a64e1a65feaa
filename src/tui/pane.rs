//! The loop before a screen: what is heard goes in, pictures go out, nothing while nothing happens.
//!
//! It has no terminal: signals come through a channel and bytes go to whoever writes them, so that its pace can be
//! tested with a clock that stands still.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use ratatui::buffer::Buffer;
use tokio::sync::Notify;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep_until};

use super::feed::{Feed, Heard};
use super::input::Input;
use super::local::{Front, Left};
use super::screen::Screen;
use super::state::Effect;
use super::terminal::{MOUSE_OFF, MOUSE_ON};

/// Between two frames passes at least this long: eyes see no more, and a drag over ssh sends less.
const FRAME: Duration = Duration::from_millis(16);

/// A terminal of more columns or rows than this is not believed.
const CELLS_MAX: u16 = 1000;

/// What reaches the loop from outside.
#[derive(Debug)]
pub(super) enum Signal {
    /// The terminal sent this.
    Bytes(Vec<u8>),
    /// Something happened that is no bytes.
    Input(Input),
    /// The machine tells this process to end.
    Leave,
}

/// A terminal's picture and what is heard before it.
pub(super) struct Pane {
    pub(super) screen: Screen,
    pub(super) size: (u16, u16),
    buffer: Buffer,
    feed: Feed,
    /// Inputs that nothing has taken in yet.
    waiting: VecDeque<Input>,
    began: Instant,
    /// When bytes came last.
    fed: Instant,
}

impl Pane {
    pub(super) fn new(screen: Screen, size: (u16, u16), feed: Feed, waiting: VecDeque<Input>) -> Pane {
        let now = Instant::now();
        Pane { screen, size: believed(size), buffer: Buffer::default(), feed, waiting, began: now, fed: now }
    }

    /// Shows something until the person is done with it.
    ///
    /// It waits for what happens next, takes in all that has happened, and paints once: inputs that come together share
    /// a frame, so that a slow terminal skips pictures and never lags behind the hand. No timer runs while nothing
    /// happens.
    pub(super) async fn show(
        &mut self,
        front: &mut dyn Front,
        signals: &mut Receiver<Signal>,
        write: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<Left> {
        let news = Arc::new(Notify::new());
        let teller = Arc::clone(&news);
        front.watch(Box::new(move || teller.notify_one()));
        let (mut next_frame, mut is_stale, mut late) = (Instant::now(), true, None);
        loop {
            if let Some(left) = self.take_in(front, write)? {
                return Ok(left);
            }
            late = front.patience().map(|patience| late.unwrap_or_else(|| Instant::now() + patience));
            if is_stale && next_frame <= Instant::now() {
                is_stale = false;
                if self.screen.is_stale() || !front.is_drawn() {
                    let cursor = front.draw(&mut self.buffer);
                    write(&self.screen.draw(&mut self.buffer, cursor))?;
                    next_frame = Instant::now() + FRAME;
                }
            }
            let patience = self.feed.patience();
            tokio::select! {
                // What has come goes before what has not.
                biased;
                signal = signals.recv() => {
                    let mut next = signal.or(Some(Signal::Leave));
                    while let Some(signal) = next {
                        match signal {
                            Signal::Bytes(bytes) => self.hear(&bytes),
                            Signal::Input(input) => self.waiting.push_back(input),
                            Signal::Leave => return Ok(Left::Told),
                        }
                        next = signals.try_recv().ok();
                    }
                    is_stale = true;
                }
                () = news.notified() => {
                    let effects = front.refresh();
                    if let Some(left) = self.heed(effects, write)? {
                        return Ok(left);
                    }
                    is_stale = true;
                }
                () = sleep_until(self.fed + patience.unwrap_or_default()), if patience.is_some() => {
                    let heard = self.feed.give_up(self.began.elapsed());
                    self.waiting.extend(inputs(heard));
                    is_stale = true;
                }
                () = sleep_until(late.unwrap_or(next_frame)), if late.is_some() => {
                    late = None;
                    self.waiting.push_back(Input::Waited);
                    is_stale = true;
                }
                () = sleep_until(next_frame), if is_stale => {}
            }
        }
    }

    fn hear(&mut self, bytes: &[u8]) {
        self.fed = Instant::now();
        let heard = self.feed.take(bytes, self.began.elapsed());
        self.waiting.extend(inputs(heard));
    }

    /// Takes in what waits.
    fn take_in(
        &mut self,
        front: &mut dyn Front,
        write: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<Option<Left>> {
        while let Some(mut input) = self.waiting.pop_front() {
            if let Input::Resize(w, h) = &mut input {
                self.size = believed((*w, *h));
                (*w, *h) = self.size;
                // A window that went through other sizes in between has lost what it cut off.
                self.screen.forget();
            }
            if let Some(left) = self.heed(front.input(input), write)? {
                return Ok(Some(left));
            }
        }
        Ok(None)
    }

    /// Does what is asked of the terminal; whether it is to show something else.
    fn heed(
        &mut self,
        effects: Vec<Effect>,
        write: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<Option<Left>> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Some(Left::Done)),
                Effect::EditText => return Ok(Some(Left::ForEditor)),
                Effect::Sync(on) => self.screen.synchronize(on),
                Effect::Dress(ascii) => self.screen.dress(ascii),
                Effect::Mouse(on) => write(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())?,
                Effect::Copy(text) => {
                    let mut copy = String::new();
                    CopyToClipboard::to_clipboard_from(text)
                        .write_ansi(&mut copy)
                        .map_err(io::Error::other)?;
                    write(copy.as_bytes())?;
                }
                Effect::Perform(_)
                | Effect::Undo
                | Effect::Redo
                | Effect::Set(..)
                | Effect::Control(_)
                | Effect::Withdraw(_)
                | Effect::Propose
                | Effect::Make(_)
                | Effect::Fetch(_)
                | Effect::Remap(..)
                | Effect::TakeIn(_)
                | Effect::Complete(_)
                | Effect::LetGo => {}
            }
        }
        Ok(None)
    }
}

/// Answers that come when nobody waits for them any more are passed over.
fn inputs(heard: Vec<Heard>) -> impl Iterator<Item = Input> {
    heard.into_iter().filter_map(|heard| match heard {
        Heard::Input(input) => Some(input),
        Heard::Answer(_) => None,
    })
}

/// A size nobody has is one that a terminal got wrong.
fn believed((w, h): (u16, u16)) -> (u16, u16) {
    (w.clamp(1, CELLS_MAX), h.clamp(1, CELLS_MAX))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use tokio::sync::mpsc::{Sender, channel};
    use tokio::time::sleep;

    use super::*;
    use crate::tui::canvas::Canvas;
    use crate::tui::input::{Code, Key};
    use crate::tui::screen::{Cursor, Manner};

    type Bell = Box<dyn Fn() + Send>;

    /// Shows what it heard last, and leaves at `q`.
    #[derive(Default)]
    struct Echo {
        heard: Vec<Input>,
        /// What calls for it when there is news.
        bell: Arc<Mutex<Option<Bell>>>,
        news: usize,
        drawn: usize,
    }

    impl Front for Echo {
        fn input(&mut self, input: Input) -> Vec<Effect> {
            let is_last = input == Input::Key(Key::typed('q'));
            self.heard.push(input);
            if is_last { vec![Effect::Quit] } else { Vec::new() }
        }

        fn draw(&mut self, buffer: &mut Buffer) -> Cursor {
            self.drawn = self.heard.len() + self.news + 1;
            buffer.resize(Rect::new(0, 0, 20, 2));
            Canvas::new(buffer).print(0, 0, &self.drawn.to_string(), Style::new());
            Cursor::default()
        }

        fn is_drawn(&self) -> bool {
            self.drawn == self.heard.len() + self.news + 1
        }

        fn watch(&self, news: Bell) {
            *self.bell.lock().unwrap() = Some(news);
        }

        fn refresh(&mut self) -> Vec<Effect> {
            self.news += 1;
            Vec::new()
        }
    }

    /// What was heard of what `play` sends, and how many frames were written until then. The clock goes on only when
    /// everybody waits.
    fn watch<F: Future<Output = ()>>(play: impl FnOnce(Sender<Signal>) -> F) -> (Vec<Input>, usize) {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let (sender, mut signals) = channel(64);
            let (mut front, mut frames) = (Echo::default(), 0);
            let mut pane =
                Pane::new(Screen::new(Manner::default()), (80, 24), Feed::default(), VecDeque::new());
            let mut write = |_: &[u8]| {
                frames += 1;
                Ok(())
            };
            let (left, ()) = tokio::join!(pane.show(&mut front, &mut signals, &mut write), play(sender));
            assert!(left.is_ok());
            (front.heard, frames)
        })
    }

    /// How many frames are written while news comes so often, a millisecond between, and then none for an hour.
    fn frames_of(news: usize) -> usize {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let (sender, mut signals) = channel(4);
            let (mut front, mut frames) = (Echo::default(), 0);
            let bell = Arc::clone(&front.bell);
            let mut pane =
                Pane::new(Screen::new(Manner::default()), (80, 24), Feed::default(), VecDeque::new());
            let play = async {
                sleep(Duration::from_millis(100)).await;
                for nth in 0..news {
                    bell.lock().unwrap().as_ref().unwrap()();
                    if nth % 2 == 1 {
                        sleep(Duration::from_millis(1)).await;
                    }
                }
                sleep(Duration::from_secs(3_600)).await;
                drop(sender);
            };
            let mut write = |_: &[u8]| {
                frames += 1;
                Ok(())
            };
            let (left, ()) = tokio::join!(pane.show(&mut front, &mut signals, &mut write), play);
            assert!(left.is_ok());
            frames
        })
    }

    #[test]
    fn thirty_news_within_a_frame_are_one_frame_and_none_are_none() {
        // The first picture; the first news at once, the others together.
        assert_eq!([frames_of(0), frames_of(1), frames_of(30)], [1, 2, 3]);
    }

    async fn send(sender: &Sender<Signal>, bytes: &[u8]) {
        sender.send(Signal::Bytes(bytes.to_vec())).await.unwrap();
    }

    #[test]
    fn thirty_inputs_within_a_frame_are_one_frame() {
        let (heard, frames) = watch(|sender| async move {
            sleep(Duration::from_millis(100)).await;
            send(&sender, b"x").await;
            sleep(Duration::from_millis(1)).await;
            for _ in 0..10 {
                send(&sender, b"y").await;
                send(&sender, b"yy").await;
                sleep(Duration::from_millis(1)).await;
            }
            sleep(Duration::from_secs(1)).await;
            sender.send(Signal::Leave).await.unwrap();
        });
        // The first picture, the first key at once, the thirty together.
        assert_eq!((heard.len(), frames), (31, 3));
    }

    #[test]
    fn while_nothing_happens_there_is_no_frame_and_no_timer() {
        let (_, frames) = watch(|sender| async move {
            sleep(Duration::from_secs(86_400)).await;
            drop(sender);
        });
        assert_eq!(frames, 1);
    }

    #[test]
    fn a_lone_escape_is_a_key_after_a_moment_and_one_in_front_of_a_sequence_never() {
        let (heard, _) = watch(|sender| async move {
            send(&sender, b"\x1b").await;
            sleep(Duration::from_millis(30)).await;
            send(&sender, b"[A\x1b").await;
            sleep(Duration::from_millis(50)).await;
            send(&sender, b"[q").await;
        });
        let keys = [Code::Up, Code::Esc, Code::Char('['), Code::Char('q')];
        assert_eq!(heard, keys.map(|code| Input::Key(Key::plain(code))));
    }

    #[test]
    fn what_comes_after_leaving_is_kept_for_what_is_shown_next() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (sender, mut signals) = channel(4);
            let mut pane =
                Pane::new(Screen::new(Manner::default()), (80, 24), Feed::default(), VecDeque::new());
            send(&sender, b"qyq").await;
            for expected in [1, 2] {
                let mut front = Echo::default();
                let shown = pane.show(&mut front, &mut signals, &mut |_| Ok(())).await;
                assert!(matches!(shown, Ok(Left::Done)));
                assert_eq!(front.heard.len(), expected);
            }
        });
    }

    #[test]
    fn a_size_that_nobody_has_is_not_believed() {
        let (heard, _) = watch(|sender| async move {
            sender.send(Signal::Input(Input::Resize(0, 65_535))).await.unwrap();
            sender.send(Signal::Leave).await.unwrap();
        });
        assert!(heard.is_empty() || heard == [Input::Resize(1, CELLS_MAX)]);
    }
}
