//! The lists that open over the wall: what stands in them, and what choosing a row does.

mod narrow;
mod of_file;
mod of_keys;
mod of_wall;

use std::borrow::Cow;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::actions::Action;
use super::menu::menu;
use super::state::{Effect, List, Listed, Scene, State};
use crate::format::Format;
use crate::model::field::FieldRow;
use crate::model::{Id, NoteKind};
use crate::session::config::Setting;
use crate::session::order::What;
use crate::words::Lang;
use narrow::narrowed;
use of_file::brought;
use of_keys::{exports, extents, help, hues, legend, levels, one, palette, reports, settings};
use of_wall::{choices, contexts, fields, shelf, wordings};

pub(super) use of_wall::thing;
pub use of_wall::{rows_of, told_value};

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
    /// The colour of the person it is about.
    pub hue: Option<usize>,
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
    /// Goes to where this member of the room is.
    Person(u32),
    /// Lights these and goes to the first.
    Light(Vec<Id>),
    /// Looks for this.
    Look(String),
    /// Shows the wall as it was after so many deeds.
    Then(usize),
    /// Sets this field of a thing, or of the board.
    Field(Option<Id>, &'static FieldRow),
    /// Gives this field this value.
    Give(Option<Id>, &'static FieldRow, Value),
    /// Asks this of the wall.
    Ask(Effect),
    /// Sets this to something else.
    Turn(&'static Setting),
    /// Asks how much of the wall, and where to, is to be written in this format.
    Export(&'static Format),
    /// A label of a file: tells its next kind.
    Label(usize),
    /// Asks where this is to stand.
    Make(What),
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
            Listed::Choices(of, name) => narrowed(choices(of, name, scene, lang)),
            Listed::Palette => narrowed(palette(lang, &state.keys, scene.level())),
            Listed::Find => Left::Things(&state.found),
            Listed::Contexts => {
                narrowed(contexts(scene).iter().filter_map(|id| thing(*id, scene, lang)).collect())
            }
            Listed::Shelf => narrowed(shelf(scene)),
            Listed::Level => narrowed(levels(lang)),
            Listed::Settings => narrowed(settings(state)),
            Listed::Wordings(note) => narrowed(wordings(note, scene)),
            Listed::Hues => narrowed(hues(lang)),
            Listed::Reports => narrowed(reports(lang)),
            Listed::Exports => narrowed(exports(lang)),
            Listed::Intake => {
                let incoming = state.incoming.as_ref();
                narrowed(incoming.map(|incoming| brought(incoming, scene, state)).unwrap_or_default())
            }
            Listed::Extent(format, context) => narrowed(extents(format, context, scene, lang)),
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
            Listed::Choices(..) => "list-choices",
            Listed::Palette => "list-palette",
            Listed::Find => "list-find",
            Listed::Contexts => "list-contexts",
            Listed::Shelf => "list-shelf",
            Listed::Level => "list-level",
            Listed::Settings => "list-settings",
            Listed::Wordings(_) => "list-wordings",
            Listed::Hues => "list-hues",
            Listed::Reports => "list-reports",
            Listed::Exports => "list-exports",
            Listed::Extent(..) => "list-extent",
            Listed::Intake => "list-intake",
        }
    }
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
            hue: None,
            choice: Choice::Nothing,
            also: String::new(),
        }
    }
}
