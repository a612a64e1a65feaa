//! The lists that open over the wall: what stands in them, and what choosing a row does.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::actions::{ACTIONS, Action, Place, letter};
use super::state::{Effect, List, Listed, Scene, State};
use crate::command::Command;
use crate::model::thing::text_of;
use crate::model::{Id, KINDS, Level, NoteKind};
use crate::query::Query;
use crate::session::config::{SETTINGS, Setting};
use crate::words::{Lang, say};

/// A row of a list.
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
}

/// What choosing a row does.
#[derive(Clone)]
pub enum Choice {
    /// What a key would do.
    Run(&'static Action, Option<NoteKind>),
    /// Goes to this thing.
    Go(Id),
    /// Asks this of the wall.
    Ask(Effect),
    /// Sets this to something else.
    Turn(&'static Setting),
    /// Nothing: it only tells.
    Nothing,
}

impl List {
    /// The rows that are left of it.
    pub fn rows(&self, state: &State, scene: &Scene<'_>) -> Vec<Row> {
        let lang = state.lang;
        match self.what {
            Listed::Help => narrowed(help(lang), self.field.text()),
            Listed::Palette => narrowed(palette(lang, scene.level()), self.field.text()),
            Listed::Find => found(&Query::parse(self.field.text()).find(scene.board), scene, lang),
            Listed::Contexts => narrowed(found(&contexts(scene), scene, lang), self.field.text()),
            Listed::Shelf => narrowed(shelf(scene), self.field.text()),
            Listed::Level => narrowed(levels(lang), self.field.text()),
            Listed::Settings => narrowed(settings(state), self.field.text()),
            Listed::Wordings(note) => narrowed(wordings(note, scene), self.field.text()),
        }
    }

    /// The key of its heading.
    pub fn heading(&self) -> &'static str {
        match self.what {
            Listed::Help => "list-help",
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

/// Every row of the table with its keys, place by place.
fn help(lang: Lang) -> Vec<Row> {
    let mut place = None;
    let mut rows = Vec::new();
    for action in ACTIONS {
        if place.replace(action.place) != Some(action.place) {
            rows.push(Row { text: say(lang, heading(action.place)).to_owned(), ..Row::telling() });
        }
        let choice = if action.place == Place::Wall { Choice::Run(action, None) } else { Choice::Nothing };
        rows.push(Row { left: keys(action), text: action.told(lang), choice, ..Row::telling() });
    }
    rows
}

fn heading(place: Place) -> &'static str {
    match place {
        Place::Wall => "place-wall",
        Place::Arrow => "place-arrow",
        Place::Write => "place-write",
        Place::Text => "place-text",
        Place::Field => "place-field",
        Place::Carry => "place-carry",
        Place::Pick => "place-pick",
        Place::List => "place-list",
        Place::Ask => "place-ask",
        Place::Line => "place-line",
        Place::Out => "place-out",
        Place::Any => "place-any",
    }
}

/// Everything that can be done on the wall, each kind of note by itself.
fn palette(lang: Lang, level: Level) -> Vec<Row> {
    let kinds = || KINDS.iter().map(|row| row.kind).filter(|kind| kind.belongs_to(level));
    let wall = ACTIONS.iter().filter(|action| action.place == Place::Wall);
    wall.flat_map(|action| {
        let row = |kind: Option<NoteKind>| Row {
            text: match kind {
                Some(kind) => format!("{}: {}", action.told(lang), kind.label(lang)),
                None => action.told(lang),
            },
            right: kind
                .map_or(keys(action), |kind| action.keys[0].replace("KIND", &letter(kind).to_string())),
            left: kind.map(|kind| kind.row().tag.to_string()).unwrap_or_default(),
            kind,
            choice: Choice::Run(action, kind),
        };
        if action.asks_kind() { kinds().map(|kind| row(Some(kind))).collect() } else { vec![row(None)] }
    })
    .collect()
}

fn keys(action: &Action) -> String {
    action.keys.join(" · ").replace("KIND", "…")
}

fn found(ids: &[Id], scene: &Scene<'_>, lang: Lang) -> Vec<Row> {
    let row = |id: &Id| {
        if let Some(note) = scene.board.notes.get(id) {
            let context = scene.projection.frames.context_at(note.rect().center());
            let name =
                context.and_then(|id| scene.board.contexts.get(&id)).map_or("", |context| context.name());
            return Some(Row {
                left: note.kind.row().tag.to_string(),
                text: note.text().replace('\n', " "),
                right: name.to_owned(),
                kind: Some(note.kind),
                choice: Choice::Go(*id),
            });
        }
        let context = scene.board.contexts.get(id)?;
        let right = say(lang, "word-context").to_owned();
        Some(Row { text: context.name().to_owned(), right, choice: Choice::Go(*id), ..Row::telling() })
    };
    ids.iter().filter_map(row).collect()
}

/// The contexts from left to right.
fn contexts(scene: &Scene<'_>) -> Vec<Id> {
    let mut contexts: Vec<_> = scene.projection.frames.iter().map(|(id, rect)| (rect.at, id)).collect();
    contexts.sort_unstable();
    contexts.into_iter().map(|(_, id)| id).collect()
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
fn narrowed(rows: Vec<Row>, typed: &str) -> Vec<Row> {
    if typed.trim().is_empty() {
        return rows;
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut fitting: Vec<(u32, Row)> = rows
        .into_iter()
        .filter(|row| !row.is_heading())
        .filter_map(|row| {
            let text = format!("{} {} {}", row.text, row.left, row.right);
            let score = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher)?;
            Some((score, row))
        })
        .collect();
    fitting.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    fitting.into_iter().map(|(_, row)| row).collect()
}

impl Row {
    /// Whether it only stands above others.
    pub fn is_heading(&self) -> bool {
        self.left.is_empty() && matches!(self.choice, Choice::Nothing)
    }

    /// A row that says nothing and does nothing yet.
    fn telling() -> Row {
        Row {
            left: String::new(),
            text: String::new(),
            right: String::new(),
            kind: None,
            choice: Choice::Nothing,
        }
    }
}
