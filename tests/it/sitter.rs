//! A person at a screen without a terminal: keys go in, the wall and what is seen of it come out.

use std::sync::Arc;

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use squall::command::Command;
use squall::model::{Author, Board, Id, Level, Note, PersonId};
use squall::session::clock::StoppedClock;
use squall::session::company::{Company, Presence};
use squall::session::config::Config;
use squall::session::template::Template;
use squall::session::{News, Seat, Wall};
use squall::tui::input::{Button, Input, Key, Mods, Mouse, MouseDeed};
use squall::tui::screen::Screen;
use squall::tui::stage::Stage;
use squall::tui::state::{Effect, State};
use squall::tui::theme::Theme;
use squall::words::Lang;

/// A wall in memory and one screen before it.
pub(crate) struct Sitter {
    wall: Wall,
    stage: Stage,
    /// What was asked of the world beside the wall.
    pub(crate) asked: Vec<Effect>,
    /// How many keys were pressed that type no letter of a wording.
    pub(crate) commands: usize,
}

/// A person before any wall.
pub(crate) fn seat(author: u64) -> Seat {
    let clock = Arc::new(StoppedClock(Timestamp::UNIX_EPOCH));
    Seat::new(PersonId("sitter".into()), "민수", clock).speaking_as(Author::from_random(author))
}

impl Sitter {
    /// An empty wall of a level.
    pub(crate) fn new(level: Option<Level>, size: (u16, u16)) -> Sitter {
        Sitter::with(level, size, Theme::default())
    }

    /// The same in these colours.
    pub(crate) fn with(level: Option<Level>, size: (u16, u16), theme: Theme) -> Sitter {
        Sitter::set(level, size, theme, Config::default())
    }

    /// The same with these settings.
    pub(crate) fn set(level: Option<Level>, size: (u16, u16), theme: Theme, config: Config) -> Sitter {
        let mut wall = Wall::new("wall");
        if let Some(level) = level {
            let set = Command::Set { of: None, field: "level".to_owned(), value: level.id().into() };
            seat(1).perform(&mut wall, &set).expect("a wall takes a level");
        }
        let stage = Stage::new(seat(2), &wall, config, (Lang::Ko, theme), size);
        Sitter { wall, stage, asked: Vec::new(), commands: 0 }
    }

    /// Before a sample wall.
    pub(crate) fn at_sample(id: &str, size: (u16, u16), theme: Theme) -> Sitter {
        let template = Template::named(id).expect("a sample has this name");
        let wall = template.wall(Lang::Ko, &mut seat(1)).expect("a sample can be copied");
        let stage = Stage::new(seat(2), &wall, Config::default(), (Lang::Ko, theme), size);
        Sitter { wall, stage, asked: Vec::new(), commands: 0 }
    }

    /// Has another person do something to a copy of the wall, which is brought here with [`Sitter::bring`].
    pub(crate) fn elsewhere(&self, author: u64, command: &Command) -> Wall {
        let mut wall = Wall::of(&self.board().id, self.wall.history().lines().iter().cloned());
        seat(author).perform(&mut wall, command).expect("the other one may do this");
        wall
    }

    /// Takes in what happened on a copy of the wall.
    pub(crate) fn bring(&mut self, other: &Wall) {
        self.wall.add(other.history().lines().to_vec()).expect("the wall may be written");
    }

    /// Does what no key does.
    pub(crate) fn perform(&mut self, command: &Command) -> Vec<Id> {
        seat(3).perform(&mut self.wall, command).expect("it may be done").made
    }

    pub(crate) fn board(&self) -> &Board {
        self.wall.board()
    }

    pub(crate) fn state(&self) -> &State {
        self.stage.state()
    }

    /// Presses keys, by the names the table gives them; `'주문_접수됨` types a text, `_` being a space.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Sitter {
        for name in keys.split_whitespace() {
            if let Some(text) = name.strip_prefix('\'') {
                text.chars().for_each(|c| self.input(Input::Key(Key::typed(if c == '_' { ' ' } else { c }))));
            } else {
                self.commands += 1;
                self.input(Input::Key(name.parse().unwrap_or_else(|()| panic!("no key: {name}"))));
            }
        }
        self
    }

    /// Moves the mouse: `press 10 5`, `drag 12 5`, `release 12 5`, `double 3 3`, `up 4 4`, `down 4 4`; `shift-press` marks.
    pub(crate) fn mouse(&mut self, deeds: &str) -> &mut Sitter {
        for deed in deeds.split(", ") {
            let [name, x, y] = deed.split(' ').collect::<Vec<_>>()[..] else {
                panic!("no mouse deed: {deed}")
            };
            let (shift, name) = name.strip_prefix("shift-").map_or((false, name), |name| (true, name));
            let (ctrl, name) = name.strip_prefix("ctrl-").map_or((false, name), |name| (true, name));
            let (alt, name) = name.strip_prefix("alt-").map_or((false, name), |name| (true, name));
            let deed = match name {
                "press" => MouseDeed::Press(Button::Left),
                "right" => MouseDeed::Press(Button::Right),
                "double" => MouseDeed::DoublePress,
                "drag" => MouseDeed::Drag(Button::Left),
                "release" => MouseDeed::Release(Button::Left),
                "up" => MouseDeed::WheelUp,
                "down" => MouseDeed::WheelDown,
                _ => panic!("no mouse deed: {name}"),
            };
            let mods = Mods { ctrl, alt, shift };
            let [x, y] = [x, y].map(|v| v.parse().unwrap_or_else(|_| panic!("no cell: {v}")));
            self.input(Input::Mouse(Mouse { deed, x, y, mods }));
        }
        self
    }

    /// The cell of the screen that shows the middle of the note with this wording.
    pub(crate) fn cell_of(&self, wording: &str) -> (i32, i32) {
        let mut notes = self.board().notes.values();
        let note = notes.find(|note| note.text() == wording).expect("a note says this");
        let (x, y) = self.state().window.to_screen(note.rect().center());
        (x, y + i32::from(self.state().bars()))
    }

    /// The cells of the screen that show the middle of the notes of which all is in sight.
    pub(crate) fn notes_in_sight(&self) -> Vec<(i32, i32)> {
        let window = &self.state().window;
        let notes = self.board().notes.values().filter(|note| window.seen().encloses(note.rect()));
        let cell = |note: &Note| window.to_screen(note.rect().center());
        notes.map(cell).map(|(x, y)| (x, y + i32::from(self.state().bars()))).collect()
    }

    /// Others are there, and the net told this.
    pub(crate) fn meet(&mut self, company: Company, news: Vec<News>) {
        self.asked.extend(self.stage.meet(&mut self.wall, company, news));
    }

    /// What others were told last.
    pub(crate) fn shown(&self) -> Option<&Presence> {
        self.stage.shown()
    }

    pub(crate) fn wall(&self) -> &Wall {
        &self.wall
    }

    /// Takes one input in and does what it asks for.
    pub(crate) fn input(&mut self, input: Input) {
        self.asked.extend(self.stage.input(&mut self.wall, input));
    }

    /// Waits for what is found out aside until the screen has come to this.
    pub(crate) fn until(&mut self, is_so: impl Fn(&State) -> bool) {
        let (teller, news) = std::sync::mpsc::channel();
        // Nobody listens any more once it has come to this.
        self.wall.watch(move || teller.send(()).unwrap_or_default());
        while !is_so(self.state()) {
            self.asked.extend(self.stage.refresh(&mut self.wall));
            if !is_so(self.state()) {
                news.recv_timeout(std::time::Duration::from_secs(120)).expect("there is news in time");
            }
        }
    }

    /// Draws the screen.
    pub(crate) fn draw(&mut self) -> Buffer {
        let mut buffer = Buffer::default();
        let cursor = self.stage.draw(&self.wall, &mut buffer);
        assert!(buffer.area.contains(cursor.at) || buffer.area.is_empty());
        buffer
    }

    /// The bytes of the next frame, as the loop before a terminal makes it.
    pub(crate) fn frame(&mut self, screen: &mut Screen, buffer: &mut Buffer) -> Vec<u8> {
        if self.stage.is_drawn(&self.wall) {
            return Vec::new();
        }
        let cursor = self.stage.draw(&self.wall, buffer);
        screen.draw(buffer, cursor)
    }

    /// The rows of the screen as text.
    pub(crate) fn screen(&mut self) -> String {
        text_of(&self.draw())
    }

    /// The wall in one line: notes in the order of time with their letters, `*` before what keys are about, `+` before
    /// what is marked; then arrows; then frames.
    pub(crate) fn told(&self) -> String {
        let board = self.board();
        let name = |id: &Id| board.notes.get(id).map_or("?", |note| note.text());
        let notes = self.wall.projection().timeline.iter().map(|id| {
            let note = &board.notes[&id];
            let main = if self.state().main == Some(id) { "*" } else { "" };
            let marked = if self.state().marked.contains(&id) { "+" } else { "" };
            format!("{main}{marked}{} {}", note.kind.row().tag, note.text())
        });
        let arrows = board.arrows.values().map(|arrow| {
            let sign = arrow.mode().map_or(">", |mode| if mode.id() == "sync" { "=>" } else { "~>" });
            format!("{} {sign} {}", name(&arrow.from), name(&arrow.to))
        });
        let frames = board.contexts.values().map(|context| format!("[{}]", context.name()));
        notes.chain(arrows).chain(frames).collect::<Vec<_>>().join(" · ")
    }
}

/// The rows of a screen as text, each wide glyph once.
pub(crate) fn text_of(buffer: &Buffer) -> String {
    use ratatui::buffer::CellWidth;
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            row.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}
