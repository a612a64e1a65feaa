//! Look and touch: a state, what changes it, and what it looks like.
//!
//! An [`Input`](input::Input) goes to [`update`](update::update), which finds the row of [`ACTIONS`](actions::ACTIONS) and
//! asks the session for [`Effect`](state::Effect)s; [`draw`](view::draw) paints the state and the wall into a buffer, and
//! a [`Screen`](screen::Screen) makes bytes of it. A [`Stage`](stage::Stage) holds these together; [`run`] gives it the
//! local terminal. No timer runs while nothing happens.

pub mod actions;
pub mod canvas;
pub mod field;
pub mod input;
pub mod jamo;
pub mod list;
pub mod picker;
pub mod picture;
pub mod place;
pub mod route;
pub mod screen;
pub mod stage;
pub mod state;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod view;
pub mod viewport;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{Event, EventStream};
use futures_util::{FutureExt as _, StreamExt as _};
use ratatui::buffer::Buffer;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::model::text::SafeText;
use crate::session::{Seat, Wall};
use crate::words::Lang;
use input::Door;
use screen::{Manner, Screen};
use stage::Stage;
use state::Effect;
use terminal::Tty;
use theme::Theme;

/// Between two frames passes at least this long: eyes see no more, and a drag over ssh sends less.
const FRAME: Duration = Duration::from_millis(16);

/// A terminal larger than this is not believed.
const CELLS_MAX: u16 = 1000;

/// How a screen looks and speaks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The language it speaks.
    pub lang: Lang,
    /// Its colours.
    pub theme: Theme,
    /// How its terminal is to be written to.
    pub manner: Manner,
}

/// Shows a wall on the local terminal until the person leaves or the terminal goes.
pub fn run(wall: &mut Wall, seat: Seat, look: Look) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let title = SafeText::line(wall.board().title()).into_string();
    let tty = Tty::enter(&format!("squall · {title}"))?;
    runtime.block_on(Local::new(wall, seat, look, &tty)?.run())
}

/// One screen on the local terminal.
struct Local<'a> {
    wall: &'a mut Wall,
    stage: Stage,
    tty: &'a Tty,
    screen: Screen,
    buffer: Buffer,
    door: Door,
    began: Instant,
}

impl<'a> Local<'a> {
    fn new(wall: &'a mut Wall, seat: Seat, look: Look, tty: &'a Tty) -> io::Result<Self> {
        let (w, h) = crossterm::terminal::size()?;
        let stage = Stage::new(seat, wall, look.lang, look.theme, (w.min(CELLS_MAX), h.min(CELLS_MAX)));
        Ok(Local {
            wall,
            stage,
            tty,
            screen: Screen::new(look.manner),
            buffer: Buffer::default(),
            door: Door::default(),
            began: Instant::now(),
        })
    }

    /// Waits for what happens next, takes in all that has happened, and draws once. Inputs that came meanwhile share a
    /// frame, so that a slow terminal skips pictures and never lags behind the hand.
    async fn run(mut self) -> io::Result<()> {
        let news = Arc::new(Notify::new());
        let teller = Arc::clone(&news);
        self.wall.watch(move || teller.notify_one());
        let mut events = EventStream::new();
        let mut told_to_leave = std::pin::pin!(told_to_leave()?);
        let mut next_frame = Instant::now();
        let mut stale = true;
        loop {
            if stale && next_frame <= Instant::now() {
                self.draw()?;
                (stale, next_frame) = (false, Instant::now() + FRAME);
            }
            tokio::select! {
                event = events.next() => {
                    let mut next = Some(event);
                    while let Some(event) = next {
                        // No more events: the terminal went.
                        let Some(Ok(event)) = event else { return Ok(()) };
                        if !self.take_in(event)? {
                            return Ok(());
                        }
                        next = events.next().now_or_never();
                    }
                }
                () = news.notified() => {
                    self.wall.refresh();
                }
                () = &mut told_to_leave => return Ok(()),
                () = tokio::time::sleep_until(next_frame), if stale => {}
            }
            stale = true;
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let cursor = self.stage.draw(self.wall, &mut self.buffer);
        let bytes = self.screen.draw(&mut self.buffer, cursor);
        if bytes.is_empty() { Ok(()) } else { self.tty.write(&bytes) }
    }

    /// Takes an event in; whether the person stays.
    fn take_in(&mut self, event: Event) -> io::Result<bool> {
        let event = match event {
            Event::Resize(w, h) => Event::Resize(w.min(CELLS_MAX), h.min(CELLS_MAX)),
            event => event,
        };
        let Some(input) = self.door.admit(event, self.began.elapsed()) else { return Ok(true) };
        for effect in self.stage.input(self.wall, input) {
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Mouse(on) => {
                    self.tty.write(if on { terminal::MOUSE_ON } else { terminal::MOUSE_OFF }.as_bytes())?;
                }
                Effect::Copy(text) => {
                    let mut copy = String::new();
                    CopyToClipboard::to_clipboard_from(text)
                        .write_ansi(&mut copy)
                        .map_err(io::Error::other)?;
                    self.tty.write(copy.as_bytes())?;
                }
                Effect::Perform(_) | Effect::Undo | Effect::Redo => {}
            }
        }
        Ok(true)
    }
}

/// Ends when the machine tells this process to end.
#[cfg(unix)]
fn told_to_leave() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ends when the machine tells this process to end.
#[cfg(not(unix))]
fn told_to_leave() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    })
}
