use std::collections::BTreeMap;

use clap::Args;
use serde_json::json;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::model::text::SafeText;
use crate::model::{Board, Id};
use crate::query::outage::{Fate, Outage};
use crate::query::outline::{Outline, Party};
use crate::words::{Lang, Said, say};

/// Tells what stops while a context or a system is down.
#[derive(Args)]
#[command(about = "cli-what-if")]
pub(super) struct WhatIf {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, value_name = "value-name", help = "arg-down", value_delimiter = ',', required = true)]
    down: Vec<String>,
    #[arg(long, help = "arg-json")]
    json: bool,
}

impl Verb for WhatIf {
    fn run(self, face: &mut Face) -> Outcome {
        let wall = face.look(&self.board)?;
        let outline = Outline::of(wall.board(), wall.projection());
        let parties: Vec<Party> = outline
            .contexts
            .iter()
            .map(|context| Party::Context(context.id))
            .chain(outline.systems.iter().map(|system| Party::System(system.id)))
            .collect();
        let telling = Telling { board: wall.board(), outline: &outline, parties, lang: face.lang };
        let down: Vec<Party> = self.down.iter().map(|name| telling.named(name)).collect::<Outcome<_>>()?;
        let outage = Outage::of(wall.board(), &wall.projection().flow, &outline, &down);
        print(if self.json { telling.json(&outage) } else { telling.aloud(&outage) })?;
        Ok(Done::Well)
    }
}

struct Telling<'a> {
    board: &'a Board,
    outline: &'a Outline,
    /// Everybody who could be down, and what lies in no context.
    parties: Vec<Party>,
    lang: Lang,
}

impl Telling<'_> {
    fn text(&self, note: Id) -> SafeText<'_> {
        SafeText::line(self.outline.wording(note))
    }

    fn name(&self, party: Party) -> String {
        let name = self.outline.name(party).unwrap_or(say(self.lang, "outage-outside"));
        SafeText::line(name).into_string()
    }

    fn names(&self, parties: &[Party]) -> String {
        parties.iter().map(|party| self.name(*party)).collect::<Vec<_>>().join(", ")
    }

    fn named(&self, name: &str) -> Outcome<Party> {
        let known: Vec<Party> =
            self.parties.iter().filter(|it| **it != Party::Context(None)).copied().collect();
        if known.is_empty() {
            return Err(Failure::refusal(Said::new("outage-nothing")));
        }
        let found = known.iter().find(|party| self.outline.name(**party) == Some(name.trim()));
        let names = self.names(&known);
        let unknown =
            || Failure::refusal(Said::new("outage-unknown").with("name", name).with("names", names));
        found.copied().ok_or_else(unknown)
    }

    fn aloud(&self, outage: &Outage) -> String {
        let mut told =
            vec![Said::new("outage-down").with("names", self.names(&outage.down)).speak(self.lang)];
        let mut alive = Vec::new();
        for party in self.parties.iter().copied() {
            let dark: Vec<String> =
                self.of(party, &outage.dark).map(|(note, other)| self.dark(note, other)).collect();
            let striped: Vec<String> =
                self.of(party, &outage.striped).map(|(note, other)| self.striped(note, other)).collect();
            if !dark.is_empty() {
                told.push(Said::new("outage-dark").with("party", self.name(party)).speak(self.lang));
            }
            told.extend(dark);
            if !striped.is_empty() {
                told.push(Said::new("outage-striped").with("party", self.name(party)).speak(self.lang));
            }
            told.extend(striped);
            if outage.fate_of(party, self.outline) == Fate::Alive {
                alive.push(party);
            }
        }
        if !alive.is_empty() {
            told.push(Said::new("outage-alive").with("names", self.names(&alive)).speak(self.lang));
        }
        told.join("\n") + "\n"
    }

    /// The stopped notes of a party in the order of time, each with what it waits for.
    fn of(&self, party: Party, stopped: &BTreeMap<Id, Id>) -> impl Iterator<Item = (Id, Id)> {
        let is_of = |note: Id| self.outline.note(note).is_some_and(|note| note.party == Some(party));
        let mut rows: Vec<(Id, Id)> = stopped.iter().map(|(note, other)| (*note, *other)).collect();
        rows.retain(|(note, _)| is_of(*note));
        rows.sort_by_key(|(note, _)| (self.board.notes.get(note).map(|note| note.at), *note));
        rows.into_iter()
    }

    fn dark(&self, note: Id, other: Id) -> String {
        let (note, other) = (self.text(note), self.text(other));
        format!(
            "   {}",
            Said::new("outage-dark-note").with("note", note).with("other", other).speak(self.lang)
        )
    }

    fn striped(&self, note: Id, other: Id) -> String {
        let (note, other) = (self.text(note), self.text(other));
        format!(
            "   {}",
            Said::new("outage-striped-note").with("note", note).with("other", other).speak(self.lang)
        )
    }

    /// A line for each note that is down or stops.
    fn json(&self, outage: &Outage) -> String {
        let notes = self.outline.notes.iter();
        let stopped = notes.map(|note| (note, outage.fate(note.id))).filter(|(_, fate)| *fate != Fate::Alive);
        let row = stopped.map(|(note, fate)| {
            let (fate, other) = match fate {
                Fate::Dark => ("dark", outage.dark.get(&note.id)),
                Fate::Striped => ("striped", outage.striped.get(&note.id)),
                Fate::Down | Fate::Alive => ("down", None),
            };
            json!({"note": note.id, "wording": note.wording, "party": note.party, "fate": fate, "waits_for": other})
        });
        row.map(|row| format!("{row}\n")).collect()
    }
}
