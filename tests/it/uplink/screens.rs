//! Screens before walls in one room: what one person does, another sees.

use ratatui::buffer::Buffer;
use squall::session::config::Config;
use squall::session::{Seat, Wall};
use squall::tui::input::{Input, Key};
use squall::tui::stage::Stage;
use squall::tui::state::Mode;
use squall::tui::theme::Theme;
use squall::wire::room::Rules;
use squall::words::Lang;

use super::server::Server;
use super::{DEADLINE, Person, seat};
use crate::sitter::text_of;

/// How often a screen is called before a test gives up.
const RINGS_MAX: u32 = 1_500;

/// A person at a screen.
struct Screen {
    person: Person,
    stage: Stage,
}

impl Screen {
    /// In the room of a server, once that is entered.
    fn at(name: &'static str, server: &Server, token: &str) -> Screen {
        let mut config = Config::default();
        drop(config.set("name", name));
        Screen::with(name, server, token, config)
    }

    fn with(name: &'static str, server: &Server, token: &str, config: Config) -> Screen {
        Screen::of(Person::at(name, "b1"), server, token, config)
    }

    fn of(mut person: Person, server: &Server, token: &str, config: Config) -> Screen {
        let name = person.name;
        person.connect(server, token);
        person.wait("it is live", Wall::is_live);
        let seat: Seat = seat(name);
        let stage = Stage::new(seat, &person.wall, config, (Lang::En, Theme::default()), (140, 30));
        Screen { person, stage }
    }

    fn press(&mut self, keys: &str) -> String {
        for name in keys.split_whitespace() {
            let text = name.strip_prefix('\'');
            let typed = text.into_iter().flat_map(str::chars).map(Key::typed);
            let named = text.is_none().then(|| name.parse().expect("a key"));
            for key in typed.chain(named).collect::<Vec<_>>() {
                drop(self.stage.input(&mut self.person.wall, Input::Key(key)));
            }
        }
        self.screen()
    }

    fn screen(&mut self) -> String {
        let mut buffer = Buffer::default();
        self.stage.draw(&self.person.wall, &mut buffer);
        text_of(&buffer)
    }

    /// Takes in what comes, as the other one does, until the screen says this.
    fn sees(&mut self, other: &mut Screen, text: &str) {
        let bell = self.person.wall.bell();
        for _ in 0..RINGS_MAX {
            if self.screen().contains(text) {
                return;
            }
            bell.wait(DEADLINE / RINGS_MAX);
            for screen in [&mut *self, &mut *other] {
                drop(screen.stage.refresh(&mut screen.person.wall));
            }
        }
        let screen = self.screen();
        panic!("{} never saw {text}\n{screen}", self.person.name);
    }
}

#[test]
fn what_one_does_another_sees() {
    let server = Server::start("b1");
    let (mut ana, mut bo) = (Screen::at("Ana", &server, "facilitate"), Screen::at("Bo", &server, "edit"));
    ana.press("Esc o 'Placed Enter");
    bo.press("Esc");
    bo.sees(&mut ana, "Placed");
    bo.sees(&mut ana, "Ana");
    bo.press("g g e 'x");
    ana.sees(&mut bo, "Bo…");
    assert!(ana.press("e").contains("Bo is typing in this sticky too"));
    ana.press("Esc");
    bo.press("Enter");
    ana.sees(&mut bo, "Placedx");
    bo.press("F L");
    ana.press("B");
    bo.sees(&mut ana, "Ana brought you here");
    ana.press("P");
    bo.sees(&mut ana, "Ana: look here!");
    ana.press("g p v");
    bo.sees(&mut ana, "You may only look now");
    assert!(bo.press("g g o").contains("for looking only"), "{}", bo.screen());
    assert_eq!(bo.stage.state().mode, Mode::Wall);
}

#[test]
fn who_is_made_a_viewer_in_the_middle_of_a_wording_keeps_it() {
    let server = Server::start("b1");
    let (mut ana, mut bo) = (Screen::at("Ana", &server, "facilitate"), Screen::at("Bo", &server, "edit"));
    bo.press("Esc o 'Placed");
    ana.press("Esc");
    ana.sees(&mut bo, "Bo");
    ana.press("g p v");
    bo.sees(&mut ana, "view only");
    assert!(bo.press("'x").contains("Placedx"));
    assert!(bo.press("Enter").contains("What you typed is copied"), "{}", bo.screen());
}

#[test]
fn the_name_and_the_colour_are_asked_once_and_the_others_see_them() {
    let server = Server::start("b1");
    let mut ana = Screen::at("Ana", &server, "edit");
    ana.press("Esc o 'Placed Enter");
    let mut bo = Screen::with("Bo", &server, "edit", Config::default());
    assert!(bo.screen().contains("What may the others call you?"), "{}", bo.screen());
    bo.press("Ctrl-U 'Bobby Enter");
    assert!(bo.press("Down Down").contains("Your colour"), "{}", bo.screen());
    bo.press("Enter");
    bo.sees(&mut ana, "Placed");
    bo.press("Tab");
    ana.sees(&mut bo, "Bobby");
    bo.sees(&mut ana, "Ana");
    bo.press("o 'Paid Enter");
    ana.sees(&mut bo, "Paid");
}

#[test]
fn a_deed_that_is_not_taken_is_taken_back_with_one_key() {
    let mut server = Server::start("b1");
    let mut ana = Person::at("Ana", "b1");
    ana.write("Order placed");
    server.stop();
    server.rules = Rules { is_read_only: true, ..Rules::default() };
    server.go_on();
    let (mut ana, mut bo) =
        (Screen::of(ana, &server, "edit", Config::default()), Screen::at("Bo", &server, "edit"));
    ana.press("Esc Esc");
    ana.sees(&mut bo, "1 not accepted");
    assert!(ana.press("\\ l l l l l").contains("Order placed"), "{}", ana.screen());
    ana.press("Esc g n");
    let screen = ana.screen();
    assert!(screen.contains("as if it had not been done") && screen.contains("0 stickies"), "{screen}");
}
