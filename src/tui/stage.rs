//! Everything of a screen but its terminal: a seat before a wall, its state, what it remembers of its pictures.
//!
//! Whoever owns a terminal gives it inputs and takes pictures; the wall is lent for each of them, so that several
//! stages may share one.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;

use super::field::Field;
use super::input::Input;
use super::keymap::remarks;
use super::memo::Memo;
use super::screen::Cursor;
use super::state::{Ask, Asked, Effect, Found, Mode, Record, Reply, Scene, State, Told};
use super::theme::Theme;
use super::together::presence;
use super::tour::Tour;
use super::update::update;
use super::view::{Sprites, draw};
use crate::model::{Applied, Id, Note};
use crate::query::{Offers, Watch, tell};
use crate::session::company::{Company, Net, Presence, Role, Somebody, Told as Heard};
use crate::session::config::Config;
use crate::session::edit::edit;
use crate::session::errand::Errand;
use crate::session::intake::Intake;
use crate::session::order::carry_out;
use crate::session::place::offers;
use crate::session::proposal::all_cuts;
use crate::session::saves::Saved;
use crate::session::{News, Past, Performed, Retold, Seat, Wall};
use crate::words::{Lang, Said};

/// Somebody who has pressed the first key of a sequence and no other for so long wonders what comes next.
const PATIENCE: Duration = Duration::from_millis(400);

/// A seat and its screen.
pub struct Stage {
    seat: Seat,
    config: Config,
    state: State,
    sprites: Sprites,
    behind: Behind,
    drawn: Option<Drawn>,
    /// What the others were told last of the person.
    shown: Option<Presence>,
    /// Why the room is out of reach, as far as that was told.
    off: Option<Said>,
    /// What takes long, and how far that was told.
    errand: Option<(Errand<Option<Reply>>, usize)>,
}

/// What is known of the wall beside how it is.
#[derive(Default)]
struct Behind {
    /// What undo would take back, as of the last deed.
    undo: Option<Said>,
    memo: Memo,
    /// Who else is there, where the wall is in a room.
    company: Option<Arc<Company>>,
    /// The wall as it was, where that is shown, and how often the wall had changed then.
    past: Option<(Past, u64)>,
}

impl Behind {
    /// Keeps up with the wall and with what is to be shown of it; what the last deed of another moment touched.
    fn keep_up(&mut self, wall: &Wall, state: &State) -> Option<Vec<Id>> {
        let shown = state.then.as_ref().map(|then| then.shown);
        self.memo.renew(wall, shown, state.asks_lint);
        let changes = wall.changes();
        let Some(shown) = shown else {
            self.past = None;
            return None;
        };
        let deeds = self.memo.deeds(wall);
        match &mut self.past {
            Some((past, had)) if *had == changes && past.shown() == shown => return None,
            Some((past, had)) if *had == changes => past.go(wall, deeds, shown),
            past => *past = Some((Past::of(wall, deeds, shown), changes)),
        }
        self.past.as_ref().map(|(past, _)| past.touched().to_vec())
    }

    fn scene<'a>(&'a self, wall: &'a Wall, saved: &'a Saved) -> Scene<'a> {
        let past = self.past.as_ref().map(|(past, _)| past);
        let shown = past.map_or(wall, Past::wall);
        Scene {
            board: shown.board(),
            projection: shown.projection(),
            saved,
            read_only: wall.read_only(),
            undo: self.undo.as_ref(),
            company: self.company.as_deref(),
            record: Some(Record { wall, memo: &self.memo, past }),
        }
    }
}

/// All that the picture drawn last depends on.
struct Drawn {
    state: State,
    changes: u64,
    company: Option<Arc<Company>>,
    saved: Saved,
    undo: Option<Said>,
}

impl Stage {
    /// A screen of this size before a wall, in this language and these colours where the settings say nothing else.
    pub fn new(
        seat: Seat,
        wall: &Wall,
        config: Config,
        (lang, theme): (Lang, Theme),
        size: (u16, u16),
    ) -> Stage {
        let company = Company::of(wall).map(Arc::new);
        let behind = Behind { undo: seat.undo_what(wall).map(in_short), company, ..Behind::default() };
        let mut state = State::open(lang, theme, size, &behind.scene(wall, &wall.saved()));
        state.me = Some(seat.who().clone());
        let told =
            [("tell-more-of-board", wall.remarks().to_vec()), ("tell-more-of-settings", remarks(&config))];
        let first = told.into_iter().find_map(|(key, told)| remarked(key, told));
        state.told = first.map(|said| Told { said, bad: false });
        // The terminal has done what they ask of it before there was a picture.
        drop(state.settle(config.settings().clone()));
        let sprites = Sprites::default();
        let mut stage =
            Stage { seat, config, state, sprites, behind, drawn: None, shown: None, off: None, errand: None };
        stage.introduce();
        stage
    }

    /// Lets everything happen again before anything else, about so many deeds a second.
    pub fn replay(&mut self, wall: &Wall, speed: Option<u32>) {
        let count = self.behind.memo.deeds(wall).len();
        self.state.replay(count, speed);
        wall.projection().extent().into_iter().for_each(|extent| self.state.window.survey(extent));
    }

    /// Whether the terminal shows letters and signs alone, where the settings leave it to it.
    pub fn dress(&mut self, plain: bool) {
        self.state.dress(plain);
    }

    /// Begins the walk round the screen.
    pub fn walk(&mut self, wall: &Wall) {
        let saved = wall.saved();
        let scene = self.behind.scene(wall, &saved);
        let at = self.state.settings.get("tour").parse().unwrap_or(0);
        self.state.tour = Some(Tour::begin(at, &self.state, &scene));
    }

    /// What the screen is about.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Asks what the others may call the person, where nobody has said so yet.
    fn introduce(&mut self) {
        let is_met = self.behind.company.as_ref().is_some_and(|company| !company.is_here);
        if is_met && self.config.settings().get("name").is_empty() {
            self.state.mode = Mode::Ask(Ask {
                what: Asked::Name,
                field: Field::new(self.seat.by()),
                offers: Offers::default(),
            });
        }
    }

    /// Takes in what is new at the wall; what that asks of the world comes back.
    pub fn refresh(&mut self, wall: &mut Wall) -> Vec<Effect> {
        let has_changed = !wall.refresh().is_empty();
        self.behind.undo = self.seat.undo_what(wall).map(in_short);
        let mut effects = match Company::of(wall) {
            Some(company) => {
                let news = wall.news();
                self.meet(wall, company, news)
            }
            None => {
                self.behind.company = None;
                Vec::new()
            }
        };
        if has_changed {
            effects.extend(self.input(wall, Input::Reply(Reply::Company)));
        }
        if let Some(reply) = self.errand_news() {
            effects.extend(self.input(wall, Input::Reply(reply)));
        }
        effects
    }

    /// What is new of what takes long.
    fn errand_news(&mut self) -> Option<Reply> {
        let (errand, told) = self.errand.as_mut()?;
        if let Some(found) = errand.take() {
            self.errand = None;
            return found;
        }
        let (done, all) = errand.progress();
        (std::mem::replace(told, done) != done).then_some(Reply::Progress(done, all))
    }

    /// Begins something that takes long, over the wall as it is now.
    fn begin(&mut self, wall: &Wall, work: impl FnOnce(Watch<'_>) -> Option<Reply> + Send + 'static) {
        self.errand = Some((Errand::begin(wall, work), 0));
    }

    /// Takes in who is there now and what the net told; what that asks of the world comes back.
    pub fn meet(&mut self, wall: &mut Wall, company: Company, news: Vec<News>) -> Vec<Effect> {
        let was = self.behind.company.take();
        let is_first = was.is_none();
        let old_role = was.as_deref().and_then(|was| was.role);
        let new_role = company.role.filter(|new| old_role.is_some_and(|old| old != *new));
        let told_off = self.went_off(&company);
        let is_new = was.as_deref() != Some(&company);
        if !was.as_deref().is_some_and(|was| was.lists_like(&company)) {
            self.behind.memo.renew_company();
        }
        self.behind.company = was.filter(|_| !is_new).or_else(|| Some(Arc::new(company)));
        if is_first {
            self.introduce();
        }
        let news = news.into_iter().map(|news| heard(wall, news));
        let replies = is_new
            .then_some(Reply::Company)
            .into_iter()
            .chain(told_off.into_iter().chain(new_role.map(made)).map(Reply::Said))
            .chain(news);
        let inputs = replies.map(Input::Reply).collect();
        self.take_in(wall, inputs)
    }

    /// What to tell where the room is out of reach now, or for another reason than before.
    fn went_off(&mut self, company: &Company) -> Option<Said> {
        match company.status.net {
            Net::Live => self.off = None,
            Net::Offline { .. } if company.why.is_some() && self.off != company.why => {
                self.off.clone_from(&company.why);
                let key = if company.is_over() { "tell-off-for-good" } else { "tell-offline" };
                return company.why.clone().map(|why| Said::new(key).with_said("why", why));
            }
            Net::Offline { .. } | Net::Connecting | Net::CatchingUp => {}
        }
        None
    }

    /// Tells the others where the person is, where that has changed.
    fn show_myself(&mut self, wall: &mut Wall) {
        if self.behind.company.is_some() {
            let now = presence(&self.state, &self.behind.scene(wall, &Saved::Saved));
            if self.shown.as_ref() != Some(&now) {
                wall.set_presence(&now);
                self.shown = Some(now);
            }
        }
    }

    /// What the others were told last of the person; nothing where there are none to be told.
    pub fn shown(&self) -> Option<&Presence> {
        self.shown.as_ref()
    }

    /// Goes by another name or colour in the room: it is entered again.
    fn come_as(&mut self, wall: &mut Wall) {
        self.shown = None;
        let color = self.config.settings().get("color").to_owned();
        wall.introduce(&Somebody { id: self.seat.who().clone(), name: self.seat.by().to_owned(), color });
    }

    /// Takes an input in and does what it asks of the wall; what it asks of the world comes back.
    pub fn input(&mut self, wall: &mut Wall, input: Input) -> Vec<Effect> {
        self.take_in(wall, VecDeque::from([input]))
    }

    fn take_in(&mut self, wall: &mut Wall, mut inputs: VecDeque<Input>) -> Vec<Effect> {
        let mut outward = Vec::new();
        while let Some(input) = inputs.pop_front() {
            self.keep_up(wall);
            let effects = update(&mut self.state, &self.behind.scene(wall, &wall.saved()), input);
            for effect in effects {
                let reply = match effect {
                    Effect::Perform(command) => {
                        self.seat.perform(wall, &command).map(|performed| Reply::Made(performed.made))
                    }
                    Effect::Undo => self.seat.undo(wall).map(|retold| back("tell-undone", retold)),
                    Effect::Redo => self.seat.redo(wall).map(|retold| back("tell-redone", retold)),
                    Effect::Set(key, value) => {
                        if key == "name" {
                            self.seat.sign_as(&value);
                        }
                        let kept = self.config.set(key, &value);
                        inputs.push_back(Input::Reply(Reply::Settings(self.config.settings().clone())));
                        if ["name", "color"].contains(&key) {
                            self.come_as(wall);
                        }
                        kept.err()
                            .into_iter()
                            .for_each(|why| inputs.push_back(Input::Reply(Reply::Refused(why))));
                        continue;
                    }
                    Effect::Control(control) => {
                        wall.control(&control);
                        inputs.extend(wall.news().into_iter().map(|news| Input::Reply(heard(wall, news))));
                        continue;
                    }
                    Effect::Propose => {
                        let (board, flow) = (wall.board().clone(), wall.projection().flow.clone());
                        self.begin(wall, move |watch| {
                            Some(Reply::Proposed(all_cuts(&board, &flow, watch).map(Arc::new)))
                        });
                        continue;
                    }
                    Effect::Make(order) => {
                        let history = wall.history().clone();
                        self.begin(wall, move |watch| carry_out(&history, &order, watch).map(Reply::Stands));
                        continue;
                    }
                    Effect::Fetch(path) => {
                        self.begin(wall, move |_| Some(Reply::Fetched(Intake::read(&path).map(Found::new))));
                        continue;
                    }
                    Effect::Remap(intake, mapping) => {
                        self.begin(wall, move |_| {
                            Some(Reply::Fetched(intake.0.mapped(mapping).map(Found::new)))
                        });
                        continue;
                    }
                    Effect::TakeIn(intake) => {
                        inputs.push_back(Input::Reply(match intake.0.command(wall) {
                            Ok(command) => match self.seat.perform(wall, &command) {
                                Ok(performed) => taken_in(wall, &performed),
                                Err(refusal) => Reply::Refused(refusal.said()),
                            },
                            Err(why) => Reply::Refused(why),
                        }));
                        self.behind.undo = self.seat.undo_what(wall).map(in_short);
                        continue;
                    }
                    Effect::Complete(typed) => {
                        let offers = offers(&typed);
                        inputs.push_back(Input::Reply(Reply::Offers(typed, offers)));
                        continue;
                    }
                    Effect::LetGo => {
                        self.errand = None;
                        continue;
                    }
                    Effect::Withdraw(deed) => {
                        let told = wall.withdraw(deed).map(in_short);
                        let said = told.map(|what| Said::new("tell-withdrawn").with_said("what", what));
                        Ok(Reply::Said(said.unwrap_or_else(|| Said::new("tell-all-accepted"))))
                    }
                    Effect::Copy(_)
                    | Effect::EditText
                    | Effect::Mouse(_)
                    | Effect::Sync(_)
                    | Effect::Dress(_)
                    | Effect::Quit => {
                        outward.push(effect);
                        continue;
                    }
                };
                inputs
                    .push_back(Input::Reply(reply.unwrap_or_else(|refusal| Reply::Refused(refusal.said()))));
                self.behind.undo = self.seat.undo_what(wall).map(in_short);
            }
            inputs.extend(self.keep_up(wall).map(|touched| Input::Reply(Reply::Then(touched))));
        }
        self.show_myself(wall);
        outward
    }

    /// Has the wall changed as text in the person's editor, which wants a terminal for itself meanwhile.
    pub fn edit_text(&mut self, wall: &mut Wall) {
        let reply = match edit(wall, &mut self.seat, self.state.lang) {
            Ok(None) => Reply::Said(Said::new("tell-edited-nothing")),
            Ok(Some((performed, remarks))) => {
                let mut told = tell(&performed.applied, wall.board(), wall.board());
                told.extend(remarks.into_iter().map(|remark| remark.said));
                Reply::Said(Said::new("tell-edited").with_said("what", in_short(told)))
            }
            Err(not) => {
                let why = not.why.said();
                Reply::Refused(match not.kept {
                    Some(path) => {
                        Said::new("tell-not-edited").with("path", path.display()).with_said("why", why)
                    }
                    None => why,
                })
            }
        };
        self.behind.undo = self.seat.undo_what(wall).map(in_short);
        // What is only told asks nothing of the world.
        drop(self.input(wall, Input::Reply(reply)));
    }

    fn keep_up(&mut self, wall: &Wall) -> Option<Vec<Id>> {
        self.behind.keep_up(wall, &self.state)
    }

    /// How long the screen wants to wait for the next input, where it waits for one or goes on by itself.
    pub fn patience(&self) -> Option<Duration> {
        let begun = !self.state.prefix.is_empty() && !self.state.waited;
        if begun { Some(PATIENCE) } else { self.state.wakes_after() }
    }

    /// Whether drawing would only paint once more what was drawn last.
    pub fn is_drawn(&self, wall: &Wall) -> bool {
        self.drawn.as_ref().is_some_and(|drawn| {
            drawn.changes == wall.changes()
                && drawn.company == self.behind.company
                && drawn.saved == wall.saved()
                && drawn.undo == self.behind.undo
                && drawn.state == self.state
        })
    }

    /// Paints the screen over whatever the buffer holds; where the cursor stands.
    pub fn draw(&mut self, wall: &Wall, buffer: &mut Buffer) -> Cursor {
        let saved = wall.saved();
        self.keep_up(wall);
        let cursor = draw(&self.state, &self.behind.scene(wall, &saved), &mut self.sprites, buffer);
        let (state, undo) = (self.state.clone(), self.behind.undo.clone());
        let company = self.behind.company.clone();
        self.drawn = Some(Drawn { state, changes: wall.changes(), company, saved, undo });
        cursor
    }
}

/// The first of what there is to know, and where all of it is told.
fn remarked(key: &'static str, told: Vec<Said>) -> Option<Said> {
    let more = told.len().saturating_sub(1);
    let first = told.into_iter().next()?;
    Some(if more > 0 { Said::new(key).with_said("first", first).with("more", more) } else { first })
}

/// What the net told, as a screen takes it in.
fn heard(wall: &Wall, news: News) -> Reply {
    match news {
        News::Told(Heard::Renewed { role, token }) => {
            let link = wall.room().map(|room| room.link.with(room.link.room.clone(), token).to_string());
            Reply::Renewed(role, link.unwrap_or_default())
        }
        news => Reply::News(news),
    }
}

/// What a file did to the wall, and the notes and contexts it brought.
fn taken_in(wall: &Wall, performed: &Performed) -> Reply {
    let told = tell(&performed.applied, wall.board(), wall.board());
    let brought = |applied: &Applied| match applied {
        Applied::Note(turn) if turn.before.is_none() => turn.after.as_ref().map(|note| note.id),
        Applied::Context(turn) if turn.before.is_none() => turn.after.as_ref().map(|context| context.id),
        _ => None,
    };
    Reply::TakenIn(in_short(told), performed.applied.iter().filter_map(brought).collect())
}

/// What was taken back or done again, and the notes that stand on the wall again by it.
fn back(key: &'static str, retold: Retold) -> Reply {
    let stands = |note: &Note| note.aside().is_none();
    let again = |applied: &Applied| match applied {
        Applied::Note(turn) if !turn.before.as_ref().is_some_and(stands) => {
            turn.after.as_ref().filter(|note| stands(note)).map(|note| note.id)
        }
        _ => None,
    };
    let notes = retold.performed.applied.iter().filter_map(again).collect();
    Reply::Back(told(key, retold), notes)
}

/// What a facilitator made of the person.
fn made(role: Role) -> Said {
    Said::new(match role {
        Role::View => "tell-made-you-viewer",
        Role::Edit => "tell-made-you-editor",
        Role::Facilitate => "tell-made-you-facilitator",
    })
}

/// What was taken back or done again, and what of it could not be.
fn told(key: &'static str, retold: Retold) -> Said {
    match retold.remarks.into_iter().next() {
        Some(remark) => {
            Said::new("tell-partly").with_said("what", in_short(retold.told)).with_said("but", remark)
        }
        None => Said::new(key).with_said("what", in_short(retold.told)),
    }
}

/// The first of some sentences, and how many more there are.
fn in_short(told: Vec<Said>) -> Said {
    let more = told.len().saturating_sub(1);
    match told.into_iter().next() {
        Some(first) if more > 0 => Said::new("tell-and-more").with_said("first", first).with("more", more),
        Some(first) => first,
        None => Said::new("tell-something"),
    }
}
