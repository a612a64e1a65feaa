//! The local terminal's loop: inputs in, pictures out, nothing while nothing happens.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{Event, read};
use ratatui::buffer::Buffer;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;
use tokio::sync::mpsc::{Receiver, channel};
use tokio::time::Instant;

use super::input::{Door, Input};
use super::screen::{Cursor, Manner, Screen};
use super::stage::Stage;
use super::state::Effect;
use super::terminal::{MOUSE_OFF, MOUSE_ON, Tty};
use super::theme::Theme;
use crate::session::config::Config;
use crate::session::{Seat, Wall};
use crate::words::Lang;

/// Between two frames passes at least this long: eyes see no more, and a drag over ssh sends less.
const FRAME: Duration = Duration::from_millis(16);

/// Events that wait to be taken in; the terminal keeps what comes beyond.
const EVENTS_MAX: usize = 1024;

/// A terminal of more columns or rows than this is not believed.
const CELLS_MAX: u16 = 1000;

/// How a terminal looks and speaks, where the settings leave it to it.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The language it speaks.
    pub lang: Lang,
    /// Its colours.
    pub theme: Theme,
    /// How it is to be written to.
    pub manner: Manner,
}

/// What a terminal shows: something that takes inputs and paints itself.
pub trait Front {
    /// Takes an input in; what it asks of the terminal, and [`Effect::Quit`] when it is done.
    fn input(&mut self, input: Input) -> Vec<Effect>;

    /// Paints all of itself over whatever the buffer holds; where the cursor stands.
    fn draw(&mut self, buffer: &mut Buffer) -> Cursor;

    /// Whether painting would only bring what was painted last.
    fn is_drawn(&self) -> bool {
        false
    }

    /// Has `news` called, from any thread, whenever there may be something new to paint.
    fn watch(&self, _news: Box<dyn Fn() + Send>) {}

    /// Takes in what is new.
    fn refresh(&mut self) {}

    /// How long it wants to wait for the next input before it is told [`Input::Waited`]; nothing where it need not be.
    fn patience(&self) -> Option<Duration> {
        None
    }
}

/// Why a terminal shows something no more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Left {
    /// The person is done with it.
    Done,
    /// The machine ended the process, or the terminal is gone.
    Told,
}

/// The local terminal, for as long as this lives.
pub struct Local {
    look: Look,
    screen: Screen,
    buffer: Buffer,
    door: Door,
    events: Receiver<Event>,
    size: (u16, u16),
    tty: Tty,
    runtime: Runtime,
}

/// A wall on the local terminal.
struct Sitting<'a> {
    wall: &'a mut Wall,
    stage: Stage,
}

impl Front for Sitting<'_> {
    fn input(&mut self, input: Input) -> Vec<Effect> {
        self.stage.input(self.wall, input)
    }

    fn draw(&mut self, buffer: &mut Buffer) -> Cursor {
        self.stage.draw(self.wall, buffer)
    }

    fn is_drawn(&self) -> bool {
        self.stage.is_drawn(self.wall)
    }

    fn watch(&self, news: Box<dyn Fn() + Send>) {
        self.wall.watch(news);
    }

    fn refresh(&mut self) {
        self.wall.refresh();
    }

    fn patience(&self) -> Option<Duration> {
        self.stage.patience()
    }
}

impl Local {
    /// Takes the terminal.
    pub fn enter(look: Look) -> io::Result<Local> {
        let (w, h) = crossterm::terminal::size()?;
        Ok(Local {
            look,
            screen: Screen::new(look.manner),
            buffer: Buffer::default(),
            door: Door::default(),
            runtime: Builder::new_current_thread().enable_all().build()?,
            tty: Tty::enter()?,
            events: events(),
            size: (w.min(CELLS_MAX), h.min(CELLS_MAX)),
        })
    }

    /// How it looks and speaks.
    pub fn look(&self) -> Look {
        self.look
    }

    /// Its columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Shows a wall until the person leaves it.
    pub fn sit(&mut self, wall: &mut Wall, seat: Seat, config: Config) -> io::Result<Left> {
        self.tty.title(wall.board().title())?;
        if config.settings().get("mouse") == "off" {
            self.tty.write(MOUSE_OFF.as_bytes())?;
        }
        let stage = Stage::new(seat, wall, config, (self.look.lang, self.look.theme), self.size);
        self.show(&mut Sitting { wall, stage })
    }

    /// Shows something until the person is done with it.
    ///
    /// It waits for what happens next, takes in all that has happened, and paints once: inputs that come together share
    /// a frame, so that a slow terminal skips pictures and never lags behind the hand. No timer runs while nothing
    /// happens.
    pub fn show(&mut self, front: &mut dyn Front) -> io::Result<Left> {
        let Local { screen, buffer, door, events, size, tty, runtime, .. } = self;
        runtime.block_on(async {
            let news = Arc::new(Notify::new());
            let teller = Arc::clone(&news);
            front.watch(Box::new(move || teller.notify_one()));
            let mut told_to_leave = std::pin::pin!(told_to_leave()?);
            let (began, mut next_frame, mut stale) = (Instant::now(), Instant::now(), true);
            let mut late = None;
            loop {
                if stale && next_frame <= Instant::now() {
                    if !front.is_drawn() {
                        let cursor = front.draw(buffer);
                        tty.write(&screen.draw(buffer, cursor))?;
                    }
                    (stale, next_frame) = (false, Instant::now() + FRAME);
                }
                tokio::select! {
                    event = events.recv() => {
                        // No more events: the terminal is gone.
                        let Some(event) = event else { return Ok(Left::Told) };
                        let mut next = Some(event);
                        while let Some(event) = next {
                            let event = believed(event);
                            if let Event::Resize(w, h) = event {
                                *size = (w, h);
                            }
                            let input = door.admit(event, began.elapsed());
                            for effect in input.map(|input| front.input(input)).unwrap_or_default() {
                                match effect {
                                    Effect::Quit => return Ok(Left::Done),
                                    Effect::Sync(on) => screen.synchronize(on),
                                    effect => carry_out(effect, tty)?,
                                }
                            }
                            next = events.try_recv().ok();
                        }
                        late = front.patience().map(|patience| Instant::now() + patience);
                    }
                    () = news.notified() => front.refresh(),
                    () = &mut told_to_leave => return Ok(Left::Told),
                    () = tokio::time::sleep_until(next_frame), if stale => {}
                    () = tokio::time::sleep_until(late.unwrap_or(next_frame)), if late.is_some() => {
                        late = None;
                        // It only shows more than it did.
                        drop(front.input(Input::Waited));
                    }
                }
                stale = true;
            }
        })
    }
}

/// What the terminal says, read by a thread of its own: crossterm's reader never comes back from a terminal that is
/// gone, and must not keep the loop that is told to leave just then.
fn events() -> Receiver<Event> {
    let (sender, events) = channel(EVENTS_MAX);
    std::thread::spawn(move || {
        while let Ok(event) = read() {
            if sender.blocking_send(event).is_err() {
                break;
            }
        }
    });
    events
}

/// A size nobody has is one that a terminal got wrong.
fn believed(event: Event) -> Event {
    match event {
        Event::Resize(w, h) => Event::Resize(w.min(CELLS_MAX), h.min(CELLS_MAX)),
        event => event,
    }
}

/// Does what is asked of the terminal itself.
fn carry_out(effect: Effect, tty: &Tty) -> io::Result<()> {
    match effect {
        Effect::Mouse(on) => tty.write(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes()),
        Effect::Copy(text) => {
            let mut copy = String::new();
            CopyToClipboard::to_clipboard_from(text).write_ansi(&mut copy).map_err(io::Error::other)?;
            tty.write(copy.as_bytes())
        }
        Effect::Perform(_)
        | Effect::Undo
        | Effect::Redo
        | Effect::Sync(_)
        | Effect::Set(..)
        | Effect::Quit => Ok(()),
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
