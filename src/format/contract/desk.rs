//! What the files of contexts have in common.

use serde_json::{Map, Value, json};

use super::{Names, is_wanted};
use crate::format::ident::Style;
use crate::format::landscape::{Landscape, name_of};
use crate::format::{Choices, Folder};
use crate::model::text::SafeText;
use crate::model::{Board, Id};
use crate::query::outline::{ContextOutline, Party};
use crate::query::{Outline, Projection};
use crate::words::{Lang, Said};

/// The version of what a wall says; nobody counts them.
pub(super) const VERSION: &str = "0.1.0";

/// A wall and the names of what it tells of.
pub(super) struct Desk<'a> {
    pub(super) board: &'a Board,
    pub(super) outline: Outline,
    /// `order-placed`
    pub(super) kebab: Names,
    /// `OrderPlaced`
    pub(super) pascal: Names,
    pub(super) choices: &'a Choices,
}

impl<'a> Desk<'a> {
    pub(super) fn of(board: &'a Board, choices: &'a Choices) -> Desk<'a> {
        let outline = Outline::of(board, &Projection::of(board));
        let [kebab, pascal] = [Style::Kebab, Style::Pascal].map(|style| Names::of(&outline, style, &[]));
        Desk { board, outline, kebab, pascal, choices }
    }

    pub(super) fn lang(&self) -> Lang {
        self.choices.lang
    }

    /// The contexts that are asked for; what lies in none only where it talks, or where there is nothing else.
    pub(super) fn contexts(&self) -> Vec<&ContextOutline> {
        let shown = Landscape::of(&self.outline).parties;
        let is_shown = |it: &&ContextOutline| shown.contains(&Party::Context(it.id));
        let contexts = self.outline.contexts.iter().filter(is_shown);
        contexts.filter(|it| is_wanted(self.board, it, self.choices)).collect()
    }

    /// A file for each context, in YAML.
    pub(super) fn files(&self, ending: &str, document: fn(&Desk<'_>, &ContextOutline) -> Value) -> Folder {
        let file = |context: &ContextOutline| {
            let name = &self.kebab.parties[&Party::Context(context.id)];
            (format!("{name}.{ending}"), yaml(&document(self, context)))
        };
        self.contexts().into_iter().map(file).collect()
    }

    /// What a context is and where that comes from.
    pub(super) fn info(&self, context: &ContextOutline) -> Value {
        json!({
            "title": self.title(Party::Context(context.id)),
            "version": VERSION,
            "description": self.told(context),
        })
    }

    /// What somebody is called by people.
    pub(super) fn title(&self, party: Party) -> String {
        line(&name_of(&self.outline, party, self.lang()))
    }

    /// That a wall says so.
    pub(super) fn source(&self) -> String {
        Said::new("contract-source").with("title", line(&self.outline.title)).speak(self.lang())
    }

    /// What a context is for, as far as anybody has said, and where that comes from.
    pub(super) fn told(&self, context: &ContextOutline) -> String {
        let purpose = context.card.purpose.iter().map(|purpose| line(purpose));
        purpose.chain([self.source()]).collect::<Vec<_>>().join("\n\n")
    }

    /// What a note says.
    pub(super) fn wording(&self, note: Id) -> String {
        line(self.outline.wording(note))
    }

    /// Anything, for nobody has said what is in it.
    pub(super) fn schema(&self, note: Id) -> Value {
        let mut schema = Map::new();
        schema.insert("title".into(), self.wording(note).into());
        if let Some(definition) = self.outline.note(note).and_then(|note| note.definition.as_deref()) {
            schema.insert("description".into(), line(definition).into());
        }
        schema.insert("type".into(), "object".into());
        schema.insert("additionalProperties".into(), true.into());
        schema.into()
    }
}

/// What people wrote, on one line.
pub(super) fn line(text: &str) -> String {
    SafeText::line(text.trim()).into_string()
}

/// A document in YAML.
pub(super) fn yaml(value: &Value) -> String {
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
    serde_saphyr::to_string_with_options(value, options).expect("whatever is JSON is YAML")
}
