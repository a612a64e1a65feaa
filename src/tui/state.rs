//! What one person's screen is about: where they look, what they chose, what they are in the middle of.
//!
//! It holds nothing of the wall itself but ids; a thing that somebody else removed is simply not found any more. Only
//! [`update`](super::update::update) changes it, and only [`draw`](super::view::draw) looks at it.

use std::sync::Arc;
use std::time::Duration;

use super::actions::Ground;
use super::field::Field;
use super::input::Key;
use super::keymap::Keymap;
use super::memo::Memo;
use super::place::Anchor;
use super::side::TABS;
use super::theme::Theme;
use super::tour::Tour;
use super::viewport::Viewport;
use crate::command::Command;
use crate::model::{Board, Frame, Id, Level, Mode as ArrowMode, NoteKind, PersonId, Point, Rect};
use crate::query::{Offers, Projection};
use crate::session::config::Settings;
use crate::session::saves::{ReadOnly, Saved};
use crate::session::{Past, Wall};
use crate::words::{Lang, Said};

/// Rows above and below the wall: the board's line and the keys' line.
const BARS: u16 = 1;
/// A screen lower than this is all wall.
const ROWS_WITH_BARS: u16 = 6;
/// On a screen with fewer columns the panel lies over the wall.
const COLUMNS_WITH_DOCK: u16 = 100;
/// No wider than its rows are read with ease.
const DOCK_COLUMNS_MAX: u16 = 64;

/// What the screen shows and reads, but does not own.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The wall.
    pub board: &'a Board,
    /// What is known about it.
    pub projection: &'a Projection,
    /// Whether what was done on it is on the disk.
    pub saved: &'a Saved,
    /// Why nothing can be done on it, if nothing can.
    pub read_only: Option<ReadOnly>,
    /// What undo would take back.
    pub undo: Option<&'a Said>,
    /// How it came to be; nothing where only a picture is wanted.
    pub record: Option<Record<'a>>,
}

/// How a wall came to be.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// The wall as it is now.
    pub wall: &'a Wall,
    /// What was read of it already.
    pub memo: &'a Memo,
    /// The wall as it was, where that is shown.
    pub past: Option<&'a Past>,
}

impl Scene<'_> {
    /// How far this wall goes; to the end where nobody has said so.
    pub fn level(&self) -> Level {
        self.board.level().unwrap_or(Level::Design)
    }
}

/// What the screen asks of the session around it.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Ask this of the wall.
    Perform(Command),
    /// Take my last deed back.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Put this into the clipboard.
    Copy(String),
    /// Have the wall changed as text in an editor.
    EditText,
    /// Report the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Write frames as synchronized updates, or do not.
    Sync(bool),
    /// Have signs of ASCII stand for glyphs that may be wide, or not; unless told, as the terminal wants it.
    Dress(Option<bool>),
    /// Set a setting to this.
    Set(&'static str, String),
    /// Leave.
    Quit,
}

/// What the session says to an effect.
#[derive(Clone, PartialEq, Debug)]
pub enum Reply {
    /// It happened, and made these things.
    Made(Vec<Id>),
    /// It did not happen.
    Refused(Said),
    /// Something to tell.
    Said(Said),
    /// A deed was taken back or done again, which brought these notes back.
    Back(Said, Vec<Id>),
    /// These settings are in force now.
    Settings(Settings),
    /// The wall is shown as it was; the last deed of then touched these.
    Then(Vec<Id>),
}

/// What one person's screen is about.
#[derive(Clone, PartialEq, Debug)]
pub struct State {
    /// The language it speaks.
    pub lang: Lang,
    /// Its colours.
    pub theme: Theme,
    /// What the person wants of it.
    pub settings: Settings,
    /// The keys they want.
    pub keys: Arc<Keymap>,
    /// The part of the wall it shows.
    pub window: Viewport,
    /// What keys are about.
    pub main: Option<Id>,
    /// What stays chosen while one moves on.
    pub marked: Vec<Id>,
    /// What was copied last.
    pub copied: Option<Copied>,
    /// The last deed.
    pub again: Option<Again>,
    /// The person whose screen it is.
    pub me: Option<PersonId>,
    /// Where the menu was opened, while one of its rows is run: what is new goes there.
    pub(super) spot: Option<Point>,
    /// A box that keys are growing.
    pub span: Option<Span>,
    /// What the person is in the middle of.
    pub mode: Mode,
    /// Keys of a sequence that is not complete.
    pub prefix: Vec<Key>,
    /// Whether the rest of a sequence is so late that the ways to go on are shown.
    pub waited: bool,
    /// What there is to tell, until the next key.
    pub told: Option<Told>,
    /// What was looked for last.
    pub query: String,
    /// What that found, in the order of the wall.
    pub found: Arc<[Id]>,
    /// What is lit on the wall, in the order of ids: what was found, what meets a requirement.
    pub lit: Arc<[Id]>,
    /// The places that were looked at.
    pub(super) been: Been,
    /// The panel beside the wall.
    pub side: Option<Side>,
    /// The moment that is looked at; nothing for now.
    pub then: Option<Then>,
    /// Whether the last key on the wall came from a Hangul layout, which hands it over only with the next one.
    pub hangul: bool,
    /// Whether all of the wall is shown in a corner.
    pub map: bool,
    /// The walk round the screen, while it is on.
    pub tour: Option<Tour>,
    /// Whether the terminal has the mouse.
    pub mouse_free: bool,
    /// A wording that is on its way to the wall, in case it is refused.
    pub(super) sent: Option<Writing>,
    /// Whether the person has asked to leave once.
    pub(super) leaving: bool,
    /// Language and colours where the settings leave them to the terminal.
    usual: (Lang, Theme),
    /// Whether the terminal has no arrows to show, unless the settings say otherwise.
    plain: bool,
    size: (u16, u16),
}

/// What was copied: the piece of the wall, and the same in the text form. It is kept once, however large it is.
#[derive(Clone, Debug)]
pub struct Copied(pub Arc<(Board, String)>);

impl PartialEq for Copied {
    fn eq(&self, other: &Copied) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The last deed, as it can be done once more.
#[derive(Clone, PartialEq, Debug)]
pub enum Again {
    /// What a row of the table does, with this kind.
    Row(&'static str, Option<NoteKind>),
    /// What was asked of the wall.
    Command(Command),
    /// An arrow between what is chosen and this note.
    Arrow(Aim, Id),
}

/// A box around notes, from one thing to the chosen one.
#[derive(Clone, PartialEq, Debug)]
pub struct Span {
    /// The thing it began at.
    pub from: Id,
    /// What was marked before.
    pub kept: Vec<Id>,
}

/// A sentence at the bottom of the screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// The sentence.
    pub said: Said,
    /// Whether something went wrong.
    pub bad: bool,
}

/// What a person is in the middle of.
#[derive(Clone, PartialEq, Debug)]
pub enum Mode {
    /// Looking at the wall.
    Wall,
    /// Wording a note.
    Write(Writing),
    /// Moving things.
    Carry(Carry),
    /// Making a frame or a note larger or smaller.
    Shape(Shape),
    /// Choosing a note by the letters on it.
    Pick(Pick),
    /// Pulling an arrow out of a note with the mouse.
    Pull {
        /// Where it starts.
        from: Id,
        /// The cell of the wall's window it has come to.
        to: (i32, i32),
    },
    /// Spanning a box around notes with the mouse.
    Sweep {
        /// The corner it began in.
        from: Point,
        /// The corner it has come to.
        to: Point,
        /// Whether what is marked already stays so.
        more: bool,
    },
    /// Dragging the wall.
    Pan {
        /// The cell the mouse was on last.
        last: (i32, i32),
        /// Whether it has moved at all.
        moved: bool,
    },
    /// Choosing from a list.
    List(List),
    /// Answering a question in one line.
    Ask(Ask),
    /// Typing a row of the wall as text.
    Line(Line),
    /// Going through the panel beside the wall.
    Side,
}

/// The panel beside the wall.
#[derive(Clone, PartialEq, Debug)]
pub struct Side {
    /// Which of [`TABS`](super::side::TABS) is open.
    pub tab: usize,
    /// Which of its rows is chosen.
    pub row: usize,
    /// The window as it was before somebody went through it.
    pub before: Viewport,
}

/// A moment of the wall that is looked at.
#[derive(Clone, PartialEq, Debug)]
pub struct Then {
    /// After so many deeds.
    pub shown: usize,
    /// How many deeds there are.
    pub count: usize,
    /// Whether one deed after the other happens again.
    pub plays: bool,
    /// How fast, of [`PACES`].
    pub pace: usize,
    /// The window of now.
    pub window: Viewport,
    /// What is chosen now.
    pub main: Option<Id>,
}

/// A place that was looked at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Spot {
    /// The window.
    pub(super) window: Viewport,
    /// What was chosen.
    pub(super) main: Option<Id>,
}

/// The places that were looked at, the last one last.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Been {
    /// Before this one.
    pub(super) back: Vec<Spot>,
    /// After this one, for who went back.
    pub(super) ahead: Vec<Spot>,
}

/// How many deeds a second happen again.
pub const PACES: [u32; 6] = [1, 2, 4, 8, 16, 32];

/// A note being worded.
#[derive(Clone, PartialEq, Debug)]
pub struct Writing {
    /// Which note.
    pub target: Target,
    /// What has been typed.
    pub field: Field,
}

/// Which note is being worded.
#[derive(Clone, PartialEq, Debug)]
pub enum Target {
    /// One that is on the wall.
    Old(Id),
    /// One that will be there once it says something.
    New(Draft),
}

/// A note that is not on the wall yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// What it stands for.
    pub kind: NoteKind,
    /// What it stood for before its wording said otherwise.
    pub offered: NoteKind,
    /// Whether a person chose the kind: then no wording changes it.
    pub by_hand: bool,
    /// Where it stands.
    pub anchor: Anchor,
    /// The note it will be joined to.
    pub join: Option<Join>,
}

/// How a draft will be joined to a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Join {
    /// The other note; [`Id::made`] while that one is on its way to the wall.
    pub other: Id,
    /// What the other stands for.
    pub other_kind: NoteKind,
    /// How.
    pub how: Joint,
}

/// How a draft hangs together with another note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Joint {
    /// An arrow from the other to it.
    After,
    /// An arrow from it to the other.
    Before,
    /// It is stuck on the other.
    On,
}

/// Things being moved.
#[derive(Clone, PartialEq, Debug)]
pub struct Carry {
    /// Which.
    pub things: Vec<Id>,
    /// How far by now.
    pub by: Point,
    /// Where the mouse took hold; nothing when keys move them.
    pub held: Option<Point>,
    /// Whether what lies in a frame stays where it is.
    pub alone: bool,
}

/// A frame or a note being made larger or smaller.
#[derive(Clone, PartialEq, Debug)]
pub struct Shape {
    /// Which.
    pub thing: Id,
    /// What it covers by now.
    pub rect: Rect,
    /// Which of its edges move.
    pub edges: Edges,
    /// Where the mouse was last; nothing when keys move them.
    pub held: Option<Point>,
}

/// Edges of a rectangle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Edges {
    /// The left one.
    pub left: bool,
    /// The upper one.
    pub top: bool,
    /// The right one.
    pub right: bool,
    /// The lower one.
    pub bottom: bool,
}

/// Notes with letters on them, one of which is to be chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct Pick {
    /// What it is chosen for.
    pub aim: Aim,
    /// The notes and their letters.
    pub labels: Vec<(String, Id)>,
    /// Letters typed so far.
    pub typed: String,
}

/// What a note is picked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Aim {
    /// To be chosen.
    Jump,
    /// For an arrow to it.
    ArrowTo(Option<ArrowMode>),
    /// For an arrow from it.
    ArrowFrom(Option<ArrowMode>),
    /// For the chosen notes to be stuck on it.
    Host,
}

/// A list over the wall.
#[derive(Clone, PartialEq, Debug)]
pub struct List {
    /// Of what.
    pub what: Listed,
    /// What narrows it.
    pub field: Field,
    /// What that may be completed to.
    pub offers: Offers,
    /// Which of the rows that are left is chosen.
    pub row: usize,
    /// The window as it was before, for lists that look around.
    pub before: Option<Viewport>,
    /// What the person was in the middle of, and goes on with after it.
    pub behind: Option<Box<Mode>>,
    /// The cell of the screen it was opened at, where the mouse did.
    pub at: Option<(u16, u16)>,
}

/// What a list lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listed {
    /// What can be done to what is chosen.
    Menu,
    /// The kinds that a row of the table may be run with.
    Kinds(&'static str),
    /// What a thing carries beside its wording and place; the board where nothing is named.
    Fields(Option<Id>),
    /// Keys and what they do.
    Help,
    /// The kinds of stickies and what they stand for.
    Legend,
    /// Everything that can be done.
    Palette,
    /// Notes and contexts that are looked for.
    Find,
    /// The contexts.
    Contexts,
    /// Notes that were set aside.
    Shelf,
    /// How far this wall goes.
    Level,
    /// What the person wants of every screen.
    Settings,
    /// The wordings of a note that several people worded at once.
    Wordings(Id),
}

/// A question that a line answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Ask {
    /// The question.
    pub what: Asked,
    /// The answer so far.
    pub field: Field,
}

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub enum Asked {
    /// The name of a context or a subdomain around these.
    FrameName(Frame, Vec<Id>),
    /// The name of a lane that begins at this row.
    LaneName(i32),
    /// The name of a context or a lane that is there.
    Rename(Id),
    /// Why these notes are set aside.
    AsideReason(Vec<Id>),
    /// What stands on an arrow.
    Label(Id),
    /// What a field of a thing, or of the board, is to be.
    Field(Option<Id>, &'static str),
    /// The wall's title.
    Title,
    /// What a new requirement says.
    Requirement,
    /// What a requirement that is there is to say.
    Sentence(Id),
    /// What a setting should be.
    Setting(&'static str),
}

/// A row of the wall being typed as text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Line {
    /// What has been typed.
    pub field: Field,
    /// The note that a row beginning with an arrow goes on from.
    pub after: Option<Id>,
    /// Where the row begins, where no note says so.
    pub at: Option<Point>,
    /// What it would put on the wall.
    pub row: Board,
}

impl State {
    /// A screen of this size that looks at a wall from its beginning.
    pub fn new(lang: Lang, theme: Theme, size: (u16, u16)) -> Self {
        let mut state = State {
            lang,
            theme,
            settings: Settings::default(),
            keys: Keymap::usual(),
            window: Viewport::new(size),
            main: None,
            marked: Vec::new(),
            copied: None,
            again: None,
            me: None,
            spot: None,
            span: None,
            mode: Mode::Wall,
            prefix: Vec::new(),
            waited: false,
            told: None,
            query: String::new(),
            found: Arc::default(),
            lit: Arc::default(),
            been: Been::default(),
            side: None,
            then: None,
            hangul: false,
            map: false,
            tour: None,
            mouse_free: false,
            sent: None,
            leaving: false,
            usual: (lang, theme),
            plain: false,
            size,
        };
        state.resize(size);
        state
    }

    /// A screen that shows a wall from its beginning, or asks what has to be asked of a new one.
    pub fn open(lang: Lang, theme: Theme, size: (u16, u16), scene: &Scene<'_>) -> Self {
        let mut state = State::new(lang, theme, size);
        let first = scene.projection.timeline.iter().next();
        if let Some(tile) = first.and_then(|note| scene.projection.space.tile(note)) {
            state.window.reveal(tile.rect);
        } else {
            state.window.center(Point::new(0, 0));
        }
        if scene.board.is_empty() && scene.board.level().is_none() && scene.read_only.is_none() {
            state.mode = Mode::List(List::new(Listed::Level));
        }
        state
    }

    /// Puts settings in force; what that asks of the terminal.
    pub fn settle(&mut self, settings: Settings) -> Vec<Effect> {
        let changed = |key| settings.get(key) != self.settings.get(key);
        let mut effects = Vec::new();
        if changed("mouse") {
            self.mouse_free = settings.get("mouse") == "off";
            effects.push(Effect::Mouse(!self.mouse_free));
        }
        if changed("sync") {
            effects.push(Effect::Sync(settings.get("sync") != "off"));
        }
        if changed("glyphs") {
            effects.push(Effect::Dress(match settings.get("glyphs") {
                "ascii" => Some(true),
                "all" => Some(false),
                _ => None,
            }));
        }
        self.lang = settings.lang().unwrap_or(self.usual.0);
        self.theme = self.usual.1.worn(&settings);
        if changed("profile") || changed("glyphs") || settings.keys != self.settings.keys {
            self.keys = self.keys_of(&settings);
        }
        self.settings = settings;
        effects
    }

    /// Whether the terminal shows letters and signs alone, where the settings leave it to it.
    pub fn dress(&mut self, plain: bool) {
        if plain != self.plain {
            self.plain = plain;
            self.keys = self.keys_of(&self.settings);
        }
    }

    fn keys_of(&self, settings: &Settings) -> Arc<Keymap> {
        let plain = match settings.get("glyphs") {
            "ascii" => true,
            "all" => false,
            _ => self.plain,
        };
        Arc::new(Keymap::of(settings).0.in_letters(plain))
    }

    /// The screen has this size now.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        self.window.resize((size.0 - self.dock(), size.1 - 2 * self.bars()));
    }

    /// How many columns the panel takes from the wall; none where it is closed or lies over the wall.
    pub fn dock(&self) -> u16 {
        let wide = self.size.0 >= COLUMNS_WITH_DOCK;
        self.side.as_ref().filter(|_| wide).map_or(0, |_| (self.size.0 * 3 / 10).min(DOCK_COLUMNS_MAX))
    }

    /// How long from now the next deed happens again, while that is played.
    pub fn wakes_after(&self) -> Option<Duration> {
        let then = self.then.as_ref().filter(|then| then.plays)?;
        Some(Duration::from_secs(1) / PACES[then.pace])
    }

    /// The screen's columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// How many rows there are above the wall, and as many below.
    pub fn bars(&self) -> u16 {
        if self.size.1 < ROWS_WITH_BARS { 0 } else { BARS }
    }

    /// What a deed is done to: what is marked, or else the one thing that keys are about.
    pub fn things(&self) -> &[Id] {
        if self.marked.is_empty() { self.main.as_slice() } else { &self.marked }
    }

    /// Shows the wall as it was after the first `shown` of its `count` deeds.
    pub fn show_then(&mut self, shown: usize, count: usize) {
        let then = self.then.get_or_insert_with(|| Then {
            shown: 0,
            count: 0,
            plays: false,
            pace: 1,
            window: self.window,
            main: self.main.take(),
        });
        (then.shown, then.count) = (shown.min(count), count);
        self.marked.clear();
    }

    /// Lets all of its `count` deeds happen again, about so many a second; as fast as before where nobody says.
    pub fn replay(&mut self, count: usize, speed: Option<u32>) {
        self.show_then(0, count);
        if let Some(then) = &mut self.then {
            then.plays = count > 0;
            let pace = |speed| PACES.iter().rposition(|pace| *pace <= speed).unwrap_or(0);
            then.pace = speed.map_or(then.pace, pace);
        }
    }

    /// What the keys of the wall are about.
    pub fn ground(&self, scene: &Scene<'_>) -> Ground {
        let on_arrow = self.main.is_some_and(|id| scene.board.arrows.contains_key(&id));
        match &self.then {
            Some(_) => Ground::Then,
            None if self.side_shows("requirements") => Ground::Requirements,
            None if on_arrow => Ground::Arrow,
            None => Ground::Now,
        }
    }

    /// Whether somebody goes through this tab of the panel.
    fn side_shows(&self, name: &str) -> bool {
        self.mode == Mode::Side && self.side.as_ref().is_some_and(|side| TABS[side.tab].name == name)
    }

    /// Lights these on the wall, and nothing else.
    pub fn light(&mut self, mut ids: Vec<Id>) {
        ids.sort_unstable();
        self.lit = ids.into();
    }

    /// Whether a thing is lit.
    pub fn has_lit(&self, id: Id) -> bool {
        self.lit.binary_search(&id).is_ok()
    }

    /// Whether a thing is chosen in either way.
    pub fn has_chosen(&self, id: Id) -> bool {
        self.main == Some(id) || self.marked.contains(&id)
    }
}

impl Asked {
    /// Whether the answer would alter the wall.
    pub fn is_of_wall(&self) -> bool {
        !matches!(self, Asked::Setting(_))
    }

    /// Whether it is asked in the panel, which people go on with after it.
    pub fn is_of_side(&self) -> bool {
        matches!(self, Asked::Requirement | Asked::Sentence(_))
    }
}

impl List {
    /// A list nobody has narrowed yet.
    pub fn new(what: Listed) -> Self {
        List {
            what,
            field: Field::default(),
            offers: Offers::default(),
            row: 0,
            before: None,
            behind: None,
            at: None,
        }
    }
}
