//! A person at a screen without a terminal: keys go in, the wall and what is seen of it come out.

use ratatui::buffer::Buffer;
use squall::command::{Command, decide};
use squall::history::History;
use squall::model::{Author, Board, Deed, Entry, EntryId, Id, Level, Line, PersonId};
use squall::query::Projection;
use squall::session::saves::Saved;
use squall::tui::input::{Button, Input, Key, Mods, Mouse, MouseDeed};
use squall::tui::state::{Effect, Reply, Scene, State};
use squall::tui::theme::Theme;
use squall::tui::update::update;
use squall::tui::view::{self, Sprites};
use squall::words::Lang;

/// A wall in memory and one screen before it.
pub(crate) struct Sitter {
    history: History,
    projection: Projection,
    pub(crate) state: State,
    sprites: Sprites,
    deeds: u64,
    /// What was asked of the world beside the wall.
    pub(crate) asked: Vec<Effect>,
    /// How many keys were pressed that type no letter of a wording.
    pub(crate) commands: usize,
}

impl Sitter {
    /// An empty wall of a level.
    pub(crate) fn new(level: Option<Level>, size: (u16, u16)) -> Sitter {
        let mut sitter = Sitter {
            history: History::new("wall"),
            projection: Projection::default(),
            state: State::new(Lang::Ko, Theme::default(), size),
            sprites: Sprites::default(),
            deeds: 0,
            asked: Vec::new(),
            commands: 0,
        };
        if let Some(level) = level {
            let value = level.id().into();
            sitter.perform(&Command::Set { of: None, field: "level".to_owned(), value }).unwrap();
        }
        let state = State::open(Lang::Ko, Theme::default(), size, &sitter.scene());
        sitter.state = state;
        sitter
    }

    pub(crate) fn board(&self) -> &Board {
        self.history.board()
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            board: self.history.board(),
            projection: &self.projection,
            saved: &Saved::Saved,
            read_only: None,
            undo: None,
        }
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
            let mods = Mods { ctrl: false, alt, shift };
            let (x, y) = (x.parse().unwrap(), y.parse().unwrap());
            self.input(Input::Mouse(Mouse { deed, x, y, mods }));
        }
        self
    }

    /// The cell of the screen that shows the middle of the note with this wording.
    pub(crate) fn cell_of(&self, wording: &str) -> (i32, i32) {
        let note = self.board().notes.values().find(|note| note.text() == wording).unwrap();
        let (x, y) = self.state.window.to_screen(note.rect().center());
        (x, y + i32::from(self.state.bars()))
    }

    /// Takes one input in and does what it asks for.
    pub(crate) fn input(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let scene = Scene {
                board: self.history.board(),
                projection: &self.projection,
                saved: &Saved::Saved,
                read_only: None,
                undo: None,
            };
            for effect in update(&mut self.state, &scene, input) {
                match effect {
                    Effect::Perform(command) => inputs.push(Input::Reply(match self.perform(&command) {
                        Ok(made) => Reply::Made(made),
                        Err(said) => Reply::Refused(said),
                    })),
                    other => self.asked.push(other),
                }
            }
        }
    }

    fn perform(&mut self, command: &Command) -> Result<Vec<Id>, squall::words::Said> {
        let id = EntryId { author: Author::from_random(1), counter: self.deeds + 1 };
        let changes = decide(self.history.board(), id, command).map_err(|rejection| rejection.0)?;
        self.deeds += 1;
        let made = changes.iter().filter_map(|change| change.makes()).collect();
        let deeds = (0..).zip(changes.into_iter().map(|change| Deed { change, at_mark: None })).collect();
        let entry = Entry {
            id,
            t: self.deeds,
            at: "2026-11-22T09:00:00Z".into(),
            who: PersonId("wall".into()),
            by: "민수".into(),
            part: None,
            undo: None,
            redo: None,
            deeds,
            has_unread: false,
        };
        for applied in self.history.absorb(Line::write(entry).expect("a deed of a test fits a line")) {
            self.projection.absorb(&applied);
        }
        Ok(made)
    }

    /// Draws the screen.
    pub(crate) fn draw(&mut self) -> Buffer {
        let mut buffer = Buffer::default();
        let mut sprites = std::mem::take(&mut self.sprites);
        let cursor = view::draw(&self.state, &self.scene(), &mut sprites, &mut buffer);
        self.sprites = sprites;
        assert!(buffer.area.contains(cursor.at) || buffer.area.is_empty());
        buffer
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
        let notes = self.projection.timeline.iter().map(|id| {
            let note = &board.notes[&id];
            let main = if self.state.main == Some(id) { "*" } else { "" };
            let marked = if self.state.marked.contains(&id) { "+" } else { "" };
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
