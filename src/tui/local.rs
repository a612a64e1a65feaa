//! The local terminal: what it is asked at first, what is heard from it, and what it shows.

use std::io;
use std::time::Duration;

use ratatui::buffer::Buffer;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::feed::Feed;
use super::input::Input;
use super::pane::{Pane, Signal};
use super::probe::Answers;
use super::reader::Reader;
use super::screen::{Cursor, Manner, Screen};
use super::stage::Stage;
use super::state::Effect;
use super::terminal::{MOUSE_OFF, Tty};
use super::theme::Theme;
use crate::session::config::Config;
use crate::session::{Seat, Wall};
use crate::words::Lang;

/// Signals that wait to be taken in; the terminal keeps what comes beyond.
const SIGNALS_MAX: usize = 64;

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

    /// Takes in what is new; what that asks of the terminal.
    fn refresh(&mut self) -> Vec<Effect> {
        Vec::new()
    }

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
    /// An editor is to have the terminal for a while.
    ForEditor,
    /// The machine ended the process, or the terminal is gone.
    Told,
}

/// The local terminal, for as long as this lives.
pub struct Local {
    look: Look,
    pane: Pane,
    signals: Receiver<Signal>,
    tty: Tty,
    /// Nobody reads while an editor has the terminal.
    reader: Option<Reader>,
    sender: Sender<Signal>,
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

    fn refresh(&mut self) -> Vec<Effect> {
        self.stage.refresh(self.wall)
    }

    fn patience(&self) -> Option<Duration> {
        self.stage.patience()
    }
}

impl Local {
    /// Takes the terminal; `decide` says how it looks, by what it said of itself.
    pub fn enter(decide: impl FnOnce(&Answers) -> Look) -> io::Result<Local> {
        let size = crossterm::terminal::size()?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let tty = Tty::enter()?;
        let mut feed = Feed::default();
        let (answers, typed) = tty.ask(&mut feed)?;
        let look = decide(&answers);
        let (sender, signals) = channel(SIGNALS_MAX);
        let reader = Some(Reader::start(sender.clone(), size)?);
        {
            let _guard = runtime.enter();
            told_to_leave(&sender)?;
            resized(sender.clone())?;
        }
        let pane = Pane::new(Screen::new(look.manner), size, feed, typed);
        Ok(Local { look, pane, signals, tty, reader, sender, runtime })
    }

    /// How it looks and speaks.
    pub fn look(&self) -> Look {
        self.look
    }

    /// Its columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.pane.size
    }

    /// Shows a wall until the person leaves it, walked round where they want that.
    pub fn sit(&mut self, wall: &mut Wall, seat: Seat, config: Config, walked: bool) -> io::Result<Left> {
        let begin = |stage: &mut Stage, wall: &Wall| {
            if walked {
                stage.walk(wall);
            }
        };
        self.sit_from(wall, seat, config, begin)
    }

    /// Shows how a wall came to be, about so many deeds a second, and then the wall.
    pub fn replay(
        &mut self,
        wall: &mut Wall,
        seat: Seat,
        config: Config,
        speed: Option<u32>,
    ) -> io::Result<Left> {
        self.sit_from(wall, seat, config, |stage, wall| stage.replay(wall, speed))
    }

    fn sit_from(
        &mut self,
        wall: &mut Wall,
        seat: Seat,
        config: Config,
        begin: impl FnOnce(&mut Stage, &Wall),
    ) -> io::Result<Left> {
        self.tty.title(wall.board().title())?;
        if config.settings().get("mouse") == "off" {
            self.tty.write(MOUSE_OFF.as_bytes())?;
        }
        let mut stage = Stage::new(seat, wall, config, (self.look.lang, self.look.theme), self.pane.size);
        stage.dress(self.look.manner.ascii);
        begin(&mut stage, wall);
        let mut sitting = Sitting { wall, stage };
        loop {
            match self.show(&mut sitting)? {
                Left::ForEditor => self.edit(&mut sitting)?,
                left => return Ok(left),
            }
        }
    }

    /// Leaves the terminal to the person's editor, and takes it again as it was.
    fn edit(&mut self, Sitting { wall, stage }: &mut Sitting<'_>) -> io::Result<()> {
        self.reader = None;
        self.tty.lend(|| stage.edit_text(wall))?;
        self.tty.title(wall.board().title())?;
        if stage.state().mouse_free {
            self.tty.write(MOUSE_OFF.as_bytes())?;
        }
        self.pane.screen.forget();
        self.reader = Some(Reader::start(self.sender.clone(), self.pane.size)?);
        Ok(())
    }

    /// Shows something until the person is done with it.
    pub fn show(&mut self, front: &mut dyn Front) -> io::Result<Left> {
        let Local { pane, signals, tty, runtime, .. } = self;
        runtime.block_on(pane.show(front, signals, &mut |bytes| tty.write(bytes)))
    }
}

/// Tells when the terminal has another size.
#[cfg(unix)]
fn resized(sender: Sender<Signal>) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut resized = signal(SignalKind::window_change())?;
    tokio::spawn(async move {
        while resized.recv().await.is_some() {
            let Ok((w, h)) = crossterm::terminal::size() else { continue };
            if sender.send(Signal::Input(Input::Resize(w, h))).await.is_err() {
                break;
            }
        }
    });
    Ok(())
}

/// A console tells of its size as of anything else that happens.
#[cfg(not(unix))]
fn resized(_: Sender<Signal>) -> io::Result<()> {
    Ok(())
}

/// Tells when the machine tells this process to end.
#[cfg(unix)]
fn told_to_leave(sender: &Sender<Signal>) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()] {
        let (mut told, sender) = (signal(kind)?, sender.clone());
        tokio::spawn(async move {
            if told.recv().await.is_some() {
                drop(sender.send(Signal::Leave).await);
            }
        });
    }
    Ok(())
}

/// Tells when the machine tells this process to end.
#[cfg(not(unix))]
fn told_to_leave(sender: &Sender<Signal>) -> io::Result<()> {
    let sender = sender.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            drop(sender.send(Signal::Leave).await);
        }
    });
    Ok(())
}
