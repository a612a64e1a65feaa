//! What looking costs: the view against ratatui's own empty frame, and a large wall against a small one.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use squall::history::History;
use squall::query::Projection;
use squall::tui::screen::{Cursor, Manner, Screen};
use squall::tui::state::{Scene, State};
use squall::tui::theme::Theme;
use squall::tui::view::{Sprites, draw};
use squall::words::Lang;

use crate::{Ratio, wall};

const SIZE: (u16, u16) = (200, 60);
const ROUNDS: usize = 501;

/// A wall, and a screen before it that has drawn it once.
struct Seen {
    history: History,
    projection: Projection,
    state: State,
    sprites: Sprites,
    buffer: Buffer,
}

impl Seen {
    /// A wall seen so many steps smaller than its own size.
    fn of(history: History, steps: i32) -> Seen {
        let projection = Projection::of(history.board());
        let mut state = State::new(Lang::Ko, Theme::default(), SIZE);
        state.window.zoom(-steps, (0, 0));
        let mut seen =
            Seen { history, projection, state, sprites: Sprites::default(), buffer: Buffer::default() };
        seen.draw();
        seen
    }

    fn draw(&mut self) {
        let scene = Scene::still(self.history.board(), &self.projection);
        draw(&self.state, &scene, &mut self.sprites, &mut self.buffer);
    }

    /// Draws and writes what has changed since, as a terminal is shown it.
    fn frame(&mut self, screen: &mut Screen) -> usize {
        self.draw();
        screen.draw(&mut self.buffer, Cursor::default()).len()
    }
}

/// Against F, a frame in which nothing is drawn: its reset and its comparison with the one before.
pub(crate) fn run() {
    let mut empty = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a terminal of memory");
    let mut f = || empty.draw(|_| {}).map(|done| done.count);
    let names = [
        ("view: 200x60 at 100 %, against F", 1.0),
        ("view: 200x60 at 67 %, against F", 1.5),
        ("view: 200x60 at 50 %, against F", 2.0),
        ("view: 200x60 at 33 %, against F", 1.5),
        ("view: 200x60 at 20 %, chips, against F", 1.5),
        ("view: 200x60 at 12 %, letters, against F", 3.0),
        ("view: 200x60 at 6 %, heat, against F", 3.0),
        ("view: 200x60 at 3 %, heat, against F", 3.0),
        ("view: 200x60 at 1 %, heat, against F", 3.0),
    ];
    for (steps, (name, most)) in (0..).zip(names) {
        let mut seen = Seen::of(wall::history(10_000), steps);
        Ratio { name, most }.measure(ROUNDS, || seen.draw(), &mut f);
    }
    let (mut still, mut screen) = (Seen::of(wall::history(10_000), 0), Screen::new(Manner::default()));
    let name = "view: 200x60 at 100 %, a whole frame alike, against F";
    Ratio { name, most: 2.2 }.measure(ROUNDS, || still.frame(&mut screen), &mut f);
    for (steps, name, most) in [
        (0, "view: 200x60 at 100 %, a whole frame of a pan, against F", 6.0),
        (6, "view: 200x60 at 6 %, a whole frame of a pan, against F", 12.0),
    ] {
        let (mut seen, mut screen) = (Seen::of(wall::history(10_000), steps), Screen::new(Manner::default()));
        let mut by = 2;
        let mut pan = || {
            by = -by;
            seen.state.window.pan(by, 0);
            seen.frame(&mut screen)
        };
        Ratio { name, most }.measure(ROUNDS, &mut pan, &mut f);
    }
    let mut joined = Seen::of(wall::joined(10_000), 1);
    let name = "view: 200x60 at 67 %, every note with an arrow, against F";
    Ratio { name, most: 3.0 }.measure(ROUNDS, || joined.draw(), &mut f);
}

/// The same part of a large and of a small wall.
pub(crate) fn run_large() {
    for (steps, name) in [
        (0, "large: view at 100 %, 100,000 notes against 10,000"),
        (5, "large: view at 12 %, 100,000 notes against 10,000"),
        (6, "large: view at 6 %, 100,000 notes against 10,000"),
    ] {
        let (mut large, mut small) =
            (Seen::of(wall::history(100_000), steps), Seen::of(wall::history(10_000), steps));
        Ratio { name, most: 1.2 }.measure(ROUNDS, || large.draw(), || small.draw());
    }
    let panned = |notes: u64| {
        let mut seen = Seen::of(wall::history(notes), 6);
        let mut by = 2;
        move || {
            by = -by;
            seen.state.window.pan(by, 0);
            seen.draw();
        }
    };
    let name = "large: a pan at 6 %, 100,000 notes against 10,000";
    Ratio { name, most: 1.2 }.measure(ROUNDS, panned(100_000), panned(10_000));
}
