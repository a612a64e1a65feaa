//! What a person does with the others at the wall, and what comes from them.

use super::Turn;
use crate::model::{Point, Rect};
use crate::session::News;
use crate::session::company::{Company, Control, Mate, Ping, Role, Told};
use crate::session::saves::ReadOnly;
use crate::tui::actions::Ground;
use crate::tui::list::Choice;
use crate::tui::state::{self, Effect, List, Listed, Mode, Spot};
use crate::tui::together::{PULSE_TICKS, Pulse};
use crate::tui::viewport::Viewport;
use crate::words::Said;

impl<'a> Turn<'a> {
    /// Shows the view of somebody, of the next one with each press, and of nobody after the last.
    pub(in crate::tui) fn follow(&mut self) {
        let Some(company) = self.company() else { return };
        let before = self.state.together.follow;
        let next = company
            .mates
            .iter()
            .find(|mate| before.is_none_or(|n| mate.n > n) && mate.presence.view.is_some());
        match next {
            Some(mate) => self.go_along(mate),
            None if before.is_some() => self.part(),
            None => self.tell("tell-nobody-here"),
        }
    }

    /// Shows the view of the person whose row is chosen.
    pub(in crate::tui) fn follow_person(&mut self) {
        if let Some(mate) = self.person() {
            self.leave_side();
            self.go_along(mate);
        }
    }

    fn go_along(&mut self, mate: &Mate) {
        self.leave_place();
        self.state.together.follow = Some(mate.n);
        self.keep_along();
        self.inform(Said::new("tell-following").with("name", &mate.name));
    }

    /// Whoever looks elsewhere than the window was follows nobody any more.
    pub(super) fn go_own_way(&mut self, window: Viewport) {
        if window.panned_to(&self.state.window) != Some((0, 0)) {
            self.part();
        }
    }

    fn part(&mut self) {
        self.state.together.follow = None;
        self.tell("tell-follow-over");
    }

    /// Looks where the followed one looks, unless something is in the making here.
    fn keep_along(&mut self) {
        let (Some(n), Some(company)) = (self.state.together.follow, self.scene.company) else { return };
        match company.mate(n) {
            None => self.part(),
            Some(mate) if matches!(self.state.mode, Mode::Wall | Mode::Side) && self.state.then.is_none() => {
                mate.presence.view.into_iter().for_each(|view| self.state.window.frame(view));
            }
            Some(_) => {}
        }
    }

    /// Goes to where a person is.
    pub(super) fn go_to_person(&mut self, n: u32) {
        let Some(mate) = self.scene.company.and_then(|company| company.mate(n)) else { return };
        let chosen = mate.presence.typing.or(mate.presence.selection.first().copied());
        let rect = chosen.and_then(|id| self.rect(id));
        match rect.or(mate.place().map(|at| Rect { at, ..Rect::default() })) {
            Some(rect) => {
                self.leave_place();
                self.state.window.center(rect.center());
            }
            None => self.inform(Said::new("tell-nowhere").with("name", &mate.name)),
        }
    }

    /// Has everybody look at what is seen here.
    pub(in crate::tui) fn bring(&mut self) {
        let here = self.state.window.view();
        if self.control(Control::Bring(here)) {
            self.tell("tell-brought");
        }
    }

    /// Asks everybody to look at the chosen place.
    pub(in crate::tui) fn look_here(&mut self) {
        if self.company().is_none() {
            return;
        }
        let chosen = self.state.main.and_then(|id| self.rect(id)).map(Rect::center);
        let at = self.state.together.pointer.or(chosen).unwrap_or_else(|| self.middle_point());
        let nth = self.state.together.ping.map_or(1, |ping| ping.nth.wrapping_add(1));
        self.state.together.ping = Some(Ping { nth, at });
        self.pulse(Pulse { name: String::new(), hue: None, at, left: PULSE_TICKS });
        self.tell("tell-pinged");
    }

    fn pulse(&mut self, pulse: Pulse) {
        let pulses = &mut self.state.together.pulses;
        pulses.retain(|other| (&other.name, other.hue) != (&pulse.name, pulse.hue));
        pulses.push(pulse);
    }

    /// Time has passed.
    pub(super) fn fade(&mut self) {
        let pulses = &mut self.state.together.pulses;
        pulses.iter_mut().for_each(|pulse| pulse.left -= 1);
        pulses.retain(|pulse| pulse.left > 0);
    }

    /// Takes the oldest deed away that the relay does not take.
    pub(in crate::tui) fn withdraw(&mut self) {
        let Some(company) = self.company() else { return };
        match company.not_accepted.first() {
            Some((deed, _)) => self.ask(Effect::Withdraw(*deed)),
            None => self.tell("tell-all-accepted"),
        }
    }

    pub(in crate::tui) fn turn_read_only(&mut self) {
        self.control(Control::ReadOnly(self.scene.read_only != Some(ReadOnly::Room)));
    }

    pub(in crate::tui) fn turn_links(&mut self) {
        self.control(Control::LockLinks(!self.state.together.are_links_locked));
    }

    pub(in crate::tui) fn renew(&mut self, role: Role) {
        self.control(Control::Renew(role));
    }

    /// Ends the room at the second time.
    pub(in crate::tui) fn end_room(&mut self) {
        if std::mem::take(&mut self.state.together.is_ending) {
            self.control(Control::Close {});
        } else if self.may_control() {
            self.state.together.is_ending = true;
            self.tell("tell-end-room");
        }
    }

    pub(in crate::tui) fn give_role(&mut self, role: Role) {
        if let Some(Mate { n, name, .. }) = self.person().filter(|_| self.may_control()) {
            self.control(Control::Role { of: *n, role });
            let said = Said::new(if role.writes() { "tell-made-editor" } else { "tell-made-viewer" });
            self.inform(said.with("name", name));
        }
    }

    pub(in crate::tui) fn kick(&mut self) {
        if let Some(Mate { n, name, .. }) = self.person().filter(|_| self.may_control()) {
            self.control(Control::Kick(*n));
            self.inform(Said::new("tell-kicked").with("name", name));
        }
    }

    /// Asks something of the room; whether the person may.
    fn control(&mut self, control: Control) -> bool {
        let may = self.may_control();
        if may {
            self.effects.push(Effect::Control(control));
        }
        may
    }

    /// Whether the person says who may do what here; says so where they do not.
    fn may_control(&mut self) -> bool {
        let Some(company) = self.company() else { return false };
        if !company.facilitates() {
            self.tell("tell-not-facilitator");
        }
        company.facilitates()
    }

    /// The company; says where there is none.
    fn company(&mut self) -> Option<&'a Company> {
        if self.scene.company.is_none() {
            self.tell("tell-in-no-room");
        }
        self.scene.company
    }

    /// The person whose row is chosen in the panel.
    fn person(&self) -> Option<&'a Mate> {
        match self.side_choice() {
            Some(Choice::Person(n)) => self.scene.company?.mate(n),
            _ => None,
        }
    }

    /// Something about the others has changed.
    pub(super) fn company_came(&mut self) {
        self.keep_along();
        let person = self.state.together.person;
        person
            .filter(|_| self.state.ground(self.scene) == Ground::People)
            .into_iter()
            .for_each(|n| self.side_keep(n));
    }

    /// The net told something.
    pub(super) fn hear(&mut self, news: &News) {
        let said = news.said();
        match *news {
            News::Pinged(n, at) => {
                let Some(mate) = self.scene.company.and_then(|company| company.mate(n)) else { return };
                self.pulse(Pulse { name: mate.name.clone(), hue: Some(mate.hue), at, left: PULSE_TICKS });
                self.offer_place(at);
                let key = self.key_of("place-after");
                self.inform(Said::new("tell-look-there").with("name", &mate.name).with("key", key));
            }
            News::Told(Told::Bring { by, to }) => self.be_brought(by, to),
            News::Told(Told::LockLinks(is)) => {
                self.state.together.are_links_locked = is;
                said.into_iter().for_each(|said| self.inform(said));
            }
            News::Told(Told::ReadOnly(_)) => said.into_iter().for_each(|said| self.inform(said)),
            News::Told(Told::Renewed { .. }) => {}
            News::NotAccepted(..) => {
                let key = self.key_of("withdraw");
                let said =
                    said.map(|what| Said::new("tell-not-accepted").with_said("what", what).with("key", key));
                self.state.told = said.map(|said| state::Told { said, bad: true });
            }
            News::NotDone(_) | News::Aside(_) | News::FreshVoice(_) | News::OtherBoard(_) => {
                self.state.told = said.map(|said| state::Told { said, bad: true });
            }
        }
    }

    /// A facilitator has everybody look there. Who is in the middle of something is only told.
    fn be_brought(&mut self, by: u32, to: Rect) {
        let Some(mate) = self.scene.company.and_then(|company| company.mate(by)) else { return };
        let said = if matches!(self.state.mode, Mode::Wall | Mode::Side) && self.state.then.is_none() {
            self.state.together.follow = None;
            self.leave_place();
            self.state.window.frame(to);
            let key = self.key_of("place-before");
            Said::new("tell-brought-by").with("name", &mate.name).with("key", key)
        } else {
            self.offer_place(to.center());
            let key = self.key_of("place-after");
            Said::new("tell-called-by").with("name", &mate.name).with("key", key)
        };
        self.inform(said);
    }

    /// Lets the key that goes forward through places go there.
    fn offer_place(&mut self, at: Point) {
        let mut window = self.state.window;
        window.center(at);
        self.state.been.ahead.push(Spot { window, main: None });
    }

    /// A link has a new token: it is shown, and copied.
    pub(super) fn renewed(&mut self, role: Role, link: String) {
        let said = match role {
            Role::View => Said::new("tell-renewed-view").with("link", &link),
            Role::Edit => Said::new("tell-renewed-edit").with("link", &link),
            Role::Facilitate => Said::new("tell-renewed-facilitate").with("link", &link),
        };
        self.inform(said);
        self.effects.push(Effect::Copy(link));
    }

    /// Goes by this name from now on, and chooses a colour next.
    pub(super) fn be_named(&mut self, name: String) {
        if !name.is_empty() {
            self.ask(Effect::Set("name", name));
        }
        self.state.mode = Mode::List(List::new(Listed::Hues));
    }

    fn inform(&mut self, said: Said) {
        self.state.told = Some(state::Told { said, bad: false });
    }
}
