//! What one person's screen is about: where they look, what they chose, what they are in the middle of.
//!
//! It holds nothing of the wall itself but ids; a thing that somebody else removed is simply not found any more. Only
//! [`update`](super::update::update) changes it, and only [`draw`](super::view::draw) looks at it.

mod incoming;
mod mode;
mod scene;
mod tale;

use std::sync::Arc;
use std::time::Duration;

use super::actions::Ground;
use super::chart::Chart;
use super::input::Key;
use super::keymap::Keymap;
use super::side::TABS;
use super::theme::Theme;
use super::together::{PULSE, Together};
use super::tour::Tour;
use super::viewport::Viewport;
use crate::command::Command;
use crate::model::{Board, Id, NoteKind, PersonId, Point, Rect};
use crate::query::outline::Party;
use crate::session::config::Settings;
use crate::words::{Lang, Said};

pub use incoming::{Incoming, Label};
pub use mode::{
    Aim, Ask, Asked, Carry, Draft, Edges, Found, Job, Join, Joint, Line, List, Listed, Making, Mode,
    Overview, Pick, Proposing, Shape, Tale, Target, Writing,
};
pub use scene::{Effect, Record, Reply, Scene};

/// Rows above and below the wall: the board's line and the keys' line.
const BARS: u16 = 1;
/// A screen lower than this is all wall.
const ROWS_WITH_BARS: u16 = 6;
/// Rows that a story takes from the wall: a head and its sentences. No more than a third of the screen.
const TALE_ROWS: u16 = 5;
/// On a screen with fewer columns the panel lies over the wall.
const COLUMNS_WITH_DOCK: u16 = 100;
/// No wider than its rows are read with ease.
const DOCK_COLUMNS_MAX: u16 = 64;

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
    /// A file whose coming in is looked at.
    pub incoming: Option<Incoming>,
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
    /// The contexts and systems that are taken down, to see what stops with them.
    pub down: Vec<Party>,
    /// Whether lint tells all that it finds, at whatever level.
    pub asks_lint: bool,
    /// Whether all of the wall is shown in a corner.
    pub map: bool,
    /// What it knows of the others.
    pub together: Together,
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

/// The panel beside the wall.
#[derive(Clone, PartialEq, Debug)]
pub struct Side {
    /// Which of [`TABS`] is open.
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
            incoming: None,
            lit: Arc::default(),
            been: Been::default(),
            side: None,
            then: None,
            hangul: false,
            down: Vec::new(),
            asks_lint: false,
            map: false,
            together: Together::default(),
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
            let frames = scene.board.contexts.values().map(|context| context.rect);
            let all = Rect::around(frames.chain(scene.projection.space.extent())).unwrap_or(tile.rect);
            state.window.begin_at(all.at);
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
        self.window.resize((size.0 - self.dock(), size.1 - 2 * self.bars() - self.tale_rows()));
    }

    /// Looks through this window again. The screen may have another size than it had then.
    pub fn look_through(&mut self, window: Viewport) {
        self.window = window;
        self.resize(self.size);
    }

    /// How many columns the panel takes from the wall; none where it is closed or lies over the wall.
    pub fn dock(&self) -> u16 {
        let wide = self.size.0 >= COLUMNS_WITH_DOCK;
        self.side.as_ref().filter(|_| wide).map_or(0, |_| (self.size.0 * 3 / 10).min(DOCK_COLUMNS_MAX))
    }

    /// How long from now the next deed happens again, while that is played, or what fades is to be seen fading.
    pub fn wakes_after(&self) -> Option<Duration> {
        match self.then.as_ref().filter(|then| then.plays) {
            Some(then) => Some(Duration::from_secs(1) / PACES[then.pace]),
            None => (!self.together.pulses.is_empty()).then_some(PULSE),
        }
    }

    /// The screen's columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// How many rows there are above the wall, and as many below.
    pub fn bars(&self) -> u16 {
        if self.size.1 < ROWS_WITH_BARS { 0 } else { BARS }
    }

    /// How many rows above the line of keys a story takes from the wall; none where none is told.
    pub fn tale_rows(&self) -> u16 {
        let told = matches!(self.mode, Mode::Tell(_));
        if told { TALE_ROWS.min(self.size.1 / 3) } else { 0 }
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
            None if self.side_shows("findings") => Ground::Findings,
            None if scene.company.is_some() && self.side_shows("people") => Ground::People,
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

    /// The context map of what is shown, laid out for this screen.
    pub fn chart(&self, scene: &Scene<'_>) -> Option<Arc<Chart>> {
        Some(scene.record?.memo.chart(scene, self.lang, self.window.size()))
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
