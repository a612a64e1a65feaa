//! What looking costs: the view against ratatui's own empty frame, and a large wall against a small one.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use squall::history::History;
use squall::query::Projection;
use squall::session::saves::Saved;
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
    /// A wall with so many notes, seen so many steps smaller than its own size.
    fn of(notes: u64, steps: i32) -> Seen {
        let history = wall::history(notes);
        let projection = Projection::of(history.board());
        let mut state = State::new(Lang::Ko, Theme::default(), SIZE);
        state.window.zoom(-steps, (0, 0));
        let mut seen =
            Seen { history, projection, state, sprites: Sprites::default(), buffer: Buffer::default() };
        seen.draw();
        seen
    }

    fn draw(&mut self) {
        let scene = Scene {
            board: self.history.board(),
            projection: &self.projection,
            saved: &Saved::Saved,
            read_only: None,
            undo: None,
            record: None,
        };
        draw(&self.state, &scene, &mut self.sprites, &mut self.buffer);
    }
}

/// The view alone; F is a frame in which nothing is drawn: its reset and its comparison with the one before.
pub(crate) fn run() {
    let mut empty = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a terminal of memory");
    let mut frame = || empty.draw(|_| {}).map(|done| done.count);
    let names = [
        ("view: 200x60 at 100 %, against F", 1.2),
        ("view: 200x60 at 67 %, against F", 1.5),
        ("view: 200x60 at 50 %, against F", 2.0),
        ("view: 200x60 at 33 %, against F", 2.0),
        ("view: 200x60 at 20 %, against F", 3.0),
        ("view: 200x60 at 12 %, against F", 3.0),
    ];
    for (steps, (name, most)) in (0..).zip(names) {
        let mut seen = Seen::of(10_000, steps);
        Ratio { name, most }.measure(ROUNDS, || seen.draw(), &mut frame);
    }
    let (mut large, mut small) = (Seen::of(100_000, 0), Seen::of(10_000, 0));
    let name = "view: 200x60 at 100 %, 100,000 notes against 10,000";
    Ratio { name, most: 1.2 }.measure(ROUNDS, || large.draw(), || small.draw());
}
