//! The lists that open over the wall: what stands in them, and what choosing a row does.

use std::borrow::Cow;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::actions::{ACTIONS, Action, Place, places};
use super::keymap::Keymap;
use super::menu::menu;
use super::state::{Effect, List, Listed, Mode, Scene, State};
use crate::command::Command;
use crate::model::field::{FIELDS, FieldRow, FieldType};
use crate::model::kind::KindRow;
use crate::model::text::jamo;
use crate::model::thing::text_of;
use crate::model::{Frame, Id, KINDS, Level, NoteKind, Thing};
use crate::session::config::{SETTINGS, Setting};
use crate::words::{Lang, say};

/// A row of a list.
#[derive(Clone)]
pub struct Row {
    /// What stands at the left: a key, or a kind's letter.
    pub left: String,
    /// What it says.
    pub text: String,
    /// What stands at the right, dimmed.
    pub right: String,
    /// The kind whose colours the left wears.
    pub kind: Option<NoteKind>,
    /// What choosing it does.
    pub choice: Choice,
    /// What it is also found by.
    pub also: String,
}

/// What choosing a row does.
#[derive(Clone)]
pub enum Choice {
    /// What a key would do.
    Run(&'static Action, Option<NoteKind>),
    /// Goes to this thing.
    Go(Id),
    /// Goes to this note and asks which of its wordings it is.
    Settle(Id),
    /// Lights these and goes to the first.
    Light(Vec<Id>),
    /// Looks for this.
    Look(String),
    /// Shows the wall as it was after so many deeds.
    Then(usize),
    /// Sets this field of a thing, or of the board.
    Field(Option<Id>, &'static FieldRow),
    /// Asks this of the wall.
    Ask(Effect),
    /// Sets this to something else.
    Turn(&'static Setting),
    /// Nothing: it only tells.
    Nothing,
}

/// The rows of a list. A thing of the wall becomes a row when it is looked at: a list of a hundred thousand costs no
/// more than what is seen of it.
pub struct Rows<'a> {
    rows: Left<'a>,
    scene: &'a Scene<'a>,
    lang: Lang,
}

enum Left<'a> {
    Made(Vec<Row>),
    Things(&'a [Id]),
}

impl Rows<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.rows {
            Left::Made(rows) => rows.len(),
            Left::Things(ids) => ids.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns that the left parts need.
    pub fn left_width(&self) -> usize {
        match &self.rows {
            Left::Made(rows) => rows.iter().map(|row| row.left.width()).max().unwrap_or(0),
            Left::Things(_) => 1,
        }
    }

    /// The row of this number; nothing where it is past the end, or its thing is gone.
    pub fn get(&self, at: usize) -> Option<Cow<'_, Row>> {
        match &self.rows {
            Left::Made(rows) => rows.get(at).map(Cow::Borrowed),
            Left::Things(ids) => thing(*ids.get(at)?, self.scene, self.lang).map(Cow::Owned),
        }
    }
}

impl List {
    /// The rows that are left of it.
    pub fn rows<'a>(&self, state: &'a State, scene: &'a Scene<'a>) -> Rows<'a> {
        let lang = state.lang;
        let narrowed = |rows| Left::Made(narrowed(rows, self.field.text()));
        let rows = match self.what {
            Listed::Help => narrowed(help(self.behind.as_deref(), state, scene)),
            Listed::Legend => narrowed(legend(lang, scene.level())),
            Listed::Menu => {
                narrowed(menu(state, scene).into_iter().map(|row| one(row, lang, &state.keys)).collect())
            }
            Listed::Kinds(name) => {
                let is_it = |row: &Row| matches!(row.choice, Choice::Run(action, _) if action.name == name);
                let mut rows = palette(lang, &state.keys, scene.level());
                rows.retain(is_it);
                narrowed(rows)
            }
            Listed::Fields(of) => narrowed(fields(of, scene, lang)),
            Listed::Palette => narrowed(palette(lang, &state.keys, scene.level())),
            Listed::Find => Left::Things(&state.found),
            Listed::Contexts => {
                narrowed(contexts(scene).iter().filter_map(|id| thing(*id, scene, lang)).collect())
            }
            Listed::Shelf => narrowed(shelf(scene)),
            Listed::Level => narrowed(levels(lang)),
            Listed::Settings => narrowed(settings(state)),
            Listed::Wordings(note) => narrowed(wordings(note, scene)),
        };
        Rows { rows, scene, lang }
    }

    /// The key of its heading.
    pub fn heading(&self) -> &'static str {
        match self.what {
            Listed::Help => "list-help",
            Listed::Legend => "list-legend",
            Listed::Menu => "list-menu",
            Listed::Kinds(_) => "list-kinds",
            Listed::Fields(_) => "list-fields",
            Listed::Palette => "list-palette",
            Listed::Find => "list-find",
            Listed::Contexts => "list-contexts",
            Listed::Shelf => "list-shelf",
            Listed::Level => "list-level",
            Listed::Settings => "list-settings",
            Listed::Wordings(_) => "list-wordings",
        }
    }
}

/// Every row of the table with its keys, place by place: those that hold in what is behind first.
fn help(behind: Option<&Mode>, state: &State, scene: &Scene<'_>) -> Vec<Row> {
    let here = places(behind.unwrap_or(&Mode::Wall), state.ground(scene));
    let mut elsewhere: Vec<Place> = ACTIONS.iter().map(|row| row.place).collect();
    elsewhere.dedup();
    elsewhere.retain(|place| !here.contains(place));
    let mut rows = Vec::new();
    for place in here.iter().chain(&elsewhere) {
        rows.push(Row { text: say(state.lang, heading(*place)).to_owned(), ..Row::telling() });
        rows.extend(ACTIONS.iter().filter(|action| action.place == *place).map(|action| Row {
            left: keys(action, &state.keys),
            text: action.told(state.lang),
            choice: if *place == Place::Wall { Choice::Run(action, None) } else { Choice::Nothing },
            also: also(action, None),
            ..Row::telling()
        }));
    }
    rows
}

/// What an action is called in every language, and its name in the settings.
fn also(action: &Action, kind: Option<NoteKind>) -> String {
    let told = |lang| {
        let label = kind.map_or_else(String::new, |kind| kind.label(lang).to_owned());
        let others = action.also(lang).split(' ').map(|word| format!("\n{word}")).collect::<String>();
        format!("{} {label}{others}\n", action.told(lang))
    };
    Lang::ALL.map(told).concat() + action.name
}

/// The kinds of notes, those of this level first, each with what it stands for.
fn legend(lang: Lang, level: Level) -> Vec<Row> {
    let here = KINDS.iter().filter(|row| row.kind.belongs_to(level));
    let elsewhere = KINDS.iter().filter(|row| !row.kind.belongs_to(level));
    let row = |row: &KindRow| Row {
        left: row.tag.to_string(),
        text: format!("{}: {}", row.kind.label(lang), say(lang, meaning(row.kind))),
        kind: Some(row.kind),
        also: Lang::ALL.map(|lang| row.kind.label(lang)).join("\n"),
        ..Row::telling()
    };
    here.chain(elsewhere).map(row).collect()
}

fn meaning(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::DomainEvent => "legend-event",
        NoteKind::Command => "legend-command",
        NoteKind::Actor => "legend-actor",
        NoteKind::Policy => "legend-policy",
        NoteKind::ReadModel => "legend-read-model",
        NoteKind::ExternalSystem => "legend-system",
        NoteKind::Aggregate => "legend-aggregate",
        NoteKind::Hotspot => "legend-hotspot",
        NoteKind::Opportunity => "legend-opportunity",
        NoteKind::Value => "legend-value",
        NoteKind::UserInterface => "legend-screen",
        NoteKind::Time => "legend-time",
        NoteKind::Note => "legend-note",
    }
}

fn heading(place: Place) -> &'static str {
    match place {
        Place::Wall => "place-wall",
        Place::Arrow => "place-arrow",
        Place::Write => "place-write",
        Place::Text => "place-text",
        Place::Field => "place-field",
        Place::Carry => "place-carry",
        Place::Alone => "place-alone",
        Place::Shape => "place-shape",
        Place::Jump => "place-jump",
        Place::Pick => "place-pick",
        Place::List => "place-list",
        Place::Find => "place-find",
        Place::Side => "place-side",
        Place::Requirements => "place-requirements",
        Place::Then => "place-then",
        Place::Ask => "place-ask",
        Place::Line => "place-line",
        Place::Out => "place-out",
        Place::Any => "place-any",
    }
}

/// A row of the table with its keys.
fn one(action: &'static Action, lang: Lang, map: &Keymap) -> Row {
    let choice = Choice::Run(action, None);
    Row { text: action.told(lang), right: keys(action, map), choice, ..Row::telling() }
}

/// What a thing, or the board, may carry beside its wording and place, and what it carries.
fn fields(of: Option<Id>, scene: &Scene<'_>, lang: Lang) -> Vec<Row> {
    let sort = of.and_then(|id| scene.board.thing(id)).unwrap_or(Thing::Board);
    let details = of.and_then(|id| scene.board.details_of(id)).unwrap_or(&scene.board.details);
    // Other things are named on the wall, and what is set aside has its reason asked for.
    let is_typed = |row: &&FieldRow| {
        !matches!(row.holds, FieldType::Id | FieldType::Ids) && row.name != "aside" && row.of.contains(&sort)
    };
    FIELDS
        .iter()
        .filter(is_typed)
        .map(|row| Row {
            text: row.label(lang == Lang::Ko).to_owned(),
            right: details.get(row.name).map(|value| told_value(row, value, lang)).unwrap_or_default(),
            choice: Choice::Field(of, row),
            ..Row::telling()
        })
        .collect()
}

/// The value of a field as people read and type it.
pub fn told_value(row: &FieldRow, value: &Value, lang: Lang) -> String {
    let word = |word: &str| row.holds.told(word)[usize::from(lang == Lang::Ko)].to_owned();
    match value {
        Value::String(text) => word(text).replace('\n', " "),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).map(word).collect::<Vec<_>>().join(", ")
        }
        Value::Bool(_) => say(lang, "word-set").to_owned(),
        other => other.to_string(),
    }
}

/// Everything that can be done on the wall, each kind of note by itself.
fn palette(lang: Lang, map: &Keymap, level: Level) -> Vec<Row> {
    let kinds = || KINDS.iter().map(|row| row.kind).filter(|kind| kind.belongs_to(level));
    let wall = ACTIONS.iter().filter(|action| action.place == Place::Wall);
    wall.flat_map(|action| {
        let row = |kind: Option<NoteKind>| Row {
            text: match kind {
                Some(kind) => format!("{}: {}", action.told(lang), kind.label(lang)),
                None => action.told(lang),
            },
            right: kind.map_or_else(|| keys(action, map), |kind| map.first(action, Some(kind))),
            left: kind.map(|kind| kind.row().tag.to_string()).unwrap_or_default(),
            kind,
            choice: Choice::Run(action, kind),
            also: also(action, kind),
        };
        if action.asks_kind() { kinds().map(|kind| row(Some(kind))).collect() } else { vec![row(None)] }
    })
    .collect()
}

fn keys(action: &Action, map: &Keymap) -> String {
    map.keys(action).collect::<Vec<_>>().join(" · ")
}

/// A note or a frame, with the context it stands in.
fn thing(id: Id, scene: &Scene<'_>, lang: Lang) -> Option<Row> {
    let board = scene.board;
    if let Some(note) = board.notes.get(&id) {
        let context = scene.projection.frames.context_at(note.rect().center());
        let name = context.and_then(|id| board.contexts.get(&id)).map_or("", |context| context.name());
        return Some(Row {
            left: note.kind.row().tag.to_string(),
            text: note.text().replace('\n', " "),
            right: name.to_owned(),
            kind: Some(note.kind),
            choice: Choice::Go(id),
            ..Row::telling()
        });
    }
    let (name, word) = match (board.contexts.get(&id), board.lanes.get(&id)) {
        (Some(context), _) if context.frame == Frame::Subdomain => (context.name(), "word-subdomain"),
        (Some(context), _) => (context.name(), "word-context"),
        (None, lane) => (lane?.name(), "word-lane"),
    };
    let right = say(lang, word).to_owned();
    Some(Row { text: name.to_owned(), right, choice: Choice::Go(id), ..Row::telling() })
}

/// The contexts from left to right, and the lanes.
fn contexts(scene: &Scene<'_>) -> Vec<Id> {
    let mut contexts: Vec<_> = scene.projection.frames.iter().map(|(id, rect)| (rect.at, id)).collect();
    contexts.sort_unstable();
    let lanes = scene.projection.timeline.lanes().map(|(_, id)| id);
    contexts.into_iter().map(|(_, id)| id).chain(lanes).collect()
}

fn shelf(scene: &Scene<'_>) -> Vec<Row> {
    let aside = scene.board.notes.values().filter(|note| note.aside().is_some());
    aside
        .map(|note| Row {
            left: note.kind.row().tag.to_string(),
            text: note.text().replace('\n', " "),
            right: text_of(&note.details, "aside").to_owned(),
            kind: Some(note.kind),
            choice: Choice::Ask(Effect::Perform(Command::SetAside { notes: vec![note.id], reason: None })),
            ..Row::telling()
        })
        .collect()
}

fn levels(lang: Lang) -> Vec<Row> {
    Level::ALL
        .into_iter()
        .map(|level| {
            let (name, meaning) = match level {
                Level::BigPicture => ("level-big-picture", "level-big-picture-means"),
                Level::Process => ("level-process", "level-process-means"),
                Level::Design => ("level-design", "level-design-means"),
            };
            let set = Command::Set { of: None, field: "level".to_owned(), value: level.id().into() };
            Row {
                text: say(lang, name).to_owned(),
                right: say(lang, meaning).to_owned(),
                choice: Choice::Ask(Effect::Perform(set)),
                ..Row::telling()
            }
        })
        .collect()
}

/// What can be set on the screen, and what it is set to.
fn settings(state: &State) -> Vec<Row> {
    let row = |setting: &'static Setting| {
        let value = state.settings.get(setting.key);
        let choice = setting.choices.iter().find(|choice| choice.0 == value);
        Some(Row {
            text: setting.label?.say(state.lang).to_owned(),
            right: choice.map_or(value, |choice| choice.1.say(state.lang)).to_owned(),
            choice: Choice::Turn(setting),
            ..Row::telling()
        })
    };
    SETTINGS.iter().filter_map(row).collect()
}

fn wordings(note: Id, scene: &Scene<'_>) -> Vec<Row> {
    let wordings = scene.board.notes.get(&note).map(|note| note.wording.alternatives()).unwrap_or_default();
    let row = |(choice, text): (usize, &str)| Row {
        text: text.replace('\n', " "),
        choice: Choice::Ask(Effect::Perform(Command::Settle { note, choice })),
        ..Row::telling()
    };
    wordings.into_iter().enumerate().map(row).collect()
}

/// The rows that fit what was typed, the best first; all of them where nothing was typed.
///
/// Texts are compared by the keys that type them, so that a syllable may be unfinished and the layout the wrong one;
/// consonants alone are compared with the initials.
fn narrowed(rows: Vec<Row>, typed: &str) -> Vec<Row> {
    if typed.trim().is_empty() {
        return rows;
    }
    let is_hangul = |c: char| jamo::keys(c).ne([c]);
    let by_initials = typed.chars().all(|c| c.is_whitespace() || jamo::is_consonant(c));
    let spelled = |text: &str| -> String {
        let keys = |c| jamo::keys(c).take(if by_initials && is_hangul(c) { 1 } else { usize::MAX });
        text.chars().flat_map(keys).collect()
    };
    let wanted: String = typed.chars().flat_map(jamo::keys).collect();
    let pattern = Pattern::new(&wanted, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut score = |row: &Row| {
        let texts = [&*row.text, &*row.left, &*row.right].into_iter().chain(row.also.lines());
        let read = texts.filter(|text| !by_initials || text.chars().any(is_hangul));
        read.filter_map(|text| pattern.score(Utf32Str::new(&spelled(text), &mut buffer), &mut matcher)).max()
    };
    let rows = rows.into_iter().filter(|row| !row.is_heading());
    let mut fitting: Vec<(u32, Row)> = rows.filter_map(|row| Some((score(&row)?, row))).collect();
    fitting.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    fitting.into_iter().map(|(_, row)| row).collect()
}

impl Row {
    /// Whether it only stands above others.
    pub fn is_heading(&self) -> bool {
        self.left.is_empty() && matches!(self.choice, Choice::Nothing)
    }

    /// A row that says nothing and does nothing yet.
    pub(super) fn telling() -> Row {
        Row {
            left: String::new(),
            text: String::new(),
            right: String::new(),
            kind: None,
            choice: Choice::Nothing,
            also: String::new(),
        }
    }
}
