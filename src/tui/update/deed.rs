//! What people do to things that are on the wall.

use std::collections::HashSet;

use serde_json::Value;

use super::Turn;
use crate::command::{Command, NewArrow};
use crate::model::arrange::MARGIN;
use crate::model::{Details, Frame, Id, Mode as ArrowMode, NoteKind, Point, Rect, Thing};
use crate::query::Offers;
use crate::tui::field::Field;
use crate::tui::side::tab;
use crate::tui::state::{Again, Ask, Asked, Carry, Effect, Mode};

impl Turn<'_> {
    /// Does a deed. What can be done to other notes too can be repeated, and nothing else is taken for it.
    pub(super) fn perform(&mut self, command: Command) {
        let repeats = command.aimed_at(&[]).is_some() && self.is_about_notes(&command);
        self.state.again = repeats.then(|| Again::Command(command.clone()));
        self.ask(Effect::Perform(command));
    }

    fn is_about_notes(&self, command: &Command) -> bool {
        match command {
            Command::Set { of, .. } => of.is_some_and(|id| self.scene.board.notes.contains_key(&id)),
            Command::All(commands) => commands.iter().all(|command| self.is_about_notes(command)),
            _ => true,
        }
    }

    pub(in crate::tui) fn recast(&mut self, kind: Option<NoteKind>) {
        let notes = self.chosen_notes();
        if let (Some(kind), false) = (kind, notes.is_empty()) {
            self.perform(Command::Recast { notes, kind });
        }
    }

    /// Takes away what is chosen.
    pub(in crate::tui) fn remove(&mut self) {
        self.take_away(self.standing());
    }

    /// Takes things away; what came before them is chosen then, so that one can go on.
    pub(super) fn take_away(&mut self, things: Vec<Id>) {
        if things.is_empty() {
            return self.tell("tell-choose-first");
        }
        let (timeline, space) = (&self.scene.projection.timeline, &self.scene.projection.space);
        let gone: HashSet<Id> = things.iter().copied().collect();
        let kept = |id: &Id| !gone.contains(id);
        let neighbour = things.first().and_then(|first| {
            let mut before = std::iter::successors(Some(*first), |id| timeline.previous(*id, space));
            let mut after = std::iter::successors(Some(*first), |id| timeline.next(*id, space));
            before.find(kept).or_else(|| after.find(kept))
        });
        self.state.main = neighbour;
        self.state.marked.clear();
        self.perform(Command::Remove { things });
    }

    pub(in crate::tui) fn set_aside(&mut self) {
        let notes = self.chosen_notes();
        if !notes.is_empty() {
            self.question(Asked::AsideReason(notes), "");
        }
    }

    /// Asks for the name of a context or a subdomain around the chosen notes and contexts.
    pub(in crate::tui) fn frame(&mut self, frame: Frame) {
        let mut things = self.standing();
        things.retain(|id| matches!(self.scene.board.thing(*id), Some(Thing::Note | Thing::Context)));
        match things.is_empty() {
            true => self.tell("tell-choose-first"),
            false => self.question(Asked::FrameName(frame, things), ""),
        }
    }

    /// Asks for the name of a lane that begins above the chosen thing, or in the middle of the screen.
    pub(in crate::tui) fn lane(&mut self) {
        let above = self.state.main.and_then(|id| self.rect(id)).map(|rect| rect.at.y - MARGIN - 1);
        let y = above.unwrap_or_else(|| self.middle_point().y);
        self.question(Asked::LaneName(y), "");
    }

    pub(in crate::tui) fn layer(&mut self, up: bool) {
        let notes = self.chosen_notes();
        if !notes.is_empty() {
            self.perform(Command::Layer { notes, up });
        }
    }

    /// Switches a detail of the chosen notes of a kind on, or off where all of them have it.
    pub(in crate::tui) fn toggle_flag(&mut self, field: &'static str, kind: NoteKind) {
        let board = self.scene.board;
        let notes: Vec<Id> =
            self.chosen_notes().into_iter().filter(|id| board.notes[id].kind == kind).collect();
        if notes.is_empty() {
            return self.tell(if kind == NoteKind::Hotspot {
                "tell-only-hotspots"
            } else {
                "tell-only-events"
            });
        }
        let all = notes.iter().all(|id| board.notes[id].details.contains_key(field));
        let value = if all { Value::Null } else { Value::Bool(true) };
        let set = |of| Command::Set { of: Some(of), field: field.to_owned(), value: value.clone() };
        self.perform(Command::All(notes.into_iter().map(set).collect()));
    }

    pub(in crate::tui) fn arrow_mode(&mut self, mode: ArrowMode) {
        if let Some(arrow) = self.state.main {
            self.perform(set_mode(arrow, mode));
        }
    }

    /// Draws an arrow. The same arrow again takes it away; the other sort of arrow makes it that sort.
    pub(super) fn join(&mut self, from: Id, to: Id, mode: Option<ArrowMode>) {
        let board = self.scene.board;
        let mut arrows =
            self.scene.projection.wires.arrows_at(from).iter().filter_map(|id| board.arrows.get(id));
        let drawn = arrows.rfind(|arrow| arrow.from == from && arrow.to == to);
        self.perform(match (drawn, mode) {
            (Some(arrow), Some(mode)) if arrow.mode() != Some(mode) => set_mode(arrow.id, mode),
            (Some(_), _) => Command::Disconnect { from, to },
            (None, mode) => {
                let detail = mode.map(|mode| ("mode".to_owned(), Value::from(mode.id())));
                Command::Connect(NewArrow { from, to, details: detail.into_iter().collect() })
            }
        });
    }

    pub(in crate::tui) fn carry(&mut self) {
        self.take_hold(None, false);
    }

    /// Begins to move what is chosen, frames without what lies in them if `alone`; arrows go with their notes.
    pub(super) fn take_hold(&mut self, held: Option<Point>, alone: bool) {
        let board = self.scene.board;
        let mut things = self.standing();
        things.retain(|id| !board.arrows.contains_key(id));
        if things.is_empty() {
            return self.tell("tell-choose-first");
        }
        self.state.mode = Mode::Carry(Carry { things, by: Point::new(0, 0), held, alone });
    }

    /// Leaves what lies in the carried frames where it is, or takes it along again.
    pub(in crate::tui) fn carry_alone(&mut self) {
        if let Mode::Carry(carry) = &mut self.state.mode {
            carry.alone = !carry.alone;
        }
    }

    /// Moves what is carried, or the edges that are held, by cells of the screen.
    pub(in crate::tui) fn carry_by(&mut self, columns: i32, rows: i32) {
        let window = self.state.window;
        self.shape_by(Point::new(window.reach(columns), window.reach(rows)));
        if let Mode::Carry(carry) = &mut self.state.mode {
            carry.by = carry.by.shifted(Point::new(window.reach(columns), window.reach(rows)));
            let (by, last) = (carry.by, carry.things.last().copied());
            if let Some(rect) = last.and_then(|id| self.rect(id)) {
                self.state.window.reveal(Rect { at: rect.at.shifted(by), ..rect });
            }
        }
    }

    pub(in crate::tui) fn drop(&mut self) {
        let carry = match std::mem::replace(&mut self.state.mode, Mode::Wall) {
            Mode::Carry(carry) if carry.by != Point::new(0, 0) => carry,
            Mode::Shape(shape) => return self.drop_shape(&shape),
            _ => return,
        };
        let frames =
            self.scene.board.contexts.values().filter(|it| carry.alone && carry.things.contains(&it.id));
        let mut commands: Vec<Command> = frames
            .map(|it| Command::ReshapeContext {
                context: it.id,
                rect: Rect { at: it.rect.at.shifted(carry.by), ..it.rect },
            })
            .collect();
        let is_whole = |id: &Id| !carry.alone || !self.scene.board.contexts.contains_key(id);
        let things: Vec<Id> = carry.things.iter().copied().filter(is_whole).collect();
        if !things.is_empty() {
            commands.push(Command::Move { things, by: carry.by });
        }
        self.perform(Command::All(commands));
    }

    pub(in crate::tui) fn title(&mut self) {
        self.question(Asked::Title, self.scene.board.title());
    }

    pub(super) fn question(&mut self, what: Asked, answer: &str) {
        self.state.mode = Mode::Ask(Ask { what, field: Field::new(answer), offers: Offers::default() });
    }

    /// Back into the panel, where it shows what the question was about.
    pub(super) fn after_asking(&mut self, what: &Asked) {
        if let Asked::Field(of, name) = what {
            self.form_at(*of, name);
        }
        let asking = match what {
            Asked::NewTerm(_) => tab("findings"),
            _ => tab("requirements"),
        };
        if what.is_of_side() && self.state.side.as_ref().is_some_and(|side| side.tab == asking) {
            self.state.mode = Mode::Side;
        }
    }

    /// Does what the answered question was for. An empty answer to a name or a reason changes nothing.
    pub(in crate::tui) fn answer(&mut self) {
        let Mode::Ask(ask) = std::mem::replace(&mut self.state.mode, Mode::Wall) else { return };
        self.after_asking(&ask.what);
        let text = ask.field.text().trim().to_owned();
        let set = |of, field: &str, text: String| Command::Set {
            of,
            field: field.to_owned(),
            value: if text.is_empty() { Value::Null } else { Value::from(text) },
        };
        match ask.what {
            Asked::FrameName(frame, things) => {
                let named = (!text.is_empty()).then(|| ("name".to_owned(), Value::from(text)));
                self.perform(Command::FrameContext {
                    frame,
                    area: crate::command::Area::Around(things),
                    details: named.into_iter().collect::<Details>(),
                });
            }
            Asked::LaneName(y) if !text.is_empty() => self.perform(Command::DrawLane { name: text, y }),
            Asked::Rename(id) if !text.is_empty() => self.perform(set(Some(id), "name", text)),
            Asked::AsideReason(notes) if !text.is_empty() => {
                self.state.main = None;
                self.state.marked.clear();
                self.perform(Command::SetAside { notes, reason: Some(text) });
            }
            Asked::Field(of, field) => self.give(of, field, &Value::from(text)),
            Asked::Label(arrow) => self.perform(set(Some(arrow), "label", text)),
            Asked::Title if !text.is_empty() => self.perform(set(None, "title", text)),
            Asked::Requirement if !text.is_empty() => self.perform(Command::Require { text }),
            Asked::Sentence(id) if !text.is_empty() => self.perform(set(Some(id), "text", text)),
            Asked::Setting(key) => {
                self.settings();
                if !text.is_empty() {
                    self.ask(Effect::Set(key, text));
                }
            }
            Asked::Name => self.be_named(text),
            Asked::Source if !text.is_empty() => self.fetch(&text),
            Asked::Place(what, there) if !text.is_empty() => self.order_to(what, there, &text),
            Asked::OldTerm if !text.is_empty() => self.question(Asked::NewTerm(text), ""),
            Asked::NewTerm(old) if !text.is_empty() => self.rename(&old, &text),
            Asked::LaneName(_)
            | Asked::Rename(_)
            | Asked::AsideReason(_)
            | Asked::Title
            | Asked::OldTerm
            | Asked::NewTerm(_)
            | Asked::Requirement
            | Asked::Sentence(_)
            | Asked::Source
            | Asked::Place(..) => {}
        }
    }

    /// The chosen things that are still there.
    pub(super) fn standing(&self) -> Vec<Id> {
        let there = |id: &&Id| self.scene.board.thing(**id).is_some();
        self.state.things().iter().filter(there).copied().collect()
    }
}

fn set_mode(arrow: Id, mode: ArrowMode) -> Command {
    Command::Set { of: Some(arrow), field: "mode".to_owned(), value: Value::from(mode.id()) }
}
