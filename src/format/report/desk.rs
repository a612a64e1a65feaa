//! The desk a section is written at: the outline, the language, and the short names of stickies.

use std::collections::BTreeMap;

use super::document::{Block, Row, Span, Table, Text};
use crate::model::field::{Thing, field};
use crate::model::{Board, Id, NoteKind};
use crate::query::Outline;
use crate::query::growth::Growth;
use crate::query::lint::Lint;
use crate::query::outline::{ContextOutline, Message, MessageFlow, MessageKind, Party, Proof, Waiting};
use crate::query::story::Telling;
use crate::words::{Lang, Said};

/// What every section needs.
pub(super) struct Desk<'a> {
    /// The wall itself, for pictures of it.
    pub(super) board: &'a Board,
    /// The wall as it was, where the log is known.
    pub(super) growth: Option<&'a Growth>,
    pub(super) outline: &'a Outline,
    /// The wall as sentences.
    pub(super) story: &'a [Telling],
    /// What a colleague would remark.
    pub(super) lint: &'a Lint,
    pub(super) lang: Lang,
    /// What each command sets off.
    pub(super) flows: Vec<MessageFlow>,
    /// A sum over all that the board holds.
    pub(super) sum: u32,
    marks: BTreeMap<Id, String>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        board: &'a Board,
        outline: &'a Outline,
        story: &'a [Telling],
        lint: &'a Lint,
        lang: Lang,
        sum: u32,
    ) -> Desk<'a> {
        let (flows, marks) = (outline.flows(), marks(outline));
        Desk { board, growth: None, outline, story, lint, flows, lang, sum, marks }
    }

    /// Words of the locale files.
    pub(super) fn say(&self, key: &'static str) -> String {
        crate::words::say(self.lang, key).to_owned()
    }

    /// A sentence with what fills it.
    pub(super) fn speak(&self, said: &Said) -> String {
        said.speak(self.lang)
    }

    /// What the report is called.
    pub(super) fn title(&self) -> String {
        let title = self.outline.title.trim();
        if title.is_empty() { self.say("report-untitled") } else { title.to_owned() }
    }

    /// The short name of a sticky, such as `E4`.
    pub(super) fn mark(&self, note: Id) -> Text {
        self.marks.get(&note).map_or_else(Text::default, |mark| Span::Mark(mark.clone()).into())
    }

    /// The short names of stickies.
    pub(super) fn marks(&self, notes: &[Id]) -> Text {
        Text::joined(notes.iter().map(|note| self.mark(*note)), ", ").or_nothing()
    }

    /// What a sticky says; its short name where it says nothing.
    pub(super) fn note(&self, note: Id) -> Text {
        match self.outline.wording(note).trim() {
            "" => self.mark(note),
            wording => wording.into(),
        }
    }

    /// What stickies say, each wording once, or a dash.
    pub(super) fn notes(&self, notes: &[Id]) -> Text {
        let mut told: Vec<Text> = Vec::new();
        for note in notes.iter().map(|note| self.note(*note)) {
            if !told.contains(&note) {
                told.push(note);
            }
        }
        Text::joined(told, ", ").or_nothing()
    }

    /// What a context is called.
    pub(super) fn context(&self, context: &ContextOutline) -> String {
        match (context.id, context.card.name.trim()) {
            (None, _) => self.say("report-outside"),
            (Some(_), "") => self.say("report-unnamed"),
            (Some(_), name) => name.to_owned(),
        }
    }

    /// What somebody is called.
    pub(super) fn party(&self, party: Party) -> String {
        let name = self.outline.name(party).map(str::trim).filter(|name| !name.is_empty());
        let else_said = || match party {
            Party::Context(None) => self.say("report-outside"),
            Party::Context(Some(_)) | Party::System(_) => self.say("report-unnamed"),
        };
        name.map_or_else(else_said, str::to_owned)
    }

    /// What several are called.
    pub(super) fn parties(&self, parties: &[Party]) -> Text {
        Text::joined(parties.iter().map(|party| self.party(*party).into()), ", ").or_nothing()
    }

    /// The contexts people drew.
    pub(super) fn framed(&self) -> impl Iterator<Item = &'a ContextOutline> {
        self.outline.contexts.iter().filter(|context| context.id.is_some())
    }

    /// The steps that something rests on, and whether one of them is a guess.
    pub(super) fn proofs(&self, proofs: &[Proof]) -> Text {
        let step = |proof: &Proof| self.mark(proof.from).and("→").and(self.mark(proof.to));
        let steps = Text::joined(proofs.iter().map(step), ", ").or_nothing();
        if proofs.iter().any(Proof::is_guess) { steps.and(" ").and(self.guess()) } else { steps }
    }

    /// Says that nobody has said so.
    pub(super) fn guess(&self) -> Text {
        Span::Guess(self.say("report-guess")).into()
    }

    /// Stands for what nobody has filled in.
    pub(super) fn missing(&self) -> Text {
        Span::Missing(self.say("report-missing")).into()
    }

    /// The same in short, for a cell of a table.
    pub(super) fn open(&self) -> Text {
        Span::Missing(self.say("report-open-cell")).into()
    }

    /// What somebody has filled in, or in short that nobody has.
    pub(super) fn cell(&self, text: Option<&str>) -> Text {
        text.map_or_else(|| self.open(), Into::into)
    }

    /// What somebody has filled in, or the wish that somebody do.
    pub(super) fn told(&self, text: Option<&str>) -> Text {
        text.map_or_else(|| self.missing(), Into::into)
    }

    /// A word that a field of a thing may hold, as people read it.
    pub(super) fn choice(&self, of: Thing, name: &str, word: &str) -> String {
        let told = field(of, name).map_or([word; 2], |row| row.holds.told(word));
        told[usize::from(self.lang == Lang::Ko)].to_owned()
    }

    /// What a context is to the business.
    pub(super) fn class(&self, context: &ContextOutline) -> Option<String> {
        context.card.class.as_deref().map(|class| self.choice(Thing::Context, "class", class))
    }

    /// What a sticky says, and whose it is where that is somebody else.
    pub(super) fn note_seen_from(&self, home: Party, note: Id) -> Text {
        let text = self.note(note);
        match self.outline.note(note).and_then(|it| it.party) {
            Some(party) if party != home => text.and(format!(" ({})", self.party(party))),
            _ => text,
        }
    }

    /// What stickies say, and whose they are where that is somebody else, or a dash.
    pub(super) fn notes_seen_from(&self, home: Party, notes: &[Id]) -> Text {
        Text::joined(notes.iter().map(|note| self.note_seen_from(home, *note)), ", ").or_nothing()
    }

    /// What a message says.
    pub(super) fn message(&self, message: &Message) -> Text {
        let label = message.label.as_ref().map_or_else(String::new, |label| format!(" ({label})"));
        self.note(message.note).and(label)
    }

    /// Whether a message is waited for, and what it does.
    pub(super) fn manner(&self, message: &Message) -> String {
        self.manner_of(message.mode, message.kind)
    }

    /// The same, of whatever is said.
    pub(super) fn manner_of(&self, mode: Waiting, kind: MessageKind) -> String {
        self.say(match (mode, kind) {
            (Waiting::Async, MessageKind::Event) => "report-async-event",
            (Waiting::Async, MessageKind::Query) => "report-async-query",
            (Waiting::Async, MessageKind::Command) => "report-async-command",
            (Waiting::Sync, MessageKind::Event) => "report-sync-event",
            (Waiting::Sync, MessageKind::Query) => "report-sync-query",
            (Waiting::Sync, MessageKind::Command) => "report-sync-command",
        })
    }

    /// The label of a kind.
    pub(super) fn kind(&self, kind: NoteKind) -> Text {
        kind.label(self.lang).into()
    }

    /// Items, or the word that there are none.
    pub(super) fn list(&self, items: Vec<Text>) -> Block {
        if items.is_empty() { Block::Paragraph(self.say("report-none").into()) } else { Block::List(items) }
    }

    /// A table, or the word that there is nothing where it would have no row.
    pub(super) fn table<R: Into<Row>>(
        &self,
        caption: &'static str,
        heads: &[&'static str],
        rows: impl IntoIterator<Item = R>,
    ) -> Block {
        let rows: Vec<Row> = rows.into_iter().map(Into::into).collect();
        let caption = self.say(caption);
        if rows.is_empty() {
            return Block::Paragraph(format!("{caption}: {}", self.say("report-none")).into());
        }
        Block::Table(Table { caption, heads: heads.iter().map(|head| self.say(head)).collect(), rows })
    }
}

/// Short names by kind: events as the story goes, all others as they were placed.
fn marks(outline: &Outline) -> BTreeMap<Id, String> {
    let told = outline.chapters.iter().flat_map(|chapter| &chapter.events).copied();
    let mut marks = BTreeMap::new();
    let mut counts: BTreeMap<NoteKind, usize> = BTreeMap::new();
    for id in told.chain(outline.notes.iter().map(|note| note.id)) {
        let Some(kind) = outline.note(id).map(|note| note.kind).filter(|_| !marks.contains_key(&id)) else {
            continue;
        };
        let count = counts.entry(kind).or_default();
        *count += 1;
        marks.insert(id, format!("{}{count}", letter(kind)));
    }
    marks
}

/// The tag of a kind, or the first letter of its name where the tag is no letter.
fn letter(kind: NoteKind) -> char {
    let row = kind.row();
    let first = row.id.chars().next().unwrap_or(row.tag);
    if row.tag.is_ascii_alphabetic() { row.tag } else { first.to_ascii_uppercase() }
}
