//! The law of typing: Enter saves and stops, Tab saves and opens the next sticky, Esc leaves and keeps the text, and a
//! new note that says nothing vanishes.

use super::Turn;
use crate::command::{Command, NewArrow, NewNote};
use crate::model::grammar::{Strength, guess_kind, may_follow, next_kinds, previous_kinds};
use crate::model::{Id, KINDS, Level, NoteKind, Rect};
use crate::query::Offers;
use crate::tui::field::Field;
use crate::tui::place::Anchor;
use crate::tui::state::{Asked, Draft, Effect, Join, Joint, Mode, Scene, Target, Told, Writing};
use crate::tui::view::body;
use crate::words::Said;

impl Draft {
    /// A note of this kind.
    fn new(kind: NoteKind, anchor: Anchor) -> Self {
        Draft { kind, offered: kind, by_hand: false, anchor, join: None }
    }

    /// What it will cover.
    pub fn rect(&self, scene: &Scene<'_>) -> Rect {
        self.anchor.spot(self.kind.row().size, &scene.projection.space)
    }

    /// The draft that Tab opens after this one.
    pub fn next(&self, scene: &Scene<'_>) -> Draft {
        let (rect, level) = (self.rect(scene), scene.level());
        match self.join {
            Some(Join { how: Joint::Before, .. }) => before(Id::made(0), self.kind, rect, level),
            Some(Join { how: Joint::On, other, other_kind }) => {
                let host = scene.projection.space.tile(other).map_or(rect, |tile| tile.rect);
                after(other, other_kind, host, level)
            }
            Some(Join { how: Joint::After, .. }) | None => after(Id::made(0), self.kind, rect, level),
        }
    }

    /// The kinds it may be, the likeliest first.
    fn kinds(&self, level: Level) -> Vec<NoteKind> {
        let mut kinds = match self.join {
            Some(Join { how: Joint::After, other_kind, .. }) => next_kinds(other_kind, level),
            Some(Join { how: Joint::Before, other_kind, .. }) => previous_kinds(other_kind, level),
            Some(Join { how: Joint::On, .. }) | None => Vec::new(),
        };
        let all = KINDS.iter().map(|row| row.kind).filter(|kind| kind.belongs_to(level));
        for kind in all {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// What puts it on the wall.
    fn command(&self, wording: &str, scene: &Scene<'_>) -> Command {
        let mut note = NewNote::new(self.kind, wording).at(self.rect(scene).at);
        let arrows = match self.join {
            Some(Join { how: Joint::On, other, .. }) => {
                note.host = Some(other);
                Vec::new()
            }
            Some(Join { how: Joint::After, other, .. }) => vec![NewArrow::new(other, Id::made(0))],
            Some(Join { how: Joint::Before, other, .. }) => vec![NewArrow::new(Id::made(0), other)],
            None => Vec::new(),
        };
        Command::PlaceNotes { notes: vec![note], arrows }
    }
}

fn after(other: Id, other_kind: NoteKind, rect: Rect, level: Level) -> Draft {
    let kind = next_kinds(other_kind, level)[0];
    let join = Some(Join { other, other_kind, how: Joint::After });
    Draft { join, ..Draft::new(kind, Anchor::RightOf(rect)) }
}

fn before(other: Id, other_kind: NoteKind, rect: Rect, level: Level) -> Draft {
    let kind = previous_kinds(other_kind, level)[0];
    let join = Some(Join { other, other_kind, how: Joint::Before });
    Draft { join, ..Draft::new(kind, Anchor::LeftOf(rect)) }
}

impl Turn<'_> {
    /// An event beside the chosen note, or in the middle of the screen.
    pub(in crate::tui) fn new_beside(&mut self, after: bool) {
        let anchor = match self.main_note() {
            Some((_, _, rect)) if after => Anchor::RightOf(rect),
            Some((_, _, rect)) => Anchor::LeftOf(rect),
            None => self.middle(),
        };
        self.write(Draft::new(NoteKind::DomainEvent, anchor));
    }

    pub(in crate::tui) fn new_of(&mut self, kind: Option<NoteKind>) {
        let anchor = self.main_note().map_or_else(|| self.middle(), |(_, _, rect)| Anchor::RightOf(rect));
        self.write(Draft { by_hand: true, ..Draft::new(kind.unwrap_or(NoteKind::DomainEvent), anchor) });
    }

    pub(in crate::tui) fn new_next(&mut self) {
        let level = self.scene.level();
        match self.main_note() {
            Some((id, kind, rect)) => self.write(after(id, kind, rect, level)),
            None => self.tell("tell-choose-first"),
        }
    }

    /// The note that comes after the chosen one, at a certain place.
    pub(super) fn new_next_at(&mut self, anchor: Anchor) {
        if let Some((id, kind, rect)) = self.main_note() {
            self.write(Draft { anchor, ..after(id, kind, rect, self.scene.level()) });
        }
    }

    pub(in crate::tui) fn new_cause(&mut self) {
        let level = self.scene.level();
        match self.main_note() {
            Some((id, kind, rect)) => self.write(before(id, kind, rect, level)),
            None => self.tell("tell-choose-first"),
        }
    }

    /// A note below the chosen one that leaves the same source.
    pub(in crate::tui) fn new_alternative(&mut self) {
        let Some((id, kind, rect)) = self.main_note() else { return self.tell("tell-choose-first") };
        let board = self.scene.board;
        let arrows =
            self.scene.projection.wires.arrows_at(id).iter().filter_map(|arrow| board.arrows.get(arrow));
        let source = arrows.filter(|arrow| arrow.to == id).find_map(|arrow| board.notes.get(&arrow.from));
        let join = source.map(|note| Join { other: note.id, other_kind: note.kind, how: Joint::After });
        self.write(Draft { join, ..Draft::new(kind, Anchor::Below(rect)) });
    }

    /// A hotspot stuck on the chosen note, or the actor for it.
    pub(in crate::tui) fn new_on(&mut self, kind: NoteKind) {
        let Some((id, other_kind, rect)) = self.main_note() else { return self.tell("tell-choose-first") };
        let leads = may_follow(kind, other_kind, self.scene.level()).is_some();
        let (anchor, how) =
            if leads { (Anchor::LeftOf(rect), Joint::Before) } else { (Anchor::On(rect), Joint::On) };
        let join = Some(Join { other: id, other_kind, how });
        self.write(Draft { join, by_hand: true, ..Draft::new(kind, anchor) });
    }

    /// An event at a place nobody chose a kind for.
    pub(in crate::tui) fn new_at(&mut self, anchor: Anchor) {
        self.write(Draft::new(NoteKind::DomainEvent, anchor));
    }

    /// A letter was typed on the wall: it goes on with the wording of what is chosen, or begins an event.
    pub(super) fn begin_typing(&mut self, c: char) {
        if c.is_whitespace() {
            return;
        }
        match self.state.main {
            Some(_) => self.edit(),
            None => self.new_at(self.middle()),
        }
        self.type_char(c);
    }

    /// Words the chosen thing anew.
    pub(in crate::tui) fn edit(&mut self) {
        let board = self.scene.board;
        let Some(id) = self.state.main else { return self.tell("tell-choose-first") };
        if let Some(note) = board.notes.get(&id) {
            self.state.window.reveal(note.rect());
            self.state.mode =
                Mode::Write(Writing { target: Target::Old(id), field: Field::new(note.text()) });
        } else if let Some(context) = board.contexts.get(&id) {
            self.question(Asked::Rename(id), context.name());
        } else if let Some(lane) = board.lanes.get(&id) {
            self.question(Asked::Rename(id), lane.name());
        } else if let Some(arrow) = board.arrows.get(&id) {
            self.question(Asked::Label(id), arrow.label());
        }
    }

    /// Has all of the wall changed as text, where it can be changed.
    pub(in crate::tui) fn edit_text(&mut self) {
        match self.refusal() {
            Some(told) => self.state.told = Some(told),
            None => self.effects.push(Effect::EditText),
        }
    }

    /// Puts what is being typed on the wall and goes back to looking at it.
    pub(in crate::tui) fn save(&mut self) {
        let Mode::Write(writing) = std::mem::replace(&mut self.state.mode, Mode::Wall) else { return };
        let wording = writing.field.text().trim();
        if let Some(why) = self.refusal().filter(|_| writing.is_changed(self.scene)) {
            self.effects.push(Effect::Copy(wording.to_owned()));
            let said = Said::new("tell-typed-is-copied").with_said("why", why.said);
            self.state.told = Some(Told { said, bad: true });
            return;
        }
        match &writing.target {
            Target::Old(id) => {
                self.state.main = Some(*id);
                let before = self.scene.board.notes.get(id).map(|note| note.text());
                if !wording.is_empty() && before.is_some_and(|before| before != wording) {
                    let command = Command::Reword { note: *id, wording: wording.to_owned() };
                    self.ask(Effect::Perform(command));
                    self.state.sent = Some(writing);
                }
            }
            Target::New(draft) if !wording.is_empty() => {
                self.ask(Effect::Perform(draft.command(wording, self.scene)));
                self.state.sent = Some(writing);
            }
            Target::New(_) => {}
        }
    }

    /// Saves and opens the sticky that comes next; where nothing is typed yet, offers the next kind instead.
    pub(in crate::tui) fn save_and_next(&mut self) {
        let Mode::Write(writing) = &self.state.mode else { return };
        let next = match &writing.target {
            Target::New(_) if writing.field.text().trim().is_empty() => return self.other_kind(true),
            Target::New(draft) => Some(draft.next(self.scene)),
            Target::Old(id) => {
                let note = self.scene.board.notes.get(id);
                note.map(|note| after(note.id, note.kind, note.rect(), self.scene.level()))
            }
        };
        self.save();
        if let Some(draft) = next.filter(|_| !self.effects.is_empty() || self.state.sent.is_none()) {
            self.write(draft);
        }
    }

    /// Chooses another kind for the note being typed: the next likely one, or the one before.
    pub(in crate::tui) fn other_kind(&mut self, on: bool) {
        let level = self.scene.level();
        if let Some(Writing { target: Target::New(draft), .. }) = self.writing() {
            let kinds = draft.kinds(level);
            let at = kinds.iter().position(|kind| *kind == draft.kind);
            let step = if on { 1 } else { kinds.len() - 1 };
            draft.kind = kinds[at.map_or(0, |at| (at + step) % kinds.len())];
            draft.by_hand = true;
        }
        self.show_writing();
    }

    /// Types a character wherever text is taken.
    pub(in crate::tui) fn type_char(&mut self, c: char) {
        self.in_field(|field| field.insert(c));
    }

    /// Does something to the text that is being typed.
    pub(in crate::tui) fn in_field(&mut self, deed: impl FnOnce(&mut Field)) {
        match &mut self.state.mode {
            Mode::Write(writing) => {
                deed(&mut writing.field);
                self.reguess();
            }
            Mode::Ask(ask) => {
                deed(&mut ask.field);
                ask.offers = Offers::default();
            }
            Mode::Line(line) => {
                deed(&mut line.field);
                self.draw_line();
            }
            Mode::List(list) => {
                let before = list.field.clone();
                deed(&mut list.field);
                if list.field != before {
                    self.narrow();
                }
            }
            Mode::Wall
            | Mode::Carry(_)
            | Mode::Shape(_)
            | Mode::Pick(_)
            | Mode::Pull { .. }
            | Mode::Sweep { .. }
            | Mode::Pan { .. }
            | Mode::Side
            | Mode::Map(_)
            | Mode::Tell(_)
            | Mode::Propose(_)
            | Mode::Making(_) => {}
        }
    }

    /// Up and down in the text of a note.
    pub(in crate::tui) fn cursor_row(&mut self, rows: isize) {
        let (scene, theme) = (self.scene, self.state.theme);
        if let Some(writing) = self.writing() {
            let size = writing.rect(scene).size;
            writing.field.row_by(rows, body(theme, size.w, size.h).columns.max(1) as usize);
        }
    }

    /// What the wording says of the kind, unless a person chose it.
    pub(super) fn reguess(&mut self) {
        let level = self.scene.level();
        if let Some(Writing { target: Target::New(draft), field }) = self.writing()
            && !draft.by_hand
        {
            let guess = guess_kind(field.text().trim(), level);
            draft.kind = if guess.strength == Strength::Strong { guess.kind } else { draft.offered };
        }
    }

    /// Opens a draft where all of it, and the one that may follow, can be seen.
    pub(super) fn write(&mut self, draft: Draft) {
        self.state.mode = Mode::Write(Writing { target: Target::New(draft), field: Field::default() });
        self.show_writing();
    }

    pub(super) fn show_writing(&mut self) {
        let Mode::Write(Writing { target: Target::New(draft), .. }) = &self.state.mode else { return };
        let rect = draft.rect(self.scene);
        let next = draft.next(self.scene).rect(self.scene);
        self.state.window.reveal(rect.union(next));
        self.state.window.reveal(rect);
    }

    fn writing(&mut self) -> Option<&mut Writing> {
        match &mut self.state.mode {
            Mode::Write(writing) => Some(writing),
            _ => None,
        }
    }

    /// The chosen note, its kind and where it lies.
    fn main_note(&self) -> Option<(Id, NoteKind, Rect)> {
        let note = self.scene.board.notes.get(&self.state.main?)?;
        Some((note.id, note.kind, note.rect()))
    }

    /// Where the menu was opened, or the middle of the screen.
    pub(super) fn middle(&self) -> Anchor {
        Anchor::At(self.state.spot.unwrap_or_else(|| self.middle_point()))
    }
}

impl Writing {
    /// Whether something was typed that the wall does not say.
    pub(super) fn is_changed(&self, scene: &Scene<'_>) -> bool {
        let says = match self.target {
            Target::Old(id) => scene.board.notes.get(&id).map_or("", |note| note.text()),
            Target::New(_) => "",
        };
        let typed = self.field.text().trim();
        !typed.is_empty() && typed != says
    }

    /// What the note covers while it is worded.
    pub fn rect(&self, scene: &Scene<'_>) -> Rect {
        match &self.target {
            Target::Old(id) => scene.projection.space.tile(*id).map_or_else(Rect::default, |tile| tile.rect),
            Target::New(draft) => draft.rect(scene),
        }
    }

    /// What the note stands for.
    pub fn kind(&self, scene: &Scene<'_>) -> NoteKind {
        match &self.target {
            Target::Old(id) => scene.board.notes.get(id).map_or(NoteKind::Note, |note| note.kind),
            Target::New(draft) => draft.kind,
        }
    }
}
