//! What an input does to a screen.
//!
//! [`update`] is a function of the state, the wall and the input; what it wants from the world it asks for in
//! [`Effect`]s. The wall itself changes only when the session has carried them out, and is then drawn from what happened.

mod chart;
mod clip;
mod deed;
mod fact;
mod finding;
mod intake;
mod layout;
mod line;
mod list;
mod look;
mod mouse;
mod order;
mod outage;
mod places;
mod propose;
mod require;
mod search;
mod select;
mod shape;
mod side;
mod stick;
mod tell;
mod then;
mod together;
mod tour;
mod write;

pub(super) use select::Kin;

use std::sync::Arc;

use super::actions::{self, ACTIONS, Action, Ground, Place};
use super::input::{Code, Input, Key};
use super::keymap::{Found, latin};
use super::state::{
    Again, Aim, Ask, Asked, Draft, Effect, Listed, Mode, Reply, Scene, State, Target, Told, Writing,
};
use crate::model::limit::WORDING_CHARS_MAX;
use crate::model::text::jamo;
use crate::model::{Id, NoteKind, Rect};
use crate::words::Said;

/// Actions whose keys a sentence may name, as `{find}`.
const NAMED: [&str; 7] = ["find", "finding-off", "fit", "help", "jump", "mouse", "tour"];

/// Takes in one input and says what is to be done.
pub fn update(state: &mut State, scene: &Scene<'_>, input: Input) -> Vec<Effect> {
    let (window, followed) = (state.window, state.together.follow);
    let is_own = matches!(input, Input::Key(_) | Input::Mouse(_) | Input::Paste(_));
    let mut turn = Turn { state, scene, effects: Vec::new() };
    match input {
        Input::Key(key) => turn.key(key),
        Input::Mouse(mouse) => turn.mouse(mouse),
        Input::Paste(text) => turn.paste(&text),
        Input::Resize(w, h) => turn.have_size((w, h)),
        Input::Focus(_) => {}
        Input::Reply(reply) => turn.reply(reply),
        Input::Waited if turn.state.prefix.is_empty() || turn.state.waited => turn.tick(),
        Input::Waited => turn.state.waited = true,
    }
    if is_own && followed.is_some() && followed == turn.state.together.follow {
        turn.go_own_way(window);
    }
    if matches!(turn.state.mode, Mode::Write(_) | Mode::Line(_) | Mode::Carry(_)) {
        // Whoever works on has found what was looked for.
        turn.state.lit = Arc::default();
    }
    turn.walk_on();
    turn.keep_telling();
    turn.only_look();
    turn.effects
}

/// One input being taken in.
pub struct Turn<'a> {
    pub(super) state: &'a mut State,
    pub(super) scene: &'a Scene<'a>,
    pub(super) effects: Vec<Effect>,
}

impl Turn<'_> {
    fn key(&mut self, key: Key) {
        self.state.told = None;
        self.state.together.pointer = None;
        self.state.waited = false;
        let leaving = std::mem::take(&mut self.state.leaving);
        let pressed = key;
        let key = latin(key);
        let keys = match key.text() {
            Some(c) if !self.takes_text() && !self.begins_text() => jamo::keys(c).map(Key::typed).collect(),
            _ => vec![key],
        };
        let hangul = keys.first() != Some(&pressed);
        self.state.hangul = hangul;
        for key in keys {
            // The rest of a syllable whose first key opened a text belongs into that text.
            let key = key
                .text()
                .filter(|_| hangul && self.takes_text())
                .and_then(jamo::letter)
                .map_or(key, Key::typed);
            self.stroke(key, leaving);
        }
    }

    fn stroke(&mut self, key: Key, leaving: bool) {
        self.state.prefix.push(key);
        let places = actions::places(&self.state.mode, self.state.ground(self.scene));
        match self.state.keys.find(places, &self.state.prefix) {
            Found::Row(row, kind) => {
                self.state.prefix.clear();
                self.state.leaving = leaving && row.place == Place::Any;
                self.run(row, kind);
            }
            Found::Prefix => {}
            Found::Nothing => {
                let begun = self.state.prefix.len() > 1;
                self.state.prefix.clear();
                match key.text() {
                    Some(c) if self.begins_text() => self.begin_typing(c),
                    Some(c) if self.takes_text() => self.type_char(c),
                    Some(c) => self.pick_letter(c),
                    None if begun && key.code != Code::Esc => self.stroke(key, leaving),
                    None => {}
                }
            }
        }
    }

    /// Does what a row says; if that was a deed on the wall, it can be repeated.
    fn run(&mut self, row: &'static Action, kind: Option<NoteKind>) {
        let before = self.effects.len();
        self.state.together.is_ending &= row.name == "end-room";
        row.run(self, kind);
        let is_deed = |effect: &Effect| matches!(effect, Effect::Perform(_));
        if row.place == Place::Wall && row.name != "repeat" && self.effects[before..].iter().any(is_deed) {
            self.state.again = Some(Again::Row(row.name, kind));
        }
    }

    fn takes_text(&self) -> bool {
        matches!(self.state.mode, Mode::Write(_) | Mode::List(_) | Mode::Ask(_) | Mode::Line(_))
    }

    /// Whether a letter pressed now is the first of a text.
    fn begins_text(&self) -> bool {
        self.state.keys.letters_type()
            && self.state.prefix.is_empty()
            && matches!(self.state.mode, Mode::Wall)
    }

    fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        match &self.state.mode {
            Mode::Write(_) => self.paste_into_field(text.trim_end()),
            Mode::Side if self.state.ground(self.scene) == Ground::Requirements => self.require_all(&text),
            Mode::Ask(Ask { what: Asked::Requirement, field, .. })
                if field.text().is_empty() && text.trim().contains('\n') =>
            {
                self.state.mode = Mode::Wall;
                self.after_asking(&Asked::Requirement);
                self.require_all(&text);
            }
            Mode::List(_) | Mode::Ask(_) | Mode::Line(_) => {
                self.paste_into_field(&text.trim().replace('\n', " "));
            }
            Mode::Wall => self.place_pasted(&text),
            Mode::Carry(_)
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

    /// What is more than a wording may hold is left out.
    fn paste_into_field(&mut self, text: &str) {
        let mut end = text.len();
        self.in_field(|field| {
            let room = WORDING_CHARS_MAX.saturating_sub(field.text().chars().count());
            end = text.char_indices().nth(room).map_or(end, |(at, _)| at);
            field.insert_str(&text[..end]);
        });
        if end < text.len() {
            self.tell("tell-paste-long");
        }
    }

    fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::Made(ids) => {
                self.made(&ids);
                self.keep_finding();
            }
            Reply::Refused(said) => {
                if let Some(writing) = self.state.sent.take() {
                    self.state.mode = Mode::Write(writing);
                }
                self.state.told = Some(Told { said, bad: true });
            }
            Reply::Settings(settings) => self.effects.extend(self.state.settle(settings)),
            Reply::News(news) => self.hear(&news),
            Reply::Progress(done, all) => self.progress(done, all),
            Reply::Proposed(cuts) => self.proposed(cuts),
            Reply::Stands(stands) => self.stands(&stands),
            Reply::Fetched(fetched) => self.fetched(fetched),
            Reply::TakenIn(what, things) => self.taken_in(what, things),
            Reply::Offers(typed, offers) => self.completed(&typed, offers),
            Reply::Company => self.company_came(),
            Reply::Renewed(role, link) => self.renewed(role, link),
            Reply::Then(touched) => self.came_then(touched),
            Reply::Said(said) => self.state.told = Some(Told { said, bad: false }),
            Reply::Back(said, notes) => {
                self.come_back(notes);
                self.state.told = Some(Told { said, bad: false });
            }
        }
    }

    /// So much of what takes long is done.
    fn progress(&mut self, done: usize, all: usize) {
        match &mut self.state.mode {
            Mode::Propose(proposing) => proposing.progress = (done, all),
            Mode::Making(making) => making.progress = (done, all),
            _ => {}
        }
    }

    /// What was made is chosen, and a draft that goes on from it learns its name.
    fn made(&mut self, ids: &[Id]) {
        self.state.sent = None;
        self.go_on_after(ids);
        if let Mode::Write(Writing { target: Target::New(Draft { join: Some(join), .. }), .. }) =
            &mut self.state.mode
            && let Some(made) = join.other.as_made().and_then(|nth| ids.get(nth as usize))
        {
            join.other = *made;
        }
        let board = self.scene.board;
        let shown = |id: &&Id| board.notes.contains_key(id) || board.contexts.contains_key(id);
        ids.iter().for_each(|id| self.go_to_requirement(*id));
        let made: Vec<Id> = ids.iter().filter(shown).copied().collect();
        if let Some(last) = made.last() {
            self.state.main = Some(*last);
            self.state.marked = if made.len() > 1 { made } else { Vec::new() };
        }
    }

    /// What stands on the wall again is chosen again.
    fn come_back(&mut self, notes: Vec<Id>) {
        if let Some(rect) = Rect::around(notes.iter().filter_map(|id| self.rect(*id))) {
            self.state.window.reveal(rect);
            self.state.main = notes.last().copied();
            self.state.marked = if notes.len() > 1 { notes } else { Vec::new() };
        }
    }

    /// Says something at the bottom of the screen.
    fn tell(&mut self, key: &'static str) {
        let said = NAMED.iter().fold(Said::new(key), |said, name| said.with(name, self.key_of(name)));
        self.state.told = Some(Told { said, bad: false });
    }

    /// The first keys of an action.
    fn key_of(&self, name: &str) -> String {
        let row = ACTIONS.iter().find(|row| row.name == name);
        row.map_or_else(String::new, |row| self.state.keys.first(row, None))
    }

    /// Asks the session for something; where this screen may only look, says so instead.
    fn ask(&mut self, effect: Effect) {
        let writes = matches!(effect, Effect::Perform(_) | Effect::TakeIn(_) | Effect::Undo | Effect::Redo);
        match self.refusal().filter(|_| writes) {
            Some(told) => self.state.told = Some(told),
            None => {
                self.state.span = None;
                self.effects.push(effect);
            }
        }
    }

    /// Why nothing can be done on what is shown, if nothing can.
    pub(super) fn refusal(&self) -> Option<Told> {
        let then = self.state.then.as_ref().map(|_| Said::new("tell-not-now"));
        let said = then.or(self.scene.read_only.map(|why| why.said()))?;
        Some(Told { said, bad: true })
    }

    /// Where a thing lies.
    fn rect(&self, id: Id) -> Option<Rect> {
        let projection = self.scene.projection;
        projection.space.tile(id).map(|tile| tile.rect).or_else(|| projection.frames.rect(id)).or_else(|| {
            let arrow = self.scene.board.arrows.get(&id)?;
            let end = |note| projection.space.tile(note).map(|tile| tile.rect);
            Some(end(arrow.from)?.union(end(arrow.to)?))
        })
    }

    /// Chooses one thing and shows it.
    fn choose(&mut self, id: Id) {
        self.state.main = Some(id);
        let lane = || {
            let lane = self.scene.board.lanes.get(&id)?;
            Some(Rect::new(self.state.window.seen().at.x, lane.y, 1, 1))
        };
        if let Some(rect) = self.rect(id).or_else(lane) {
            self.state.window.reveal(rect);
        }
        self.stretch();
    }

    /// The notes that are chosen, those gone meanwhile left out; says what to do where none is.
    fn chosen_notes(&mut self) -> Vec<Id> {
        let notes = &self.scene.board.notes;
        let chosen: Vec<Id> =
            self.state.things().iter().filter(|id| notes.contains_key(id)).copied().collect();
        if chosen.is_empty() {
            self.tell("tell-choose-first");
        }
        chosen
    }

    /// One step out, whatever this is.
    pub(super) fn out(&mut self) {
        self.state.span = None;
        match std::mem::replace(&mut self.state.mode, Mode::Wall) {
            Mode::Side => {
                if let Some(side) = self.state.side.as_ref().filter(|_| self.state.then.is_none()) {
                    self.state.look_through(side.before);
                    self.state.lit = Arc::default();
                }
                self.leave_side();
            }
            Mode::Wall if !self.state.down.is_empty() => self.state.down.clear(),
            Mode::Wall if !self.state.marked.is_empty() => self.state.marked.clear(),
            Mode::Wall if !self.state.lit.is_empty() => self.state.lit = Arc::default(),
            Mode::Wall => self.state.main = None,
            Mode::Tell(tale) => self.end_telling(Some(tale.before)),
            Mode::Write(writing) => {
                self.state.mode = Mode::Write(writing);
                self.save();
            }
            Mode::List(list) => {
                if let Some(before) = list.before {
                    self.state.look_through(before);
                }
                if list.what == Listed::Find {
                    self.state.lit = Arc::default();
                }
                if let Some(behind) = list.behind {
                    self.state.mode = *behind;
                }
            }
            Mode::Propose(proposing) => {
                self.state.mode = Mode::Propose(proposing);
                self.leave_proposals();
            }
            Mode::Making(_) => self.effects.push(Effect::LetGo),
            Mode::Ask(Ask { what: Asked::Name, field, .. }) => self.be_named(field.text().trim().to_owned()),
            Mode::Carry(_)
            | Mode::Shape(_)
            | Mode::Pick(_)
            | Mode::Pull { .. }
            | Mode::Sweep { .. }
            | Mode::Pan { .. }
            | Mode::Line(_)
            | Mode::Map(_) => {}
            Mode::Ask(ask) => self.after_asking(&ask.what),
        }
    }

    pub(super) fn quit(&mut self) {
        self.effects.push(Effect::Quit);
    }

    /// Leaves at the second time in a row; what is being typed is kept at the first.
    pub(super) fn break_off(&mut self) {
        if self.state.leaving {
            self.quit();
        } else {
            self.out();
            self.state.leaving = true;
            self.tell("tell-again-to-leave");
        }
    }

    pub(super) fn free_mouse(&mut self) {
        self.state.mouse_free = !self.state.mouse_free;
        self.effects.push(Effect::Mouse(!self.state.mouse_free));
        self.tell(if self.state.mouse_free { "tell-mouse-free" } else { "tell-mouse-held" });
    }

    pub(super) fn undo(&mut self) {
        self.ask(Effect::Undo);
    }

    pub(super) fn redo(&mut self) {
        self.ask(Effect::Redo);
    }

    fn pick_letter(&mut self, c: char) {
        if let Mode::Pick(pick) = &mut self.state.mode {
            pick.typed.extend(c.to_lowercase());
            let typed = pick.typed.clone();
            if let Some((_, note)) = pick.labels.iter().find(|(label, _)| *label == typed) {
                let (note, aim) = (*note, pick.aim);
                self.state.mode = Mode::Wall;
                self.picked(note, aim);
            } else if !pick.labels.iter().any(|(label, _)| label.starts_with(&typed)) {
                pick.typed.clear();
            }
        }
    }

    fn picked(&mut self, note: Id, aim: Aim) {
        let Some(main) = self.state.main else { return self.go_to(note) };
        match aim {
            Aim::Jump => return self.go_to(note),
            Aim::ArrowTo(mode) => self.join(main, note, mode),
            Aim::ArrowFrom(mode) => self.join(note, main, mode),
            Aim::Host => return self.stick_on(note),
        }
        self.state.again = Some(Again::Arrow(aim, note));
    }
}
